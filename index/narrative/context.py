"""Where a figure stands: scope of the money, project of the section, sections that hold no figures to keep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.model import Section
from index.vocabulary import load_vocabulary
from index.wording import canonical, squeeze

_GLOSSARY = re.compile(r"名词解释")
_DUTIES = re.compile(r"职[能责]")
_STAFFING = re.compile(r"编制|人员|机构|在职|离退休|预算单位")
_WORK = re.compile(r"(?:重点|主要|年度)(?:工作|任务)|工作(?:任务|目标|完成|开展)")
_PROJECT = re.compile(
    r"^(?:[一二三四五六七八九十\d]+[、.])?(?P<name>.{2,40}?)(?:[(（][^()（）]*[)）])?(?:项目)?经费情况说明$"
)
_REPORT = re.compile(
    r"^(?:关于)?(?:20\d\d年度?)?(?!(?:部门|单位)?(?:整体|预算|决算|项目)?(?:支出)?绩效)(?P<name>.{3,40}?)(?:项目)?(?:支出|资金|经费)?(?:的)?"
    r"(?:财政|重点)?(?:绩效)?(?:自评|评价|评估)(?:情况)?报告$"
)
_NO_PROJECT = frozenset({"项目", "其他", "机关运行", "三公"})
_CELL = re.compile(r"[≥≤><=~]*[-+]?[\d,]+(?:\.\d+)?(?:%|％|[\u4e00-\u9fff/]{1,3})?|[-—]+")
_STOPS = re.compile(r"[，。；：,;]")
_TOTALS = re.compile(
    r"^(?:[一二三四五六七八九十]+、)?(?:本年|部门|单位)?(?:收支|收入|支出|收入支出)(?:总计|合计|总额|预算|决算|总体|情况|说明)*$"
)
_SCOPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (scope, re.compile(pattern))
    for scope, pattern in (
        ("三公经费", r"三公|因公出国|公务用?车(?:购置|运行)|公务接待"),
        ("机关运行经费", r"机[关构](?:\(机构\))?运行经费"),
        ("基本支出", r"一般公共预算.*基本支出"),
        ("一般公共预算", r"一般公共预算|\((?:类|项)\)"),
        ("政府性基金", r"政府性基金"),
        ("国有资本经营", r"国有资本经营"),
        ("财政拨款", r"(?<!非)财政拨款"),
    )
)
_OTHER_MONEY = ("政府性基金", "国有资本经营", "财政拨款")


def holds_no_figures(section: Section | None, text: str) -> bool:
    """Glossaries define and duties describe; figures are how many people and offices there are, and the work of a year."""
    path = squeeze("".join(section.path)) if section else ""
    title = squeeze(section.title) if section else ""
    return bool(_GLOSSARY.search(path)) or bool(
        _DUTIES.search(title) and not _STAFFING.search(text) and not _WORK.search(text)
    )


def is_residue(printed: str) -> bool:
    """A line that a table left behind: words and figures parted by blanks, without a stop (数量指标 接入单位 ≥40个 77个 10 6.43)."""
    tokens = printed.split()
    figures = sum(bool(_CELL.fullmatch(token)) for token in tokens)
    return "指标值" in printed or (len(tokens) > 2 and figures > 0 and not _STOPS.search(printed))


def project_of(section: Section | None) -> str:
    """The project that a section is about: 科技创新专项经费情况说明 -> 科技创新专项."""
    for title in reversed(section.path if section else ()):
        if match := _PROJECT.match(squeeze(title)):
            name = match.group("name")
            return "" if name in _NO_PROJECT else name
    return ""


def reported(section: Section | None) -> str:
    """The project whose evaluation a report tells of: 2023年度河道整治项目绩效评价报告 -> 河道整治; "" outside of one."""
    for title in section.path if section else ():
        if (match := _REPORT.match(squeeze(title))) and not re.search(r"部门|单位|整体", match.group("name")):
            return match.group("name")
    return ""


def scope_of(label: str, path: Sequence[str], section: Section | None, account: bool) -> str:
    """Which money a figure of the prose counts, from its name, its parents and its section, in that order."""
    if account:
        return _scope_of_accounts(section)
    title = squeeze(section.title) if section else ""
    named = [squeeze(label), *map(squeeze, reversed(path))]
    for words in (*named, title):
        if scope := next((name for name, pattern in _SCOPES if pattern.search(words)), ""):
            part = scope == "三公经费" and "基本支出" in title and not any("三公" in name for name in named)
            return "基本支出" if part else scope  # 公务接待费 listed with 办公费: what of it stands in 基本支出
    return "全部" if any(_TOTALS.search(words) for words in (*named, title)) else ""


def _scope_of_accounts(section: Section | None) -> str:
    """The money of accounts listed in a section: 一般公共预算 unless its titles speak of other money, or of all."""
    titles = [squeeze(title) for title in reversed(section.path)] if section else []
    if not any("一般公共预算" in title for title in titles):
        for title in titles:
            if scope := next((name for name in _OTHER_MONEY if name in title), ""):
                return scope
            if _TOTALS.search(title):
                return "全部"
    return "一般公共预算"


_RECEIVED = re.compile(r"团组|来宾|宾客|客人|批次|人次")
_COUNTED_PROJECTS = re.compile(r"^(?:共|总)?(?:涉及)?项目$")
_EVALUATION = re.compile(r"绩效(?:自评|评价|评估|目标|监控|运行监控)|部门评价|纳入预?算?绩效管理")


def counted_in(label: str, sentence: str, at: int, spent: str) -> str:
    """What a count belongs to where its own words do not say it, or "".

    Guests are those of the reception whose cost (`spent`) was told before; projects those whose evaluation the
    sentence speaks of, behind the count (at `at`) in its own clause or else before it.
    """
    if _RECEIVED.search(label):
        return spent if "接待" in spent and "接待" not in label else ""
    if _COUNTED_PROJECTS.match(label):
        behind = _EVALUATION.search(re.split("[，；。]", sentence[at:])[0])
        before = list(_EVALUATION.finditer(sentence[:at]))
        nearest = behind or (before[-1] if before else None)
        return nearest.group() if nearest else ""
    return ""


_DIGITS = {"类": 3, "款": 5, "项": 7}


@lru_cache(maxsize=4096)
def code_of(names: tuple[str, ...], top: str = "类") -> str:
    """The code of an account given by its names from the top down, `top` being the rank of the first; "" unless one fits."""
    vocabulary = load_vocabulary()
    under, length = "", _DIGITS[top]
    for name in names:
        codes = [code for code in vocabulary.codes_of(canonical(name), under) if len(code) == length and code[0] == "2"]
        if len(codes) != 1:
            return ""
        under, length = codes[0], length + 2
    return under
