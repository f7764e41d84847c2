"""Yes or no, decided by figures: over budget, more than last year, A more than B, whether there is any."""

from __future__ import annotations

import re
from dataclasses import replace

from index.model import State
from index.wording import canonical
from qa.cite import new_ledger
from qa.draft import Draft, heading, printed, source_of, subject_of
from qa.finder import Finder, asked_of
from qa.link import Topic
from qa.model import Intent, Operation, Passage
from qa.organisations import span_mask
from qa.pick import Pick, corroborate, pick
from qa.respond import stated
from qa.respond.bases import COMPLETED, OUTTURN, outturn_before
from qa.respond.compared import sides_compared, two_compared
from qa.respond.differences import of_one_sentence
from qa.respond.facets import PLAIN, Facet, manner_of
from qa.respond.growth import two_years
from qa.respond.judged import judged, led_by, said, size, verdict
from qa.respond.operands import one
from qa.respond.spans import wanted_of
from qa.words import CHANGE_BASIS

_ASKS = re.compile(r"吗|[对是]吧|吧$|了没|是不是|是否|有没有?|有无|对不对|(?:没有?|不|与否)$|([一-鿿])[没不]\1")
_BUDGET = re.compile(
    r"超(?:出|过|了|支|没超)?.{0,3}预算|预算.{0,4}超|超支|(?:高于|低于|大于|小于|多于|少于|突破)(?:了)?(?:年初|全年)?预算|(?:比|较)(?:年初|全年)?预算"
)
_UNDER = re.compile(
    r"低于|少于|小于|未超|不超(?!出|过)|(?<!有)没有?超|比(?:年初|全年)?预算数?(?:要|还)?(?:低|少)|节约|结余"
)
_DIRECTION = re.compile(
    r"(?P<same>一样[多高少]?|持平|相同|不变)|(?P<up>增加|增长|增多|上升|提高|上涨|涨|变多|[多高]了?(?=吗|没|$))|(?P<down>压减|压缩|减少|下降|降低|缩减|精简|变少|减|降|[少低]了?(?=吗|没|$))"
)
_OTHER_BASIS = re.compile(r"年初预算|全年预算|调整预算")
_ANY = re.compile(r"(?:有没有|有无|有)(?!关|限|效|偿|序|力|色|机)(?P<what>.+?)(?:吗|没有?$|$)")
_ENTIRELY = re.compile(r"(?:全部?|都)(?:给|是|由|用|靠|来自|投|授予)")
_BALANCE = re.compile("收支(?:是否|是不是)?(?:平衡|相等|平不平)")


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """A verdict with the figures it rests on; None where figures do not decide the question."""
    if intent.operation not in (Operation.LOOKUP, Operation.DIFFERENCE, Operation.COMPARE, Operation.LIST) and not (
        _BALANCE.search(intent.text)
    ):
        return None
    if claim := stated.respond(intent, finder):
        return claim
    if _BALANCE.search(intent.text) and len(intent.documents) == 1:
        return _balance(intent, finder)
    if not _ASKS.search(intent.text) or intent.condition or re.search(r"多少|几|哪", intent.text):
        return None
    if _ENTIRELY.search(intent.text):
        return _entirely(intent, finder)
    if COMPLETED.search(intent.text):
        return _completed(intent, finder)
    if _BUDGET.search(intent.text):
        return _against_budget(intent, finder)
    if intent.change:
        return _against_last_year(intent, finder)
    if sides_compared(intent.text):
        return two_compared(intent, finder)
    if _DIRECTION.search(intent.text):
        return _against_last_year(intent, finder)
    return None if manner_of(intent).facet in (Facet.MEMBERS, Facet.INNER) else _any(intent, finder)


def _balance(intent: Intent, finder: Finder) -> Draft | None:
    """收支平衡吗: the totals of both sides of the overall table are the same, or they are not."""
    rows = finder.facts(documents=(intent.documents[0].name,), kinds=("F01", "B01"), sources=("table",))
    totals = {
        side: next((f for f in rows if canonical(f.fact.label) == f"{side}总计" and f.fact.value), None)
        for side in ("收入", "支出")
    }
    income, spent = totals["收入"], totals["支出"]
    if income is None or spent is None:
        return None
    equal = size(income) == size(spent)
    return judged(equal, income, spent, f"收支总计{'相等' if equal else '不相等'}", intent, finder)


def _entirely(intent: Intent, finder: Finder) -> Draft | None:
    """全部给了X吗: the printed share of X is all, or it is not."""
    share = one(replace(intent, operation=Operation.LOOKUP), finder, "占比")
    if share is None or share.fact.value is None:
        return None
    holds, ledger = share.fact.value == 100, new_ledger(finder)
    mark = ledger.fact(share.found)
    text = f"{said(holds)}。{heading(share.entry, share.fact.year)}{subject_of(share.fact)}的占比为**{printed(share.fact)}**（{source_of(share.fact)}）[{mark}]。"
    return Draft(text, ledger, (led_by(share.fact, mark),), verdict=verdict(holds), warnings=intent.notes)


# -- against a budget --------------------------------------------------------------------------------------------------


def _against_budget(intent: Intent, finder: Finder) -> Draft | None:
    budget = "年初预算" if "年初" in intent.text else "预算"
    plain = replace(intent, operation=Operation.LOOKUP, topic=_without(intent, _BUDGET, _UNDER))
    actual, planned = one(plain, finder, "决算"), one(plain, finder, budget)
    if actual is None or planned is None:
        return None
    actual = of_one_sentence(actual, planned, finder)
    over, equal = size(actual.found) > size(planned.found), size(actual.found) == size(planned.found)
    holds = not over and not equal if _UNDER.search(intent.text) else over
    relation = "高于" if over else "等于" if equal else "低于"
    finding = f"决算{relation}{planned.fact.measure or '预算'}"
    return judged(holds, actual.found, planned.found, finding, intent, finder)


def _completed(intent: Intent, finder: Finder) -> Draft | None:
    """完成年初预算了吗: the printed rate is a hundred per cent or more, or it is not."""
    plain = replace(intent, operation=Operation.LOOKUP, topic=_without(intent, COMPLETED), measure="", measure_mask=0)
    rate = one(plain, finder, "完成率")
    if rate is None or rate.fact.value is None or rate.fact.unit != "%":
        return _reached(plain, finder)
    holds, ledger = rate.fact.value >= 100, new_ledger(finder)
    mark = ledger.fact(rate.found)
    text = f"{said(holds)}。{heading(rate.entry, rate.fact.year)}{subject_of(rate.fact)}的完成率为**{printed(rate.fact)}**（{source_of(rate.fact)}）[{mark}]。"
    return Draft(text, ledger, (led_by(rate.fact, mark),), verdict=verdict(holds), warnings=intent.notes)


def _reached(intent: Intent, finder: Finder) -> Draft | None:
    """Where no rate is printed: as much was spent as was planned, or more, or less."""
    actual, planned = one(intent, finder, "决算"), one(intent, finder, "年初预算")
    if actual is None or planned is None:
        return None
    actual = of_one_sentence(actual, planned, finder)
    holds = size(actual.found) >= size(planned.found)
    return judged(holds, actual.found, planned.found, f"{'' if holds else '未'}达到年初预算", intent, finder)


def _without(intent: Intent, *patterns: re.Pattern[str]) -> Topic:
    """The topic without the words that only compare."""
    mask = 0
    for pattern in patterns:
        mask |= span_mask(m.span() for m in pattern.finditer(intent.text))
    return intent.topic.without(mask)


# -- against last year -------------------------------------------------------------------------------------------------


def _against_last_year(intent: Intent, finder: Finder) -> Draft | None:
    """The printed change decides; its amount and sentence are shown."""
    asked = _DIRECTION.search(intent.text)
    plain = replace(intent, operation=Operation.LOOKUP, measure="", measure_mask=0, topic=_without(intent, _DIRECTION))
    change = one(plain, finder, "增减额") or one(plain, finder, "增减率")
    if asked is None:
        return None
    told = change is not None and change.fact.direction in ("增加", "减少", "持平")
    if change is None or not told or (outturn_before(intent) and not OUTTURN.search(change.fact.basis)):
        return _of_two_years(intent, asked, finder)
    fact = change.fact
    if _OTHER_BASIS.search(fact.basis) and "预算" not in intent.text:
        return None  # measured against this year's budget, which says nothing of last year
    holds = fact.direction == ("持平" if asked["same"] else "增加" if asked["up"] else "减少")
    ledger = new_ledger(finder)
    mark = ledger.fact(change.found)
    amount = "" if fact.direction == "持平" else f"**{printed(fact)}**"
    reason = f"原文说明的原因：{fact.reason}。" if fact.reason else ""
    against = f"{'与' if fact.direction == '持平' else '比'}{fact.basis or '上年'}"
    text = f"{said(holds)}。{heading(change.entry)}{subject_of(fact)}{against}{fact.direction}{amount}（{source_of(fact)}）[{mark}]。{reason}"
    return Draft(text, ledger, (led_by(fact, mark),), verdict=verdict(holds), warnings=intent.notes)


def _of_two_years(intent: Intent, asked: re.Match[str], finder: Finder) -> Draft | None:
    """No change is printed: this year's figure and last year's decide."""
    topic = _without(intent, _DIRECTION, CHANGE_BASIS)
    pair = two_years(replace(intent, operation=Operation.LOOKUP, measure="", measure_mask=0, topic=topic), finder)
    if pair is None:
        return None
    now, before = (p.found for p in pair)
    up, same = size(now) > size(before), size(now) == size(before)
    holds = same if asked["same"] else up if asked["up"] else not up and not same
    finding = "与上年持平" if same else "多于上年" if up else "少于上年"
    return judged(holds, now, before, finding, intent, finder)


# -- whether there is any ----------------------------------------------------------------------------------------------


def _any(intent: Intent, finder: Finder) -> Draft | None:
    """有没有X: the figure of X is more than nothing, nothing, or an empty cell."""
    if not _ANY.search(intent.text) or not intent.topic.size:
        return None
    asked = asked_of(intent)
    if re.search(r"车(?:辆|子)?(?:吗|没有?|$)", intent.text):
        asked = replace(asked, unit="辆")
    picks = [p for entry in intent.documents if (p := pick(intent.topic, asked, entry, finder))]
    if len(picks) != 1 or not picks[0].best.label.found or picks[0].fact.state is State.TEXT:
        return None
    found = picks[0]
    fact = found.fact
    ledger = new_ledger(finder)
    mark = ledger.fact(found.found)
    who = f"{heading(found.entry, fact.year)}{subject_of(fact)}"
    if fact.state in (State.BLANK, State.DASH):
        text = f"否。{who}在{source_of(fact)}中是空白[{mark}]，即没有数额（未安排）。"
        return _listed_after_all(Draft(text, ledger, verdict="no", warnings=intent.notes), found, finder)
    other = corroborate(found.found, finder).agreeing
    also = f"[{ledger.fact(other)}]" if other else ""
    if not fact.value:
        text = f"否。没有：{who}为{printed(fact)}（{source_of(fact)}）[{mark}]{also}。"
        if absence := _said_absent(intent, found, finder):
            text += f"\n\n> {absence.quote}[{ledger.passage(absence)}]"
    else:
        text = f"是。{who}{fact.measure}为**{printed(fact)}**（{source_of(fact)}）[{mark}]{also}。"
    return Draft(text, ledger, (led_by(fact, mark),), verdict=verdict(bool(fact.value)), warnings=intent.notes)


def _said_absent(intent: Intent, found: Pick, finder: Finder) -> Passage | None:
    """The sentence or note that says there is none of it: 没有使用政府性基金安排的支出，故本表无数据."""
    words = "".join(wanted_of(intent, PLAIN, finder).words)
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    for statement in finder.statements(found.entry.name):
        own = statement.spelled.own
        if (
            re.search(r"没有|未(?:安排|发生|使用)|^无|[^毫]无", own)
            and sum(p in own for p in pairs) >= 0.7 * len(pairs) > 0
        ):
            return Passage(statement.document, statement.text, statement.section, statement.places)
    return None


def _listed_after_all(draft: Draft, found: Pick, finder: Finder) -> Draft:
    """An item without an amount that the prose lists among what the money was spent on (主要包括：…)."""
    label = found.fact.label
    for paragraph in finder.paragraphs(found.entry.name):
        for clause in re.finditer(r"[^。；]*(?:主要包括|包括|主要用于)[^。；]*[。；]?", paragraph.text):
            if not re.search(rf"(?:[：:、]){re.escape(label)}(?=[、，。；]|$)", clause.group()):
                continue
            start, end = clause.span()
            quote = Passage(found.entry.name, clause.group().strip(), paragraph.section, paragraph.places(start, end))
            mark = draft.ledger.passage(quote)
            text = f"{draft.text}但文字说明又把“{label}”列在支出内容中[{mark}]，与表不一致，请核对原文。\n\n> {quote.quote}[{mark}]"
            warning = f"{label}：表中为空，文字说明却列有该项，两处不一致。"
            return replace(draft, text=text, warnings=(*draft.warnings, warning))
    return draft
