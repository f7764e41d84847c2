"""Formulas of question sets: (106.22 + 5.45) / 860.00 * 100, recomputed in Decimal."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from decimal import Decimal, DivisionByZero, InvalidOperation

from qa.evaluate.errors import FormulaInvalid

_SCALES = frozenset({Decimal(100), Decimal(1000), Decimal(10_000), Decimal(100_000_000)})
_OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def compute(formula: str) -> Decimal:
    """The value of a formula of figures, + - * / and brackets. Raises FormulaInvalid."""
    try:
        return _value(_parse(formula).body, formula)
    except (DivisionByZero, InvalidOperation) as fault:  # 1 / 0 and 0 / 0
        raise FormulaInvalid(formula) from fault


def operands(formula: str) -> tuple[str, ...]:
    """The figures of a formula as printed, without the constants that only convert (100 for %, 10000 for 万)."""
    tree = _parse(formula)
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    printed = [_printed(node, formula) for node in sorted(constants, key=lambda node: node.col_offset)]
    return tuple(dict.fromkeys(text for text in printed if Decimal(text) not in _SCALES))


def _parse(formula: str) -> ast.Expression:
    try:
        return ast.parse(formula, mode="eval")
    except SyntaxError as fault:
        raise FormulaInvalid(formula) from fault


def _printed(node: ast.Constant, formula: str) -> str:
    """The digits as written: the parser itself would round 0.10 through a float."""
    text = ast.get_source_segment(formula, node) or ""
    if (
        isinstance(node.value, bool)
        or not isinstance(node.value, int | float)
        or not text.replace(".", "", 1).isdigit()
    ):
        raise FormulaInvalid(formula)
    return text


def _value(node: ast.expr, formula: str) -> Decimal:
    if isinstance(node, ast.Constant):
        return Decimal(_printed(node, formula))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, formula)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.left, formula), _value(node.right, formula))
    raise FormulaInvalid(formula)
