"""What a person points at -> the files to take in: single files, folders with everything below, zip archives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from index.errors import IngestError, MissingFile
from index.read import SUFFIXES
from index.read.archive import members


@dataclass(frozen=True, slots=True)
class Source:
    """A file and the name it is indexed under; `fault` where it is known already that nothing can be read."""

    path: Path
    name: str
    fault: str = ""


def find_sources(paths: Sequence[Path], scratch: Path) -> tuple[Source, ...]:
    """The files in the order given, those of a folder by name; archives are unpacked into `scratch`.

    A folder gives the files whose format is known, without hidden files and without what only describes the folder
    (README). A file named twice in one run gets the name of its folder before its own.
    """
    found: list[Source] = []
    for path in paths:
        for file in _below(path) if path.is_dir() else [path]:
            if file.suffix.lower() == ".zip" and file.is_file():
                found.extend(_unpacked(file, scratch / str(len(found))))
            else:
                found.append(Source(file, file.name))
    return _told_apart(found)


def _below(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix.lower() in SUFFIXES | {".zip"}
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        and path.stem.upper() != "README"
    )


def _unpacked(archive: Path, folder: Path) -> Iterator[Source]:
    """The members of an archive; where it breaks off, what came before and the fault."""
    try:
        for member in members(archive.read_bytes(), archive.name):
            if PurePosixPath(member.name).suffix.lower() not in SUFFIXES:
                continue
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(member.data)
            yield Source(target, target.name)
    except IngestError as error:
        yield Source(archive, archive.name, str(error))
    except OSError as error:
        yield Source(archive, archive.name, str(MissingFile(f"{archive}（{error.strerror}）")))


def _told_apart(found: Sequence[Source]) -> tuple[Source, ...]:
    same = Counter(source.name for source in found)
    taken: set[str] = set()
    named = []
    for source in found:
        name = source.name if same[source.name] == 1 else f"{source.path.parent.name}_{source.name}"
        stem, suffix, number = Path(name).stem, Path(name).suffix, 2
        while name in taken:
            name = f"{stem}({number}){suffix}"
            number += 1
        taken.add(name)
        named.append(replace(source, name=name))
    return tuple(named)
