"""One figure: look it up, say where it stands, name the other readings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.amounts import MONEY, Amount, agree, plain
from index.model import Fact, Found, State
from qa import calculate
from qa.cite import new_ledger
from qa.draft import (
    Draft,
    amount_in,
    heading,
    printed,
    same_figure,
    scope_of,
    short_name,
    source_of,
    subject_of,
    with_unit,
)
from qa.explain import explains
from qa.finder import Finder, asked_of
from qa.link import cover
from qa.model import Intent, Operand, Operation, Value
from qa.pick import Pick, as_amount, corroborate, pick, pick_is_open
from qa.readings import of_whole_unit
from qa.respond.changes import change, is_change
from qa.respond.figure import told_pick, verification
from qa.retrieve.fit import stage_of_prior

NEAR = 2.0  # how much worse another row of the same words may fit


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """Answer with one figure; ask back where several documents or several items fit equally."""
    if intent.operation not in (Operation.LOOKUP, Operation.LIST):
        return None
    picks = picks_in(intent, finder)
    if not picks:
        return None
    if len(picks) == 1:
        return one_figure(picks[0], intent, finder)
    if intent.offices_named > 1 or intent.all_offices or len(intent.periods.years) > 1:
        return several_documents(picks, intent, finder)
    return ask_which_document(picks, intent, finder)


def picks_in(intent: Intent, finder: Finder, *, margin: float = 2.0) -> list[Pick]:
    """The pick of every document the question can mean, without those that fit worse than the best by the margin."""
    asked = asked_of(intent)
    found = [p for entry in intent.documents if (p := pick(intent.topic, asked, entry, finder))]
    if not found:
        return []
    best = max(p.best.score for p in found)
    return same_account([p for p in found if p.best.score >= best - margin])


def same_account(picks: list[Pick]) -> list[Pick]:
    """Figures of several documents brought to one account, where all of them print it (2210201, not 30113 in one)."""
    if len(picks) < 2 or len({p.fact.code for p in picks}) < 2:
        return picks
    by_code = [
        {s.fact.code: s for s in reversed(p.ranking.near(NEAR)) if s.fact.code and explains(p.ranking, s)}
        for p in picks
    ]
    common = set(by_code[0]).intersection(*by_code[1:])
    if not common:
        return picks
    code = max(sorted(common), key=lambda c: sum(found[c].score for found in by_code))
    return [replace(p, best=found[code], rivals=()) for p, found in zip(picks, by_code, strict=True)]


def one_figure(p: Pick, intent: Intent, finder: Finder) -> Draft:
    """The figure of one document with its source, its twin in the prose, and other readings."""
    if pick_is_open(p):
        return ask_which_item(p, intent, finder)
    repeated = repeated_rows(p, finder)
    if len(repeated) > 1:
        return sum_of_rows(p, repeated, intent, finder)
    ledger = new_ledger(finder)
    fact, entry = p.fact, p.entry
    mark = ledger.fact(p.found)
    if fact.state in (State.BLANK, State.DASH):
        return blank_cell(p, intent, finder)
    if is_change(p, intent):
        return change(p, intent, finder)
    other = corroborate(p.found, finder)
    marks, warnings, tail = [mark], [], ""
    if other.agreeing:
        marks.append(ledger.fact(other.agreeing))
    if other.conflicting:
        second = ledger.fact(other.conflicting)
        marks.append(second)
        where = source_of(other.conflicting.fact)
        tail = f"但{where}写的是{printed(other.conflicting.fact)}[{second}]，两处不一致，请核对原文。"
        warnings.append(
            f"{subject_of(fact)}：{source_of(fact)}为{printed(fact)}，{where}为{printed(other.conflicting.fact)}，两处不一致。"
        )
    value, unit = amount_in(fact, intent.unit)
    values = [Value(subject_of(fact), value, unit, verification(fact.source, other), citations=tuple(marks))]
    cited = "".join(f"[{m}]" for m in marks if not other.conflicting or m == mark)
    kind = stage_of_prior(fact, entry) if fact.measure == "上年" and fact.year != entry.profile.year else fact.measure
    measure = kind if kind not in subject_of(fact) else ""
    verdict = _verdict(intent, p)
    led = {"yes": "是。", "no": "否。"}.get(verdict or "", "")
    owner = fact.entity if intent.entity and fact.entity and not of_whole_unit(fact) else ""
    text = f"{led}{heading(entry, fact.year)}{owner}{subject_of(fact)}{measure}为**{with_unit(fact, intent.unit)}**（{source_of(fact)}）{cited}。{tail}"
    for scored in p.others[:3]:
        n = ledger.fact(scored.found)
        text += f"另一口径：{scope_of(scored.fact)}（{source_of(scored.fact)}）为{printed(scored.fact)}[{n}]，口径不同，请勿混用。"
    if fact.state is State.ZERO and not fact.measure.endswith("率"):
        text += "即没有发生或未安排该项。"
    return Draft(text, ledger, tuple(values), warnings=(*intent.notes, *warnings), verdict=verdict)


def repeated_rows(p: Pick, finder: Finder) -> tuple[Found, ...]:
    """The rows of one account that a table prints several times (once a government class): together they are the figure."""
    fact = p.fact
    if p.rows:
        return p.rows
    if fact.source != "table" or fact.state not in (State.VALUE, State.ZERO):
        return (p.found,)
    if not fact.code:
        return _under_each_class(p, finder) if of_whole_unit(fact) else (p.found,)
    same = finder.facts(documents=(p.entry.name,), tables=(fact.table,), codes=(fact.code,), labels=(fact.label,))
    return tuple(
        f
        for f in same
        if f.fact.column == fact.column and f.fact.entity == fact.entity and f.fact.value and f.fact.row >= 0
    )


def _under_each_class(p: Pick, finder: Finder) -> tuple[Found, ...]:
    """The rows of a unit that its table prints once under each class, 工资福利支出 and the rest, where no class is asked for."""
    fact = p.fact
    if not fact.path or any(cover(part, p.ranking.topic).exact for part in fact.path):
        return (p.found,)
    same = finder.facts(documents=(p.entry.name,), tables=(fact.table,), labels=(fact.label,))
    rows = tuple(f for f in same if f.fact.column == fact.column and f.fact.value)
    paths = {f.fact.path for f in rows}
    side_by_side = len(paths) == len(rows) and len({len(path) for path in paths}) == 1
    return rows if side_by_side else (p.found,)


def sum_of_rows(p: Pick, rows: Sequence[Found], intent: Intent, finder: Finder) -> Draft:
    """The sum of the rows of one account, each row shown."""
    ledger = new_ledger(finder)
    operands = tuple(
        Operand(_row_name(f.fact, p), f.fact.value or Decimal(0), f.fact.unit, ledger.fact(f)) for f in rows
    )
    result = calculate.total(operands, intent.unit)
    parts = "；".join(f"{o.label}{plain(o.value)}{o.unit}[{o.citation}]" for o in operands)
    label = f"{p.fact.label}（{p.fact.code}）{p.head}" if p.fact.code else f"{p.fact.label}{p.head}"
    value = Value(
        label,
        plain(result.value),
        result.unit,
        "computed",
        result.formula,
        operands,
        tuple(o.citation for o in operands),
    )
    text = f"{heading(p.entry, p.fact.year)}{label}合计为**{plain(result.value)}{result.unit}**：{result.formula}（{source_of(p.fact)}中{_divided(p, len(rows))}列示：{parts}）。"
    return Draft(text, ledger, (value,), warnings=intent.notes)


def _divided(p: Pick, count: int) -> str:
    if p.head:
        return f"“{p.head}”分栏"
    return f"{'该科目' if p.fact.code else '该单位'}分{count}行"


def _row_name(fact: Fact, p: Pick) -> str:
    """What tells one of several rows of an account from the others: its unit, else what stands above it."""
    return p.part_name(fact) if p.rows else " / ".join((*fact.path[-1:], fact.label))


_COMPARES = re.compile(
    r"比(?!例|重)|超|高于|低于|多于|少于|增|减|涨|降|全(?:部|给|由|是|都|用|靠|来自)|都|一致|达到|完成"
)


def _verdict(intent: Intent, p: Pick) -> str | None:
    """Whether what a yes-or-no question supposes is so: the amount it states, else that there is any."""
    if not intent.yesno:
        return None
    if intent.condition:
        met = None if p.fact.value is None else intent.condition.met_by(p.fact.value, p.fact.unit)
        return None if met is None else "yes" if met else "no"
    amount = as_amount(p.fact)
    stated = [Amount(value, unit or p.fact.unit, str(value)) for value, unit in intent.stated]
    comparable = [s for s in stated if amount and (s.unit in MONEY) == (amount.unit in MONEY)]
    if comparable and amount:
        return "yes" if any(agree(amount, s) for s in comparable) else "no"
    if _COMPARES.search(intent.topic.text):
        return None  # a figure by itself settles nothing about more, less, all or agreement
    return "no" if p.fact.value == 0 else "yes"


def blank_cell(p: Pick, intent: Intent, finder: Finder) -> Draft:
    """The row is printed and its cell is empty: 未安排, which is not 0.00."""
    ledger = new_ledger(finder)
    mark = ledger.fact(p.found)
    text = f"{heading(p.entry, p.fact.year)}{subject_of(p.fact)}在{source_of(p.fact)}中是空白[{mark}]，即未安排（未填列），文件没有给出数额，也不能当作0.00。"
    if intent.yesno and not intent.stated and not _COMPARES.search(intent.topic.text):
        return Draft(f"否。{text}", ledger, verdict="no", warnings=intent.notes)
    return Draft(text, ledger, status="refused", reason="not_disclosed", warnings=intent.notes)


def several_documents(picks: Sequence[Pick], intent: Intent, finder: Finder) -> Draft:
    """One figure a document, in the order of the catalogue."""
    ledger = new_ledger(finder)
    values, parts = [], []
    for p in picks:
        head = heading(p.entry, p.fact.year)
        value, words = told_pick(p, f"{head}{subject_of(p.fact)}", intent.unit, ledger, finder)
        values.append(value)
        parts.append(f"- {head}{p.entry.profile.stage}：{words}")
    subject = subject_of(picks[0].fact)
    return Draft(f"{subject}：\n" + "\n".join(parts), ledger, tuple(values), warnings=intent.notes)


def ask_which_document(picks: Sequence[Pick], intent: Intent, finder: Finder) -> Draft:
    """Several documents fit: show what each says and ask which is meant."""
    ledger = new_ledger(finder)
    options, parts = [], []
    for p in picks[:8]:
        mark = ledger.fact(p.found)
        name = f"{heading(p.entry)}{p.entry.profile.stage}"
        parts.append(
            f"- {name}：{subject_of(p.fact)}{p.fact.measure}{with_unit(p.fact, intent.unit)}（{source_of(p.fact)}）[{mark}]"
        )
        options.append(f"{short_name(p.entry)}{p.entry.profile.year or ''}年{p.entry.profile.stage}{_bare(intent)}")
    text = "这个问题可以指多份文件，请问您要查哪个单位、哪一年？各文件分别是：\n" + "\n".join(parts)
    return Draft(text, ledger, status="clarify", options=tuple(options), warnings=intent.notes)


def ask_which_item(p: Pick, intent: Intent, finder: Finder) -> Draft:
    """Several items of one document bear the same name (行政运行 under five 款): show all and ask."""
    ledger = new_ledger(finder)
    parts, options = [], []
    for scored in (p.best, *p.rivals)[:10]:
        mark = ledger.fact(scored.found)
        parts.append(
            f"- {subject_of(scored.fact)}：{with_unit(scored.fact, intent.unit)}（{source_of(scored.fact)}）[{mark}]"
        )
        options.append(f"{heading(p.entry)}{subject_of(scored.fact)}{scored.fact.measure}是多少")
    text = f"{heading(p.entry)}有多个项目符合这个说法，请问是哪一个？分别是：\n" + "\n".join(parts)
    return Draft(text, ledger, status="clarify", options=tuple(dict.fromkeys(options)), warnings=intent.notes)


def _bare(intent: Intent) -> str:
    """The question without office and year, for an option."""
    return "".join(c for c in intent.topic.text if c != "□").strip("的") or intent.text


__all__ = ["new_ledger", "one_figure", "picks_in", "respond", "same_figure"]
