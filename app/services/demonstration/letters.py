"""Letters of the demonstration landlord: some in every state of the queue and the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.letters import Outgoing
from app.models.officers import Officer
from app.models.tenancies import Tenancy
from app.models.values import AccountKind
from app.services.core.clock import FixedClock
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.exports.letter.dto import long_date
from app.services.letters import gathering, keeping
from app.services.letters.commands import queue, sending
from app.services.letters.dto import Channel, NewLetter, OutgoingState, Returned
from app.services.letters.rules import Recipient, judge
from app.services.letters.sending import Outcome, OutcomeKind

_LOOKED_AT: Final = 120
_APPOINTMENT: Final = {
    "time": "10.30 am",
    "place": "the Civic Offices",
    "what_it_is_about": "Help with your rent",
}
_REFUND: Final = {
    "decision": "We will pay the credit to your bank account within ten working days.",
    "reason": "Your account has been in credit for three months, and nothing else is owed.",
}
_RECEIVED: Final = {
    "what_we_received": "letter",
    "what_it_was_about": "A charge for the communal aerial that you do not recognise.",
}
_ASKED: Final = {
    "what_we_need": "- Your latest bank statement\n- The letter about your Universal Credit",
    "why_we_need_it": "So that we can work out what you can afford to pay each week.",
}
_LETTERS: Final = 13
"""So many are written, each to somebody else."""


@requires(Permission.LOAD_LANDLORD)
def write_letters(ctx: Context) -> None:
    """Write letters, e-mails and text messages as the made-up officers; only where none was written before.

    A landlord of a few homes, too small to have somebody for each, gets none.
    """
    people = {each.username: each.id for each in ctx.session.scalars(select(Officer))}
    written = ctx.session.scalar(select(func.count()).select_from(Outgoing))
    if written or not {"demo.officer", "demo.senior"} <= people.keys():
        return
    officer, senior = (
        replace(ctx, officer=current(ctx.session, people[f"demo.{name}"])) for name in ("officer", "senior")
    )
    reached = tuple(_reachable(ctx))
    if len(reached) < _LETTERS:
        return
    good = iter(reached)
    today = ctx.clock.today()
    appointment = _APPOINTMENT | {"date": long_date(today + timedelta(days=12))}
    received = _RECEIVED | {
        "received_on": long_date(today - timedelta(days=3)),
        "answer_by": long_date(today + timedelta(days=11)),
    }
    refund = _REFUND | {"asked_on": long_date(today - timedelta(days=12))}
    before = replace(officer, clock=FixedClock(today - timedelta(days=8)))
    _post_of_last_week(before, officer, good)
    _messages(before, officer, good)
    for template, answers in (
        ("appointment", appointment),
        ("account_balance", {}),
        ("acknowledgement", received),
        ("request_for_information", _ASKED),
    ):
        keeping.queue_letter(officer, NewLetter(template, next(good), answers))
    cancelled = keeping.queue_letter(senior, NewLetter("account_balance", next(good)))
    queue.cancel(senior, [cancelled], "Paid this morning")
    for writer in (officer, senior):
        keeping.queue_letter(writer, NewLetter("refund_decision", next(good), refund))


def _post_of_last_week(before: Context, officer: Context, good: Iterator[int]) -> None:
    """Three letters that went out, one of which came back."""
    went = [keeping.queue_letter(before, NewLetter("account_balance", next(good))) for _ in range(2)]
    went.append(keeping.queue_letter(before, NewLetter("welcome", next(good))))
    queue.mark_printed(before, went)
    queue.returned(officer, went[1], Returned(officer.clock.today(), "gone away"))


def _messages(before: Context, officer: Context, good: Iterator[int]) -> None:
    """An e-mail that arrived, one that did not, and a text message that waits."""
    for status in ("delivered", "permanent-failure"):
        sent = keeping.queue_letter(before, NewLetter("email_balance", next(good)))
        sending.settle(before, sent, Outcome(OutcomeKind.ACCEPTED, provider_id=f"made-up-{sent}"))
        sending.note_status(before, sent, status)
    waits = keeping.queue_letter(officer, NewLetter("text_call_us", next(good)))
    row = officer.session.get_one(Outgoing, waits)
    assert row.state == OutgoingState.QUEUED
    sending.note_unsent(officer)


def _reachable(ctx: Context) -> Iterator[int]:
    """Current rent accounts that every kind of message reaches."""
    ids = ctx.session.scalars(
        select(Account.id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.kind == AccountKind.RENT, Tenancy.end_on.is_(None))
        .order_by(Account.id)
        .limit(_LOOKED_AT)
    ).all()
    return (each.account_id for each in gathering.recipients(ctx, ids) if _reached(each))


def _reached(each: Recipient) -> bool:
    return not any(judge(each, channel).stops for channel in Channel)
