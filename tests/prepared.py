"""Set-ups that many tests begin with are made once by each worker: `@prepared` instead of `@pytest.fixture`.

The first test that asks for one makes it, by the same commands as ever; what it left in the database and gave back is
kept. For each test after it the file is put as it was then. So a set-up of a second costs the others a millisecond, and
set-ups that build on one another are put in place together, when somebody first looks into the file.

A prepared fixture works on the `database` of the test only, gives back what can be pickled (rows, desks, ids), and does the
same each time: its values come from other fixtures, which do so too. One that leaves files, or patches something, is an
ordinary fixture. Where an ordinary one changed the database before it, it is made anew, as it would be without all this.
"""

import pickle
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import partial, wraps
from io import BytesIO
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine, event, inspect

from app.services.core.session import Database, Desk

_PAGE = 4_096


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a set-up left: the pages of the file that differ from the template's, by number, and what it gave back."""

    number: int
    pages: dict[int, bytes]
    size: int
    given: bytes


class _Stage:
    """The database of the test that runs: what stands in its file, as a number for the set-ups that made it.

    Attributes:
        done: that number; none once anything else changed the database.
        awaited: what is to be put in place before anybody looks.
        untouched: whether the file is still the plain copy of its template.
        busy: whether a set-up is being made.
    """

    def __init__(self, database: Database, template: Path) -> None:
        self.database, self.template = database, template
        self.path = Path(str(database.url.database))
        self.done: int | None = _numbers.setdefault(template, next(_next))
        self.awaited: _Kept | None = None
        self.untouched, self.busy = True, False

    def settle(self) -> None:
        """Put in place what is awaited."""
        kept, self.awaited = self.awaited, None
        if kept is None:
            return
        if not self.untouched:
            copyfile(self.template, self.path)
        self.untouched = False
        with self.path.open("r+b") as file:
            for number, page in kept.pages.items():
                file.seek(number * _PAGE)
                file.write(page)
            file.truncate(kept.size)

    def is_free(self) -> bool:
        """Whether nobody has the file open, so that another content can be put in its place."""
        if not self.untouched:
            self.database.close()
        return not self.path.with_name(f"{self.path.name}-wal").exists()

    def pages(self) -> tuple[dict[int, bytes], int]:
        """What differs from the template, and the size; all that was committed is in the file by then."""
        with closing(sqlite3.connect(self.path)) as connection:
            [(busy, *_)] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert not busy, "A prepared fixture left a transaction open."
        before, now = _read(self.template), self.path.read_bytes()
        starts = range(0, len(now), _PAGE)
        found = {at // _PAGE: now[at : at + _PAGE] for at in starts if now[at : at + _PAGE] != before[at : at + _PAGE]}
        return {number: _pages.setdefault(page, page) for number, page in found.items()}, len(now)


_stage: _Stage | None = None
_kept: dict[tuple[object, ...], _Kept] = {}
_pages: dict[bytes, bytes] = {}
_numbers: dict[Path, int] = {}
_copies: dict[Path, Path] = {}
_templates: dict[Path, bytes] = {}
_next = count(1)


def prepared(function):
    """Make a fixture of a set-up in the database that is the same each time: see the top of this file."""

    @wraps(function)
    def fixture(**given):
        return _done(function, given)

    fixture.prepared = True
    return pytest.fixture(fixture)


def copy_of(template, place):
    """Copy a ready-made file for a test, for `staged`; the copy."""
    _copies[place] = template
    return copyfile(template, place)


@contextmanager
def staged(database):
    """The database of a test, whose file is a `copy_of` a ready-made one, is where prepared fixtures work."""
    global _stage  # noqa: PLW0603  one test runs at a time
    template = _copies.pop(Path(str(database.url.database)), None)
    before, _stage = _stage, _Stage(database, template) if template else None
    try:
        yield
    finally:
        _stage = before


def settle() -> None:
    """Put in place what the set-ups of this test left: somebody is about to look into the file."""
    if _stage is not None:
        _stage.settle()


@event.listens_for(Engine, "do_connect")
def _before_it_is_opened(_dialect, _record, arguments, _options):
    if _stage is not None and arguments and str(arguments[0]) == str(_stage.path):
        _stage.settle()
        _stage.untouched = False


@event.listens_for(Engine, "commit")
def _changed(connection):
    if _stage is not None and not _stage.busy and str(connection.engine.url.database) == str(_stage.path):
        _stage.done = None


def _done(function, given):
    stage = _stage
    if stage is None or stage.busy or stage.done is None:
        return function(**given)
    key = (stage.done, function.__module__, function.__qualname__, _told(given))
    kept = _kept.get(key)
    if kept is None or not stage.is_free():
        return _made(stage, key, partial(function, **given))
    stage.awaited, stage.done = kept, kept.number
    return _Unpickler(BytesIO(kept.given), stage.database).load()


def _made(stage, key, work):
    """Do the work for the first time, and keep what it did; whoever asked is given a copy too, as all after them."""
    stage.settle()
    stage.busy, stage.done = True, None
    try:
        result = work()
    finally:
        stage.busy = False
    written = BytesIO()
    _Pickler(written, stage.database).dump(result)
    _kept[key] = _Kept(next(_next), *stage.pages(), written.getvalue())
    stage.done = _kept[key].number
    return _Unpickler(BytesIO(written.getvalue()), stage.database).load()


def _told(value):
    """What a value says of what will be done with it: of a row its key, of what other fixtures made only its kind."""
    if value is None or isinstance(value, str | int | date | Enum):
        return repr(value)
    if isinstance(value, Desk):
        return (value.officer.username, repr(value.clock))
    if isinstance(value, dict):
        return tuple((name, _told(each)) for name, each in sorted(value.items()))
    if isinstance(value, tuple | list):
        return tuple(map(_told, value))
    if hasattr(value, "__mapper__"):
        return (type(value).__qualname__, inspect(value).identity)
    if is_dataclass(value):
        return (type(value).__qualname__, *(_told(getattr(value, each.name)) for each in fields(value)))
    return type(value).__qualname__


def _read(template):
    if template not in _templates:
        _templates[template] = template.read_bytes()
    return _templates[template]


class _Pickler(pickle.Pickler):
    """What a set-up gives back may hold the test's database; each test has its own."""

    def __init__(self, file, database):
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.database = database

    def persistent_id(self, value):
        if not isinstance(value, Database):
            return None
        assert value is self.database, "A prepared fixture gave back another database than that of the test."
        return "database"


class _Unpickler(pickle.Unpickler):
    def __init__(self, file, database):
        super().__init__(file)
        self.database = database

    def persistent_load(self, _name):
        return self.database
