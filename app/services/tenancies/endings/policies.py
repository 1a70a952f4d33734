"""The policy of endings in force on a day."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.models.values import EndReason, Tenure
from app.services.core.context import Context
from app.services.tenancies.endings.dto import LateKeys, Terms

_KEYS: Final = {
    EndReason.TENANT_NOTICE: "tenancies.tenant_notice_days",
    EndReason.DEATH: "tenancies.death_notice_days",
    EndReason.NOTICE_TO_QUIT: "tenancies.landlord_notice_days",
}


def terms(ctx: Context, reason: EndReason, tenure: Tenure, on: date, *, public_trustee: bool = False) -> Terms:
    """How an ending is worked out by the policy in force on the day of its notice, or on its last day where there is none."""
    key = "tenancies.public_trustee_notice_days" if public_trustee else _KEYS.get(reason)
    return Terms(
        notice_days=ctx.policy.number(key, on, f"tenure:{tenure.value}") if key else 0,
        whole_weeks=ctx.policy.value("tenancies.ends_on", on) == "sunday",
        keys_hour=ctx.policy.number("tenancies.keys_due_hour", on),
        late_keys=LateKeys(ctx.policy.value("tenancies.late_keys", on)),
    )


def after_death(ctx: Context, on: date) -> str:
    """To which day benefit runs after a death: `sunday` or `monday` (`rules.entitled_to`)."""
    return ctx.policy.value("tenancies.benefit_after_death", on)


def reach(ctx: Context, on: date) -> tuple[int, int]:
    """How many days back and ahead of today a tenancy may be ended."""
    return ctx.policy.number("tenancies.end_back_days", on), ctx.policy.number("tenancies.end_ahead_days", on)


def closing_statement_days(ctx: Context, on: date) -> int:
    """Within how many working days of the end the closing statement goes out."""
    return ctx.policy.number("tenancies.closing_statement_days", on)


def inspection_days(ctx: Context, on: date) -> int:
    """Within how many working days an empty home is looked over."""
    return ctx.policy.number("tenancies.recharge_inspection_days", on)
