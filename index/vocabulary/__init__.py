"""What is known before any document is read: account codes, kinds of tables, metrics with their synonyms.

The data stand beside this file: `accounts.csv` (政府收支分类科目, functional 2xx, 部门预算 economic 3xx and 政府预算
economic 5xx), `tables.yaml`, `metrics.yaml`, `offices.csv` (short names of departments), `shortened.csv` (words that
people say short: 低保). They are read once, on first use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from index.wording import canonical
from index.written import written_rows, written_yaml


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the classification of revenues and expenditures: 2010301 行政运行."""

    code: str
    name: str
    formerly: tuple[str, ...] = ()  # names it had in earlier years
    renamed: tuple[int, ...] = ()  # the year from which each of them no longer holds; 0 where that is not known

    @property
    def level(self) -> str:
        """类, 款 or 项: 3, 5 or 7 digits."""
        return {3: "类", 5: "款", 7: "项"}[len(self.code)]

    @property
    def parent(self) -> str:
        """Code of the account above; "" at the top."""
        return self.code[:-2] if len(self.code) > 3 else ""

    def formerly_in(self, year: int) -> tuple[str, ...]:
        """The names of earlier years that a document of this year may still bear."""
        return tuple(name for name, until in zip(self.formerly, self.renamed, strict=True) if year < until)


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table and what it is recognised by (see the head of tables.yaml)."""

    id: str
    name: str
    title: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    stage: str = ""
    scope: str = ""
    layout: str = "rows"
    note: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    telling: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure people ask for by name (see the head of metrics.yaml)."""

    id: str
    name: str
    unit: str = ""
    names: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    formula: str = ""
    note: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """`kinds` stand in the order in which titles are tried; `named` maps a canonical account name to its codes."""

    accounts: Mapping[str, Account]
    kinds: Mapping[str, TableKind]
    metrics: Mapping[str, Metric]
    named: Mapping[str, tuple[str, ...]]
    short_names: tuple[tuple[str, str], ...] = ()  # 工业和信息化局, 工信局
    shortened: tuple[tuple[str, str], ...] = ()  # 最低生活保障, 低保

    @cached_property
    def account_names(self) -> frozenset[str]:
        """The names of all accounts, canonical, but for those that they had formerly."""
        return frozenset(canonical(account.name) for account in self.accounts.values())

    def codes_of(self, name: str, under: str = "") -> tuple[str, ...]:
        """Codes of the accounts so named (with or without a final 支出), below `under` where that is given."""
        plain = canonical(name)
        found = self.named.get(plain) or self.named.get(bare(plain)) or ()
        return tuple(code for code in found if code.startswith(under))

    def path_of(self, code: str) -> tuple[str, ...]:
        """Names of the accounts above a code, from the top down; those that are unknown are left out."""
        above = [code[:length] for length in (3, 5) if length < len(code)]
        return tuple(self.accounts[part].name for part in above if part in self.accounts)


def bare(name: str) -> str:
    """An account name without the 支出 that some tables print behind it and others do not: 教育支出 -> 教育."""
    return name[:-2] if name.endswith("支出") and name != "其他支出" else name


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    accounts = {account.code: account for account in _read_accounts()}
    named: dict[str, tuple[str, ...]] = {}
    for account in accounts.values():
        wordings = {canonical(name) for name in (account.name, *account.formerly)}
        for wording in wordings | {bare(wording) for wording in wordings}:
            named[wording] = (*named.get(wording, ()), account.code)
    kinds = tuple(TableKind(**entry) for entry in _read_yaml("tables.yaml"))
    metrics = tuple(Metric(**entry) for entry in _read_yaml("metrics.yaml"))
    short, said = (_pairs(name) for name in ("offices.csv", "shortened.csv"))
    return Vocabulary(accounts, {k.id: k for k in kinds}, {m.id: m for m in metrics}, named, short, said)


def _pairs(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((written, called) for written, called in written_rows(__package__, name))


def _read_accounts() -> list[Account]:
    rows = written_rows(__package__, "accounts.csv")
    return [_account(code, name, formerly.split("|") if formerly else []) for code, name, formerly in rows]


def _account(code: str, name: str, formerly: Sequence[str]) -> Account:
    """农业<2020 behind 农业农村: the name of the years before 2020."""
    former = [entry.partition("<") for entry in formerly]
    return Account(code, name, tuple(old for old, _, _ in former), tuple(int(until or 0) for _, _, until in former))


def _read_yaml(name: str) -> list[dict[str, Any]]:
    entries = written_yaml(__package__, name)
    return [{key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()} for entry in entries]
