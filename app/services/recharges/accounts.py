"""The accounts of a tenancy that an invoice is about: its main account, and the sub-account that the invoice stands on."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Money, RechargeKind
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.recharges.dto import Whose
from app.services.recharges.rules import SUBS
from app.services.rent.keeping import NewAccount, open_account
from app.services.rent.rules import main_kind_order, one_line

_MAIN: Final = (AccountKind.RENT, AccountKind.GARAGE, AccountKind.FORMER_TENANT, AccountKind.LEASEHOLD)


def main_account(ctx: Context, account_id: int) -> Account:
    """The main account of the tenancy that an account belongs to.

    Raises:
        UserError: there is no such account, or it belongs to no tenancy.
    """
    asked = ctx.session.get(Account, account_id)
    if asked is None or asked.kind is AccountKind.CONTROL:
        raise UserError("There is no such account.", "Choose it by its reference or name.", "account_id")
    if asked.tenancy_id is None:
        raise UserError(
            "This account belongs to no tenancy, so nobody is recharged on it.", "Choose a tenant's.", "account_id"
        )
    if asked.kind in _MAIN:
        return asked
    every = [each for each in _of_tenancy(ctx, asked.tenancy_id) if each.kind in _MAIN]
    if not every:
        raise UserError("The tenancy of this account has no rent account.", "Choose another account.", "account_id")
    return min(every, key=lambda each: (each.closed_on is not None, main_kind_order(each.kind), each.id))


def sub_account(ctx: Context, main: Account, kind: RechargeKind) -> tuple[Account, bool]:
    """The sub-account that an invoice of a kind stands on, and whether it was opened now.

    Raises:
        UserError: the tenancy has no rent group, so that no account can be opened on it.
    """
    assert main.tenancy_id is not None
    wanted = SUBS[kind]
    standing = [each for each in _of_tenancy(ctx, main.tenancy_id) if each.kind is wanted]
    if standing:
        return min(standing, key=lambda each: (each.closed_on is not None, each.id)), False
    if main.rent_group_id is None:
        raise UserError("The account has no rent group, so no sub-account can be opened for it.")
    new = NewAccount(main.tenancy_id, wanted, main.rent_group_id, main.name, ctx.clock.today())
    return open_account(ctx, new), True


def whose(ctx: Context, main: Account) -> Whose:
    """The tenancy that is invoiced, as a sheet names it."""
    assert main.tenancy_id is not None
    place = ctx.session.scalar(
        select(Property).join(Tenancy, Tenancy.property_id == Property.id).where(Tenancy.id == main.tenancy_id)
    )
    subs = {
        each.kind: (each.payment_reference or "", Money(each.balance_pence))
        for each in _of_tenancy(ctx, main.tenancy_id)
        if each.kind in SUBS.values()
    }
    address = one_line(place.address_1, place.town, place.postcode) if place else ""
    balance = Money(main.balance_pence)
    return Whose(main.id, main.payment_reference or "", main.name, main.kind, balance, address, subs)


def _of_tenancy(ctx: Context, tenancy_id: int) -> list[Account]:
    return list(ctx.session.scalars(select(Account).where(Account.tenancy_id == tenancy_id).order_by(Account.id)))
