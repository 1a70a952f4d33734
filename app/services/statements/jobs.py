"""Runs of statements: several transactions, so that a run that is stopped, killed or out of room carries on later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from app.services.core.errors import Cancelled
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.documents import queries as documents
from app.services.exports.dto import Column, Kind, Table
from app.services.exports.files import clear_unfinished, safe_name, write_whole
from app.services.exports.pages import take_each
from app.services.exports.statement.dto import Variant, long_date
from app.services.exports.statement.text import PAGE_BREAK
from app.services.exports.xlsx import write_xlsx
from app.services.statements import commands, drawing, queries
from app.services.statements.dto import ItemRow, RunFile, RunRequest, RunResult, RunState

EXCEPTIONS_FILE: Final = "Exceptions.xlsx"


def run_statements(
    desk: Desk, request: RunRequest, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> RunResult:
    """Make the statements of many accounts: one print-ready file for each rent group and form, kept as they are sent.

    Each group is kept in one transaction, so a run that is cancelled, killed or out of room has whole groups and
    nothing else; the same request then carries on with the groups that are missing. Accounts on hold, without an
    address, not to be contacted, with nothing to show, or in need of a form that is made by hand are left out and told
    first, in the result and in a workbook beside the files.

    Raises:
        UserError: the same run was made before and `again` isn't asked for; a disk is full; a folder may not be written.
        Cancelled: `cancel` was used.
    """
    cancel = cancel or CancelToken()
    begun = desk.do(commands.begin_run, request)
    if begun.carried_on and request.out_dir is not None:
        clear_unfinished(request.out_dir)
    try:
        _make(desk, request, begun.run_id, progress, cancel)
    except Cancelled:
        desk.do(commands.end_run, begun.run_id, RunState.CANCELLED)
        raise
    desk.do(commands.end_run, begun.run_id, RunState.DONE)
    items = desk.ask(queries.run_items, begun.run_id)
    sent = [item for item in items if item.sent]
    files = desk.ask(queries.run_files, begun.run_id)
    folder = request.out_dir
    return RunResult(
        begun.run_id,
        len(sent),
        len(items) - len(sent),
        sum(item.pages or 0 for item in sent),
        begun.carried_on,
        tuple(item for item in items if item.exception),
        () if folder is None else tuple(folder / file.file_name for file in files),
    )


def write_files(desk: Desk, run_id: int, folder: Path, *, file_each: bool = False) -> tuple[Path, ...]:
    """Write the files of a run as it was sent into a folder, those that are not there yet; returns the group files.

    Raises:
        UserError: the folder may not be written or is full.
    """
    files = desk.ask(queries.run_files, run_id)
    for file in files:
        _write(desk, run_id, file, folder, file_each=file_each)
    return tuple(folder / file.file_name for file in files)


def _make(desk: Desk, request: RunRequest, run_id: int, progress: Progress, cancel: CancelToken) -> None:
    plan = desk.ask(queries.plan, request, run_id)
    if plan.left_out:
        desk.do(commands.leave_out, run_id, plan.left_out)
    if request.out_dir is not None:
        _write_exceptions(desk, request, run_id, request.out_dir)
        write_files(desk, run_id, request.out_dir, file_each=request.file_each)
    progress(0, plan.count, "Reading the accounts")
    for drawn in drawing.draw_groups(desk, plan, request.from_on, request.to_on, progress, cancel):
        name = desk.do(commands.keep_group, run_id, drawn)
        if name is not None and request.out_dir is not None:
            write_files(desk, run_id, request.out_dir, file_each=request.file_each)
    if request.out_dir is not None:
        _write_exceptions(desk, request, run_id, request.out_dir)


def _write(desk: Desk, run_id: int, file: RunFile, folder: Path, *, file_each: bool) -> None:
    path = folder / file.file_name
    each_folder = folder / path.stem
    whole = path.is_file() and path.stat().st_size == file.size
    items = desk.ask(queries.items_in, run_id, file.sha256) if file_each else ()
    missing = {item.item_id: name for item, name in _names(items) if not (each_folder / name).is_file()}
    if whole and not missing:
        return
    content = desk.ask(documents.content, file.sha256)
    if not whole:
        write_whole(path, content)
    for item, single in _singles(content, file, items):
        if item.item_id in missing:
            write_whole(each_folder / missing[item.item_id], single)


def _names(items: Sequence[ItemRow]) -> Iterator[tuple[ItemRow, str]]:
    """Each account with a file name that no other has."""
    taken: set[str] = set()
    for item in items:
        stem = safe_name(item.reference)
        if stem.casefold() in taken:
            stem = f"{stem} {item.account_id}"
        taken.add(stem.casefold())
        yield item, f"{stem}{'.txt' if item.variant is Variant.TEXT else '.pdf'}"


def _singles(content: bytes, file: RunFile, items: Sequence[ItemRow]) -> Iterator[tuple[ItemRow, bytes]]:
    if not items:
        return
    if file.variant is Variant.TEXT:
        texts = content.decode("utf-8").split(PAGE_BREAK)
        yield from ((item, texts[(item.first_page or 1) - 1].encode("utf-8")) for item in items)
        return
    wanted = [
        (item.first_page or 1, item.pages or 1, queries.reprint_title(item.from_on, item.to_on)) for item in items
    ]
    yield from zip(items, take_each(content, wanted), strict=True)


def _write_exceptions(desk: Desk, request: RunRequest, run_id: int, folder: Path) -> None:
    """What is out of the ordinary, as a workbook beside the files; none where there is nothing."""
    items = desk.ask(queries.run_items, run_id, unusual=True)
    if not items:
        return
    table = Table(
        "Statements: exceptions",
        (f"Run {run_id}, {long_date(request.from_on)} to {long_date(request.to_on)}",),
        (
            Column("Account", Kind.TEXT, 16),
            Column("Name", Kind.TEXT, 32),
            Column("Rent group", Kind.TEXT, 20),
            Column("Sent", Kind.TEXT, 8),
            Column("What", Kind.TEXT, 60),
        ),
        ((item.reference, item.name, item.group_name, "yes" if item.sent else "no", item.exception) for item in items),
    )
    write_xlsx(folder / EXCEPTIONS_FILE, table)
