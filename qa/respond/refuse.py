"""Refusals: what is not here, said with what is here instead."""

from __future__ import annotations

from collections.abc import Sequence

from index.model import CatalogueEntry
from qa.asides import COURTESY
from qa.cite import new_ledger
from qa.draft import Draft, short_name
from qa.finder import Finder
from qa.model import Intent

SHOWN = 8


def off_topic(intent: Intent, finder: Finder) -> Draft:
    return _refusal(
        "抱歉，我只能回答已收录的政府预算、决算公开文件中的问题，无法回答这个问题。" + _contents(finder.catalogue),
        "off_topic",
        intent,
        finder,
    )


def courtesy(intent: Intent, finder: Finder) -> Draft:
    return Draft(COURTESY, new_ledger(finder), status="refused", reason="off_topic")


def nothing_indexed(intent: Intent, finder: Finder) -> Draft:
    return _refusal("资料库里还没有收录任何文件，请先导入预算或决算公开文件。", "not_indexed", intent, finder)


def unknown_office(intent: Intent, finder: Finder) -> Draft:
    names = "、".join(intent.unknown_offices)
    return _refusal(
        f"没有收录“{names}”的预算或决算公开文件，无法回答。" + _contents(finder.catalogue),
        "not_indexed",
        intent,
        finder,
    )


def which_unit(intent: Intent, finder: Finder) -> Draft:
    """Several units bear the words of the question: ask which is meant."""
    said = next(unit for unit in intent.units if unit.rivals)
    names = (said.name, *said.rivals)[:SHOWN]
    words = "".join(c for at, c in enumerate(intent.text) if said.mask >> at & 1)
    text = f"“{words}”可以指多个单位，请问您要查哪一个？可以是：{'、'.join(names)}。"
    options = tuple(intent.text.replace(words, name) for name in names)
    return Draft(text, new_ledger(finder), status="clarify", options=options, warnings=intent.notes)


def absent_year(intent: Intent, entries: Sequence[CatalogueEntry], finder: Finder) -> Draft:
    years = "、".join(f"{y}年" for y in intent.absent_years)
    offices = {e.profile.organisation for e in entries}
    same = [e for e in finder.catalogue if e.profile.organisation in offices] or list(entries)
    who = short_name(same[0]) if same else ""
    text = f"没有收录{who}{years}的文件，无法给出该年度的数。{_contents(same or finder.catalogue)}"
    return _refusal(text, "not_indexed", intent, finder)


def too_long(intent: Intent, finder: Finder) -> Draft:
    return _refusal("问题太长，请分成几个短一些的问题来问。", "off_topic", intent, finder)


def not_disclosed(intent: Intent, finder: Finder) -> Draft:
    named = "、".join(f"《{e.name}》" for e in intent.documents[:3])
    where = f"{named}中" if intent.offices_named and named else "已收录的文件中"
    return _refusal(
        f"{where}没有披露这一内容（未找到与问题相符的数据或文字），无法回答。", "not_disclosed", intent, finder
    )


def unverified(intent: Intent, finder: Finder) -> Draft:
    return _refusal(
        "找到的内容没有通过核验（数字无法逐一对应到原文），因此没有给出答案，请换个说法或直接查看原文。",
        "unverified",
        intent,
        finder,
    )


def _refusal(text: str, reason: str, intent: Intent, finder: Finder) -> Draft:
    suggestions = tuple(
        f"{short_name(e)}{e.profile.year or ''}年{e.profile.stage}有哪些表？" for e in intent.documents[:2]
    )
    return Draft(
        text, new_ledger(finder), status="refused", reason=reason, warnings=intent.notes, suggestions=suggestions
    )


def _contents(entries: Sequence[CatalogueEntry]) -> str:
    """What is indexed, in one sentence."""
    if not entries:
        return ""
    names = [f"{short_name(e)}{e.profile.year or ''}年{e.profile.level}{e.profile.stage}" for e in entries[:SHOWN]]
    more = f"等{len(entries)}份文件" if len(entries) > SHOWN else ""
    return f"目前收录的有：{'、'.join(names)}{more}。"
