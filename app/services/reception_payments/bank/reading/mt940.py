"""SWIFT MT940, as banks write it, read by the library mt-940 with all of its corrections on."""

from __future__ import annotations

import logging
import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

import mt940

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.reception_payments.bank.dto import AccountStatement, StatementLine
from app.services.reception_payments.bank.reading import joining

_LINES: Final = re.compile(r"^:61:", re.MULTILINE)
_PENNY: Final = Decimal("0.01")
# What it can't read it would write to the log, names of payers and all.
logging.getLogger(mt940.__name__).setLevel(logging.CRITICAL)


def read(content: bytes, name: str) -> list[AccountStatement]:
    """The pages of a file.

    Raises:
        UserError: a line of it can't be read, or an account is in another currency.
    """
    text = _text(content)
    try:
        pages = mt940.parse_statements(text, options=mt940.Options.all())
    except Exception as error:  # the library has no class of its own for what it can't read
        raise _spoilt(name) from error
    if sum(len(page) for page in pages) != len(_LINES.findall(text)):
        raise _spoilt(name)
    return [_page(page, name) for page in pages]


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return re.sub("\r\n?", "\n", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return re.sub("\r\n?", "\n", content.decode("latin-1"))


def _page(page: Any, name: str) -> AccountStatement:
    data = page.data
    opening = data.get("final_opening_balance") or data.get("intermediate_opening_balance")
    closing = data.get("final_closing_balance") or data.get("intermediate_closing_balance")
    for balance in (opening, closing):
        joining.check_currency(balance.amount.currency if balance else None, name)
    lines = tuple(_line(each.data, name) for each in page)
    from_on, to_on = joining.days([*(line.on for line in lines), _day(opening), _day(closing)])
    return AccountStatement(
        str(data.get("account_identification") or "").strip(),
        _pence(opening.amount.amount, name) if opening else None,
        _pence(closing.amount.amount, name) if closing else None,
        from_on,
        to_on,
        lines,
    )


def _line(data: dict[str, Any], name: str) -> StatementLine:
    valued, booked = data.get("date"), data.get("entry_date") or data.get("date")
    if valued is None or booked is None or data.get("amount") is None:
        raise _spoilt(name)
    given = str(data.get("customer_reference") or "").strip()
    reference = "" if given.upper() == "NONREF" else given
    told = (data.get("extra_details"), data.get("transaction_details"), data.get("purpose"))
    words = " ".join(" ".join(str(each).split()) for each in told if each)
    return StatementLine(
        0,
        _plain(booked),
        _plain(valued),
        _pence(data["amount"].amount, name),
        reference or str(data.get("bank_reference") or "").strip(),
        words,
        str(data.get("id") or ""),
    )


def _day(balance: Any) -> date | None:
    return _plain(balance.date) if balance and balance.date else None


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)


def _pence(amount: Decimal | None, name: str) -> Money:
    if amount is None or not amount.is_finite() or amount != amount.quantize(_PENNY):
        raise _spoilt(name)
    return Money(int(amount * 100))


def _spoilt(name: str) -> UserError:
    return UserError(
        f"{name} begins like an MT940 statement, but a line of it can't be read.",
        "It may have been opened and saved by another program: download it from the bank again.",
        "path",
    )
