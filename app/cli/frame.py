"""What every command shares: where the database is, whose desk it is, and how an answer is given.

An answer goes to standard output, alone: as JSON with `--json`, else as text. Everything else goes to standard error.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

import click

from app.cli.seen import seen
from app.models.values import Money
from app.registered import register
from app.services.core import database as databases
from app.services.core.clock import SystemClock
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.workbench.rules.typed_dates import YEARS

REFUSED: Final = 1
AS_SHIPPED: Final = "There is no database here: as shipped, without closures of your own and changed policy."
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Settings:
    """What was asked for beside the command itself."""

    db: str | None = None
    as_json: bool = False


def settings() -> Settings:
    """The settings of this call of the command line."""
    return click.get_current_context().find_root().ensure_object(Settings)


def place() -> str | None:
    """The database that was named: by `--db`, else by RENTBOOK_DB, else none (the default file)."""
    return settings().db or os.environ.get("RENTBOOK_DB") or None


@contextlib.contextmanager
def open_desk() -> Iterator[Desk]:
    """The desk of the operating-system user at the database that was named.

    Raises:
        UserError: the database can't be opened, or the user is not one of its officers.
    """
    register()
    database = databases.open_database(place())
    try:
        desk = Desk.sit_down(database, system_user()[0], SystemClock())
        with seen(desk):
            yield desk
    finally:
        database.close()


def has_database() -> bool:
    """Whether a database was named, or there is the default file: what needs none is told as shipped where there is none."""
    return place() is not None or Path(databases.database_url().database or "").exists()


def make_if_missing() -> None:
    """Make the file that was named (or the default one) if it isn't there; the user is then its first officer."""
    url = databases.database_url(place())
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        databases.create(url, *system_user(), SystemClock()).close()


def answer(data: Mapping[str, Any], text: str | Iterable[str]) -> None:
    """Give the answer of a command in the form that was asked for."""
    if settings().as_json:
        click.echo(json.dumps(data, default=_plain, indent=2))
        return
    for line in [text] if isinstance(text, str) else text:
        click.echo(line)


def tell(text: str) -> None:
    """Say something that is not the answer."""
    click.echo(text, err=True)


@contextlib.contextmanager
def long_work(label: str, *, quiet: bool = False) -> Iterator[tuple[Progress, CancelToken]]:
    """Progress as a bar on standard error (the label alone where nobody watches), and a token that Ctrl+C cancels.

    `quiet` leaves the bar out. A second Ctrl+C doesn't wait for the work to come to a place where it can stop.
    """
    token = CancelToken()

    def stop(_signal: int, _frame: object) -> None:
        if token.cancelled:
            raise KeyboardInterrupt
        token.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        with click.progressbar(
            length=1, label=label, file=sys.stderr, item_show_func=lambda text: text or "", hidden=quiet
        ) as bar:

            def show(done: int, total: int, text: str = "") -> None:
                bar.length = max(total, 1)
                if done < bar.pos:
                    bar.pos = 0
                bar.update(done - bar.pos, text)

            yield show, token
    finally:
        signal.signal(signal.SIGINT, before)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Rows in columns as wide as they need; the columns numbered in `right` are set to the right."""
    cells = [headings, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    for row in cells:
        parts = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(parts).rstrip()


class IsoDate(click.ParamType[date]):
    """A date written as 2026-11-16, and in no other way; its year is one that an officer may type elsewhere too."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; anything else is wrong usage."""
        if isinstance(value, date):
            return value
        if not _ISO.fullmatch(value):
            self.fail(f"'{value}' is not a date: write it as 2026-11-16.", param, ctx)
        try:
            found = date.fromisoformat(value)
        except ValueError:
            self.fail(f"There is no such day as {value}.", param, ctx)
        if found.year not in YEARS:
            self.fail(f"The year of {value} can't be right: a date lies between 1900 and 2199.", param, ctx)
        return found


DATE: Final = IsoDate()
FILE: Final = click.Path(path_type=Path)


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a file, up to one more than it may have.

    Raises:
        UserError: it can't be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror}.") from error


def spell(day: date) -> str:
    """A date as officers read it."""
    return f"{day.day} {day:%b %Y}"


class Command(click.Command):
    """A command that takes `--db` and `--json` like every other."""

    def __init__(self, name: str | None = None, *, params: list[click.Parameter] | None = None, **rest: Any) -> None:
        super().__init__(name, params=[*(params or []), *_shared_options()], **rest)


def command(name: str | None = None) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function a command of the top level."""
    return click.command(name, cls=Command)


class Group(click.Group):
    """A group of commands, which takes `--db` and `--json` before the command's name."""

    command_class = Command

    def __init__(self, name: str | None = None, *, params: list[click.Parameter] | None = None, **rest: Any) -> None:
        super().__init__(name, params=[*(params or []), *_shared_options()], **rest)


Group.group_class = Group


class Modules(Group):
    """A group whose commands are imported when they are called: `rentbook find` waits for no PDF writer.

    `modules` names the module of each command, within `package`, in the order of the day's work.
    """

    def __init__(self, name: str | None = None, *, package: str, modules: Mapping[str, str], **rest: Any) -> None:
        super().__init__(name, **rest)
        self._package, self._modules = package, modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands whose module is there."""
        return [name for name in self._modules if self._is_there(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, from the module that holds it: the function of its name, with `_` after one that Python has itself."""
        if not self._is_there(cmd_name):
            return None
        module = importlib.import_module(f"{self._package}.{self._modules[cmd_name]}")
        name = cmd_name.replace("-", "_")
        found: click.Command | None = getattr(module, name, None) or getattr(module, f"{name}_", None)
        return found

    def _is_there(self, name: str) -> bool:
        module = self._modules.get(name)
        return module is not None and importlib.util.find_spec(f"{self._package}.{module}") is not None


def _shared_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--db"],
            metavar="PLACE",
            expose_value=False,
            callback=_note_place,
            help="The database: a path, sqlite:///path or the address of a server. Else RENTBOOK_DB, else your own file.",
        ),
        click.Option(
            ["--json"], is_flag=True, expose_value=False, callback=_note_json, help="Answer in JSON on standard output."
        ),
    ]


def _note_place(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.find_root().ensure_object(Settings).db = value


def _note_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().ensure_object(Settings).as_json = True


def _plain(value: object) -> object:
    if isinstance(value, Money):
        return value.pence
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value)
