"""Void properties: let to nobody on a day of the week, charged to the void control account of their fund."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.codes import PostingRule
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import PropertyType, Tenure
from app.services.charges import weeks
from app.services.charges.weeks import FIELDS, Week, number, text
from app.services.ledger.sql import AnySelect

VOID_CONTROL: Final = "void_loss"
OWNED: Final = (Tenure.LEASEHOLD, Tenure.FREEHOLD)
"""The tenures of homes that were sold: not void when a lease of one ends."""


def void_lettings(week: Week) -> Subquery:
    """The last tenancy of each dwelling and garage that is void on a day of the week.

    Columns: tenancy_id, ended_on, next_on (when the next tenancy starts), property_ref, rent_group_id, address_1,
    postcode, days. A home that was sold is not void when its lease ends.
    """
    ended = _ended(week)
    counted = select(ended, _void_days(ended, week).label("days")).subquery("counted")
    return select(counted).where(counted.c.days > 0).subquery("void")


def void_charges(void: Subquery, week: Week) -> Select[*tuple[Any, ...]]:
    """The charges, of codes charged in void, in force on the last day of each void property's last tenancy."""
    return (
        select(
            Charge.code,
            Charge.amount_pence,
            void.c.tenancy_id,
            void.c.ended_on,
            void.c.property_ref,
            void.c.rent_group_id,
            void.c.days,
        )
        .join(Account, Account.id == Charge.account_id)
        .join(void, void.c.tenancy_id == Account.tenancy_id)
        .where(
            Charge.code.in_(week.void_codes),
            Charge.from_on <= void.c.ended_on,
            or_(Charge.to_on.is_(None), Charge.to_on >= void.c.ended_on),
        )
    )


def void_lines(week: Week) -> AnySelect:
    """The void control accounts' lines of the week, a line for each property and charge, naming the property."""
    spans = void_charges(void_lettings(week), week).subquery("void_spans")
    narrative = text("Void ") + spans.c.property_ref + weeks.sum_text(spans, before=", ")
    priced = (
        select(
            PostingRule.account_id,
            spans.c.code,
            weeks.part_of_week(spans).label("pence"),
            _first_void_day(spans, week).label("effective_on"),
            narrative.label("narrative"),
        )
        .join(RentGroup, RentGroup.id == spans.c.rent_group_id)
        .join(PostingRule, and_(PostingRule.control == VOID_CONTROL, PostingRule.fund == RentGroup.fund))
        .where(
            or_(spans.c.days == 7, spans.c.code.not_in(week.whole_codes)),
            weeks.charged_in(spans.c.code, spans.c.rent_group_id, week),
        )
        .subquery("priced_void")
    )
    return select(*(priced.c[name] for name in FIELDS)).where(priced.c.pence != 0)


def _ended(week: Week) -> Subquery:
    """Tenancies that ended before the week did and weren't followed by its Monday, with the next tenancy's start."""
    later = aliased(Tenancy)
    follows = and_(
        later.property_id == Tenancy.property_id,
        or_(
            later.end_on.is_(None),
            later.end_on > Tenancy.end_on,
            and_(later.end_on == Tenancy.end_on, later.id > Tenancy.id),
        ),
    )
    next_on = func.min(later.start_on)
    described = (Property.rent_group_id, Property.address_1, Property.postcode)
    return (
        select(
            Tenancy.id.label("tenancy_id"),
            Tenancy.end_on.label("ended_on"),
            next_on.label("next_on"),
            Property.ref.label("property_ref"),
            *described,
        )
        .join(Property, Property.id == Tenancy.property_id)
        .outerjoin(later, follows)
        .where(
            Tenancy.end_on < week.day(6),
            Tenancy.tenure.not_in(OWNED),
            Property.type.in_([PropertyType.DWELLING, PropertyType.GARAGE]),
        )
        .group_by(Tenancy.id, Tenancy.end_on, Property.ref, *described)
        .having(or_(next_on.is_(None), next_on > week.day(0)))
        .subquery("ended")
    )


def _void_days(ended: Subquery, week: Week) -> Any:
    """Days after the last tenancy's end and before the next one's start."""
    let = case(*((ended.c.ended_on < week.day(ahead), number(ahead)) for ahead in range(7)), else_=number(7))
    upto = case(
        (or_(ended.c.next_on.is_(None), ended.c.next_on > week.day(6)), number(7)),
        *((ended.c.next_on > week.day(ahead), number(ahead + 1)) for ahead in range(5, -1, -1)),
        else_=number(0),
    )
    return upto - let


def _first_void_day(spans: Subquery, week: Week) -> Any:
    after_end = ((spans.c.ended_on == week.day(ahead), week.day(ahead + 1)) for ahead in range(6))
    return case(*after_end, else_=week.day(0))
