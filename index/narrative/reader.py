"""One paragraph at a time: sentences, figures, and what is carried from one to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from index.amounts import in_yuan
from index.model import Fact, Paragraph, Profile, Section, State
from index.narrative.absent import absences
from index.narrative.clauses import Claim, read_lead
from index.narrative.context import code_of, holds_no_figures, project_of, scope_of
from index.narrative.lexicon import ACCOUNT, BASIS, MONEY_WORDS, REASON, SAME, WITHIN, Figure, figures
from index.narrative.subjects import Offices, Subject, known_names, read_subject, topic_of
from index.narrative.thread import Level, Thread, explained
from index.narrative.view import View, view_of
from index.vocabulary import load_vocabulary
from index.wording import canonical, squeeze, subject

_ITEM = re.compile(r"^(?:\d{1,2}[、.](?!\d)|\([一二三四五六七八九十]{1,3}\))")
_COMPARES = re.compile(BASIS)
_NOUN = re.compile(r"^(?P<noun>[\u4e00-\u9fff][\u4e00-\u9fff()“”]{0,18}?)(?=[，；。：、和]|开展|包括|进行|情况|的|$)")
_VERB_ONLY = re.compile(
    r"^(?:内设|下设|设立?|设置|下辖|辖|包含|含|建有|组建|新增|开展|选取|组织|召开|举办|拟召开|拟举办|拟开展|拥有|管理|隶属|包括|对|由)+了?$|(?:下属|所属|下辖|内设|设有)$|^(?:组织)?对.*等$"
)
_BARE_SPENDING = re.compile(r"^(?:实际|全年)?支出(?:预算|决算)?(?:数|金额)?$")
_OF_THE_LAST = re.compile(r"^(?:涉及|(?:经费|费用|支出|资金)(?:总额|金额)?$|总?金额$)")
_LIST_ONLY = re.compile(r"^[、和及与，]*$")
_FLOWS = frozenset({"预算", "决算", "全年预算", "年初预算"})
# 公路养护项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为95.5分。全年预算数为…
_SELF_EVALUATION = re.compile(
    r"^(?:\d{1,2}[、.]|\([一二三四五六七八九十\d]{1,3}\))?[“《]?(?P<name>[^，；。：“”《》]{2,40}?)[”》]?(?:项目)?(?:支出)?(?:绩效)?自评(?:情况)?综述"
)
_EVALUATED = re.compile(r"(?:该|本)?项目(?:支出)?(?:绩效)?(?:自评|评价)?|(?:绩效)?自评")
_ENUMERATES = re.compile(r"[一二三四五六七八九]是|\(?[\d一二三四五六七八九]\)|[①-⑳]|\d[.、]|同时|此外")
_COUNTS = frozenset({"人数", "次数"})
_COMPARED = frozenset({"增减额", "增减率", "上年"})
_LONGEST_QUOTE = 200


@dataclass
class ParagraphReader:
    number: int
    paragraph: Paragraph
    section: Section | None
    profile: Profile
    offices: Offices
    thread: Thread
    view: View = field(init=False)
    project: str = field(init=False)  # the project whose self-evaluation the paragraph sums up
    topic: Subject = field(init=False)  # what the heading says that the paragraph is about
    current: Subject = field(default_factory=Subject)
    current_unit: str = ""
    current_start: int = 0  # where the sentence begins that named the subject
    levels: list[Level] = field(default_factory=list)
    year: int | None = None
    stock: bool = False  # the year is a closing date, which holds until another time is named
    entity: str = ""
    by_commas: bool = False  # the parts of the level in force are parted by commas
    made: list[Fact] = field(default_factory=list)
    explained: int = 0  # facts before this index have had their chance of a reason

    def __post_init__(self) -> None:
        self.view = view_of(self.paragraph.text)
        self.topic = topic_of(self.section, self.offices)
        summary = _SELF_EVALUATION.search(self.view.text)
        self.project = squeeze(summary.group("name")) if summary else ""

    def read(self) -> list[Fact]:
        text = self.view.text
        if not text or holds_no_figures(self.section, text):
            return []
        item = bool(_ITEM.match(text))
        if self.thread.header and not item:
            self.current = self.thread.header
        elif self.project:
            self.current, self.entity = Subject(self.project), self.project
        self.thread.header = None
        if item:
            self.thread.levels = ()
        elif WITHIN.match(text) and not self.thread.levels and self.thread.last:
            self.thread.levels = (self.thread.last,)
        self._reason_from_before()
        for start, end in self.view.sentences():
            self._sentence(start, end)
        if text.rstrip("：").endswith("其中") and self.current.label:
            self.thread.levels = (*self.levels, Level(self.current.label, self.current_unit))
        elif not self.made and self.current.label:
            self.thread.header = self.current
        self.thread.last = Level(self.current.label, self.current_unit) if self.current.label else None
        self.thread.facts.extend(self.made)
        return self.made

    # ------------------------------------------------------------------------------------------------------- sentences

    def _sentence(self, start: int, end: int) -> None:
        self.levels = list(self.thread.levels)
        self.year = self.year if self.stock else None
        at = start
        while at < end:
            at = self._stretch(at, end, (start, end))
        self._absent(start, end)

    def _stretch(self, start: int, end: int, sentence: tuple[int, int]) -> int:
        """Claims up to a reason, and the reason; returns where the next claims of the sentence begin."""
        text = self.view.text
        reason = REASON.search(text, start, end)
        limit = reason.start() if reason else end
        found = figures(text, start, limit)
        if not found:
            self._header(start, limit)
        previous = start
        shared: tuple[str, ...] = ()
        whole: tuple[str, ...] = ()
        for i, figure in enumerate(found):
            lead = text[previous : figure.start]
            claim = read_lead(lead, figure, self.offices)
            shared = claim.items or (shared[1:] if _LIST_ONLY.match(lead) else ())
            whole = claim.items or whole
            cut = max(text.rfind(stop, previous, figure.start) for stop in "，；。")
            if cut > previous:
                self._unchanged(previous, cut, sentence)
            following = found[i + 1].start if i + 1 < len(found) else limit
            tail = text[figure.end : following]
            read = 0
            for item in (shared if claim.each else shared[:1]) or ("",):
                read = self._figure(figure, self._shared(claim, item, whole), sentence, tail)
            shared = () if claim.each else shared
            previous = figure.end + read
        self._unchanged(previous, limit, sentence)
        if not reason:
            return end
        stop = self._reason_end(reason.end(), end)
        self._reason(reason, start, stop, sentence)
        return stop

    def _header(self, start: int, end: int) -> None:
        """A sentence without figures can name the subject of the next: 1.…行政运行(项)。"""
        text = self.view.text[start:end].rstrip("。：")
        if _COMPARES.match(text):
            return
        if ACCOUNT.search(text):
            named = read_subject(text, self.offices)
        else:
            named = read_subject(re.split(r"[，；：]", text)[0], self.offices)
            if canonical(named.label) not in known_names() and not named.code:
                self.year = named.year or self.year
                self.entity = named.entity or self.entity
                return
        self.current, self.current_start = self.thread.ranked(named), start

    def _shared(self, claim: Claim, item: str, items: tuple[str, ...]) -> Claim:
        """The claim about one thing of an enumeration; 2022年和2023年机关运行经费 share the name that stands last."""
        if not item:
            return claim
        named, last = read_subject(item, self.offices), read_subject(items[-1], self.offices)
        known = replace(named, label=named.label or last.label, measure=named.measure or last.measure)
        return replace(claim, subject=known, measure=claim.measure or known.measure)

    def _figure(self, figure: Figure, claim: Claim, sentence: tuple[int, int], tail: str) -> int:
        """Make the fact of one figure; returns how many characters behind it were read with it."""
        self._move(figure, claim)
        named, year = self.thread.ranked(claim.subject), self.year
        if named.year:
            self.year, self.stock = named.year, named.stock
        self.entity = named.entity or ("" if named.own and not self.project else self.entity)
        label, consumed = self._own_label(named), 0
        if not label and not figure.money and not figure.rate and not claim.direction:
            label, consumed = _counted(tail)
        if not label and not self.current.label:
            self.current = self.topic
        measure = claim.measure or named.measure or self._default_measure(figure, label)
        if not label and self._sums_up(figure, claim):
            self.current = Subject(self.levels.pop().label)
        kept = list(self.levels)
        if _OF_THE_LAST.match(label) and self.current.label:  # 自评项目37个，涉及资金544.16万元
            self.levels = [Level(self.current.label, self.current_unit)]
        if label:
            self.current, self.current_start = replace(named, label=label), sentence[0]
        elif figure.unit != self.current_unit and not figure.rate and not figure.money and self.current.label:
            label = _other_count(self.current.label, figure.unit)
        self._make(label or self.current.label, figure, claim, measure, sentence)
        self.levels = kept
        self.year = year if claim.measure == "上年" else self.year  # 较2023年的900万元增加100万元: this year again
        self.current_unit = figure.unit if not figure.rate else self.current_unit
        return consumed

    def _sums_up(self, figure: Figure, claim: Claim) -> bool:
        """购置公务用车1辆，其中：轿车0辆、越野车1辆，金额20万元: money behind counts of parts is that of the whole."""
        whole = self.levels[-1].unit if self.levels else ""
        return (
            figure.money
            and not claim.measure
            and self.current_unit == whole
            and bool(whole)
            and not whole.endswith("元")
        )

    def _own_label(self, named: Subject) -> str:
        """The label a figure's words give; "" where they only say 支出 of the subject before, or a verb."""
        if _VERB_ONLY.search(named.label):
            return ""
        if self.project and _EVALUATED.fullmatch(named.label):
            return self.project
        if named.label == "接待" and "接待" in self.current.label:  # 国内公务接待支出1万元，接待10批次
            return re.sub(r"(?:支出|费用?|经费)$", "", self.current.label)
        if named.label in _COUNTS and self.current.label:  # 召开2次会议，人数200人
            return re.sub(r"(?:次数|人数)$", "", self.current.label) + named.label
        if _BARE_SPENDING.match(named.label) and self.current.label:
            if self.current.label.endswith("收入") and named.label == "支出":
                return self.current.label.removesuffix("收入") + "支出"
            if self._goes_on():
                return ""
        return named.label

    def _goes_on(self) -> bool:
        """年初预算为…，支出决算为…: a bare 支出 is the subject's own, unless the talk was of income."""
        return bool(self.current.label) and "收入" not in self.current.label

    def _move(self, figure: Figure, claim: Claim) -> None:
        """Go up and down the levels that 其中, brackets and …中 open."""
        for _ in range(claim.closes):
            self.by_commas = False
            if self.levels:
                self.levels.pop()
        if claim.fresh:
            self.levels = []
        if claim.among and claim.among.label:
            self.levels = [Level(claim.among.label)]
        elif (claim.within or claim.opens) and self.current.label:
            if not self.levels or self.levels[-1].label != self.current.label:
                self.levels.append(Level(self.current.label, self.current_unit))
        elif claim.new_clause and self.levels and claim.subject.label and not figure.rate:
            whole = self.levels[-1].unit
            other = whole and not whole.endswith("元") and figure.unit != whole  # 16辆，其中：…；单价100万元以上设备2台
            if other or self.by_commas:  # 其中：行政人员95人，事业人员185人；离休人员2人
                self.levels.pop()
        parts = bool(self.levels) and bool(claim.subject.label) and not claim.direction and not figure.rate
        self.by_commas = parts and not claim.new_clause and not claim.within and not claim.opens

    def _default_measure(self, figure: Figure, label: str) -> str:
        if figure.money:
            carried = bool(re.search("结[转余]", label)) and self.year in {None, self.profile.year}
            return self.profile.stage if carried or not self.stock else ""
        if figure.unit == "分":
            return "得分"
        return "" if figure.rate else "数量"

    # ----------------------------------------------------------------------------------------------------------- facts

    def _make(self, label: str, figure: Figure, claim: Claim, measure: str, sentence: tuple[int, int]) -> None:
        if not label:
            return
        year = self.year or self.profile.year
        basis = claim.basis
        if measure.startswith("增减") and not basis and self.made and self.made[-1].measure in _COMPARED:
            basis = self.made[-1].basis
        if year and self.profile.year and year < self.profile.year and measure in _FLOWS and not self.stock:
            basis, measure = basis or claim.subject.noun, "上年"
        start, end = self._quote_span(sentence)
        own = self.current if label == self.current.label else Subject(label)
        names, code = own.code_names, own.code or (code_of(own.code_names, own.top) if own.code_names else "")
        path = tuple(subject(name) for name in names[:-1]) or self._parents(label)
        if own.code and not path:
            path = tuple(map(subject, load_vocabulary().path_of(own.code)))
        self.made.append(
            Fact(
                key=f"n{self.number}.{len(self.made) + 1}",
                source="text",
                label=subject(label),
                printed=figure.printed,
                value=abs(figure.value),
                unit=figure.unit,
                state=State.VALUE if figure.value else State.ZERO,
                place=self.paragraph.places(*self.view.printed(figure.start, figure.end))[0],
                quote=self.paragraph.text[start:end],
                code=code,
                path=path,
                section=self.paragraph.section,
                year=year,
                measure=measure,
                scope=scope_of(label, path, self.section, code.startswith("2") or bool(names)),
                direction=claim.direction,
                basis=basis,
                entity=self.entity or project_of(self.section),
                canonical=in_yuan(abs(figure.value), figure.unit),
                places=self.paragraph.places(start, end),
            )
        )

    def _parents(self, label: str) -> tuple[str, ...]:
        own = subject(label)
        return tuple(dict.fromkeys(subject(level.label) for level in self.levels if subject(level.label) != own))

    def _quote_span(self, sentence: tuple[int, int]) -> tuple[int, int]:
        """The sentence, from where its subject (or what it divides) was named if that stands shortly before it."""
        start, end = sentence
        begin = self.current_start
        if WITHIN.match(self.view.text[start:]) and begin >= start:
            begin = max((s for s, e in self.view.sentences() if e <= start), default=start)
        if begin < start and end - begin <= _LONGEST_QUOTE:
            start = begin
        return self.view.printed(start, end)

    # --------------------------------------------------------------------------------- no figure, no change, no such thing

    def _unchanged(self, start: int, end: int, sentence: tuple[int, int]) -> None:
        """与2024年预算持平: a change of nothing."""
        text = self.view.text
        for match in SAME.finditer(text, start, end):
            begin = max(start, max(text.rfind(stop, start, match.start()) for stop in "，；。：") + 1)
            words = text[begin : match.start()]
            if words.count("(") > words.count(")"):  # 50万元(与部门决算中公用经费之和一致)
                continue
            if WITHIN.match(words) and self.current.label:
                self.levels.append(Level(self.current.label, self.current_unit))
                words = WITHIN.sub("", words)
            base = re.search(BASIS + "$", words)
            named = read_subject(words[: base.start()] if base else words, self.offices)
            if named.label and MONEY_WORDS.search(named.label) and not _BARE_SPENDING.match(named.label):
                self.current, self.current_start = named, sentence[0]
            if not self.current.label or (not base and not MONEY_WORDS.search(words)):
                continue
            basis = (base.group("base") if base else "") or "上年"
            unit = self.current_unit if self.current_unit.endswith("元") else "万元"
            figure = Figure(match.start(), match.end(), match.group(), Decimal(0), unit)
            self._make(self.current.label, figure, Claim(named, basis=basis, direction="持平"), "增减额", sentence)

    def _absent(self, start: int, end: int) -> None:
        """没有政府性基金收入, 无机关运行经费: what the document says it does not have."""
        seen: set[str] = set()
        for absence in absences(self.view.text, start, end):
            named = read_subject(absence.what, self.offices)
            label = named.label or absence.what
            if label in seen:
                continue
            seen.add(label)
            figure = Figure(absence.start, absence.end, absence.word, Decimal(0), "")
            kept = self.current, self.levels
            self.current, self.levels = replace(named, label=label), []
            before = read_subject(self.view.text[start : absence.start], self.offices)
            self.year = named.year or before.year or self.year
            self._make(label, figure, Claim(named), self.profile.stage, (start, end))
            self.current, self.levels = kept

    # --------------------------------------------------------------------------------------------------------- reasons

    def _reason_end(self, start: int, end: int) -> int:
        """A reason ends with its sentence, or at a semicolon behind which another known figure is named."""
        text = self.view.text
        for match in re.finditer("；", text[start:end]):
            after = start + match.end()
            if _ENUMERATES.match(text, after):
                continue
            first = next(iter(figures(text, after, end)), None)
            if first is not None:
                named = read_lead(text[after : first.start], first, self.offices).subject
                if named.code_names or canonical(named.label) in known_names():
                    return after
        return end

    def _reason(self, match: re.Match[str], start: int, end: int, sentence: tuple[int, int]) -> None:
        text = self.view.text
        words = text[match.end() : end].rstrip("。；")
        targets = self._explains(text[start : match.start()])
        if words:
            printed = self.paragraph.text[slice(*self.view.printed(match.end(), match.end() + len(words)))]
            self.thread.give(targets, printed.strip("，。； "))
        else:
            self.thread.reason_due = targets
        self.explained = len(self.made)
        self._within_reason(match.end(), end, sentence)

    def _explains(self, before: str) -> list[str]:
        """Keys of the facts that a reason explains and that have none yet."""
        recent = self.made[self.explained :] or self.made
        wholes = [level.label for level in self.levels]
        facts = explained(before, self.made, recent, self.thread.facts, self.current.label, wholes)
        return [fact.key for fact in facts if fact.key not in self.thread.reasons]

    def _reason_from_before(self) -> None:
        """主要原因： at the end of a paragraph is answered by the next one."""
        if not self.thread.reason_due:
            return
        start, end = next(self.view.sentences())
        if not figures(self.view.text, start, end):
            printed = self.paragraph.text[slice(*self.view.printed(start, end))].rstrip("。")
            self.thread.give(self.thread.reason_due, printed)
        self.thread.reason_due = []

    def _within_reason(self, start: int, end: int, sentence: tuple[int, int]) -> None:
        """Figures inside a reason speak for themselves: only those that name what they are of are kept."""
        text = self.view.text
        kept = (self.current, self.levels, self.year, self.entity, self.current_unit)
        previous = start
        for figure in figures(text, start, end):
            lead = text[previous : figure.start]
            claim = read_lead(lead, figure, self.offices)
            previous = figure.end
            named = claim.subject
            if not named.label and not named.entity:
                continue
            self.entity, self.year = named.entity, named.year or kept[2]
            self.levels = [Level(claim.among.label)] if claim.among and claim.among.label else []
            label = named.label or kept[0].label
            measure = claim.measure or named.measure or self._default_measure(figure, label)
            self.current = replace(named, label=label)
            self._make(label, figure, claim, measure, sentence)
        self.current, self.levels, self.year, self.entity, self.current_unit = kept
        self.explained = len(self.made)


def _counted(tail: str) -> tuple[str, int]:
    """The noun behind a count, where none stands before it (内设 21个 职能科(室)), and its length."""
    match = _NOUN.match(tail)
    if not match:
        return "", 0
    noun = re.sub(r"(?<!为)中$", "", squeeze(match.group("noun")))
    return ("内设" + noun if re.search(r"科|处室", noun) and "机构" not in noun else noun), match.end()


def _other_count(label: str, unit: str) -> str:
    """因公出国(境)团组0个，累计0人次: the second count has a name of its own."""
    stem = re.sub(r"(?:团组|批次|次数|个数|数量)$", "", label)
    return stem + unit if stem != label else label
