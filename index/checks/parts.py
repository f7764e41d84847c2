"""Wholes and parts inside the prose: 采购 = 货物 + 工程 + 服务, 车辆 by use, 编制 by kind, 优 + 良 + 中 + 差."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.checks.compare import ZERO, adds_up, amount, is_money, same, total_of
from index.checks.model import Case, Outcome, Result, paragraph_of
from index.checks.names import ABROAD, BOUGHT, CARS, GUESTS, RUN, THREE, public_name
from index.checks.repair import misprinted
from index.checks.vertical import outcome_of
from index.model import Fact, Severity

_NO_SUMMAND = frozenset({"占比", "完成率", "增减额", "增减率", "上年"})
_FAMILIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"政府采购(?:支出)?(?:预算)?(?:总额|金额|支出|预算)?", (r".*货物.*", r".*工程.*", r".*服务.*")),
    (r"(?:本年)?支出(?:合计|预算)|纳入(?:预算)?绩效管理的支出总额", (r"基本支出(?:预算)?", r"项目支出(?:预算)?")),
    (r".*基本支出(?:预算)?", (r"人员经费(?:支出)?", r"(?:日常)?公用经费(?:支出)?")),
    (CARS, (rf"{BOUGHT}|车?购置(?:费|支出|费支出)", RUN)),
    (THREE, (re.escape(ABROAD), CARS, GUESTS)),
)
_VISITORS = re.compile(r"外宾接待.*|(?:其他)?国内公务接待.*|(?:其他)?国内接待.*")
_VEHICLES = re.compile(r".*(?:车辆|用车)$|.*车$")
_USE = re.compile(r".*(?:用车|业务用车|技术用车)$")
_STAFF_UNITS = frozenset({"人", "名"})
# What staff consists of: the wholes, the kinds that divide them, and those without which a list is not whole.
_STAFF: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        r".*(?:编制|在职|在编|在岗|实有).*",
        r"(?:核定|实有|在职|在编)?(?:行政|参公|参照.*|(?:全额|差额)?事业|(?:机关)?工勤)(?:管理)?(?:单位)?(?:在职|在编)?(?:人员)?(?:编制)?(?:人?数)?",
        ("行政|参公|参照", "事业|工勤"),
    ),
    (r".*离退休.*", r"(?:离休|退休|退职)(?:人员|干部)?(?:人?数)?", ("离休", "退休")),
)
_GRADES = re.compile(r".*(?:等级|评级|评价结果|结果)?为[“”]?(?:优秀?|良好?|中|合格|差|不合格).*")
_OVERALL = re.compile(r"整体(?:支出)?(?:绩效)?自评")
_RATED = re.compile(r".*(?:自评|评价).*项目|.*项目.*(?:自评|评价)")


def parts_add_up(case: Case) -> Iterator[Outcome]:
    """N-16: in one paragraph, a whole against the parts that always make it up."""
    found = False
    for facts in case.of_paragraph.values():
        for kind in (_families, _vehicles, _staff, _grades, _lists):
            for outcome in kind(case, facts):
                found = True
                yield outcome
    yield from _over_paragraphs(case)
    if not found:
        yield Outcome("N-16", Result.NOT_APPLICABLE)


def _families(case: Case, facts: Sequence[Fact]) -> Iterator[Outcome]:
    money = [fact for fact in facts if is_money(fact) and fact.measure not in _NO_SUMMAND and not fact.entity]
    for whole_name, part_names in _FAMILIES:
        for whole in (fact for fact in money if re.fullmatch(whole_name, public_name(fact.label))):
            parts = [_named(money, whole, name) for name in part_names]
            known = [part for part in parts if part is not None]
            if len(known) == len(part_names) and len(set(known)) == len(known):
                yield outcome_of("N-16", case, whole, known, "各分项之和")


def _named(money: Sequence[Fact], whole: Fact, name: str) -> Fact | None:
    """The part of that name that divides the whole, of the same kind of figure."""
    fits = (
        f
        for f in money
        if re.fullmatch(name, public_name(f.label)) and f.measure == whole.measure and f.year == whole.year
    )
    return next((f for f in fits if whole.label in f.path), None)


def _over_paragraphs(case: Case) -> Iterator[Outcome]:
    """公务接待费 = 外宾接待 + 国内接待, each with a paragraph of its own behind that of the whole."""
    for at, whole in enumerate(case.said):
        if whole.label != "公务接待费" or whole.measure != "决算" or not is_money(whole):
            continue
        behind = [
            f for f in case.said[at + 1 :] if f.section == whole.section and whole.label in f.path and is_money(f)
        ]
        behind = [f for f in behind if f.measure == whole.measure and _VISITORS.fullmatch(f.label)]
        if len(behind) == 2 and paragraph_of(behind[0]) != paragraph_of(whole):
            yield outcome_of("N-16", case, whole, behind, "各分项之和")


def _lists(case: Case, facts: Sequence[Fact]) -> Iterator[Outcome]:
    """A whole with a list behind 其中. Lists may leave something out: only one that adds up, but for one misprinted
    digit, or that exceeds its whole, says anything.
    """
    for whole in facts:
        if not is_money(whole) or whole.measure in _NO_SUMMAND or whole.entity:
            continue
        parts = [f for f in facts if f.path[-1:] == (whole.label,) and is_money(f) and f.measure == whole.measure]
        parts = [f for f in parts if f.year == whole.year and f.label not in ("合计", "小计")]
        if len(parts) < 3 or len({f.label for f in parts}) < len(parts) or _is_family(whole, parts):
            continue
        outcome = outcome_of("N-16", case, whole, parts, "所列各项之和")
        if outcome.result is Result.FAILS and not misprinted(whole, parts):
            continue
        yield replace(outcome, severity=Severity.WARNING)


def _is_family(whole: Fact, parts: Sequence[Fact]) -> bool:
    return any(
        re.fullmatch(name, public_name(whole.label))
        and all(any(re.fullmatch(each, public_name(f.label)) for f in parts) for each in names)
        for name, names in _FAMILIES
    )


def _vehicles(case: Case, facts: Sequence[Fact]) -> Iterator[Outcome]:
    for whole in facts:
        if whole.unit not in {"辆", "台"} or not _VEHICLES.match(whole.label) or whole.measure in _NO_SUMMAND:
            continue
        parts = [f for f in facts if whole.label in f.path and f.unit == whole.unit and _USE.match(f.label)]
        parts = [f for f in parts if len(f.path) == len(whole.path) + 1]
        if len(parts) > 2 and _spelt_out(parts):
            yield outcome_of("N-16", case, whole, parts, "各类车辆之和")


def _spelt_out(parts: Sequence[Fact]) -> bool:
    """其他用车 closes the list; what it consists of may be told again behind it."""
    return sum(part.label.startswith("其他") for part in parts) <= 1 or not any(
        amount(part) for part in parts if part.label.startswith("其他")
    )


def _staff(case: Case, facts: Sequence[Fact]) -> Iterator[Outcome]:
    """核定编制 = 行政 + 参公 + 事业编制, 离退休人员 = 离休 + 退休. A list that falls short may leave a kind out."""
    for whole in (fact for fact in facts if fact.unit in _STAFF_UNITS):
        for name, kinds, needed in _STAFF:
            if not re.fullmatch(name, whole.label):
                continue
            below = [f for f in facts if f.path == (*whole.path, whole.label) and f.unit in _STAFF_UNITS]
            parts = [f for f in below if re.fullmatch(kinds, f.label) and f.entity == whole.entity]
            labels = [part.label for part in parts]
            if len(set(labels)) < len(labels) or not all(any(re.search(n, label) for label in labels) for n in needed):
                continue
            outcome = outcome_of("N-16", case, whole, parts, "各类人数之和")
            short = sum((amount(part) or ZERO for part in parts), ZERO) < (amount(whole) or ZERO)
            yield replace(outcome, severity=Severity.WARNING if short else None)


def _grades(case: Case, facts: Sequence[Fact]) -> Iterator[Outcome]:
    graded = [fact for fact in facts if fact.unit in {"个", "项"} and _GRADES.fullmatch(fact.label)]
    rated = [f for f in facts if f.unit in {"个", "项"} and _RATED.fullmatch(f.label) and f not in graded]
    before = [f for f in rated if graded and facts.index(f) < facts.index(graded[0])]
    if len(graded) > 2 and before:
        yield outcome_of("N-16", case, before[-1], graded, "各等级项目数之和")


def budgets_add_up(case: Case) -> Iterator[Outcome]:
    """N-9: the 年初预算 of 一般公共预算 spending against the items that are told one by one."""
    items: dict[str, Fact] = {}
    total: Fact | None = None
    for fact in case.said:
        if fact.measure != "年初预算" or fact.scope != "一般公共预算" or not is_money(fact) or fact.entity:
            continue
        if fact.code and len(fact.code) == 7:
            items.setdefault(fact.code, fact)
        elif not fact.code and re.fullmatch(r"一般公共预算(?:财政)?(?:拨款)?支出(?:预算)?", fact.label):
            total = total or fact
    if total is None or len(items) < 2:
        yield Outcome("N-9", Result.NOT_APPLICABLE)
        return
    parts = list(items.values())
    result = adds_up(total, parts)
    verb = "不等于" if result is Result.FAILS else "相差尾数："
    message = (
        f"{case.name(total)}{verb}逐项年初预算之和{total_of(parts, total.unit)}（可能有年初预算而决算为零、未列项）。"
    )
    yield Outcome("N-9", result, (total, *parts), message if result in (Result.FAILS, Result.ROUNDING) else "")


def self_evaluation_covers_all(case: Case) -> Iterator[Outcome]:
    """N-20: the funds that the evaluation of the whole department covers are its spending of the year."""
    spent = next(
        (f for f in case.of_kind.get("F01", ()) if f.label == "本年支出合计" and f.path[:1] == ("支出",)), None
    )
    granted = next(
        (f for f in case.of_kind.get("F04", ()) if f.label == "本年支出合计" and f.path[:1] == ("支出",)), None
    )
    found = False
    for fact in case.said:
        if not is_money(fact) or fact.measure in _NO_SUMMAND or not _OVERALL.search(fact.quote):
            continue
        covered = spent if "涉及" in fact.label else None
        if fact.label == "财政拨款" and any("涉及" in above for above in fact.path):
            covered = granted
        if covered is None:
            continue
        found = True
        result = same(fact, covered)
        message = (
            f"整体支出绩效自评{case.name(fact)}与{case.name(covered)}不一致。" if result is not Result.HOLDS else ""
        )
        yield Outcome("N-20", result, (fact, covered), message)
    if not found:
        yield Outcome("N-20", Result.NOT_APPLICABLE)
