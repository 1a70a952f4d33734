"""The accounts that suppliers are paid on: read for payments, and the number that is called back. Nothing asks for a permission."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import undefer

from app.models.audit import AuditEntry
from app.models.purchase_orders.payments import SupplierPayment, SupplierRun
from app.models.purchase_orders.suppliers import Supplier, SupplierBank
from app.models.values import DetailState, SupplierRunState
from app.services.bacs import keeping as bacs
from app.services.bacs.dto import Destination
from app.services.core import audit, phones
from app.services.core.chunks import in_chunks
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import officer_names
from app.services.purchase_orders.suppliers.bank.dto import BankStanding
from app.services.purchase_orders.suppliers.rules import spelt

TABLE: Final = "supplier_bank"


def about(bank_id: int) -> str:
    """What the account of a row is sealed about."""
    return f"{TABLE}:{bank_id}"


def standing(ctx: Context, supplier_ids: Collection[int]) -> dict[int, BankStanding]:
    """Where suppliers are paid, without the numbers; one without details in force has no `bank_id`."""
    found: dict[int, BankStanding] = {}
    waiting: set[int] = set()
    states = (DetailState.IN_FORCE, DetailState.PROPOSED)
    for chunk in in_chunks(sorted(set(supplier_ids))):
        rows = select(SupplierBank).where(SupplierBank.supplier_id.in_(chunk), SupplierBank.state.in_(states))
        for row in ctx.session.scalars(rows):
            if row.state is DetailState.PROPOSED:
                waiting.add(row.supplier_id)
            else:
                found[row.supplier_id] = BankStanding(row.id, row.holder, row.last_two, row.from_on)
    return {
        each: BankStanding(kept.bank_id, kept.holder, kept.last_two, kept.from_on, each in waiting)
        for each in set(supplier_ids)
        for kept in (found.get(each, BankStanding(None)),)
    }


def add_waiting(ctx: Context, made: SupplierBank, name: str) -> None:
    """Keep bank details that wait for a second officer; the database lets one of a supplier wait at a time.

    Raises:
        UserError: another desk asked for others in this moment.
    """
    try:
        with ctx.session.begin_nested():
            ctx.session.add(made)
    except IntegrityError as error:
        raise one_waits(name) from error


def one_waits(name: str) -> UserError:
    """Why no other bank details are asked for while some wait."""
    return UserError(
        f"Other bank details of {name} wait for a second officer already.",
        "Have that request answered or taken back first.",
    )


def destinations(ctx: Context, bank_ids: Collection[int]) -> dict[int, tuple[Destination, str]]:
    """The accounts of details in force, unmasked, with the name on each, for a file; the audit says how many were opened.

    Raises:
        UserError: some aren't in force any more, or the key isn't at this desk.
    """
    wanted = sorted(set(bank_ids))
    found: dict[int, tuple[Destination, str]] = {}
    unseal = bacs.opener(ctx.session)
    for chunk in in_chunks(wanted):
        rows = select(SupplierBank.id, SupplierBank.sealed, SupplierBank.holder).where(
            SupplierBank.id.in_(chunk), SupplierBank.state == DetailState.IN_FORCE
        )
        for row in ctx.session.execute(rows):
            found[row.id] = (unseal(about(row.id), row.sealed), row.holder)
    if len(found) != len(wanted):
        raise UserError(
            f"Bank details of {len(wanted) - len(found)} of the payments are not in force any more.",
            "Look at the payments again; nothing was made.",
        )
    if found:
        audit.record_bulk(ctx, TABLE, "reveal", rows=len(found), opened_for="a file of payments")
    return found


def open_runs(ctx: Context, bank_id: int) -> tuple[str, ...]:
    """The payment runs, as they are written, that are to pay to some bank details and aren't paid yet."""
    open_ = SupplierRun.state.in_((SupplierRunState.WAITING, SupplierRunState.MADE, SupplierRunState.SENT))
    mine = (
        select(SupplierRun.number)
        .join(SupplierPayment, SupplierPayment.run_id == SupplierRun.id)
        .where(SupplierPayment.bank_id == bank_id, SupplierPayment.returned_on.is_(None), open_)
        .order_by(SupplierRun.number)
    )
    return tuple(f"PR{number:05}" for number in ctx.session.scalars(mine))


def opened(ctx: Context, bank_id: int) -> tuple[SupplierBank, Destination]:
    """A row with its account. Whoever shows it to an officer audits it.

    Raises:
        UserError: there is none, or the key isn't at this desk.
    """
    row = ctx.session.scalars(
        select(SupplierBank).where(SupplierBank.id == bank_id).options(undefer(SupplierBank.sealed))
    ).one_or_none()
    if row is None:
        raise UserError("There are no such bank details.", "Look at the list again.")
    return row, bacs.open_account(ctx, about(row.id), row.sealed)


def number_to_call(ctx: Context, row: Supplier) -> tuple[str, str]:
    """The number to call before bank details of a supplier change, and why that one: what its record had long enough.

    A fraud begins with a changed telephone number: one that was changed in the last days that policy names is passed over
    for the one before it. What is on the record of a supplier since it was made counts at once.
    """
    days = ctx.policy.number("purchasing.phone_days", ctx.clock.today())
    since = ctx.clock.today() - timedelta(days=days)
    before = _before(ctx, row.id, midnight(since))
    if before is None:
        return row.phone, "The telephone number on its record." if row.phone else "Its record has no telephone number."
    changed = f"The number was changed since {spelt(since)}"
    if before:
        return before, f"{changed}: this is the one before."
    return (
        "",
        f"{changed}, and there was none before. Confirm it in writing to the address on record, and wait {days} days.",
    )


def known_since(ctx: Context, row: Supplier, number: str) -> str:
    """Since when a telephone number is on the record of a supplier, in words."""
    since, named = row.made_at, "its record was made"
    for at, before in _changes(ctx, row.id):
        if phones.same_number(before) == phones.same_number(number):
            break
        since, named = at, "it was changed"
    else:
        if phones.same_number(row.phone) != phones.same_number(number):
            return "It isn't on its record."
    return f"{spelt(since.astimezone().date())}, when {named}"


def ended_by(ctx: Context, bank_id: int) -> str:
    """Who ended bank details, by hand or by approving others; empty where nobody did."""
    rows = (
        select(AuditEntry.officer_id, AuditEntry.after)
        .where(AuditEntry.table_name == TABLE, AuditEntry.row_key == str(bank_id), AuditEntry.action == "update")
        .order_by(AuditEntry.id.desc())
    )
    for officer_id, after in ctx.session.execute(rows):
        if (json.loads(after) if after else {}).get("state") == DetailState.ENDED.value:
            return officer_names(ctx.session, [officer_id]).get(officer_id or 0, "")
    return ""


def _before(ctx: Context, supplier_id: int, since: datetime) -> str | None:
    """The telephone number that a record had before the first change since a moment; None: it wasn't changed."""
    return next((before for at, before in _changes(ctx, supplier_id) if at >= since), None)


def _changes(ctx: Context, supplier_id: int) -> Iterator[tuple[datetime, str]]:
    """When the telephone number of a record was changed, and the number until then, the first change first."""
    changes = (
        select(AuditEntry.at, AuditEntry.before)
        .where(
            AuditEntry.table_name == "supplier",
            AuditEntry.row_key == str(supplier_id),
            AuditEntry.action == "update",
        )
        .order_by(AuditEntry.id)
    )
    for at, text in ctx.session.execute(changes):
        before = json.loads(text) if text else {}
        if "phone" in before:
            yield at, str(before["phone"] or "")
