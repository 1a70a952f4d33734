"""What a week costs: part weeks, free weeks, garage VAT, voids. The charge run's SQL gives exactly these figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from app.models.values import ZERO, Money, Tenure
from app.services.charges.dto import ChargeLine, Element, GarageVat, PartWeek, Span

_SIX_DAYS: Final = timedelta(days=6)
VAT_CODE: Final = "DVA"
"""The code of the VAT inside a VAT-inclusive charge."""
HOME_TENURES: Final = frozenset(
    {
        Tenure.SECURE,
        Tenure.INTRODUCTORY,
        Tenure.FLEXIBLE,
        Tenure.AFFORDABLE,
        Tenure.NON_SECURE,
        Tenure.LICENCE,
        Tenure.USE_AND_OCCUPATION,
    }
)
"""The tenures under which the landlord lets a home; a leaseholder's is apart, a freeholder is a private person."""


def days_in_week(week: date, *spans: Span) -> int:
    """How many days of the week that begins on Monday `week` lie in all the spans."""
    return len(_days(week, *spans))


def part_week(weekly: Money, days: int, *, apportion: bool = True) -> PartWeek:
    """The charge for `days` of a week: days/7 rounded half-up once, or a started week whole where it isn't apportioned."""
    charged = days if apportion or not days else 7
    return PartWeek(weekly, charged, weekly.times(charged, 7))


def vat_inside(gross: Money, basis_points: int) -> Money:
    """The VAT in a VAT-inclusive price, half-up: gross/6 at 20% (2,000 basis points)."""
    return gross.times(basis_points, 10_000 + basis_points)


def garage_vat(*, near: bool, home: Tenure | None) -> GarageVat:
    """How VAT falls on a garage let in a week (HMRC VATGPB8345, rules.md 1.6).

    Args:
        near: the garage is near the dwelling it is linked to.
        home: the tenure of the linked dwelling, if the same people hold it from the same landlord on any day of the week.
    """
    if near and home in HOME_TENURES:
        return GarageVat.TENANT
    if near and home is Tenure.LEASEHOLD:
        return GarageVat.LEASEHOLDER
    return GarageVat.STANDARD


def week_lines(
    week: date,
    tenancy: Span,
    elements: Sequence[Element],
    *,
    free: bool = False,
    vat: GarageVat = GarageVat.TENANT,
    vat_basis_points: int = 0,
) -> tuple[ChargeLine, ...]:
    """What an account is charged in a week.

    An apportioned charge is charged by the day for the days that it and the tenancy share; another is charged
    whole for a started week, and where its amount changes in the week the earlier amount counts. In a free week only
    charges that have no free weeks remain. VAT is a line of its own, taken out of the charge.

    Args:
        week: the Monday.
        tenancy: the tenancy's first and last day.
        elements: the account's charges, of any date.
        free: whether the rent group has this week free.
        vat: how VAT falls on the charges whose code carries it.
        vat_basis_points: the rate in force on the Monday.
    """
    lines: list[ChargeLine] = []
    for element, part, first in week_parts(week, tenancy, elements, free=free):
        taxed = element.vat and vat.charged
        tax = vat_inside(part.amount, vat_basis_points) if taxed else ZERO
        lines.append(ChargeLine(element.code, part.amount - tax, first, narrative(part, vat=taxed)))
        if tax:
            lines.append(ChargeLine(VAT_CODE, tax, first, f"VAT on {element.code}"))
    return tuple(line for line in lines if line.amount)


def week_parts(
    week: date, tenancy: Span, elements: Sequence[Element], *, free: bool = False
) -> Iterator[tuple[Element, PartWeek, date]]:
    """The parts that a week's charge is made of, VAT included: each charge, what it comes to, and its first day.

    As `week_lines`, which takes the VAT out.
    """
    whole: set[str] = set()
    for element in sorted(elements, key=lambda element: (element.code, element.span.first)):
        days = _days(week, tenancy, element.span)
        if not days or (free and element.free_week) or element.code in whole:
            continue
        if not element.apportion:
            whole.add(element.code)
        yield element, part_week(element.weekly, len(days), apportion=element.apportion), days[0]


def narrative(part: PartWeek, *, vat: bool) -> str:
    """What the ledger line says of the sum: `3/7 of £17.80, with VAT`; nothing of a plain whole week."""
    words = [] if part.days == 7 else [f"{part.days}/7 of {str(part.weekly).replace(',', '')}"]
    return ", ".join([*words, "with VAT"] if vat else words)


def void_lines(
    week: date, void: Span, elements: Sequence[Element], *, free: bool = False, property_ref: str = ""
) -> tuple[ChargeLine, ...]:
    """What a void property costs the void control account in a week: its last letting's charges, by the day.

    The charges are those in force on the last day of the last tenancy whose code is charged in void. One that isn't
    apportioned is charged only when the property is void all week, since a tenant of any part of it is charged the whole.

    Args:
        week: the Monday.
        void: from the day after the last tenancy to the day before the next.
        elements: the last tenancy's charges.
        free: whether the rent group has this week free.
        property_ref: the property, which the line names.
    """
    days = _days(week, void)
    ended = void.first - timedelta(days=1)
    lines: list[ChargeLine] = []
    for element in elements:
        if not element.charged_in_void or not _covers(element.span, ended) or (free and element.free_week):
            continue
        if not days or (len(days) < 7 and not element.apportion):
            continue
        part = part_week(element.weekly, len(days))
        words = [f"Void {property_ref}", narrative(part, vat=False)]
        lines.append(ChargeLine(element.code, part.amount, days[0], ", ".join(word for word in words if word)))
    return tuple(line for line in lines if line.amount)


def charge_week_rent(regulated: Money, weeks: int, charge_weeks: int) -> Money:
    """The rent of a charge week from the regulated 52-week figure (rules.md 1.1).

    Args:
        regulated: the weekly rent that the Rent Standard limits, kept as the figure of record.
        weeks: weeks in the rent year, 52 or 53.
        charge_weeks: weeks of it that are charged.
    """
    return regulated.times(weeks, charge_weeks)


def _days(week: date, *spans: Span) -> list[date]:
    first, last = week, week + _SIX_DAYS
    for span in spans:
        first = max(first, span.first)
        if span.last is not None and span.last < last:
            last = span.last
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def _covers(span: Span, day: date) -> bool:
    return span.first <= day and (span.last is None or day <= span.last)
