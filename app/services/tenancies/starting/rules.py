"""What a tenancy must be to start, by its tenure, and what its first week costs. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from app.models.values import AccountKind, PropertyType, Tenure
from app.services.charges.dto import Element, Span
from app.services.charges.rules import HOME_TENURES, days_in_week, part_week
from app.services.core.calendars import week_monday
from app.services.core.errors import UserError
from app.services.rent.rules import main_kind
from app.services.tenancies.starting.dto import Facts, FirstWeek, NewTenant, OtherLet, StartTenancy, WeekSum

RENT_CODES: Final = frozenset({"DBR", "DTA"})
"""Rent, and the charge for temporary accommodation: one of them is what somebody pays to live in a home."""
FITS: Final = {
    PropertyType.DWELLING: (*sorted(HOME_TENURES, key=list(Tenure).index), Tenure.LEASEHOLD, Tenure.FREEHOLD),
    PropertyType.GARAGE: (Tenure.GARAGE,),
    PropertyType.OTHER: (Tenure.OTHER, Tenure.GARAGE, Tenure.LICENCE),
}
"""The tenures under which each type of property is held, the commonest first."""
TENURE_WORDS: Final = {
    Tenure.SECURE: "secure tenancy",
    Tenure.INTRODUCTORY: "introductory tenancy",
    Tenure.FLEXIBLE: "flexible tenancy",
    Tenure.AFFORDABLE: "affordable rent tenancy",
    Tenure.NON_SECURE: "non-secure tenancy",
    Tenure.LICENCE: "licence",
    Tenure.USE_AND_OCCUPATION: "use and occupation",
    Tenure.LEASEHOLD: "leasehold",
    Tenure.FREEHOLD: "freehold",
    Tenure.GARAGE: "garage letting",
    Tenure.OTHER: "other letting",
}
_PROPERTY_WORDS: Final = {
    PropertyType.DWELLING: "home",
    PropertyType.GARAGE: "garage",
    PropertyType.OTHER: "property of another kind",
}
_YOUNGEST: Final = 16
ADULT: Final = 18
"""The age from which somebody can hold a legal tenancy."""
DAY: Final = timedelta(days=1)


def faults(new: StartTenancy, facts: Facts) -> Iterator[UserError]:
    """Everything that stands against a start, each beside the field that it is about."""
    if new.tenure not in FITS[facts.type]:
        words = TENURE_WORDS[new.tenure]
        fitting = ", ".join(TENURE_WORDS[each] for each in FITS[facts.type])
        message = f"A {_PROPERTY_WORDS[facts.type]} can't be held by {words}."
        yield UserError(message, f"Choose {fitting}.", "tenure")
    yield from _first_day_faults(new.start_on, facts)
    yield from _tenant_faults(new, facts)
    yield from _charge_faults(new, facts)
    yield from _period_faults(new, facts)
    if new.near_home and new.home_id is None:
        yield UserError("A garage is near a home only if it goes with one.", "Choose the home.", "home_id")


def main_account_kind(new: StartTenancy, property_type: PropertyType) -> AccountKind:
    """The kind of the account that the charges go to."""
    return main_kind(property_type, new.tenure)


def months_on(day: date, months: int) -> date:
    """The last day of so many months that begin with `day`: 12 from 16 Nov 2026 end on 15 Nov 2027."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        following = date(year, month + 1, day.day)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        following = date(year, month + 1, 1)
    return following - DAY


def overlap(lets: Sequence[OtherLet], start_on: date) -> OtherLet | None:
    """The letting that is in the way of one from `start_on` without an end: it lasts into it or begins later."""
    in_the_way = (each for each in lets if each.last is None or each.last >= start_on)
    return min(in_the_way, key=lambda each: each.first, default=None)


def first_week(start_on: date, charges: Sequence[tuple[str, Element]], *, free: bool) -> FirstWeek:
    """What the week of the first day costs, each charge as a sum; `charges` are names with what is charged.

    `free`: the rent group has the week free.
    """
    monday = week_monday(start_on)
    sums: list[WeekSum] = []
    left_out: list[str] = []
    for name, element in charges:
        if free and element.free_week:
            left_out.append(name)
            continue
        days = days_in_week(monday, Span(start_on))
        sums.append(WeekSum(name, part_week(element.weekly, days, apportion=element.apportion)))
    return FirstWeek(monday, tuple(sums), tuple(left_out))


def age_on(born: date, day: date) -> int:
    """Whole years from a birthday to a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def written(day: date) -> str:
    """A day as the office writes it: `16 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def _first_day_faults(start_on: date, facts: Facts) -> Iterator[UserError]:
    limits = facts.limits
    if not limits.earliest <= start_on <= limits.latest:
        far = "back" if start_on < limits.earliest else "ahead"
        yield UserError(
            f"{written(start_on)} is too far {far} for the first day of a tenancy.",
            f"It may be from {written(limits.earliest)} to {written(limits.latest)}; check the year.",
            "start_on",
        )
        return
    found = overlap(facts.lets, start_on)
    if found is None:
        return
    if found.first > start_on:
        text = f"The property is let from {written(found.first)} already, by the tenancy {found.reference}."
        yield UserError(text, "Two tenancies of one property can't run together.", "start_on")
        return
    until = f"ends on {written(found.last)}" if found.last else "has not ended"
    hint = f"Start on {written(found.last + DAY)} or later." if found.last else "End it first."
    yield UserError(f"The property is let: the tenancy {found.reference} {until}.", hint, "start_on")


def _tenant_faults(new: StartTenancy, facts: Facts) -> Iterator[UserError]:
    if not new.tenants:
        yield UserError("Nobody is named as the tenant.", "Find the person, or add them.", "tenants")
    known = Counter(each.person_id for each in new.tenants if each.person_id is not None)
    if any(count > 1 for count in known.values()):
        yield UserError("The same person is named twice.", "Take one of the two out.", "tenants")
    for tenant in new.tenants:
        if tenant.person_id is not None:
            if reason := facts.people.get(tenant.person_id, "There is no such person."):
                yield UserError(reason, field="tenants")
            continue
        yield from _new_person_faults(tenant, new.start_on)
    if facts.homes and not new.second_home.strip():
        yield _second_home(facts.homes[0])


def _new_person_faults(tenant: NewTenant, start_on: date) -> Iterator[UserError]:
    if not tenant.last_name.strip():
        yield UserError("A tenant has no last name.", "Letters need one.", "tenants")
    if tenant.date_of_birth is not None and age_on(tenant.date_of_birth, start_on) < _YOUNGEST:
        name = f"{tenant.first_name} {tenant.last_name}".strip()
        text = f"{name} was born on {written(tenant.date_of_birth)} and is under {_YOUNGEST} on the first day."
        yield UserError(text, "Check the date of birth.", "tenants")


def _second_home(home: OtherLet) -> UserError:
    until = f"until {written(home.last)}" if home.last else "and that tenancy has not ended"
    return UserError(
        f"A tenant holds another home on these days: {home.address} ({home.reference}), since {written(home.first)} {until}.",
        "End that tenancy first, or say why both run together.",
        "second_home",
    )


def _charge_faults(new: StartTenancy, facts: Facts) -> Iterator[UserError]:
    twice = [code for code, count in Counter(each.code for each in new.charges).items() if count > 1]
    if twice:
        yield UserError(f"The charge {twice[0]} is there twice.", "Make it one amount.", "charges")
    for charge in new.charges:
        if charge.code not in facts.codes:
            yield UserError(f"'{charge.code}' is not a charge in use.", "Choose one from the list.", "charges")
        elif not charge.amount:
            yield UserError(f"The charge {charge.code} has no amount.", "Give one, or take it out.", "charges")
        elif charge.amount.pence < 0 and charge.code not in facts.either_sign:
            yield UserError(f"The charge {charge.code} can't be a credit.", field="charges")
    kind = main_account_kind(new, facts.type)
    unpaid = not new.rent_elsewhere and not RENT_CODES & {each.code for each in new.charges}
    if kind is AccountKind.RENT and unpaid:
        yield UserError("There is no rent.", "Add what a week costs, such as DBR 118.42.", "charges")
    if kind is AccountKind.GARAGE and not new.charges:
        yield UserError("There is no charge for the garage.", "Add what a week costs, such as DGA 17.80.", "charges")


def _period_faults(new: StartTenancy, facts: Facts) -> Iterator[UserError]:
    if new.trial_ends_on is not None:
        if new.tenure is not Tenure.INTRODUCTORY:
            yield UserError("Only an introductory tenancy has a trial.", "Leave its last day empty.", "trial_ends_on")
        elif new.trial_ends_on < new.start_on:
            yield UserError("The trial can't end before the tenancy starts.", "Check the year.", "trial_ends_on")
    if new.term_ends_on is not None:
        least_on = months_on(new.start_on, 12 * facts.limits.least_term_years)
        if new.tenure not in {Tenure.FLEXIBLE, Tenure.LEASEHOLD}:
            yield UserError("Only a flexible tenancy or a lease has a fixed term.", field="term_ends_on")
        elif new.tenure is Tenure.FLEXIBLE and new.term_ends_on < least_on:
            years = facts.limits.least_term_years
            text = f"The term of a flexible tenancy is at least {years} years: to {written(least_on)} or later."
            yield UserError(text, field="term_ends_on")
