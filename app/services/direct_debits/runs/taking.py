"""What a run takes, and gives back when it comes to nothing: set-based, in the transaction of the run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Select, Table, func, insert, select, update

from app.models.direct_debits.mandates import Instruction
from app.models.direct_debits.runs import DebitRun, DebitRunLeftOut, DebitRunLine
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, DebitRunKind, InstructionState, Money
from app.services.core import audit
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.runs.selecting import Out, Record, Selection

COLLECTIONS: Final[Table] = Collection.metadata.tables["collection"]
INSTRUCTIONS: Final[Table] = Instruction.metadata.tables["debit_instruction"]
LINES: Final[Table] = DebitRunLine.metadata.tables["debit_run_line"]
STANDS: Final = LINES.c.refused_words.is_(None)
"""The condition of lines that Bacs didn't refuse by themselves."""
_LEFT: Final[Table] = DebitRunLeftOut.metadata.tables["debit_run_left_out"]
_MOST_WORDS: Final = 400


def take(ctx: Context, run: DebitRun, selection: Selection) -> None:
    """Write a run's lines and what it leaves out, and take what it sends from every other run.

    Raises:
        UserError: another desk took some of it in this moment.
    """
    _insert(ctx, LINES, (_line(run, place, record) for place, record in enumerate(selection.records, 1)))
    _insert(ctx, _LEFT, (_left_out(run, place, out) for place, out in enumerate(selection.left_out, 1)))
    if run.kind is DebitRunKind.LODGEMENT:
        taken = _move(ctx, run, INSTRUCTIONS, InstructionState.WAITING, InstructionState.IN_RUN, run_id=run.id)
    else:
        planned, in_run = CollectionState.PLANNED, CollectionState.IN_RUN
        taken = _move(ctx, run, COLLECTIONS, planned, in_run, run_id=run.id, code=_code(run))
    if taken != len(selection.records):
        raise UserError(
            f"{len(selection.records) - taken:,} of these are in another run now; nothing was asked for.",
            "Somebody was there first. Look again.",
        )


def give_back(ctx: Context, run: DebitRun) -> int:
    """What a run took waits again for another; returns how many."""
    if run.kind is DebitRunKind.LODGEMENT:
        return _move(ctx, run, INSTRUCTIONS, InstructionState.IN_RUN, InstructionState.WAITING, run_id=None)
    in_run, planned = CollectionState.IN_RUN, CollectionState.PLANNED
    return _move(ctx, run, COLLECTIONS, in_run, planned, run_id=None, code=None)


def items(run: DebitRun) -> Select[int]:
    """The ids of the collections or instructions in a run that Bacs didn't refuse, for a condition in SQL."""
    column = LINES.c.instruction_id if run.kind is DebitRunKind.LODGEMENT else LINES.c.collection_id
    return select(column).where(LINES.c.run_id == run.id, STANDS)


def sums(ctx: Context, run: DebitRun, column: Any) -> dict[Any, tuple[int, Money]]:
    """How many lines that stand a run has, or leaves out, of each value of a column, and what they come to."""
    table = column.class_
    rows = select(column, func.count(), func.sum(table.pence)).where(table.run_id == run.id).group_by(column)
    if table is DebitRunLine:
        rows = rows.where(STANDS)
    return {row[0]: (row[1], Money(int(row[2]))) for row in ctx.session.execute(rows.order_by(column))}


def _code(run: DebitRun) -> Any:
    line = select(LINES.c.code).where(LINES.c.run_id == run.id, LINES.c.collection_id == COLLECTIONS.c.id)
    return line.scalar_subquery()


def _move(ctx: Context, run: DebitRun, table: Table, was: object, now: object, **values: Any) -> int:
    """Move what is in a run from one state to another; returns how many are in the new one."""
    these = table.c.id.in_(items(run))
    values |= {"state": now, "version": table.c.version + 1}
    ctx.session.execute(update(table).where(these, table.c.state == was).values(values))
    ours = table.c.run_id.is_(None) if values["run_id"] is None else table.c.run_id == run.id
    moved = ctx.session.scalar(select(func.count()).select_from(table).where(these, ours, table.c.state == now)) or 0
    audit.record_bulk(ctx, table.name, "update", rows=moved, state=now, run=run.number)
    return moved


def _insert(ctx: Context, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    every = list(rows)
    if every:
        ctx.session.execute(insert(table), every)
        audit.record_bulk(ctx, table.name, "insert", rows=len(every), run=every[0]["run_id"])


def _line(run: DebitRun, place: int, record: Record) -> dict[str, Any]:
    return {
        "run_id": run.id,
        "place": place,
        "mandate_id": record.mandate_id,
        "bank_id": record.bank.bank_id,
        "instruction_id": record.instruction_id,
        "collection_id": record.collection_id,
        "code": record.code,
        "entry_on": record.days.entry_on,
        "pence": record.pence,
        "own_scope": record.own_scope,
    }


def _left_out(run: DebitRun, place: int, out: Out) -> dict[str, Any]:
    return {
        "run_id": run.id,
        "place": place,
        "mandate_id": out.record.mandate_id,
        "collection_id": out.record.collection_id,
        "instruction_id": out.record.instruction_id,
        "reason": out.reason,
        "words": out.words[:_MOST_WORDS],
        "pence": out.record.pence,
    }
