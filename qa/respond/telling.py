"""From a question to the words that answer it: rank what the documents say, keep what says enough, quote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.amounts import plain
from index.model import CatalogueEntry
from index.wording import one_spelling, squeeze
from qa.cite import new_ledger
from qa.draft import Draft, heading
from qa.finder import Finder
from qa.model import Intent, Passage
from qa.respond import headcounts
from qa.respond.bases import AGAINST_BUDGET, YEAR_BEFORE, of_other_budget
from qa.respond.facets import Facet, Manner
from qa.respond.quoting import OF_A_PROJECT, passages_of, section_passages
from qa.respond.spans import TERMS, Scored, Wanted, ranked, wanted_of
from qa.retrieve.statements import Statement

_USE = re.compile(r"用于|用途|用在|保障(?!和就业|支出)|购买|(?<!车)购置(?!及|费|支出|税)|支付|反映")
_REMEDY = re.compile(r"下一步|改进|整改|措施")
_LISTED = re.compile(r"包括|包含|其中|构成")
ENOUGH = 0.5  # the share of the question that must be said
ENOUGH_MARKED = 0.42  # the same where the marks of what is asked for are there
_ALIKE = 0.95  # how close another statement must come to be told too
MOST = 3
_NEWER = 0.05  # how much worse the same may be said in a newer document
_WIDE = 3  # with more documents than this only those that retrieval finds are read


def tell(intent: Intent, manner: Manner, finder: Finder) -> Draft | None:
    """The statements that answer, quoted under a line that says whose they are."""
    told = [(best, quotes) for best, quotes in tellings(intent, manner, finder) if quotes]
    if not told:
        return None
    if headcounts.asked(intent, manner) and len(told) == 1:
        best, quotes = told[0]
        if found := headcounts.counted(best, quotes, manner, finder):
            return headcounts.respond(found, quotes, intent, finder)
    ledger = new_ledger(finder)
    parts = []
    for best, quotes in told:
        entry = finder.entry(best.statement.document)
        lines = [f"> {quote.quote}[{ledger.passage(quote)}]" for quote in quotes]
        parts.append(
            f"{heading(entry)}{entry.profile.stage}文件中{_under(best.statement)}写道：\n\n" + "\n\n".join(lines)
        )
    return Draft("\n\n".join(parts), ledger, warnings=intent.notes)


def _under(statement: Statement) -> str:
    """Where a short cell of a form stands, which alone says nothing: “堤防维修”的“完工时间”栏."""
    names = [title for title in statement.titles[1:] if not re.search(r"\d", title)] if statement.named else []
    return "的".join(f"“{name}”" for name in names) + ("栏" if names else "")


def tellings(intent: Intent, manner: Manner, finder: Finder) -> list[tuple[Scored, list[Passage]]]:
    """For each document that is asked by name (else for the one that answers best): its best statement and the quotes."""
    wanted = wanted_of(intent, manner, finder)
    if wanted.empty and manner.title is None:
        return []
    if intent.offices_named > 1:
        offices = {e.profile.organisation: e for e in sorted(intent.documents, key=lambda e: e.profile.year or 0)}
        return [found for entry in offices.values() if (found := _telling(intent, wanted, (entry,), finder))]
    found = _telling(intent, wanted, intent.documents, finder)
    return [found] if found else []


def _telling(
    intent: Intent, wanted: Wanted, entries: Sequence[CatalogueEntry], finder: Finder
) -> tuple[Scored, list[Passage]] | None:
    order = answering(intent, wanted, entries, finder)
    if not order:
        return None
    best = order[0]
    if wanted.empty and wanted.manner.facet is Facet.DUTY:
        return best, section_passages(best.statement.document, _fullest(order).section, finder)
    words = wanted.words
    if titled := _titled_beside(best.statement, wanted.manner, finder):
        return best, titled
    quotes = passages_of(best.statement, words, wanted.manner, finder)
    if wanted.manner.facet is Facet.PLAIN:
        for other in order[1:MOST]:
            if not alike(other, best):
                break
            quotes += [q for q in passages_of(other.statement, words, wanted.manner, finder) if adds(q, quotes)]
    return best, quotes


def _fullest(order: Sequence[Scored]) -> Statement:
    """A statement of the section that says most: duties are told where most of them stand."""
    counts = Counter((s.statement.document, s.statement.section) for s in order)
    place = max(counts, key=lambda key: counts[key])
    return next(s.statement for s in order if (s.statement.document, s.statement.section) == place)


def _titled_beside(statement: Statement, manner: Manner, finder: Finder) -> list[Passage]:
    """The section that bears the facet's title among those of the project that the statement belongs to."""
    title, path = manner.title, statement.titles
    if title is None or len(path) < 2 or statement.table or title.search(path[-1]) or not OF_A_PROJECT.search(path[-2]):
        return []
    beside = [s for s in finder.sections(statement.document) if s.path[:-1] == path[:-1] and title.search(s.title)]
    return section_passages(statement.document, beside[0].number, finder) if beside else []


def answering(intent: Intent, wanted: Wanted, entries: Sequence[CatalogueEntry], finder: Finder) -> list[Scored]:
    """The statements that say enough of what is asked, best first."""
    passages = finder.passages("".join(wanted.words) or intent.text, entries, 10)
    if len(entries) > _WIDE:
        names = {passage.document for passage in passages}
        entries = [entry for entry in entries if entry.name in names]
    stated = tuple(plain(value) for value, _ in intent.stated if value)
    statements = [statement for entry in entries for statement in finder.statements(entry.name)]
    order = ranked(wanted, statements, passages, stated)
    if wanted.empty:
        order.sort(key=lambda s: not of_the_office(s.statement, finder))
    elif len(entries) > 1 and not intent.periods.years and order:
        least = order[0].score - _NEWER  # duties are printed every year: those of the newest document
        order.sort(key=lambda s: -(finder.entry(s.statement.document).profile.year or 0) if s.score >= least else 0)
    enough = (s for s in order if _enough(s, wanted) and not _evades(s, wanted, intent))
    return [s for s in enough if not _explains_another(s, wanted, finder)]


def _explains_another(scored: Scored, wanted: Wanted, finder: Finder) -> bool:
    """Whether the reason belongs to a figure that is not asked about: of 公务接待费 alone, where 三公经费 is asked."""
    statement = scored.statement
    if wanted.manner.facet is not Facet.REASON or statement.paragraph < 0:
        return False
    prose = finder.facts(documents=(statement.document,), sources=("text",), sections=(statement.section,))
    here = [f.fact for f in prose if f.fact.key.startswith(f"n{statement.paragraph + 1}.") and f.fact.reason]
    own = squeeze(statement.text)
    told = [f for f in here if squeeze(f.reason) in own]
    names = [f.label + "".join(f.path if f.code else ()) for f in told]  # 行政运行 is told for the 款 above it
    said = [*names, *(name.replace("收支", "收入支出") for name in names), *(squeeze(f.reason) for f in told)]
    return bool(told) and not any(_shares(name, words) for name in said for words in wanted.readings)


def _shares(name: str, words: Sequence[str]) -> bool:
    """Whether a name says a third of the words, or the words all of it."""
    pairs = {run[i : i + 2] for run in words for i in range(len(run) - 1)}
    said = {name[i : i + 2] for i in range(len(name) - 1)}
    return not pairs or len(pairs & said) * 3 >= len(pairs) or said <= pairs


def _evades(scored: Scored, wanted: Wanted, intent: Intent) -> bool:
    """A glossary that merely has the words; a reason where a use is asked for, unless it is of a certain sum."""
    facet, statement = wanted.manner.facet, scored.statement
    if of_other_budget(intent.text, statement.spelled.own):
        return True
    if facet is Facet.ISSUES and _REMEDY.search(intent.text) and not _REMEDY.search(statement.text):
        return True
    if facet is Facet.PARTS:
        return not _lists(statement.spelled.own, wanted.words)
    if facet not in (Facet.MEANING, Facet.PURPOSE) and any(TERMS.search(title) for title in statement.titles):
        return scored.own < 0.9
    if facet is Facet.REASON:  # 因四舍五入 under a table explains the table's residue, nothing else
        return statement.titles[-1:] == ("注释",) or (
            bool(AGAINST_BUDGET.search(intent.text)) and bool(YEAR_BEFORE.search(statement.lead[-60:] + statement.text))
        )
    title = wanted.manner.title
    if facet is Facet.PURPOSE and _only_listed(statement, wanted.words):
        return True
    if facet is not Facet.PURPOSE or intent.stated or (title and any(title.search(t) for t in statement.titles[-2:])):
        return False
    return not _USE.search(statement.text)


def _only_listed(statement: Statement, words: Sequence[str]) -> bool:
    """Whether what is asked about is one of the things that something else is used for: 公用经费…主要包括：…公车运行费."""
    own, lead = one_spelling(statement.spelled.own), one_spelling(statement.spelled.lead)
    mark = _LISTED.search(own) or _USE.search(own)
    places = [place for run in words if (place := own.find(one_spelling(run))) >= 0]
    before = any(one_spelling(run) in lead for run in words)
    return mark is not None and bool(places) and min(places) > mark.start() and not before


def _lists(text: str, words: Sequence[str]) -> bool:
    """Whether a list follows the name: 人员经费…，主要包括：基本工资、津贴补贴."""
    places = [place for run in words if (place := text.find(run[:2])) >= 0]
    return bool(places) and any(min(places) < m.start() and "、" in text[m.end() :] for m in _LISTED.finditer(text))


def of_the_office(statement: Statement, finder: Finder) -> bool:
    """Whether a paragraph begins with the office itself, not with one of its units."""
    return squeeze(statement.head).startswith(squeeze(finder.entry(statement.document).profile.organisation))


def _enough(scored: Scored, wanted: Wanted) -> bool:
    manner, statement = wanted.manner, scored.statement
    titled = manner.title is not None and any(manner.title.search(title) for title in statement.titles[-2:])
    marked = manner.mark is not None and bool(manner.mark.search(statement.text))
    if wanted.empty and manner.facet is Facet.ISSUES:
        return bool(re.search(r"问题|下一步", statement.text))
    if wanted.empty and manner.facet in (Facet.STATUS, Facet.CONTACT, Facet.GRADE):
        return marked
    if wanted.empty:
        return titled and (marked or manner.facet not in (Facet.INNER, Facet.MEMBERS))
    if manner.facet in _MARKED and not (marked if manner.facet is Facet.ISSUES else marked or titled):
        return False
    if manner.facet is Facet.SHORTFALL and not (titled or marked):
        return False
    least = ENOUGH if manner.facet is Facet.REASON or not (titled or marked) else ENOUGH_MARKED
    return scored.said >= least


# A statement that bears neither title nor mark of these does not tell it, however much else it says.
_MARKED = frozenset(
    {
        Facet.REASON,
        Facet.MEANING,
        Facet.DUTY,
        Facet.INNER,
        Facet.MEMBERS,
        Facet.BASIS,
        Facet.GOAL,
        Facet.TIME,
        Facet.BODY,
        Facet.GRADE,
        Facet.KIND,
        Facet.STATUS,
        Facet.CONTACT,
    }
    | {Facet.HOW, Facet.ISSUES, Facet.PURPOSE}
)


def alike(other: Scored, best: Scored) -> bool:
    """Whether another statement of the document answers about as well."""
    return other.score >= _ALIKE * best.score and other.statement.document == best.statement.document


def adds(quote: Passage, others: Sequence[Passage]) -> bool:
    return all(quote.quote not in other.quote and other.quote not in quote.quote for other in others)
