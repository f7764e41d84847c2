"""A run and a comparison in a few lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.evaluate.compare import Comparison, Pair
from qa.evaluate.summary import Share, Summary


def summary_lines(summary: Summary) -> Iterator[str]:
    """The figures of a run."""
    yield f"正确 {_counted(summary.accuracy)}，95% 区间 {summary.accuracy.low:.1%}–{summary.accuracy.high:.1%}"
    yield (
        f"错而标为已核验 {summary.wrong_verified}，给出错误数值 {summary.wrong_shown}，"
        f"不应拒答而未答 {summary.refused_wrongly}，出错 {summary.failed}"
    )
    yield f"分类：{_listed(summary.by_category)}"
    yield f"答案类型：{_listed(summary.by_answer_type)}"
    yield (
        f"数值：值 {_percent(summary.figure_value)}，单位 {_percent(summary.figure_unit)}，"
        f"年度 {_percent(summary.figure_year)}，机构 {_percent(summary.figure_organisation)}，"
        f"口径 {_percent(summary.figure_scope)}，全对 {_counted(summary.figure_exact)}"
    )
    yield (
        f"清单：召回 {_percent(summary.list_recall)}，精确 {_percent(summary.list_precision)}；"
        f"拒答：召回 {_percent(summary.refusal_recall)}，精确 {_percent(summary.refusal_precision)}"
    )
    yield (
        f"出处：触及标准出处 {_percent(summary.cited)}，数值见于所引 {_percent(summary.supported)}，"
        f"引文忠实 {_percent(summary.faithful)}"
    )
    yield f"耗时：p50 {summary.p50_ms:.0f} 毫秒，p95 {summary.p95_ms:.0f} 毫秒"


def comparison_lines(comparison: Comparison | None) -> Iterator[str]:
    """What changed; nothing where there is nothing to compare with."""
    if comparison is None:
        return
    yield (
        f"比较：共同 {comparison.after.total} 题，{_percent(comparison.before)} → {_percent(comparison.after)}，"
        f"新答对 {len(comparison.won)}，新答错 {len(comparison.lost)}，答法有变 {len(comparison.changed)}，"
        f"McNemar p = {comparison.p_value:.4f}"
    )
    for name, pairs in (("新答对", comparison.won), ("新答错", comparison.lost)):
        if pairs:
            yield f"{name}：{_ids(pairs)}"


def _ids(pairs: Sequence[Pair]) -> str:
    return "、".join(pair.case.id for pair in pairs)


def _percent(share: Share) -> str:
    return f"{share.value:.1%}" if share.total else "—"


def _counted(share: Share) -> str:
    return f"{share.hits}/{share.total}（{_percent(share)}）"


def _listed(groups: Sequence[tuple[str, Share]]) -> str:
    return "，".join(f"{name} {share.hits}/{share.total}" for name, share in groups)
