"""The header of a table part without vertical rules: which words stand over which columns, level by level.

A short rule under words says over which columns they reach. Without one, words reach over the columns around whose
common middle they stand, as far as what heads those columns stands lower.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from index.model import GridCell
from index.read.glyphs import Rule
from index.read.headings import Header, Heading
from index.wording import squeeze

_SERIAL = "行次"

SAME = 1.5  # points between middles that are one

Span = tuple[int, int]  # columns first..last


@dataclass(frozen=True, slots=True)
class _Node:
    """Words over columns first..last, with what stands under them."""

    text: str
    first: int
    last: int
    height: float
    children: tuple[_Node, ...] = ()

    @property
    def depth(self) -> int:
        return 1 + max((child.depth for child in self.children), default=0)


def header_cells(
    header: Header, spans: Sequence[Span], edges: Sequence[float], rules: Sequence[Rule], em: float
) -> tuple[list[GridCell], int]:
    """The header as cells of a grid, with how many rows it takes.

    `spans` are the columns (first, last) of each leaf; `rules` are those shorter than the table.
    """
    leaves = [_Node(leaf.text, a, b, leaf.height) for leaf, (a, b) in zip(header.leaves, spans, strict=True)]
    groups = [_spanned(group, leaves, edges, rules, em) for group in header.groups]
    nodes = _tree(leaves, [group for group in groups if group])
    numbers = [n for n in header.numbers if squeeze(n.text) != _SERIAL and all(n is not leaf for leaf in header.leaves)]
    depth = max((node.depth for node in nodes), default=0)
    rows = depth + bool(numbers)
    numbered = {_column(edges, n.middle) for n in numbers}
    out: list[GridCell] = []
    for node in nodes:
        _lay(node, 0, depth, rows, numbered, out)
    out += [GridCell(rows - 1, _column(edges, n.middle), 1, 1, n.text) for n in numbers]
    return sorted(out, key=lambda cell: (cell.row, cell.col)), rows


def _column(edges: Sequence[float], x: float) -> int:
    return max(0, min(len(edges) - 2, bisect_right(edges, x) - 1))


def _spanned(
    group: Heading, leaves: Sequence[_Node], edges: Sequence[float], rules: Sequence[Rule], em: float
) -> _Node | None:
    """A group with the columns it reaches over: those its rule underlines, or those around its middle."""
    ruled = _underlined(group, edges, rules, em)
    if ruled:
        return _Node(group.text, *ruled, group.height)
    x0, _, x1, _ = group.box
    lower = [node for node in leaves if node.height > group.height + 0.5 * em]
    choices = []
    for i, start in enumerate(lower):
        for end in lower[i:]:
            a, b = edges[start.first], edges[end.last + 1]
            if a <= x0 + em and b >= x1 - em and _unbroken(lower, start.first, end.last):
                choices.append((abs((a + b) / 2 - group.middle), start.first, end.last))
    nearest = min(choices, default=(em, 0, 0))[0]
    widest = max((c for c in choices if c[0] < nearest + SAME), key=lambda c: c[2] - c[1], default=None)
    return _Node(group.text, widest[1], widest[2], group.height) if widest and nearest < em else None


def _unbroken(nodes: Sequence[_Node], first: int, last: int) -> bool:
    return sum(n.last - n.first + 1 for n in nodes if first <= n.first and n.last <= last) == last - first + 1


def _underlined(group: Heading, edges: Sequence[float], rules: Sequence[Rule], em: float) -> tuple[int, int] | None:
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
        node = _Node(group.text, own[0].first, own[-1].last, group.height, tuple(own))
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
