"""The fields of letters that give advance notice of collections: they come with each letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import DebitSchedule
from app.models.values import Frequency, Money
from app.services.direct_debits.notices.reading import ToTell
from app.services.exports.statement.dto import long_date
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group

GROUP: Final = "collections"
_FIELDS: Final = (
    ("reference", "Reference of the Direct Debit", "0012447103"),
    ("frequency", "How often it is collected", "every month"),
    ("rows", "Day and amount of each, as rows of a table", "1 December 2026 | £441.74\n4 January 2027 | £441.66"),
    ("count", "How many collections it tells of", "4"),
    ("total", "What they come to", "£1,766.72"),
    ("first_on", "Day of the first", "1 December 2026"),
    ("first", "Amount of the first", "£441.74"),
    ("usual", "Amount of the others", "£441.66"),
    ("year", "Rent year, where the letter is about a new one", "2027-28"),
    ("before", "What the payer was told before, if it changes", "£398.10"),
    ("days", "Working days of notice", "10"),
)
_SINGLY: Final = 12
_EVERY: Final = {
    Frequency.WEEKLY: "every week",
    Frequency.FORTNIGHTLY: "every two weeks",
    Frequency.FOUR_WEEKLY: "every four weeks",
    Frequency.MONTHLY: "every month",
    Frequency.QUARTERLY: "every three months",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What one notice tells: the collections, in their order, the schedule that they are of, and the year if it is a new one."""

    mandate: Mandate
    collections: Sequence[ToTell]
    schedule: DebitSchedule | None
    days: int
    year: str = ""


def register() -> None:
    """Plug the group of fields in."""
    register_group(FieldGroup(GROUP, "Collections by Direct Debit", _FIELDS))


def of(telling: Telling) -> dict[str, str]:
    """What the fields stand for in one notice, by field key."""
    rows, first = telling.collections, telling.collections[0]
    amounts = [each.pence for each in rows]
    rest = amounts[1:] or amounts
    usual = max(set(rest), key=rest.count)
    schedule = telling.schedule
    values = {
        "reference": telling.mandate.reference,
        "frequency": _EVERY[schedule.frequency] if schedule is not None and len(rows) > 1 else "once",
        "rows": "\n".join(_lines(rows)),
        "count": str(len(rows)),
        "total": str(Money(sum(amounts))),
        "first_on": long_date(first.due_on),
        "first": str(Money(first.pence)),
        "usual": str(Money(usual)),
        "year": telling.year,
        "before": "" if telling.year else _before(rows),
        "days": str(telling.days),
    }
    return {f"{GROUP}.{key}": value for key, value in values.items()}


def _lines(rows: Sequence[ToTell]) -> Iterator[str]:
    """A row for each day; of more than a year of months, those of a month with the same amount in one row."""
    if len(rows) <= _SINGLY:
        yield from (f"{long_date(each.due_on)} | {Money(each.pence)}" for each in rows)
        return
    for (first, pence), together in groupby(rows, key=lambda each: (each.due_on.replace(day=1), each.pence)):
        days = [str(each.due_on.day) for each in together]
        listed = f"{', '.join(days[:-1])} and {days[-1]}" if len(days) > 1 else days[0]
        month = long_date(first).partition(" ")[2]
        yield f"{listed} {month} | {Money(pence)}{' each' if len(days) > 1 else ''}"


def _before(rows: Sequence[ToTell]) -> str:
    """The amount that was told before and isn't any more: that of the last collection that changes."""
    told = [each.noticed_pence for each in rows if each.noticed_pence not in {None, each.pence}]
    return str(Money(told[-1])) if told and told[-1] is not None else ""
