"""Frozen dataclasses to JSON and back, by their type hints: how runs are kept on disk.

Knows what runs are made of: dataclasses, tuples, StrEnum, Decimal (as text, never through a float), str, int, float,
bool and None.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Undecodable(ValueError):
    """JSON that is not of the type asked for; the message says where."""


def encode(value: object) -> Json:
    """A value as plain JSON. Fields that hold their default are left out."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((f, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {f.name: encode(held) for f, held in fields if held != f.default}
    raise TypeError(f"not part of a run: {type(value).__name__}")


def decode(kind: type[T], data: object) -> T:
    """What `encode` wrote, as a value of `kind`. Raises Undecodable."""
    return cast(T, _decode(kind, data, kind.__name__))


@cache
def _hints(kind: type) -> Mapping[str, object]:
    return get_type_hints(kind)


def _decode(kind: object, data: object, path: str) -> object:
    if get_origin(kind) in (Union, types.UnionType):
        return _decode_optional(get_args(kind), data, path)
    if get_origin(kind) is tuple:
        return _decode_tuple(get_args(kind), data, path)
    if not isinstance(kind, type):
        raise TypeError(f"{path}: {kind!r} is not part of a run")
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(kind, data, path)
    if issubclass(kind, Enum) or kind is Decimal:
        return _decode_text(kind, data, path)
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if type(data) is not kind:
        raise Undecodable(f"{path}: {kind.__name__} expected")
    return data


def _decode_text(kind: type, data: object, path: str) -> object:
    try:
        return kind(data)
    except (ValueError, TypeError, InvalidOperation) as fault:
        raise Undecodable(f"{path}: {kind.__name__} expected") from fault


def _decode_optional(kinds: tuple[object, ...], data: object, path: str) -> object:
    if data is None and types.NoneType in kinds:
        return None
    (kind,) = (k for k in kinds if k is not types.NoneType)
    return _decode(kind, data, path)


def _decode_tuple(kinds: tuple[object, ...], data: object, path: str) -> object:
    if not isinstance(data, list):
        raise Undecodable(f"{path}: list expected")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(data)
    if len(kinds) != len(data):
        raise Undecodable(f"{path}: {len(kinds)} items expected")
    return tuple(_decode(k, item, f"{path}[{i}]") for i, (k, item) in enumerate(zip(kinds, data, strict=True)))


def _decode_dataclass(kind: type, data: object, path: str) -> object:
    if not isinstance(data, dict):
        raise Undecodable(f"{path}: object expected")
    hints = _hints(kind)
    unknown = data.keys() - hints.keys()
    if unknown:
        raise Undecodable(f"{path}: unknown field {min(map(str, unknown))}")
    fields = {name: _decode(hints[name], held, f"{path}.{name}") for name, held in data.items()}
    try:
        return kind(**fields)
    except TypeError as fault:  # a field without default is missing
        raise Undecodable(f"{path}: {fault}") from fault
