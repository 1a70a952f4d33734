"""ARUCS: credits that came back, such as refunds to accounts that are closed.

No sample of this report was found: its shape is taken from ARUDD, whose samples were (bacs.md 2.1), with credits in the place
of debits. It is read by the names of elements wherever they stand, and refused where a name or a total isn't as expected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from app.models.values import ZERO, Money
from app.services.bacs.dto import ReturnedCredit
from app.services.bacs.reports.xml import name_of, read_xml, under
from app.services.core.errors import UserError

REASONS: Final[Mapping[str, str]] = {
    "0": "Invalid details",
    "2": "The payee has died",
    "3": "The account was transferred to another bank",
    "5": "There is no such account",
    "B": "The account is closed",
    "C": "Asked back by us",
}
"""Why a credit came back, by the first character of its code (bacs.md 2.2)."""
_REPORT: Final = "ARUCS"
_ITEM: Final = "ReturnedCreditItem"
_POUNDS: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OTHER: Final = "Nothing was read of it."


def read_arucs(content: bytes, sun: str = "") -> tuple[ReturnedCredit, ...]:
    """The credits that came back, in the order of the report; the same report twice is told by its hash, by whoever keeps it.

    `sun` is the Service User Number that the report should be of; any, if empty.

    Raises:
        UserError: it is another report, of another council, or spoilt; nothing of it is used then.
    """
    report = _report(read_xml(content))
    license_ = next(under(report, "ServiceLicenseInformation"), None)
    number = license_.get("userNumber", "") if license_ is not None else ""
    if sun and number and number != sun:
        raise UserError(f"The report is of the Service User Number {number}; this council's is {sun}.", _OTHER)
    header = next(under(report, "Header"), None)
    returned_on = _day(header.get("currentProcessingDate", "")) if header is not None else None
    found: list[ReturnedCredit] = []
    for record in _records(report):
        items = tuple(_item(each, returned_on) for each in under(record, _ITEM))
        _check_totals(record, items)
        found += items
    if not found and next(under(report, _ITEM), None) is not None:
        raise UserError("The report holds credits outside its account records.", _OTHER)
    return tuple(found)


def _report(root: Element) -> Element:
    if name_of(root) != "BACSDocument":
        raise UserError(f"This is no report of Bacs: it begins with {name_of(root)[:40]}.", _OTHER)
    data = next((each for each in root if name_of(each) == "Data"), None)
    reports = list(data) if data is not None else []
    found = next((each for each in reports if name_of(each) == _REPORT), None)
    if found is None:
        other = name_of(reports[0])[:40] if reports else "nothing"
        raise UserError(f"This is no report of returned credits (ARUCS): it holds {other}.", _OTHER)
    return found


def _records(report: Element) -> list[Element]:
    """The part for each of the council's accounts; the whole report where it isn't parted."""
    return list(under(report, "OriginatingAccountRecord")) or [report]


def _item(item: Element, returned_on: date | None) -> ReturnedCredit:
    account = next((each for each in item if name_of(each).endswith("Account")), None)
    beside = dict(account.attrib) if account is not None else {}
    code = item.get("returnCode", "").strip().upper()[:1]
    if not code:
        raise UserError("A credit of the report has no reason code.", _OTHER)
    if item.get("currency", "GBP") != "GBP":
        raise UserError(f"A credit of the report is in {item.get('currency', '')[:10]}, not in pounds.", _OTHER)
    told = item.get("returnDescription", "").strip().capitalize()
    return ReturnedCredit(
        reference=(item.get("ref") or beside.get("ref", "")).strip(),
        amount=_amount(item.get("valueOf", "")),
        code=code,
        words=REASONS.get(code) or told or f"A reason that isn't known here ({code})",
        returned_on=returned_on,
        paid_on=_day(item.get("originalProcessingDate", "")),
        name=beside.get("name", "").strip(),
        last_two=re.sub(r"[^0-9]", "", beside.get("number", ""))[-2:],
    )


def _check_totals(record: Element, items: tuple[ReturnedCredit, ...]) -> None:
    for totals in (each for each in record if name_of(each) == "Totals"):
        added = sum((item.amount for item in items), ZERO)
        if _amount(totals.get("valueOf", "")) != added or totals.get("numberOf", "").strip() != str(len(items)):
            raise UserError(
                f"The report says {totals.get('numberOf', '')[:10]} credits of £{totals.get('valueOf', '')[:20]}, but holds "
                f"{len(items)} of {added}.",
                "Fetch the report from Bacs again; nothing was read of it.",
            )


def _amount(text: str) -> Money:
    plain = text.strip()
    if not _POUNDS.fullmatch(plain):
        raise UserError(f"'{plain[:20]}' in the report is no amount in pounds.", _OTHER)
    return Money.parse(plain)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        if not _DAY.fullmatch(text.strip()):
            raise ValueError(text)
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UserError(f"'{text[:20]}' in the report is no day.", _OTHER) from error
