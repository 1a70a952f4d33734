"""ARUDD and ARUCS: collections and payments that came back (bacs.md 2.1).

No sample of ARUCS was found: its shape is taken from ARUDD, with credits in the place of debits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from app.models.values import Money, ReportKind
from app.services.bacs.dto import ReadReport, ReportItem, ReportTotals
from app.services.bacs.reports.fields import Fields, last_two
from app.services.bacs.reports.identity import NOTHING, check_sun, key_of
from app.services.bacs.reports.reasons import reason
from app.services.bacs.reports.xml import name_of, under
from app.services.bacs.standard18.faults import Faults
from app.services.core.errors import UserError

_AGAIN: Final = "Fetch the report from Bacs again; nothing was read of it."


@dataclass(frozen=True, slots=True)
class _Shape:
    kind: ReportKind
    item: str
    words: str


_SHAPES: Final = {
    "ARUDD": _Shape(ReportKind.ARUDD, "ReturnedDebitItem", "returned debits"),
    "ARUCS": _Shape(ReportKind.ARUCS, "ReturnedCreditItem", "returned credits"),
}


def read_returned(report: Element, sun: str, faults: Faults) -> ReadReport:
    """A report of what came back, of one or several of the council's accounts.

    Raises:
        UserError: it is another council's, or a total isn't that of its items.
    """
    shape = _SHAPES[name_of(report)]
    service_user = next(under(report, "ServiceLicenseInformation"), None)
    own_sun = Fields.attributes(0, faults, service_user).text("userNumber", 20)
    check_sun(own_sun, sun, faults)
    header = Fields.attributes(0, faults, next(under(report, "Header"), None))
    on = header.day("currentProcessingDate")
    items: list[ReportItem] = []
    totals: list[ReportTotals] = []
    for record in list(under(report, "OriginatingAccountRecord")) or [report]:
        found = [
            _item(len(items) + at, each, shape.kind, faults) for at, each in enumerate(under(record, shape.item), 1)
        ]
        totals += [_checked(each, found, shape, faults) for each in record if name_of(each) == "Totals"]
        items += found
    if len(items) != sum(1 for _ in under(report, shape.item)):
        raise UserError(f"The report holds {shape.words} outside its account records.", NOTHING)
    whole = ReportTotals(sum(each.count for each in totals), sum((each.amount for each in totals), Money(0)))
    numbers = (header.text("reportType", 20), header.text("adviceNumber", 20))
    key = key_of(shape.kind, own_sun, on, numbers, items)
    return ReadReport(shape.kind, own_sun, on, key, tuple(items), whole if totals else None)


def _item(place: int, item: Element, kind: ReportKind, faults: Faults) -> ReportItem:
    fields = Fields.attributes(place, faults, item)
    account = next((each for each in item if name_of(each).endswith("Account")), None)
    beside = Fields.attributes(place, faults, account)
    code = fields.code("returnCode", "reason code")
    payer_reference = beside.text("ref", 40)
    to = beside.account("sortCode", "number")
    return ReportItem(
        place,
        fields.text("ref", 40) or payer_reference,
        code[:1],
        code,
        reason(kind, code[:1], fields.text("returnDescription", 200).capitalize()),
        original_processing_on=fields.day("originalProcessingDate"),
        amount=fields.amount("valueOf", "currency"),
        transaction_code=fields.text("transCode", 4),
        payer_name=beside.text("name"),
        payer_reference=payer_reference,
        destination=to,
        last_two=last_two(to),
    )


def _checked(totals: Element, items: list[ReportItem], shape: _Shape, faults: Faults) -> ReportTotals:
    """The totals of one account, which must be those of its items; the amount can't be held against items without one."""
    found = Fields.attributes(0, faults, totals).totals()
    added = sum((item.amount for item in items if item.amount is not None), Money(0))
    whole = all(item.amount is not None for item in items)
    if found.count != len(items) or (whole and found.amount != added):
        raise UserError(
            f"The report says {found.count:,} {shape.words} of {found.amount}, but holds {len(items):,} of {added}.",
            _AGAIN,
        )
    return found
