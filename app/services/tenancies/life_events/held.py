"""The tenancies that somebody holds on the day of an event, with the accounts on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.people import Tenant
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, LifeEvent, PaymentMethod, PropertyType, Tenure
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.rent.rules import KIND_WORDS, main_kind_order, one_line
from app.services.tenancies.life_events.dto import Happened

_KEPT = "held by whom it happened to"
_TENURES = {
    Tenure.AFFORDABLE: "Affordable rent tenancy",
    Tenure.NON_SECURE: "Non-secure tenancy",
    Tenure.LICENCE: "Licence",
    Tenure.USE_AND_OCCUPATION: "Use and occupation",
    Tenure.LEASEHOLD: "Lease",
    Tenure.FREEHOLD: "Freehold",
    Tenure.GARAGE: "Letting",
    Tenure.OTHER: "Tenancy",
}
"""What is held, where it isn't called by its tenure and 'tenancy'."""
LEAVES = frozenset({LifeEvent.DEATH, LifeEvent.EVICTION, LifeEvent.RIGHT_TO_BUY})
"""After these nobody is a tenant any more, unless somebody else holds the tenancy with them."""


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """An account of a tenancy."""

    account_id: int
    kind: AccountKind
    reference: str
    balance_pence: int


@dataclass(frozen=True, slots=True)
class Held:
    """A tenancy that somebody holds.

    Attributes:
        others: how many hold it with them.
        accounts: the main account first.
    """

    tenancy_id: int
    ref: str
    tenure: Tenure
    type: PropertyType
    address: str
    start_on: date
    payment_method: PaymentMethod
    succeeded: bool
    others: int
    accounts: tuple[HeldAccount, ...]

    @property
    def joint(self) -> bool:
        """Whether somebody else holds it too."""
        return self.others > 0

    @property
    def what(self) -> str:
        """Its name: `Secure tenancy of 4 Sample Close`."""
        place = self.address.split(",")[0]
        if self.type is PropertyType.GARAGE:
            return f"Letting of {place}"
        return f"{_TENURES.get(self.tenure, self.tenure.value.capitalize() + ' tenancy')} of {place}"

    @property
    def main(self) -> HeldAccount | None:
        """The account that its rent is charged to."""
        return self.accounts[0] if self.accounts else None


def held(ctx: Context, happened: Happened) -> tuple[Held, ...]:
    """The tenancies that they hold on the day, homes before garages; one that ended before isn't among them.

    They are read once a transaction: every kind of thing that hangs on somebody begins with them.
    """
    kept: dict[Happened, tuple[Held, ...]] = ctx.session.info.setdefault(_KEPT, {})
    if happened not in kept:
        kept[happened] = _read(ctx, happened)
    return kept[happened]


def _read(ctx: Context, happened: Happened) -> tuple[Held, ...]:
    rows = ctx.session.execute(_statement(happened)).all()
    accounts = _accounts(ctx, [row.id for row in rows])
    found = [
        Held(
            row.id,
            row.ref,
            row.tenure,
            row.type,
            one_line(row.address_1, row.address_2),
            row.start_on,
            row.payment_method,
            row.succeeded,
            row.others,
            accounts.get(row.id, ()),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: each.type is PropertyType.GARAGE))


def _statement(happened: Happened) -> Select[Any]:
    mine, other, on = aliased(Tenant), aliased(Tenant), happened.on
    others = (
        select(func.count())
        .select_from(other)
        .where(
            other.tenancy_id == Tenancy.id,
            other.person_id != happened.person_id,
            or_(other.to_on.is_(None), other.to_on >= on),
        )
        .scalar_subquery()
    )
    return (
        select(
            Tenancy.id,
            Tenancy.ref,
            Tenancy.tenure,
            Property.type,
            Property.address_1,
            Property.address_2,
            Tenancy.start_on,
            Tenancy.payment_method,
            Tenancy.succeeded,
            others.label("others"),
        )
        .join(mine, and_(mine.tenancy_id == Tenancy.id, mine.person_id == happened.person_id))
        .join(Property, Property.id == Tenancy.property_id)
        .where(or_(Tenancy.end_on.is_(None), Tenancy.end_on >= on), or_(mine.to_on.is_(None), mine.to_on >= on))
        .order_by(Tenancy.start_on, Tenancy.id)
    )


def accounts_held(ctx: Context, happened: Happened) -> dict[int, tuple[Held, HeldAccount]]:
    """The accounts of those tenancies, by their id, with the tenancy that each is on."""
    return {account.account_id: (each, account) for each in held(ctx, happened) for account in each.accounts}


def kind_of(account: HeldAccount) -> str:
    """What an account is called in the middle of a sentence: `rent account`."""
    return KIND_WORDS[account.kind].lower().replace("hb ", "HB ")


def _accounts(ctx: Context, tenancy_ids: list[int]) -> dict[int, tuple[HeldAccount, ...]]:
    found: dict[int, list[HeldAccount]] = {}
    for chunk in in_chunks(tenancy_ids):
        statement = select(
            Account.tenancy_id, Account.id, Account.kind, Account.payment_reference, Account.balance_pence
        ).where(Account.tenancy_id.in_(chunk))
        for tenancy_id, account_id, kind, reference, pence in ctx.session.execute(statement):
            found.setdefault(tenancy_id or 0, []).append(HeldAccount(account_id, kind, reference or "", pence))
    return {
        tenancy_id: tuple(sorted(each, key=lambda account: (main_kind_order(account.kind), account.account_id)))
        for tenancy_id, each in found.items()
    }
