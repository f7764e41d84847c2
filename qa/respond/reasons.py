"""Why: the reason that a document itself gives for a figure; a question that takes for granted what is not so is corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.model import CatalogueEntry, Fact, Found, State
from index.wording import canonical, squeeze
from qa.cite import new_ledger
from qa.draft import Draft, heading, printed, subject_of
from qa.explain import explains
from qa.finder import Finder, asked_of
from qa.link import Topic
from qa.model import Intent, Passage
from qa.organisations import span_mask
from qa.pick import Pick, pick
from qa.readings import item_of
from qa.respond.bases import AGAINST_BUDGET, YEAR_BEFORE
from qa.respond.differences import of_one_sentence
from qa.respond.operands import one

_SENTENCE = re.compile(r"[^。；！？]*[。；！？]|[^。；！？]+$")
_UP = re.compile(r"增加|增长|增多|上升|提高|上涨|涨|多花|多了|变多|这么[多高]|那么[多高]|超")
_DOWN = re.compile(r"减少|下降|降低|压减|缩减|缩水|少花|少了|变少|降了|减了|这么[少低]|那么[少低]")
_OVERSPENT = re.compile(
    r"超支|超出?(?:了)?(?:年初|全年)?预算|超过(?:了)?(?:年初|全年)?预算|高于(?:年初|全年)?预算|比(?:年初|全年)?预算数?(?:多|高)"
)
_UNDERSPENT = re.compile(
    r"没(?:有)?(?:花|用|执行)完|未(?:花|用|执行)完|(?:低于|少于)(?:年初|全年)?预算|比(?:年初|全年)?预算数?(?:少|低)|剩(?:了|下)"
)
_OTHER_SCOPE = 3.0  # how much worse the figure of another scope may fit
_NOTHING = re.compile(r"没|无|零|为0|是0|(?<!\d)0(?!\d)|少|低|减|降|不")


def explain(intent: Intent, finder: Finder) -> Draft | None:
    """The premise corrected, else the reason that stands with the figure; None where no figure asked about has one."""
    return corrected(intent, finder) or given(intent, finder)


# -- what the question takes for granted -------------------------------------------------------------------------------


def corrected(intent: Intent, finder: Finder) -> Draft | None:
    """The document prints the other direction, no change, or that there is none at all."""
    if draft := _against_budget(intent, finder):
        return draft
    asked = _asked_direction(intent.text)
    for entry in intent.documents:
        if asked:
            plain = replace(intent, measure="增减额", measure_mask=0)
            change = pick(intent.topic.without(intent.measure_mask), asked_of(plain), entry, finder)
            direction = change.fact.direction if change else ""
            if change and direction and direction != asked and not _elsewhere(change, asked):
                return _not_so(change, f"并没有{asked}", intent, finder)
        if not _NOTHING.search(intent.text) and (draft := _none_of_it(intent, intent.topic, entry, finder)):
            return draft
    return None


def _elsewhere(change: Pick, asked: str) -> bool:
    """Whether the item moved as supposed in another scope: 项目支出 of all money rose, of the general budget fell."""
    return any(
        s.fact.direction == asked and item_of(s.fact) == item_of(change.fact) and explains(change.ranking, s)
        for s in change.ranking.near(_OTHER_SCOPE)
    )


def _against_budget(intent: Intent, finder: Finder) -> Draft | None:
    """Why it was overspent, where it was not; why money was left, where none was."""
    over, under = _OVERSPENT.search(intent.text), _UNDERSPENT.search(intent.text)
    if bool(over) == bool(under):
        return None
    asking = span_mask(m.span() for m in (over, under) if m)
    plain = replace(intent, measure="", measure_mask=0, topic=intent.topic.without(asking | intent.measure_mask))
    spent, planned = one(plain, finder, "决算"), one(plain, finder, "年初预算") or one(plain, finder, "预算")
    if spent is None or planned is None or canonical(spent.fact.label) != canonical(planned.fact.label):
        change = one(plain, finder, "增减额")
        against = change is not None and "年初预算" in change.fact.basis and change.fact.direction in ("增加", "减少")
        if change is None or not against or change.fact.direction == ("增加" if over else "减少"):
            return None
        return _not_so(change, "并没有超出预算" if over else "没有结余", intent, finder)
    spent = of_one_sentence(spent, planned, finder)
    if spent.rows or planned.rows:
        return None  # of one unit, which denies nothing of all
    a, b = spent.fact.canonical, planned.fact.canonical
    if a is None or b is None or (a > b if over else a <= b):
        return None
    ledger = new_ledger(finder)
    marks = ledger.fact(spent.found), ledger.fact(planned.found)
    finding = "并没有超出预算" if over else "没有结余，支出超过了预算"
    text = (
        f"问题的前提与文件不符：{heading(spent.entry, spent.fact.year)}{subject_of(spent.fact)}{finding}，"
        f"决算为{printed(spent.fact)}[{marks[0]}]，{planned.fact.measure}为{printed(planned.fact)}[{marks[1]}]。"
    )
    if spent.fact.reason:
        text += f"文件说明的差异原因：{spent.fact.reason}。"
    return Draft(text, ledger, reason="wrong_premise", warnings=intent.notes)


def nothing_spent(intent: Intent, asking: re.Pattern[str], finder: Finder) -> Draft | None:
    """A question for the use of money of which the document says that there was none."""
    topic = intent.topic.without(span_mask(m.span() for m in asking.finditer(intent.text)))
    return next((draft for entry in intent.documents if (draft := _none_of_it(intent, topic, entry, finder))), None)


def _none_of_it(intent: Intent, topic: Topic, entry: CatalogueEntry, finder: Finder) -> Draft | None:
    plain = replace(intent, measure="", measure_mask=0, count_unit="", money=False)
    found = pick(topic.without(intent.measure_mask), asked_of(plain), entry, finder)
    if found and found.fact.state is State.ZERO and found.fact.label and found.best.label.exact:
        return _not_so(found, "没有发生或没有安排", intent, finder)
    return None


def _asked_direction(text: str) -> str:
    up, down = _UP.search(text), _DOWN.search(text)
    if bool(up) == bool(down) or re.search(r"预算数?(?:多|少|超|低|高)|超.{0,4}预算|完成", text):
        return ""
    return "增加" if up else "减少"


def _not_so(found: Pick, finding: str, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    fact = found.fact
    mark = ledger.fact(found.found)
    shown = fact.direction + ("" if fact.direction == "持平" else printed(fact)) if fact.direction else printed(fact)
    text = f"问题的前提与文件不符：{heading(found.entry, fact.year)}{subject_of(fact)}{finding}，文件写的是{shown}[{mark}]。"
    if fact.source == "text":
        text += f"\n\n> {fact.quote}[{mark}]"
    return Draft(text, ledger, reason="wrong_premise", warnings=intent.notes)


# -- the reason given --------------------------------------------------------------------------------------------------


def given(intent: Intent, finder: Finder) -> Draft | None:
    """The reason clause of the figure that explains most of the question."""
    topic_intent = replace(intent, measure="", measure_mask=0, money=False, count_unit="")
    candidates: list[tuple[float, Found]] = []
    for entry in intent.documents:
        ranking = finder.figures(intent.topic, replace(asked_of(topic_intent), years=()), (entry,))
        for scored in ranking.scored[:80]:
            fact = scored.fact
            reason = fact.reason or (fact.printed if fact.state is State.TEXT and _is_reason(fact.column) else "")
            if reason and scored.label.found and not _of_other_basis(intent, fact):
                left = ranking.missing(scored).bit_count()
                candidates.append((scored.score - 0.5 * left + _basis_bonus(intent, scored.found), scored.found))
    if not candidates:
        return None
    score, best = min(candidates, key=lambda c: (-round(c[0], 4), c[1].document, c[1].fact.key))
    if intent.topic.size and score < 0.45 * intent.topic.size:
        return None
    if YEAR_BEFORE.search(best.fact.reason) and AGAINST_BUDGET.search(intent.text):
        return None
    return _told(best, intent, finder)


def _told(found: Found, intent: Intent, finder: Finder) -> Draft:
    """The reason with the sentence that gives it."""
    ledger = new_ledger(finder)
    fact = found.fact
    reason = (fact.reason or fact.printed).strip("。")
    passage = _sentence_with(reason, found, finder) if fact.source == "text" else None
    figure = ledger.fact(found)
    mark = ledger.passage(passage) if passage else figure
    text = f"{heading(finder.entry(found.document))}{subject_of(fact)}：文件说明的原因是“{reason}”[{mark}]。"
    if fact.source == "text" and squeeze(fact.quote) not in squeeze(text):
        text += f"\n\n> {fact.quote}[{figure}]"
    if passage and squeeze(passage.quote) not in squeeze(text):
        text += f"\n\n> {passage.quote}[{mark}]"
    return Draft(text, ledger, warnings=intent.notes)


def _sentence_with(said: str, found: Found, finder: Finder) -> Passage | None:
    """The sentence of the figure's paragraph that contains these words."""
    for paragraph in finder.paragraphs(found.document):
        if (found.fact.section and paragraph.section != found.fact.section) or said not in paragraph.text:
            continue
        for match in _SENTENCE.finditer(paragraph.text):
            if said[:12] in match.group() and (found.fact.quote in paragraph.text or len(said) > 12):
                start, end = match.span()
                return Passage(found.document, match.group().strip(), paragraph.section, paragraph.places(start, end))
    return None


def _is_reason(column: Sequence[str]) -> bool:
    return any("原因" in c or "改进措施" in c for c in column)


def _of_other_basis(intent: Intent, fact: Fact) -> bool:
    """A reason for the change since last year does not explain a difference from the budget, nor the other way round."""
    budget = AGAINST_BUDGET.search(intent.text)
    last_year = YEAR_BEFORE.search(intent.text)
    if bool(budget) == bool(last_year) or not fact.basis:
        return False
    against_budget = bool(re.search(r"年初预算|全年预算|预算数$", fact.basis)) and not re.search(
        r"上年|去年", fact.basis
    )
    return against_budget != bool(budget) and fact.measure in ("增减额", "增减率", "完成率")


def _basis_bonus(intent: Intent, found: Found) -> float:
    """The reason against the basis asked about: 年初预算 or last year."""
    basis = found.fact.basis + found.fact.measure
    if "预算" in intent.text and "预算" in basis:
        return 0.6
    if found.fact.direction and found.fact.direction == _asked_direction(intent.text):
        return 1.6  # why it went that way is told with the change itself
    if re.search(r"上年|去年|同比|增|减", intent.text) and re.search(r"上年|增减", basis):
        return 0.6
    return 0.0
