"""The accounts of a tenancy that an invoice is about: its main account, and the sub-account that the invoice stands on."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.values import AccountKind, RechargeKind
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.recharges.dto import Face
from app.services.recharges.rules import SUBS
from app.services.rent.keeping import NewAccount, open_account
from app.services.rent.rules import main_kind_order

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
    standing = standing_sub(ctx, main, kind)
    if standing is not None:
        return standing, False
    assert main.tenancy_id is not None
    if main.rent_group_id is None:
        raise UserError("The account has no rent group, so no sub-account can be opened for it.")
    new = NewAccount(main.tenancy_id, SUBS[kind], main.rent_group_id, main.name, ctx.clock.today())
    return open_account(ctx, new), True


def face(account: Account) -> Face:
    """An account as a sheet names it."""
    return Face(account.id, account.payment_reference or "", account.name)


def standing_sub(ctx: Context, main: Account, kind: RechargeKind) -> Account | None:
    """The sub-account that an invoice of a kind would stand on; None where one is opened for it."""
    assert main.tenancy_id is not None
    standing = [each for each in _of_tenancy(ctx, main.tenancy_id) if each.kind is SUBS[kind]]
    return min(standing, key=lambda each: (each.closed_on is not None, each.id)) if standing else None


def _of_tenancy(ctx: Context, tenancy_id: int) -> list[Account]:
    return list(ctx.session.scalars(select(Account).where(Account.tenancy_id == tenancy_id).order_by(Account.id)))
