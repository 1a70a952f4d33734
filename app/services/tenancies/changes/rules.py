"""What the law and the policy allow of a change. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.models.values import Tenure
from app.services.core.errors import UserError
from app.services.tenancies.changes.dto import Ground, Relation
from app.services.tenancies.starting.rules import TENURE_WORDS, months_on, written

_DAY: Final = timedelta(days=1)
PARTNERS_ONLY_FROM: Final = date(2012, 4, 1)
"""Tenancies granted from this day on pass to a husband, wife or partner, and to nobody else by right (Housing Act 1985 s.86A)."""
FAMILY_MONTHS: Final = 12
"""How long family must have lived with the tenant before the death (Housing Act 1985 s.87(b))."""
SUCCEEDED_TENURES: Final = frozenset({Tenure.SECURE, Tenure.INTRODUCTORY, Tenure.FLEXIBLE, Tenure.AFFORDABLE})
"""Tenures that somebody can succeed to (Housing Act 1985 s.87; Housing Act 1996 s.131)."""
EXCHANGED_TENURES: Final = frozenset({Tenure.SECURE, Tenure.FLEXIBLE, Tenure.AFFORDABLE})
"""Tenures whose tenants may exchange (Housing Act 1985 s.92); who is on trial may not."""
RELATIONS: Final = {
    Relation.PARTNER: "Husband, wife or partner",
    Relation.FAMILY: "Another member of the family",
    Relation.OTHER: "Somebody else",
}
GROUNDS: Final = {
    Ground.COURT: "By order of a family court",
    Ground.WOULD_SUCCEED: "To somebody who could succeed",
    Ground.OTHER: "On another ground",
}


def extended_to(ends_on: date, months: int) -> date:
    """The last day of a trial that is extended by so many months: 6 after 15 Nov 2026 end on 15 May 2027."""
    return months_on(ends_on + _DAY, months)


def was_extended(start_on: date, ends_on: date, months: int) -> bool:
    """Whether a trial lasts longer than its months, which begin with the tenancy."""
    return ends_on > months_on(start_on, months)


def succession_faults(
    tenure: Tenure, start_on: date, died_on: date, relation: Relation, lived_from: date | None, *, used: bool
) -> Iterator[UserError]:
    """Why somebody has no right to succeed a sole tenant (Housing Act 1985 s.86A to s.88); the office may let them nonetheless.

    Args:
        tenure: of the tenancy.
        start_on: its first day.
        died_on: the day of the death.
        relation: of whoever wants to succeed.
        lived_from: since when they lived with the tenant, which decides for family.
        used: the tenant who died was a successor.
    """
    if tenure not in SUCCEEDED_TENURES:
        yield UserError(f"Nobody succeeds to a {TENURE_WORDS[tenure]} by right.", field="excused")
    if used:
        text = "The tenant who died was a successor: the law allows one succession only (Housing Act 1985 s.88)."
        yield UserError(text, field="excused")
    if relation is Relation.OTHER:
        yield UserError("Only a partner or family can succeed by right.", field="excused")
    elif relation is Relation.FAMILY:
        yield from _family_faults(start_on, died_on, lived_from)


def assignment_faults(tenure: Tenure, ground: Ground, *, used: bool) -> Iterator[UserError]:
    """Why the law has no assignment of a tenancy for this ground (Housing Act 1985 s.91; 1996 s.134)."""
    if tenure not in SUCCEEDED_TENURES:
        yield UserError(f"A {TENURE_WORDS[tenure]} can't be assigned by right.", field="excused")
    if ground is Ground.OTHER:
        text = "A secure tenancy is assigned by exchange, by order of a court, or to somebody who could succeed."
        yield UserError(text, field="excused")
    elif ground is Ground.WOULD_SUCCEED and used:
        yield UserError("Nobody could succeed: the one succession was used before.", field="excused")


def counts_as_succession(ground: Ground, *, used: bool) -> bool:
    """Whether the new tenant of an assignment is a successor (Housing Act 1985 s.88): after a court's order only if one was."""
    return used or ground is Ground.WOULD_SUCCEED


def _family_faults(start_on: date, died_on: date, lived_from: date | None) -> Iterator[UserError]:
    if start_on >= PARTNERS_ONLY_FROM:
        text = f"The tenancy began on {written(start_on)}: from April 2012 on it passes to a partner only (s.86A)."
        yield UserError(text, field="excused")
    elif lived_from is None:
        yield UserError("Say since when they lived with the tenant.", "It has to be twelve months.", "lived_from")
    elif months_on(lived_from, FAMILY_MONTHS) > died_on:
        text = f"They lived with the tenant from {written(lived_from)}: less than twelve months before the death."
        yield UserError(text, field="excused")
