"""The label that the words of a figure give it, and what they leave to the figures before."""

from __future__ import annotations

import re

from index.narrative.subjects import Subject
from index.wording import squeeze

_NOUN = re.compile(
    r"^(?P<noun>[\u4e00-\u9fff][\u4e00-\u9fff()“”]{0,18}?)(?=[，；。：、和]|开展|编制|填报|设置|实施|实行|全面|组成|构成|包括|进行|情况|的|$)"
)
_VERB_ONLY = re.compile(
    r"^(?:内设|下设|设立?|设置|下辖|辖|包含|含|建有|组建|新增|开展|选取|组织|召开|举办|拟召开|拟举办|拟开展|拥有|管理|隶属|包括|对|由)+了?$|(?:下属|所属|下辖|内设|设有)$|^(?:组织)?对.*等$|[和及与、]$|^(?:主要)?用于.*(?:等|的)$"
)
BARE_SPENDING = re.compile(r"^(?:实际|全年)?支出(?:预算|决算)?(?:数|金额)?$")
_ENUMERATED = re.compile(r"^(?:内设|下设|设有?)[^、]+、")  # 内设办公室、财务科2个科室
_EVALUATED = re.compile(r"(?:该|本)?项目(?:支出)?(?:绩效)?(?:自评|评价)?|(?:绩效)?自评")
_OF_THE_WHOLE = re.compile(r"(?P<whole>(?:部门|单位)?整体)(?:支出)?(?:绩效)?(?:自评|评价)?")
# 组织对部门整体支出开展绩效自评，自评得分93分
_WHOLE_BEFORE = re.compile(r"对[^，；。]{0,10}?(?P<whole>(?:部门|单位)?整体)支出(?:进行|开展|实施|组织)[^；。]*$")
_COUNTS = frozenset({"人数", "次数"})
_FILLED = frozenset({"实有人数", "实有", "实际人数", "实际", "在岗人数"})
_USED_FOR = re.compile(r"^主要用于(?=.{3})")


def own_label(named: Subject, current: str, project: str, income: str = "") -> str:
    """The label a figure's words give; "" where they only say 支出 of the subject before (`current`), or a verb.

    `project` is the one whose self-evaluation the paragraph sums up, `income` the last income that it named.
    """
    label = named.label
    if _VERB_ONLY.search(label) or _ENUMERATED.match(label):
        return ""
    label = _USED_FOR.sub("", label)
    if project and _EVALUATED.fullmatch(label):
        return project
    if label == "接待" and "接待" in current:  # 国内公务接待支出1万元，接待10批次
        return re.sub(r"(?:支出|费用?|经费|批次|团组|次数)$", "", current)
    if label in _FILLED and current.endswith("编制"):  # 行政编制54人，实有人数49人
        return current + label
    if label in _COUNTS and current:  # 召开2次会议，人数200人
        return re.sub(r"(?:次数|人数)$", "", current) + label
    if BARE_SPENDING.match(label) and current:
        if income and label == "支出" and re.search(r"收入$|结[转余]", current):
            return income.removesuffix("收入") + "支出"  # 收入380万元；年初结转0万元；支出380万元
        return label if "收入" in current else ""  # 年初预算为…，支出决算为…: the subject's own
    return label


def counted(tail: str) -> tuple[str, int]:
    """The noun behind a count, where none stands before it (内设 21个 职能科(室)), and its length."""
    match = _NOUN.match(tail)
    if not match:
        return "", 0
    noun = re.sub(r"(?<!为)中$", "", squeeze(match.group("noun")))
    return ("内设" + noun if re.search(r"科|处室", noun) and "机构" not in noun else noun), match.end()


def other_count(label: str, unit: str) -> str:
    """因公出国(境)团组0个，累计0人次: the second count has a name of its own."""
    stem = re.sub(r"(?:团组|批次|次数|个数|数量)$", "", label)
    return stem + unit if stem != label else label


def scored(label: str, before: str) -> str:
    """What a score is of: 部门整体绩效自评, or 自评 behind words that name the 整体支出, is that of 部门整体支出."""
    whole = _OF_THE_WHOLE.fullmatch(label) or (_EVALUATED.fullmatch(label) and _WHOLE_BEFORE.search(before))
    return f"{whole.group('whole')}支出" if whole else label
