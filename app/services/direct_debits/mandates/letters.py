"""Letters about a mandate: the confirmation with the Guarantee in the scheme's words, and what tells that it was cancelled.

They go to the payer: to a tenant as all letters to the account do, to somebody else of our people or of none by name, to the
address that is known of them; by e-mail to whoever of our people asked to be reached so.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Select, func, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate
from app.models.letters import Outgoing
from app.models.people import Person, PersonAddress, Tenant
from app.models.tenancies import Tenancy
from app.models.values import AddressKind, PreferredContact, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.core.tenants import holds
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.direct_debits.mandates import fields
from app.services.letters.commands import queue
from app.services.letters.dto import NewLetter, OutgoingState
from app.services.letters.keeping import make
from app.services.letters.rules import is_email, tidy_address

CONFIRMATION: Final = "direct_debit_confirmation"
CANCELLATION: Final = "direct_debit_cancelled"
KEY: Final = fields.KEY
_CANCELLED_KEY: Final = "mandate-cancelled"
_WAITS: Final = (OutgoingState.QUEUED.value, OutgoingState.WAITING.value)


def confirm(ctx: Context, mandate: Mandate) -> Outgoing:
    """Write the confirmation of a mandate as it stands; its day is kept.

    Raises:
        UserError: the payer can't be written to.
    """
    sent = _write(ctx, mandate, CONFIRMATION, KEY)
    mandate.confirmed_on = sent.letter_date
    diary.finish_for(ctx, Subject.MANDATE, mandate.id, "mandate_confirm", "The confirmation was written")
    return sent


def confirm_or_say(ctx: Context, mandate: Mandate) -> tuple[int | None, str]:
    """Write the confirmation; where the payer can't be written to, a task is made, and the sentence says why."""
    try:
        with ctx.session.begin_nested():
            sent = confirm(ctx, mandate)
    except UserError as error:
        return None, _task_instead(ctx, mandate, "Confirm", error)
    return sent.id, "The confirmation is in the queue."


def cancelled_or_say(ctx: Context, mandate: Mandate) -> tuple[int | None, str]:
    """Write to the payer that a mandate was cancelled; where they can't be written to, nothing goes, and the sentence says so."""
    try:
        with ctx.session.begin_nested():
            sent = _write(ctx, mandate, CANCELLATION, _CANCELLED_KEY)
    except UserError as error:
        return None, f"The payer isn't written to: {error.message}"
    return sent.id, "The letter to the payer is in the queue."


def call_off_cancelled(ctx: Context, mandate: Mandate) -> str:
    """Call off the letter that says that a mandate was cancelled, if it hasn't gone; what is left to do as a sentence."""
    rows = ctx.session.scalars(_about(mandate, _CANCELLED_KEY).where(Outgoing.state.in_(_WAITS))).all()
    if not rows:
        return ""
    if Permission.SEND_LETTERS not in ctx.officer.permissions:
        return "The letter that says so waits to be printed: have it cancelled."
    queue.cancel(ctx, [row.id for row in rows], "The mandate goes on")
    return ""


def _write(ctx: Context, mandate: Mandate, template: str, key: str) -> Outgoing:
    person = ctx.session.get(Person, mandate.person_id) if mandate.person_id is not None else None
    by_mail = person is not None and person.preferred_contact is PreferredContact.EMAIL and is_email(person.email)
    name, address = ("", ()) if by_mail else _addressed(ctx, mandate, person)
    number = ctx.session.scalar(select(func.count()).select_from(_about(mandate, key).subquery())) or 0
    return make(
        ctx,
        NewLetter(
            f"{template}_email" if by_mail else template,
            mandate.account_id,
            recipient=person.email if person is not None and by_mail else "",
            idempotency_key=f"{key}:{mandate.id}:{number + 1}",
            subject=Subject.MANDATE,
            subject_id=mandate.id,
            fields=fields.of_mandate(ctx, mandate),
            addressee=name,
            address=address,
        ),
    )


def _addressed(ctx: Context, mandate: Mandate, person: Person | None) -> tuple[str, tuple[str, ...]]:
    """Name and address of a payer who isn't a tenant of the account; nothing of one who is."""
    if person is None:
        return mandate.payer_name, tidy_address(mandate.payer_address.splitlines())
    if _is_tenant(ctx, mandate, person):
        return "", ()
    given = person.correspondence_address or mandate.payer_address or _home(ctx, person)
    if not given:
        raise UserError("No address of the payer is known.", "Write it with the mandate, or with the person.")
    return mandate.payer_name, tidy_address(given.splitlines())


def _is_tenant(ctx: Context, mandate: Mandate, person: Person) -> bool:
    rows = (
        select(Tenant.person_id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .join(Account, Account.tenancy_id == Tenancy.id)
        .where(Account.id == mandate.account_id, Tenant.person_id == person.id, holds(ctx.clock.today()))
    )
    return ctx.session.scalars(rows).first() is not None


def _home(ctx: Context, person: Person) -> str:
    rows = select(PersonAddress).where(
        PersonAddress.person_id == person.id, PersonAddress.kind == AddressKind.HOME, PersonAddress.to_on.is_(None)
    )
    row = ctx.session.scalars(rows.order_by(PersonAddress.id.desc())).first()
    return f"{row.lines}\n{row.postcode}" if row is not None else ""


def _task_instead(ctx: Context, mandate: Mandate, what: str, error: UserError) -> str:
    days = ctx.policy.number("direct_debits.confirm_days", ctx.clock.today())
    task = NewTask(
        f"{what} mandate {mandate.reference} to its payer",
        diary.due_in(ctx, days),
        error.message,
        Subject.MANDATE,
        mandate.id,
        "mandate_confirm",
    )
    diary.add_task(ctx, task)
    return f"The confirmation isn't written: {error.message} A task says so."


def _about(mandate: Mandate, key: str) -> Select[Outgoing]:
    mine = Outgoing.idempotency_key.startswith(f"{key}:{mandate.id}:", autoescape=True)
    return select(Outgoing).where(Outgoing.subject == Subject.MANDATE.value, Outgoing.subject_id == mandate.id, mine)
