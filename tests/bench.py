"""Quick benchmarks: `python -m tests.bench` prints figures as ratios within one run, so that any machine can compare.

Each benchmark is a function that yields printed lines; BENCHMARKS lists them all.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

DOCUMENTS = Path(__file__).resolve().parents[1] / "eval_sets" / "documents"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "samples" / "shanghai"
QUESTIONS = (
    "工信局2022年三公经费决算是多少？",
    "市委办2022年公务接待费花了多少",
    "政府办2023年基本工资预算多少万元",
    "三家单位2022年卫生健康支出合计",
    "工信局年初预算完成率低于50%的有哪些",
)
ROUNDS = 3


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def reading() -> Iterator[str]:
    """CPU of reading with tables against pdfplumber's extract_tables and against the raw characters and paths."""
    for name, folder in (("five sample disclosures", DOCUMENTS), ("five Shanghai disclosures", SHARED)):
        files = sorted(folder.glob("*.pdf"))
        if files:
            yield from _reading(name, files)


def _reading(name: str, files: Sequence[Path]) -> Iterator[str]:
    from index.read.pdf import read_pdf
    from index.tables import extract_tables

    def ours(path: Path) -> None:
        extract_tables(read_pdf(path, path.name, ""))

    kinds: tuple[tuple[str, Callable[[Path], None]], ...] = (("ours", ours), ("raw", _raw), ("plumber", _plumber))
    spent = {kind: [0.0] * ROUNDS for kind, _ in kinds}
    for attempt in range(ROUNDS):  # interleaved, so that a busy machine slows all alike
        for path in files:
            for kind, work in kinds:
                if kind != "plumber" or attempt == 0:
                    spent[kind][attempt] += _cpu(lambda work=work, path=path: work(path))  # type: ignore[misc]
    own, raw, plumber = min(spent["ours"]), min(spent["raw"]), spent["plumber"][0]
    pages = _pages(files)
    yield f"reading, {name} ({pages} pages): {own / pages * 1000:.1f} ms a page"
    yield f"  against pdfplumber extract_tables: 1/{plumber / own:.1f}"
    yield f"  against raw PDFium characters and paths: {own / raw:.2f} times"


def _raw(path: Path) -> None:
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    with pdfium.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            for i in range(raw.FPDFText_CountChars(text)):
                raw.FPDFText_GetUnicode(text, i)
            for _ in page.get_objects(max_depth=3):
                pass


def _plumber(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()


def _pages(files: Sequence[Path]) -> int:
    import pypdfium2 as pdfium

    return sum(len(pdfium.PdfDocument(path)) for path in files)


def ingesting_and_asking() -> Iterator[str]:
    """Ingest without vectors, table questions in one process, and one question as a whole process without torch."""
    from index.ingest import ingest_paths
    from index.stores import Index
    from index.vocabulary import load_vocabulary
    from qa import Question, ask
    from qa.finder import Finder
    from qa.pipeline import Tools

    with tempfile.TemporaryDirectory() as folder:
        store = Index.open(Path(folder) / "store")
        spent = _cpu(lambda: list(ingest_paths([DOCUMENTS], store, None, jobs=1)))
        yield f"ingest of five disclosures without vectors: {spent:.1f} CPU s"
        tools = Tools(Finder(store, load_vocabulary()))
        times = [ask(Question(text), tools).elapsed_ms for _ in range(5) for text in QUESTIONS][len(QUESTIONS) :]
        cuts = statistics.quantiles(times, n=20)
        yield f"table questions, one process: p50 {statistics.median(times):.1f} ms, p95 {cuts[18]:.1f} ms"
        code = "import sys; from qa.serve.cli import main; sys.argv = ['mingzhang', *sys.argv[1:]]\ntry: main()\nexcept SystemExit: pass\nprint('torch' in sys.modules)"
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code, "ask", QUESTIONS[0], "--store", str(Path(folder) / "store")],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        loaded = "with" if done.stdout.strip().endswith("True") else "without"
        yield f"one question as a whole process: {time.perf_counter() - started:.2f} s, {loaded} torch"


BENCHMARKS: tuple[Callable[[], Iterator[str]], ...] = (reading, ingesting_and_asking)


def main() -> None:
    for benchmark in BENCHMARKS:
        for line in benchmark():
            print(line, flush=True)


if __name__ == "__main__":
    main()
