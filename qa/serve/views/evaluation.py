"""Evaluation: runs of question sets, scores by category, each question, two runs held against each other; opinions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from qa.evaluate.cases import write_line
from qa.evaluate.compare import Comparison, Pair, compare
from qa.evaluate.errors import EvaluateError
from qa.evaluate.feedback import feedback_cases
from qa.evaluate.files import read_run
from qa.evaluate.report import render
from qa.evaluate.run import Result, Run
from qa.evaluate.summary import Share
from qa.serve.page.opinions import feedback_of
from qa.serve.page.parts import list_data
from qa.serve.page.runs import find_runs
from qa.serve.page.safe import answer_markdown, escaped
from qa.serve.views import session
from qa.serve.views.parts import grid, takes_away
from qa.serve.views.session import say
from qa.settings import read_settings


def evaluation_view() -> None:
    """The runs kept beside the store; without one, how to make it."""
    st.header(say("evaluation"), anchor=False)
    runs = find_runs(read_settings())
    if not runs:
        st.info(say("no_runs"))
        st.code("mingzhang eval eval_sets/henan_staff.jsonl", language=None)
    else:
        _runs(runs)
    _opinions()


def _runs(runs: Sequence[Path]) -> None:
    path = st.selectbox(say("run"), runs, key="run", format_func=lambda p: p.stem)
    run = _read(path)
    if run is None:
        return
    summary = run.summary
    st.caption(
        escaped(f"{'、'.join(run.sets)}　{run.setup.system} {run.setup.version}　{session.local_time(run.started)}")
    )
    with st.container(horizontal=True, key="scores"):
        st.metric(
            say("accuracy"), _percent(summary.accuracy), help=f"{summary.accuracy.low:.1%}–{summary.accuracy.high:.1%}"
        )
        st.metric(say("wrong_verified"), summary.wrong_verified)
        st.metric(say("wrong_shown"), summary.wrong_shown)
        st.metric(say("refused_wrongly"), summary.refused_wrongly)
        st.metric(say("latency"), f"{summary.p50_ms:.0f} / {summary.p95_ms:.0f} ms")
    takes_away(say("report_html"), lambda: render(run).encode(), f"{path.stem}.html", "run_html")
    left, right = st.columns(2, gap="medium")
    with left:
        _shares("by_category", summary.by_category)
    with right:
        _shares("by_type", summary.by_answer_type)
    _compared(run, path, runs)
    _questions(run)


def _read(path: Path) -> Run | None:
    try:
        return _cached(str(path), path.stat().st_mtime_ns)
    except (EvaluateError, OSError) as error:
        st.error(escaped(str(error)))
        return None


@st.cache_resource(show_spinner=False, max_entries=4)
def _cached(path: str, changed: int) -> Run:
    return read_run(Path(path))


def _percent(share: Share) -> str:
    return f"{share.value:.1%}" if share.total else "—"


def _shares(key: str, shares: Sequence[tuple[str, Share]]) -> None:
    title = say(key)
    st.caption(title)
    columns = {
        say("kind"): [session.kind(name) for name, _ in shares],
        say("right"): [_percent(share) for _, share in shares],
        say("of"): [f"{share.hits}/{share.total}" for _, share in shares],
    }
    grid(key=key, data=list_data(columns, bar=say("right"), label=title))


# -- each question -----------------------------------------------------------------------------------------------------


def _questions(run: Run) -> None:
    st.subheader(say("questions"), anchor=False)
    categories = sorted({result.case.category for result in run.results})
    with st.container(horizontal=True, key="drill", vertical_alignment="bottom"):
        category = st.selectbox(
            say("kind"), categories, index=None, key="category", placeholder=say("all"), format_func=session.kind
        )
        wrong = st.toggle(say("only_wrong"), value=True, key="only_wrong")
    shown = [r for r in run.results if (not category or r.case.category == category) and not (wrong and r.score.right)]
    results = {f"{r.case.id}　{r.case.question}": r for r in shown}
    st.caption(say("shown_of", len(results), len(run.results)))
    name = st.selectbox(say("question"), list(results), index=None, key="question", placeholder=say("choose"))
    if name in results:
        _result(results[name])


def _result(result: Result) -> None:
    case, answer, score = result.case, result.answer, result.score
    icon = ":material/check_circle:" if score.right else ":material/cancel:"
    st.markdown(f"{icon} {escaped(case.question)}")
    if score.why:
        st.warning(escaped(score.why))
    left, right = st.columns(2, gap="medium")
    with left:
        st.caption(say("gold"))
        st.code(write_line(case), language="json", wrap_lines=True)
    with right:
        st.caption(say("answer"))
        st.markdown(answer_markdown(answer.text))
        for value in answer.values:
            st.markdown(
                f"- {escaped(value.label)}　**{escaped(value.value)} {escaped(value.unit)}**　{say(value.verification)}"
            )
        for citation in answer.citations:
            st.caption(escaped(f"[{citation.id}] {citation.document} {say('page', citation.page)} {citation.quote}"))


# -- two runs ----------------------------------------------------------------------------------------------------------


def _compared(run: Run, path: Path, runs: Sequence[Path]) -> None:
    others = [other for other in runs if other != path]
    before = st.selectbox(
        say("compare_with"), others, index=None, key="before", format_func=lambda p: p.stem, placeholder=say("choose")
    )  # fmt: skip
    earlier = _read(before) if before in others else None
    if earlier is None:
        return
    try:
        comparison = compare(earlier, run)
    except EvaluateError as error:
        st.error(escaped(str(error)))
        return
    _difference(comparison)


def _difference(comparison: Comparison) -> None:
    before, after = _percent(comparison.before), _percent(comparison.after)
    st.markdown(escaped(f"{before} → {after}　p = {comparison.p_value:.3f}"))
    for name, pairs in (("won", comparison.won), ("lost", comparison.lost), ("changed", comparison.changed)):
        with st.expander(f"{say(name)}（{len(pairs)}）"):
            for pair in pairs:
                _pair(pair)


def _pair(pair: Pair) -> None:
    st.markdown(f"**{escaped(pair.case.question)}**")
    left, right = st.columns(2, gap="medium")
    left.markdown(answer_markdown(pair.before.answer.text))
    right.markdown(answer_markdown(pair.after.answer.text))


# -- what people said --------------------------------------------------------------------------------------------------


def _opinions() -> None:
    opinions = session.index().conversations.opinions()
    st.subheader(say("opinions"), anchor=False)
    if not opinions:
        st.caption(say("no_opinions"))
        return
    columns = {
        say("when"): [session.local_time(o.given) for o in opinions],
        say("thumb"): [say("thumb_up" if o.good else "thumb_down") for o in opinions],
        say("reason"): [o.reason for o in opinions],
        say("question"): [o.question for o in opinions],
        say("version"): [o.version for o in opinions],
    }
    grid(key="opinions", data=list_data(columns, label=say("opinions")))
    lines = "".join(write_line(case) + "\n" for case in feedback_cases(map(feedback_of, opinions)))
    takes_away(say("as_set"), lines.encode, "feedback.jsonl", "feedback_set")
