"""The kind of figure asked for: a budget, an outturn, a change, a rate, points."""

from __future__ import annotations

import re

from qa import words
from qa.organisations import span_mask

_RATES = ("完成率", "执行率")
_OF_INDICATORS = ("得分", "分值", "指标值", "实际值", "偏差度")
# 预算 and 决算 that say nothing more where another measure is asked: 2022年决算完成率.
_STAGE_WORDS = re.compile(
    r"(?<!年初)(?<!全年)(?<!公共)(?<!基金)(?<!经营)(?:预算|决算)数?(?!执行|支出|收入|完成|总[计额])"
)
_COMPARED = re.compile(r"[比较](?!例|重)|相差|超|从.+到")
_BARE_CHANGE = re.compile(r"(?<=[费支出入款算金额数产员])(?:增加|减少|增长|下降|上升|降低)了?(?=多少|几|百分之)")
# Every score of a disclosure is one of its performance evaluation.
_EVALUATION = re.compile(r"绩效自评|绩效评价|绩效|自评")


def asked_measure(text: str, skip: int) -> tuple[str, int]:
    """As `find_measure`; of a rate and the points of an indicator so named the points: 预算执行率得分."""
    measure, mask = find_measure(text, skip)
    if measure in _RATES:
        of_row = find_measure(text, skip | mask)
        if of_row[0] in _OF_INDICATORS:
            return of_row
    return measure, mask


def find_measure(text: str, skip: int) -> tuple[str, int]:
    """The kind of figure asked for and the characters that say so. A change counts only against a stated basis."""
    basis = change_asked(text)
    for measure, pattern in words.MEASURE_WORDS:
        if measure == "增减额" and not basis:
            continue
        spans = [m.span() for m in pattern.finditer(text) if m.group() and not skip >> m.start() & 1]
        if spans:
            compared = [basis.span()] if basis and measure in ("增减额", "增减率") else []
            return measure, span_mask(spans + compared)
    if basis and re.search(r"变化|变了|增减|多少|几|^(?:呢|怎么样|如何|情况)?$", text[basis.end() :]):
        return "增减额", span_mask([basis.span()])
    return "", 0


def change_asked(text: str) -> re.Match[str] | None:
    """What a change is measured against; 公务接待费减少多少 says nothing and means last year."""
    return words.CHANGE_BASIS.search(text) or (None if _COMPARED.search(text) else _BARE_CHANGE.search(text))


def said_with(text: str, measure: str) -> int:
    """The characters that a measure makes superfluous: no row has to explain them."""
    mask = 0
    if measure not in ("预算", "决算", ""):
        mask |= span_mask(m.span() for m in _STAGE_WORDS.finditer(text))
    if measure == "得分":
        mask |= span_mask(m.span() for m in _EVALUATION.finditer(text))
    return mask


def stage_of(text: str, measure: str) -> str:
    """预算 or 决算 where a document of that stage is asked for, else ""."""
    if "决算" in text or measure == "决算":
        return "决算"
    return "预算" if re.search(r"预算", text) and measure in ("预算", "") else ""
