"""What follows a start: the first statement, the welcome letter, and the tasks by which payment is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from app.models.accounts import Account
from app.models.tenancies import Tenancy
from app.models.values import PaymentMethod, Subject
from app.services.core import plugs
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_note, add_task, due_in
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import queue_letter
from app.services.tenancies.starting.dto import StartTenancy

SLOT: Final = "first_statement"
WELCOME: Final = "welcome"
ASKED: Final = {
    PaymentMethod.DIRECT_DEBIT: ("mandate_request", "Ask for a Direct Debit mandate"),
    PaymentMethod.PAYMENT_CARD: ("payment_card_request", "Order a payment card"),
    PaymentMethod.HOUSING_BENEFIT: ("benefit_claim", "Enter the claim to Housing Benefit"),
    PaymentMethod.UNIVERSAL_CREDIT: ("benefit_claim", "Enter the claim to Universal Credit"),
}
"""The task by which each way to pay is set up, by its kind and title."""
TRIAL_REVIEW: Final = ("trial_review", "Decide whether the introductory tenancy goes on")

FirstStatement = Callable[[Context, int, date, int | None], object]
_FIRST: list[FirstStatement] = []


def register(make: FirstStatement) -> None:
    """Plug in what makes an account's first statement: `make(ctx, account_id, start_on, letter)`, with the welcome's line."""
    if make not in _FIRST:
        _FIRST.append(make)


def follow(ctx: Context, new: StartTenancy, account: Account) -> tuple[int | None, str]:
    """Do what follows; returns the welcome letter's line of the register, or why it could not be written.

    A letter that can't be written (its address is missing, letters are on hold) doesn't stop the start: it becomes a task.
    """
    if new.second_home.strip():
        add_note(ctx, Subject.ACCOUNT, account.id, f"Runs together with another home: {new.second_home.strip()}")
    for task in _tasks(ctx, new, account):
        add_task(ctx, task)
    if not new.welcome:
        return None, ""
    letter, why = _welcome(ctx, account)
    plugs.fill(SLOT)
    for make in _FIRST:
        make(ctx, account.id, new.start_on, letter)
    return letter, why


def _welcome(ctx: Context, account: Account) -> tuple[int | None, str]:
    try:
        with ctx.session.begin_nested():
            return queue_letter(ctx, NewLetter(WELCOME, account.id, idempotency_key=f"welcome {account.id}")), ""
    except UserError as refused:
        add_task(
            ctx, _about(ctx, account, "welcome_letter", "Send the welcome another way", due_in(ctx, 1), str(refused))
        )
        return None, str(refused)


def _tasks(ctx: Context, new: StartTenancy, account: Account) -> Iterator[NewTask]:
    today = ctx.clock.today()
    if new.ask_to_pay and new.payment_method in ASKED:
        kind, title = ASKED[new.payment_method]
        days = ctx.policy.number("lettings.payment_set_up_days", today)
        yield _about(ctx, account, kind, title, due_in(ctx, days), "A new tenancy pays this way.")
    tenancy = ctx.session.get(Tenancy, account.tenancy_id)
    if tenancy is not None and tenancy.trial_ends_on is not None:
        kind, title = TRIAL_REVIEW
        days = ctx.policy.number("lettings.trial_review_days", tenancy.start_on)
        due = max(tenancy.trial_ends_on - timedelta(days=days), today)
        ends = f"{tenancy.trial_ends_on.day} {tenancy.trial_ends_on:%b %Y}"
        details = f"The trial ends on {ends}; to extend it, notice is served by the day this is due."
        yield _about(ctx, account, kind, title, due, details, remind_on=max(due - timedelta(days=14), today))


def _about(
    ctx: Context, account: Account, kind: str, title: str, due_on: date, details: str, remind_on: date | None = None
) -> NewTask:
    """A task of the officer who starts the tenancy, about its account."""
    return NewTask(
        title,
        due_on,
        details,
        Subject.ACCOUNT,
        account.id,
        kind,
        remind_on=remind_on,
        officer_id=ctx.officer.id,
    )
