"""One paragraph at a time: sentences, figures, and what is carried from one to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from index.model import Fact
from index.narrative.absent import absences
from index.narrative.clauses import Claim, read_lead
from index.narrative.context import holds_no_figures, is_residue
from index.narrative.labels import BARE_SPENDING, counted, other_count, own_label
from index.narrative.lexicon import ACCOUNT, BASIS, COMPARED_AGAIN, MONEY_WORDS, REASON, SAME, WITHIN, Figure, figures
from index.narrative.subjects import Subject, known_names, read_subject, with_rank
from index.narrative.talk import Talk
from index.narrative.thread import Level, explained
from index.wording import canonical, subject

_ITEM = re.compile(r"^(?:\d{1,2}[、.](?!\d)|\([一二三四五六七八九十]{1,3}\))")
_BARE_MEASURE = re.compile(r"^(?:20\d\d年度?)?(?:当年|全年)?(?:年初预算|(?:支出)?决算|预算(?:执行数|数|安排|为))")
_COMPARES = re.compile(BASIS)
_OF_THE_LAST = re.compile(r"^(?:涉及|(?:经费|费用|支出|资金)(?:总额|金额)?$|总?金额$)")
_LIST_ONLY = re.compile(r"^[、和及与，]*$")
_ENUMERATES = re.compile(r"[一二三四五六七八九]是|\(?[\d一二三四五六七八九]\)|[①-⑳]|\d[.、]|同时|此外")
_COMPARED_NEXT = re.compile(r"[，(](?:与|比|较|同比|占|完成)")


@dataclass
class ParagraphReader(Talk):
    """Reads sentences from left to right."""

    explained: int = 0  # facts before this index have had their chance of a reason

    def read(self) -> list[Fact]:
        text = self.view.text
        if not text or holds_no_figures(self.section, text) or is_residue(self.paragraph.text):
            return []
        item = bool(_ITEM.match(text))
        if self.thread.header and not item:
            self.current = self.thread.header
        elif self.project:
            self.current, self.entity = Subject(self.project), self.project
        elif not item and self.thread.account and _BARE_MEASURE.match(text):
            self.current = self.thread.account
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
        self.thread.account = self.current if self.current.code_names else None
        self.thread.last = Level(self.current.label, self.current_unit) if self.current.label else None
        self.thread.facts.extend(self.made)
        return self.made

    # ------------------------------------------------------------------------------------------------------- sentences

    def _sentence(self, start: int, end: int) -> None:
        if _COMPARES.match(self.view.text, start):
            self.return_to_whole()
        self.levels = list(self.thread.levels)
        self.year = self.year if self.stock else None
        self.evaluated = ""
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
            named = read_subject(with_rank(text), self.offices)
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
        self.move(figure, claim)
        named, year = self.thread.ranked(claim.subject), self.year
        if named.year:
            self.year, self.stock = named.year, named.stock
        self.entity = named.entity or ("" if named.own and not self.project else self.entity)
        label, consumed = own_label(named, self.current.label, self.project, self.income), 0
        if not label and not figure.money and not figure.rate and not claim.direction:
            label, consumed = counted(tail)
        if not label and not self.current.label:
            self.current = self.topic
        measure = claim.measure or named.measure or self.default_measure(figure, label)
        if not label and self.sums_up(figure, claim):
            self.current = Subject(self.levels.pop().label)
        kept = list(self.levels)
        if _OF_THE_LAST.match(label) and self.current.label:  # 自评项目37个，涉及资金544.16万元
            whole = self.made[-1] if self.made and self.made[-1].label == subject(self.current.label) else None
            self.levels = [*map(Level, whole.path if whole else ()), Level(self.current.label, self.current_unit)]
        if label:
            self.current, self.current_start = replace(named, label=label), sentence[0]
            self.remember(figure, claim)
        elif figure.money and claim.direction and self.counts():
            self.current = self.spent  # 保有公务用车5辆，比上年减少1万元
        elif figure.unit != self.current_unit and not figure.rate and not figure.money and self.current.label:
            label = other_count(self.current.label, figure.unit)
        self.make(label or self.current.label, figure, claim, measure, sentence)
        self.levels = kept
        self.year = year if claim.measure == "上年" else self.year  # 较2023年的900万元增加100万元: this year again
        self.current_unit = figure.unit if not figure.rate else self.current_unit
        return consumed

    # --------------------------------------------------------------------------------- no figure, no change, no such thing

    def _unchanged(self, start: int, end: int, sentence: tuple[int, int]) -> None:
        """与2024年预算持平: a change of nothing."""
        text = self.view.text
        for match in SAME.finditer(text, start, end):
            begin = max(start, max(text.rfind(stop, start, match.start()) for stop in "，；。：") + 1)
            words = text[begin : match.start()]
            if words.count("(") > words.count(")") or "是否" in words:  # 50万元(与部门决算中公用经费之和一致)
                continue
            if WITHIN.match(words) and self.current.label:
                self.levels.append(Level(self.current.label, self.current_unit))
                words = WITHIN.sub("", words)
            base = re.search(BASIS + "$", words)
            named = read_subject(words[: base.start()] if base else words, self.offices)
            if named.label and MONEY_WORDS.search(named.label) and not BARE_SPENDING.match(named.label):
                self.current, self.current_start = named, sentence[0]
            other = re.search(r"[与跟同][^，]{2,}$", words)  # 决算报表数据与账簿一致: against no year or plan
            if not self.current.label or (not base and (other or not MONEY_WORDS.search(words))):
                continue
            basis = (base.group("base") if base else "") or "上年"
            unit = self.current_unit if self.current_unit.endswith("元") else "万元"
            figure = Figure(match.start(), match.end(), match.group(), Decimal(0), unit)
            self.make(self.current.label, figure, Claim(named, basis=basis, direction="持平"), "增减额", sentence)

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
            self.make(label, figure, Claim(named), self.profile.stage, (start, end))
            self.current, self.levels = kept

    # --------------------------------------------------------------------------------------------------------- reasons

    def _reason_end(self, start: int, end: int) -> int:
        """A reason ends with its sentence, at a semicolon behind which another figure is named, at another comparison."""
        text = self.view.text
        previous = start
        for figure in figures(text, start, end):
            again = COMPARED_AGAIN.search(text, previous, figure.start)
            if again and again.start() > start and (figure.money or figure.rate) and self._not_yet(again.group("base")):
                end = again.start("change")
                break
            previous = figure.end
        for match in re.finditer("；", text[start:end]):
            after = start + match.end()
            if _ENUMERATES.match(text, after):
                continue
            first = next(iter(figures(text, after, end)), None)
            if first is not None:
                named = read_lead(text[after : first.start], first, self.offices).subject
                known = bool(named.code_names) or canonical(named.label) in known_names()
                compared = first.money and named.label and _COMPARED_NEXT.match(text, first.end)
                if known or (compared and MONEY_WORDS.search(named.label)):
                    return after
        return end

    def _not_yet(self, base: str | None) -> bool:
        """Whether the subject has no change against this base: 较上年减少50万元 behind one is part of its reason."""
        budget = "预算" in (base or "") and "上年" not in (base or "")
        changes = [f for f in self.made if f.label == subject(self.current.label) and f.measure == "增减额"]
        return all(("预算" in f.basis and "上年" not in f.basis) != budget for f in changes)

    def _reason(self, match: re.Match[str], start: int, end: int, sentence: tuple[int, int]) -> None:
        text = self.view.text
        words = text[match.end() : end].rstrip("。；，")
        targets = self._explains(text[start : match.start()])
        if match.group("same"):
            self.thread.give(targets, self.thread.reason)
        elif words:
            printed = self.paragraph.text[slice(*self.view.printed(match.end(), match.end() + len(words)))]
            self.thread.reason = printed.strip("，。； ")
            self.thread.give(targets, self.thread.reason)
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
        shared: tuple[str, ...] = ()
        whole: tuple[str, ...] = ()
        for figure in figures(text, start, end):
            lead = text[previous : figure.start]
            claim = read_lead(lead, figure, self.offices)
            shared = claim.items or (shared[1:] if _LIST_ONLY.match(lead) else ())
            whole = claim.items or whole
            claim = self._shared(claim, shared[0] if shared else "", whole)
            previous = figure.end
            named = claim.subject
            if not named.label and not named.entity:
                continue
            self.entity, self.year = named.entity, named.year or kept[2]
            self.levels = [Level(claim.among.label)] if claim.among and claim.among.label else []
            label = named.label or kept[0].label
            measure = claim.measure or named.measure or self.default_measure(figure, label)
            self.current = replace(named, label=label)
            self.make(label, figure, claim, measure, sentence)
        self.current, self.levels, self.year, self.entity, self.current_unit = kept
        self.explained = len(self.made)
