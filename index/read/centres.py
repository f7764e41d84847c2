"""The edges of columns from the middles of their headings: e[i] + e[i+1] = 2 c[i], and the table's own ends are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from index.read.glyphs import Rule
from index.read.headings import Header, Heading, read_headings, roles
from index.read.tokens import WRAP, Token, TokenLine, finer

FORGIVEN = 4  # columns over which an error of one em in the middles of headings may add up
TIGHT = (0.42, 0.15)  # ems between headings that fill their columns
MIN_ROW = 5  # edges that the fullest row of a form gives at least
SPARED = 0.35  # share of the rows of a form that may have texts merged over columns
STEP = 0.5  # points between the ends that are tried
NARROWEST = 5.0  # points
ACCEPTED = 0.8  # cost of a fit from which the gaps between texts tell more
OFF_CENTRE = 0.1  # cost of a heading an em beside the middle of the columns that it stands over
UNNAMED = 0.3  # cost of a column that has a number but no heading


@dataclass(frozen=True, slots=True)
class Fit:
    """Edges and how badly they suit the page: 0 where every text stands in one column and the ends meet."""

    edges: tuple[float, ...]
    header: Header
    cost: float


def fit_columns(
    head: Sequence[TokenLine],
    body: Sequence[TokenLine],
    rules: Sequence[Rule],
    left: float,
    right: float,
    em: float,
    slack: float = 0.0,
) -> Fit | None:
    """The best way to take the header; None where no way gives columns. The table may reach `slack` beyond its ends."""
    fits = []
    for lines in (head, *([finer(line, gap * em) for line in head] for gap in TIGHT)):
        found, numbers = read_headings(lines, rules, em)
        for header in roles(found, numbers, rules, em):
            for begin, end in _ends(header.leaves, left, right, slack):
                edges = settled(edges_of(header.leaves, begin, end), header.leaves, body)
                if edges:
                    cost = _gap(header.leaves, begin, end, em) + misfits(edges, body, em)
                    if slack:  # else words are merged, not misplaced, and the ends are known
                        cost += _crossed(edges, body, em) + OFF_CENTRE * _off_centre(header.groups, edges, em)
                        cost += _outside(edges, header.leaves, em)
                    cost += UNNAMED * sum(leaf in numbers for leaf in header.leaves)
                    fits.append(Fit(tuple(edges), header, cost))
    if slack and fits:
        least = min(fit.cost for fit in fits)
        best = [fit for fit in fits if fit.cost < least + 0.01]
        return best[len(best) // 2]  # ends anywhere in a stretch do as well: take its middle
    return min(fits, key=lambda fit: fit.cost, default=None)


def _ends(leaves: Sequence[Heading], left: float, right: float, slack: float) -> Iterator[tuple[float, float]]:
    """The ends that the table can have: its own, or where they are not known, those that the headings agree with."""
    if not slack:
        yield left, right
        return
    for step in range(int(slack / STEP) + 1):
        begin = left - step * STEP
        end = _end(leaves, begin)
        if right - 1 <= end <= right + slack:
            yield begin, end


def fit_form(pages: Sequence[Sequence[TokenLine]], left: float, right: float, em: float) -> list[float]:
    """The edges of a form from its fullest row, reckoned from the right end; none where no row gives any.

    A form has no one header; but one of its blocks (一级指标 二级指标 …) fills all columns beside the block's own name.
    """
    body = [line for lines in pages for line in lines]
    best: tuple[int, float, list[float]] = (MIN_ROW, 0.0, [])
    for row in (row for lines in pages for line in lines for row in _full_rows(line, lines, em)):
        edges = _from_right(row, left, right)
        if len(edges) >= best[0]:
            cost = misfits(edges, body, em)
            if cost < 4 * SPARED and (len(edges), -cost) > (best[0], -best[1]):
                best = len(edges), cost, edges
    return best[2]


def _full_rows(line: TokenLine, lines: Sequence[TokenLine], em: float) -> Iterator[list[Heading]]:
    """What stands at the height of a line, broken texts put together: taken as it is, and with close texts parted."""
    height = line[0].height
    near = [other for other in lines if abs(other[0].height - height) < WRAP * em]
    for gap in (None, *TIGHT):
        found, _ = read_headings([finer(other, gap * em) for other in near] if gap else near, (), em)
        yield sorted((h for h in found if abs(h.height - height) < 0.35 * em), key=lambda h: h.middle)


def _from_right(row: Sequence[Heading], left: float, right: float) -> list[float]:
    """Edges of a row of texts that ends at the right end; a name of the block may stand to the left of it."""
    edges = [right]
    for heading in reversed(row):
        edges.append(2 * heading.middle - edges[-1])
        if edges[-1] > heading.box[0] + 1 or edges[-2] < heading.box[2] - 1:
            return []
    if abs(edges[-1] - left) <= NARROWEST:
        edges.pop()
    return [left, *reversed(edges)] if edges[-1] > left else []


def _gap(leaves: Sequence[Heading], left: float, right: float, em: float) -> float:
    """By how many ems the ends fail to meet; a little for each column is how words are set, not a wrong header."""
    return abs(_end(leaves, left) - right) / em / max(1.0, len(leaves) / FORGIVEN)


def _end(leaves: Sequence[Heading], left: float) -> float:
    edge = left
    for leaf in leaves:
        edge = 2 * leaf.middle - edge
    return edge


def edges_of(leaves: Sequence[Heading], left: float, right: float) -> list[float]:
    """Edges reckoned from both ends, each end trusted more where it is nearer; none where they come out of order."""
    n = len(leaves)
    if n < 2:
        return []
    forward, backward = [left], [right]
    for leaf in leaves:
        forward.append(2 * leaf.middle - forward[-1])
    for leaf in reversed(leaves):
        backward.append(2 * leaf.middle - backward[-1])
    backward.reverse()
    edges = [((n - i) * f + i * b) / n for i, (f, b) in enumerate(zip(forward, backward, strict=True))]
    widths = [b - a for a, b in pairwise(edges)]
    return edges if min(widths) > NARROWEST else []


def settled(edges: list[float], leaves: Sequence[Heading], body: Sequence[TokenLine]) -> list[float]:
    """The edges moved off the figures that they cut, as far as the headings beside them leave room."""
    figures = [t for line in body for t in line if t.is_figure]
    for k in range(1, len(edges) - 1):
        low, high = leaves[k - 1].box[2], leaves[k].box[0]
        cut = [t for t in figures if t.x0 < edges[k] < t.x1]
        right, left = max((t.x1 for t in cut), default=edges[k]), min((t.x0 for t in cut), default=edges[k])
        nearest = min((right, left), key=lambda x: abs(x - edges[k]))
        if low <= nearest <= high:
            edges[k] = nearest
    return edges


def misfits(edges: Sequence[float], lines: Sequence[TokenLine], em: float) -> float:
    """The share of lines with a text across an edge or two texts in one column."""
    bad = 0
    for line in lines:
        columns = [_column(edges, t) for t in line]
        crossing = sum(t.is_figure and _crosses(edges, t, em) for t in line)
        bad += bool(crossing) or len(set(columns)) < len(columns)
    return bad / max(1, len(lines)) * 4


def _crossed(edges: Sequence[float], lines: Sequence[TokenLine], em: float) -> float:
    """The share of lines with a text across an edge."""
    return sum(any(_crosses(edges, t, em) for t in line) for line in lines) / max(1, len(lines))


def _outside(edges: Sequence[float], leaves: Sequence[Heading], em: float) -> float:
    """The share of headings that do not fit into their columns."""
    boxes = zip(pairwise(edges), (leaf.box for leaf in leaves), strict=True)
    return sum(box[0] < a - 0.3 * em or box[2] > b + 0.3 * em for (a, b), box in boxes) / len(leaves)


def _off_centre(groups: Sequence[Heading], edges: Sequence[float], em: float) -> float:
    """By how many ems headings miss the middle of the columns that they may stand over, at most one each."""
    middles = [(a + b) / 2 for a, b in combinations(edges, 2)]
    return sum(min(1.0, min(abs(group.middle - x) for x in middles) / em) for group in groups)


def _column(edges: Sequence[float], token: Token) -> int:
    return sum(edge < token.middle for edge in edges[1:-1])


def _crosses(edges: Sequence[float], token: Token, em: float) -> bool:
    return any(token.x0 + 0.3 * em < edge < token.x1 - 0.3 * em for edge in edges[1:-1])


def divided(edges: Sequence[float], lines: Sequence[TokenLine], em: float) -> list[float]:
    """Edges with those added that part texts standing side by side under one heading: 类 款 项 under 科目编码."""
    out = [edges[0]]
    for left, right in pairwise(edges):
        inside = [[t for t in line if left < t.middle < right] for line in lines]
        if sum(len(line) > 1 for line in inside) >= max(2, 0.3 * sum(bool(line) for line in inside)):
            out += _gaps([t for line in inside for t in line], em)
        out.append(right)
    return out


def _gaps(tokens: Sequence[Token], em: float) -> list[float]:
    """The middles of the stretches that no text reaches into."""
    ordered = sorted(tokens, key=lambda t: t.x0)
    found, reach = [], ordered[0].x1
    for t in ordered[1:]:
        if t.x0 - reach > 0.3 * em:
            found.append((t.x0 + reach) / 2)
        reach = max(reach, t.x1)
    return found


def spans_within(wide: Sequence[float], edges: Sequence[float]) -> list[tuple[int, int]]:
    """For each stretch between two wide edges the columns (first, last) inside it."""
    at = [min(range(len(edges)), key=lambda k: abs(edges[k] - x)) for x in wide]
    return [(a, b - 1) for a, b in pairwise(at)]


def header_over(
    edges: Sequence[float], head: Sequence[TokenLine], rules: Sequence[Rule], em: float
) -> tuple[Header, list[tuple[int, int]]]:
    """The header where the columns are known: the lowest words over each column head it, the others stand over groups."""
    found, numbers = read_headings(head, rules, em)
    leaves: dict[int, Heading] = {}
    for heading in sorted(found, key=lambda h: h.height):
        leaves[sum(edge < heading.middle for edge in edges[1:-1])] = heading
    chosen = tuple(leaves[k] for k in sorted(leaves))
    groups = tuple(h for h in found if all(h is not leaf for leaf in chosen))
    return Header(chosen, groups, tuple(numbers)), [(k, k) for k in sorted(leaves)]
