"""What was done on an account while its money was in suspense, and would not have been done: listed, to be put right.

A letter, a broken arrangement, court costs and an instalment of Direct Debit that was worked out anew count from the day of
the payment to the day on which it reached the account. Rentbook lists them; an officer decides which of them were wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.arrangements import Arrangement, ArrangementDebt
from app.models.direct_debits.schedules import DebitSchedule, SchedulePart
from app.models.letters import LetterTemplate, LetterTemplateVersion, Outgoing
from app.models.reception_payments.suspense import SuspenseItem, SuspenseMove
from app.models.values import (
    AccountKind,
    ArrangementState,
    Money,
    ScheduleState,
    Subject,
    SuspenseMoveKind,
    SuspenseMoveState,
)
from app.services.core import access
from app.services.core.context import Context
from app.services.core.records import record
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.diary.keeping import written
from app.services.ledger.sql import ACCOUNT, ENTRY
from app.services.letters.dto.outgoing import OUTGOING_STATES, OutgoingState
from app.services.reception_payments.suspense.dto import Triggered

REPAIR: Final = "suspense_repair"
"""The kind of the task."""
APOLOGY: Final = "suspense_apology"
"""The letter that says sorry."""
_HARMLESS: Final = frozenset(
    f"""{APOLOGY} receipt_email payment_link_text pay_card signpost_text appointment email_appointment text_appointment
    contact_changed email_contact_changed text_contact_changed acknowledgement post_acknowledgement
    post_acknowledgement_email post_acknowledgement_text welcome away_from_home after_a_death joint_tenant_died
    notice_confirmed tenancy_changed rent_notice""".split()
)
"""Letters that nobody gets for owing money, and that name no balance."""
_UNSENT: Final = frozenset({OutgoingState.WAITING, OutgoingState.QUEUED})


def meanwhile(ctx: Context, item_id: int) -> tuple[Triggered, ...]:
    """What was done on the accounts of a cleared item between its payment and its clearing, the oldest first.

    Of an account that the officer may not open nothing is told.
    """
    item = record(ctx, SuspenseItem, item_id, "suspense item")
    posted = select(SuspenseMove).where(
        SuspenseMove.item_id == item_id,
        SuspenseMove.state == SuspenseMoveState.POSTED,
        SuspenseMove.kind == SuspenseMoveKind.ACCOUNT,
        SuspenseMove.pence > 0,
    )
    closed = access.closed_accounts(ctx)
    moves = [each for each in ctx.session.scalars(posted.order_by(SuspenseMove.id)) if each.account_id not in closed]
    until = {each.account_id: each.posted_at.date() for each in moves if each.posted_at is not None}
    found = [each for account_id, last in until.items() for each in triggered(ctx, account_id, item.received_on, last)]
    return tuple(sorted(found, key=lambda each: (each.on, each.account_id)))


def ask(ctx: Context, item: SuspenseItem, moves: Sequence[SuspenseMove]) -> None:
    """Give whoever confirmed an item a task for each account on which something was done meanwhile."""
    today = ctx.clock.today()
    holders = {
        each.account_id: each.confirmed_by for each in moves if each.kind is SuspenseMoveKind.ACCOUNT and each.pence > 0
    }
    for account_id, officer_id in holders.items():
        done = sorted(triggered(ctx, account_id, item.received_on, today), key=lambda each: each.on)
        if done:
            title = f"Put right what was done while item {item.number} of {Money(item.pence)} was in suspense"
            lines = "\n".join(f"{written(each.on)}: {each.what}. {each.words}" for each in done)
            details = f"It was paid on {written(item.received_on)}. Look at each, and write to say sorry.\n{lines}"
            about = (Subject.ACCOUNT, account_id, REPAIR)
            diary.add_task(ctx, NewTask(title[:200], today, details[:4_000], *about, officer_id=officer_id))


def triggered(ctx: Context, account_id: int, first: date, last: date) -> Iterator[Triggered]:
    """What was done on an account from one day to another that hangs on what it owed."""
    account = ctx.session.get_one(Account, account_id)
    known = (account_id, account.payment_reference or "")
    for on, what, words, subject, record_id in (
        *_letters(ctx, account_id, first, last),
        *_arrangements(ctx, account_id, first, last),
        *_costs(ctx, account, first, last),
        *_schedules(ctx, account_id, first, last),
    ):
        yield Triggered(*known, on, what, words, subject, record_id)


_Done = tuple[date, str, str, Subject, int]


def _letters(ctx: Context, account_id: int, first: date, last: date) -> Iterable[_Done]:
    rows = (
        select(Outgoing.id, Outgoing.letter_date, Outgoing.title, Outgoing.state, LetterTemplate.key)
        .outerjoin(LetterTemplateVersion, LetterTemplateVersion.id == Outgoing.template_version_id)
        .outerjoin(LetterTemplate, LetterTemplate.id == LetterTemplateVersion.template_id)
        .where(
            Outgoing.account_id == account_id,
            Outgoing.letter_date.between(first, last),
            Outgoing.state != OutgoingState.CANCELLED.value,
        )
        .order_by(Outgoing.id)
    )
    for row in ctx.session.execute(rows):
        if row.key not in _HARMLESS:
            state = OutgoingState(row.state)
            then = "Cancel it if it is wrong." if state in _UNSENT else ""
            words = f"{row.title}, {OUTGOING_STATES[state].lower()}. {then}".strip()
            yield row.letter_date, "Letter", words, Subject.LETTER, row.id


def _arrangements(ctx: Context, account_id: int, first: date, last: date) -> Iterable[_Done]:
    covers = select(ArrangementDebt.arrangement_id).where(ArrangementDebt.account_id == account_id)
    rows = select(Arrangement).where(
        (Arrangement.account_id == account_id) | Arrangement.id.in_(covers),
        Arrangement.state == ArrangementState.BROKEN,
        Arrangement.state_on.between(first, last),
    )
    for each in ctx.session.scalars(rows.order_by(Arrangement.id)):
        words = f"{Money(each.amount_pence)} a time. Make it anew if this payment kept it."
        yield each.state_on or first, "Arrangement broken", words, Subject.ACCOUNT, each.account_id


def _costs(ctx: Context, account: Account, first: date, last: date) -> Iterable[_Done]:
    if account.tenancy_id is None:
        return
    rows = (
        select(ENTRY.c.account_id, ENTRY.c.effective_on, ENTRY.c.pence)
        .join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id)
        .where(
            ACCOUNT.c.tenancy_id == account.tenancy_id,
            ACCOUNT.c.kind == AccountKind.COURT_COSTS,
            ENTRY.c.pence > 0,
            ENTRY.c.effective_on.between(first, last),
        )
        .order_by(ENTRY.c.effective_on, ENTRY.c.journal, ENTRY.c.line)
    )
    for account_id, on, pence in ctx.session.execute(rows):
        words = f"{Money(pence)} were charged. Take them off if the case was brought for this payment."
        yield on, "Court costs", words, Subject.ACCOUNT, account_id


def _schedules(ctx: Context, account_id: int, first: date, last: date) -> Iterable[_Done]:
    parts = select(SchedulePart.schedule_id).where(SchedulePart.account_id == account_id)
    rows = select(DebitSchedule).where(
        DebitSchedule.id.in_(parts),
        DebitSchedule.state == ScheduleState.CURRENT,
        DebitSchedule.made_at >= datetime.combine(first, time(), UTC),
        DebitSchedule.made_at <= datetime.combine(last, time.max, UTC),
    )
    for each in ctx.session.scalars(rows.order_by(DebitSchedule.id)):
        words = f"Worked out without this payment: {Money(each.pence)} each time. Work it out again."
        yield each.made_at.date(), "Direct Debit", words, Subject.MANDATE, each.mandate_id
