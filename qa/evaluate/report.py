"""A run as one HTML file that needs nothing else: figures first, then each question with answer, gold and evidence.

Everything from sets, documents and systems is escaped: it is shown as text and never as markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from index.written import written_text
from qa.evaluate.cases import AnswerType, Case
from qa.evaluate.compare import Comparison, Pair
from qa.evaluate.run import Result, Run
from qa.evaluate.summary import Share, Summary
from qa.model import Citation, Value

MARKS = {
    "table": "已核验（表）",
    "text": "已核验（文）",
    "both": "表文一致",
    "computed": "计算所得",
    "conflict": "表文矛盾",
}
STATUS = {"answered": "已回答", "refused": "拒答", "clarify": "反问", "failed": "出错"}


def render(run: Run, comparison: Comparison | None = None) -> str:
    """The whole page."""
    title = f"评测报告 {'、'.join(run.sets)}"
    style = written_text("qa.evaluate", "report.css")
    body = "".join(
        (
            f"<h1>{escape(title)}</h1>{_setup(run)}{_cards(run.summary)}",
            _comparison(comparison) if comparison else "",
            f"<h2>分类正确率</h2>{_shares(run.summary.by_category)}",
            f"<h2>按答案类型</h2>{_shares(run.summary.by_answer_type)}",
            f"<h2>数值与出处</h2>{_shares(_figure_rows(run.summary))}",
            f"<h2>逐题</h2>{_cases(run.results)}",
        )
    )
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return f'<!doctype html><html lang="zh-CN"><head>{head}<style>{style}</style></head><body>{body}</body></html>'


# ------------------------------------------------------------------------------------------------------------- figures


def percent(share: Share) -> str:
    return f"{share.value:.1%}" if share.total else "—"


def interval(share: Share) -> str:
    return f"{share.low:.1%}–{share.high:.1%}" if share.total else ""


def _counted(share: Share) -> str:
    return f"{share.hits}/{share.total}，95% 区间 {interval(share)}"


def _setup(run: Run) -> str:
    settings = "，".join(f"{name}={value}" for name, value in run.setup.settings)
    lines = [f"系统 {run.setup.system}，版本 {run.setup.version}，开始于 {run.started}，共 {len(run.results)} 题"]
    if settings:
        lines.append(f"设置：{settings}")
    lines.extend(f"文件：{name}（{sha256[:12]}）" for name, sha256 in run.setup.documents)
    return "".join(f'<div class="soft">{escape(line)}</div>' for line in lines)


def _cards(summary: Summary) -> str:
    cards = (
        ("正确率", percent(summary.accuracy), _counted(summary.accuracy), False),
        ("错而标为已核验", str(summary.wrong_verified), "应为 0", summary.wrong_verified > 0),
        ("给出错误数值", str(summary.wrong_shown), "", summary.wrong_shown > 0),
        ("不应拒答而未答", str(summary.refused_wrongly), "", False),
        ("有引用", percent(summary.cited), f"{summary.cited.hits}/{summary.cited.total}", False),
        ("引文忠实", percent(summary.faithful), f"{summary.faithful.hits}/{summary.faithful.total}", False),
        ("耗时 p50 / p95", f"{summary.p50_ms:.0f} / {summary.p95_ms:.0f}", "毫秒", False),
        ("出错", str(summary.failed), "", summary.failed > 0),
    )
    shown = (
        f'<div class="card{" bad" if bad else ""}">{escape(name)}<b>{escape(value)}</b>'
        f'<span class="soft">{escape(note)}</span></div>'
        for name, value, note, bad in cards
    )
    return f'<div class="cards">{"".join(shown)}</div>'


def _figure_rows(summary: Summary) -> tuple[tuple[str, Share], ...]:
    return (
        ("数值正确（换算后）", summary.figure_value),
        ("计量单位正确", summary.figure_unit),
        ("年度正确", summary.figure_year),
        ("机构正确", summary.figure_organisation),
        ("口径（表或章节）正确", summary.figure_scope),
        ("以上全部正确（占所问）", summary.figure_exact),
        ("清单召回", summary.list_recall),
        ("清单精确", summary.list_precision),
        ("应拒答而拒答", summary.refusal_recall),
        ("拒答中确应拒答", summary.refusal_precision),
        ("引用触及标准出处", summary.cited),
        ("数值见于所引原文", summary.supported),
        ("引文均在原文", summary.faithful),
    )


def _shares(rows: Iterable[tuple[str, Share]]) -> str:
    head = '<tr><th></th><th class="n">正确/总数</th><th class="n">比例</th><th class="n">95% 区间</th><th></th></tr>'
    body = (
        f'<tr><td>{escape(name)}</td><td class="n">{share.hits}/{share.total}</td><td class="n">{percent(share)}</td>'
        f'<td class="n">{interval(share)}</td><td>{_bar(share)}</td></tr>'
        for name, share in rows
    )
    return f"<table>{head}{''.join(body)}</table>"


def _bar(share: Share) -> str:
    if not share.total:
        return ""
    width, left, span = share.value * 100, share.low * 100, (share.high - share.low) * 100
    return (
        f'<div class="bar"><i style="width:{width:.1f}%"></i><u style="left:{left:.1f}%;width:{span:.1f}%"></u></div>'
    )


def _comparison(comparison: Comparison) -> str:
    line = (
        f"共同 {comparison.after.total} 题：正确率 {percent(comparison.before)} → {percent(comparison.after)}；"
        f"新答对 {len(comparison.won)}，新答错 {len(comparison.lost)}，答法有变 {len(comparison.changed)}，"
        f"不变 {comparison.same}；McNemar 精确检验 p = {comparison.p_value:.4f}"
    )
    groups = (("新答对", comparison.won), ("新答错", comparison.lost), ("答法有变", comparison.changed))
    shown = "".join(f"<h3>{name}（{len(pairs)}）</h3>{''.join(map(_pair, pairs))}" for name, pairs in groups if pairs)
    return f"<h2>与上次比较</h2><p>{line}</p>{shown}"


def _pair(pair: Pair) -> str:
    sides = f"<div><h3>上次</h3>{_answer(pair.before)}</div><div><h3>本次</h3>{_answer(pair.after)}</div>"
    state = "right" if pair.after.score.right else "wrong"
    return f'<details class="{state}"><summary>{_asked(pair.case)}</summary><div class="sides">{sides}</div></details>'


# ------------------------------------------------------------------------------------------------------ each question


def _cases(results: Iterable[Result]) -> str:
    radios = "".join(
        f'<input type="radio" name="show" id="{key}"{" checked" if key == "all" else ""}>'
        f'<label class="filter" for="{key}">{name}</label>'
        for key, name in (("all", "全部"), ("only-wrong", "只看答错"), ("only-flagged", "只看错而标为已核验或引文不实"))
    )
    return f'{radios}<div class="cases">{"".join(map(_case, results))}</div>'


def _case(result: Result) -> str:
    outcome = result.score
    flagged = outcome.wrong_verified or bool(outcome.unfaithful)
    names = f"{'right' if outcome.right else 'wrong'}{' flagged' if flagged else ''}"
    why = f' <span class="why">{escape(outcome.why)}</span>' if outcome.why else ""
    sides = f"<div>{_answer(result)}</div><div>{_gold(result.case)}</div>"
    summary = f"{'✓' if outcome.right else '✗'} {_asked(result.case)}{why}"
    return f'<details class="{names}"><summary>{summary}</summary><div class="sides">{sides}</div></details>'


def _asked(case: Case) -> str:
    earlier = "".join(f'<span class="soft">{escape(turn)} → </span>' for turn in case.history)
    return f'<span class="soft">{escape(case.id)}</span> {earlier}{escape(case.question)}'


def _answer(result: Result) -> str:
    answer = result.answer
    parts = [f"<h3>回答（{escape(STATUS.get(answer.status, answer.status))}，{answer.elapsed_ms:.0f} 毫秒）</h3>"]
    parts.append(f'<div class="text">{escape(answer.text)}</div>')
    if answer.verdict:
        parts.append(f"<div>判断：{'是' if answer.verdict == 'yes' else '否'}</div>")
    parts.extend(f"<div>{escape(_figure(value))}</div>" for value in answer.values)
    parts.extend(f"<div>可选：{escape(option)}</div>" for option in answer.options)
    parts.extend(f"<div>提示：{escape(warning)}</div>" for warning in answer.warnings)
    if answer.citations:
        parts.append(f"<h3>引用</h3>{''.join(map(_citation, answer.citations))}")
    parts.extend(f'<div class="why">引文不在原文：{escape(quote)}</div>' for quote in result.score.unfaithful)
    return "".join(parts)


def _figure(value: Value) -> str:
    mark = MARKS.get(value.verification, "未核验")
    formula = f"，算式 {value.formula}" if value.formula else ""
    return f"{value.label or '数值'}：{value.value}{value.unit}（{mark}{formula}）"


def _citation(citation: Citation) -> str:
    place = "，".join(filter(None, (citation.document, f"第{citation.page}页", citation.table or citation.section)))
    return _quote(f"[{citation.id}] {citation.quote}", place)


def _quote(words: str, place: str) -> str:
    return f'<blockquote>{escape(words)}<div class="soft">{escape(place)}</div></blockquote>'


def _gold(case: Case) -> str:
    parts = [
        f"<h3>标准答案（{escape(case.category)}，{case.answer_type.value}）</h3><div>{escape(gold_text(case))}</div>"
    ]
    if case.formula:
        parts.append(f"<div>算式：{escape(case.formula)}</div>")
    if case.note or case.role:
        parts.append(f'<div class="soft">{escape("；".join(filter(None, (case.role, case.note))))}</div>')
    quotes = "".join(_quote(proof.quote, f"{proof.doc} {proof.table}") for proof in case.evidence)
    return f"{''.join(parts)}<h3>标准出处</h3>{quotes}"


def gold_text(case: Case) -> str:
    """What is right, in one line."""
    needed = "；".join(" 或 ".join(group) for group in case.must_contain)
    match case.answer_type:
        case AnswerType.NUMBER | AnswerType.RATIO:
            return " = ".join(f"{gold.value}{gold.unit}" for gold in case.golds)
        case AnswerType.LIST:
            return "，".join(f"{gold.label} {gold.value}{gold.unit}".strip() for gold in case.values)
        case AnswerType.YESNO:
            return f"{'是' if case.yes else '否'}（依据：{needed}）"
        case AnswerType.REFUSE:
            return f"应纠正：{needed}" if case.must_contain else "应拒答"
        case AnswerType.CLARIFY:
            return f"应反问，或同时给出：{needed}" if needed else "应反问"
        case AnswerType.TEXT:
            return f"应含：{needed}"
