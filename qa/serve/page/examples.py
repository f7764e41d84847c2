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
        f"{_spoken(entry)}{entry.profile.year or ''}年{wording.format(stage=entry.profile.stage)}"
        for entry, wording in zip(entries, _WORDINGS, strict=False)
    )


def _spoken(entry: CatalogueEntry) -> str:
    """The shortest name that an office goes by and no other office shares."""
    profile = entry.profile
    return min((*profile.aliases, profile.organisation), key=len)
