"""Records of a run that Bacs refused by themselves while it took the rest: found among its lines, and given back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.runs import DebitRun
from app.models.values import BacsCode, CollectionState, DebitRunKind, Money, Subject
from app.services.bacs.rules import bacs_text
from app.services.core import audit
from app.services.core.calendars import WorkingDays
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.runs.dto import RefusedRecord
from app.services.direct_debits.runs.taking import COLLECTIONS, LINES

REFUSED: Final = "debit_run_records"
"""The kind of the task about what Bacs refused of a run."""
_WHICH: Final = "Ask the bank which it refused, and match by hand with its number in the run, as in RENT 12 no. 5."
_NUMBERED: Final = re.compile(r"(.*\S)\s+no\.?\s*(\d{1,7})", re.IGNORECASE)
_MOST_WORDS: Final = 200
_MOST_TASK: Final = 4_000
Found = tuple[Row[Any], str]
"""A line of a run, and why Bacs refused it."""


def lines_of(ctx: Context, run: DebitRun, records: Sequence[RefusedRecord]) -> tuple[Found, ...]:
    """The line of each refused record: by its reference, and by its amount, code, day and number where they are known.

    Raises:
        UserError: one fits no line of the run, or several that can't be told apart.
    """
    by_reference: dict[str, list[Row[Any]]] = defaultdict(list)
    columns = (LINES.c.place, LINES.c.pence, LINES.c.code, LINES.c.entry_on, LINES.c.mandate_id, Mandate.reference)
    working = bacs_days(ctx.policy, ctx.clock.today())
    rows = select(*columns).join(Mandate, Mandate.id == LINES.c.mandate_id)
    stand = rows.where(LINES.c.run_id == run.id, LINES.c.refused_words.is_(None))
    for row in ctx.session.execute(stand.order_by(LINES.c.place)):
        by_reference[_tidy(row.reference)].append(row)
    found: list[Found] = []
    for record in records:
        fitting = [row for row in by_reference[_tidy(record.reference)] if _fits(row, record, working)]
        if len(fitting) != 1:
            amount = f" of {record.amount}" if record.amount is not None else ""
            said = "Several records" if fitting else "No record"
            raise UserError(
                f"{said} of run {run.number} fit{'' if fitting else 's'} {record.reference or 'one without a reference'}{amount}.",
                _WHICH if fitting else "Look at the run's records, and ask the bank which it refused.",
                "refused",
            )
        by_reference[_tidy(record.reference)].remove(fitting[0])
        found.append((fitting[0], record.words))
    return tuple(found)


def turn_away(ctx: Context, run: DebitRun, found: Sequence[Found]) -> None:
    """Take what Bacs refused out of what a run stands for; a task for whoever sent it says which, and why.

    Collections are planned again, for another run once the fault is put right. Instructions are returned, as the bank
    doesn't have them: their mandates are suspended.
    """
    marks = [{"of_run": run.id, "at": row.place, "said": words[:_MOST_WORDS]} for row, words in found]
    line = (LINES.c.run_id == bindparam("of_run"), LINES.c.place == bindparam("at"))
    ctx.session.connection().execute(update(LINES).where(*line).values(refused_words=bindparam("said")), marks)
    audit.record_bulk(ctx, "debit_run_line", "update", rows=len(found), run=run.number, refused=len(found))
    pence = sum(row.pence for row, _words in found)
    run.count, run.refused_count = run.count - len(found), run.refused_count + len(found)
    run.pence, run.refused_pence = run.pence - pence, run.refused_pence + pence
    ctx.session.flush()
    if run.kind is DebitRunKind.COLLECTION:
        _plan_again(ctx, run)
    else:
        for row, words in found:
            mandate = ctx.session.get_one(Mandate, row.mandate_id)
            mandates.returned(ctx, mandate, words, cancellation=row.code is BacsCode.CANCEL)
    _give_task(ctx, run, found)


def _plan_again(ctx: Context, run: DebitRun) -> None:
    mine = (LINES.c.run_id == run.id, LINES.c.refused_words.is_not(None))
    these = COLLECTIONS.c.id.in_(select(LINES.c.collection_id).where(*mine))
    in_run = (COLLECTIONS.c.run_id == run.id, COLLECTIONS.c.state == CollectionState.IN_RUN)
    planned = {"state": CollectionState.PLANNED, "run_id": None, "code": None, "version": COLLECTIONS.c.version + 1}
    ctx.session.execute(update(COLLECTIONS).where(these, *in_run).values(planned))
    audit.record_bulk(ctx, "collection", "update", state=CollectionState.PLANNED, run=run.number)
    ctx.session.expire_all()


def _give_task(ctx: Context, run: DebitRun, found: Sequence[Found]) -> None:
    count = len(found)
    each = "\n".join(f"{row.reference}, {Money(row.pence)}: {words}" for row, words in found)
    after = (
        "Nothing of them is collected, and each waits for another run: put right what is wrong first."
        if run.kind is DebitRunKind.COLLECTION
        else "The bank doesn't have them: put the mandates right and set them up again."
    )
    about = (Subject.DIRECT_DEBIT_RUN, run.id, REFUSED)
    title = f"Bacs refused {count:,} record{'' if count == 1 else 's'} of Direct Debit run {run.number}"
    details = f"{after}\n{each}"[:_MOST_TASK]
    diary.add_task(ctx, NewTask(title, ctx.clock.today(), details, *about, officer_id=run.sent_by))


def by_hand(ctx: Context, run: DebitRun, named: str, words: str) -> tuple[Found, ...]:
    """The lines that an officer names, apart by commas; `RENT 12 no. 5` is the fifth of the run.

    Raises:
        UserError: as `lines_of`.
    """
    records = []
    for each in filter(None, map(str.strip, named.replace("\n", ",").split(","))):
        found = _NUMBERED.match(each)
        reference, place = (found[1], int(found[2])) if found else (each, None)
        records.append(RefusedRecord(reference, words, place=place))
    return lines_of(ctx, run, records)


def _fits(row: Row[Any], record: RefusedRecord, working: WorkingDays) -> bool:
    """Whether a line is a record; the money of a line moves on the working day after its processing day."""
    same = record.amount is None or record.amount.pence == row.pence
    numbered = record.place is None or record.place == row.place
    of_day = record.processing_on is None or working.add(row.entry_on, -1) == record.processing_on
    return same and numbered and of_day and record.code in {"", row.code.value}


def _tidy(reference: str) -> str:
    return " ".join(bacs_text(reference).split())
