"""Headings as councils publish them: the rows of headings below stand in their files of 2023 to 2024."""

import pytest

from app.services.purchase_orders.spending.dto import Part
from app.services.purchase_orders.spending.headings import recognise

COUNCILS = {
    "Barnsley": (
        "Transaction Date|Gross Amount £|Supplier Name|Expense Area|Expense Type|Expense Code|VCSE|Charity Number",
        ("Transaction Date", "Supplier Name", "Gross Amount £", "Expense Code"),
    ),
    "Sefton": (
        "SUPPLIER|AMOUNT|TRANSACTION DATE|COST CENTRE|ACCOUNT|DEPARTMENT|SUMMARY OF EXPENDITURE",
        ("TRANSACTION DATE", "SUPPLIER", "AMOUNT", "ACCOUNT"),
    ),
    "Solihull": (
        (
            "Body name|Directorate|Service Area Categorisation|Supplier Name|Payment Date|Card Transaction|Net Amount|"
            "Purpose of Spend|Procurement Classification: ProClass Label"
        ),
        ("Payment Date", "Supplier Name", "Net Amount", "Purpose of Spend"),
    ),
    "North Tyneside": (
        (
            "Payment Date|Transaction Number|Net Amount|Supplier (Beneficiary) Name|Local Supplier Internal Reference|"
            "Directorate/Service|Service Category Label|Service Category URI|SeRCOP Expenditure Category|"
            "SeRCOP Expenditure Code|Purpose of Spend|SeRCOP Detailed Expenditure Code|Capital/Revenue|"
            "Procurement Classification"
        ),
        ("Payment Date", "Supplier (Beneficiary) Name", "Net Amount", "SeRCOP Detailed Expenditure Code"),
    ),
    "South Tyneside": (
        (
            "Name of Organisation|Body|Service Area|Service Detail|Spend Description|Date|Amount (Net of VAT)|"
            "Unrecoverable VAT|Supplier Name|Spend (cost-code)|Spend (Cap/Rev)|Transaction Reference"
        ),
        ("Date", "Supplier Name", "Amount (Net of VAT)", "Spend (cost-code)"),
    ),
    "Salford": (
        "Authority Name|Date of Payment|DocumentNo|Gross|VAT|Net|Vendor Name|Service Area|GL Description",
        ("Date of Payment", "Vendor Name", "Net", "GL Description"),
    ),
    "Stockport": (
        "Merchant Category|Supplier|Service|Summary of Purpose of Expenditure|invoice_date|net_amount",
        ("invoice_date", "Supplier", "net_amount", "Summary of Purpose of Expenditure"),
    ),
    "Trafford": (
        (
            "Body|Body name|Date|Transaction number|Invoice Number|Amount|Supplier Name|Supplier ID|"
            "VAT Registration Number|Expense Area|Expense Type|Expense Code|BVACOP|ProClass|ProClass Description|"
            "Extended Description|Profit Centre"
        ),
        ("Date", "Supplier Name", "Amount", "Expense Code"),
    ),
    "Worcestershire": (
        (
            "Directorate|Cost Centre Code|Cost Centre Description|Supplier Name|Item Code Desc|Nominal Description|"
            "Transaction Reference|Payment Date|Total Net Amount"
        ),
        ("Payment Date", "Supplier Name", "Total Net Amount", "Cost Centre Code"),
    ),
    "Cumberland": (
        (
            "Company|coded supplier|Supplier Name|Date|System Reference|Directorate Description|Directorate Area|"
            "Expenditure Description|Type of Expenditure|Line Number|Line Amount"
        ),
        ("Date", "Supplier Name", "Line Amount", "Type of Expenditure"),
    ),
    "Brighton and Hove": (
        (
            "Body Name|Body|Service Label|Service Code|Service Division Label|Service Division Code|Expenditure Category|"
            "Expenditure Code|CIPFA Detailed Expenditure Type|CIPFA Detailed Expenditure Code|Date|Transaction Number|"
            "CC 43 TBM Section|CCN 43 TBM Section|CC 02 Council or Non Council|Net Amount|Capital and Revenue|Creditor Name"
        ),
        ("Date", "Creditor Name", "Net Amount", "CIPFA Detailed Expenditure Code"),
    ),
    "Portsmouth": (
        (
            "Body Name|Body|Service Area Categorisation|Service Division Categorisation|Responsible Unit|Expenses Type|"
            "Detailed Expenses Type|Payment Date|Transaction Number|Payment Amount|Supplier Type|Supplier Name|Supplier Id"
        ),
        ("Payment Date", "Supplier Name", "Payment Amount", "Detailed Expenses Type"),
    ),
    "Bournemouth, Christchurch and Poole": (
        "BODY|LOCAL AUTHORITY DEPARTMENT|DESCRIPTION 1|DESCRIPTION 2|DATE|AMOUNT|BENEFICIARY",
        ("DATE", "BENEFICIARY", "AMOUNT", "DESCRIPTION 1"),
    ),
    "Luton": (
        "Date|Supplier|Department|CC Description|Ledger Code|Value £",
        ("Date", "Supplier", "Value £", "Ledger Code"),
    ),
    "Thurrock": (
        "Body Name|Body Id|Month|Date|Department|Beneficiary|Purpose|Merchant Category| Amounts ",
        ("Date", "Beneficiary", "Amounts", "Purpose"),
    ),
    "Southend-on-Sea": (
        (
            "Organisation name|Organisation Code|Directorate|Service Category label|Service Category code|Supplier name|"
            "Payment date|Transaction number|Net Amount|Purpose of spend|Procurement category name"
        ),
        ("Payment date", "Supplier name", "Net Amount", "Purpose of spend"),
    ),
    "Slough": (
        "Body Name|Vendor Number|Vendor Name|Cost Centre|Service Label|BV Code|Amount|Period",
        ("Period", "Vendor Name", "Amount", "BV Code"),
    ),
    "West Northamptonshire": (
        (
            "Body Name|Date Paid|Transaction Number|Amount|Invoice Date|Supplier Name|Supplier Type (CCC & NCC only)|"
            "Invoice Number|Account|Transaction Type|Transaction Type Description|Supplier Reporting|"
            "Expense Area (CCC & NCC only)|Cost Centre Description (CCC & NCC only)|Expense Type"
        ),
        ("Date Paid", "Supplier Name", "Amount", "Account"),
    ),
    "Rutland": (
        "Beneficiary|Date|Merchant Category|Amount (Net of VAT)",
        ("Date", "Beneficiary", "Amount (Net of VAT)", "Merchant Category"),
    ),
    "Isle of Wight": (
        (
            "Capital/Revenue/Balance Sheet||Directorate|SERCOP High Level Category|SERCOP Detailed Category|"
            "Transaction Number|Date|Service Area|Expenses Type|Amount|Supplier Name"
        ),
        ("Date", "Supplier Name", "Amount", "Expenses Type"),
    ),
    "Reading": (
        (
            "PurchasingOrg|Payment Date|VoucherNo|PaymentNo|Supplier Name|Purpose|Amount (£)|Service Area|SupplierType|"
            "InvoiceType|CostCentreNo|Directorate"
        ),
        ("Payment Date", "Supplier Name", "Amount (£)", "Purpose"),
    ),
    "Medway": (
        (
            "Line|Clearance Date|Reference|Type|Value|Supplier or Redacted Statement|Supplier No.|"
            "Directorate/Balance Sheet Heading|Area of Spend|Service Level|Expense Code|Expense Description"
        ),
        ("Clearance Date", "Supplier or Redacted Statement", "Value", "Expense Code"),
    ),
}


@pytest.mark.parametrize("council", COUNCILS)
def test_the_headings_of_a_council_are_recognised(council):
    row, (date, supplier, amount, code) = COUNCILS[council]
    found = recognise(row.split("|"), 1)
    assert found is not None
    assert found.headings == {Part.DATE: date, Part.SUPPLIER: supplier, Part.AMOUNT: amount, Part.CODE: code}


def test_a_name_beside_the_usual_one_stands_in_where_that_is_blank():
    found = recognise("Invoice Date|Transaction Number|Supplier Name|Amount|Supplier Name(T)".split("|"), 1)
    assert found is not None
    assert found.supplier == (2, 4)


@pytest.mark.parametrize(
    "row",
    [
        "Supplier Name|Amount|Directorate",
        "Anytown Borough Council||",
        "03/04/2026|1234.50|Alpha Plumbing Limited|R4053",
        "Supplier|Supplier|Supplier",
    ],
)
def test_a_row_without_date_supplier_and_amount_is_no_row_of_headings(row):
    assert recognise(row.split("|"), 1) is None
