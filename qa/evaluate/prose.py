"""Reading an answer out of plain prose, so that a system which only writes text is judged by the same rules.

Nothing here knows the gold: the figure that counts is the one the prose puts forward, by emphasis or by coming first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from index.amounts import unit_of
from qa.evaluate.matching import measured
from qa.model import Answer, Value

_THINKING = re.compile(r"<think>.*?</think>", re.S)
_MARK = re.compile(r"\[\d+\]|【\d+】")
_COUNTED = "人次|场次|批次|人|辆|台|套|个|批|次|件|册|家|分|场|倍|项|名|份|期|天|小时|平方米"
_FIGURE = re.compile(
    r"(?<![\d.,])(?P<value>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)\s*"
    rf"(?P<unit>(?:亿元|百万元|万元|千元|元|亿|万)(?:/(?:{_COUNTED}))?|个百分点|%|{_COUNTED})"
)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_REFUSAL = re.compile(
    r"(?:未|没有?能?)(?:查到|找到|检索到|收录|披露|公开|提供|提及|涉及|相关|包含)|无法(?:回答|确定|提供|获取|得知|判断|查询|从)"
    r"|不(?:包含|涉及)[^。]{0,12}(?:信息|数据|内容)|暂无|抱歉|对不起"
)
_ASKING = re.compile(r"请(?:问|说明|指明|明确|补充|提供|告诉|选择)|您?(?:指|问)的是|哪(?:一|个|家|年|份)|还是")
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.、)])\s*(.+)$", re.M)
_YES = re.compile(r"^(?:是|对|有|会|确实|超|已|平衡|一致|正确|全部)")
_NO = re.compile(r"^(?:否|不|没|未|无|并非|并未)")


def read_prose(question: str, text: str) -> Answer:
    """The prose as an answer: its status, its verdict and its figures, the one put forward first; no citations."""
    said = _THINKING.sub("", text).strip()
    plain = _MARK.sub("", unicodedata.normalize("NFKC", said))
    values = _lead_first(plain, question)
    status = _status(plain, bool(values))
    return Answer(
        question=question,
        interpreted="",
        status=status,
        text=said,
        verdict=_verdict(plain) if status == "answered" else None,
        values=values if status == "answered" else (),
        options=tuple(_ITEM.findall(plain)) if status == "clarify" else (),
    )


def figures(text: str) -> Iterator[Value]:
    """Every figure with a unit, in order; dates and bare numbers are none."""
    for match in _FIGURE.finditer(unicodedata.normalize("NFKC", text)):
        unit = unit_of(match["unit"])
        yield Value(label="", value=match["value"].replace(",", ""), unit=unit, verification="none")


def _lead_first(text: str, question: str) -> tuple[Value, ...]:
    """A figure in bold leads; else the first that the question did not itself bring up; else the first."""
    found = list(dict.fromkeys(figures(text)))
    bold = [value for part in _BOLD.findall(text) for value in figures(part)]
    asked = {measured(value.value, value.unit) for value in figures(question)}
    fresh = [value for value in found if measured(value.value, value.unit) not in asked]
    lead = next(iter((*bold, *fresh, *found)), None)
    return () if lead is None else (lead, *(value for value in found if value != lead))


def _status(text: str, has_figures: bool) -> str:
    opening = re.split(r"[。！!\n]", text, maxsplit=1)[0]
    if not text or _REFUSAL.search(opening):
        return "refused"
    if not has_figures and _ASKING.search(text) and re.search(r"[?？吗呢]", text):
        return "clarify"
    return "answered"


def _verdict(text: str) -> str | None:
    opening = re.sub(r"^[\s*#>答：:]+", "", text)
    if _NO.match(opening):
        return "no"
    return "yes" if _YES.match(opening) else None
