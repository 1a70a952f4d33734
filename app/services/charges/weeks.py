"""SQL of a rent week: which days something covers, what part of a week costs, and how the sum is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Subquery,
    Unicode,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    true,
)

NARRATIVE: Final = Unicode(200)
FIELDS: Final = ("account_id", "code", "pence", "effective_on", "narrative")
"""The columns of a charged line, less the rent week."""


@dataclass(frozen=True, slots=True)
class Week:
    """A rent week with what was in force on its Monday, read beforehand so that the statement needn't look it up by row.

    Attributes:
        vat_basis_points: the standard rate of VAT.
        vat_codes: charge codes that bear VAT unless the letting is non-business.
        whole_codes: charge codes that aren't apportioned.
        free_codes: charge codes that aren't charged in a rent-free week.
        void_codes: charge codes that are charged in void.
        free_groups: ids of the rent groups that have the week free.
    """

    monday: date
    vat_basis_points: int
    vat_codes: tuple[str, ...] = ()
    whole_codes: tuple[str, ...] = ()
    free_codes: tuple[str, ...] = ()
    void_codes: tuple[str, ...] = ()
    free_groups: tuple[int, ...] = ()

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)

    def day(self, ahead: int) -> ColumnElement[date]:
        """A day of the week as a statement has it; Monday is day 0."""
        return literal(self.monday + timedelta(days=ahead), Date)

    def left_open(self, place: str = "") -> AnyWeek:
        """Any week in which the same is in force; `place` tells two weeks of one statement apart."""
        codes = (self.vat_codes, self.whole_codes, self.free_codes, self.void_codes)
        return AnyWeek(date.min, self.vat_basis_points, *codes, self.free_groups, place)

    def days(self, place: str = "") -> dict[str, date]:
        """The days that a statement of `left_open` is asked with: `statement.params(week.days())`."""
        return {f"{place}day_{ahead}": self.monday + timedelta(days=ahead) for ahead in range(7)}


@dataclass(frozen=True, slots=True)
class AnyWeek(Week):
    """A week whose days are left open, so that one long statement serves many weeks."""

    place: str = ""

    def day(self, ahead: int) -> ColumnElement[date]:
        """The place of a day in the statement."""
        return bindparam(f"{self.place}day_{ahead}", type_=Date)


def text(words: str) -> ColumnElement[str]:
    """Words in a narrative."""
    return literal(words, NARRATIVE)


def number(value: int) -> ColumnElement[int]:
    """A small number written into the statement."""
    return literal_column(str(value), Integer)


def overlaps(first: Any, last: Any, week: Week) -> ColumnElement[bool]:
    """A span shares a day with the week."""
    return and_(first <= week.day(6), or_(last.is_(None), last >= week.day(0)))


def covers(first: Any, last: Any, week: Week) -> ColumnElement[bool]:
    """A span holds the whole week: what nearly every charge does, so it is asked before the days are counted."""
    return and_(first <= week.day(0), or_(last.is_(None), last >= week.day(6)))


def charged_in(code: Any, rent_group_id: Any, week: Week) -> ColumnElement[bool]:
    """A charge that isn't left out because its rent group, if it has one, has the week free."""
    if not week.free_groups:
        return true()
    return or_(code.not_in(week.free_codes), rent_group_id.is_(None), rent_group_id.not_in(week.free_groups))


def days_between(first: Any, last: Any, week: Week) -> ColumnElement[int]:
    """How many days of the week lie from `first` to `last`, both included; without a last day, to its end.

    Spans that share no day with the week come to 0 or less.
    """
    from_day = case(*((first <= week.day(ahead), number(ahead)) for ahead in range(7)), else_=number(7))
    upto_day = case(
        (or_(last.is_(None), last >= week.day(6)), number(7)),
        *((last >= week.day(ahead), number(ahead + 1)) for ahead in range(5, -1, -1)),
        else_=number(0),
    )
    return upto_day - from_day


def half_up(numerator: Any, denominator: int, positive: ColumnElement[bool]) -> ColumnElement[int]:
    """Integer division rounded half away from zero, as `values.divide_half_up`; `positive` tells the numerator's sign."""
    doubled, twice = numerator * number(2), number(2 * denominator)
    return case((positive, (doubled + number(denominator)) // twice), else_=-((number(denominator) - doubled) // twice))


def part_of_week(spans: Subquery) -> ColumnElement[int]:
    """The pence of `amount_pence` for `days` of the week."""
    part = half_up(spans.c.amount_pence * spans.c.days, 7, spans.c.amount_pence >= 0)
    return case((spans.c.days == 7, spans.c.amount_pence), else_=part)


def sum_text(spans: Subquery, before: str = "") -> ColumnElement[str]:
    """How the sum is written: nothing of a whole week, `3/7 of £118.42` of a part."""
    amount = spans.c.amount_pence
    pence = func.abs(amount, type_=BigInteger)
    pounds = cast(pence // number(100), Unicode(20))
    two_digits = func.substring(cast(pence % number(100) + number(100), Unicode(3)), 2, 2, type_=Unicode(2))
    sign = case((amount < 0, text("/7 of -£")), else_=text("/7 of £"))
    part = cast(spans.c.days, Unicode(2)) + sign + pounds + text(".") + two_digits
    return case((spans.c.days == 7, text("")), else_=text(before) + part if before else part)


def first_charged(first: Any, week: Week) -> ColumnElement[date]:
    """The day the line belongs to: the Monday, or the first day charged if it is later."""
    return case((first > week.day(0), first), else_=week.day(0))
