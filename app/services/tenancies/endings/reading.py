"""A tenancy as an ending finds it: its accounts, people, garages, and what is noted of an ending already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.endings import STANDING, Ending
from app.models.people import Person, Tenant
from app.models.properties import Property
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import EndingState, EndReason, Money, PropertyType
from app.services.charges import runs
from app.services.charges.rules import vat_inside
from app.services.charges.runs import basis_points
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.rent.rules import one_line
from app.services.tenancies import keeping
from app.services.tenancies.endings.dto import GarageRow

_DAY = timedelta(days=1)
_GOES_ON = frozenset({EndReason.TRANSFER, EndReason.MUTUAL_EXCHANGE, EndReason.SUCCESSION, EndReason.ASSIGNMENT})
"""Why a tenancy ends where another begins from it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A tenancy with what an ending of it touches.

    Attributes:
        account: the main account, whose balance goes to the former tenant's account.
        accounts: all of the tenancy's, the main account first.
        ending: what is noted or done of its ending, if anything that stands is.
        garages: live tenancies of garages of the same people, or linked to this one.
    """

    tenancy: Tenancy
    place: Property
    account: Account
    accounts: tuple[Account, ...]
    ending: Ending | None
    garages: tuple[Tenancy, ...]

    @property
    def account_ids(self) -> frozenset[int]:
        """The accounts of the tenancy."""
        return frozenset(each.id for each in self.accounts)

    @property
    def address(self) -> str:
        """The property in one line."""
        place = self.place
        return one_line(place.address_1, place.address_2, place.town, place.postcode)


def case(ctx: Context, tenancy_id: int) -> Case:
    """The case of a tenancy.

    Raises:
        UserError: there is no such tenancy, it has no account, or it is restricted and not the officer's to open.
    """
    tenancy = keeping.tenancy(ctx, tenancy_id)
    account = keeping.main_account(ctx, tenancy_id)
    access.open_account(ctx, account.id)
    return Case(
        tenancy=tenancy,
        place=ctx.session.get_one(Property, tenancy.property_id),
        account=account,
        accounts=keeping.accounts_of(ctx, tenancy_id),
        ending=standing(ctx, tenancy_id),
        garages=_garages(ctx, tenancy),
    )


def standing(ctx: Context, tenancy_id: int) -> Ending | None:
    """The ending of a tenancy that is noted or done, if one is."""
    return ctx.session.scalar(select(Ending).where(Ending.tenancy_id == tenancy_id, Ending.state.in_(STANDING)))


def ending(ctx: Context, ending_id: int) -> Ending:
    """The ending of this number.

    Raises:
        UserError: there is none.
    """
    found = ctx.session.get(Ending, ending_id)
    if found is None:
        raise UserError("That ending is no longer there.", "Open the account again.")
    return found


def with_it(ctx: Context, ending_id: int) -> Sequence[Ending]:
    """The endings of garages that go with the ending of a home, those that stand."""
    statement = select(Ending).where(Ending.with_id == ending_id, Ending.state.in_(STANDING)).order_by(Ending.id)
    return ctx.session.scalars(statement).all()


def charged_to(ctx: Context) -> date | None:
    """The last day that every account has been charged for, or that the loaded balances hold."""
    following = runs.next_week(ctx)
    return following - _DAY if following is not None else None


def next_letting(ctx: Context, tenancy: Tenancy) -> Tenancy | None:
    """The tenancy of the same property that starts next after this one did, if one is known."""
    later = (
        select(Tenancy)
        .where(Tenancy.property_id == tenancy.property_id, Tenancy.start_on > tenancy.start_on)
        .order_by(Tenancy.start_on, Tenancy.id)
    )
    return ctx.session.scalars(later).first()


def refuse_let(ctx: Context, found: Case, ending: Ending) -> None:
    """A home that somebody else holds by now can't be given back, nor one whose tenants hold another in its place.

    Raises:
        UserError: it is, or they do.
    """
    _refuse_gone_on(ctx, found, ending)
    for tenancy_id in (found.tenancy.id, *(garage.tenancy_id for garage in with_it(ctx, ending.id))):
        following = next_letting(ctx, keeping.tenancy(ctx, tenancy_id))
        if following is not None:
            raise UserError(
                f"The property is let again from {written(following.start_on)}, so the ending of "
                f"{keeping.tenancy(ctx, tenancy_id).ref} can't be taken back.",
                "What is wrong on the old account is put right by a correction of its last day, or by an adjustment.",
            )


def _refuse_gone_on(ctx: Context, found: Case, ending: Ending) -> None:
    """A tenancy that goes on as another is ended for good while that one stands.

    Raises:
        UserError: it does.
    """
    if ending.reason not in _GOES_ON:
        return
    later = select(Tenancy).where(Tenancy.before_id == found.tenancy.id, Tenancy.end_on.is_(None)).order_by(Tenancy.id)
    other = ctx.session.scalars(later).first()
    if other is None:
        return
    hint = f"End {other.ref} first: then this ending can be taken back."
    if ending.state is EndingState.ENDED and ending.former_account_id is None:
        account = keeping.main_account(ctx, other.id).payment_reference
        hint += f" The balance went to account {account}: bring it back with an adjustment."
    raise UserError(
        f"{found.tenancy.ref} goes on as {other.ref} from {written(other.start_on)}, so its ending can't be taken back.",
        hint,
    )


def died_on(ctx: Context, tenancy_id: int) -> date | None:
    """When the last of the tenants died, if all of them have."""
    statement = select(Person.died_on).join(Tenant, Tenant.person_id == Person.id)
    days = ctx.session.scalars(statement.where(Tenant.tenancy_id == tenancy_id, Tenant.to_on.is_(None))).all()
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def garage_rows(ctx: Context, found: Case) -> tuple[GarageRow, ...]:
    """The garages as the sheet offers them."""
    rows = []
    today = ctx.clock.today()
    near = keeping.near_garages(ctx, found.tenancy.id)
    for garage in found.garages:
        account = keeping.main_account(ctx, garage.id)
        place = ctx.session.get_one(Property, garage.property_id)
        in_force = (Charge.from_on <= today, or_(Charge.to_on.is_(None), Charge.to_on >= today))
        summed = select(func.coalesce(func.sum(Charge.amount_pence), 0)).where(
            Charge.account_id == account.id, *in_force
        )
        weekly = Money(ctx.session.scalar(summed) or 0)
        rows.append(
            GarageRow(
                garage.id,
                account.id,
                account.payment_reference or "",
                one_line(place.address_1, place.address_2, place.postcode),
                weekly,
                vat=vat_inside(weekly, basis_points(ctx.policy.value(runs.VAT_RATE, today))),
                exempt=near.get(garage.id, False),
            )
        )
    return tuple(rows)


def _garages(ctx: Context, tenancy: Tenancy) -> tuple[Tenancy, ...]:
    """Live garages of the same people, and those linked to a dwelling; of a garage itself none."""
    own = ctx.session.get_one(Property, tenancy.property_id)
    if own.type is PropertyType.GARAGE:
        return ()
    people = select(Tenant.person_id).where(Tenant.tenancy_id == tenancy.id)
    theirs = select(Tenant.tenancy_id).where(Tenant.person_id.in_(people))
    linked = select(GarageHome.tenancy_id).where(GarageHome.home_id == tenancy.id)
    statement = (
        select(Tenancy)
        .join(Property, Property.id == Tenancy.property_id)
        .where(
            Property.type == PropertyType.GARAGE,
            or_(Tenancy.id.in_(linked), Tenancy.id.in_(theirs)),
            or_(Tenancy.end_on.is_(None), Tenancy.end_on >= tenancy.start_on),
        )
        .order_by(Tenancy.id)
    )
    today = ctx.clock.today()
    noted = {each.tenancy_id for each in _endings_of(ctx, tenancy.id)}
    return tuple(
        each
        for each in ctx.session.scalars(statement)
        if each.end_on is None or each.end_on >= today or each.id in noted
    )


def _endings_of(ctx: Context, tenancy_id: int) -> Sequence[Ending]:
    """The endings of garages that go with the standing ending of a home."""
    home = select(Ending.id).where(Ending.tenancy_id == tenancy_id, Ending.state.in_(STANDING))
    return ctx.session.scalars(select(Ending).where(Ending.with_id.in_(home), Ending.state.in_(STANDING))).all()
