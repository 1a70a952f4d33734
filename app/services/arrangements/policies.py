"""The policy of arrangements in force on a day."""

from __future__ import annotations

from datetime import date

from app.services.arrangements.dto import Terms
from app.services.core.context import Context


def terms(ctx: Context, on: date) -> Terms:
    """How an arrangement is made and tested."""
    return Terms(
        longest_years=ctx.policy.number("arrangements.longest_years", on),
        long_months=ctx.policy.number("arrangements.long_months", on),
        ahead_days=ctx.policy.number("arrangements.ahead_days", on),
        tolerance_days=ctx.policy.number("arrangements.tolerance_days", on),
        tolerance=ctx.policy.money("arrangements.tolerance", on),
        missed=ctx.policy.number("arrangements.missed", on),
    )
