"""Opening the database: engine, SQLite's pragmas, creation of the schema, the check of its version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import platformdirs
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError, ProgrammingError

from index.errors import StoreDamaged, StoreTooNew, StoreUnreachable, StoreUnwritable
from index.stores import portal_schema  # noqa: F401  its tables belong to the same metadata
from index.stores.schema import SCHEMA_VERSION, meta, metadata

_BUSY_SECONDS = 30


def open_engine(url: str) -> Engine:
    """An engine for a SQLAlchemy URL; nothing is connected yet."""
    parsed = _parsed(url)
    try:
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed, pool_pre_ping=True)
        engine = create_engine(parsed, connect_args={"timeout": _BUSY_SECONDS})
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreUnreachable(parsed.render_as_string(), str(error)) from error
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def folder_beside(url: str) -> Path:
    """Where files and vectors go that belong to a database: beside a SQLite file, else the user's data folder."""
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return Path(parsed.database).parent
    return platformdirs.user_data_path("mingzhang", appauthor=False)


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise StoreUnreachable(url, "不是数据库地址") from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL lets readers go on while one process writes, and a killed writer leaves nothing half done."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def prepare(engine: Engine) -> str:
    """Create the schema where it is missing and check its version; gives the store's own id.

    Raises StoreTooNew, StoreDamaged (another kind of file), StoreUnwritable, StoreUnreachable.
    """
    where = place_of(engine)
    try:
        found = _read_meta(engine)
        if not found:
            _create(engine)
            found = _read_meta(engine)
        elif not set(metadata.tables) <= set(inspect(engine).get_table_names()):
            metadata.create_all(engine)  # a store from before conversations, keys or the audit log were kept
    except OperationalError as error:
        if engine.dialect.name == "sqlite":
            raise StoreUnwritable(where, str(error.orig)) from error
        raise StoreUnreachable(where, str(error.orig)) from error
    except DatabaseError as error:
        raise StoreDamaged(where) from error
    version = int(found.get("schema", "0"))
    if version > SCHEMA_VERSION:
        raise StoreTooNew(where, version, SCHEMA_VERSION)
    return found["store"]


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """All or nothing; StoreUnwritable where the database cannot take it (full disk, no permission)."""
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        raise StoreUnwritable(place_of(engine), str(error.orig)) from error


def _read_meta(engine: Engine) -> dict[str, str]:
    try:
        with engine.connect() as connection:
            return {row.key: row.value for row in connection.execute(select(meta))}
    except (OperationalError, ProgrammingError):
        if inspect(engine).has_table(meta.name):
            raise
        return {}


def _create(engine: Engine) -> None:
    """All tables and the first entries in one transaction; two processes may both try, one wins."""
    with engine.begin() as connection:
        metadata.create_all(connection)
        if connection.execute(select(meta.c.key)).first() is None:
            first = {"schema": str(SCHEMA_VERSION), "store": uuid4().hex, "contents": "0", "model": ""}
            connection.execute(meta.insert(), [{"key": key, "value": value} for key, value in first.items()])


def place_of(engine: Engine) -> str:
    """The file of a SQLite database, else its URL without the password."""
    is_file = engine.dialect.name == "sqlite" and engine.url.database
    return str(engine.url.database) if is_file else engine.url.render_as_string()


def sqlite_url(file: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{file.absolute()}"
