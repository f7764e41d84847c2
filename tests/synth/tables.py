"""The public tables of an office's books: nine of an outturn, seven of a budget, in the manner of a style."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from tests.synth.books import FUNDS, Books, Hospitality
from tests.synth.classification import BLOCKS, CLASSES, OUTTURN_CLASSES, economic_name, function_name
from tests.synth.sheet import Sheet, header
from tests.synth.style import Style

Row = tuple[str, ...]
_ORDINALS = "一二三四五六七八九十"


def sheets_of(books: Books, style: Style) -> tuple[Sheet, ...]:
    """All tables of the disclosure, in order, each with its caption and rules."""
    made = _budget(books, style) if style.budget else _outturn(books, style)
    who = f"部门：{books.office.name}"
    return tuple(
        replace(
            sheet,
            title=sheet.title if style.titled or number % 3 else "",
            code=f"{'预算' if style.budget else '公开'}{number:02d}表",
            dept=who,
            period="" if style.budget else f"{books.year}年度",
            unit=style.unit_line,
            ruling=style.ruling,
            caption=style.caption,
            repeat_header=style.repeat_header,
            landscape=style.landscape,
            turned=style.turned,
            row_limit=style.row_limit,
            cut_rows=style.cut_rows,
        )
        for number, sheet in enumerate(made, 1)
    )


def _outturn(books: Books, style: Style) -> list[Sheet]:
    zeros = (0,) * 4
    received = ("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
    spent = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
    year = ("小计", "基本支出", "项目支出")

    def income(code: str) -> tuple[int, ...]:
        own = books.own_income if books.own_leaf.startswith(code) else 0
        return (books.received(code) + own, books.received(code), *zeros, own)

    def spending(code: str) -> tuple[int, ...]:
        return (books.spent(code), books.basic(code), books.project(code), 0, 0, 0)

    def fund(name: str) -> Sheet:
        return _by_account(
            f"{FUNDS[name]}财政拨款支出决算表", books, style, year,
            lambda c: (books.spent(c, name), books.basic(c, name), books.project(c, name)), (name,), over="本年支出",
        )  # fmt: skip

    return [
        _balance("收入支出决算总表", books, style, ("决算数",)),
        _by_account("收入决算表", books, style, received, income),
        _by_account("支出决算表", books, style, spent, spending),
        _balance("财政拨款收入支出决算总表", books, style, ("合计", "一般公共预算财政拨款", "政府性基金预算财政拨款")),
        fund("general"),
        _economic("一般公共预算财政拨款基本支出决算明细表", books, style, "决算数"),
        fund("fund"),
        _hospitality(
            "财政拨款“三公”经费支出决算表", style, (("预算数", books.hospitality_budget), ("决算数", books.hospitality))
        ),
    ]


def _budget(books: Books, style: Style) -> list[Sheet]:
    year = books.year
    kinds = ("合计", "人员经费", "公用经费", "项目支出")

    def split(code: str) -> tuple[int, ...]:
        basic = books.basic(code)
        public = basic // 5 // 10_000 * 10_000
        return (basic + books.project(code), basic - public, public, books.project(code))

    def general(code: str) -> tuple[int, ...]:
        return (books.spent(code, "general"), books.basic(code, "general"), books.project(code, "general"))

    return [
        _balance(f"{year}年部门收支总体情况表", books, style, ("金额",)),
        _by_account(f"{year}年部门支出总体情况表", books, style, kinds, split, over="本年支出"),
        _by_account(
            f"{year}年一般公共预算支出情况表", books, style, ("合计", "基本支出", "项目支出"), general, ("general",)
        ),
        _economic(f"{year}年一般公共预算基本支出情况表", books, style, "预算数"),
        _hospitality(f"{year}年一般公共预算“三公”经费支出情况表", style, (("预算数", books.hospitality_budget),)),
        _projects(f"{year}年项目支出情况表", books, style),
    ]


# ------------------------------------------------------------------------------------------------------- the kinds


def _by_account(
    title: str,
    books: Books,
    style: Style,
    leaves: Sequence[str],
    amounts: Callable[[str], tuple[int, ...]],
    funds: tuple[str, ...] = (),
    over: str = "",
) -> Sheet:
    """Accounts down the page, columns of money across; the codes joined or split over 类, 款 and 项."""
    codes = books.codes(*funds)
    show = style.printing.show
    wide = 3 if style.split_codes else 1
    first = ("科目编码", "<", "<") if style.split_codes else ("功能分类科目编码",)
    money = (over, *("<" for _ in leaves[1:])) if over else tuple(leaves)
    lines: list[Row] = [("项目", *("<" for _ in range(wide)), *money)]
    lines.append((*first, "科目名称", *(leaves if over else ["^"] * len(leaves))))
    if style.split_codes:
        lines.append(("类", "款", "项", "^", *(["^"] * len(leaves))))
    if style.numbered:
        lines.append(("^", "栏次", *(str(n) for n in range(1, len(leaves) + 1))))
    total = tuple(map(sum, zip(*(amounts(c) for c in codes if len(c) == 3), strict=True))) or (0,) * len(leaves)
    rows: list[Row] = [("合计", *([""] * wide), *map(show, total))]
    for code in codes:
        parts = (code[:3], code[3:5], code[5:]) if style.split_codes else (code,)
        rows.append((*parts, function_name(code), *map(show, amounts(code))))
    widths = (*([1.1] * wide if style.split_codes else [2.0]), 4.5, *([2.2] * len(leaves)))
    return Sheet(title, header(*lines), tuple(rows), widths, left=(wide,))


def _balance(title: str, books: Books, style: Style, columns: Sequence[str]) -> Sheet:
    """Income on the left, spending by class on the right; totals below both."""
    show, several = style.printing.show, len(columns) > 1
    sides = ["general", "fund"] if several else [None]
    income = [
        (f"{_ordinal(n)}、{FUNDS[f]}财政拨款收入", books.received(fund=f)) for n, f in enumerate(("general", "fund"), 1)
    ]
    if not several:
        income += [("三、事业收入", 0), ("四、其他收入", books.own_income)]
    names = OUTTURN_CLASSES if not style.budget else [CLASSES[c] for c in sorted(CLASSES)]
    of_name = {name: code for code, name in CLASSES.items()}
    spending = []
    for n, name in enumerate(names, 1):
        code = of_name.get(name, "none")
        by = [books.spent(code, side) for side in sides]
        spending.append((f"{_ordinal(n)}、{name}", [sum(by), *by] if several else by))
    totals = [books.spent(fund=side) for side in sides]
    spent = [sum(totals), *totals] if several else totals
    rows: list[Row] = []
    line = 1
    listed = [*zip_longest(income, spending), (("本年收入合计", sum(a for _, a in income)), ("本年支出合计", spent))]
    for left, right in listed:
        one: Row = (left[0], show(left[1])) if left else ("", "")
        other: Row = (right[0], *map(show, right[1]))
        if style.numbered:
            one, other = (one[0], str(line), one[1]), (other[0], str(line + len(listed)), *other[1:])
        rows.append((*one, *other))
        line += 1
    mark = ("行次",) if style.numbered else ()
    first = "决算数" if not style.budget and not several else "金额"
    top = ("收入", *("<" for _ in (*mark, 1)), "支出", *("<" for _ in (*mark, *columns)))
    second = ("项目", *mark, first, "项目", *mark, *columns)
    lines = [top, second]
    if style.numbered:
        lines.append(("栏次", "^", "1", "栏次", "^", *(str(n) for n in range(2, 2 + len(columns)))))
    side = (0.8,) if style.numbered else ()
    widths = (4.6, *side, 2.2, 4.6, *side, *([2.2] * len(columns)))
    return Sheet(title, header(*lines), tuple(rows), widths, left=(0, 2 + len(mark)))


def _economic(title: str, books: Books, style: Style, column: str) -> Sheet:
    """Three pairs of economic account and amount side by side."""
    show = style.printing.show
    blocks = [_block(books, codes) for codes in (("301",), ("302",), ("303", "310"))]
    rows = [
        tuple(text for item in line for text in ((item[0], item[1], show(item[2])) if item else ("", "", "")))
        for line in zip_longest(*blocks)
    ]
    last = ("人员经费合计", "", show(books.personnel), "公用经费合计", "", show(books.public), "", "", "")
    heads = header(("经济分类科目编码", "科目名称", column) * 3)
    return Sheet(title, heads, (*rows, last), (1.5, 3.2, 1.9) * 3, left=(1, 4, 7), landscape=True)


def _block(books: Books, classes: Iterable[str]) -> list[tuple[str, str, int]]:
    codes = [code for c in classes for code in (c, *BLOCKS[c][1])]
    return [(code, economic_name(code), books.economics(code)) for code in codes]


def _hospitality(title: str, style: Style, halves: Sequence[tuple[str, Hospitality]]) -> Sheet:
    """三公 in a single row under a header of three levels, once or twice side by side."""
    several = len(halves) > 1
    cars = ("公务用车购置及运行维护费", "<", "<")
    lines: list[Row] = []
    if several:
        lines.append(tuple(text for name, _ in halves for text in (name, *("<" * 5))))
    lines.append(("合计", "因公出国（境）费", *cars, "公务接待费") * len(halves))
    lines.append(("^", "^", "小计", "公务用车购置费", "公务用车运行维护费", "^") * len(halves))
    row = tuple(
        style.printing.show(fen) for _, h in halves for fen in (h.total, h.abroad, h.cars, h.buy, h.run, h.receive)
    )
    if style.numbered:
        lines.append(tuple(str(n) for n in range(1, len(row) + 1)))
    return Sheet(title, header(*lines), (row,), (1.0,) * len(row), landscape=several)


def _projects(title: str, books: Books, style: Style) -> Sheet:
    """Projects by name and office, and who pays."""
    show = style.printing.show
    lines = [
        ("类型", "项目名称", "项目单位", "合计", "本年拨款", "<"),
        ("^", "^", "^", "^", "一般公共预算", "政府性基金"),
    ]
    rows = [("特定目标类", name, books.office.name, show(fen), show(fen), show(0)) for name, fen in books.projects]
    total = show(sum(fen for _, fen in books.projects))
    return Sheet(title, header(*lines), (("合计", "", "", total, total, show(0)), *rows), (2, 4, 4, 2, 2, 2))


def _ordinal(n: int) -> str:
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_ORDINALS[tens - 1]}十") + (
        _ORDINALS[ones - 1] if ones else ""
    )
