"""Giving notice and finding what was given, for commands that have asked for a permission of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.charges import RentNotice
from app.models.values import Subject
from app.services.charges.notices import rules
from app.services.charges.notices.fields import Notice, notice_from, notices
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_task, due_in
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import queue_letter

TEMPLATE: Final = "rent_notice"
TASK: Final = "rent_notice"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a notice has to be on a day: its least days, and the working days that a letter is in the post."""

    days: int
    delivery: int

    def served(self, posted_on: date) -> date:
        """The day a letter counts as served."""
        return rules.served_on(posted_on, self.delivery)

    def post_by(self, effective_on: date) -> date:
        """The last day to post notice of a change from a day."""
        return rules.post_by(effective_on, self.days, self.delivery)

    def first_monday(self, posted_on: date) -> date:
        """The first Monday that a notice posted on a day is in time for."""
        return rules.first_monday(self.served(posted_on), self.days)


@dataclass(frozen=True, slots=True)
class Given:
    """A rent notice that was made: its letter, or why it became a task instead."""

    letter_id: int | None
    served_on: date | None
    why_not: str = ""


def terms(ctx: Context, day: date) -> Terms:
    """What the policy asks of a notice served on a day."""
    days = ctx.policy.number("charges.rent_notice_days", day)
    return Terms(rules.notice_days(days), ctx.policy.number("charges.notice_delivery_days", day))


def served(ctx: Context, account_id: int, effective_on: date) -> date | None:
    """The earliest day on which notice of a change from a day was served on an account."""
    statement = (
        select(RentNotice.served_on)
        .where(
            RentNotice.account_id == account_id,
            RentNotice.effective_on == effective_on,
            RentNotice.served_on.is_not(None),
        )
        .order_by(RentNotice.served_on)
    )
    return ctx.session.scalars(statement).first()


def give(ctx: Context, account_id: int, effective_on: date, *, why: str = "", excuse: str = "") -> Given:
    """Make a rent notice of what an account is charged from a day on, and keep when it counts as served.

    A letter that can't be written (letters are on hold, the address is missing) becomes a task; the change stands or falls by
    the notice rules all the same.
    """
    today = ctx.clock.today()
    row = RentNotice(
        account_id=account_id,
        effective_on=effective_on,
        served_on=terms(ctx, today).served(today),
        excuse=excuse,
        made_at=ctx.clock.now(),
        made_by=ctx.officer.id,
    )
    ctx.session.add(row)
    ctx.session.flush()
    letter = NewLetter(
        TEMPLATE,
        account_id,
        answers={"why": why} if why else {},
        fields=notice_from(ctx, account_id, effective_on),
        idempotency_key=f"rent notice {row.id}",
    )
    try:
        with ctx.session.begin_nested():
            row.letter_id = queue_letter(ctx, letter)
    except UserError as refused:
        row.letter_id, row.served_on = None, None
        _ask_for_it(ctx, account_id, str(refused))
        ctx.session.flush()
        return Given(None, None, str(refused))
    ctx.session.flush()
    return Given(row.letter_id, row.served_on)


def coming(ctx: Context, account_id: int) -> Notice:
    """The next change of an account's charges, or without one the last.

    Raises:
        UserError: nothing is charged to it.
    """
    found = notices(ctx, [account_id], ctx.clock.today()).get(account_id)
    if found is None:
        raise UserError("Nothing is charged to this account week by week, so there is nothing to give notice of.")
    return found


def next_change(ctx: Context, account_id: int) -> date:
    """The day of that change.

    Raises:
        UserError: as `coming`.
    """
    return coming(ctx, account_id).from_on


def excuse(ctx: Context, account_id: int, effective_on: date, why: str) -> None:
    """Keep why a change stands without a valid notice, where no letter goes out."""
    row = RentNotice(
        account_id=account_id,
        effective_on=effective_on,
        excuse=why,
        made_at=ctx.clock.now(),
        made_by=ctx.officer.id,
    )
    ctx.session.add(row)
    ctx.session.flush()


def _ask_for_it(ctx: Context, account_id: int, why: str) -> None:
    days = ctx.policy.number("charges.rent_notice_letter_days", ctx.clock.today())
    add_task(
        ctx,
        NewTask(
            "Give the rent notice another way",
            subject=Subject.ACCOUNT,
            subject_id=account_id,
            kind=TASK,
            due_on=due_in(ctx, days),
            details=f"The letter could not be made. {why}",
        ),
    )
