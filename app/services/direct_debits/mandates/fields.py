"""The fields of letters about a mandate: they come with each letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection
from app.models.letters import Outgoing
from app.models.values import CollectionState, Money, Subject
from app.services.bacs.dto import Masked
from app.services.bacs.own import NOT_SET
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.landlord import landlord
from app.services.direct_debits.mandates.dto import WAYS
from app.services.direct_debits.mandates.keeping.banks import bank_of
from app.services.direct_debits.mandates.rules import guarantee
from app.services.exports.statement.dto import long_date
from app.services.letters import called_off
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group

KEY: Final = "mandate-confirm"
_MOST: Final = 12
_EXAMPLE: Final = "\n".join(f"- {line}" for line in guarantee("Example District Council", 10))
_FIELDS: Final = (
    ("reference", "Direct Debit reference", "0012447103"),
    ("payer", "Payer", "Ms A Example"),
    ("bank", "Bank account, masked", "account ending 34"),
    ("bank_name", "Bank or building society", "Example Bank"),
    ("way", "How it was given", "By telephone"),
    ("given_on", "Day on which it was given", "20 November 2026"),
    ("statement", "What the payer's bank statement says", "Example District Council"),
    ("notice_days", "Working days of advance notice", "10"),
    ("first_on", "Day of the next collection", "4 January 2027"),
    ("first_amount", "Amount of the next collection", "£112.40"),
    ("payments", "The collections to come, as rows of a table", "4 January 2027 | £112.40"),
    ("stopped_on", "Day on which it was cancelled", "20 November 2026"),
    ("why", "Why it was cancelled", "You asked us to."),
    ("guarantee", "The Direct Debit Guarantee, as a list", _EXAMPLE),
)


def register() -> None:
    """Plug the group of fields in, and what becomes of a confirmation that is called off."""
    register_group(FieldGroup("direct_debit", "Direct Debit", _FIELDS))
    called_off.register(_not_confirmed)


def of_mandate(ctx: Context, mandate: Mandate) -> dict[str, str]:
    """What the fields stand for of a mandate as it stands."""
    today = ctx.clock.today()
    bank = bank_of(ctx, mandate.id)
    days = ctx.policy.number("direct_debits.notice_days", today)
    us = landlord(ctx).name or "the council"
    ahead = ahead_of(ctx, mandate)
    values = {
        "reference": mandate.reference,
        "payer": mandate.payer_name,
        "bank": Masked(bank.last_two).words,
        "bank_name": ", ".join(each for each in (bank.bank_name, bank.branch) if each),
        "way": WAYS[mandate.way],
        "given_on": long_date(mandate.given_on),
        "statement": _on_statements(ctx) or us,
        "notice_days": str(days),
        "first_on": long_date(ahead[0].due_on) if ahead else "",
        "first_amount": str(Money(ahead[0].pence)) if ahead else "",
        "payments": "\n".join(f"{long_date(each.due_on)} | {Money(each.pence)}" for each in ahead),
        "stopped_on": long_date(mandate.state_on),
        "why": mandate.state_why,
        "guarantee": "\n".join(f"- {line}" for line in guarantee(us, days)),
    }
    return {f"direct_debit.{key}": value for key, value in values.items()}


def _on_statements(ctx: Context) -> str:
    """Our name as Bacs carries it, which the payer's statement shows; empty where policy doesn't have it."""
    name = ctx.policy.value("bacs.user_name", ctx.clock.today()).strip()
    return "" if name == NOT_SET else name


def ahead_of(ctx: Context, mandate: Mandate) -> Sequence[Collection]:
    """The collections that the confirmation tells of: the next that are planned."""
    rows = select(Collection).where(
        Collection.mandate_id == mandate.id,
        Collection.state == CollectionState.PLANNED,
        Collection.due_on >= ctx.clock.today(),
        Collection.pence > 0,
    )
    return ctx.session.scalars(rows.order_by(Collection.due_on, Collection.id).limit(_MOST)).all()


def _not_confirmed(ctx: Context, rows: Sequence[Outgoing], _why: str) -> None:
    """A confirmation that is called off before it went leaves its mandate unconfirmed."""
    about = {
        row.subject_id
        for row in rows
        if row.subject == Subject.MANDATE.value and (row.idempotency_key or "").startswith(f"{KEY}:")
    }
    for chunk in in_chunks(sorted(about)):
        for mandate in ctx.session.scalars(select(Mandate).where(Mandate.id.in_(chunk))):
            mandate.confirmed_on = None
    ctx.session.flush()
