"""Questions for an empty chat, made from what is indexed."""

from __future__ import annotations

from collections.abc import Sequence

from index.model import CatalogueEntry

_WORDINGS = (
    "三公经费{stage}是多少？",
    "基本支出和项目支出各是多少？",
    "收入总计是多少？",
    "机关运行经费是多少？",
    "有哪些项目？",
)


def examples(entries: Sequence[CatalogueEntry]) -> tuple[str, ...]:
    """One question a document, for at most five documents."""
    return tuple(
        f"{spoken_name(entry, entries)}{entry.profile.year or ''}年{wording.format(stage=entry.profile.stage)}"
        for entry, wording in zip(entries, _WORDINGS, strict=False)
    )


def spoken_name(entry: CatalogueEntry, entries: Sequence[CatalogueEntry]) -> str:
    """The shortest name that an office goes by and no other office here could be meant with."""
    own = entry.profile
    others = "\n".join(
        name
        for e in entries
        if e.profile.organisation != own.organisation
        for name in (e.profile.organisation, *e.profile.aliases)
    )
    return min((name for name in own.aliases if name not in others), key=len, default=own.organisation or entry.name)
