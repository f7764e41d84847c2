"""Statements that there is none: 没有政府性基金收入, 无机关运行经费, 未安排公务接待."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ABSENT = re.compile(
    r"(?P<word>没有|未(?:安排|发生|使用|开展|购置|产生|涉及|取得|列支|设置|举办|召开|组织)(?:过|了)?|不(?:涉及|存在)|"
    r"(?<![\u4e00-\u9fff]毫)无(?!形资|线|障碍|关|法|偿|人机|论|疑|需|纸|害|偏|锡|缝|党派|毒|烟|证|机|中生|主|任何))"
    r"(?P<what>[^，。；：、]{2,40})"
)
_MONEY = re.compile(
    r"收入|支出|经费|预算|费|业务|事项|项目|购置|车辆|用车|接待|安排|资产|设备|采购|团组|编制|单位|结转|债务|绩效目标|转移支付|结余|活动|会议|培训|论坛|晚会|节庆|庆典|赛事"
)
_REST = re.compile(r"^(?:使用|负责管理的?|任何|发生|安排的?|开展|列支|取得|相关)+")
_NOT_A_THING = re.compile(r"^(?:(?:年初|支出)?预算$|变化|增减|差异|调整|变动|此|该|这)")


@dataclass(frozen=True, slots=True)
class Absence:
    start: int
    end: int
    word: str
    what: str


def absences(text: str, start: int, end: int) -> Iterator[Absence]:
    """What a sentence says does not exist; `what` begins behind the negation."""
    for match in _ABSENT.finditer(text, start, end):
        words = match.group("what").strip("“”的")
        what = _REST.sub("", words) or words
        if _MONEY.search(what) and not _NOT_A_THING.match(words):
            yield Absence(match.start(), match.end(), match.group("word"), what)
