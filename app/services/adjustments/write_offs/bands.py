"""The policy of write-offs in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.models.values import Money
from app.models.write_offs import WriteOffReason
from app.services.adjustments.write_offs.conditions import Larger
from app.services.adjustments.write_offs.dto import Authorities, Band, ReasonRow
from app.services.core.context import Context


class Rules(NamedTuple):
    """What cases are held against on a day."""

    reasons: Mapping[str, ReasonRow]
    authorities: Authorities
    larger: Larger


def rules_on(ctx: Context, on: date) -> Rules:
    """The reasons, the bands, and when more letters are asked for."""
    larger = Larger(
        ctx.policy.money("write_offs.more_from", on),
        ctx.policy.number("write_offs.more_letters", on),
        ctx.policy.number("write_offs.more_days", on),
    )
    return Rules(reasons(ctx), authorities(ctx, on), larger)


def authorities(ctx: Context, on: date) -> Authorities:
    """The bands, and who decides in each."""
    return Authorities(
        small_below=ctx.policy.money("write_offs.small_below", on),
        officer_below=ctx.policy.money("write_offs.officer_below", on),
        section_151_below=ctx.policy.money("write_offs.section_151_below", on),
        member_below=ctx.policy.money("write_offs.member_below", on),
        by={band: ctx.policy.value(f"write_offs.{band.value}_by", on) for band in Band},
    )


def reasons(ctx: Context) -> dict[str, ReasonRow]:
    """Every reason by its key, in the order of the list."""
    rows = ctx.session.scalars(select(WriteOffReason).order_by(WriteOffReason.place, WriteOffReason.key))
    return {row.key: _reason(row) for row in rows}


def _reason(row: WriteOffReason) -> ReasonRow:
    return ReasonRow(
        row.key,
        row.title,
        row.explained,
        None if row.most_pence is None else Money(row.most_pence),
        row.least_letters,
        row.least_days,
        row.needs_trace,
        row.needs_evidence,
        row.for_current,
        row.for_joint,
        row.discharges,
        row.unenforceable,
        row.active,
        row.version,
    )
