"""Scores of a run added up: shares with their confidence interval, by category and by answer type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from qa.evaluate.cases import AnswerType, Case, RefuseKind
from qa.evaluate.scores import Score

_Z95 = 1.959963984540054  # normal quantile of a two-sided 95 % interval


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `total`; `low` and `high` bound the true share with 95 % confidence (Wilson score interval)."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    @property
    def low(self) -> float:
        return self._bound(-1)

    @property
    def high(self) -> float:
        return self._bound(+1)

    def _bound(self, side: int) -> float:
        if not self.total:
            return 0.0 if side < 0 else 1.0
        n, p, z = self.total, self.value, _Z95
        centre = p + z * z / (2 * n)
        margin = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return min(1.0, max(0.0, (centre + side * margin) / (1 + z * z / n)))


@dataclass(frozen=True, slots=True)
class Scored:
    """A case with the score of its answer and how long the answer took."""

    case: Case
    score: Score
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A run in figures. Shares whose question never arose have a total of 0."""

    accuracy: Share
    by_category: tuple[tuple[str, Share], ...]
    by_answer_type: tuple[tuple[str, Share], ...]
    figure_value: Share  # one figure asked and given: right in value and unit
    figure_unit: Share
    figure_year: Share
    figure_organisation: Share
    figure_scope: Share
    figure_exact: Share  # ... in all of these, of the figures asked
    list_recall: Share  # gold items given
    list_precision: Share  # items given that are gold
    refusal_recall: Share  # to be refused, and refused
    refusal_precision: Share  # refused, and to be refused or on a wrong premise
    cited: Share
    supported: Share
    faithful: Share  # answers all of whose quotes stand in their documents
    wrong_verified: int
    wrong_shown: int
    refused_wrongly: int
    failed: int  # questions that ended in an error
    p50_ms: float
    p95_ms: float


def summarise(scored: Sequence[Scored]) -> Summary:
    """The whole run; an empty one gives shares of 0 of 0."""
    facets = [s.score.facets for s in scored if s.score.facets]
    asked = sum(s.case.answer_type in (AnswerType.NUMBER, AnswerType.RATIO) for s in scored)
    refused = [s for s in scored if s.score.status == "refused"]
    to_refuse = [s for s in scored if _to_refuse(s.case)]
    latencies = sorted(s.elapsed_ms for s in scored)
    return Summary(
        accuracy=_share(s.score.right for s in scored),
        by_category=_grouped(scored, lambda s: s.case.category),
        by_answer_type=_grouped(scored, lambda s: s.case.answer_type.value),
        figure_value=_share(f.value for f in facets),
        figure_unit=_share(f.unit for f in facets),
        figure_year=_share(f.year for f in facets),
        figure_organisation=_share(f.organisation for f in facets),
        figure_scope=_share(f.scope for f in facets),
        figure_exact=Share(sum(f.exact for f in facets), asked),
        list_recall=Share(sum(s.score.found for s in scored), sum(s.score.wanted for s in scored)),
        list_precision=Share(sum(s.score.found for s in scored), sum(s.score.given for s in scored)),
        refusal_recall=_share(s.score.status == "refused" for s in to_refuse),
        refusal_precision=_share(s.case.answer_type is AnswerType.REFUSE for s in refused),
        cited=_share(s.score.cited for s in scored if s.score.cited is not None),
        supported=_share(s.score.supported for s in scored if s.score.supported is not None),
        faithful=_share(not s.score.unfaithful for s in scored if s.score.status == "answered"),
        wrong_verified=sum(s.score.wrong_verified for s in scored),
        wrong_shown=sum(s.score.wrong_shown for s in scored),
        refused_wrongly=sum(s.score.refused_wrongly for s in scored),
        failed=sum(s.score.status == "failed" for s in scored),
        p50_ms=percentile(latencies, 50),
        p95_ms=percentile(latencies, 95),
    )


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The smallest value that `percent` of the ordered values do not exceed (nearest rank); 0 for none."""
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)] if ordered else 0.0


def _to_refuse(case: Case) -> bool:
    return case.answer_type is AnswerType.REFUSE and case.refuse_kind is not RefuseKind.FALSE_PREMISE


def _share(outcomes: Iterable[bool]) -> Share:
    counted = list(outcomes)
    return Share(sum(counted), len(counted))


def _grouped(scored: Iterable[Scored], key: Callable[[Scored], str]) -> tuple[tuple[str, Share], ...]:
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for item in scored:
        groups[key(item)].append(item.score.right)
    return tuple((name, _share(outcomes)) for name, outcomes in sorted(groups.items()))
