"""Writing letters, and what becomes of them in the queue."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select

import app.models.imports  # noqa: F401  a flag points to the table of loads
from app.models.approvals import ApprovalRequest
from app.models.holds import Flag
from app.models.letters import Outgoing
from app.models.values import ApprovalState, Subject
from app.services.approvals import commands as approvals
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.letters import called_off, came_back, keeping, posted, went
from app.services.letters.approving import AREAS
from app.services.letters.dto import Channel, Made, NewLetter, OutgoingState, Returned
from app.services.letters.gathering import SUSPECT
from app.services.letters.rules import may_undo
from app.services.letters.stopped import refuse_held_back

RETURNED_TASK: Final = came_back.TASK
_CANCELLABLE: Final = frozenset({OutgoingState.WAITING, OutgoingState.QUEUED, OutgoingState.FAILED})


@requires(Permission.SEND_LETTERS)
def write(ctx: Context, new: NewLetter) -> Made:
    """Write a letter, e-mail or text message and put it in the queue.

    Raises:
        UserError: as `keeping.queue_letter`.
    """
    row = keeping.make(ctx, new)
    return Made(row.id, OutgoingState(row.state), row.title, row.addressee, _changed((row,)))


@requires(Permission.APPROVE_LETTERS)
def approve(ctx: Context, outgoing_ids: Sequence[int]) -> Changes:
    """Approve letters that wait, where they stand in the queue; a batch is approved whole.

    Raises:
        UserError: none of them waits, or the officer asked for one and may not approve it.
    """
    rows = _rows(ctx, outgoing_ids)
    requests = sorted({row.request_id for row in rows if row.request_id and row.state == OutgoingState.WAITING})
    if not requests:
        raise UserError("None of these letters waits for approval.", "Choose letters that say so.")
    decided = approvals.approve(ctx, requests)
    if not decided.done:
        raise UserError(decided.refused[0].message if decided.refused else "None could be approved.")
    return replace(_changed(rows), areas=AREAS | decided.changes.areas)


@requires(Permission.SEND_LETTERS)
def cancel(ctx: Context, outgoing_ids: Sequence[int], reason: str = "") -> Changes:
    """Cancel letters that have not gone yet, and the statements that go with them.

    Raises:
        UserError: one of them has been printed, sent or handed over; none is cancelled then.
    """
    refuse_card_number(ctx, reason, "reason", "reason")
    rows = posted.with_behind(ctx, _rows(ctx, outgoing_ids))
    gone = [row for row in rows if OutgoingState(row.state) not in _CANCELLABLE]
    if gone:
        raise UserError(
            f"{gone[0].title} to {gone[0].addressee} is {gone[0].state} and can't be cancelled; nothing was.",
            "Choose letters that are queued, waiting or failed.",
        )
    _withdraw(ctx, rows)
    called_off.tell(ctx, rows, reason.strip())
    for row in rows:
        row.state, row.ended_by = OutgoingState.CANCELLED.value, ctx.officer.id
        row.error = reason.strip()[:400]
    went.tell(ctx, rows)
    return _changed(rows)


@requires(Permission.SEND_LETTERS)
def mark_printed(ctx: Context, outgoing_ids: Sequence[int]) -> Changes:
    """Say that letters were printed and go out with today's post; those already marked are let be.

    Raises:
        UserError: one of them isn't a letter, is not ready to be printed, or letters to its account are stopped.
    """
    rows = _rows(ctx, outgoing_ids)
    for row in rows:
        if row.channel != Channel.LETTER or row.state not in {OutgoingState.QUEUED, OutgoingState.PRINTED}:
            raise UserError(
                f"{row.title} to {row.addressee} is {came_back.said(row)}, so it can't be marked as printed; nothing was.",
                "Choose letters that are queued.",
            )
    refuse_held_back(ctx, rows)
    for row in rows:
        if row.state == OutgoingState.QUEUED:
            row.state = OutgoingState.PRINTED.value
            row.printed_by, row.printed_at = ctx.officer.id, ctx.clock.now()
    went.tell(ctx, rows)
    return _changed(rows)


@requires(Permission.SEND_LETTERS)
def undo_printed(ctx: Context, outgoing_ids: Sequence[int]) -> Changes:
    """Take back a mark as printed, on the same day: after that the post has gone.

    Raises:
        UserError: one of them isn't marked, or was marked on an earlier day.
    """
    rows = _rows(ctx, outgoing_ids)
    for row in rows:
        if posted.is_run(row):
            raise UserError(f"{row.title} is a run of statements.", "Its files are on the Statements tab.")
        on = row.printed_at.astimezone().date() if row.printed_at else None
        if row.state != OutgoingState.PRINTED or not may_undo(on, ctx.clock.today()):
            raise UserError(
                f"{row.title} to {row.addressee} was not printed today, so that can't be undone.",
                "If it never went, write it again.",
            )
    for row in rows:
        row.state = OutgoingState.QUEUED.value
        row.printed_by = row.printed_at = None
    went.tell(ctx, rows)
    return _changed(rows)


@requires(Permission.SEND_LETTERS)
def returned(ctx: Context, outgoing_id: int, back: Returned) -> Changes:
    """Note post that came back: the account is flagged, so that no letter goes there, and an officer finds the address.

    Raises:
        UserError: it never went, came back already, the day is before it went or after today, or no reason is given.
    """
    row = _rows(ctx, [outgoing_id])[0]
    came_back.check(ctx, row, back)
    refuse_card_number(ctx, back.reason, "reason", "reason")
    row.state = OutgoingState.RETURNED.value
    row.returned_on, row.return_reason = back.returned_on, back.reason.strip()[:200]
    row.ended_by = ctx.officer.id
    if row.account_id is not None:
        came_back.doubt(ctx, row.account_id, row, back)
    went.tell(ctx, (row,))
    return replace(_changed((row,)), areas=AREAS | {"rent", "diary", "home"})


@requires(Permission.SEND_LETTERS)
def address_checked(ctx: Context, account_id: int) -> Changes:
    """Say that the address of an account is right again: the flag goes and the task is finished.

    Raises:
        UserError: the address isn't doubted.
    """
    access.touch(ctx, (account_id,))
    today = ctx.clock.today()
    standing = ctx.session.scalars(
        select(Flag).where(Flag.account_id == account_id, Flag.flag == SUSPECT, Flag.to_on.is_(None))
    ).all()
    if not standing:
        raise UserError("The address of this account isn't doubted.")
    for flag in standing:
        if flag.from_on >= today:
            ctx.session.delete(flag)
        else:
            flag.to_on = today
    diary.finish_for(ctx, Subject.ACCOUNT, account_id, RETURNED_TASK, "The address was checked")
    ctx.session.flush()
    return Changes(AREAS | {"rent", "diary", "home"}, frozenset({account_id}))


@requires(Permission.SEND_LETTERS)
def try_again(ctx: Context, outgoing_ids: Sequence[int]) -> Changes:
    """Queue e-mails and text messages that failed once more, as new messages to the provider.

    Raises:
        UserError: one of them has not failed.
    """
    rows = _rows(ctx, outgoing_ids)
    for row in rows:
        if row.state != OutgoingState.FAILED:
            raise UserError(f"{row.title} to {row.addressee} is {came_back.said(row)}; it has not failed.")
    for row in rows:
        row.state, row.error, row.tries, row.next_try_at = OutgoingState.QUEUED.value, "", 0, None
        row.client_reference, row.provider_id, row.provider_status = secrets.token_hex(16), None, ""
    went.tell(ctx, rows)
    return _changed(rows)


@requires(Permission.SEND_LETTERS)
def print_instead(ctx: Context, outgoing_ids: Sequence[int]) -> Changes:
    """Make letters for the print queue of e-mails and text messages that failed or still wait; those are sent no more.

    Raises:
        UserError: one of them was sent, is being sent or is a letter, or can't be reached by post; nothing is made then.
    """
    rows = _rows(ctx, outgoing_ids)
    for row in rows:
        if row.channel == Channel.LETTER or row.state not in {OutgoingState.FAILED, OutgoingState.QUEUED}:
            raise UserError(
                f"{row.title} to {row.addressee} is {came_back.said(row)}, so no letter takes its place; nothing was made.",
                "Choose e-mails and text messages that failed, or that still wait.",
            )
    for row in rows:
        made = keeping.letter_instead(ctx, row)
        row.state, row.ended_by = OutgoingState.CANCELLED.value, ctx.officer.id
        row.error = f"{row.error} Printed as letter {made.id} instead."[-400:].strip()
    ctx.session.flush()
    return _changed(rows)


def _rows(ctx: Context, outgoing_ids: Collection[int]) -> list[Outgoing]:
    """The rows with these numbers, none of which the officer may not touch.

    Raises:
        UserError: none was chosen, one is not there, or one is of an account that the officer may not work on.
    """
    if not outgoing_ids:
        raise UserError("Choose a letter first.")
    found: dict[int, Outgoing] = {}
    for chunk in in_chunks(sorted(outgoing_ids)):
        found |= {row.id: row for row in ctx.session.scalars(select(Outgoing).where(Outgoing.id.in_(chunk)))}
    missing = set(outgoing_ids) - found.keys()
    if missing:
        raise UserError(f"There is no letter {min(missing)} in the register.", "Look at the list again.")
    access.touch(ctx, {row.account_id for row in found.values() if row.account_id is not None})
    return [found[each] for each in outgoing_ids]


def _withdraw(ctx: Context, rows: Sequence[Outgoing]) -> None:
    """The requests of letters that are cancelled: the officer's own are withdrawn, a colleague's finds nothing to approve."""
    asked = sorted({row.request_id for row in rows if row.request_id and not (row.batch_id or posted.goes_behind(row))})
    for chunk in in_chunks(asked):
        own = select(ApprovalRequest.id).where(
            ApprovalRequest.id.in_(chunk),
            ApprovalRequest.asked_by == ctx.officer.id,
            ApprovalRequest.state.in_((ApprovalState.WAITING, ApprovalState.RETURNED)),
        )
        for request_id in ctx.session.scalars(own).all():
            approvals.withdraw(ctx, request_id, "The letter was cancelled")


def _changed(rows: Collection[Outgoing]) -> Changes:
    accounts = frozenset(row.account_id for row in rows if row.account_id is not None)
    return Changes(AREAS | {"approvals"}, accounts)
