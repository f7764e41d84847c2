"""What a disclosure is made of, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from tests.synth.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Cover:
    lines: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A 目录; its entries are the headings and tables that follow, filled in by the renderer."""

    title: str = "目  录"


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 第一部分, 2 一、, 3 （一）; `page` starts a new page before it."""

    text: str
    level: int = 2
    page: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Item = Cover | Contents | Heading | Para | Break | Sheet
