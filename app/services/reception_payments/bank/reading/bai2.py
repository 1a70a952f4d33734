"""BAI2, read by the library bai2, which checks its counts and control totals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from bai2 import bai2
from bai2.constants import TypeCodeTransaction
from bai2.exceptions import IntegrityException

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.reception_payments.bank.dto import AccountStatement, StatementLine
from app.services.reception_payments.bank.reading import joining

_OPENING: Final = "010"
_CLOSING: Final = "015"


def read(content: bytes, name: str) -> list[AccountStatement]:
    """The accounts of a file.

    Raises:
        UserError: its counts or totals don't agree, it can't be read, or an account is in another currency.
    """
    try:
        file = bai2.parse_from_string(content.decode("utf-8-sig", errors="replace"))
    except IntegrityException as error:
        raise UserError(
            f"{name} doesn't agree with its own totals: {error}.",
            "It may be cut off: download it from the bank again.",
            "path",
        ) from error
    except Exception as error:  # the library lets through whatever its parts raise
        raise _spoilt(name) from error
    return list(_accounts(file, name))


def _accounts(file: Any, name: str) -> Iterator[AccountStatement]:
    for group in file.children:
        for account in group.children:
            header = account.header
            joining.check_currency(header.currency or group.header.currency, name)
            on = group.header.as_of_date
            if on is None:
                raise _spoilt(name)
            lines = tuple(_line(each, on, name) for each in account.children)
            opening, closing = (_balance(header, code) for code in (_OPENING, _CLOSING))
            yield AccountStatement(str(header.customer_account_number or ""), opening, closing, on, on, lines)


def _line(detail: Any, on: date, name: str) -> StatementLine:
    if detail.amount is None or detail.type_code.transaction not in {
        TypeCodeTransaction.credit,
        TypeCodeTransaction.debit,
    }:
        raise _spoilt(name)
    sign = 1 if detail.type_code.transaction is TypeCodeTransaction.credit else -1
    availability = detail.availability or {}
    return StatementLine(
        0,
        on,
        availability.get("date"),
        Money(sign * int(detail.amount)),
        str(detail.customer_reference or detail.bank_reference or "").strip(),
        " ".join(str(detail.text or "").strip(" /").split()),
        str(detail.type_code.code),
    )


def _balance(header: Any, code: str) -> Money | None:
    found = [each.amount for each in header.summary_items if each.type_code and each.type_code.code == code]
    return Money(int(found[0])) if found and found[0] is not None else None


def _spoilt(name: str) -> UserError:
    return UserError(
        f"{name} begins like a BAI2 statement, but can't be read to its end.",
        "It may have been opened and saved by another program: download it from the bank again.",
        "path",
    )
