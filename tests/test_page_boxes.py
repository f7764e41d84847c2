"""Where things stand on a page whose size is stated once for all pages, on the node above them."""

from __future__ import annotations

from pathlib import Path

from index.read import read_document

OBJECTS = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
    "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    "<< /Length {length} >>\nstream\n{stream}\nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
)
STREAM = "BT /F 12 Tf 100 742 Td (Total 12.34) Tj ET"


def pdf() -> bytes:
    body, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(OBJECTS, 1):
        offsets.append(len(body))
        filled = text.replace("{length}", str(len(STREAM))).replace("{stream}", STREAM)
        body += f"{number} 0 obj\n{filled}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(OBJECTS) + 1
    return f"{body}xref\n0 {count}\n0000000000 65535 f \n{table}trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode()


def test_an_inherited_page_size_is_the_page_size(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf())
    (page,) = read_document(path).pages
    assert (round(page.width), round(page.height)) == (595, 842)
    (line,) = page.lines
    assert line.bbox is not None
    assert 85 < line.bbox[1] < line.bbox[3] < 105  # 100 points from the top, as it is drawn
