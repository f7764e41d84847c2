"""Answers in words, quoted exactly: why, what a term means, duties, structure, anything else that only prose answers.

Without a language model the answer is the sentences that answer, the shortest span that is complete, led by one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.model import CatalogueEntry, Found, Paragraph, State
from index.wording import canonical, squeeze
from qa import words
from qa.draft import Draft, heading, printed, source_of, subject_of
from qa.finder import Finder, asked_of
from qa.link import Topic, cover
from qa.model import Intent, Operation, Passage
from qa.pick import explains
from qa.respond.lookup import new_ledger

_SENTENCE = re.compile(r"[^。；！？]*[。；！？]|[^。；！？]+$")
_CAUSE = re.compile(r"原因|由于|因为|因|受.{1,12}影响|主要是|新增|调整|减少|增加")
_GLOSSARY = re.compile(r"名词解释|专业名词|名词说明|术语")
_CLOSING = re.compile(r"^[^，。]{0,40}(?:[:：]|指|是指|反映)")
MAX_QUOTE = 420


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a paragraph with how well it answers."""

    document: str
    paragraph: Paragraph
    start: int
    end: int
    score: float

    @property
    def passage(self) -> Passage:
        p = self.paragraph
        return Passage(
            self.document, p.text[self.start : self.end].strip(), p.section, p.places(self.start, self.end), self.score
        )


def respond(intent: Intent, finder: Finder) -> Draft | None:
    if intent.operation is Operation.DEFINE:
        return define(intent, finder) or describe(intent, finder)
    if intent.operation is Operation.WHY:
        return why(intent, finder) or describe(intent, finder)
    if words.STRUCTURE.search(intent.text) and (draft := structure(intent, finder)):
        return draft
    return describe(intent, finder)


# -- who belongs to the office -----------------------------------------------------------------------------------------

_INNER = re.compile(r"内设|科室|处室|股室")
_MAKE_UP = re.compile(r"机构设置|单位构成|编制范围|预算单位|部门构成|机构构成|基本情况|概况")


def structure(intent: Intent, finder: Finder) -> Draft | None:
    """The paragraphs that list inner offices, or the units that a department's budget takes in."""
    inner = bool(_INNER.search(intent.text))
    for entry in intent.documents:
        places = {s.number for s in finder.sections(entry.name) if any(_MAKE_UP.search(part) for part in s.path[-2:])}
        paragraphs = [p for p in finder.paragraphs(entry.name) if p.section in places]
        named = [p for p in paragraphs if (_INNER if inner else _UNITS).search(p.text)]
        start = paragraphs.index(named[0]) if named else -1
        if start < 0:
            continue
        ledger = new_ledger(finder)
        lines: list[str] = []
        size = 0
        for paragraph in paragraphs[start:]:
            if size > MAX_QUOTE or (lines and paragraph.section != paragraphs[start].section):
                break
            end = _cut(paragraph.text, MAX_QUOTE)
            passage = Passage(entry.name, paragraph.text[:end].strip(), paragraph.section, paragraph.places(0, end))
            lines.append(f"> {passage.quote}[{ledger.passage(passage)}]")
            size += end
        return Draft(f"{heading(entry)}文件中写道：\n\n" + "\n\n".join(lines), ledger, warnings=intent.notes)
    return None


_UNITS = re.compile(r"(?:纳入|汇总|包括|下属|所属|构成|二级).{0,40}(?:单位|机构)|单位.{0,12}(?:包括|共|构成)")


# -- why ---------------------------------------------------------------------------------------------------------------


def why(intent: Intent, finder: Finder) -> Draft | None:
    """The reason that the document itself gives for the figure asked about."""
    topic_intent = replace(intent, measure="", measure_mask=0, money=False, count_unit="")
    candidates: list[tuple[float, Found]] = []
    for entry in intent.documents:
        ranking = finder.figures(intent.topic, replace(asked_of(topic_intent), years=()), (entry,))
        for scored in ranking.scored[:80]:
            fact = scored.fact
            reason = fact.reason or (fact.printed if fact.state is State.TEXT and _is_reason(fact.column) else "")
            if reason and scored.label.found:
                left = (ranking.missing(scored)).bit_count()
                candidates.append((scored.score - 0.5 * left + _change_bonus(intent, scored.found), scored.found))
    if not candidates:
        return None
    candidates.sort(key=lambda c: (-round(c[0], 4), c[1].document, c[1].fact.key))
    best = candidates[0][1]
    content = intent.topic.size
    if content and candidates[0][0] < 0.45 * content:
        return None
    return _given_reason(best, intent, finder)


def _given_reason(found: Found, intent: Intent, finder: Finder) -> Draft:
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


def _sentence_with(words_said: str, found: Found, finder: Finder) -> Passage | None:
    """The sentence of the figure's paragraph that contains these words."""
    for paragraph in finder.paragraphs(found.document):
        if (found.fact.section and paragraph.section != found.fact.section) or words_said not in paragraph.text:
            continue
        for match in _SENTENCE.finditer(paragraph.text):
            if words_said[:12] in match.group() and (found.fact.quote in paragraph.text or len(words_said) > 12):
                start, end = match.span()
                return Passage(found.document, match.group().strip(), paragraph.section, paragraph.places(start, end))
    return None


def _is_reason(column: Sequence[str]) -> bool:
    return any("原因" in c or "改进措施" in c for c in column)


def _change_bonus(intent: Intent, found: Found) -> float:
    """The reason against the basis asked about: 年初预算 or last year."""
    basis = found.fact.basis + found.fact.measure
    if "预算" in intent.text and "预算" in basis:
        return 0.6
    if re.search(r"上年|去年|同比|增|减", intent.text) and re.search(r"上年|增减", basis):
        return 0.6
    return 0.0


# -- what a term means -------------------------------------------------------------------------------------------------


def define(intent: Intent, finder: Finder) -> Draft | None:
    """The entry of the document's own glossary."""
    best: tuple[float, str, Paragraph] | None = None
    for entry in intent.documents:
        glossary = {s.number for s in finder.sections(entry.name) if any(_GLOSSARY.search(part) for part in s.path)}
        for paragraph in finder.paragraphs(entry.name):
            score = _defines(paragraph, intent.topic, paragraph.section in glossary)
            if score > 0 and (best is None or score > best[0]):
                best = (score, entry.name, paragraph)
    if best is None:
        return None
    _, name, paragraph = best
    ledger = new_ledger(finder)
    end = _cut(paragraph.text, MAX_QUOTE)
    passage = Passage(name, paragraph.text[:end].strip(), paragraph.section, paragraph.places(0, end))
    mark = ledger.passage(passage)
    return Draft(f"文件的名词解释写道：{passage.quote}[{mark}]", ledger, warnings=intent.notes)


def _defines(paragraph: Paragraph, topic: Topic, in_glossary: bool) -> float:
    """How well the head of a paragraph (before the colon) is the term asked about."""
    found = re.match(r"^(.{2,80}?)(?:[:：]|是?指|反映)", squeeze(paragraph.text))
    if not found:
        return 0.0
    head = canonical(found.group(1))
    laid = cover(head, topic)
    explained = (laid.mask & topic.content).bit_count()
    if not topic.size or explained / topic.size < 0.6:
        return 0.0
    return explained + (2.0 if in_glossary else 0.0) - 0.15 * laid.unsaid


# -- everything else ---------------------------------------------------------------------------------------------------


def describe(intent: Intent, finder: Finder) -> Draft | None:
    """The sentences that answer, from the passages that fit best."""
    if not intent.documents or intent.topic.size == 0:
        return None
    spans = best_spans(intent, finder)
    if not spans:
        return None
    ledger = new_ledger(finder)
    lines = []
    for span in spans:
        mark = ledger.passage(span.passage)
        lines.append(f"> {span.passage.quote}[{mark}]")
    verdict = _verdict(intent, spans[0])
    entry = finder.entry(spans[0].document)
    lead = {"yes": "是的。", "no": "没有。", None: ""}[verdict]
    text = f"{lead}{heading(entry)}文件中写道：\n\n" + "\n\n".join(lines)
    return Draft(text, ledger, verdict=verdict, warnings=intent.notes)


def best_spans(intent: Intent, finder: Finder) -> list[Span]:
    """Paragraph spans that cover the topic, best first, at most three that add something."""
    topic = intent.topic
    names = [e.name for e in intent.documents]
    candidates: dict[tuple[str, int], tuple[str, Paragraph]] = {}
    for passage in finder.passages(_query(intent), intent.documents, 12):
        for i, paragraph in enumerate(finder.paragraphs(passage.document)):
            if (
                paragraph.section == passage.section
                and squeeze(paragraph.text)[:30]
                and (
                    paragraph.text in passage.quote
                    or passage.quote in paragraph.text
                    or paragraph.text[:24] in passage.quote
                )
            ):
                candidates.setdefault((passage.document, i), (passage.document, paragraph))
    spans = [s for name, paragraph in candidates.values() for s in _spans_in(name, paragraph, topic, intent, finder)]
    spans = [s for s in spans if s.document in names]
    if not spans:
        return []
    spans.sort(key=lambda s: (-round(s.score, 4), s.document, s.paragraph.section, s.start))
    best = spans[0]
    if not _enough(best, topic, finder):
        return []
    chosen = [best]
    covered = _mask(best, topic, finder)
    for span in spans[1:]:
        extra = _mask(span, topic, finder) & ~covered & topic.content
        overlap = any(span.paragraph is c.paragraph and span.start < c.end and c.start < span.end for c in chosen)
        if (
            span.document == best.document
            and not overlap
            and span.score > 0.6 * best.score
            and (extra.bit_count() >= 2 or span.score > 0.93 * best.score)
        ):
            chosen.append(span)
            covered |= _mask(span, topic, finder)
        if len(chosen) == 3:
            break
    return chosen


def _query(intent: Intent) -> str:
    return "".join(c for c in intent.topic.text if c != "□") or intent.text


def _section_text(document: str, section: int, finder: Finder) -> str:
    found = next((s for s in finder.sections(document) if s.number == section), None)
    return "".join(found.path[-2:]) if found else ""


def _mask(span: Span, topic: Topic, finder: Finder) -> int:
    text = span.paragraph.text[span.start : span.end]
    return _laid(text, topic) | _laid(_section_text(span.document, span.paragraph.section, finder), topic)


def _laid(text: str, topic: Topic) -> int:
    """The characters of the topic whose pairs occur in the text."""
    plain = squeeze(text)
    mask = 0
    for pair, places in topic.pairs.items():
        if pair in plain:
            for place in places:
                mask |= 3 << place
    return mask


def _spans_in(document: str, paragraph: Paragraph, topic: Topic, intent: Intent, finder: Finder) -> Iterable[Span]:
    """Single sentences and runs of up to three, scored by what they say of the topic."""
    text = paragraph.text
    bounds = [m.span() for m in _SENTENCE.finditer(text) if m.group().strip()]
    heading_mask = _laid(_section_text(document, paragraph.section, finder), topic)
    for i in range(len(bounds)):
        for j in range(i, min(len(bounds), i + 3)):
            start, end = bounds[i][0], bounds[j][1]
            if end - start > MAX_QUOTE and j > i:
                break
            here = _laid(text[start:end], topic) & topic.content
            score = here.bit_count() + 0.5 * (heading_mask & ~here & topic.content).bit_count()
            score -= 0.002 * (end - start) + 0.12 * (j - i)
            if intent.operation is Operation.WHY and _CAUSE.search(text[start:end]):
                score += 1.5
            if here or heading_mask:
                yield Span(document, paragraph, start, end, score)


def _enough(span: Span, topic: Topic, finder: Finder) -> bool:
    covered = (_mask(span, topic, finder) & topic.content).bit_count()
    return topic.size > 0 and covered / topic.size >= 0.6


def _cut(text: str, limit: int) -> int:
    if len(text) <= limit:
        return len(text)
    stop = text.rfind("。", 0, limit)
    return stop + 1 if stop > 0 else limit


def _verdict(intent: Intent, span: Span) -> str | None:
    if not intent.yesno and not words.YESNO.search(intent.text):
        return None
    text = squeeze(span.paragraph.text[span.start : span.end])
    return "no" if words.NEGATION.search(text) and not words.DUTY.search(intent.text) else "yes"


def quote_of(found: Found) -> str:
    """A figure of the prose with its sentence."""
    return f"{printed(found.fact)}（{source_of(found.fact)}）"


def explained(intent: Intent, finder: Finder) -> bool:
    """Whether the documents say anything of the topic at all."""
    for entry in intent.documents:
        ranking = finder.figures(intent.topic, asked_of(intent), (entry,))
        if any(explains(ranking, s) for s in ranking.scored[:20]):
            return True
    return False


def has_term(entry: CatalogueEntry, finder: Finder, word: str) -> bool:
    return any(canonical(word) in canonical(t.text) for t in finder.terms(entry.name))
