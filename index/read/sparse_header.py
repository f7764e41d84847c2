"""The header of a table part without vertical rules: which words stand over which columns, level by level.

A short rule under words says over which columns they reach. Without one, words reach over the columns around whose
common middle they stand, as far as what heads those columns stands lower.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.model import GridCell
from index.read.glyphs import Rule
from index.read.headings import Header, Heading
from index.wording import squeeze

_SERIAL = "行次"

SAME = 1.5  # points between middles that are one
LEVEL = 1.2  # ems between the heights of words one above the other; what is nearer stands beside

Span = tuple[int, int]  # columns first..last
Reach = tuple[float, float]  # top, bottom


@dataclass(frozen=True, slots=True)
class _Node:
    """Words over columns first..last, with what stands under them.

    `height` is the middle of the words; as words stand in the middle of their cell, it tells where the cell, which
    ends at `foot`, begins.
    """

    text: str
    first: int
    last: int
    height: float
    foot: float
    children: tuple[_Node, ...] = ()

    @property
    def depth(self) -> int:
        return 1 + max((child.depth for child in self.children), default=0)


def header_cells(
    header: Header, spans: Sequence[Span], edges: Sequence[float], rules: Sequence[Rule], reach: Reach, em: float
) -> tuple[list[GridCell], int]:
    """The header as cells of a grid, with how many rows it takes.

    `spans` are the columns (first, last) of each leaf; `rules` are those shorter than the table; `reach` is where the
    header begins and ends.
    """
    top, bottom = reach
    numbers = [n for n in header.numbers if squeeze(n.text) != _SERIAL and all(n is not leaf for leaf in header.leaves)]
    feet = {_column(edges, n.middle): 2 * n.height - bottom for n in numbers}
    heights = {leaf.height: feet[a] for leaf, (a, _) in zip(header.leaves, spans, strict=True) if a in feet}
    leaves = [
        _Node(leaf.text, a, b, leaf.height, feet.get(a, _beside(leaf, heights, bottom)))
        for leaf, (a, b) in zip(header.leaves, spans, strict=True)
    ]
    groups: list[_Node] = []
    for group in sorted(header.groups, key=lambda g: g.height):
        begin = _begin(group, groups, edges, top)
        foot = 2 * group.height - begin
        apart = [g for g in header.groups if g is not group and abs(g.height - group.height) < LEVEL * em]
        columns = _underlined(group, edges, rules, em) or _around(group, leaves, edges, (begin, foot), apart, em)
        if columns:
            groups.append(_Node(group.text, *columns, group.height, foot))
    nodes = _tree(leaves, groups)
    depth = max((node.depth for node in nodes), default=0)
    rows = depth + bool(numbers)
    out: list[GridCell] = []
    for node in nodes:
        _lay(node, 0, depth, rows, set(feet), out)
    out += [GridCell(rows - 1, _column(edges, n.middle), 1, 1, n.text) for n in numbers]
    return sorted(out, key=lambda cell: (cell.row, cell.col)), rows


def _column(edges: Sequence[float], x: float) -> int:
    return max(0, min(len(edges) - 2, bisect_right(edges, x) - 1))


def _begin(group: Heading, above: Sequence[_Node], edges: Sequence[float], top: float) -> float:
    """Where the cell of a group begins: below the lowest group over it."""
    column = _column(edges, group.middle)
    over = [node.foot for node in above if node.first <= column <= node.last and node.height < group.top]
    return max(over, default=top)


def _beside(leaf: Heading, feet: Mapping[float, float], bottom: float) -> float:
    """The foot of a leaf that has no number below it: 行次 in one line with 项目 and 金额, which have one, ends with them."""
    return next((foot for height, foot in feet.items() if abs(height - leaf.height) < SAME), bottom)


def _around(
    group: Heading, leaves: Sequence[_Node], edges: Sequence[float], reach: Reach, apart: Sequence[Heading], em: float
) -> Span | None:
    """The columns around whose middle the words of a group stand, among those whose own cells begin below its foot.

    `reach` is where its cell begins and ends, `apart` the groups beside it, over whose columns it does not stand.
    """
    x0, _, x1, _ = group.box
    begin, foot = reach
    lower = [n for n in leaves if abs(n.height - (foot + n.foot) / 2) < abs(n.height - (begin + n.foot) / 2)]
    if not lower:
        lower = [node for node in leaves if node.height > group.height + 0.5 * em]
    choices = []
    for i, start in enumerate(lower):
        for end in lower[i:]:
            a, b = edges[start.first], edges[end.last + 1]
            if any(min(b, other.box[2]) - max(a, other.box[0]) > 0.3 * em for other in apart):
                continue
            if a <= x0 + em and b >= x1 - em and _unbroken(lower, start.first, end.last):
                choices.append((abs((a + b) / 2 - group.middle), start.first, end.last))
    nearest = min(choices, default=(em, 0, 0))[0]
    widest = max((c for c in choices if c[0] < nearest + SAME), key=lambda c: c[2] - c[1], default=None)
    return widest[1:] if widest and nearest < em else None


def _unbroken(nodes: Sequence[_Node], first: int, last: int) -> bool:
    return sum(n.last - n.first + 1 for n in nodes if first <= n.first and n.last <= last) == last - first + 1


def _underlined(group: Heading, edges: Sequence[float], rules: Sequence[Rule], em: float) -> Span | None:
    """The columns over the nearest short rule below a group."""
    x0, _, x1, bottom = group.box
    below = [r for r in rules if r.at > bottom - 0.3 * em and r.start < x0 + 1 and r.end > x1 - 1]
    below = [r for r in below if r.at < bottom + 3 * em and abs((r.start + r.end) / 2 - group.middle) < 0.6 * em]
    if not below:
        return None
    rule = min(below, key=lambda r: r.at)
    under = [k for k in range(len(edges) - 1) if rule.start - 2 <= (edges[k] + edges[k + 1]) / 2 <= rule.end + 2]
    return (under[0], under[-1]) if under else None


def _tree(leaves: Sequence[_Node], groups: Sequence[_Node]) -> list[_Node]:
    """Groups put over what stands lower within their columns, the lowest groups first."""
    nodes = list(leaves)
    for group in sorted(groups, key=lambda g: (-g.height, g.last - g.first)):
        own = [n for n in nodes if group.first <= n.first and n.last <= group.last and n.height > group.height]
        if not own:
            continue
        node = replace(group, first=own[0].first, last=own[-1].last, children=tuple(own))
        at = bisect_left([n.first for n in nodes], own[0].first)
        nodes = [n for n in nodes if all(n is not o for o in own)]
        nodes.insert(at, node)
    return nodes


def _lay(node: _Node, row: int, depth: int, rows: int, numbered: set[int], out: list[GridCell]) -> None:
    """Place a node from `row` on; a leaf reaches down to the numbering of its column, or past it where there is none."""
    width = node.last - node.first + 1
    if node.children:
        out.append(GridCell(row, node.first, 1, width, node.text))
        for child in node.children:
            _lay(child, row + 1, depth, rows, numbered, out)
        return
    foot = depth if numbered & set(range(node.first, node.last + 1)) else rows
    out.append(GridCell(row, node.first, foot - row, width, node.text))
