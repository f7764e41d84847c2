"""Charts, each with its figures and the cells they come from below it."""

from __future__ import annotations

import streamlit as st

from qa.pipeline import ask
from qa.serve.page.charts import Chart, comparison, composition, outturn
from qa.serve.page.safe import escaped
from qa.serve.views import session
from qa.serve.views.evidence import draw_evidence
from qa.serve.views.session import say, show_evidence, tools

FORMS = ("shares", "bars", "line", "pairs")
INK, BLUE, GREY = "#1f2328", "#1f5fbf", "#8b95a5"
DARK_INK, DARK_BLUE, DARK_GREY = "#e6e9ee", "#6ea8ff", "#8b95a5"
STEP = 30  # pixels a bar takes


def charts_view() -> None:
    """Choose what to look at; what is cited opens beside it."""
    if st.session_state.evidence is None:
        _chosen()
        return
    left, right = st.columns([11, 9], gap="medium")
    with left:
        _chosen()
    with right:
        draw_evidence()


def _chosen() -> None:
    st.header(say("charts"), anchor=False)
    entries = session.catalogue()
    form = st.segmented_control(say("form"), FORMS, default="shares", format_func=say, key="form") or "shares"
    chart = _of_document(form) if form in ("shares", "pairs") else _of_metric(form)
    if chart is not None:
        draw_chart(chart, "chart")
    elif entries:
        st.info(say("no_chart"))


def _of_document(form: str) -> Chart | None:
    entries = {entry.name: entry for entry in session.catalogue()}
    name = st.selectbox(say("document"), list(entries), key="chart_document")
    if name is None:
        return None
    finder = tools().finder
    return composition(entries[name], finder, finder.vocabulary) if form == "shares" else outturn(entries[name], finder)


def _of_metric(form: str) -> Chart | None:
    entries = session.catalogue()
    metric = st.selectbox(
        say("metric"), tools().finder.metric_names, index=None, key="metric", accept_new_options=True, placeholder=say("metric_hint")
    )  # fmt: skip
    if form == "line":
        office = st.selectbox(say("office"), sorted({e.profile.organisation for e in entries}), key="chart_office")
        entries = tuple(e for e in entries if e.profile.organisation == office)
    else:
        names = st.multiselect(
            say("document"), [e.name for e in entries], key="chart_documents", placeholder=say("all")
        )
        entries = tuple(e for e in entries if not names or e.name in names)
    if not metric:
        return None
    with st.spinner(say("working")):
        return comparison(metric, entries, lambda question: ask(question, tools()))


def draw_chart(chart: Chart, key: str) -> None:
    """The chart; its figures and their cells under it."""
    import altair as alt
    import pandas as pd

    dark = st.context.theme.type == "dark"
    ink, blue, grey = (DARK_INK, DARK_BLUE, DARK_GREY) if dark else (INK, BLUE, GREY)
    frame = pd.DataFrame(
        [{"label": p.label, "value": float(p.value), "series": say(p.series) if p.series else "", "shown": f"{p.shown}{chart.unit}", "note": p.share or p.shown} for p in chart.points]
    )  # fmt: skip
    tip = [alt.Tooltip("label:N", title=say("item")), alt.Tooltip("shown:N", title=say("value"))]
    axis = alt.Axis(labelLimit=240, labelOverlap=False)
    label = alt.Y("label:N", sort="-x" if chart.form == "shares" else None, title=None, axis=axis)
    room = alt.Scale(domainMax=float(max((p.value for p in chart.points), default=0)) * 1.3)  # for the words at a bar
    value = alt.X("value:Q", title=chart.unit, scale=room if chart.form in ("shares", "bars") else alt.Undefined)
    st.markdown(f"**{escaped(chart.title)}**（{escaped(chart.unit)}）")
    base = alt.Chart(frame, height=alt.Step(STEP)) if chart.form != "line" else alt.Chart(frame, height=280)
    if chart.form == "line":
        drawn = base.mark_line(point={"color": blue, "size": 60}, color=blue).encode(
            x=alt.X("label:N", sort=None, title=None), y=alt.Y("value:Q", title=chart.unit), tooltip=tip
        )
    elif chart.form == "pairs":
        series = [say("预算"), say("决算")]
        colour = alt.Color(
            "series:N", title=None, scale=alt.Scale(domain=series, range=[grey, blue]), legend=alt.Legend(orient="top")
        )
        drawn = base.mark_bar().encode(
            y=label, x=value, yOffset=alt.YOffset("series:N", sort=series), color=colour, tooltip=tip
        )
    else:
        drawn = base.mark_bar(color=blue).encode(y=label, x=value, tooltip=tip)
        drawn += base.mark_text(align="left", dx=4, color=ink).encode(y=label, x=value, text="note:N")
    st.altair_chart(drawn, key=f"{key}_drawn")
    with st.expander(say("figures_and_cells")):
        for number, point in enumerate(chart.points):
            source = chart.source(point)
            text, cell = st.columns([4, 1], vertical_alignment="center")
            name = f"{point.label}（{point.series}）" if point.series else point.label
            text.markdown(f"{escaped(name)}　**{escaped(point.shown)}{escaped(chart.unit)}**　{point.share}")
            if source is not None:
                cell.button(
                    say("page", source.page), key=f"{key}_cell{number}", help=escaped(source.document), on_click=show_evidence, args=(source,)
                )  # fmt: skip
