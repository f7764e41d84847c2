"""Performance forms: 绩效自评表 (执行率, 总分, indicator rows) and 绩效目标表 (projects and their money)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher

from index.checks.compare import ZERO, amount, is_money, percent, rate_holds, same, step
from index.checks.layout import Kind, columns_of, lines_of
from index.checks.model import Case, Outcome, Result
from index.checks.names import THREE, public_name
from index.checks.repair import misprinted
from index.checks.vertical import outcome_of
from index.model import Fact, Severity, State, Table
from index.wording import canonical

_WHOLE = re.compile(r"部门预算总额|年度资金总额|资金总额|部门(?:\(单位\))?预算总额")
_SOURCES = re.compile(r"政府性?预算资金|财政拨款|财政专户管理资金|单位资金|其他资金|上年结转")
_OVERALL = re.compile(r"整体.*(?:自评|评价).*(?:得分|结果|分)|.*整体支出绩效自评.*")
_FUNDED = (("项目资金总额", "财政资金"), ("年度资金申请总额", "当年财政拨款"), ("年度资金总额", "当年财政拨款"))
_KEY = re.compile(r"重点|主要|部分|重大")
_ALMOST = 0.6
_MOSTLY = 0.8
_FLOWS = ("年初预算", "全年预算", "决算")

Header = Mapping[str, Fact]  # figures of the row 部门预算总额 or 年度资金总额, by measure


def forms_agree(case: Case) -> Iterator[Outcome]:
    """P-1, P-11, P-13 for each form of self-evaluation, P-2 to P-8 for the form of the whole department."""
    for table in case.tables:
        facts = case.of_table.get(table.number, ())
        if table.kind not in {"P01", "P02"} or not facts:
            continue
        header = _header(facts)
        yield from _execution(case, facts)
        yield from _sources(case, facts, header)
        yield from _scores(case, facts, header)
        yield from _full_marks(case, facts)
        if table.kind == "P01":
            yield from _indicators(case, facts, header)
            yield from _outside(case, facts, header)


def _header(facts: Sequence[Fact]) -> Header:
    found: dict[str, Fact] = {}
    for fact in facts:
        if _WHOLE.fullmatch(fact.label) and not fact.path:
            found.setdefault(fact.measure, fact)
    return found


def _execution(case: Case, facts: Sequence[Fact]) -> Iterator[Outcome]:
    """执行率 = 全年执行数 / 全年预算数, row by row."""
    rows: dict[int, dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        rows[fact.row].setdefault(fact.measure, fact)
    for row in rows.values():
        rate, done, plan = row.get("执行率"), row.get("决算"), row.get("全年预算")
        if rate is None or done is None or plan is None or rate.value is None or not is_money(done):
            continue
        yield _rate(case, "P-1", rate, done, plan)


def _rate(case: Case, rule: str, rate: Fact, over: Fact, under: Fact, taken: Decimal = ZERO) -> Outcome:
    """A rate against (over − taken·under) / under."""
    a, b = amount(over), amount(under)
    if a is None or not b:
        return Outcome(rule, Result.NOT_APPLICABLE, (rate,))
    rise = abs(a - taken * b) if taken else a
    result = rate_holds(rate, rise, b, max(step(over), step(under)) / 2)
    message = f"{case.name(rate)}与按{case.name(over)}、{case.name(under)}计算的{percent(rise, b)}不一致。"
    return Outcome(rule, result, (rate, over, under), message if result in (Result.FAILS, Result.ROUNDING) else "")


def _sources(case: Case, facts: Sequence[Fact], header: Header) -> Iterator[Outcome]:
    """资金总额 = the sum of where it comes from."""
    for measure in _FLOWS:
        whole = header.get(measure)
        if whole is None or not is_money(whole):
            continue
        parts = {f.label: f for f in facts if f.col == whole.col and f.row > whole.row and _is_source(f, measure)}
        if len(parts) > 2:  # a form that prints fewer leaves a source out
            outcome = outcome_of("P-13", case, whole, list(parts.values()), "各资金来源之和")
            sure = outcome.result is not Result.FAILS or misprinted(whole, list(parts.values()))
            yield outcome if sure else replace(outcome, severity=Severity.WARNING)


def _is_source(fact: Fact, measure: str) -> bool:
    return bool(_SOURCES.fullmatch(fact.label)) and fact.measure == measure and is_money(fact) and not fact.path


def _scores(case: Case, facts: Sequence[Fact], header: Header) -> Iterator[Outcome]:
    """总分 = the sum of the scores, that of the execution rate among them. Forms leave rows out of sight: a warning."""
    scores = [fact for fact in facts if fact.measure == "得分" and fact.value is not None]
    totals = [fact for fact in scores if fact.label.startswith("总分") or fact.label in {"合计", "总计"}]
    parts = [fact for fact in scores if fact not in totals and not _SOURCES.fullmatch(fact.label)]
    weights = [f for f in facts if f.measure == "分值" and f.value is not None]
    execution = [header.get(measure) for measure in ("分值", "得分")]
    if len(totals) != 1 or len(parts) < 3 or any(fact is None or fact.value is None for fact in execution):
        return  # what the execution rate is worth is not printed
    full = [f for f in weights if f.label == totals[0].label]
    listed = [f for f in weights if f not in full and not _SOURCES.fullmatch(f.label)]
    weighed = outcome_of("P-11", case, full[0], listed, "各项分值之和") if full else None
    scored = outcome_of("P-11", case, totals[0], parts, "各项得分之和")
    whole = weighed is not None and weighed.result is Result.HOLDS
    for outcome in (weighed, scored):
        if outcome is None or (not whole and not _explained(outcome)):
            yield Outcome("P-11", Result.NOT_APPLICABLE, (totals[0],))  # not every row of the form was read
        else:
            yield outcome


def _full_marks(case: Case, facts: Sequence[Fact]) -> Iterator[Outcome]:
    """No score is above its full mark. One that reaches it is confirmed, one below it says nothing."""
    rows: dict[int, dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.value is not None and fact.measure in {"分值", "得分"}:
            rows[fact.row].setdefault(fact.measure, fact)
    for row in rows.values():
        mark, score = row.get("分值"), row.get("得分")
        if mark is None or score is None or mark.value is None or score.value is None:
            continue
        if score.value > mark.value:
            yield Outcome("P-15", Result.FAILS, (score, mark), f"{case.name(score)}超过{case.brief(mark)}。")
        elif score.value == mark.value:
            yield Outcome("P-15", Result.HOLDS, (score, mark))


def _explained(outcome: Outcome) -> bool:
    """Whether a sum holds, or fails by one misprinted digit."""
    return outcome.result is Result.HOLDS or bool(misprinted(outcome.facts[0], outcome.facts[1:]))


def targets_funded(case: Case) -> Iterator[Outcome]:
    """P-14: in the target form of a project, the money asked for is no less than what it consists of."""
    for table in case.tables:
        facts = [f for f in case.of_table.get(table.number, ()) if is_money(f) and f.value is not None]
        for whole_name, part_name in _FUNDED:
            wholes = [fact for fact in facts if fact.label == whole_name]
            parts = [fact for fact in facts if fact.label == part_name]
            if len(wholes) == 1 and len(parts) == 1:
                result = Result.FAILS if (amount(parts[0]) or ZERO) > (amount(wholes[0]) or ZERO) else Result.HOLDS
                message = f"{case.name(parts[0])}大于{case.name(wholes[0])}。" if result is Result.FAILS else ""
                yield Outcome("P-14", result, (parts[0], wholes[0]), message)


def _indicators(case: Case, facts: Sequence[Fact], header: Header) -> Iterator[Outcome]:
    actual = {fact.label: fact for fact in facts if fact.measure == "实际值" and fact.path and fact.value is not None}
    first, last, done = (header.get(measure) for measure in _FLOWS)
    rate = header.get("执行率")
    own = actual.get("预算执行率")
    if own is not None and rate is not None:
        result = Result.HOLDS if own.value == rate.value else Result.FAILS
        message = f"{case.name(own)}与{case.name(rate)}不一致。" if result is Result.FAILS else ""
        yield Outcome("P-7", result, (own, rate), message)
    if (moved := actual.get("预算调整率")) and first and last:
        yield _rate(case, "P-4", moved, last, first, Decimal(1))
    if (left := actual.get("结转结余率")) and last and done:
        yield _left_over(case, left, done, last)
    if control := next((fact for name, fact in actual.items() if re.search("三公.*控制率", name)), None):
        plan, spent = (_three(case, measure) for measure in ("预算", "决算"))
        if plan is not None and spent is not None:
            yield _rate(case, "P-6", control, spent, plan)


def _left_over(case: Case, rate: Fact, done: Fact, plan: Fact) -> Outcome:
    """结转结余率 against what the closing balance of the accounts is of the budget."""
    ends = [f for f in case.of_kind.get("F01", ()) if re.match("年末结转[和与]结余", f.label)]
    left = next((fact for fact in ends if amount(fact) is not None), None)
    if left is None:
        return _rate(case, "P-5", rate, done, plan, Decimal(1))
    return _rate(case, "P-5", rate, left, plan)


def _three(case: Case, measure: str) -> Fact | None:
    facts = (f for f in case.of_kind.get("F09", ()) if public_name(f.label) == THREE and f.measure.endswith(measure))
    return next(facts, None)


def _outside(case: Case, facts: Sequence[Fact], header: Header) -> Iterator[Outcome]:
    """The form of the whole department against the accounts and the prose."""
    total = next((f for f in facts if f.measure == "得分" and f.label.startswith("总分") and f.value is not None), None)
    for said in case.said:
        if total is not None and said.measure == "得分" and _OVERALL.fullmatch(said.label) and said.unit == "分":
            result = Result.HOLDS if said.value == total.value else Result.FAILS
            message = f"{case.name(said)}与{case.name(total)}不一致。" if result is Result.FAILS else ""
            yield Outcome("P-8", result, (said, total), message)
    first, _, done = (header.get(measure) for measure in _FLOWS)
    planned = [f for f in case.said if f.measure == "年初预算" and f.label.startswith("一般公共预算") and not f.code]
    if first is not None and planned and is_money(first):
        less = (amount(first) or ZERO) < (amount(planned[0]) or ZERO)
        message = f"{case.name(first)}小于{case.name(planned[0])}。" if less else ""
        yield Outcome("P-2", Result.FAILS if less else Result.HOLDS, (first, planned[0]), message)
    if done is not None and is_money(done):
        yield from _spent(case, done)


def _spent(case: Case, done: Fact) -> Iterator[Outcome]:
    """全年执行数 is the spending of the year, or the part of it that is 财政拨款; of another filing, so a warning."""
    ends = [f for f in case.of_kind.get("F01", ()) if f.label == "本年支出合计"][:1]
    grants = [f for f in case.of_kind.get("F05", ()) if f.label == "合计"][:1]
    if not ends:
        return
    results = [same(done, fact) for fact in ends]
    message = f"{case.name(done)}与{case.name(ends[0])}不一致。"
    if Result.HOLDS not in results and any(same(done, fact) is Result.HOLDS for fact in grants):
        message = f"{case.name(done)}只是财政拨款支出，与{case.name(ends[0])}口径不同。"
        yield Outcome("P-3", Result.FAILS, (done, ends[0]), message, Severity.SCOPE)
    else:
        yield Outcome("P-3", results[0], (done, ends[0]), message if results[0] is not Result.HOLDS else "")


def projects_agree(case: Case) -> Iterator[Outcome]:
    """B15-1: the projects of the 绩效目标表 are those of the 项目支出预算表, with the same money."""
    listed, targets = (_projects(case, kind) for kind in ("B12", "B15"))
    if not listed or not targets:
        yield Outcome("B15-1", Result.NOT_APPLICABLE)
        return
    open_targets = list(targets)
    pairs: list[tuple[Fact, Fact | None]] = []
    for project in listed:
        target = _like(project, open_targets)
        if target is not None:
            open_targets.remove(target)
        pairs.append((project, target))
    pairs = [(project, target or _same_money(project, open_targets)) for project, target in pairs]
    matched = sum(target is not None for _, target in pairs)
    severity = None if matched >= _MOSTLY * len(listed) else Severity.WARNING
    whole = 2 * matched >= len(listed) and not _of_some(case)
    for project, target in pairs:
        if target is not None:
            result = same(project, target)
            message = f"{case.name(project)}与{case.name(target)}不一致。" if result is not Result.HOLDS else ""
            yield Outcome("B15-1", result, (project, target), message, severity)
        elif whole:
            message = f"{case.name(project)}没有列入项目绩效目标表。"
            yield Outcome("B15-1", Result.FAILS, (project,), message, severity)


def _of_some(case: Case) -> bool:
    """Whether only some projects have to have their targets published: 重点项目绩效目标表."""
    return any(table.kind == "B15" and _KEY.search(table.title) for table in case.tables)


def _projects(case: Case, kind: str) -> list[Fact]:
    """The first money figure of every project of the table, units and totals left out."""
    for table in case.tables:
        if table.kind == kind and not table.empty:
            return _items(case, table)
    return []


def _items(case: Case, table: Table) -> list[Fact]:
    columns = columns_of(case.of_table.get(table.number, ()))
    if not columns:
        return []
    first = min(columns.values(), key=lambda column: column[0].col)
    lines = lines_of(first, table)
    return [line.fact for line in lines if line.kind is Kind.OTHER and line.fact.state is State.VALUE]


def _like(project: Fact, targets: Sequence[Fact]) -> Fact | None:
    """The target of that name, of the same unit and sum where several share it."""
    named = [t for t in targets if canonical(t.label) == canonical(project.label)]
    exact = [t for t in named if amount(t) == amount(project)]
    return next(iter((*exact, *named)), None)


def _same_money(project: Fact, targets: list[Fact]) -> Fact | None:
    """A name that a page break cut differently: nearly the same words and the same sum."""
    for target in targets:
        alike = SequenceMatcher(None, canonical(project.label), canonical(target.label)).ratio() >= _ALMOST
        if alike and amount(target) == amount(project):
            targets.remove(target)
            return target
    return None
