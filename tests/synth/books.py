"""An office's books for one year, drawn so that every identity of a disclosure holds to the fen.

Printed in 万元 they show the rounding residues (尾差) that real tables show.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from random import Random

from tests.synth.amounts import draw_fen, share_out
from tests.synth.offices import Office, Spend

FUNDS = {"general": "一般公共预算", "fund": "政府性基金预算", "state": "国有资本经营预算", "own": "单位资金"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One 项 in one year; every amount in fen."""

    code: str
    fund: str
    basic: int
    project: int
    opening: int  # 年初结转
    closing: int  # 年末结转

    @property
    def spent(self) -> int:
        return self.basic + self.project

    @property
    def received(self) -> int:
        return self.spent + self.closing - self.opening


@dataclass(frozen=True, slots=True)
class Hospitality:
    """三公经费."""

    abroad: int
    buy: int
    run: int
    receive: int

    @property
    def cars(self) -> int:
        return self.buy + self.run

    @property
    def total(self) -> int:
        return self.abroad + self.buy + self.run + self.receive


@dataclass(frozen=True)
class Books:
    office: Office
    year: int
    leaves: tuple[Leaf, ...]
    own_income: int  # 其他收入
    own_spent: int  # spent from it, in the first leaf that has a project
    own_opening: int
    economic: tuple[tuple[str, int], ...]  # of the general-budget basic spending
    hospitality: Hospitality
    hospitality_budget: Hospitality
    projects: tuple[tuple[str, int], ...]  # name, fen

    @cached_property
    def own_leaf(self) -> str:
        """The leaf that carries what is spent from 其他收入."""
        return next(leaf.code for leaf in self.leaves if leaf.project)

    def of(self, *funds: str) -> tuple[Leaf, ...]:
        return tuple(leaf for leaf in self.leaves if leaf.fund in funds)

    def spent(self, prefix: str = "", fund: str | None = None) -> int:
        """What was spent under an account, from one fund or (None) from everything the office has."""
        total = sum(x.spent for x in self.leaves if x.code.startswith(prefix) and fund in (None, x.fund))
        return total + (self.own_spent if fund is None and self.own_leaf.startswith(prefix) else 0)

    def basic(self, prefix: str = "", fund: str | None = None) -> int:
        return sum(x.basic for x in self.leaves if x.code.startswith(prefix) and fund in (None, x.fund))

    def project(self, prefix: str = "", fund: str | None = None) -> int:
        return self.spent(prefix, fund) - self.basic(prefix, fund)

    def received(self, prefix: str = "", fund: str | None = None) -> int:
        return sum(x.received for x in self.leaves if x.code.startswith(prefix) and fund in (None, x.fund))

    def codes(self, *funds: str) -> tuple[str, ...]:
        """Leaves with their parents in the order of the tables: 208, 20805, 2080501, ..."""
        found = {code[:n] for code in (x.code for x in self.of(*(funds or FUNDS))) for n in (3, 5, 7)}
        return tuple(sorted(found))

    @cached_property
    def fiscal_income(self) -> int:
        return self.received()

    @cached_property
    def income(self) -> int:
        return self.fiscal_income + self.own_income

    @cached_property
    def all_opening(self) -> int:
        return sum(x.opening for x in self.leaves) + self.own_opening

    @cached_property
    def all_closing(self) -> int:
        return sum(x.closing for x in self.leaves) + self.own_opening + self.own_income - self.own_spent

    @cached_property
    def total(self) -> int:
        """收入总计 = 支出总计."""
        return self.income + self.all_opening

    def economics(self, prefix: str) -> int:
        return sum(amount for code, amount in self.economic if code.startswith(prefix))

    @cached_property
    def personnel(self) -> int:
        return self.economics("301") + self.economics("303")

    @cached_property
    def public(self) -> int:
        return self.economics("302") + self.economics("310")


def draw_books(office: Office, year: int, rng: Random, *, exact: bool = False) -> Books:
    """Books for one year. `exact` draws whole hundreds of 元, as budgets are drawn up (no rounding residues in 万元)."""
    step = 10_000 if exact else 1
    leaves = tuple(_draw_leaf(spend, rng, step) for spend in office.spends)
    own_income = 0 if exact else rng.choice([0, draw_fen(rng, 0.02, 9)])
    economic = _draw_economic(office, leaves, rng, step)
    spent, budget = _draw_hospitality(dict(economic), rng, step)
    return Books(
        office=office,
        year=year,
        leaves=leaves,
        own_income=own_income,
        own_spent=int(own_income * rng.choice([0, 0.6, 1])),
        own_opening=rng.choice([0, draw_fen(rng, 0.1, 5)]) if own_income else 0,
        economic=economic,
        hospitality=spent,
        hospitality_budget=budget,
        projects=_draw_projects(office, leaves, rng, step),
    )


def _draw_leaf(spend: Spend, rng: Random, step: int) -> Leaf:
    basic = draw_fen(rng, *spend.basic, step=step) if spend.basic[1] else 0
    project = draw_fen(rng, *spend.project, step=step) if spend.project[1] else 0
    carried = project and rng.random() < 0.3
    return Leaf(
        spend.code,
        spend.fund,
        basic,
        project,
        opening=int(project * rng.uniform(0.05, 0.2)) // step * step if carried else 0,
        closing=int(project * rng.uniform(0.02, 0.15)) // step * step if project and rng.random() < 0.25 else 0,
    )


_SHARES = {  # weight of an account within its class: office, institution
    "30101": (3.2, 3.4), "30102": (2.4, 0.6), "30103": (3.0, 0.4), "30107": (0.2, 4.0), "30112": (0.1, 0.2),
    "30199": (0.3, 0.5), "30201": (1.2, 1.0), "30202": (0.3, 0.2), "30205": (0.1, 0.3), "30206": (0.4, 0.9),
    "30207": (0.4, 0.3), "30209": (0.5, 1.2), "30211": (0.9, 0.3), "30213": (0.3, 0.5), "30215": (0.2, 0),
    "30216": (0.2, 0.2), "30217": (0.15, 0.05), "30226": (0.4, 0.6), "30227": (0.3, 0.4), "30228": (0.6, 0.7),
    "30229": (0.8, 0.8), "30231": (0.5, 0.2), "30239": (1.8, 0), "30299": (0.6, 0.5), "30305": (0.2, 0.2),
    "30309": (0.03, 0.03), "31002": (0.3, 0.2),
}  # fmt: skip


def _draw_economic(office: Office, leaves: tuple[Leaf, ...], rng: Random, step: int) -> tuple[tuple[str, int], ...]:
    """The economic accounts of the general-budget basic spending, tied to the functional leaves they pay for."""
    amounts: Counter[str] = Counter()
    tied = {"2080505": "30108", "2080506": "30109", "2101101": "30110", "2101102": "30110", "2101103": "30111",
            "2210201": "30113", "2210202": "30102", "2210203": "30102", "2080501": "30302", "2080502": "30302",
            "2080801": "30304", "2050803": "30216"}  # fmt: skip
    for leaf in leaves:
        if leaf.fund != "general" or not leaf.basic:
            continue
        if leaf.code in tied:
            amounts[tied[leaf.code]] += leaf.basic
            continue
        units = leaf.basic // step
        codes = [c for c in _SHARES if _SHARES[c][office.institution] and (c[:3] != "302" or rng.random() < 0.92)]
        weights = [
            _SHARES[c][office.institution] * rng.uniform(0.7, 1.3) * (1 if c[:3] == "301" else 0.45) for c in codes
        ]
        for code, part in zip(codes, share_out(units, weights), strict=True):
            amounts[code] += part * step
        amounts["30201"] += leaf.basic - units * step
    return tuple(sorted((c, a) for c, a in amounts.items() if a))


def _draw_hospitality(economic: dict[str, int], rng: Random, step: int) -> tuple[Hospitality, Hospitality]:
    """Spent and budget: at least what basic spending shows, a bit more from projects."""
    run = economic.get("30231", 0) + rng.choice([0, draw_fen(rng, 0.2, 6, step)])
    receive = economic.get("30217", 0) + rng.choice([0, 0, draw_fen(rng, 0.1, 2, step)])
    abroad = rng.choice([0, 0, 0, draw_fen(rng, 3, 12, step)])
    buy = rng.choice([0, 0, draw_fen(rng, 17, 19, step)])

    def planned(amount: int) -> int:
        return int(amount * rng.choice([1, rng.uniform(1.02, 1.6)])) // step * step

    return Hospitality(abroad, buy, run, receive), Hospitality(planned(abroad), buy, planned(run), planned(receive))


def _draw_projects(office: Office, leaves: tuple[Leaf, ...], rng: Random, step: int) -> tuple[tuple[str, int], ...]:
    money = sorted((x.project for x in leaves if x.project), reverse=True)
    return tuple(
        (name, max(step, int(fen * rng.uniform(0.3, 0.9)) // step * step))
        for name, fen in zip(office.projects, money, strict=False)
    )
