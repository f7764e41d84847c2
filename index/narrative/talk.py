"""What a paragraph has spoken of so far, and the facts that it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from index.amounts import in_yuan
from index.model import Fact, Paragraph, Profile, Section, State
from index.narrative.clauses import Claim
from index.narrative.context import code_of, counted_in, project_of, reported, scope_of
from index.narrative.labels import BARE_SPENDING, scored
from index.narrative.lexicon import WITHIN, Figure
from index.narrative.subjects import Offices, Subject, topic_of
from index.narrative.thread import Level, Thread
from index.narrative.view import View, view_of
from index.vocabulary import load_vocabulary
from index.wording import squeeze, subject

_FLOWS = frozenset({"预算", "决算", "全年预算", "年初预算"})
# 公路养护项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为95.5分。全年预算数为…
_SELF_EVALUATION = re.compile(
    r"^(?:\d{1,2}[、.]|\([一二三四五六七八九十\d]{1,3}\))?[“《]?(?P<name>[^，；。：“”《》]{2,40}?)[”》]?(?:项目)?(?:支出)?(?:绩效)?自评(?:情况)?综述"
)
_COMPARED = frozenset({"增减额", "增减率", "上年"})
_CHINESE = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_BOUND = re.compile(r"[≥≤><=□]")  # a cell of a table that came apart names nothing
_SHORTEST = 2
_LONGEST_QUOTE = 200


@dataclass
class Talk:
    """The subject spoken of, the figures it divides, time, office and unit: what the next figure leaves unsaid."""

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
    spent: Subject = field(default_factory=Subject)  # the last that an amount of money was told of
    income: str = ""  # the last income named
    current_start: int = 0  # where the sentence begins that named the subject
    levels: list[Level] = field(default_factory=list)
    year: int | None = None
    stock: bool = False  # the year is a closing date, which holds until another time is named
    entity: str = ""
    evaluated: str = ""  # the project whose score the sentence gave
    by_commas: bool = False  # the parts of the level in force are parted by commas
    made: list[Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.view = view_of(self.paragraph.text)
        self.topic = topic_of(self.section, self.offices)
        summary = _SELF_EVALUATION.search(self.view.text)
        self.project = squeeze(summary.group("name")) if summary else reported(self.section)

    def sums_up(self, figure: Figure, claim: Claim) -> bool:
        """购置公务用车1辆，其中：轿车0辆、越野车1辆，金额20万元: money behind counts of parts is that of the whole."""
        whole = self.levels[-1].unit if self.levels else ""
        return (
            figure.money
            and not claim.measure
            and self.current_unit == whole
            and bool(whole)
            and not whole.endswith("元")
        )

    def remember(self, figure: Figure, claim: Claim) -> None:
        if figure.money and not claim.direction:
            self.spent = self.current
        if self.current.label.endswith("收入"):
            self.income = self.current.label

    def counts(self) -> bool:
        """Whether the subject in force is a number of things that was told behind an amount of money."""
        return bool(self.spent.label) and bool(self.current_unit) and not self.current_unit.endswith("元")

    def move(self, figure: Figure, claim: Claim) -> None:
        """Go up and down the levels that 其中, brackets and …中 open."""
        for _ in range(claim.closes):
            self.by_commas = False
            if self.levels:
                self._leave(self.levels.pop())
        if claim.fresh:
            self.levels = []
        if claim.among and claim.among.label:
            self.levels = [Level(claim.among.label)]
        elif (claim.within or claim.opens) and self.current.label:
            money = figure.money and claim.within and self.counts()  # 来宾80人次。其中外宾接待支出0元
            divided, unit = (self.spent, figure.unit) if money else (self.current, self.current_unit)
            if not self.levels or self.levels[-1].label != divided.label:
                self.levels.append(Level(divided.label, unit, divided))
        elif claim.new_clause and self.levels and claim.subject.label and not figure.rate:
            whole = self.levels[-1].unit
            other = whole and not whole.endswith("元") and figure.unit != whole  # 16辆，其中：…；单价100万元以上设备2台
            if other or self.by_commas:  # 其中：行政人员95人，事业人员185人；离休人员2人
                self.levels.pop()
        named = bool(claim.subject.label) and not BARE_SPENDING.match(claim.subject.label)
        parts = bool(self.levels) and named and not claim.direction and not figure.rate
        self.by_commas = parts and not claim.new_clause and not claim.within and not claim.opens

    def _leave(self, level: Level) -> None:
        """15批次(其中外事接待0批次)，105人次: behind the bracket it is again the whole that is spoken of."""
        if level.subject.label:
            self.current, self.current_unit = level.subject, level.unit

    def return_to_whole(self) -> None:
        """总收入80万元，其中：拨款50万元，其他收入30万元。比上年增加9万元: behind the parts it is again the whole that changed."""
        opened = self.levels[len(self.thread.levels) :]
        if opened:
            whole = subject(opened[0].label)
            parts = {fact.label for fact in self.made if fact.path[:1] == (whole,)}
            if len(parts) > 1:
                self._leave(opened[0])

    def default_measure(self, figure: Figure, label: str) -> str:
        if figure.money:
            carried = bool(re.search("结[转余]", label)) and self.year in {None, self.profile.year}
            return self.profile.stage if carried or not self.stock else ""
        if figure.unit == "分":
            return "得分"
        return "" if figure.rate else "数量"

    def make(self, label: str, figure: Figure, claim: Claim, measure: str, sentence: tuple[int, int]) -> None:
        if len(_CHINESE.findall(label)) < _SHORTEST or _BOUND.search(label):
            return
        if measure == "得分" and not self.project:
            label = scored(label, self.view.text[sentence[0] : figure.start])
            self.evaluated = re.sub(r"(?:项目)?(?:绩效)?自评$", "", label) if label.endswith("自评") else ""
        year = self.year or self.profile.year
        basis = claim.basis
        if figure.rate and not measure and claim.opens and self.made and self.made[-1].measure == "增减额":
            claim, measure = replace(claim, direction=self.made[-1].direction), "增减率"  # 减少0.5万元(14.29%)
        if measure.startswith("增减") and not basis and self.made and self.made[-1].measure in _COMPARED | _FLOWS:
            basis = self.made[-1].basis
        if year and year + 1 == self.profile.year and measure in _FLOWS and not self.stock:
            basis, measure = basis or claim.subject.noun, "上年"
        start, end = self._quote_span(sentence)
        own = self.current if label == self.current.label else Subject(label)
        names, code = own.code_names, own.code or (code_of(own.code_names, own.top) if own.code_names else "")
        path = tuple(subject(name) for name in names[:-1]) or self._parents(label)
        if not path and not figure.money and not figure.rate:
            said = self.view.text[slice(*sentence)]
            inside = counted_in(label, said, figure.start - sentence[0], self.spent.label)
            path = tuple(filter(None, (inside or (self.evaluated if measure == "数量" else ""),)))
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
