"""The policy of benefits in force on a day."""

from __future__ import annotations

from datetime import date

from app.models.values import Money
from app.services.core.context import Context


def checked_weeks(ctx: Context, on: date) -> int:
    """How many weeks of benefit before entitlement ended are looked at."""
    return ctx.policy.number("tenancies.benefit_check_weeks", on)


def compared_weeks(ctx: Context, on: date) -> int:
    """Over how many weeks what was expected is compared with what came."""
    return ctx.policy.number("benefits.compared_weeks", on)


def least_difference(ctx: Context, on: date) -> Money:
    """From how much on a difference is told."""
    return ctx.policy.money("benefits.least_difference", on)


def pay_days(ctx: Context, on: date) -> int:
    """How many days after an assessment period ends its payment is expected."""
    return ctx.policy.number("benefits.uc_pay_days", on)


def spare_percents(ctx: Context, on: date) -> tuple[int, int]:
    """What is taken off the eligible rent for one spare bedroom and for two or more, in per cent."""
    return ctx.policy.number("benefits.spare_one", on), ctx.policy.number("benefits.spare_more", on)


def notify_days(ctx: Context, on: date) -> int:
    """Within how many working days the benefit office or DWP is told of a change."""
    return ctx.policy.number("benefits.notify_days", on)
