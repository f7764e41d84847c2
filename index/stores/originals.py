"""Copies of the files that were taken in, under the hash of their bytes: what a citation opens."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from index.errors import OriginalMissing


class Originals:
    """A folder of files named `<sha256><suffix>`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str, sha256: str) -> Path:
        """Where the copy of a document stands, whether or not it is there."""
        return self.folder / f"{sha256}{Path(name).suffix.lower()}"

    def keep(self, source: Path, sha256: str, name: str) -> None:
        """Copy a file in; a copy is either whole or not there."""
        target = self.path(name, sha256)
        if target.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{os.getpid()}.part")
        shutil.copyfile(source, partial)
        partial.replace(target)

    def find(self, name: str, sha256: str) -> Path:
        """The copy of a document; OriginalMissing where there is none."""
        path = self.path(name, sha256)
        if not path.is_file():
            raise OriginalMissing(name)
        return path

    def sweep(self, hashes: Collection[str]) -> None:
        """Delete every file that belongs to no document (also what an interrupted copy left)."""
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path.name.partition(".")[0] not in hashes or path.suffix == ".part":
                path.unlink(missing_ok=True)
