"""Figures derived from figures: share, difference, sum, per head, last year's, which office has more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.amounts import MONEY, plain
from index.model import CatalogueEntry, Fact, Found
from index.wording import canonical
from qa import calculate
from qa.calculate import Calculation
from qa.cite import Ledger
from qa.draft import Draft, heading, printed, short_name, source_of, subject_of
from qa.finder import Finder, asked_of
from qa.link import Topic
from qa.model import Intent, Operand, Operation, Value
from qa.organisations import span_mask
from qa.pick import Pick, pick
from qa.respond.lookup import new_ledger, picks_in, repeated_rows, sum_of_rows
from qa.respond.rows import row_sets
from qa.understand import EXCLUDED
from qa.words import CHINESE_DIGITS

# An outturn measured against its own budget: 决算比年初预算少花多少.
_AGAINST_BUDGET = re.compile(r"(?:跟|和|与|比|较|对)(?:年初|全年|调整)?预算数?(?:相?比|少|多|省|超|低|高|结余|节约|差)")
_STAGE = re.compile(r"(?:年初|全年|调整)?(?<!公共)(?<!基金)(?<!经营)预算数?|决算数?|执行数")


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """Dispatch to the calculation asked for."""
    handlers = {
        Operation.SHARE: share,
        Operation.DIFFERENCE: difference,
        Operation.SUM: total,
        Operation.PRIOR: prior,
        Operation.PER: per,
        Operation.COMPARE: compare,
    }
    handler = handlers.get(intent.operation)
    return handler(intent, finder) if handler else None


def operand(ledger: Ledger, found: Found, label: str = "") -> Operand | None:
    fact = found.fact
    if fact.value is None:
        return None
    return Operand(label or subject_of(fact), fact.value, fact.unit, ledger.fact(found))


def value_of(label: str, result: Calculation) -> Value:
    marks = tuple(dict.fromkeys(o.citation for o in result.operands if o.citation))
    return Value(label, plain(result.value), result.unit, "computed", result.formula, result.operands, marks)


def line(o: Operand) -> str:
    mark = f"[{o.citation}]" if o.citation else ""
    gap = " " if o.label[-1:].isdigit() else ""  # a name that ends in a figure must not run into the amount
    return f"{o.label}{gap}{plain(o.value)}{o.unit}{mark}"


def one(intent: Intent, finder: Finder, measure: str | None = None) -> Pick | None:
    """The single pick of an intent (best document), with another measure where one is given."""
    if measure is not None:
        topic = intent.topic.without(intent.measure_mask)
        intent = replace(intent, topic=topic, measure=measure, measure_mask=0)
    picks = picks_in(intent, finder)
    return max(picks, key=lambda p: p.best.score) if picks else None


# -- share -------------------------------------------------------------------------------------------------------------


def share(intent: Intent, finder: Finder) -> Draft | None:
    """A 占 B; without B the printed share, or A over the row that A is part of."""
    ledger = new_ledger(finder)
    if len(intent.operands) == 2 and intent.operands[1].topic.size:
        a, b = (
            one(replace(i, measure=i.measure if i.measure not in ("占比",) else "", measure_mask=0), finder)
            for i in intent.operands
        )
        if a is None or b is None:
            return None
        part, whole = _aligned(a.found, b.found, finder)
        return _share_of(part, whole, a.entry, intent, ledger)
    topic_intent = replace(intent, operation=Operation.LOOKUP, measure="占比")
    shown = one(topic_intent, finder)
    if shown is not None:
        return None  # the printed share is a plain lookup
    a = one(intent, finder, "")
    parent = _whole_of(a, finder) if a else None
    if a is None or parent is None:
        return None
    return _share_of(a.found, parent, a.entry, intent, ledger)


def _aligned(part: Found, whole: Found, finder: Finder) -> tuple[Found, Found]:
    """Part and whole in one column of one table, where either table prints both."""
    for own, other, swap in ((whole, part, False), (part, whole, True)):
        if own.fact.table in (0, other.fact.table) or own.document != other.document:
            continue
        for found in finder.facts(documents=(own.document,), tables=(own.fact.table,), labels=(other.fact.label,)):
            same = found.fact.column == own.fact.column and found.fact.code == other.fact.code and found.fact.value
            if same and found.fact.entity == own.fact.entity:
                return (own, found) if swap else (found, own)
    return part, whole


def _share_of(part: Found, whole: Found, entry: CatalogueEntry, intent: Intent, ledger: Ledger) -> Draft | None:
    a, b = operand(ledger, part), operand(ledger, whole)
    if a is None or b is None:
        return None
    if re.search(r"倍", intent.text) and (multiple := calculate.times(a, b)):
        text = f"{heading(entry)}{a.label}是{b.label}的**{plain(multiple.value)}倍**：{multiple.formula}（{line(a)}；{line(b)}）。"
        return Draft(text, ledger, (value_of(f"{a.label}与{b.label}之比", multiple),), warnings=intent.notes)
    result = calculate.share(a, b)
    if result is None:
        text = f"{line(b)}，分母为零，占比不适用（无法计算）。"
        return Draft(text, ledger, warnings=intent.notes)
    text = f"{heading(entry)}{a.label}占{b.label}的比重为**{plain(result.value)}%**：{result.formula}（{line(a)}；{line(b)}）。"
    return Draft(text, ledger, (value_of(f"{a.label}占{b.label}", result),), warnings=intent.notes)


def _whole_of(part: Pick | None, finder: Finder) -> Found | None:
    """The figure that a figure is part of: its parent row in the same column, or the total of its project."""
    if part is None:
        return None
    fact = part.fact
    for parent in reversed(fact.path):
        for found in finder.facts(
            documents=(part.entry.name,), labels=(parent,), tables=(fact.table,) if fact.table else ()
        ):
            if (
                found.fact.column == fact.column
                and found.fact.measure == fact.measure
                and found.fact.value
                and found.fact.entity == fact.entity
            ):
                return found
    if fact.entity:
        same = finder.facts(documents=(part.entry.name,), entities=(fact.entity,))
        totals = [f for f in same if "总" in f.fact.label and f.fact.value and f.fact.unit in MONEY]
        return totals[0] if totals else None
    return None


# -- difference --------------------------------------------------------------------------------------------------------


def difference(intent: Intent, finder: Finder) -> Draft | None:
    """Between two offices, two items, two years, an outturn and its budget, or a whole and its part."""
    ledger = new_ledger(finder)
    if rest := EXCLUDED.search(intent.text):
        return remainder(intent, rest["part"], finder, ledger)
    pair = _pair(intent, finder)
    if pair is None:
        return None
    (first, first_name), (second, second_name) = pair
    a, b = operand(ledger, first, first_name), operand(ledger, second, second_name)
    if a is None or b is None or (a.unit in MONEY) != (b.unit in MONEY):
        return None
    result = calculate.difference(a, b, intent.unit)
    word = "多" if result.value > 0 else "少"
    gap = replace(
        result,
        value=abs(result.value),
        formula=result.formula if result.value >= 0 else f"{calculate.difference(b, a, intent.unit).formula}",
    )
    if result.value == 0:
        text = f"两者相等，差额为**{plain(gap.value)}{gap.unit}**：{line(a)}，{line(b)}。"
    else:
        text = f"{a.label}比{b.label}{word}**{plain(gap.value)}{gap.unit}**：{gap.formula}（{line(a)}；{line(b)}）。"
    return Draft(text, ledger, (value_of(f"{a.label}与{b.label}之差", gap),), warnings=intent.notes)


def remainder(intent: Intent, part_words: str, finder: Finder, ledger: Ledger) -> Draft | None:
    """What is left of a whole without its part: A中不是B的. The part is A in the scope B, else the item B."""
    if len(intent.operands) != 2:
        return None
    first, second = intent.operands
    both = Topic(first.topic.text, first.topic.content)
    within = replace(second, topic=Topic(intent.topic.text, both.content | second.topic.content))
    whole = one(first, finder)
    part = one(within, finder) or one(second, finder)
    if whole is None or part is None or whole.found == part.found or whole.fact.unit not in MONEY:
        return None
    a, b = operand(ledger, whole.found), operand(ledger, part.found)
    if a is None or b is None or b.unit not in MONEY:
        return None
    result = calculate.difference(a, b, intent.unit)
    if result.value < 0:
        return None
    text = f"{heading(whole.entry)}{a.label}中除{part_words}以外为**{plain(result.value)}{result.unit}**：{result.formula}（{source_of(whole.fact)}{line(a)}；{source_of(part.fact)}{line(b)}）。"
    return Draft(text, ledger, (value_of(f"{a.label}（不含{part_words}）", result),), warnings=intent.notes)


def _pair(intent: Intent, finder: Finder) -> tuple[tuple[Found, str], tuple[Found, str]] | None:
    if intent.offices_named == 2 or (len(intent.periods.years) == 2 and len(intent.documents) == 2):
        picks = _in_order(
            picks_in(replace(intent, measure="" if intent.measure == "增减额" else intent.measure), finder), intent
        )
        if len(picks) == 2:
            return tuple((p.found, f"{heading(p.entry)}{p.entry.profile.stage}{subject_of(p.fact)}") for p in picks)  # type: ignore[return-value]
    if len(intent.operands) == 2 and not _AGAINST_BUDGET.search(intent.text):
        first, second = intent.operands
        if not second.topic.size:
            second = replace(second, topic=first.topic)
        if not first.topic.size:
            first = replace(first, topic=second.topic)
        a, b = one(first, finder), one(second, finder)
        if a is None or b is None or (a.entry.name, a.fact.key) == (b.entry.name, b.fact.key):
            return None
        return (a.found, _name(a)), (b.found, _name(b))
    intent = replace(intent, topic=_without_stages(intent.topic), measure_mask=0)
    budget = "年初预算" if "年初" in intent.text else "预算"
    actual, planned = one(intent, finder, "决算"), one(intent, finder, budget)
    if actual is None or planned is None:
        return None
    label = subject_of(actual.fact)
    return (actual.found, f"{label}决算"), (planned.found, f"{label}{planned.fact.measure or '预算'}")


def _without_stages(topic: Topic) -> Topic:
    return topic.without(span_mask(m.span() for m in _STAGE.finditer(topic.text)))


def _name(p: Pick) -> str:
    return f"{p.fact.year or p.entry.profile.year or ''}年{subject_of(p.fact)}{p.fact.measure}"


def _in_order(picks: Sequence[Pick], intent: Intent) -> list[Pick]:
    """The picks in the order in which the question names their offices or years."""

    def place(p: Pick) -> int:
        names = (p.entry.profile.organisation, *p.entry.profile.aliases, str(p.entry.profile.year))
        at = [intent.text.find(canonical(n)) for n in names if canonical(n) in intent.text]
        return min(at, default=len(intent.text))

    return sorted(picks, key=place)


# -- sum ---------------------------------------------------------------------------------------------------------------


def total(intent: Intent, finder: Finder) -> Draft | None:
    """Over several offices the same item; within one document the items named, or the rows that share a name."""
    ledger = new_ledger(finder)
    if intent.offices_named > 1 or (intent.all_offices and intent.offices_named != 1):
        picks = picks_in(
            replace(intent, measure="" if intent.measure in ("增减额",) else intent.measure), finder, margin=4.5
        )
        if len(picks) < 2:
            return None
        operands = [o for p in picks if (o := operand(ledger, p.found, f"{short_name(p.entry)}{subject_of(p.fact)}"))]
        missing = [short_name(e) for e in intent.documents if e.name not in {p.entry.name for p in picks}]
        note = (f"未披露该项的单位未计入：{'、'.join(missing)}。",) if missing else ()
        return _sum(operands, f"{len(operands)}家单位{subject_of(picks[0].fact)}合计", intent, ledger, note)
    if counted := _COUNTED_ROWS.search(intent.text):
        return sum_of_items(counted["count"], intent, finder, ledger)
    if not intent.operands:
        single = one(replace(intent, operation=Operation.LOOKUP), finder)
        rows = repeated_rows(single, finder) if single else ()
        return sum_of_rows(single, rows, intent, finder) if single and len(rows) > 1 else None
    picks = [p for part in intent.operands if (p := one(part, finder))]
    if len(picks) >= 2 and len(picks) == len(intent.operands):
        operands = [o for p in picks if (o := operand(ledger, p.found))]
        return _sum(
            operands, f"{heading(picks[0].entry)}{'、'.join(o.label for o in operands)}合计", intent, ledger, ()
        )
    return None


_COUNTED_ROWS = re.compile(r"(?P<count>[二两三四五六七八九十]|\d{1,2})个(?:项目|专项)")


def sum_of_items(count: str, intent: Intent, finder: Finder, ledger: Ledger) -> Draft | None:
    """The items of a list together, if there are as many as the question says."""
    facts = tuple(f for e in intent.documents for f in finder.facts(documents=(e.name,)))
    sets = row_sets(intent, facts, finder.synonyms)
    rows = [f for f in sets[0].facts if f.fact.value] if sets else []
    if len(rows) != (int(count) if count.isdigit() else CHINESE_DIGITS[count]):
        return None
    operands = [o for f in rows if (o := operand(ledger, f))]
    return _sum(operands, f"{intent.entity or heading(finder.entry(rows[0].document))}各项目合计", intent, ledger, ())


def _sum(
    operands: Sequence[Operand], label: str, intent: Intent, ledger: Ledger, warnings: tuple[str, ...]
) -> Draft | None:
    if len(operands) < 2 or len({o.unit in MONEY for o in operands}) > 1:
        return None
    result = calculate.total(operands, intent.unit)
    text = (
        f"{label}为**{plain(result.value)}{result.unit}**：{result.formula}（{'；'.join(line(o) for o in operands)}）。"
    )
    return Draft(text, ledger, (value_of(label, result),), warnings=(*intent.notes, *warnings))


# -- last year, worked out ---------------------------------------------------------------------------------------------


def prior(intent: Intent, finder: Finder) -> Draft | None:
    """This year's figure and its printed change give last year's: 推算."""
    bare = intent.topic.without(intent.measure_mask)
    plain_intent = replace(
        intent,
        topic=bare,
        periods=replace(intent.periods, years=()),
        measure="",
        measure_mask=0,
        operation=Operation.LOOKUP,
    )
    ledger = new_ledger(finder)
    for entry in intent.documents:
        step = pick(bare, asked_of(replace(plain_intent, measure="增减额", documents=(entry,))), entry, finder)
        if step is None or not step.fact.direction:
            continue
        now = _same_subject(step.found, finder) or _found(pick(bare, asked_of(plain_intent), entry, finder))
        if now is None or (a := operand(ledger, now)) is None:
            continue
        year = (entry.profile.year or 0) - 1
        label = f"{year}年{subject_of(now.fact)}（推算）"
        b = operand(ledger, step.found, f"比上年{step.fact.direction}")
        if b is not None:
            result = calculate.prior(a, b, step.fact.direction == "增加")
        elif step.fact.direction == "持平":
            b = Operand("比上年持平", Decimal(0), a.unit, ledger.fact(step.found))
            result = calculate.prior(a, b, True)
        else:
            continue
        text = f"推算{short_name(entry)}{year}年{subject_of(now.fact)}为**{plain(result.value)}{result.unit}**：{result.formula}（{line(a)}；{line(b)}）。这是由{entry.profile.year}年文件倒推的数，不是{year}年公开的数。"
        return Draft(text, ledger, (value_of(label, result),), warnings=intent.notes)
    return None


def _found(p: Pick | None) -> Found | None:
    return p.found if p else None


def _same_subject(step: Found, finder: Finder) -> Found | None:
    """The figure of this year that stands with its change in one sentence."""
    same = finder.facts(documents=(step.document,), labels=(step.fact.label,), sources=("text",))
    return next(
        (
            f
            for f in same
            if f.fact.measure in ("决算", "预算", "")
            and f.fact.unit in MONEY
            and f.fact.section == step.fact.section
            and f.fact.value
        ),
        None,
    )


# -- per head, per car -------------------------------------------------------------------------------------------------

_COUNTED: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("辆", ("辆", "台"), ("保有量", "车辆")),
    ("台", ("辆", "台"), ("保有量", "车辆")),
    ("人次", ("人次",), ("接待", "来宾")),
    ("批", ("批", "批次", "个"), ("团组", "批次")),
    ("人", ("人",), ("在职", "编制", "人员")),
)


def per(intent: Intent, finder: Finder) -> Draft | None:
    """An amount for each person, visit or car; the count from the document or as the question states it."""
    amount = one(
        replace(intent, count_unit="", money=True), finder, intent.measure if intent.measure in ("预算", "决算") else ""
    )
    if amount is None or amount.fact.unit not in MONEY:
        return None
    ledger = new_ledger(finder)
    a = operand(ledger, amount.found)
    count = _stated_count(intent) or _count_of(amount, intent, finder, ledger)
    if a is None or count is None:
        return None
    result = calculate.per(a, count, intent.unit)
    if result is None:
        return Draft(f"{line(count)}，分母为零，不适用（无法计算）。", ledger, warnings=intent.notes)
    text = f"{heading(amount.entry)}{a.label}平均为**{plain(result.value)}{result.unit}**：{result.formula}（{line(a)}；{line(count)}）。"
    return Draft(text, ledger, (value_of(f"{a.label}平均", result),), warnings=intent.notes)


def _stated_count(intent: Intent) -> Operand | None:
    stated = next(((v, u) for v, u in intent.stated if u in ("辆", "人", "名", "人次", "个", "批", "台")), None)
    return Operand("按题中数量", stated[0], stated[1], 0) if stated else None


def _count_of(amount: Pick, intent: Intent, finder: Finder, ledger: Ledger) -> Operand | None:
    topic = canonical(amount.fact.label)
    for word, units, labels in _COUNTED:
        meant = (
            word in intent.text
            or (word == "人次" and "人均" in intent.text and "接待" in topic)
            or (word == "人" and "人均" in intent.text and "接待" not in topic)
            or (word == "辆" and "车" in topic)
        )
        if not meant:
            continue
        counts = [
            f
            for f in finder.facts(documents=(amount.entry.name,), sources=("text",))
            if f.fact.unit in units and any(w in f.fact.label or w in f.fact.quote for w in labels) and f.fact.value
        ]
        counts.sort(
            key=lambda f: (
                not any(w in f.fact.label for w in labels),
                "国(境)外" in f.fact.quote and "外宾" in f.fact.label,
                f.fact.key,
            )
        )
        if counts:
            return operand(ledger, counts[0])
    return None


# -- which office has more ---------------------------------------------------------------------------------------------


def compare(intent: Intent, finder: Finder) -> Draft | None:
    """The same item in several offices, ordered."""
    picks = picks_in(intent, finder, margin=4.5)
    if len(picks) < 2:
        return None
    ledger = new_ledger(finder)
    ordered = sorted(picks, key=lambda p: _magnitude(p.fact), reverse=intent.largest is not False)
    first = ordered[0]
    word = "最少" if intent.largest is False else "最多"
    rows = [
        f"- {heading(p.entry)}{p.entry.profile.stage}：{printed(p.fact)}（{source_of(p.fact)}）[{ledger.fact(p.found)}]"
        for p in ordered
    ]
    values = tuple(
        Value(
            f"{heading(p.entry)}{subject_of(p.fact)}",
            plain(p.fact.value or Decimal(0)),
            p.fact.unit,
            p.fact.source,
            citations=(ledger.fact(p.found),),
        )
        for p in ordered
        if p.fact.value is not None
    )
    missing = [short_name(e) for e in intent.documents if e.name not in {p.entry.name for p in picks}]
    note = (f"未披露该项、未参加比较：{'、'.join(dict.fromkeys(missing))}。",) if missing else ()
    text = f"{subject_of(first.fact)}{word}的是**{short_name(first.entry)}**（{printed(first.fact)}）：\n" + "\n".join(
        rows
    )
    return Draft(text, ledger, values, warnings=(*intent.notes, *note))


def _magnitude(fact: Fact) -> Decimal:
    return fact.canonical if fact.canonical is not None else (fact.value or Decimal(0))
