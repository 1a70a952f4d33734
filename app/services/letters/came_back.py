"""Post that came back: whether it can have, and the doubt that it leaves about an address."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

import app.models.imports  # noqa: F401  a flag points to the table of loads
from app.models.holds import Flag
from app.models.letters import Outgoing
from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.letters import posted
from app.services.letters.dto import Channel, OutgoingState, Returned
from app.services.letters.gathering import SUSPECT

TASK: Final = "returned_post"
"""The kind of the task that returned post makes; finished when the address is found to be right."""
_NAMES: Final = {Channel.LETTER: "a letter", Channel.EMAIL: "an e-mail", Channel.TEXT: "a text message"}


def check(ctx: Context, row: Outgoing, back: Returned) -> None:
    """Refuse what can't have come back.

    Raises:
        UserError: it never went, came back already, the day is before it went or after today, or no reason is given.
    """
    if row.channel != Channel.LETTER or row.state != OutgoingState.PRINTED or row.printed_at is None:
        raise UserError(f"This is {said(row)}: only a letter that went out can come back.")
    if posted.is_run(row):
        raise UserError(
            f"{row.title} is a whole run of statements.",
            "Log the one that came back on the Post tab and press Ctrl+Shift+R there: it is found by its account.",
        )
    if not back.reason.strip():
        raise UserError("Say why it came back, as the envelope says.", "Such as 'gone away'.", "reason")
    went = row.printed_at.astimezone().date()
    if not went <= back.returned_on <= ctx.clock.today():
        raise UserError(f"It went on {_day(went)}, so it came back from that day to today.", field="returned_on")


def doubt(ctx: Context, account_id: int, row: Outgoing, back: Returned) -> None:
    """Flag the account once, and give an officer the task once."""
    note = f"post returned on {_day(back.returned_on)}: {back.reason.strip()}"[:400]
    standing = select(Flag.id).where(Flag.account_id == account_id, Flag.flag == SUSPECT, Flag.to_on.is_(None))
    if ctx.session.scalars(standing).first() is None:
        ctx.session.add(Flag(account_id=account_id, flag=SUSPECT, note=note, from_on=ctx.clock.today(), to_on=None))
        days = ctx.policy.number("letters.returned_post_days", ctx.clock.today())
        diary.add_task(
            ctx,
            NewTask(
                f"Find the right address: post returned, account {row.reference}",
                diary.due_in(ctx, days),
                f"{row.title} of {_day(row.letter_date)} came back ({back.reason.strip()}).",
                Subject.ACCOUNT,
                account_id,
                TASK,
                officer_id=row.asked_by,
            ),
        )


def said(row: Outgoing) -> str:
    """What a line of the register is and how far it came, as a sentence has it: `a letter that is queued`."""
    return f"{_NAMES[Channel(row.channel)]} that is {row.state}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
