"""Drawing the statements of a run on every core: read in portions, drawn in parts by processes, joined by group."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress
from app.services.core.session import Desk
from app.services.exports.pages import join
from app.services.exports.statement.dto import Sender, Statement, Variant, long_date
from app.services.exports.statement.pdf import prepare, statements_pdf
from app.services.exports.statement.text import PAGE_BREAK, statement_text
from app.services.statements import gathering
from app.services.statements.dto import Drawn, Group, Placed, Plan

_READ: Final = 900
"""Accounts read at once: what one IN holds."""
_PART: Final = 300
"""Statements drawn at once by one process."""
_FEW: Final = 150
"""A run of so few is drawn in this process: starting others would take longer."""
_AHEAD: Final = 2
"""Parts that wait for each process, so that none stands idle and few are held in memory."""

_File = tuple[bytes, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Part:
    """Some statements of a group, on their way to being drawn."""

    group: Group
    last: bool
    statements: tuple[tuple[int, str, int, int], ...]
    file: Future[_File]


def draw_groups(
    desk: Desk, plan: Plan, from_on: date, to_on: date, progress: Progress, cancel: CancelToken
) -> Iterator[Drawn]:
    """The file of each group when it is whole, in the order of the plan; what follows is drawn meanwhile.

    Raises:
        Cancelled: between two parts.
        UserError: a drawing process was ended from outside.
    """
    done = 0
    files: list[bytes] = []
    placed: list[Placed] = []
    with _processes(plan.count) as (pool, most):
        for part in _in_turn(_parts(desk, plan, from_on, to_on, pool), most):
            cancel.check()
            content, pages = part.file.result()
            files.append(content)
            placed.extend(
                Placed(account_id, reference, count, before, after)
                for (account_id, reference, before, after), count in zip(part.statements, pages, strict=True)
            )
            done += len(pages)
            progress(done, plan.count, part.group.title)
            if part.last:
                yield Drawn(part.group, _joined(files, part.group.variant), tuple(placed))
                placed = []


def draw_part(statements: Sequence[Statement], sender: Sender, variant: Variant, title: str) -> _File:
    """One part of a group's file, with the pages of each statement (this is what the processes run)."""
    if variant is Variant.TEXT:
        texts = [statement_text(statement, sender) for statement in statements]
        return PAGE_BREAK.join(texts).encode("utf-8"), (1,) * len(texts)
    return statements_pdf(statements, sender, variant, title)


def start_drawing() -> None:
    """Make a process ready to draw: it leaves Ctrl+C to the program that started it, and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _parts(desk: Desk, plan: Plan, from_on: date, to_on: date, pool: Executor) -> Iterator[_Part]:
    for group in plan.groups:
        title = f"Account statements, {group.title}, {long_date(from_on)} to {long_date(to_on)}"
        for start in range(0, len(group.accounts), _READ):
            portion = group.accounts[start : start + _READ]
            read = desk.ask(gathering.statements, portion, from_on, to_on)
            for at in range(0, len(read), _PART):
                part = read[at : at + _PART]
                yield _Part(
                    group,
                    start + at + len(part) == len(group.accounts),
                    tuple(
                        (each.account_id, each.reference, each.brought_forward.pence, each.carried_forward.pence)
                        for each in part
                    ),
                    pool.submit(draw_part, part, plan.sender, group.variant, title),
                )


def _in_turn(parts: Iterator[_Part], most: int) -> Iterator[_Part]:
    """The parts in order, each handed on when `most` others have been sent after it."""
    waiting: deque[_Part] = deque()
    for part in parts:
        waiting.append(part)
        if len(waiting) > most:
            yield waiting.popleft()
    yield from waiting


def _joined(files: list[bytes], variant: Variant) -> bytes:
    """The parts of a group as one file; the list is emptied on the way, so that a large group isn't held twice."""
    parts = _let_go(files)
    return PAGE_BREAK.encode().join(parts) if variant is Variant.TEXT else join(parts)


def _let_go(files: list[bytes]) -> Iterator[bytes]:
    files.reverse()
    while files:
        yield files.pop()


@contextmanager
def _processes(count: int) -> Iterator[tuple[Executor, int]]:
    """Something to draw with, and how many parts to send it ahead."""
    if count <= _FEW:
        yield _Here(), 0
        return
    workers = min(os.cpu_count() or 1, -(-count // _PART), 8)
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=start_drawing)
    try:
        yield pool, workers * _AHEAD
    except BrokenProcessPool as error:
        raise UserError(
            "The statements could not all be drawn: one of the drawing processes was ended.",
            "Make the run again: it carries on where it stopped.",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Here(Executor):
    """An executor that does the work at once, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it; an error comes from here and not from the future."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future
