"""Tenancies, their accounts and their history, for commands that have asked for a permission of their own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, or_, select

from app.models.accounts import Account
from app.models.tenancies import GarageHome, Tenancy, TenancyEvent
from app.models.values import TenancyChange
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.rent.rules import main_kind_order, reference_key


def record(
    ctx: Context,
    tenancy_id: int,
    change: TenancyChange,
    effective_on: date,
    words: str,
    other_id: int | None = None,
    journal: int | None = None,
) -> int:
    """Write a line of a tenancy's history, by this officer, now; returns it.

    `words` says what was done, as a sentence that names nobody: people are forgotten in time, the history isn't.
    `other_id` is the other tenancy of a transfer, exchange, succession or decant; `journal` what was posted with it.
    """
    event = TenancyEvent(
        tenancy_id=tenancy_id,
        change=change,
        effective_on=effective_on,
        at=ctx.clock.now(),
        officer_id=ctx.officer.id,
        words=words,
        other_id=other_id,
        journal=journal,
    )
    ctx.session.add(event)
    ctx.session.flush()
    return event.id


def tenancy(ctx: Context, tenancy_id: int) -> Tenancy:
    """The tenancy.

    Raises:
        UserError: there is none of this number.
    """
    found = ctx.session.get(Tenancy, tenancy_id)
    if found is None:
        raise UserError(f"There is no tenancy number {tenancy_id}.", field="tenancy")
    return found


def tenancy_by_reference(ctx: Context, reference: str) -> Tenancy:
    """The tenancy of this reference, or with an account of this payment reference; spaces and case don't matter.

    Raises:
        UserError: there is none.
    """
    key = reference_key(reference)
    paid = select(Account.tenancy_id).where(Account.reference_key == key)
    wanted = select(Tenancy).where(or_(Tenancy.ref_key == key, Tenancy.id.in_(paid))).order_by(Tenancy.id)
    found = ctx.session.scalars(wanted).first() if key else None
    if found is None:
        raise UserError(
            f"There is no tenancy or account with the reference '{reference.strip()}'.",
            "Check the reference: it stands at the head of the account.",
            "tenancy",
        )
    return found


def link_garage(ctx: Context, tenancy_id: int, home_id: int, *, near: bool) -> None:
    """The letting of a garage goes with a home too; what it went with before stays, for the weeks of that home.

    Nothing is put right: whoever calls this posts the differences of `charges.differences.linked_accounts`.
    """
    ctx.session.add(GarageHome(tenancy_id=tenancy_id, home_id=home_id, near=near))
    ctx.session.flush()


def near_garages(ctx: Context, home_id: int) -> dict[int, bool]:
    """The lettings of garages that go with a home, each with whether it is near."""
    links = ctx.session.scalars(select(GarageHome).where(GarageHome.home_id == home_id))
    return {link.tenancy_id: link.near for link in links}


def home_of_garage(ctx: Context, tenancy_id: int) -> GarageHome | None:
    """What a letting of a garage goes with: of several homes the one that began last; None where it goes with none."""
    links = (
        select(GarageHome)
        .join(Tenancy, Tenancy.id == GarageHome.home_id)
        .where(GarageHome.tenancy_id == tenancy_id)
        .order_by(Tenancy.start_on.desc(), Tenancy.id.desc())
    )
    return ctx.session.scalars(links).first()


def accounts_of(ctx: Context, tenancy_id: int) -> tuple[Account, ...]:
    """The accounts of a tenancy: the main account first, then the sub-accounts in the order they were opened."""
    found = ctx.session.scalars(select(Account).where(Account.tenancy_id == tenancy_id))
    return tuple(sorted(found, key=lambda account: (main_kind_order(account.kind), account.id)))


def main_account(ctx: Context, tenancy_id: int) -> Account:
    """The account of a tenancy that its rent is charged to.

    Raises:
        UserError: the tenancy has no account.
    """
    found = accounts_of(ctx, tenancy_id)
    if not found:
        raise UserError(f"The tenancy {tenancy(ctx, tenancy_id).ref} has no account.")
    return found[0]


def next_tenancy_reference(ctx: Context) -> str:
    """A reference that no tenancy has: T and a running number of six digits."""
    number = (ctx.session.scalar(select(func.max(Tenancy.id))) or 0) + 1
    while ctx.session.scalar(select(Tenancy.id).where(Tenancy.ref_key == f"T{number:06}")) is not None:
        number += 1
    return f"T{number:06}"
