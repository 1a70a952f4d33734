"""DDICA: claims under the Direct Debit Guarantee, new and cancelled (bacs.md 2.1).

No sample was found; its elements are known from programs that read it. The text of elements holds the fields.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from app.models.values import Money, ReportKind
from app.services.bacs.dto import ClaimedDebit, ReadReport, ReportItem, ReportTotals
from app.services.bacs.reports.fields import Fields, first, last_two
from app.services.bacs.reports.identity import check_sun, key_of
from app.services.bacs.reports.reasons import reason
from app.services.bacs.reports.xml import name_of, under
from app.services.bacs.standard18.faults import Faults
from app.services.core.errors import UserError

NEW: Final = "new"
CANCELLED: Final = "cancelled"
_PARTS: Final = (
    ("NewAdvices", "DDICAdvice", "TotalValueOfDebits", NEW),
    ("Cancellations", "DDICCancellation", "TotalValueOfCancellations", CANCELLED),
)
_AGAIN: Final = "Fetch the report from Bacs again; nothing was read of it."


def read_claims(document: Element, sun: str, faults: Faults) -> ReadReport:
    """The claims of a report; a claim may name several collections.

    Raises:
        UserError: it is another council's, or a total isn't that of its claims.
    """
    whole = Fields.children(0, faults, document)
    own_sun = whole.text("ServiceUserNumber", 20)
    check_sun(own_sun, sun, faults)
    items: list[ReportItem] = []
    days = []
    for group, item, total, record_type in _PARTS:
        for part in under(document, group):
            fields = Fields.children(0, faults, part)
            days.append(fields.day("DateOfDebit"))
            claims = [each for each in part if name_of(each) == item]
            found = [_claim(len(items) + at, each, record_type, days[-1], faults) for at, each in enumerate(claims, 1)]
            _check_total(fields, total, found)
            items += found
    debited_on = next((day for day in days if day), None)
    totals = ReportTotals(len(items), sum((item.amount for item in items if item.amount), Money(0)))
    key = key_of(ReportKind.DDICA, own_sun, debited_on, (whole.text("DocumentNumber", 20),), items)
    return ReadReport(ReportKind.DDICA, own_sun, debited_on, key, tuple(items), totals)


def _claim(place: int, claim: Element, record_type: str, debited_on: date | None, faults: Faults) -> ReportItem:
    fields = Fields.children(place, faults, claim)
    code = fields.code("ReasonCode", "reason code")
    debits = tuple(_debits(place, claim, faults))
    account = fields.account("PayerSortCode", "PayerAccount")
    return ReportItem(
        place,
        fields.text("SUReference", 40),
        code[:1],
        code,
        reason(ReportKind.DDICA, code[:1], fields.text("ReasonCodeMeaning", 200).capitalize()),
        effective_on=debited_on,
        original_processing_on=debits[0].on if len(debits) == 1 else None,
        amount=fields.amount("TotalAmount"),
        payer_name=fields.text("PayerName"),
        destination=account,
        last_two=last_two(account),
        record_type=record_type,
        aosn=fields.text("SeqNo", 20),
        bank_reference=fields.text("PayingBankReference", 40),
        debits=debits,
    )


def _debits(place: int, claim: Element, faults: Faults) -> list[ClaimedDebit]:
    listed = first(claim, "DDCollections")
    found = [Fields.children(place, faults, each) for each in listed] if listed is not None else []
    return [ClaimedDebit(each.day("DateOfDirectDebit"), each.amount("Amount")) for each in found]


def _check_total(part: Fields, name: str, claims: list[ReportItem]) -> None:
    """What the part says that its claims come to, where it says it and all of them can be read."""
    if not part.text(name) or any(claim.amount is None for claim in claims):
        return
    told, added = part.amount(name), sum((claim.amount for claim in claims if claim.amount), Money(0))
    if told is not None and told != added:
        raise UserError(f"The report says claims of {told}, but holds {len(claims):,} of {added}.", _AGAIN)
