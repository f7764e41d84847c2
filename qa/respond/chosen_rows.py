"""Which rows of a column a question means: under what parent, of what unit, at what level, on what side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.amounts import MONEY
from index.model import Fact, Found
from index.wording import canonical
from qa.link import Topic, cover
from qa.model import Intent
from qa.organisations import same_unit

# Which economic classes make up the two halves of basic expenditure (部门预算支出经济分类; 财库〔2022〕 样式说明).
_HALVES = {"人员经费": ("301", "303"), "公用经费": ("302", "307", "309", "310", "311", "312", "313", "399")}
_THREE, _CAR, _NOTHING = re.compile(r"出国|用车|接待"), re.compile("用车"), re.compile(r"(?!)")
_PARTS = re.compile(r"各项|各个?部分|分项|细项|三项|几项|构成|组成|明细|哪些|哪几|包括")
_STAGES = re.compile(r"年初预算|全年预算|调整预算|(?<!公共)预算(?!支出|拨款)|决算")
_LEVELS = (("类", 3), ("款", 5), ("项", 7))


def without_units(rows: list[Found]) -> list[Found]:
    """Projects without the rows of the units that they stand under."""
    items = [f for f in rows if not f.fact.entity or canonical(f.fact.label) != canonical(f.fact.entity)]
    return items if items and len(items) < len(rows) else rows


def parts_asked(intent: Intent) -> bool:
    """Whether the parts of 三公经费 are wanted: two years or two stages of it, 预算和决算, are of the whole."""
    stages = len(set(_STAGES.findall(intent.text))) > 1
    return len(intent.periods.years) < 2 and (not stages or bool(_PARTS.search(intent.text)))


def parts_named(text: str) -> bool:
    return bool(_PARTS.search(text))


def three_items(intent: Intent, group: Sequence[Found]) -> list[Found]:
    """The three of 三公经费 with what the second is made of; how many cars and guests there are is another question."""
    if not parts_asked(intent):
        return []
    money = of_entity(intent, [f for f in group if f.fact.unit in MONEY and _THREE.search(f.fact.label)])
    parts = _CAR if "三项" not in intent.text else _NOTHING
    return [f for f in money if all(parts.search(above) or not _THREE.search(above) for above in f.fact.path)]


def on_side(intent: Intent, rows: list[Found]) -> list[Found]:
    """Of a two-sided table the side that the question is about; expenditure unless income is said."""
    sides = {f.fact.path[0] for f in rows if f.fact.path and f.fact.path[0] in ("收入", "支出")}
    if len(sides) < 2:
        return rows
    side = "收入" if "收入" in intent.text or "来源" in intent.text else "支出"
    return [f for f in rows if f.fact.path[:1] == (side,)]


def of_projects(intent: Intent) -> bool:
    """Whether projects are asked for, not the accounts that they stand under: 项目支出前五名."""
    ranked = intent.top > 1 or intent.largest is not None
    of_accounts = re.search("科目|[类款项]级|[各几哪]个?[类款]", intent.text)
    return "项目" in (intent.text if ranked and not of_accounts else intent.text.replace("项目支出", ""))


def narrower_income(intent: Intent, fact: Fact) -> bool:
    """Whether the rows are what the treasury grants, and the question asks for all income: 收入来源."""
    asked = "收入" in intent.text and "支出" not in intent.text and not re.search("财政|拨款|公共预算", intent.text)
    return asked and fact.scope in ("财政拨款", "一般公共预算")


def own_names(intent: Intent) -> set[str]:
    """The office's own names: a row so labelled is a total of the office."""
    return {canonical(name) for d in intent.documents for name in (d.profile.organisation, *d.profile.aliases) if name}


def numbered(fact: Fact, number: str) -> bool:
    digits = "".join(c for c in fact.table_code if c.isdigit())
    return bool(digits) and digits.zfill(2)[-2:] == number


def is_total_row(fact: Fact) -> bool:
    return fact.label in ("人员经费合计", "公用经费合计", "收入总计", "支出总计") or fact.label.endswith("合计")


def half_of(topic: Topic, group: Sequence[Found]) -> tuple[list[Found], int] | None:
    """The economic classes of one half of basic expenditure, 人员经费 or 公用经费, where the question names it."""
    for half, classes in _HALVES.items():
        where = topic.text.find(half)
        if where >= 0 and any(f.fact.code[:3] in classes for f in group):
            mask = ((1 << len(half)) - 1) << where
            return [f for f in group if f.fact.code[:3] in classes and len(f.fact.code) == 5], mask
    return None


def under_parent(topic: Topic, group: list[Found]) -> tuple[list[Found], int]:
    """Only rows under a parent that the question names, where it names one."""
    if half := half_of(topic, group):
        return half
    parents = {p for f in group for p in f.fact.path if p not in ("收入", "支出")}
    best, mask = "", 0
    for parent in parents:
        found = cover(parent, topic)
        if found.exact and found.mask.bit_count() > mask.bit_count():
            best, mask = parent, found.mask
    if not best:
        return group, 0
    return [f for f in group if best in f.fact.path], mask


def of_entity(intent: Intent, rows: list[Found]) -> list[Found]:
    if not any(f.fact.entity for f in rows):
        return rows
    if intent.entity:
        return [f for f in rows if same_unit(f.fact.entity, intent.entity)]
    if "本级" in intent.text:
        own = canonical(intent.documents[0].profile.organisation) if intent.documents else ""
        return [f for f in rows if canonical(f.fact.entity) == own]
    return rows


def at_level(intent: Intent, rows: list[Found]) -> list[Found]:
    """类, 款 or 项 as asked for; else only rows that nothing stands under."""
    for word, size in _LEVELS:
        if word == "类" and re.search(
            r"大类|功能分类|几类|[二两三四五六七八九十]类|哪一?类|按类|各类(?!外)|最[大高多低少小]的一?类", intent.text
        ):
            return [f for f in rows if len(f.fact.code) == 3 or (not f.fact.code and f.fact.path[:1] == ("支出",))]
        if (
            f"{word}级" in intent.text
            or f"按{word}" in intent.text
            or re.search(rf"(?:几|各|哪些){word}(?!目)", intent.text)
        ):
            return [f for f in rows if len(f.fact.code) == size or (not f.fact.code and size == 3)]
    codes_above = {f.fact.code[:size] for f in rows for size in range(1, len(f.fact.code))}
    labels_above = {p for f in rows for p in f.fact.path}
    directly_above = {f.fact.path for f in rows if not f.fact.code}
    return [
        f for f in rows
        if f.fact.code not in codes_above
        and not (not f.fact.code and f.fact.label in labels_above)
        and (*f.fact.path, f.fact.label) not in directly_above  # an account over its projects
    ]  # fmt: skip
