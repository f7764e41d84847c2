"""Shares, completion rates and changes of the prose, computed again from the figures beside them.

A rate is judged by what its sentence divides. Where the sentence leaves open which of several figures that is, each
candidate may explain it, and only a rate that none explains fails.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.amounts import plain
from index.checks.compare import ZERO, amount, is_money, percent, rate_holds, step
from index.checks.model import Case, Outcome, Result, paragraph_of
from index.model import Fact, Severity, State

_HUNDRED = Decimal(100)
_TOTAL = re.compile(r"合计$|总计$")
_RATES = frozenset({"占比", "完成率", "增减率", "执行率"})
_CHANGES = frozenset({"增减额", "增减率"})
_NOW = frozenset({"决算", "预算", "年初预算", "全年预算", ""})
_PLANS = ("年初预算", "全年预算", "预算")
_BEST = (Result.HOLDS, Result.ROUNDING, Result.FAILS, Result.NOT_APPLICABLE)
_SIDES = re.compile(r"收支|收入支出|收入|支出")

Pair = tuple[Fact, Fact]  # what is divided, what it is divided by


def completion_rates(case: Case) -> Iterator[Outcome]:
    """N-R: 完成年初预算的x% = 决算 / 预算 of the same subject; nothing is completed of a budget of zero."""
    for facts in case.of_paragraph.values():
        for at, rate in enumerate(facts):
            if rate.measure != "完成率" or rate.unit != "%":
                continue
            done = _before(facts, at, rate, ("决算",)) or _elsewhere(case, rate, ("决算",))
            plans = (rate.basis,) if rate.basis in _PLANS else _PLANS
            plan = _before(facts, at, rate, plans) or _before(facts, at, rate, _PLANS) or _elsewhere(case, rate, _PLANS)
            if done is None or plan is None:
                yield Outcome("N-R", Result.NOT_APPLICABLE, (rate,))
            elif not amount(plan):
                yield from _of_nothing(case, rate, done, plan)
            else:
                yield _judge(case, "N-R", rate, [(done, plan)])


def _of_nothing(case: Case, rate: Fact, done: Fact, plan: Fact) -> Iterator[Outcome]:
    """A rate over a budget of zero: a slip of wording where all three are zero."""
    nothing = not rate.value and not amount(done)
    severity = Severity.INFO if nothing else Severity.WARNING
    message = f"{case.name(plan)}为零，{case.brief(rate)}没有意义。"
    yield Outcome("N-R", Result.FAILS, (rate, done, plan), message, severity)


def shares(case: Case) -> Iterator[Outcome]:
    """N-%: 占x% = the figure before it / the whole that the sentence names or opens with."""
    for facts in case.of_paragraph.values():
        for at, rate in enumerate(facts):
            if rate.measure != "占比" or rate.unit != "%":
                continue
            part = _part(facts, at, rate)
            wholes = _wholes(case, facts, at, rate, part) if part else []
            if part is None or not wholes:
                yield Outcome("N-%", Result.NOT_APPLICABLE, (rate,))
                continue
            yield _judge(case, "N-%", rate, [(part, whole) for whole in wholes])


def _part(facts: Sequence[Fact], at: int, rate: Fact) -> Fact | None:
    """The money whose share is said: the nearest of the same subject before the rate."""
    candidates = [
        fact for fact in facts[:at] if is_money(fact) and fact.label == rate.label and fact.measure not in _CHANGES
    ]
    actual = [fact for fact in candidates if fact.measure not in ("年初预算", "上年")]
    return next(iter(reversed(actual or candidates)), None)


def _wholes(case: Case, facts: Sequence[Fact], at: int, rate: Fact, part: Fact) -> list[Fact]:
    """Figures that the share can be of, the likeliest first; an empty list where the sentence names none that is known."""
    money = [
        f for f in facts[:at] if is_money(f) and f is not part and f.measure not in _CHANGES and f.measure != "上年"
    ]
    wanted = [name for name in (rate.basis, *reversed(rate.path)) if name]
    named = [fact for name in wanted for fact in (*money, *_known(case, name)) if _alike(fact.label, name)]
    if rate.basis and not named:
        return []
    if rate.path and not named:
        named = list(_known(case, rate.path[-1]))
    opening = [fact for fact in money if not fact.path and fact.label != part.label][:1]
    others = [fact for fact in (*facts[:at], *_totals(case)) if is_money(fact) and fact.measure not in _CHANGES]
    found = [
        fact
        for fact in (*named, *opening, *(others if named or opening else ()))
        if amount(fact) and fact.label != part.label and fact.canonical
    ]
    return [fact for fact in found if fact.measure not in ("年初预算", "全年预算") or part.measure in _PLANS]


def _totals(case: Case) -> list[Fact]:
    """Totals of the tables: what a share can be of where the sentence is cut in two."""
    return [
        fact
        for kind in ("F01", "F03", "F05", "B01", "B03", "B05")
        for fact in case.of_kind.get(kind, ())
        if _TOTAL.search(fact.label)
    ]


def _known(case: Case, name: str) -> list[Fact]:
    """Figures of the prose, and totals of the tables, that go by this name."""
    said = [f for f in case.said if is_money(f) and f.measure == case.profile.stage and _alike(f.label, name)]
    return [fact for fact in said if not fact.entity]


def _alike(label: str, name: str) -> bool:
    """支出合计 and 本年支出合计; 三公经费 and 三公经费支出."""
    return label == name or (len(label) > 3 and label in name) or (len(name) > 3 and name in label)


def changes(case: Case) -> Iterator[Outcome]:
    """N-Y: 增长x% = the change / (now ∓ the change), or (now − before) / before where the prose states both."""
    for facts in case.of_paragraph.values():
        for at, rate in enumerate(facts):
            if rate.measure != "增减率" or rate.unit != "%" or rate.value is None:
                continue
            yield from _change(case, facts, at, rate)


def changes_possible(case: Case) -> Iterator[Outcome]:
    """N-Z: nothing grows by more than it is."""
    for facts in case.of_paragraph.values():
        for at, moved in enumerate(facts):
            if moved.measure != "增减额" or moved.direction != "增加" or not is_money(moved) or moved.entity:
                continue
            own = [f for f in facts[:at] if f.label == moved.label and f.measure in _NOW and is_money(f)]
            if own:
                beyond = (amount(moved) or ZERO) > max(amount(f) or ZERO for f in own) + step(moved)
                message = f"{case.name(moved)}（增加）大于{case.brief(own[-1])}本身。" if beyond else ""
                yield Outcome("N-Z", Result.FAILS if beyond else Result.HOLDS, (moved, own[-1]), message)


def _change(case: Case, facts: Sequence[Fact], at: int, rate: Fact) -> Iterator[Outcome]:
    moved = next((f for f in reversed(facts[:at]) if f.measure == "增减额" and f.label == rate.label), None)
    if moved is not None and moved.direction and rate.direction and moved.direction != rate.direction and rate.value:
        if "持平" not in (moved.direction, rate.direction) and moved.value:
            message = f"{case.name(moved)}为{moved.direction}，{case.brief(rate)}却为{rate.direction}。"
            yield Outcome("N-D", Result.FAILS, (moved, rate), message)
    elif moved is not None and rate.direction:
        yield Outcome("N-D", Result.HOLDS, (moved, rate))
    now = _now(case, facts, at, rate)
    before = [f for f in facts[:at] if f.measure == "上年" and f.label == rate.label and is_money(f)][-1:]
    if moved is None and now and before:
        yield _judge_growth(case, rate, now[0], before[0])
    elif moved is not None and now and amount(moved) is not None:
        yield _judge_change(case, rate, moved, now)
    else:
        yield Outcome("N-Y", Result.NOT_APPLICABLE, (rate,))


def _now(case: Case, facts: Sequence[Fact], at: int, rate: Fact) -> list[Fact]:
    """What the change led to: the subject's own figure, the latest first; for 收支总计 that of either side."""
    own = [f for f in reversed(facts[:at]) if f.label == rate.label and _is_now(f)]
    bare = _SIDES.sub("", rate.label)
    either = [f for f in reversed(facts[:at]) if _is_now(f) and bare and _SIDES.sub("", f.label) == bare]
    if rate.basis.startswith("年初"):
        return []
    return [f for f in own if f.measure == case.profile.stage] or own or either


def _is_now(fact: Fact) -> bool:
    return is_money(fact) and fact.measure in _NOW and fact.state is not State.TEXT


def _judge_growth(case: Case, rate: Fact, now: Fact, before: Fact) -> Outcome:
    a, b = amount(now) or ZERO, amount(before) or ZERO
    if not b:
        return Outcome("N-Y", Result.NOT_APPLICABLE, (rate, now, before))
    falls = rate.direction == "减少"
    slack = max(step(now), step(before)) / 2
    result = rate_holds(rate, (b - a) if falls else (a - b), b, slack)
    message = f"{case.name(rate)}与按{case.brief(now)}、{case.brief(before)}计算的{percent(abs(a - b), b)}不一致。"
    return Outcome("N-Y", result, (rate, now, before), message if result in (Result.FAILS, Result.ROUNDING) else "")


def _judge_change(case: Case, rate: Fact, moved: Fact, now: Sequence[Fact]) -> Outcome:
    verdicts = []
    for fact in now:
        d, a = amount(moved) or ZERO, amount(fact) or ZERO
        before = a + d if "减少" in (moved.direction or rate.direction) else a - d
        slack = max(step(moved), step(fact)) / 2
        result = rate_holds(rate, d, before, slack) if before > ZERO else Result.NOT_APPLICABLE
        verdicts.append((_BEST.index(result), fact, percent(d, before) if before > ZERO else ""))
    best, fact, computed = min(verdicts, key=lambda verdict: verdict[0])
    result = _BEST[best]
    message = f"{case.name(rate)}与按{case.brief(fact)}、{case.brief(moved)}计算的{computed}不一致。"
    return Outcome("N-Y", result, (rate, moved, fact), message if result in (Result.FAILS, Result.ROUNDING) else "")


def shares_of_one_whole(case: Case) -> Iterator[Outcome]:
    """N-%S: the shares of a whole whose parts are all listed make 100%."""
    for facts in case.of_paragraph.values():
        groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.measure == "占比" and fact.unit == "%" and not fact.basis:
                groups[fact.path].append(fact)
        for group in groups.values():
            parts = [_part(facts, facts.index(rate), rate) for rate in group]
            whole = _covered(facts, [part for part in parts if part is not None])
            if len(group) < 2 or None in parts or whole is None:
                continue
            total = sum((fact.value or ZERO for fact in group), ZERO)
            places = max(-int(fact.value.as_tuple().exponent) if fact.value is not None else 0 for fact in group)
            apart = abs(total - _HUNDRED)
            allowed = Decimal(1).scaleb(-places) * len(group) / 2
            result = Result.HOLDS if not apart else Result.ROUNDING if apart <= allowed else Result.FAILS
            message = f"{case.name(group[0])}等{len(group)}项占比合计{plain(total)}%，不等于100%。"
            yield Outcome("N-%S", result, tuple(group), message if result in (Result.FAILS, Result.ROUNDING) else "")


def _covered(facts: Sequence[Fact], parts: Sequence[Fact]) -> Fact | None:
    """The figure of the paragraph that the parts add up to; None where they leave something out."""
    summed = sum((amount(part) or ZERO for part in parts), ZERO)
    slack = max((step(part) for part in parts), default=ZERO) * (len(parts) + 1) / 2
    return next(
        (f for f in facts if is_money(f) and f not in parts and abs((amount(f) or ZERO) - summed) <= slack and summed),
        None,
    )


def _before(facts: Sequence[Fact], at: int, rate: Fact, measures: Sequence[str]) -> Fact | None:
    same = (f for f in reversed(facts[:at]) if is_money(f) and f.label == rate.label and f.measure in measures)
    return next(same, None)


def _elsewhere(case: Case, rate: Fact, measures: Sequence[str]) -> Fact | None:
    """The subject's figure in the same section, where the paragraph of the rate leaves it out."""
    for fact in case.said:
        same = fact.section == rate.section and fact.label == rate.label and paragraph_of(fact) != paragraph_of(rate)
        if same and is_money(fact) and fact.measure in measures and fact.code == rate.code:
            return fact
    return None


def _judge(case: Case, rule: str, rate: Fact, pairs: Sequence[Pair]) -> Outcome:
    verdicts = []
    for over, under in pairs:
        a, b = amount(over), amount(under)
        slack = max(step(over), step(under)) / 2
        result = rate_holds(rate, a, b, slack) if a is not None and b else Result.NOT_APPLICABLE
        verdicts.append((_BEST.index(result), over, under))
    best, over, under = min(verdicts, key=lambda verdict: verdict[0])
    result = _BEST[best]
    computed = percent(amount(over) or ZERO, amount(under) or ZERO)
    message = f"{case.name(rate)}与按{case.brief(over)}、{case.brief(under)}计算的{computed}不一致。"
    return Outcome(rule, result, (rate, over, under), message if result in (Result.FAILS, Result.ROUNDING) else "")
