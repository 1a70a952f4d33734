"""Files of receipts from a folder: each that lies in `in` is loaded once, and then lies in `done` or in `refused`.

A file is read by the profile whose key or name its own name begins with, else by the one that read the last file called so but
for its digits. Whatever stands in the way is written beside the refused file, and somebody gets a task. A computer that goes
off between loading a file and putting it away loads nothing twice: the file is known by its content.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from app.services.core.cards import holds_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import NotAllowed, UserError
from app.services.core.gate import Closed, WrongClock
from app.services.core.reach import OutOfReach
from app.services.core.session import Desk
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.imports import fingerprints
from app.services.imports.values import fold
from app.services.jobs.dto import Given, Outcome
from app.services.reception_payments.files import commands, jobs, planning, queries
from app.services.reception_payments.files.dto import AREAS, LoadForm, NewLoad

IN, DONE, REFUSED = "in", "done", "refused"
_STILL: Final = timedelta(seconds=30)
"""A file that was written to later than so long ago may not be whole yet."""
_PARTS: Final = (".part", ".partial", ".tmp", ".filepart", ".crdownload")
_PASSES: Final = (OutOfReach, Closed, WrongClock, NotAllowed)
"""What is no fault of a file: it stays where it is, and is loaded the next time."""
_TASK: Final = "receipt_file_refused"
_IN_DAYS: Final = 1


def load_all(desk: Desk, given: Given) -> Outcome:
    """Load every file that lies in the folder, the oldest first; one that is refused doesn't keep the others from it.

    Raises:
        UserError: there is no such folder, files were refused, or some can't be put away; the others are loaded.
        OutOfReach, Closed, WrongClock, NotAllowed: nothing can be loaded just now, and what is left stays where it is.
        Cancelled: `cancel` was used between two files.
    """
    folder = _ready(given.folder)
    waiting = list(_waiting(folder, desk.clock.now()))
    loaded: list[str] = []
    refused: list[str] = []
    stuck: list[str] = []
    for at, path in enumerate(waiting):
        given.cancel.check()
        given.progress(at, len(waiting), path.name)
        try:
            loaded.append(_load(desk, path, given))
            target, why = folder / DONE, ""
        except _PASSES:
            raise
        except UserError as error:
            target, why = folder / REFUSED, str(error)
        try:
            _put_away(path, target, why)
        except UserError as error:
            stuck.append(_sayable(str(error)))
        else:
            if why:
                desk.do(_ask, path.name, why)
                refused.append(_sayable(f"{path.name}: {why}"))
    return _told(folder, loaded, refused, stuck)


def _told(folder: Path, loaded: Sequence[str], refused: Sequence[str], stuck: Sequence[str]) -> Outcome:
    told = " ".join([*loaded, *stuck])
    if refused:
        some = (
            f"{'1 file was' if len(refused) == 1 else f'{len(refused):,} files were'} refused. {' '.join(refused[:3])}"
        )
        raise UserError(f"{told} {some}".strip(), f"They lie in {folder / REFUSED}, each with the reason beside it.")
    if stuck:
        raise UserError(told, "Nothing of them is loaded twice; what was loaded is not asked for again.")
    if not loaded:
        return Outcome("No file waits.", did=False)
    return Outcome(told, areas=AREAS | {"home"})


def _ready(place: str) -> Path:
    """The folder, with the three in it."""
    if not place:
        raise UserError("No folder is chosen.", "Choose it under Admin, Jobs.", "folder")
    folder = Path(place)
    if not folder.is_dir():
        raise UserError(
            f"There is no folder {folder}.", "Look whether the drive is connected, or choose another.", "folder"
        )
    try:
        for each in (IN, DONE, REFUSED):
            (folder / each).mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder} can't be written to: {error.strerror}.", field="folder") from error
    return folder


def _waiting(folder: Path, now: datetime) -> Iterator[Path]:
    """The files that are whole, the oldest first."""
    found = []
    for entry in os.scandir(folder / IN):
        if entry.name.startswith((".", "~")) or entry.name.lower().endswith(_PARTS):
            continue
        with contextlib.suppress(FileNotFoundError):  # Whoever put it there has just taken it away again.
            if entry.is_file(follow_symlinks=False):
                found.append((entry.stat().st_mtime, Path(entry.path)))
    for changed, path in sorted(found):
        if datetime.fromtimestamp(changed, UTC) <= now - _STILL:
            yield path


def _load(desk: Desk, path: Path, given: Given) -> str:
    """Load one file; what it did, as a sentence.

    Raises:
        UserError: no profile is known for it, something in it is wrong, or it waits in quarantine for a card number.
    """
    before = desk.ask(planning.loaded_before, fingerprints.file_sha256(path))
    if before is not None:
        return _sayable(f"{path.name}: {planning.before_words(before)}")
    profile = _profile(desk.ask(queries.form, path.name), path.name)
    read = jobs.read_file(desk, path, profile, progress=given.progress, cancel=given.cancel)
    done = desk.run(commands.load, given.progress, given.cancel, NewLoad(read))
    if done.quarantined:
        raise UserError(done.told)
    return f"{path.name}: {done.told}"


def _profile(form: LoadForm, name: str) -> str:
    """The key of the profile that reads a file of this name: the longest that the name begins with, else as the last one was."""
    folded = fold(name)
    named = [
        (len(begins), each.key)
        for each in form.profiles
        for begins in (fold(each.key), fold(each.name))
        if begins and folded.startswith(begins)
    ]
    found = max(named)[1] if named else form.proposed
    if not found:
        raise UserError(
            f"No profile is known for {name}.",
            "Begin its name with the profile's name, or load the first such file by hand under Reception, Files.",
        )
    return found


def _put_away(path: Path, folder: Path, why: str = "") -> None:
    """Move a file, under a name of its own where that one is taken, and write beside it why it was refused."""
    target, count = folder / path.name, 1
    while target.exists():
        count += 1
        target = folder / f"{path.stem} ({count}){path.suffix}"
    try:
        path.replace(target)
        if why:
            target.with_name(f"{target.name}.txt").write_text(f"{why}\n", "utf-8")
    except OSError as error:
        raise UserError(
            f"{path.name} can't be put into {folder}: {error.strerror}.", "Move it by hand.", "folder"
        ) from error


def _sayable(words: str) -> str:
    """What is said of a file as the history may keep it: a name that holds a card number isn't repeated."""
    return "A file's name holds what looks like a card number." if holds_card_number(words) else words


def _ask(ctx: Context, name: str, why: str) -> Changes:
    """A task about a file that was refused, for whoever takes it; it doesn't repeat a name that holds a card number."""
    due = diary.due_in(ctx, _IN_DAYS)
    try:
        diary.add_task(ctx, NewTask(f"Look at {name}: it was refused"[:200], due, why[:400], kind=_TASK))
    except UserError:
        diary.add_task(ctx, NewTask("Look at a file of receipts: it was refused", due, kind=_TASK))
    return Changes(frozenset({"diary", "home"}))
