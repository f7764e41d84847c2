"""Is this document at one with itself: the contradictions that the self-check (勾稽) found in it, each with its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.model import CatalogueEntry, Finding, Severity
from qa.cite import new_ledger
from qa.contradictions import told
from qa.draft import Draft, heading, short_name
from qa.finder import Finder
from qa.link import Topic
from qa.model import Intent, Value
from qa.organisations import span_mask
from qa.respond.sources import CHECKING, hints_in

MOST = 6
_GRAVEST = (Severity.ERROR, Severity.WARNING)
_ASKED = re.compile(
    r"矛盾|勾稽|前后不一|不一致|对不上|对得上|打架|出入|差错|错误|有误|一致|审计发现|疑点|问题数据|数据问题"
)
# What a question about the whole document says beside the office.
_WHOLE = re.compile(
    r"(?:部门|单位)?(?:整体)?(?:预算|决算)(?!收入|支出|调整|执行)(?:公开)?(?:报告|文件|说明|表|数据?)?|文件|报告|说明|附?表格?|数据?字?|关系|前后|自身|内部|地方|存在|哪里|哪些|什么|问题|之间|里面?|中|吗|呢|对|全部|所有|各|公开|情况|是不是|是否|有没有|有无|有"
)


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """The findings about the document, or about what the question names in it."""
    if not _ASKED.search(intent.text) or len(intent.documents) != 1:
        return None
    (entry,) = intent.documents
    taken = span_mask((h.start, h.end) for h in hints_in(intent.text))
    for pattern in (CHECKING, _ASKED, _WHOLE):
        taken |= span_mask(m.span() for m in pattern.finditer(intent.text))
    for name in (entry.profile.organisation, *entry.profile.aliases):
        taken |= span_mask(m.span() for m in re.finditer(re.escape(name), intent.text) if name)
    rest = Topic(intent.topic.text, intent.topic.content & ~taken)
    return None if rest.size > 1 else _report(entry, intent, finder)


def _report(entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft:
    found = [f for f in finder.findings(entry.name) if f.severity in _GRAVEST and f.origin == "document" and f.facts]
    found.sort(key=lambda f: _GRAVEST.index(f.severity))
    sound = bool(re.search(r"一致|对得上|勾稽关系(?:正确|对)|平衡", intent.text)) and not re.search(
        r"不一|对不", intent.text
    )
    if not found:
        text = f"{'是' if sound else '否'}。{short_name(entry)}的这份{entry.profile.stage}文件按表内、表间、文字与表格的勾稽关系核对，没有发现不一致。"
        return Draft(text, new_ledger(finder), verdict="yes" if sound else "no", warnings=intent.notes)
    return _listed(found, sound, entry, intent, finder)


def _listed(found: Sequence[Finding], sound: bool, entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    lines: list[str] = []
    values: list[Value] = []
    for number, finding in enumerate(found[:MOST], 1):
        sentence, proofs = (
            told(finding, entry.name, ledger, finder) if finding.facts else (finding.message.rstrip("。"), ())
        )
        lines.append(f"{number}. {sentence}。")
        values += proofs
    more = f"\n另有{len(found) - MOST}项，见核对报告。" if len(found) > MOST else ""
    lead = f"{'否' if sound else '是'}。{heading(entry)}{entry.profile.stage}自身不一致或存疑的共{len(found)}项："
    warnings = (*intent.notes, *(f.message for f in found[:MOST]))
    return Draft(lead + "\n" + "\n".join(lines) + more, ledger, tuple(values), verdict="no" if sound else "yes", warnings=warnings)  # fmt: skip
