"""What follows a change: the charges of garages, the ways to pay, benefit, letters and tasks; told first, then done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.accounts import Account
from app.models.values import Money, PaymentMethod, Subject
from app.services.benefits import keeping as benefits
from app.services.benefits.dto import KINDS
from app.services.charges import differences
from app.services.charges.differences import AsIf
from app.services.core.calendars import WEEK, week_monday
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_task, due_in, written
from app.services.exports.statement.dto import long_date
from app.services.ledger.dto import Posted
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import queue_letter
from app.services.tenancies import garages
from app.services.tenancies.changes.reading import Standing

TEMPLATE: Final = "tenancy_changed"
MANDATE: Final = "mandate_request"
CARD: Final = "payment_card_request"
LETTER: Final = "tenancy_letter"
_SOON: Final = 2


@dataclass(frozen=True, slots=True)
class Todo:
    """A task that a change leaves behind."""

    kind: str
    title: str
    details: str


def payment(found: Standing, *, gone: Iterable[str] = ()) -> tuple[Todo, ...]:
    """What becomes of the way to pay when other people hold a tenancy; a card goes on, it carries the reference only."""
    ref = found.case.account.payment_reference or found.tenancy.ref
    if found.tenancy.payment_method is not PaymentMethod.DIRECT_DEBIT:
        return ()
    who = "whoever left" if list(gone) else "whose account it is"
    title = f"See from whose bank account {ref} is paid"
    return (Todo(MANDATE, title, f"The tenants have changed: a mandate of {who} is replaced by a new one."),)


def tell_benefit(ctx: Context, found: Standing) -> Iterator[Effect]:
    """Whoever pays benefit for a tenancy, before they are told of a change."""
    for kind in benefits.live_kinds(ctx, [found.tenancy.id]).get(found.tenancy.id, ()):
        yield Effect("Benefit", f"A task: tell whoever pays {KINDS[kind]}")


def report(ctx: Context, found: Standing, words: str, on: date) -> None:
    """Whoever pays benefit for a tenancy is told of a change from a day."""
    benefits.tenancy_changed(ctx, found.tenancy.id, words, on)


def tell(todos: Iterable[Todo]) -> Iterator[Effect]:
    """The tasks, before they are made."""
    for each in todos:
        yield Effect("Tasks", each.title)


def tell_payment(found: Standing, todos: Collection[Todo]) -> Iterator[Effect]:
    """The way to pay, before it is seen to."""
    method = found.tenancy.payment_method
    if any(each.kind == MANDATE for each in todos):
        yield Effect("Payment", "The Direct Debit goes on until the mandate has been seen to", warns=True)
    elif method is PaymentMethod.PAYMENT_CARD:
        yield Effect("Payment", "The payment card goes on: it carries the reference and no name")
    else:
        yield Effect("Payment", "The payment reference stays as it is")


def make(ctx: Context, account_id: int, todos: Iterable[Todo]) -> None:
    """Make the tasks, for the officer who saved the change."""
    due = due_in(ctx, _SOON)
    for each in todos:
        new = NewTask(each.title, due, each.details, Subject.ACCOUNT, account_id, each.kind, officer_id=ctx.officer.id)
        add_task(ctx, new)


def vat_effects(ctx: Context, found: Standing, on: date, as_if: AsIf) -> Iterator[Effect]:
    """The garages whose VAT is another after a change, from the week after the day, and in weeks that were charged."""
    ids = differences.linked_accounts(ctx, found.case.account_ids)
    first = week_monday(on) + WEEK
    monday = week_monday(max(on, ctx.clock.today())) + WEEK
    for where, was, will in garages.changed(ctx, ids, monday, as_if):
        yield Effect("Garages", f"{where}, from the week of {written(first)}", was.label, will.label, warns=True)
    yield from garages.tell_charged(ctx, ids, on, as_if)


def post(ctx: Context, found: Standing, on: date, why: str, what: str) -> Posted | None:
    """Put right what was charged from a day, on the tenancy's accounts and on those of its garages."""
    ctx.session.flush()
    accounts = differences.linked_accounts(ctx, found.case.account_ids)
    key = f"tenancy:{found.tenancy.id}:{what}:{found.tenancy.version}"
    return differences.post_differences(ctx, accounts, on, why, key)


def letter(ctx: Context, account: Account, on: date, what_changed: str, key: str) -> str:
    """Queue the letter that says what changed; where it can't be written a task asks for it. Returns why it can't."""
    new = NewLetter(
        TEMPLATE,
        account.id,
        answers={"from_day": long_date(on), "what_changed": what_changed},
        idempotency_key=key,
    )
    try:
        with ctx.session.begin_nested():
            queue_letter(ctx, new)
    except UserError as refused:
        todo = Todo(LETTER, f"Tell the tenants of {account.payment_reference} what has changed", str(refused))
        make(ctx, account.id, (todo,))
        return str(refused)
    return ""


def owed(found: Standing) -> Money:
    """The balance of the main account."""
    return Money(found.case.account.balance_pence)
