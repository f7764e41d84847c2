"""The one place where answering meets the index: figures by linking, rows by query, passages by hybrid retrieval."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import or_
from typing import TypeVar

from index.model import CatalogueEntry, FactQuery, Finding, Found, Paragraph, Printed, Section, Table, Term
from index.stores import Index, Remembered, View
from index.vocabulary import Vocabulary
from index.wording import canonical
from qa.link import Topic, cover, is_total
from qa.misspelt import mended
from qa.model import Intent, Operation, Passage
from qa.organisations import same_unit
from qa.retrieve.facts import Scored, fetch, rank
from qa.retrieve.fit import Asked
from qa.retrieve.links import Links, link_wordings, named_columns
from qa.retrieve.names import KnownNames
from qa.retrieve.passages import find_passages
from qa.retrieve.statements import Statement, prose_statements, table_statements
from qa.retrieve.wordings import Wordings

T = TypeVar("T")
_PRIOR = re.compile(r"(?<![比较和与跟同])(?:上年|上一年|前一年)(?!度?\()")
_TOLD = 20  # figures whose sentence is read
_OTHER = 1.0  # what a label leaves unsaid from which on its sentence may speak of other figures

EmbedQuery = Callable[[str], Sequence[float] | None]


@dataclass(frozen=True)
class Ranking:
    """Facts that may answer a topic, best first; `topic` has meaning given back to filling inside exact wordings."""

    topic: Topic
    links: Links
    scored: tuple[Scored, ...]
    named: tuple[tuple[int, str], ...] = ()  # accounts that the topic names whole, with the characters that name them
    columns: tuple[tuple[int, str], ...] = ()  # columns of the documents that it names whole, likewise

    @cached_property
    def whole_labels(self) -> frozenset[str]:
        """The labels that the topic names word for word."""
        return frozenset(canonical(label) for label, found in self.links.label.items() if found.whole)

    @property
    def best(self) -> Scored | None:
        return self.scored[0] if self.scored else None

    def missing(self, scored: Scored) -> int:
        """The meaningful characters that a fact leaves unexplained."""
        return self.topic.content & ~(scored.mask | scored.told)

    def near(self, margin: float) -> tuple[Scored, ...]:
        best = self.best
        return tuple(s for s in self.scored if best and s.score >= best.score - margin)


@dataclass
class Memory:
    """What was read of one version of the index, by document. A new version has a memory of its own."""

    view: View
    catalogue: tuple[CatalogueEntry, ...]
    terms: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    labels: dict[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    totals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wordings: dict[str, Wordings] = field(default_factory=dict)
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    sections: dict[str, tuple[Section, ...]] = field(default_factory=dict)
    paragraphs: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    tables: dict[str, tuple[Table, ...]] = field(default_factory=dict)
    statements: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    known: dict[str, frozenset[str]] = field(default_factory=dict)


def _once(kept: dict[str, T], name: str, read: Callable[[], T]) -> T:
    if name not in kept:
        kept[name] = read()
    return kept[name]


class Finder:
    """Reads one index for many questions; what it caches is keyed by the index's version."""

    def __init__(self, index: Index | View, vocabulary: Vocabulary, embed_query: EmbedQuery | None = None) -> None:
        self.index = index
        self._remembered = Remembered()
        self.vocabulary = vocabulary
        self.names = KnownNames(vocabulary)
        self._embed_query = embed_query
        self._memory: Memory | None = None

    @property
    def synonyms(self) -> Mapping[str, Sequence[str]]:
        """For each wording that documents print (canonical), what else the same figure is called."""
        return self.names.synonyms

    @property
    def metric_names(self) -> tuple[str, ...]:
        return tuple(metric.name for metric in self.vocabulary.metrics.values())

    def labels_like(self, document: str, label: str) -> tuple[str, ...]:
        """The labels of a document that can stand for this one: the same but for spelling, or another name of it."""
        own, labels = canonical(label), self.labels(document)
        names = self.names.printed.get(own, frozenset()) | {own}
        return tuple(printed for name in sorted(names) for printed in labels.get(name, ()))

    # -- what is read once ---------------------------------------------------------------------------------------------

    @property
    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """What is indexed now. Reading it forgets what was kept of an earlier version of the index."""
        if self._memory is None or self._memory.view.version != self.index.version:
            self._memory = self._looked_at()
        return self._memory.catalogue

    @property
    def _kept(self) -> Memory:
        """What was read since the catalogue was looked at: one question sees one version."""
        if self._memory is None:
            self._memory = self._looked_at()
        return self._memory

    def _looked_at(self) -> Memory:
        index = self.index
        view = index if isinstance(index, View) else View.of_everything(index, self._remembered)
        return Memory(view, view.catalogue())

    def entry(self, name: str) -> CatalogueEntry:
        return next(e for e in self._kept.catalogue if e.name == name)

    def terms(self, name: str) -> tuple[Term, ...]:
        return _once(self._kept.terms, name, lambda: self._kept.view.terms((name,)))

    def wordings(self, name: str) -> Wordings:
        return _once(self._kept.wordings, name, lambda: Wordings(self.terms(name), self.names.spellings))

    def labels(self, name: str) -> Mapping[str, Sequence[str]]:
        """The labels of the rows of a document as they are printed, by their usual spelling."""
        return _once(self._kept.labels, name, lambda: self._labels_of(name))

    def _labels_of(self, name: str) -> Mapping[str, Sequence[str]]:
        labels: dict[str, list[str]] = {}
        for term in self.terms(name):
            if term.field == "label":
                labels.setdefault(canonical(term.text), []).append(term.text)
        return labels

    def totals(self, name: str) -> tuple[str, ...]:
        """The labels of the total rows of a document."""
        return _once(
            self._kept.totals,
            name,
            lambda: tuple(label for labels in self.labels(name).values() for label in labels if is_total(label)),
        )

    def sections(self, name: str) -> tuple[Section, ...]:
        return _once(self._kept.sections, name, lambda: self._kept.view.sections(name))

    def paragraphs(self, name: str) -> tuple[Paragraph, ...]:
        return _once(self._kept.paragraphs, name, lambda: self._kept.view.paragraphs(name))

    def tables(self, name: str) -> tuple[Table, ...]:
        return _once(self._kept.tables, name, lambda: self._kept.view.tables(name))

    def findings(self, name: str) -> tuple[Finding, ...]:
        """What reading and the self-check found in a document."""
        return _once(self._kept.findings, name, lambda: self._kept.view.findings(name))

    def statements(self, name: str) -> tuple[Statement, ...]:
        """Everything a document says, prose before tables."""
        return _once(self._kept.statements, name, lambda: self._statements_of(name))

    def _statements_of(self, name: str) -> tuple[Statement, ...]:
        prose = prose_statements(name, self.paragraphs(name), self.sections(name))
        return (*prose, *table_statements(name, self.tables(name)))

    def known_wordings(self) -> frozenset[str]:
        """Labels and columns of everything indexed: words that are no offices."""
        return _once(self._kept.known, "", self._all_wordings)

    def _all_wordings(self) -> frozenset[str]:
        fields = ("label", "column", "path", "title")
        return frozenset(t.text for e in self._kept.catalogue for t in self.terms(e.name) if t.field in fields)

    def read_ahead(self, most: int) -> None:
        """Read now what the first questions would wait for: words and sounds, and of this many documents the facts."""
        self.known_wordings()
        mended("", self.metric_names)
        for entry in self._kept.catalogue[:most]:
            self.wordings(entry.name)
            self.facts(documents=(entry.name,), limit=1)
        for entry in self._kept.catalogue[:1]:
            self._kept.view.search_words(entry.profile.title, (entry.name,), 1)

    # -- figures -------------------------------------------------------------------------------------------------------

    def figures(self, topic: Topic, asked: Asked, entries: Sequence[CatalogueEntry]) -> Ranking:
        """Facts of these documents that answer the topic."""
        names = tuple(e.name for e in entries)
        touching = (t for name in names for t in self.wordings(name).touching(topic))
        totals = (t for name in names for t in self.totals(name))
        links = link_wordings(topic, touching, totals)
        if asked.entity:
            terms = (t for name in names for t in self.terms(name))
            printed = (t.text for t in terms if t.field in ("entity", "label") and same_unit(t.text, asked.entity))
            asked = replace(asked, units=tuple(dict.fromkeys(printed)))
        said = [c.mask for c in (*links.label.values(), *links.column.values()) if c.whole and c.covered >= 3]
        exact = reduce(or_, said, 0) & ~asked.entity_mask
        whole = Topic(topic.text, (topic.content | exact) & ~topic.ignored, topic.ignored) if topic.content else topic
        facts = fetch(links, names, asked, self._kept.view, dated=self._columns_of(asked.years, entries))
        scored = rank(whole, links, facts, asked, {e.name: e for e in entries})
        told = tuple(self._in_context(s, whole) for s in scored[:_TOLD])
        columns = named_columns(links, whole.content & ~asked.measure_mask)
        return Ranking(whole, links, (*told, *scored[_TOLD:]), self.names.accounts_in(whole, said), columns)

    def _columns_of(self, years: Sequence[int], entries: Sequence[CatalogueEntry]) -> tuple[str, ...]:
        """The columns of these documents that bear a year asked for before their own: 2023年预算数 of a budget of 2024."""
        earlier = [(e.name, str(y)) for e in entries for y in years if e.profile.year and y < e.profile.year]
        dated = (t.text for name, year in earlier for t in self.terms(name) if t.field == "column" and year in t.text)
        return tuple(dict.fromkeys(dated))

    def _in_context(self, scored: Scored, topic: Topic) -> Scored:
        """A figure of the prose is explained by its sentence up to it and by the title over it too."""
        fact = scored.fact
        if fact.source != "text" or scored.label.unsaid >= _OTHER:
            return scored
        at = max(fact.quote.find(fact.printed + fact.unit), fact.quote.find(fact.printed))
        before = re.split(r"[。；;]", fact.quote[: at + 1 or None])[-1]
        title = next((s.title for s in self.sections(scored.found.document) if s.number == fact.section), "")
        return replace(scored, told=cover(before, topic).mask | cover(title, topic).mask)

    def facts(self, **sides: object) -> tuple[Found, ...]:
        return self._kept.view.facts(FactQuery(**sides))  # type: ignore[arg-type]

    def read_again(self, cited: Sequence[Found]) -> tuple[Printed | None, ...]:
        """What the database holds in the places of these facts now; None where it holds nothing."""
        return self._kept.view.read_again(cited)

    # -- passages ------------------------------------------------------------------------------------------------------

    def passages(self, text: str, entries: Sequence[CatalogueEntry], k: int = 10) -> tuple[Passage, ...]:
        return find_passages(text, tuple(e.name for e in entries), self._kept.view, self._embed_query, k)


def asked_of(intent: Intent) -> Asked:
    """What an intent fixes for the ranking of facts."""
    unit = intent.count_unit
    if intent.measure in ("占比", "增减率", "完成率", "执行率"):
        unit = "%"
    elif intent.measure == "得分":
        unit = ""
    return Asked(
        measure=intent.measure,
        measure_mask=intent.measure_mask,
        years=intent.periods.years,
        unit=unit,
        money=intent.money and not unit,
        table_code=intent.table_code,
        codes=intent.codes,
        entity=intent.entity,
        entity_mask=intent.entity_mask,
        income="收入" in intent.text,
        outgo="支出" in intent.text and "收" not in intent.text,
        spent=intent.operation is Operation.LOOKUP and not intent.topic.size and "收" not in intent.text,
        people="接待" in intent.text,
        change=intent.change,
        prior=intent.periods.last and not intent.change and bool(_PRIOR.search(intent.text)),
        own_level="本级" in intent.text and not intent.entity,
    )
