"""The letter that confirms an arrangement, and the fields that its wording may use."""

from __future__ import annotations

from app.models.arrangements import Arrangement
from app.models.values import Subject
from app.services.arrangements import rules
from app.services.arrangements.dto import Plan
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.statement.dto import long_date
from app.services.letters.dto import NewLetter
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group
from app.services.letters.keeping import queue_letter

TEMPLATE = "arrangement_agreed"
GROUP = "arrangement"


def register() -> None:
    """Plug the group of fields in: each letter brings its own."""
    fields = (
        ("amount", "An instalment, and how often", "£10.00 a week"),
        ("debt", "The debt that is covered", "£412.86"),
        ("starts_on", "Day of the first payment", "27 November 2026"),
        ("ends_on", "Day of the last payment", "10 September 2027"),
        ("count", "How many payments", "42"),
        ("first", "The first payment", "£10.00"),
        ("last", "The last payment", "£2.86"),
        ("on_top", "What it is paid on top of", "your weekly charge"),
    )
    register_group(FieldGroup(GROUP, "Arrangement", fields))


def confirm(ctx: Context, row: Arrangement, plan: Plan) -> str:
    """Queue the letter; returns a sentence that says so, or why there is none. An arrangement stands without it."""
    new = NewLetter(
        TEMPLATE,
        row.account_id,
        subject=Subject.ARRANGEMENT,
        subject_id=row.id,
        idempotency_key=f"arrangement:{row.id}",
        fields={
            f"{GROUP}.amount": f"{plan.amount} {rules.EVERY[plan.every]}",
            f"{GROUP}.debt": str(plan.debt),
            f"{GROUP}.starts_on": long_date(plan.starts_on),
            f"{GROUP}.ends_on": long_date(plan.ends_on),
            f"{GROUP}.count": f"{plan.count:,}",
            f"{GROUP}.first": str(plan.first),
            f"{GROUP}.last": str(plan.last),
            f"{GROUP}.on_top": "your Direct Debit" if row.direct_debit else "your weekly charge",
        },
    )
    try:
        with ctx.session.begin_nested():
            queue_letter(ctx, new)
    except UserError as error:
        return f"No letter was made: {error}"
    return "The letter is in the queue."
