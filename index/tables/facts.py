"""Tables -> facts: one for every body cell with a figure, and for a blank, a dash or a word where figures stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from index.amounts import is_dash, parse_amount, unit_of
from index.model import Cell, Fact, Finding, Locator, Profile, State, Table
from index.tables.accounts import Ledger, coded_name, full_name
from index.tables.columns import Block, Role, blocks, filled, reaching, roles
from index.tables.figure import Row, make_fact
from index.tables.forms import form_facts
from index.tables.hierarchy import RowOutline
from index.tables.matrix import is_header_row, lists_measures, lists_units, matrix_facts, of_year, total_name
from index.tables.projects import divided_accounts
from index.tables.sense import Sense, sense, sense_in_row
from index.vocabulary import load_vocabulary
from index.wording import close, squeeze, subject

_PROJECT_DIGITS = 12  # a project code is longer than any unit code
_TOTAL_LABEL = "合计"
_TOTAL = re.compile(r"合计|总计")
_TARGET = re.compile(r"[≥≤><=~]*\d[\d,.]*(?:%|万?元|[期次人个份场册套台辆家天月件条项批户]|人次|批次|场次)")
_OFFICE = re.compile(r"[厅局委办院中心馆站所队会社校园](?:\(?(?:本级|本部|机关)\)?)?$")
_UNITS_ONLY = re.compile(r"(?:预算|所属|基层)?单位(?:名称)?|部门名称")
_OF_INDICATORS = frozenset({"指标值", "实际值", "分值", "得分", "偏差度"})
_NUMBERING = frozenset({"栏次", "行次"})


def table_facts(table: Table, profile: Profile) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Every figure of a table, with what is wrong in the print of its keys. `table.kind` must be set (see classify)."""
    if not table.rows:
        return (), ()
    if table.form or not any(table.columns):
        return form_facts(table, profile), ()
    found = roles(replace(table, rows=tuple(row for row in table.rows if not is_header_row(row))))
    if not any(role in {Role.LABEL, Role.CODE, Role.ENTITY} for role in found):
        return matrix_facts(table, profile, found), ()
    if lists_units(table, found) or lists_measures(table, found):
        return _without_lone_entity(matrix_facts(table, profile, found)), ()
    reader = _Reader(table, profile, found)
    facts = tuple(reader.facts())
    return _without_lone_entity(facts), tuple(reader.findings)


@dataclass
class _Reader:
    """Reads one table of rows: what is carried from row to row lives here."""

    table: Table
    profile: Profile
    found: tuple[Role, ...]
    findings: list[Finding] = field(default_factory=list)

    def facts(self) -> Iterator[Fact]:
        parts = blocks(self.table, self.found)
        rows = reaching(filled(self.table), parts)
        senses = {i: sense(self.table.columns[i], self.table, self.profile) for b in parts for i in b.figures}
        names = self._names(rows, parts[0]) if parts else {}
        empty = {i for i in senses if not any(row[i].text for row in rows)}
        for number, block in enumerate(parts):
            for fact in self._block(rows, block, senses, names if number else {}):
                if fact.col not in empty or _TOTAL.search(fact.label):  # a column without a figure is said once
                    yield fact

    def _block(
        self, rows: tuple[tuple[Cell, ...], ...], block: Block, senses: dict[int, Sense], owners: dict[int, str]
    ) -> Iterator[Fact]:
        outline, ledger = RowOutline(), Ledger(load_vocabulary())
        unit, category, heading = "", Row("", ()), ""
        divided = self._divided_by_units(rows, block)
        accounts, keys = divided_accounts(rows, block), dict[int, Row]()
        for r, row in enumerate(rows):
            if self._is_rest(rows, r, block):
                continue
            label, figures = self._label(rows, r, block), {c: c for c in block.figures}
            slipped = bool(_TARGET.fullmatch(squeeze(label)))
            if slipped:
                label, figures = self._slipped(row, block), {block.labels[0]: block.figures[0]}
            if squeeze(label) in _NUMBERING or (not label and not self._is_total(rows, r, block)):
                continue
            key = self._key(rows, r, block, label, outline, ledger)
            if self._is_unit(row, block, key):
                unit = key.label
                if divided and category.label:
                    key = replace(key, path=(*category.path, category.label))
            elif divided:
                unit, category = "", Row("", ()) if _TOTAL.search(key.label) else key
            if self._names_class(row, block):
                heading = "" if _TOTAL.search(key.label) else key.label
                key = replace(key, path=())
            elif heading and heading not in key.path and not self._kinds(row):
                key = replace(key, path=(heading, *key.path))
            if r in accounts:
                above = keys[accounts[r]]
                key = replace(key, path=(*above.path, above.label))
            keys[r] = key
            entity = self._entity(row) or unit
            if self._indicates(block):
                entity = owners.get(r, entity)
            key = Row(key.label, (label,), entity=entity) if slipped else replace(key, entity=entity)
            for c, under in figures.items():
                if self.table.rows[r][c] is row[c]:  # not a figure merged down from a row above
                    column = self.table.columns[under]
                    own = self._sense(senses[under], column, key, row)
                    yield make_fact(self.table, key, own, row[c], (r, c), column[-1:] if slipped else column)

    def _slipped(self, row: tuple[Cell, ...], block: Block) -> str:
        """The name of an indicator that stands one column beside its place: its 指标值 is where names stand.

        To which class of indicators it belongs cannot be told then: it may have slipped to either side.
        """
        name = block.labels[0]
        if not block.side or name < 2 or not row[name - 1].text:
            return ""
        before = squeeze(row[name - 2].text)
        return close(row[name - 1].text) if not before or _TARGET.fullmatch(before) else ""

    def _label(self, rows: tuple[tuple[Cell, ...], ...], r: int, block: Block) -> str:
        """The row's name as printed; a total can stand merged over the code column too."""
        row = rows[r]
        for c in (*block.labels[:1], *block.codes):
            text = close(row[c].text)
            if text and not text.isdigit():
                return text + (self._rest_of(rows, r, block) if c in block.labels else "")
        return "" if block.side else self._heading(row)

    def _heading(self, row: tuple[Cell, ...]) -> str:
        """What a row says that names nothing but its kind (一、货物) or its unit: it is their sum; or a total so placed."""
        asides = {Role.FIGURE, Role.UNIT_CODE, Role.SERIAL}
        said = [(role, close(row[c].text)) for c, role in enumerate(self.found) if role not in asides and row[c].text]
        figures = [row[c].text for c, role in enumerate(self.found) if role is Role.FIGURE and row[c].text]
        if len(said) != 1 or not figures or any(parse_amount(t) is None and not is_dash(t) for t in figures):
            return ""
        role, text = said[0]
        return text if role in {Role.KIND, Role.ENTITY} or _TOTAL.fullmatch(squeeze(text)) else ""

    def _is_total(self, rows: tuple[tuple[Cell, ...], ...], r: int, block: Block) -> bool:
        """A first or last row of figures without any name is the total."""
        edge = r in {0, len(rows) - 1}
        bare = not any(rows[r][c].text for c, role in enumerate(self.found) if role is not Role.FIGURE)
        return edge and bare and any(rows[r][c].text for c in block.figures)

    def _rest_of(self, rows: tuple[tuple[Cell, ...], ...], r: int, block: Block) -> str:
        return close(rows[r + 1][block.labels[0]].text) if self._is_rest(rows, r + 1, block) else ""

    def _is_rest(self, rows: tuple[tuple[Cell, ...], ...], r: int, block: Block) -> bool:
        """The row is only the second half of the account name above it, cut off by a rule of the table."""
        if not block.labels or not block.codes or not 0 < r < len(rows):
            return False
        name = block.labels[0]
        if not rows[r][name].text or any(cell.text for c, cell in enumerate(rows[r]) if c != name):
            return False
        code = "".join(squeeze(rows[r - 1][c].text) for c in block.codes)
        return full_name(rows[r - 1][name].text, rows[r][name].text, code, load_vocabulary())

    def _key(
        self, rows: tuple[tuple[Cell, ...], ...], r: int, block: Block, label: str, outline: RowOutline, ledger: Ledger
    ) -> Row:
        row = rows[r]
        words = tuple(close(row[c].text) for c in sorted((*block.codes, *block.labels)) if row[c].text)
        code_cells = self._codes(block)
        codes, place = [row[c].text for c in code_cells], self._place(row, code_cells or block.labels)
        if not any(codes):
            printed, label = coded_name(label, ledger.vocabulary)
            codes = [printed]
        name = total_name(subject(label) or _TOTAL_LABEL, self.table)
        if any(codes):
            account = ledger.resolve(codes, label, place)
            if account.finding:
                self.findings.append(account.finding)
            path, code = account.path, account.code
        else:
            path, code = outline.place(label), ""
        beside = self._beside(row, block, label)
        return Row(name, tuple(dict.fromkeys(words)), (*block.side, *path, *beside), code)

    def _place(self, row: tuple[Cell, ...], columns: tuple[int, ...]) -> Locator:
        cell = row[columns[0] if columns else 0]
        return Locator(cell.page, cell.bbox)

    def _indicates(self, block: Block) -> bool:
        """Whether the rows of the block are indicators, which belong to the project named before them."""
        return bool(re.search(r"三级(?:绩效)?指标|指标名称", self._head(block)))

    def _head(self, block: Block) -> str:
        """What heads the column that names the rows; "" where nothing does."""
        path = self.table.columns[block.labels[0]] if block.labels else ()
        return squeeze(path[-1]) if path else ""

    def _codes(self, block: Block) -> tuple[int, ...]:
        """Code columns of the first classification of the block: those before its first name."""
        first = min(block.labels, default=len(self.found))
        return tuple(c for c in block.codes if c < first) or block.codes

    def _beside(self, row: tuple[Cell, ...], block: Block, label: str) -> tuple[str, ...]:
        """What else qualifies the row: the second classification beside the first, a 类型 column."""
        second = [subject(row[c].text) for c in block.labels[1:] if row[c].text]
        if block.side:
            return tuple(second)
        above = {Role.KIND} if not self._indicates(block) else {Role.LEVEL}
        kinds = [squeeze(row[c].text) for c, role in enumerate(self.found) if role in above]
        own = {squeeze(label), ""}  # a row may be named by nothing but its kind
        return (*(k for k in kinds if k not in own and not k.isdigit() and not _TOTAL.fullmatch(k)), *second)

    def _kinds(self, row: tuple[Cell, ...]) -> tuple[str, ...]:
        return tuple(text for c, role in enumerate(self.found) if role is Role.KIND and (text := squeeze(row[c].text)))

    def _names_class(self, row: tuple[Cell, ...], block: Block) -> bool:
        """Whether a row has a kind and no name: it heads the rows below, and its figure is theirs together."""
        if any(row[c].text for c in block.labels):
            return False
        heading = squeeze(self._heading(row))
        return heading in self._kinds(row) or bool(_TOTAL.search(heading))

    def _entity(self, row: tuple[Cell, ...]) -> str:
        named = (squeeze(row[c].text) for c, role in enumerate(self.found) if role is Role.ENTITY)
        return next((name for name in named if name and not _TOTAL.search(name)), "")

    def _is_unit(self, row: tuple[Cell, ...], block: Block, key: Row) -> bool:
        """A row that names a unit, whose rows follow: a unit code, no account, no project."""
        if key.code:
            return False
        if Role.UNIT_CODE not in self.found:
            header = self._head(block)
            only = _UNITS_ONLY.fullmatch(header) and not _TOTAL.search(key.label)
            return bool(only) or ("单位" in header and bool(_OFFICE.search(key.label)))
        code = "".join(squeeze(row[c].text) for c, role in enumerate(self.found) if role is Role.UNIT_CODE)
        if not code.isdigit() or len(code) > _PROJECT_DIGITS:
            return False
        kinds = [c for c, role in enumerate(self.found) if role is Role.KIND]
        return not kinds or not any(row[c].text for c in kinds)

    def _divided_by_units(self, rows: tuple[tuple[Cell, ...], ...], block: Block) -> bool:
        """Whether units that come again and again divide the rows above them: 工资福利支出 by unit, 商品和服务支出 by unit."""
        if Role.UNIT_CODE in self.found or "单位" not in self._head(block):
            return False
        named = [subject(self._label(rows, r, block)) for r in range(len(rows))]
        units = [name for name in named if _OFFICE.search(name)]
        return len(set(units)) < len(units)

    def _names(self, rows: tuple[tuple[Cell, ...], ...], block: Block) -> dict[int, str]:
        """For tables whose further columns speak about the row's project: the project of each row, carried down."""
        names: dict[int, str] = {}
        last = ""
        for r in range(len(rows)):
            last = subject(self._label(rows, r, block)) or last
            names[r] = last
        return names

    def _sense(self, found: Sense, column: tuple[str, ...], key: Row, row: tuple[Cell, ...]) -> Sense:
        own = sense_in_row(found, column, (key.label, *reversed(key.path)), self.table)
        own = of_year(own, row, self.found, self.profile)
        if own.unit or own.measure not in {"指标值", "实际值", "数量"}:
            return own
        units = (squeeze(row[c].text) for c, role in enumerate(self.found) if role is Role.MEASURE)
        return replace(own, unit=unit_of(next(units, "")))


def _without_lone_entity(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """A unit named on every row tells nothing apart: only where a table lists several is it kept.

    The project to which an indicator belongs is kept in any case.
    """
    named = [fact for fact in facts if fact.entity and fact.measure not in _OF_INDICATORS]
    if len({fact.entity for fact in named}) != 1 or not any(fact.state is not State.BLANK for fact in facts):
        return facts
    lone = {fact.key for fact in named}
    return tuple(replace(fact, entity="") if fact.key in lone else fact for fact in facts)
