"""How policy values are read, written, limited and put in order by their dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from app.models.values import Money, MoneyError, Tenure
from app.services.admin.policy.dto import Standing
from app.services.core.errors import UserError
from app.services.core.policy_values import Key, Value, ValueType
from app.services.workbench.rules.typed_dates import DateError, read_date

MOST_BEDROOMS = 9
_DAY = timedelta(days=1)
_LONGEST = 200
_INITIALS = 3
_PURCHASING: Final[Mapping[str, str]] = {
    "band": "Band",
    "priority": "Priority:",
    "late": "Invoices",
    "cis": "Subcontractors:",
}
_FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "band": tuple("12345"),
    "priority": ("emergency", "urgent", "routine", "planned"),
    "late": ("to_1000", "to_10000", "above"),
    "cis": ("gross", "registered", "unregistered"),
}
"""What purchasing limits its policies to: bands of standing orders, priorities of works, late invoices by amount, CIS."""


def read_value(key: Key, typed: str, today: date) -> str:
    """A value as it is kept, from what an officer typed: `£1,234.5` becomes `1234.50`, `20 %` becomes `20`.

    Raises:
        UserError: it is not of the policy's type, or outside its limits.
    """
    text = " ".join(typed.split())
    if not text:
        raise UserError("Type the value.", field="value")
    if len(text) > _LONGEST:
        raise UserError(f"The value is over {_LONGEST} characters.", field="value")
    value = _READERS[key.type](key, text, today)
    _within(key, value)
    return value


def write_value(key: Key, value: str) -> str:
    """A kept value as it is read: `£1,234.50`, `20 %`, `5 working days`, `1 Apr 2026`."""
    if key.type is ValueType.POUNDS:
        return str(Money.parse(value))
    if key.type is ValueType.PERCENT:
        return f"{value} %"
    if key.type is ValueType.DATE:
        return day_in_words(date.fromisoformat(value))
    if key.type is ValueType.WORD:
        return key.choices.get(value, value)
    unit = key.unit.removesuffix("s") if value == "1" else key.unit
    return f"{value} {unit}".strip()


def listed_value(key: Key, value: str) -> str:
    """A kept value as lists show it: as `write_value`, and of a masked number two digits."""
    return f"••••••{value[-2:]}" if key.masked and value[-2:].isdigit() else write_value(key, value)


def limits_in_words(key: Key) -> str:
    """The limits of a value as a hint: `Between £0.00 and £2,000.00`."""
    if key.least and key.most:
        return f"Between {write_value(key, key.least)} and {write_value(key, key.most)}"
    if key.least:
        return f"At least {write_value(key, key.least)}"
    return f"At most {write_value(key, key.most)}" if key.most else ""


def scope_in_words(scope: str) -> str:
    """What a value is limited to: `bedrooms:2` is `2 bedrooms`."""
    kind, _, what = scope.partition(":")
    if not scope:
        return "Everything"
    if kind == "bedrooms":
        return "Bedsits" if what == "0" else "1 bedroom" if what == "1" else f"{what} bedrooms"
    if kind == "rent_group":
        return f"Rent group {what}"
    if kind == "category":
        words = what.replace("_", " ")
        return f"Post: {words.upper() if len(words) <= _INITIALS else words}"
    if kind in {"adjustment_kind", "recharge"}:
        return f"{'Adjustment' if kind == 'adjustment_kind' else 'Recharge'}: {what.replace('_', ' ')}"
    if kind in _PURCHASING:
        return f"{_PURCHASING[kind]} {what.replace('_', ' ')}"
    return what.replace("_", " ").capitalize()


def scopes_of(key: Key, codes: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Everything that a policy may be limited to, the whole first; `codes` are the office's own, by kind of scope."""
    found = [""]
    if "bedrooms" in key.scopes:
        found += [f"bedrooms:{size}" for size in range(MOST_BEDROOMS + 1)]
    if "tenure" in key.scopes:
        found += [f"tenure:{tenure.value}" for tenure in Tenure]
    for kind in ("rent_group", "category", "adjustment_kind", "recharge"):
        if kind in key.scopes:
            found += [f"{kind}:{code}" for code in codes.get(kind, ())]
    found += [f"{kind}:{code}" for kind in key.scopes for code in _FIXED.get(kind, ())]
    return tuple(found)


def in_order(values: Sequence[Value]) -> list[Value]:
    """The values of one policy and scope by date, an entered one instead of the shipped one of the same day."""
    by_day: dict[date, Value] = {}
    for value in sorted(values, key=lambda v: v.edited):
        by_day[value.effective_from] = value
    return [by_day[day] for day in sorted(by_day)]


def ends_on(values: Sequence[Value], at: int) -> date | None:
    """The last day of the value at a place in order; None if nothing follows."""
    return values[at + 1].effective_from - _DAY if at + 1 < len(values) else None


def standing(starts_on: date, last_day: date | None, today: date) -> Standing:
    """Whether a value is past, in force or to come."""
    if starts_on > today:
        return Standing.COMING
    return Standing.PAST if last_day is not None and last_day < today else Standing.NOW


def earliest(today: date, charged_to: date | None, posted: bool) -> date:
    """The first day on which a new value may begin.

    What was posted stays as it was: from the first posting on it is today, and after the Monday of the last week that
    was charged. Before anything was posted any day will do.
    """
    if not posted:
        return date.min
    return max(today, charged_to + _DAY) if charged_to else today


def refuse_past(starts_on: date, first: date) -> None:
    """Refuse a day before the first one that a value may begin on.

    Raises:
        UserError: it would change what postings were made by.
    """
    if starts_on < first:
        raise UserError(
            f"A value can't begin on {day_in_words(starts_on)}: what was posted by then was posted with the value before.",
            f"Let it begin on {day_in_words(first)} or later; to put right what was posted, post an adjustment.",
            "effective_from",
        )


def refuse_between(key: Key, starts_on: date) -> None:
    """Refuse a day on which no value of a published figure begins; one that has gone will do, since it is known only then.

    Raises:
        UserError: with the days of the year on which one does.
    """
    if f"{starts_on:%m-%d}" not in key.begins:
        raise UserError(
            f"No value of '{key.title}' begins on {day_in_words(starts_on)}.",
            f"It begins on {begins_in_words(key)}.",
            "effective_from",
        )


def begins_in_words(key: Key) -> str:
    """The days of a year on which a published figure begins: `1 Jan or 1 Jul`."""
    return " or ".join(f"{day.day} {day:%b}" for day in (date.fromisoformat(f"2000-{each}") for each in key.begins))


def refuse_crossed(key: Key, value: str, other: Key, theirs: str | None) -> None:
    """Refuse a lower bound above its upper bound, in either direction; `key.below` is the other, or the other way round.

    Raises:
        UserError: they cross.
    """
    if theirs is None:
        return
    low, high = (value, theirs) if key.below == other.key else (theirs, value)
    if _comparable(key, low) > _comparable(key, high):
        word = "above" if key.below == other.key else "below"
        raise UserError(
            f"{write_value(key, value)} is {word} the '{other.title}' of {write_value(other, theirs)}.",
            "Change the other one first, or type a value that fits it.",
            "value",
        )


def _pounds(_key: Key, text: str, _today: date) -> str:
    try:
        amount = Money.parse(text)
    except MoneyError as error:
        raise UserError(str(error), field="value") from error
    if amount.pence < 0:
        raise UserError("A policy value is not a credit: type the amount without a sign.", field="value")
    return f"{amount.pence // 100}.{amount.pence % 100:02}"


def _whole(key: Key, text: str, _today: date) -> str:
    plain = text.lower().removesuffix(key.unit.lower()).replace(",", "").strip()
    if not (plain.isascii() and plain.isdigit()):
        raise UserError(f"'{text}' is not a whole number of {key.unit or 'units'}.", field="value")
    return str(int(plain))


def _percent(_key: Key, text: str, _today: date) -> str:
    plain = text.lower().removesuffix("%").removesuffix("percent").removesuffix("per cent").strip()
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not plain.isascii():
        raise UserError(f"'{text}' is not a percentage: type a number such as 17.5.", field="value")
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        raise UserError(f"'{text}' has more than two decimals.", field="value")
    return f"{number.normalize():f}" if number else "0"


def _date(_key: Key, text: str, today: date) -> str:
    try:
        return read_date(text, today).isoformat()
    except DateError as error:
        raise UserError(str(error), field="value") from error


def _word(key: Key, text: str, _today: date) -> str:
    if not key.choices:
        return text
    for value, words in key.choices.items():
        if text.casefold() in {value.casefold(), words.casefold()}:
            return value
    raise UserError(f"'{text}' is none of: {', '.join(key.choices.values())}.", field="value")


_READERS = {
    ValueType.POUNDS: _pounds,
    ValueType.NUMBER: _whole,
    ValueType.DAYS: _whole,
    ValueType.PERCENT: _percent,
    ValueType.DATE: _date,
    ValueType.WORD: _word,
}


def _within(key: Key, value: str) -> None:
    if key.type is ValueType.WORD:
        return
    shown = write_value(key, value)
    if key.least and _comparable(key, value) < _comparable(key, key.least):
        raise UserError(f"{shown} is too low for this policy.", f"{limits_in_words(key)}.", "value")
    if key.most and _comparable(key, value) > _comparable(key, key.most):
        raise UserError(f"{shown} is too high for this policy.", f"{limits_in_words(key)}.", "value")


def _comparable(key: Key, value: str) -> Decimal:
    if key.type is ValueType.DATE:
        return Decimal(date.fromisoformat(value).toordinal())
    return Decimal(value)


def day_in_words(value: date) -> str:
    """A day as it is written: `5 Apr 2027`."""
    return f"{value.day} {value:%b %Y}"
