"""Characters from images: the one door to RapidOCR, whose weights come in its wheel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from index.read.image import Grey

THREADS = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """A recognised line of text; `score` is the mean certainty of its characters, 0..1."""

    text: str
    score: float
    box: tuple[float, float, float, float] | None = None  # pixels, where the image was searched for lines


class Recogniser(Protocol):
    """What reading a scan needs from a recogniser."""

    def lines(self, images: Sequence[Grey]) -> list[Seen]:
        """One line of text an image."""
        ...

    def search(self, image: Grey) -> list[Seen]:
        """The lines of text of a page, wherever they stand."""
        ...


def available() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


class RapidRecogniser:
    """RapidOCR on the CPU, one thread."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": THREADS,
            }
        )

    def lines(self, images: Sequence[Grey]) -> list[Seen]:
        import cv2

        if not images:
            return []
        found = self._engine.recognize_txt([cv2.cvtColor(image, cv2.COLOR_GRAY2BGR) for image in images])
        return [Seen(text, float(score)) for text, score in zip(found.txts, found.scores, strict=True)]

    def search(self, image: Grey) -> list[Seen]:
        import cv2

        found = self._engine(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=True)
        if found.boxes is None or found.txts is None:
            return []
        out = []
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
            (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
            out.append(Seen(text, float(score), (float(x0), float(y0), float(x1), float(y1))))
        return out


@lru_cache(maxsize=1)
def recogniser() -> Recogniser:
    """The recogniser of this process: loading its weights takes a second."""
    return RapidRecogniser()
