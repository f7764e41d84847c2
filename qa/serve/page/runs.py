"""The evaluation runs that are kept beside a store."""

from __future__ import annotations

from pathlib import Path

from index.stores.database import folder_beside
from qa.settings import Settings


def find_runs(settings: Settings) -> tuple[Path, ...]:
    """Files of finished runs, the newest first."""
    store = settings.store_path
    folder = Path(settings.folder) if settings.folder else folder_beside(store) if "://" in store else Path(store)
    return tuple(sorted((folder / "runs").glob("*.json"), key=lambda path: -path.stat().st_mtime))
