"""ISO 20022 camt.053 (BankToCustomerStatement), any version, with or without its namespace; no entity is ever expanded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.reception_payments.bank.dto import AccountStatement, StatementLine
from app.services.reception_payments.bank.reading import joining

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PENNY: Final = Decimal("0.01")
_OPENING: Final = ("OPBD", "PRCD")
"""Opening booked, or the closing of the statement before (ISO 20022 BalanceType12Code)."""
_CLOSING: Final = ("CLBD",)
_BOOKED: Final = {"", "BOOK"}
_REFERENCES: Final = ("Refs/EndToEndId", "RmtInf/Strd/CdtrRefInf/Ref", "Refs/TxId", "Refs/AcctSvcrRef")
_NO_REFERENCE: Final = {"", "NOTPROVIDED", "NONREF"}


def read(content: bytes, name: str) -> list[AccountStatement]:
    """The statements of a file; entries that are only expected yet (PDNG, INFO) are left out.

    Raises:
        UserError: it isn't whole, can't be read, or is in another currency.
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _spoilt(name, "it isn't whole, or holds what no statement holds") from error
    return [_statement(each, name) for each in _all(root, "BkToCstmrStmt/Stmt")]


def _statement(found: Element, name: str) -> AccountStatement:
    joining.check_currency(_text(found, "Acct/Ccy"), name)
    lines = tuple(line for entry in _all(found, "Ntry") for line in _lines(entry, name))
    balances = {_text(each, "Tp/CdOrPrtry/Cd"): each for each in _all(found, "Bal")}
    opening, closing = (
        next((_amount(balances[code], name) for code in codes if code in balances), None)
        for codes in (_OPENING, _CLOSING)
    )
    of_balances = [_day(each, "Dt", name) for each in balances.values()]
    from_on, to_on = joining.days([*(line.on for line in lines), *of_balances])
    account = _text(found, "Acct/Id/IBAN") or _text(found, "Acct/Id/Othr/Id")
    return AccountStatement(account, opening, closing, from_on, to_on, lines)


def _lines(entry: Element, name: str) -> Iterator[StatementLine]:
    """An entry, or each of the transactions that it is made of where they say their own amounts and come to it."""
    if (_text(entry, "Sts/Cd") or _text(entry, "Sts")) not in _BOOKED:
        return
    whole = _amount(entry, name)
    booked = _day(entry, "BookgDt", name) or _day(entry, "ValDt", name)
    if booked is None:
        raise _spoilt(name, "an entry has no date")
    valued = _day(entry, "ValDt", name)
    parts = list(_all(entry, "NtryDtls/TxDtls"))
    amounts = [_part_amount(each, entry, name) for each in parts]
    told = [amount for amount in amounts if amount is not None]
    if len(parts) > 1 and len(told) == len(parts) and sum(each.pence for each in told) == whole.pence:
        for part, amount in zip(parts, told, strict=True):
            yield _line(entry, part, amount, booked, valued)
        return
    yield _line(entry, parts[0] if len(parts) == 1 else None, whole, booked, valued)


def _line(entry: Element, part: Element | None, amount: Money, booked: date, valued: date | None) -> StatementLine:
    told = [] if part is None else [_text(part, path) for path in _REFERENCES]
    reference = next((each for each in told if each.upper() not in _NO_REFERENCE), "") or _text(entry, "AcctSvcrRef")
    side = "Dbtr" if amount.pence > 0 else "Cdtr"
    words = [_text(entry, "AddtlNtryInf")]
    if part is not None:
        payer = _text(part, f"RltdPties/{side}/Nm") or _text(part, f"RltdPties/{side}/Pty/Nm")
        words = [payer, *(_own(each) for each in _all(part, "RmtInf/Ustrd")), _text(part, "AddtlTxInf"), *words]
    codes = (_text(entry, "BkTxCd/Domn/Cd"), _text(entry, "BkTxCd/Domn/Fmly/Cd"))
    kind = "-".join(each for each in codes if each) or _text(entry, "BkTxCd/Prtry/Cd")
    return StatementLine(0, booked, valued, amount, reference, " ".join(" ".join(words).split()), kind)


def _amount(found: Element, name: str) -> Money:
    """The amount of an entry or a balance, with its sign; a reversal says its own."""
    pence = _pence(next(_all(found, "Amt"), None), name)
    side = _text(found, "CdtDbtInd")
    if side not in {"CRDT", "DBIT"}:
        raise _spoilt(name, "an amount is neither credit nor debit")
    return Money(pence if side == "CRDT" else -pence)


def _part_amount(part: Element, entry: Element, name: str) -> Money | None:
    found = next(_all(part, "Amt"), None)
    found = next(_all(part, "AmtDtls/TxAmt/Amt"), None) if found is None else found
    if found is None:
        return None
    side = _text(part, "CdtDbtInd") or _text(entry, "CdtDbtInd")
    pence = _pence(found, name)
    return Money(pence if side == "CRDT" else -pence)


def _pence(found: Element | None, name: str) -> int:
    text = "" if found is None else _own(found)
    joining.check_currency(None if found is None else found.get("Ccy"), name)
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise _spoilt(name, f"'{text}' is no amount") from error
    if not amount.is_finite() or amount < 0 or amount != amount.quantize(_PENNY):
        raise _spoilt(name, f"'{text}' is no amount in pounds and pence")
    return int(amount * 100)


def _day(found: Element, path: str, name: str) -> date | None:
    text = _text(found, f"{path}/Dt") or _text(found, f"{path}/DtTm")
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise _spoilt(name, f"'{text}' is no date") from error


def _all(found: Element, path: str) -> Iterator[Element]:
    """What stands at a path below, whatever the namespace."""
    first, _, rest = path.partition("/")
    for child in found:
        if child.tag.rpartition("}")[2] == first:
            if rest:
                yield from _all(child, rest)
            else:
                yield child


def _text(found: Element, path: str) -> str:
    child = next(_all(found, path), None)
    return "" if child is None else _own(child)


def _own(found: Element) -> str:
    return " ".join((found.text or "").split())


def _spoilt(name: str, what: str) -> UserError:
    return UserError(
        f"{name} begins like a camt.053 statement, but {what}.",
        "It may have been opened and saved by another program: download it from the bank again.",
        "path",
    )
