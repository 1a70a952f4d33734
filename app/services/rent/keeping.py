"""Opening accounts, for commands of other services that have asked for a permission of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.landlord import Landlord
from app.models.properties import RentGroup
from app.models.values import AccountKind
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.rent.references import new_reference
from app.services.rent.search import refresh_search

_SCHEME: Final = "mod11"
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to open on a tenancy: its kind, the name that letters carry and its first day."""

    tenancy_id: int
    kind: AccountKind
    rent_group_id: int
    name: str
    opened_on: date


def open_account(ctx: Context, new: NewAccount) -> Account:
    """Open an account with a payment reference by the landlord's scheme; it is found at once.

    The tenants are written before, so that the account is found by their names.

    Raises:
        UserError: the account has no name, or one that is too long.
    """
    name = new.name.strip()
    if not name or len(name) > _LONGEST_NAME:
        wrong = f"has {len(name)} characters; it may have {_LONGEST_NAME}" if name else "is missing"
        raise UserError(f"The name of the account {wrong}.", "It is the name that letters carry.", "account_name")
    group = ctx.session.get_one(RentGroup, new.rent_group_id)
    account = Account(
        kind=new.kind,
        tenancy_id=new.tenancy_id,
        rent_group_id=group.id,
        fund=group.fund,
        name=name,
        opened_on=new.opened_on,
        balance_pence=0,
    )
    ctx.session.add(account)
    ctx.session.flush()
    scheme = ctx.session.scalar(select(Landlord.reference_scheme).order_by(Landlord.id)) or _SCHEME
    account.payment_reference = account.reference_key = new_reference(scheme, account.id, _Taken(ctx))
    ctx.session.flush()
    refresh_search(ctx, {account.id})
    return account


class _Taken:
    """The payment references in use, asked for one at a time."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def __contains__(self, reference: object) -> bool:
        found = select(Account.id).where(Account.reference_key == reference)
        return self._ctx.session.scalar(found) is not None
