"""Pages of audited documents as small pictures: each page once, whatever number of findings point at it."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass

from index.errors import IngestError, StoreError
from index.stores import Index
from qa.audit.model import AuditFinding

PageKey = tuple[str, int]  # document, page
_SCALE = 1.3
_COLOURS = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a data URL; `width` and `height` in points."""

    url: str
    width: float
    height: float


def page_pictures(index: Index, findings: Iterable[AuditFinding], figures: int) -> dict[PageKey, Picture]:
    """Pictures of the pages on which the first `figures` figures of each finding stand; formats without pages have none."""
    wanted = {
        (figure.document, figure.page): None
        for finding in findings
        for figure in finding.figures[:figures]
        if figure.bbox is not None
    }
    found = {key: _picture(index, *key) for key in wanted}
    return {key: picture for key, picture in found.items() if picture is not None}


def _picture(index: Index, document: str, page: int) -> Picture | None:
    from PIL import Image

    from index.read.render import render_page

    try:
        path = index.source(document)
        if path.suffix.lower() != ".pdf":
            return None
        png = render_page(path, page, scale=_SCALE)
    except (IngestError, StoreError):  # the file was not kept, or has no such page: words say where it is
        return None
    image = Image.open(io.BytesIO(png))
    out = io.BytesIO()
    image.quantize(_COLOURS).save(out, "PNG", optimize=True)
    url = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")
    return Picture(url, image.width / _SCALE, image.height / _SCALE)
