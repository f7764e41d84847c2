"""The words before a figure -> what it is of: label, parents, measure, year, the unit it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from index.model import Profile, Section
from index.narrative.lexicon import (
    ACCOUNT,
    COPULA,
    LAST_YEAR,
    LEAD_WORDS,
    MEASURES,
    ORDINAL,
    SELF,
    TIME_HEAD,
    YEAR,
)  # fmt: skip
from index.vocabulary import load_vocabulary
from index.wording import canonical, squeeze

_OFFICE_TAIL = (
    r"(?:局|委员会|委|办公室|中心|处|院|馆|站|大队|支队|研究室|联络处|办事处|学校|大学|医院|街道|分局|总队|所|办)"
)
_OFFICE = re.compile(
    rf"^[\u4e00-\u9fff]{{2,24}}?{_OFFICE_TAIL}(?:\(本级\)|本级|机关)?(?=为|是|规格|内设|隶属|设|编制|机构规格|共有|现有|核定)"
)
_BARE_MONEY = frozenset({"收入", "支出", "收支", "本年收入", "本年支出", "全年支出", "全年收入", "拨款"})
_THIS_YEAR = re.compile(r"(?:本|当)年")
_STOCK = re.compile(r"期末|年末|年底|底|末|截[至止]|月\d{1,2}日")
_HAS = re.compile(r"^.*(?:[共现]有|拥有)(?=.{2,})|^.*[^所享保]有(?=[^，]{2,}(?:单位|机构|人员|车辆|编制|科室|处室)$)")
_CARRIED = re.compile(r"(?P<end>年末|年初)[，,]?$")  # 2024年末财政拨款结转和结余: which end of the year is its name
_CARRIES = re.compile(r"^[^，；]{0,14}结[转余]")
_NAME = re.compile(r"(?!支出|预算|决算|主要|用于)[\u4e00-\u9fff()]{2,20}")
_HEADING_TAIL = re.compile(r"(?:支出|总体|变化|安排|使用|增减)*(?:情况|说明)+$")
_RUNNING_COSTS = re.compile(
    r"^.*(?=机[关构](?:\(机构\))?运行经费)|(?:支出|(?:一般公共预算)?财政拨款)*(?:合计|总计|总额)?$"
)
_NO_SUBJECT = re.compile(r"^(?:的|了|其|累计|数|额|金额|预计|支出|安排|共|为|是|有|预算)*$")
_HEAD_VERBS = re.compile(
    r"^(?:主要(?:是|为)(?=.{2})|发生(?=.{3})|涉及(?=因公|公务)|开支(?=.{2,}费)|其(?![他它中])|该|的|共|已经?|在(?![建职编岗册校园院用])|均|各(?![级类项部单科街区县种])|全年|按照?规定|按要求|接待(?=.*(?:团组|宾|批|人))|完成(?!率|情况|预算|年初|全年|值|时|后|整改|验收|审批|评[估审价])(?=.{2})|实现(?=.{3})|开展(?=.{4}))+"
)
_RESULT = re.compile(r"^.*(?:结果|情况)[是为](?=.{3})")
_CODED = re.compile(
    r"\((?P<code>2\d\d(?:\d\d){0,2}|30\d(?:\d\d)?)\)|^[\[【]?(?P<head>2\d\d(?:\d\d){0,2}|30\d(?:\d\d)?)[\]】]?[-:：]?(?=[\u4e00-\u9fff])"
)
# 农林水支出(213)林业和草原(21302)行政运行(2130201): the account with those above it, each with its code; also (213类).
_CHAIN = re.compile(
    r"(?P<name>[^()，；。：]{2,40}?(?:\([^()\d]*\)[^()，；。：]{0,20}?)*)\([类款项]?(?P<code>2\d\d(?:\d\d){0,2})[类款项]?\)"
)
_RANKS = {3: "类", 5: "款", 7: "项"}  # digits of a code
_HELD = re.compile(r"(?<=车)保有$")
_TAIL_VERBS = re.compile(r"(?:预?安排|完成|实现|发生|列支|开支|使用|用于|设|达|有|含|为|是)$")
_TRAILING_YEAR = re.compile(r"(?<=[\u4e00-\u9fff)])(20\d\d)年度?$")
_USED = re.compile(r"^(?:使用|用)(?:一般公共预算)?财政拨款(?:支出)?(?:涉及的?|安排的|开支的|负担的)?(?=.{2})")
_THREE = re.compile(
    r"(?:一般公共预算)?(?:[及和、]政府性基金(?:预算)?)?(?:财政拨款)?(?:安排的?)?三公经费(?:一般公共预算|财政拨款|支出|预算|总额|总计|合计|当年)*"
)
# 全县县级部门汇总: how many offices a sum is of is no part of its name.
_SUMMED_UP = re.compile(r"^(?:全(?:省|市|县|区|州|旗)|(?:省|市|县|区|州|旗)(?:本?级)?|部门|单位)*汇总的?(?=.{3})")
_GLOSS = re.compile(
    r"^.+\((?P<name>[^()]+)\)$"
)  # 因公出国费、公务接待费、公车运行费(三公经费): the name of them together
_ASIDE = re.compile(r"\(以[^()]*为准\)$")
_LISTED = re.compile(r"收、支|收入、支出(?=(?:决算|预算)?(?:总计|合计|总额))")
_BOTH_SIDES = re.compile(r"(?<=收支)决算(?=总计|合计|总额)")
_FEE_SPENDING = re.compile(r"(费用?)(?:财政拨款)?支出$")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is of; an empty label means that the words name nothing and the subject before goes on."""

    label: str = ""
    measure: str = ""
    noun: str = ""  # the measure as printed: 当年预算执行数
    year: int | None = None
    entity: str = ""
    code_names: tuple[str, ...] = ()
    top: str = "类"  # the rank of the first of these names
    code: str = ""
    stock: bool = False  # the time is a closing date: what is held then, not what flows in a year
    own: bool = False  # the document's own office is named: what was said of a unit before no longer holds


@dataclass(frozen=True, slots=True)
class Offices:
    """Names of the document's own office (dropped from subjects) and of the units under it (kept as entity)."""

    own: tuple[str, ...]
    others: tuple[str, ...]
    year: int | None
    pattern: re.Pattern[str] = field(compare=False)
    region: str = ""

    @classmethod
    def of(cls, profile: Profile) -> Offices:
        own = tuple(squeeze(name) for name in (profile.organisation, *profile.aliases) if len(name) > 1)
        others = tuple(squeeze(name) for name in profile.subordinates)
        names = sorted({name for name in (*own, *others) if name}, key=len, reverse=True)
        pattern = (
            re.compile(
                "^(?:"
                + "|".join(map(re.escape, names))
                + r")(?:\((?!境|款|类|项)[^()]{1,12}\))?(?:部门(?!预算执行)|单位(?=[^预决])|机关(?!运行))?(?:本级)?"
            )
            if names
            else re.compile(r"(?!)")
        )
        return cls(own, others, profile.year, pattern, profile.region)

    def placed(self, name: str) -> str:
        """A unit named by its level alone with its place: 市接待办公室 named by an office of 青山市 is 青山市接待办公室."""
        return self.region[:-1] + name if self.region and name.startswith(self.region[-1]) else name


@lru_cache(maxsize=1)
def known_names() -> frozenset[str]:
    """Wordings of figures that are known by name, longest relative clauses aside."""
    return frozenset(canonical(name) for m in load_vocabulary().metrics.values() for name in (m.name, *m.names))


def read_subject(words: str, offices: Offices) -> Subject:
    """Take the words apart: time, office, account path, measure; what remains is the label."""
    text, year, entity, stock, own = _heads(words, offices)
    text = COPULA.sub("", text)
    text, accounts, top = _accounts(text)
    code = ""
    if not accounts:
        text, accounts, top, code = _chain(text)
    text, measure, noun = _measure(text)
    if accounts:
        return Subject(accounts[-1], measure, noun, year, entity, tuple(accounts), top, code, stock, own)
    if found := _TRAILING_YEAR.search(text):  # 公务接待费2024年预算5万元
        text, year = text[: found.start()], int(found.group(1))
    text, code = _code(text)
    label = _label(text)
    if label in _BARE_MONEY and noun:
        label = label + noun if not measure.startswith(("年初", "全年")) and noun[0] in "预决" else label
    elif label.endswith(("总", "涉及", "平均", "综合", "最终")):
        label += noun
    return Subject(label, measure, noun, year, entity, (), "类", code, stock, own)


def topic_of(section: Section | None, offices: Offices) -> Subject:
    """What a heading names, where it is a figure known by name: （一）收入预算, 机关运行经费支出情况说明."""
    if section is None:
        return Subject()
    named = read_subject(_HEADING_TAIL.sub("", squeeze(section.title)), offices)
    known = canonical(named.label) in known_names() or named.label in {"收入预算", "支出预算", "收入决算", "支出决算"}
    return Subject(named.label) if known else Subject()


def _heads(words: str, offices: Offices) -> tuple[str, int | None, str, bool, bool]:
    """Strip what stands before a subject: ordinals, dates, offices, 共有.

    Returns what remains, the year, the unit named, whether the time is a closing date, whether the own office is named.
    """
    text, year, entity, stock, own = words.strip("“”‘’\"' ，；、"), None, "", False, False
    before = None
    while text != before:
        before = text
        text = LEAD_WORDS.sub("", ORDINAL.sub("", text)).lstrip("“”，；、：")
        if match := TIME_HEAD.match(text):
            if found := YEAR.search(match.group()):
                year = int(found.group(1))
            elif LAST_YEAR.match(match.group()) and offices.year:
                year = offices.year - 1
            elif _THIS_YEAR.match(match.group()):
                year = offices.year
            stock = bool(_STOCK.search(match.group()))
            text = text[match.end() :]
            if (carried := _CARRIED.search(match.group())) and _CARRIES.match(text):
                text = carried.group("end") + text
        elif (match := offices.pattern.match(text)) and match.end():
            name = next((n for n in offices.others if match.group().startswith(n)), "")
            if name and not any(match.group().startswith(n) and len(n) >= len(name) for n in offices.own):
                entity = offices.placed(name)
            own = not entity
            text = text[match.end() :]
        elif match := _OFFICE.match(text):
            entity = offices.placed(match.group())
            text = text[match.end() :]
        else:
            text = SELF.sub("", text)
    return text, year, entity, stock, own


def _code(text: str) -> tuple[str, str]:
    """行政运行(2010601)支出 -> the account's name and its code; a 支出 that is no part of the name goes too."""
    match = _CODED.search(text)
    if not match:
        return text, ""
    code = match.group("code") or match.group("head")
    name = text[: match.start()] + text[match.end() :]
    account = load_vocabulary().accounts.get(code)
    return (name.removesuffix("支出") if account and not account.name.endswith("支出") else name), code


def _accounts(text: str) -> tuple[str, list[str], str]:
    """一般公共服务支出(类)人大事务(款)行政运行(项) -> the three names; a 支出 behind the last belongs to its name."""
    names: list[str] = []
    end, top = 0, "类"
    for match in ACCOUNT.finditer(text):
        top = top if names else match.group("level")
        names.append(match.group("name").strip("“”‘’，、 "))
        end = match.end()
    if not names:
        return text, [], top
    rest = text[end:].lstrip("”“")
    if rest.startswith("支出") and not names[-1].endswith("支出"):
        names[-1] += "支出"
        rest = rest[2:]
    return rest, [squeeze(name) for name in names], top


def _chain(text: str) -> tuple[str, list[str], str, str]:
    """Accounts that each bear their code, every one below the one before: what remains, names, top rank, last code."""
    names: list[str] = []
    codes: list[str] = []
    at = 0
    while (link := _CHAIN.match(text, at)) and (not codes or _is_below(link.group("code"), codes[-1])):
        names.append(squeeze(link.group("name").strip("“”‘’，、-—> ")))
        codes.append(link.group("code"))
        at = link.end()
    if len(codes) < 2:  # one code alone is read with the name it stands behind
        return text, [], "类", ""
    return text[at:].lstrip("”“"), names, _RANKS[len(codes[0])], codes[-1]


def _is_below(code: str, above: str) -> bool:
    return code.startswith(above) and len(code) == len(above) + 2


def with_rank(text: str) -> str:
    """An account whose last rank a line end cut off: 一般公共服务支出(类)人大事务(款)行政运行 -> … 行政运行(项)."""
    last = list(ACCOUNT.finditer(text))[-1]
    rest = text[last.end() :].strip("。：”“ ")
    lower = {"类": "款", "款": "项"}.get(last.group("level"), "")
    return f"{text.rstrip('。：')}({lower})" if lower and _NAME.fullmatch(rest) else text


def _measure(text: str) -> tuple[str, str, str]:
    """Split the measure off the end: 因公出国(境)费支出决算 -> 因公出国(境)费支出, 决算, 决算."""
    for measure, pattern in MEASURES:
        if match := pattern.search(text):
            return text[: match.start()], measure, match.group()
    return text, "", ""


def _label(text: str) -> str:
    """The name that remains, without the verbs and relative clauses around it."""
    plain = _BOTH_SIDES.sub("", _LISTED.sub("收支", squeeze(text))).strip("，、：；的")
    if plain.count("(") != plain.count(")"):
        plain = plain.strip("()")
    plain = _SUMMED_UP.sub("", _ASIDE.sub("", plain))
    if (gloss := _GLOSS.match(plain)) and canonical(gloss.group("name")) in known_names():
        plain = gloss.group("name")
    plain = _HEAD_VERBS.sub("", _HAS.sub("", _RESULT.sub("", plain)))
    if plain in {"部门", "单位"} or (_NO_SUBJECT.match(plain) and plain not in _BARE_MONEY):
        return ""
    plain = _FEE_SPENDING.sub(r"\1", re.sub(r"决算支出$", "支出", plain))
    plain = _USED.sub("", plain)
    if "的" in plain:
        tail = plain.rsplit("的", 1)[1]
        if canonical(tail) in known_names():
            return tail
    if (
        re.search(r"机[关构](?:\(机构\))?运行经费(?:支出|(?:一般公共预算)?财政拨款)*(?:合计|总计|总额)?$", plain)
        and "其他" not in plain
    ):
        plain = _RUNNING_COSTS.sub("", plain)
    shorter = _TAIL_VERBS.sub("", _HELD.sub("保有量", plain))
    plain = shorter if len(shorter) > 1 else plain
    return "三公经费" if _THREE.fullmatch(plain) else plain
