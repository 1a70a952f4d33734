"""How dates, weeks and counts are written, everywhere the same. Money writes itself (`Money.dr_cr`, `Money.plain`)."""

from __future__ import annotations

from datetime import date, datetime

from app.models.values import Money, PaymentMethod

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(value: date | None) -> str:
    """`16 Nov 2026`, whatever the system's language; nothing for no date."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else ""


def weekday(value: date) -> str:
    """`Sat 21 Nov 2026`."""
    return f"{_DAYS[value.weekday()]} {day(value)}"


def moment(value: datetime | None) -> str:
    """`21 Nov 2026 10:52` in the office's own time."""
    if value is None:
        return ""
    local = value.astimezone()
    return f"{day(local.date())} {local:%H:%M}"


def balance(amount: Money) -> str:
    """A balance for a column: `412.86 DR` is owed, `5.00 CR` is in credit."""
    return amount.dr_cr().removeprefix("£")


def count(number: int, one: str, many: str = "") -> str:
    """`1 account`, `9,000 accounts`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def words(value: str) -> str:
    """A fixed word as it is read: `court_costs` becomes `Court costs`."""
    shown = value.replace("_", " ").strip()
    return shown[:1].upper() + shown[1:]


def method(value: PaymentMethod) -> str:
    """A way of paying in a sentence: `Direct Debit`, `payment card`."""
    named = {PaymentMethod.DIRECT_DEBIT: "Direct Debit", PaymentMethod.HOUSING_BENEFIT: "Housing Benefit"}
    named[PaymentMethod.UNIVERSAL_CREDIT] = "Universal Credit"
    return named.get(value) or value.replace("_", " ")


def size(number: int) -> str:
    """The size of a file: `12 kB`, `3.4 MB`."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} kB"
    return f"{number / 1_000_000:.1f} MB"


def grouped(digits: str) -> str:
    """Hexadecimal digits in fours, as they are compared."""
    return " ".join(digits[at : at + 4].upper() for at in range(0, len(digits), 4))


def month(value: date) -> str:
    """`Nov`."""
    return _MONTHS[value.month - 1]


def unbroken(text: str) -> str:
    """The same words, kept in one line: a label that wraps doesn't break between them."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")
