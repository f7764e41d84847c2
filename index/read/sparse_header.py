"""The header of a table part without vertical rules: which words stand over which columns, level by level.

A short rule under words says over which columns they reach. Without one, words reach over the columns around whose
common middle they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from index.model import GridCell
from index.read.glyphs import Rule
from index.read.stacks import Stack
from index.wording import squeeze

_NUMBERING = re.compile(r"^(?:栏次|行次|栏目|列次|\d{1,2}(?:=[\d+\-=()]+)?)$")


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
    cells: Sequence[Stack], edges: Sequence[float], rules: Sequence[Rule], em: float
) -> tuple[list[GridCell], int]:
    """The header as cells of a grid, with how many rows it takes. `rules` are those shorter than the table."""
    if not cells:
        return [], 0
    numbering = _numbering(cells)
    words = [cell for cell in cells if all(cell is not other for other in numbering)]
    nodes = _nodes(words, edges, [*rules], 0, len(edges) - 2, em)
    depth = max((node.depth for node in nodes), default=0)
    rows = depth + bool(numbering)
    numbered = {cell.first for cell in numbering}
    out: list[GridCell] = []
    for node in nodes:
        _lay(node, 0, depth, rows, numbered, out)
    out += [GridCell(rows - 1, c.first, 1, 1, c.text, c.box) for c in numbering]
    return sorted(out, key=lambda cell: (cell.row, cell.col)), rows


def _numbering(cells: Sequence[Stack]) -> list[Stack]:
    """The lowest line where it numbers the columns: 栏次 1 2 3."""
    if not cells:
        return []
    low = max(cell.height for cell in cells)
    line = [cell for cell in cells if low - cell.height < 4 and len(cell.tokens) == 1]
    if sum(cell.text.isdigit() for cell in line) >= 2 or any(squeeze(c.text) == "栏次" for c in line):
        return [cell for cell in line if _NUMBERING.match(squeeze(cell.text)) and squeeze(cell.text) != "行次"]
    return []


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


def _nodes(
    cells: Sequence[Stack], edges: Sequence[float], rules: Sequence[Rule], first: int, last: int, em: float
) -> list[_Node]:
    """What stands over columns first..last, from left to right."""
    inside = [c for c in cells if first <= c.first and c.last <= last]
    groups = _ruled_groups(rules, edges, first, last)
    if not groups:
        return _grouped_by_middle(inside, edges, first, last, em)
    nodes: list[_Node] = []
    column = first
    for rule, a, b in groups:
        nodes += _nodes(inside, edges, (), column, a - 1, em) if column < a else []
        own = [c for c in inside if a <= c.first and c.last <= b]
        above = [c for c in own if c.height < rule.at]
        below = [c for c in own if c.height >= rule.at]
        lower = [r for r in rules if r.at > rule.at + 2]
        children = _nodes(below, edges, lower, a, b, em)
        nodes.append(_Node(_words(above), a, b, rule.at, tuple(children)))
        column = b + 1
    nodes += _nodes(inside, edges, (), column, last, em) if column <= last else []
    return nodes


def _ruled_groups(rules: Sequence[Rule], edges: Sequence[float], first: int, last: int) -> list[tuple[Rule, int, int]]:
    """The highest short rules side by side with the columns they underline; none where one underlines everything."""
    found: list[tuple[Rule, int, int]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        under = [k for k in range(first, last + 1) if rule.start - 2 <= (edges[k] + edges[k + 1]) / 2 <= rule.end + 2]
        if under and all(under[-1] < a or under[0] > b for _, a, b in found):
            found.append((rule, under[0], under[-1]))
    return sorted(found, key=lambda group: group[1])


def _words(cells: Sequence[Stack]) -> str:
    return "".join(c.text for c in sorted(cells, key=lambda c: (c.height, c.first)))


# -- without rules -----------------------------------------------------------------------------------------------------


def _grouped_by_middle(cells: Sequence[Stack], edges: Sequence[float], first: int, last: int, em: float) -> list[_Node]:
    """Leaves first: the lowest words of each column; then, upwards, words that stand over several of what is there."""
    leaves: list[_Node] = []
    rest: list[Stack] = []
    for column in range(first, last + 1):
        own = sorted((c for c in cells if c.first <= column <= c.last), key=lambda c: c.height)
        lowest = next((c for c in reversed(own) if c.first == c.last), None)
        if lowest is None:
            leaves.append(_Node("", column, column, 1e9))
            continue
        leaves.append(_Node(lowest.text, column, column, lowest.height))
        rest += [c for c in own if c is not lowest and all(c is not other for other in rest)]
    taken = [node.text for node in leaves]
    nodes = leaves
    for level in _levels([c for c in rest if c.text not in taken or c.first != c.last or _above(c, leaves)], em):
        nodes = _covered(level, nodes, edges, em)
    return nodes


def _above(cell: Stack, leaves: Sequence[_Node]) -> bool:
    return any(node.first == cell.first and cell.height < node.height - 1 for node in leaves)


def _levels(cells: Sequence[Stack], em: float) -> list[list[Stack]]:
    """Words at one height, from the lowest height up."""
    levels: list[list[Stack]] = []
    for cell in sorted(cells, key=lambda c: -c.height):
        if levels and levels[-1][0].height - cell.height < 0.5 * em:
            levels[-1].append(cell)
        else:
            levels.append([cell])
    return [sorted(level, key=lambda c: c.first) for level in levels]


def _covered(level: Sequence[Stack], nodes: Sequence[_Node], edges: Sequence[float], em: float) -> list[_Node]:
    """Each of the words of a level put over a run of nodes below it, so that the middles agree best."""
    out = list(nodes)
    free_from = 0
    for i, cell in enumerate(level):
        following = level[i + 1].first if i + 1 < len(level) else len(edges)
        choice = _best_run(cell, out, free_from, following, edges, em)
        if choice is None:
            continue
        a, b = choice
        group = tuple(out[a : b + 1])
        node = _Node(cell.text, group[0].first, group[-1].last, cell.height, group)
        out[a : b + 1] = [node]
        free_from = a + 1
    return out


def _best_run(
    cell: Stack, nodes: Sequence[_Node], begin: int, following: int, edges: Sequence[float], em: float
) -> tuple[int, int] | None:
    """The run of nodes (first, last) that includes the columns under the words and whose middle is nearest to theirs."""
    usable = [
        k
        for k in range(begin, len(nodes))
        if nodes[k].height > cell.height + 0.6 * em and nodes[k].last < max(following, cell.last + 1)
    ]
    best: tuple[float, int, int] | None = None
    for a, b in [*combinations(usable, 2), *((k, k) for k in usable)]:
        if b - a != usable.index(b) - usable.index(a) or nodes[a].first > cell.first or nodes[b].last < cell.last:
            continue
        middle = (edges[nodes[a].first] + edges[nodes[b].last + 1]) / 2
        score = abs(middle - cell.middle)
        if best is None or score < best[0] - 0.5:
            best = score, a, b
    if best is None:
        return None
    return best[1], best[2]
