"""Which column of a published file is which, whatever the council calls it.

The headings are those that English councils publish their spending under (Local Government Transparency Code 2015, part 2.1):
the Code names what is to be told and nobody's headings, so that hardly two councils share them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.services.imports.values import fold
from app.services.purchase_orders.spending.dto import NEEDED, Columns, Part, Profile

HEADER_LINES: Final = 25
"""How far down a row of headings is looked for, below titles and notes."""

_DATE: Final = (
    "paymentdate datepaid dateofpayment paiddate invoicepaymentdate datepaymentmade payrundate clearancedate "
    "transactiondate postingdate dateincurred date effectivedate invoicedate documentdate glposteddate periodname "
    "period month monthpaid paymentmonth"
).split()
_SUPPLIER: Final = (
    "amendedsuppliername suppliernameamended updatedbeneficiary vendorname2 suppliername supplierbeneficiaryname "
    "supplierbeneficiary nameofsupplier supplierorredactedstatement beneficiaryname beneficiary vendorname creditorname "
    "payeename merchantname recipientname supplier vendor creditor payee recipient merchant suppliernamet suppliert name"
).split()
_AMOUNT: Final = (
    "netamount totalnetamount amountnetofvat amountexcludingvat amountexcvat amountexclvat amountexvat "
    "expenditureamountexcvat netvalue netinvoiceamount invoicenet net lineamount invoicelineamount amount amounts amountgbp "
    "amountpaid paymentamount paidamount transactionamount invoiceamount apamount distribamountsum sumofamount value "
    "actualvalue total grossamount amountincvat amountincludingvat totalincvat gross spend"
).split()
_CODE: Final = (
    "expensecode expensescode accountcode subjectivecode nominalcode ledgercode glcode account "
    "sercopdetailedexpenditurecode cipfadetailedexpenditurecode detailedexpenditurecode sercopexpenditurecode "
    "expenditurecode costcentrecode spendcostcode detailedexpensestype detailedexpendituretype expensestype expensetype "
    "expendituretype typeofexpenditure expenditurecategory sercopexpenditurecategory sercopdetailedcategory "
    "subjectivedescription nominaldescription accountdescription accountdesc gldescription itemcodedesc "
    "expensedescription expendituredescription spenddescription servicedescription purposeofspend purposeofexpenditure "
    "summaryofpurposeofexpenditure purposeofexpenditureexpenditurecategory expenditurecategorydescription "
    "summaryofexpenditure purpose categoryinternalname categorypurpose description1 bvcode proclasst spendtype costcentre "
    "costcentredescription merchantcategory category"
).split()
KNOWN: Final[Mapping[Part, Sequence[str]]] = {
    Part.DATE: _DATE,
    Part.SUPPLIER: _SUPPLIER,
    Part.AMOUNT: _AMOUNT,
    Part.CODE: _CODE,
}
"""What each part is called, folded, the best first: of several amounts the net one, of several dates that of the payment."""


def recognise(row: Sequence[str], number: int) -> Columns | None:
    """The columns of a row of headings, or None if it isn't one. `number` is its line, counted from 1."""
    folded = [fold(cell) for cell in row]
    places: dict[Part, list[int]] = {}
    for part, names in KNOWN.items():
        found = [folded.index(name) for name in names if name in folded]
        taken = {place for others in places.values() for place in others[:1]}
        places[part] = [place for place in found if place not in taken]
    if not all(places[part] for part in NEEDED):
        return None
    return Columns(
        number,
        places[Part.DATE][0],
        tuple(places[Part.SUPPLIER]),
        places[Part.AMOUNT][0],
        next(iter(places[Part.CODE]), None),
        {part: row[found[0]].strip() for part, found in places.items() if found},
    )


def by_profile(row: Sequence[str], number: int, profile: Profile) -> Columns | None:
    """The columns of a row by what a profile calls them, or None if the row lacks one of them."""
    folded = [fold(cell) for cell in row]
    places = {part: folded.index(fold(name)) for part, name in profile.headings.items() if fold(name) in folded}
    if len(places) < len(profile.headings) or any(part not in places for part in NEEDED):
        return None
    return Columns(
        number,
        places[Part.DATE],
        (places[Part.SUPPLIER],),
        places[Part.AMOUNT],
        places.get(Part.CODE),
        {part: row[place].strip() for part, place in places.items()},
    )
