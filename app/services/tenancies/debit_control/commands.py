"""Preparing Monday's sheet: the first signature; the second is an approval."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.models.charges import DebitControl
from app.models.values import Money, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import NewRequest
from app.services.core.calendars import week_monday
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.tenancies.debit_control import keeping, positions, queries
from app.services.tenancies.debit_control.dto import Prepared
from app.services.tenancies.debit_control.working import Worked
from app.services.tenancies.starting.rules import written

KIND: Final = "debit_control"
AREAS: Final = frozenset({"rent", "charges", "approvals"})
LONGEST: Final = 2_000


@requires(Permission.PREPARE_DEBIT_CONTROL)
def prepare(ctx: Context, week: date, explanation: str = "") -> Prepared:
    """Sign a week's sheet as the first officer, and ask a second one to sign it.

    A sheet that waits already is made anew with the figures of now. What was charged beyond what should have been is explained.

    Raises:
        UserError: the week isn't charged yet, comes before a sheet that is signed or is signed itself, a difference is left
            unexplained, or the office has one officer.
    """
    monday = week_monday(week)
    row = queries.row_of(ctx, monday)
    _refuse_order(ctx, monday, row)
    worked = queries.work_out(ctx, monday)
    words = explanation.strip()
    _refuse_unfit(ctx, worked, words)
    if row is None:
        row = DebitControl(week_on=monday, prepared_by=ctx.officer.id, prepared_at=ctx.clock.now(), explanation=words)
        ctx.session.add(row)
    row.prepared_by, row.prepared_at, row.explanation = ctx.officer.id, ctx.clock.now(), words
    ctx.session.flush()
    keeping.keep(ctx, row.id, worked)
    request = NewRequest(
        KIND,
        Subject.DEBIT_CONTROL,
        row.id,
        f"Debit control, week of {written(monday)}",
        words or "The sheet adds up: nothing to explain.",
        {"control": row.id, "closing": _closing(worked).pence, "run": _run(worked).pence, "moves": len(worked.moves)},
    )
    standing = approvals.waiting_for(ctx, Subject.DEBIT_CONTROL, KIND).get(row.id)
    if standing is None:
        row.request_id = approvals.ask(ctx, request)
    else:
        approvals.ask_again(ctx, standing, request)
    ctx.session.flush()
    assert row.request_id is not None
    return Prepared(monday, row.request_id, Changes(AREAS))


def _refuse_order(ctx: Context, monday: date, row: DebitControl | None) -> None:
    if row is not None and row.checked_at is not None:
        raise UserError(f"The debit control of {written(monday)} is signed already.", field="week")
    latest = positions.latest_signed(ctx)
    if latest is not None and monday < latest:
        raise UserError(
            f"The debit control of {written(latest)} is signed already, which is later.",
            "Sheets are signed in order: the next one shows whatever was left out.",
            "week",
        )


def _refuse_unfit(ctx: Context, worked: Worked, words: str) -> None:
    if not worked.charged:
        raise UserError(
            f"The week of {written(worked.week_on)} has not been charged yet.",
            "Charge it on the page Charges first: the sheet is checked against its charge.",
            "week",
        )
    refuse_card_number(ctx, words, "explanation", "explanation")
    if len(words) > LONGEST:
        raise UserError(f"The explanation has {len(words):,} characters; it may have {LONGEST:,}.", field="explanation")
    apart = [line for line in worked.lines if line.difference]
    if apart and not words:
        first = apart[0]
        raise UserError(
            f"{first.name} was charged {first.difference.dr_cr()} beyond what it should have been.",
            "Say why, or put it right first: the differences are listed under the sheet.",
            "explanation",
        )


def _closing(worked: Worked) -> Money:
    return Money(sum(line.closing.pence for line in worked.lines))


def _run(worked: Worked) -> Money:
    return Money(sum(line.run.pence for line in worked.lines))
