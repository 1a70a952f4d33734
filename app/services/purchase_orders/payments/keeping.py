"""Payments as they go on, for what the finance system tells of them: nothing here asks for a permission."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.payments import SupplierRun
from app.models.values import SupplierRunState
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.records import record
from app.services.purchase_orders.payments import answered
from app.services.purchase_orders.payments.dto import STATES, RunMoved, run_number

AREAS: Final = frozenset({"purchase_orders", "payment_files", "diary", "home"})


def found(ctx: Context, run_id: int) -> SupplierRun:
    """A run by its id.

    Raises:
        UserError: there is none.
    """
    return record(ctx, SupplierRun, run_id, "payment run")


def moved(run: SupplierRun, told: str = "") -> RunMoved:
    """A run as it stands after a step."""
    number = run_number(run.number)
    return RunMoved(run.id, number, run.state, told or f"{number}: {STATES[run.state]}.", Changes(AREAS))


def invoices_paid(ctx: Context, paid: Mapping[int, date], reference: str = "") -> Changes:
    """The finance system says that it paid some invoices, on which day each: they are paid, whether in a run or not.

    A run of which nothing is unpaid any more is paid. Told twice, it is done once.

    Raises:
        UserError: a day is to come, or an invoice is in a run that pays by Bacs: `unpayable` says which beforehand.
    """
    answered.pay(ctx, paid, reference)
    return Changes(AREAS)


def invoices_rejected(ctx: Context, why: Mapping[int, str]) -> Changes:
    """The finance system rejected some invoices, each with why: what its runs took of them is to be paid again."""
    answered.reject(ctx, why)
    return Changes(AREAS)


def unpayable(ctx: Context, paid: Mapping[int, date]) -> dict[int, str]:
    """By invoice why the finance system can't have paid it on that day, as a sentence; the others are left out."""
    return answered.faults(ctx, paid)


def runs_in(ctx: Context, *states: SupplierRunState) -> list[SupplierRun]:
    """The runs in some states, the oldest first."""
    return list(ctx.session.scalars(select(SupplierRun).where(SupplierRun.state.in_(states)).order_by(SupplierRun.id)))
