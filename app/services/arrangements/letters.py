"""The letter that confirms an arrangement."""

from __future__ import annotations

from typing import Final

from app.models.arrangements import Arrangement
from app.models.values import Subject
from app.services.arrangements import rules
from app.services.arrangements.dto import Plan
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.statement.dto import long_date
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import queue_letter

TEMPLATE: Final = "arrangement_agreed"


def confirm(ctx: Context, row: Arrangement, plan: Plan) -> str:
    """Queue the letter; returns a sentence that says so, or why there is none. An arrangement stands without it."""
    new = NewLetter(
        TEMPLATE,
        row.account_id,
        answers={
            "debt": str(plan.debt),
            "each_payment": f"{plan.amount} {rules.EVERY[plan.every]}",
            "first_payment": str(plan.first),
            "first_day": long_date(plan.starts_on),
            "last_payment": str(plan.last),
            "last_day": long_date(plan.ends_on),
            "number_of_payments": f"{plan.count:,}",
            "on_top_of": "your Direct Debit" if row.direct_debit else "your weekly charge",
        },
        subject=Subject.ARRANGEMENT,
        subject_id=row.id,
        idempotency_key=f"arrangement:{row.id}",
    )
    try:
        with ctx.session.begin_nested():
            queue_letter(ctx, new)
    except UserError as error:
        return f"No letter was made: {error}"
    return "The letter is in the queue."
