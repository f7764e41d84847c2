"""python -m tests.redraw --set eval_sets/henan_staff.jsonl --draws 5: the sample documents against their redrawn selves."""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from index.model import Reading
from qa.evaluate.cases import Case, read_set
from tests.redraw.cast import HENAN, SHANGHAI, Cast
from tests.redraw.document import Draw, printed_in, refigure_document, rename_document
from tests.redraw.figures import Figures
from tests.redraw.questions import redraw_case
from tests.redraw.trial import Trial, read_all, run_trial, understood

ROOT = Path(__file__).resolve().parents[2]
HENAN_DOCUMENTS = ROOT / "eval_sets" / "documents"
SHANGHAI_DOCUMENTS = ROOT.parent / "shared" / "samples" / "shanghai"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=ROOT / "eval_sets" / "henan_staff.jsonl")
    parser.add_argument("--documents", choices=("henan", "all"), default="henan", help="which documents are indexed")
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, help="a folder for the sets and the answers of every draw")
    args = parser.parse_args()
    folders = [HENAN_DOCUMENTS] + [SHANGHAI_DOCUMENTS] * (args.documents == "all")
    readings = read_all(sorted(path for folder in folders for path in folder.glob("*.pdf")))
    cases = [case for case in read_set(args.set) if keeps(case)]
    original = tried(readings, cases, args.output, "original")
    print(line("original", original))
    for seed in range(args.seed, args.seed + args.draws):
        draw = draw_of(readings, seed)
        print(line(f"draw {seed}", tried(*redrawn(readings, cases, draw), args.output, f"draw{seed}"), original))


def draw_of(readings: Sequence[Reading], seed: int) -> Draw:
    """The draw that a seed stands for: names, years and figures of one corpus."""
    chance = random.Random(seed)
    henan, shanghai = Cast.drawn(HENAN, chance), Cast.drawn(SHANGHAI, chance)
    named = (f"{reading.document.name}{reading.profile.region}" for reading in readings)
    both = any("普陀" in name for name in named)
    cast = Cast({**henan.names, **shanghai.names}, henan.spellings + shanghai.spellings) if both else henan
    return Draw(cast, Figures.drawn(chance, printed_in(readings)))


def redrawn(readings: Sequence[Reading], cases: Sequence[Case], draw: Draw) -> tuple[list[Reading], list[Case]]:
    renamed = [understood(rename_document(reading.document, draw.cast)) for reading in readings]
    documents = [refigure_document(reading, draw) for reading in renamed]
    return [understood(document) for document in documents], [redraw_case(case, draw) for case in cases]


def keeps(case: Case) -> bool:
    """Not what asks about a rounding residue: multiplied, a residue is no residue any more."""
    return not any(word in option for group in case.must_contain for option in group for word in ("尾差", "四舍五入"))


def tried(readings: Sequence[Reading], cases: Sequence[Case], output: Path | None, name: str) -> Trial:
    with TemporaryDirectory() as folder:
        trial = run_trial(readings, cases, Path(folder) / "store")
    if output is not None:
        trial.save(output, name)
    return trial


def line(name: str, trial: Trial, original: Trial | None = None) -> str:
    """One line of the result, and below it what was right before and is wrong now."""
    head = (
        f"{name}: accuracy {trial.accuracy:.4f}, wrong_verified {trial.wrong_verified}, "
        f"wrong_shown {trial.wrong_shown}, of {len(trial.cases)}"
    )
    lost = [
        f"  {case.id}{' VERIFIED' if now.wrong_verified else ''} {case.question} | {now.why}"
        for case, before, now in zip(trial.cases, original.scores if original else (), trial.scores, strict=False)
        if before.right and not now.right
    ]
    return "\n".join([head, *lost])


if __name__ == "__main__":
    main()
