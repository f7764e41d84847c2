"""What the product costs beside what it could cost: `python -m tests.bench [NAME…]`, or `make bench`.

Each benchmark prints its own lines. Rivals take turns on the same input within one process, so that a busy machine slows
all of them; CPU seconds count, not the clock.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

SAMPLES = Path(__file__).resolve().parent.parent / "eval_sets" / "documents"
ROUNDS = 3

Task = Callable[[Path], int]  # reads a PDF; returns its pages


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--documents", type=Path, default=SAMPLES, help="a folder of PDFs")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - set(BENCHMARKS):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}")
    for name in chosen.names or BENCHMARKS:
        print(f"== {name}", flush=True)
        BENCHMARKS[name](chosen.documents)


# -- reading -----------------------------------------------------------------------------------------------------------


def reading(folder: Path) -> None:
    """Pages to whole tables, against pdfplumber's extract_tables and the least that PDFium can be asked for."""
    files = sorted(folder.glob("*.pdf"))
    rivals: dict[str, Task] = {"reading and tables": _ours, "pdfplumber": _pdfplumber, "raw PDFium": _raw_pdfium}
    for task in rivals.values():
        task(files[0])  # imports and first-time tables are nobody's running cost
    seconds = dict.fromkeys(rivals, 0.0)
    pages = 0
    for _ in range(ROUNDS):
        for path in files:
            for name, task in rivals.items():
                begin = time.process_time()
                pages += task(path)
                seconds[name] += time.process_time() - begin
    pages //= len(rivals)
    for name, spent in seconds.items():
        print(f"{name:20s} {1000 * spent / pages:7.2f} CPU ms a page")
    ours = seconds["reading and tables"]
    print(f"reading and tables are {seconds['pdfplumber'] / ours:.1f} times as fast as pdfplumber", end=" ")
    print(f"and take {ours / seconds['raw PDFium']:.1f} times what raw PDFium takes ({pages // ROUNDS} pages)")


def _ours(path: Path) -> int:
    from index.read.pdf import read_pdf
    from index.tables import extract_tables

    document = read_pdf(path, path.name, "")
    extract_tables(document)
    return len(document.pages)


def _pdfplumber(path: Path) -> int:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()
        return len(pdf.pages)


def _raw_pdfium(path: Path) -> int:
    """Every character with its box and every drawing object with its bounds, and nothing done with them."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    pdf = pdfium.PdfDocument(path)
    rect, bounds = raw.FS_RECTF(), [ctypes.c_float() for _ in range(4)]
    box, corners = ctypes.byref(rect), [ctypes.byref(value) for value in bounds]
    for page in pdf:
        text = raw.FPDFText_LoadPage(page.raw)
        for i in range(raw.FPDFText_CountChars(text)):
            raw.FPDFText_GetUnicode(text, i)
            raw.FPDFText_GetLooseCharBox(text, i, box)
        raw.FPDFText_ClosePage(text)
        for i in range(raw.FPDFPage_CountObjects(page.raw)):
            item = raw.FPDFPage_GetObject(page.raw, i)
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH:
                raw.FPDFPageObj_GetBounds(item, *corners)
        page.close()
    count = len(pdf)
    pdf.close()
    return count


# -- from files to answers ---------------------------------------------------------------------------------------------

_PROCESS = """import sys
from qa.serve.cli import main
try: main()
finally: print("torch" in sys.modules, file=sys.stderr)"""


def answering(folder: Path) -> None:
    """Ingest without vectors, the small question set in one process, one question as a whole process."""
    from index.ingest import ingest_paths
    from index.stores import Index
    from qa import Question, ask, open_tools, read_settings

    with tempfile.TemporaryDirectory() as place:
        begin = sum(os.times()[:4])  # with the processes that read
        with Index.open(place) as index:
            reports = ingest_paths(sorted(folder.glob("*.pdf")), index, None)
        print(f"ingest without vectors: {sum(os.times()[:4]) - begin:.1f} CPU s for {len(reports)} files")
        tools = open_tools(read_settings(store=place, model="none"), create=False)
        questions = [Question(q["question"], tuple(q.get("history", ()))) for q in _questions()]
        for question in questions:
            ask(question, tools)  # what is read from the store once is nobody's running cost
        times = sorted(ask(question, tools).elapsed_ms for _ in range(ROUNDS) for question in questions)
        print(f"{len(questions)} questions: p50 {median(times):.0f} ms, p95 {times[int(0.95 * len(times))]:.0f} ms")
        clock = time.perf_counter()
        command = [sys.executable, "-c", _PROCESS, "ask", questions[0].text, "--store", place]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        torch = "with" if done.stderr.strip().endswith("True") else "without"
        print(f"one question as a process of its own: {time.perf_counter() - clock:.2f} s, {torch} torch")


def _questions() -> list[dict[str, Any]]:
    lines = (SAMPLES.parent / "smoke.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


BENCHMARKS: dict[str, Callable[[Path], None]] = {"reading": reading, "answering": answering}


if __name__ == "__main__":
    main()
