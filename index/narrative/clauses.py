"""The words between two figures -> what the second says: of what, by which measure, against what.

A lead is cut at commas and semicolons. All but its last piece give context (其中, 与上年相比, 2022年期末, X中); the last
piece is the predicate of the figure: a change, a share, a rate of completion, or a level with or without 为.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.narrative.lexicon import (
    AMONG,
    BASIS,
    BASIS_ONLY,
    CHANGE,
    CHANGED,
    COMPLETION,
    ORDINAL,
    PURPOSE,
    SAME,
    SHARE,
    UP,
    WITHIN,
    YEAR,
    Figure,
)  # fmt: skip
from index.narrative.subjects import Offices, Subject, known_names, read_subject
from index.wording import canonical

_CHANGE = re.compile(r"(?P<subject>.*?)(?P<basis>" + BASIS + r")?" + CHANGE + "$")
_PIECES = re.compile(r"[，；。：]")
_SUM = re.compile(r"(?:收入|支出|收支|经费|费用?|预算|决算|总计|合计|总额|拨款|资金|结余|结转)$")
_MODIFIER = re.compile(r"的$")
_CONTAINS = re.compile(r"^(?P<whole>[^，]{2,40}?)中(?:包含|包括|含|安排|用于|列支)(?P<part>[^，]{2,})$")
_NOTE = re.compile(r"\([^()]*(?:下同|简称)[^()]*\)")  # 2022年（上一年度，下同）
# 决算单位构成包括：A、B、C，共3家: a list counted at its end.
_LISTED = re.compile(
    r"(?P<subject>[^，。；：]{2,40}?(?:单位|机构|部门|科室|处室))(?:构成|组成|设置)?(?:包括|有|为|是|如下)?："
)
_NAMES_NOTHING = re.compile(r"^(?:(?:实际|全年)?支出(?:预算|决算)?数?|金额|)$")
_SHORTEST_ITEM = 2
# 公务用车购置数及保有量分别为1辆和130辆: two numbers of one thing; 购置及运行费 is one name.
_TWO_NUMBERS = re.compile(
    r"^(?P<head>.{2,}?)(?P<first>(?:购置|新购|更新|新增|团组|批次|召开|举办)数?量?)(?:以?及|与|和)(?P<second>(?:保有|拥有|人|参加人)(?:数量?|量|次|员))$"
)
_FRESH = re.compile(r"[；。](?:实有|现有|共有|年末实有|另有|离?退休|离休|截[至止]|20\d\d年)")
# 与上年相比收支总计各增加300万元: the comparison without a comma behind it.
_COMPARED = re.compile(rf"^{BASIS}(?<=[比较])(?=[^，]{{2,}})")
_CLOSES = re.compile(r"^[^()]*\)")


@dataclass(frozen=True, slots=True)
class Claim:
    """What one figure says. `within` and `leaves` move the parents: into what was just named, and out again."""

    subject: Subject
    measure: str = ""
    basis: str = ""
    direction: str = ""
    within: bool = False
    among: Subject | None = None
    opens: int = 0  # brackets opened before the figure: it divides the figure before it
    closes: int = 0
    new_clause: bool = False  # a semicolon stands between this figure and the one before
    fresh: bool = False  # and a new count of what there is begins behind it: ；实有人员
    items: tuple[str, ...] = ()  # subjects of an enumeration: A、B分别为 …; A和B均为 …
    each: bool = False  # one figure holds for all of them


def read_lead(lead: str, figure: Figure, offices: Offices) -> Claim:
    """Read the words between the figure before (or the start of the sentence) and this one."""
    lead, opens, closes = _brackets(lead)
    pieces = _split(lead)
    new_clause = "；" in lead or "。" in lead
    fresh = bool(_FRESH.search(lead))
    within, among, basis = False, None, ""
    year, entity, stock, own = None, "", False, False
    modifier, head = "", Subject()
    for piece in pieces[:-1]:
        if WITHIN.match(piece):
            within = True
            piece = WITHIN.sub("", piece)
        plain = piece.strip("“” ")
        if SAME.search(plain):
            basis = ""  # 与上年持平 is a statement of its own
        elif found := BASIS_ONLY.match(plain):
            basis = _base(found)
        elif (found := AMONG.match(plain)) and not PURPOSE.search(plain) and not plain.endswith("为中"):
            among = read_subject(found.group("whole"), offices)
            year, entity = among.year or year, among.entity or entity
        elif _MODIFIER.search(plain):
            modifier = plain
        elif plain and not PURPOSE.search(plain):
            context = read_subject(plain, offices)
            head = context if context.code_names or context.code or _heads_a_list(plain, context, lead) else head
            year, entity = context.year or year, context.entity or entity
            stock, own = context.stock or stock, context.own or own
        modifier = modifier if _MODIFIER.search(plain) else ""
    last = pieces[-1] if pieces else ""
    if WITHIN.match(last):
        within = True
        last = WITHIN.sub("", last)
    if found := _CONTAINS.match(last):
        among, last = read_subject(found.group("whole"), offices), found.group("part")
        year, entity = among.year or year, among.entity or entity
    if (found := _COMPARED.match(last)) and (rest := _CHANGE.match(last[found.end() :])) and rest.group("subject"):
        basis, last = _base(found), last[found.end() :]
    claim = _predicate(modifier + last, figure, offices, basis)
    subject = claim.subject
    if head.label and not (subject.code_names or subject.code) and _NAMES_NOTHING.match(subject.label):
        subject = replace(head, measure=subject.measure, noun=subject.noun, year=subject.year or head.year)
    if not subject.label and figure.unit in {"个", "家"} and (listed := _LISTED.search(lead)):
        subject = read_subject(listed.group("subject"), offices)
    subject = replace(subject, year=subject.year or year, entity=subject.entity or entity)
    subject = replace(subject, stock=subject.stock or stock, own=subject.own or own)
    return Claim(
        subject,
        claim.measure,
        claim.basis or (basis if claim.direction or claim.measure.startswith("增减") else ""),
        claim.direction,
        within,
        among,
        opens,
        closes,
        new_clause,
        fresh,
        claim.items,
        claim.each,
    )


def _heads_a_list(piece: str, context: Subject, lead: str) -> bool:
    """因公出国(境)费用：2024年预算10万元, 2024年决算8万元: a name before a colon is what follows it is of."""
    if f"{piece}：" not in lead:
        return False
    return canonical(context.label) in known_names() or bool(ORDINAL.match(piece) and _SUM.search(context.label))


def _predicate(words: str, figure: Figure, offices: Offices, pending: str) -> Claim:
    """The last piece of a lead. `pending` is a comparison that stood alone before it (与上年相比，…)."""
    plain = _NOTE.sub("", words.lstrip("、"))
    if figure.rate and (found := SHARE.search(plain)):
        return Claim(read_subject(plain[: found.start()], offices), "占比", re.sub("[“”]", "", found.group("base")))
    if found := _CHANGE.match(plain):
        verb = found.group("verb")
        subject = read_subject(found.group("subject"), offices)
        base = (found.group("base") or "") if found.group("basis") else ""
        base = base or ("上年" if found.group("basis") else "")
        if base or pending or not subject.label or figure.rate or _is_change(verb, subject):
            open_verb = verb in {"增减", "变动"} or "(" in verb  # a form left as it came: 增加（减少）
            direction = "" if open_verb else "增加" if UP.match(verb) else "减少"
            return Claim(subject, "增减率" if figure.rate else "增减额", base, direction)
    if found := CHANGED.match(ORDINAL.sub("", plain)):
        direction = "增加" if "增" in found.group("verb") else "减少"
        return Claim(read_subject(found.group("subject"), offices), "增减额", "", direction)
    if figure.rate and (found := COMPLETION.search(plain)):
        subject = read_subject(plain[: found.start()], offices)
        return Claim(subject, "完成率", found.group("base"))
    if found := re.search(BASIS + r"(?P<same>(?:增减)?(?:持平|一致)?)$", plain):
        subject, basis = read_subject(plain[: found.start()], offices), found.group("base") or "上年"
        if found.group("same"):
            return Claim(subject, "增减额" if not figure.rate else "增减率", basis, "持平")
        if found.group("base"):  # 较2023年的900万元增加100万元: what it is compared with
            planned = _planned(basis, offices)
            year = None if planned else _year_of(basis, offices)
            return Claim(replace(subject, year=year), planned or "上年", basis.rstrip("的"))
    stripped = plain
    subject = read_subject(stripped, offices)
    return Claim(subject, subject.measure, "", "", items=_items(stripped), each="均" in stripped)


def _is_change(verb: str, subject: Subject) -> bool:
    """收支总计各增加620.86万元 is a change, 支持商销稳增长30万元 the name of a purpose."""
    return verb in {"增加", "减少", "净增加", "净减少"} and bool(_SUM.search(subject.label))


def _items(words: str) -> tuple[str, ...]:
    """A、B和C分别为: the things that share the following figures, in order; 货物、工程、服务采购 share their tail."""
    if not re.search(r"分别|均为|均是|各为", words):
        return ()
    body = re.sub(r"收、支", "收支", words)
    body = re.sub(r"(?:分别|均|各)(?:为|是|安排|达|增加|减少)?$", "", body)
    parts = [part for part in re.split(r"[、和与]", body) if part]
    if len(parts) == 1 and (found := _TWO_NUMBERS.match(body)):
        parts = [found.group("head") + found.group("first"), found.group("head") + found.group("second")]
    if len(parts) < 2 or min(map(len, parts)) < _SHORTEST_ITEM:
        return ()
    length = len(parts[0])
    if length <= _SHORTEST_ITEM and all(len(part) == length for part in parts[:-1]) and len(parts[-1]) > length:
        parts = [part + parts[-1][length:] for part in parts[:-1]] + [parts[-1]]
    return tuple(parts)


def _planned(basis: str, offices: Offices) -> str:
    """The kind of plan where a figure is compared with this year's own (比年初预算数90万元减少5万元), else ""."""
    found = YEAR.search(basis)
    if re.search(r"上年|去年|上一年|同期", basis) or (found and int(found.group(1)) != offices.year):
        return ""
    plans = (("年初预算", "年初"), ("全年预算", "全年|调整"), ("预算", "预算"))
    return next((plan for plan, words in plans if "预算" in basis and re.search(words, basis)), "")


def _year_of(basis: str, offices: Offices) -> int | None:
    found = YEAR.search(basis)
    return int(found.group(1)) if found else offices.year - 1 if offices.year else None


def _base(found: re.Match[str]) -> str:
    return (found.group("base") or "上年").rstrip("相")


def _split(lead: str) -> list[str]:
    """Pieces at commas and stops outside brackets."""
    pieces, depth, start = [], 0, 0
    for i, character in enumerate(lead):
        depth += (character == "(") - (character == ")")
        if depth <= 0 and _PIECES.match(character):
            pieces.append(lead[start:i])
            start = i + 1
    pieces.append(lead[start:])
    return pieces


def _brackets(lead: str) -> tuple[str, int, int]:
    """Cut the brackets that were opened at an earlier figure off the front, and note those opened before this one."""
    closes = 0
    while (found := _CLOSES.match(lead)) and "(" not in found.group():
        lead = lead[found.end() :]
        closes += 1
    opens = 0
    depth = 0
    for i in range(len(lead) - 1, -1, -1):
        if lead[i] == ")":
            depth += 1
        elif lead[i] == "(":
            if depth:
                depth -= 1
            else:
                opens += 1
                lead = lead[i + 1 :]
                break
    return lead, opens, closes
