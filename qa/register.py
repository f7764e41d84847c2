"""The register of a catalogue: what its offices and the units below them are called, and which documents bear the name.

It is made once for a catalogue. A question is held only against the names that end on one of its characters, and once
against a name that the documents of several years share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.model import CatalogueEntry, Profile
from index.wording import squeeze
from qa.abbreviations import forms, place_name, without_bureau

Documents = tuple[int, ...]
"""Positions in the catalogue."""


@dataclass(frozen=True, slots=True)
class Name:
    """One way to call an office, or a unit below one; an abbreviation (`short`) is not abbreviated again."""

    form: str
    unit: str = ""  # the unit as its document prints it; "" where the office itself is meant
    short: bool = False


@dataclass(frozen=True)
class Register:
    """`by_end`: names by their last character; `nicknames` and `places` stand for their offices only by themselves."""

    by_end: Mapping[str, tuple[tuple[Name, Documents], ...]]
    nicknames: tuple[tuple[str, Documents], ...]
    places: tuple[tuple[str, Documents], ...]

    def names_for(self, text: str) -> Iterator[tuple[Name, Documents]]:
        """The names that may stand in a text."""
        for char in set(text):
            yield from self.by_end.get(char, ())


@lru_cache(maxsize=64)
def register_of(catalogue: tuple[CatalogueEntry, ...]) -> Register:
    """The register of these documents, each office and unit under every name."""
    names: dict[Name, list[int]] = {}
    nicknames: dict[str, list[int]] = {}
    places: dict[str, list[int]] = {}
    for position, entry in enumerate(catalogue):
        profile = entry.profile
        for name in dict.fromkeys((*_names_of_office(profile), *_names_of_units(profile))):
            names.setdefault(name, []).append(position)
        for nickname in _nicknames(profile):
            nicknames.setdefault(nickname, []).append(position)
        if place := place_name(profile.organisation):
            places.setdefault(place, []).append(position)
    by_end: dict[str, list[tuple[Name, Documents]]] = {}
    for name, documents in names.items():
        by_end.setdefault(name.form[-1], []).append((name, tuple(documents)))
    return Register({end: tuple(found) for end, found in by_end.items()}, _fixed(nicknames), _fixed(places))


def _fixed(found: Mapping[str, Iterable[int]]) -> tuple[tuple[str, Documents], ...]:
    return tuple((name, tuple(documents)) for name, documents in found.items())


def _names_of_office(profile: Profile) -> Iterator[Name]:
    for name in (profile.organisation, *profile.aliases):
        yield from (Name(form, short=name != profile.organisation) for form in forms(name) if form)


def _names_of_units(profile: Profile) -> Iterator[Name]:
    """The units of an office but for itself."""
    own = squeeze(profile.organisation)
    for unit in profile.subordinates:
        if squeeze(unit) != own:
            yield from (Name(form, unit) for form in forms(unit) if form)


def _nicknames(profile: Profile) -> frozenset[str]:
    """东湖财政 for 青山市东湖区财政局."""
    names = (profile.organisation, *profile.aliases)
    return frozenset(short for name in names for short in without_bureau(name, profile.region))
