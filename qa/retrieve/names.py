"""What the vocabulary calls figures and accounts, and which of these names stand in a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from index.vocabulary import Vocabulary
from index.wording import canonical
from qa.link import Topic

_WHOLE_NAME = 5  # characters from which a name means one figure only


class Names:
    """Names of at least two characters, found in a text by the two they begin with."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_pair: dict[str, list[tuple[int, str]]] = {}
        for number, name in enumerate(names):
            self._by_pair.setdefault(name[:2], []).append((number, name))

    def within(self, text: str) -> list[str]:
        """The names that stand in a text, in the order in which they were given."""
        pairs = {text[i : i + 2] for i in range(len(text) - 1)}
        beginning = (found for pair in pairs for found in self._by_pair.get(pair, ()))
        return [name for _, name in sorted(found for found in beginning if found[1] in text)]


class KnownNames:
    """The names of a vocabulary, spelled as `canonical` does."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    @cached_property
    def synonyms(self) -> Mapping[str, Sequence[str]]:
        """For each wording that documents print, what else the same figure is called."""
        found: dict[str, tuple[str, ...]] = {}
        for metric in self._vocabulary.metrics.values():
            printed = (metric.name, *metric.names)
            for name in printed:
                others = tuple(canonical(n) for n in (*printed, *metric.said) if n != name)
                key = canonical(name)
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), *others)))
        return found

    def spellings(self, label: str) -> tuple[str, ...]:
        """A label and what people call it: its synonyms, and with the words in it that are said short."""
        plain = canonical(label)
        said = (plain.replace(written, short) for written, short in self._vocabulary.shortened if written in plain)
        return tuple(dict.fromkeys((plain, *self.synonyms.get(plain, ()), *said)))

    @cached_property
    def printed(self) -> Mapping[str, frozenset[str]]:
        """For each wording that documents print, the wordings other documents print for the same figure."""
        found: dict[str, frozenset[str]] = {}
        for metric in self._vocabulary.metrics.values():
            names = frozenset(canonical(n) for n in (metric.name, *metric.names))
            for name in names:
                found[name] = found.get(name, frozenset()) | names
        return found

    @cached_property
    def _whole(self) -> Names:
        return Names(name for name in self.printed if len(name) >= _WHOLE_NAME)

    @cached_property
    def _accounts(self) -> Names:
        """The longest first."""
        names = {canonical(n) for a in self._vocabulary.accounts.values() for n in (a.name, *a.formerly)}
        said = (n for n in names if len(n) >= (2 if n.endswith("费") else 3))
        return Names(sorted(said, key=lambda n: (-len(n), n)))

    def figures_in(self, text: str) -> tuple[frozenset[str], ...]:
        """The figures that a text names whole, each with all its names; those inside a longer one aside."""
        said = self._whole.within(text)
        return tuple(self.printed[n] for n in said if not any(n != other and n in other for other in said))

    def accounts_in(self, topic: Topic, wordings: Sequence[int]) -> tuple[tuple[int, str], ...]:
        """The accounts named in a topic, with the characters that name them.

        Those inside a longer name or inside one longer wording of the document (what each covers) are left out.
        """
        found: list[tuple[int, str]] = []
        for name in self._accounts.within(topic.text):
            at = topic.text.find(name)
            mask = ((1 << len(name)) - 1) << at
            inside = any(mask & longer == mask for longer, _ in found)
            around = (1 << (at + len(name))) | (1 << (at - 1) if at else 0)
            longer = any(mask & said == mask and around & said for said in wordings)
            if not inside and not longer:
                found.append((mask, name))
        return tuple(found)
