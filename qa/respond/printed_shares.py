"""What share each part has in a whole, where the prose prints all of them: 社会保障和就业支出593.54万元，占7.54%；…

The parts of one whole stand in one passage and come to 100 %; else they are not all of it and there is no such list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from index.model import CatalogueEntry, Found
from index.wording import canonical
from qa.cite import new_ledger
from qa.draft import Draft, heading
from qa.finder import Finder
from qa.link import runs
from qa.model import Intent, Value
from qa.organisations import span_mask
from qa.respond.row_kinds import class_names

_SHARE = re.compile(r"占比|比重|比例|各?占(?:了?多少|百分之几|几成|总)")
_EACH = re.compile(r"各[类项个部种占]|每[类项个种]|分别|构成|组成|结构|来源")
_BY_CLASS = re.compile(r"[各每按]类|功能|大类")
_SAID = re.compile(
    r"一般公共预算|财政拨款|[“”]|三公|经费|本年|年度|支出|收入|预算|决算|按|功能|分类|大类|类别|[各每][类项个部种]分?|分别|构成|组成|"
    r"结构|来源|占比?|比重|比例|多少|百分之几|情况|合计|总计|总额|以及|科目|中"
)
_WHOLE, _ROUNDING = Decimal(100), Decimal("0.06")  # per cent; what rounding each of the shares may leave


def asked(intent: Intent) -> bool:
    """Whether the share of every part is asked for, of a whole that is told part by part."""
    text = intent.text
    if len(intent.operands) > 1 or intent.condition or intent.largest is not None or not _one_office(intent):
        return False
    if not (_SHARE.search(text) and _EACH.search(text)) or intent.yesno:
        return False
    of_parts = "三公" in text or ("收入" in text) != ("支出" in text and bool(_BY_CLASS.search(text)))
    left = intent.topic.content & ~span_mask(m.span() for m in _SAID.finditer(intent.topic.text))
    return of_parts and not any(len(run) > 1 for run in runs(left, intent.topic.text))


def _one_office(intent: Intent) -> bool:
    return len({entry.profile.organisation for entry in intent.documents}) == 1


def printed_shares(intent: Intent, finder: Finder) -> Draft | None:
    """The printed shares of the one whole that the question can mean, from the newest document that prints them."""
    for entry in sorted(intent.documents[:6], key=lambda e: -(e.profile.year or 0)):
        meant = _wholes(intent, entry, finder)
        if meant:
            return _draft(meant[0], entry, intent, finder) if len(meant) == 1 else None
    return None


def _wholes(intent: Intent, entry: CatalogueEntry, finder: Finder) -> list[list[Found]]:
    groups: dict[tuple[object, ...], list[Found]] = {}
    for f in finder.facts(documents=(entry.name,), sources=("text",), measures=("占比",)):
        groups.setdefault((f.fact.key.rsplit(".", 1)[0], f.fact.path, f.fact.basis), []).append(f)
    return [group for group in groups.values() if _is_meant(group, intent.text) and _is_whole(group)]


def _is_meant(group: Sequence[Found], text: str) -> bool:
    whole = canonical(group[0].fact.path[-1]) if group[0].fact.path else ""
    if "三公" in text:
        return "三公" in whole
    if "收入" in text:
        return "收入" in whole and "财政" not in text
    classes = all(canonical(f.fact.label).removesuffix("支出") in class_names() for f in group)
    return classes and (_is_general(group) or ("财政" not in text and "公共" not in text))


def _is_general(group: Sequence[Found]) -> bool:
    return all("一般公共预算" in (f.fact.scope or f.fact.quote) for f in group)


def _is_whole(group: Sequence[Found]) -> bool:
    shares = [f.fact.value for f in group if f.fact.value is not None]
    return len(shares) > 1 and abs(sum(shares, Decimal(0)) - _WHOLE) <= _ROUNDING * len(shares)


def _draft(group: Sequence[Found], entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    values: list[Value] = []
    lines: list[str] = []
    for f in group:
        mark, name = ledger.fact(f), f.fact.label
        values.append(Value(f"{name}占比", f.fact.printed, "%", f.fact.source, citations=(mark,)))
        lines.append(f"- {name}：占**{f.fact.printed}%**[{mark}]")
    spent = "一般公共预算财政拨款支出" if _is_general(group) else "支出"
    whole = group[0].fact.path[-1] if group[0].fact.path else spent
    text = f"{heading(entry)}{whole}各项占比（文字说明）：\n" + "\n".join(lines)
    return Draft(text, ledger, tuple(values), warnings=intent.notes)
