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
    initial: int  # 年初预算
    opening: int  # 年初结转
    closing: int  # 年末结转
    what: str

    @property
    def spent(self) -> int:
        return self.basic + self.project

    @property
    def received(self) -> int:
        return self.spent + self.closing - self.opening


@dataclass(frozen=True, slots=True)
class Hospitality:
    """三公经费 and the counts that go with them."""

    abroad: int
    buy: int
    run: int
    receive: int
    trips: int = 0
    travellers: int = 0
    bought: int = 0
    held: int = 0
    batches: int = 0
    guests: int = 0

    @property
    def cars(self) -> int:
        return self.buy + self.run

    @property
    def total(self) -> int:
        return self.abroad + self.buy + self.run + self.receive


@dataclass(frozen=True, slots=True)
class Procurement:
    goods: int
    works: int
    services: int
    small_and_medium: int
    small: int

    @property
    def total(self) -> int:
        return self.goods + self.works + self.services


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
    last_total: int  # 上年收入总计
    last_general: int  # 上年一般公共预算财政拨款支出
    last_hospitality: int
    last_receive: int
    last_running: int
    running_initial: int  # 机关运行经费 年初预算
    procurement: Procurement
    vehicles: tuple[tuple[str, int], ...]
    equipment: int
    projects: tuple[tuple[str, str, str, int, int], ...]  # name, indicator, unit, target, fen
    scores: tuple[tuple[str, str], ...]  # project, self-evaluation score

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

    def initial(self, fund: str | None = None) -> int:
        return sum(x.initial for x in self.leaves if fund in (None, x.fund))

    def opening(self, fund: str) -> int:
        return sum(x.opening for x in self.of(fund))

    def closing(self, fund: str) -> int:
        return sum(x.closing for x in self.of(fund))

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
    spent, budget = _draw_hospitality(dict(economic), office, rng, step)
    general = sum(x.spent for x in leaves if x.fund == "general")
    total = sum(x.received + x.opening for x in leaves) + own_income
    running = sum(fen for code, fen in economic if code[:3] in {"302", "310"})
    projects = _draw_projects(office, leaves, rng, step)
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
        last_total=_vary(total, rng, step),
        last_general=_vary(general, rng, step),
        last_hospitality=_vary(spent.total, rng, step) if spent.total else 0,
        last_receive=_vary(spent.receive, rng, step) if spent.receive else 0,
        last_running=_vary(running, rng, step),
        running_initial=_vary(running, rng, step),
        procurement=_draw_procurement(rng, step),
        vehicles=_draw_vehicles(spent.held, rng),
        equipment=rng.choice([0, 0, 1, 2, 5]),
        projects=projects,
        scores=tuple((name, f"{rng.randint(8800, 9990) / 100:.2f}") for name, *_ in projects),
    )


def _vary(amount: int, rng: Random, step: int) -> int:
    return max(step, int(amount * rng.uniform(0.72, 1.31)) // step * step)


def _draw_leaf(spend: Spend, rng: Random, step: int) -> Leaf:
    basic = draw_fen(rng, *spend.basic, step=step) if spend.basic[1] else 0
    project = draw_fen(rng, *spend.project, step=step) if spend.project[1] else 0
    initial = rng.choice([basic + project, _vary(basic + project, rng, step), _vary(basic + project, rng, step), 0])
    if basic and not initial:
        initial = basic + project
    carried = project and rng.random() < 0.3
    return Leaf(
        spend.code,
        spend.fund,
        basic,
        project,
        initial,
        opening=int(project * rng.uniform(0.05, 0.2)) // step * step if carried else 0,
        closing=int(project * rng.uniform(0.02, 0.15)) // step * step if project and rng.random() < 0.25 else 0,
        what=spend.what,
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


def _draw_hospitality(
    economic: dict[str, int], office: Office, rng: Random, step: int
) -> tuple[Hospitality, Hospitality]:
    """Spent and budget: at least what basic spending shows, a bit more from projects."""
    run = economic.get("30231", 0) + rng.choice([0, draw_fen(rng, 0.2, 6, step)])
    receive = economic.get("30217", 0) + rng.choice([0, 0, draw_fen(rng, 0.1, 2, step)])
    abroad = rng.choice([0, 0, 0, draw_fen(rng, 3, 12, step)])
    buy = rng.choice([0, 0, draw_fen(rng, 17, 19, step)])
    held = rng.randint(1, 9) if run else 0
    batches = rng.randint(3, 60) if receive else 0
    spent = Hospitality(
        abroad, buy, run, receive, rng.randint(1, 2) if abroad else 0, rng.randint(1, 6) if abroad else 0,
        1 if buy else 0, max(held, 1 if buy else 0), batches, batches * rng.randint(4, 11) + rng.randint(0, 3),
    )  # fmt: skip

    def planned(amount: int) -> int:
        return int(amount * rng.choice([1, rng.uniform(1.02, 1.6)])) // step * step

    budget = Hospitality(planned(abroad), buy, planned(run), planned(receive))
    return spent, budget


def _draw_procurement(rng: Random, step: int) -> Procurement:
    goods, services = draw_fen(rng, 6, 90, step), draw_fen(rng, 10, 300, step)
    works = rng.choice([0, draw_fen(rng, 20, 500, step)])
    medium = int((goods + works + services) * rng.uniform(0.5, 1)) // step * step
    return Procurement(goods, works, services, medium, int(medium * rng.uniform(0.3, 1)) // step * step)


_VEHICLES = (
    "副部（省）级及以上领导用车",
    "主要负责人用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部服务用车",
    "其他用车",
)


def _draw_vehicles(held: int, rng: Random) -> tuple[tuple[str, int], ...]:
    counts = dict.fromkeys(_VEHICLES, 0)
    for _ in range(held + rng.choice([0, 0, 1])):
        counts[rng.choice(_VEHICLES[2:])] += 1
    return tuple(counts.items())


def _draw_projects(
    office: Office, leaves: tuple[Leaf, ...], rng: Random, step: int
) -> tuple[tuple[str, str, str, int, int], ...]:
    money = sorted((x.project for x in leaves if x.project), reverse=True)
    drawn = []
    for (name, indicator, unit), fen in zip(office.projects, money, strict=False):
        target = rng.choice([rng.randint(3, 9), rng.randint(10, 90), rng.randint(100, 3000)])
        drawn.append((name, indicator, unit, target, max(step, int(fen * rng.uniform(0.3, 0.9)) // step * step)))
    return tuple(drawn)
