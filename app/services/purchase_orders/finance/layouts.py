"""What files for the council's finance system may have, by kind, and the layouts that are shipped. Bank details are in none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.models.values import FinanceFileKind
from app.services.exports.dto import Kind


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a file may have: its key, what officers read, what it holds."""

    key: str
    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Profile:
    """A layout.

    Attributes:
        key: by which it is kept; empty of a new one.
        format: csv or xlsx.
        separator, dates: of a csv file; `dates` is a format of strftime.
        columns: (field, heading) in their order.
        shipped: it came with the program and can't be changed, only copied.
    """

    key: str
    title: str
    format: str
    separator: str
    dates: str
    columns: tuple[tuple[str, str], ...]
    shipped: bool = False
    version: int = 0


FIELDS: Final[dict[FinanceFileKind, tuple[Field, ...]]] = {
    FinanceFileKind.PAYMENTS: (
        Field("run", "Payment run"),
        Field("pay_on", "Day of payment", Kind.DATE),
        Field("supplier_number", "Supplier number"),
        Field("supplier_reference", "Supplier in the finance system"),
        Field("supplier", "Supplier"),
        Field("reference", "Reference of the payment"),
        Field("invoice", "Our invoice number"),
        Field("supplier_invoice", "Supplier's invoice number"),
        Field("invoice_on", "Date of the invoice", Kind.DATE),
        Field("pay_by_on", "To be paid by", Kind.DATE),
        Field("order", "Order number"),
        Field("part", "What is paid"),
        Field("gross", "Gross amount", Kind.POUNDS),
        Field("cis", "CIS deducted", Kind.POUNDS),
        Field("retention", "Retention kept back", Kind.POUNDS),
        Field("amount", "Amount to pay", Kind.POUNDS),
        Field("payment", "Total to the supplier", Kind.POUNDS),
    ),
    FinanceFileKind.SUPPLIERS: (
        Field("number", "Supplier number"),
        Field("reference", "Supplier in the finance system"),
        Field("name", "Name"),
        Field("trading_as", "Trading as"),
        Field("address", "Address"),
        Field("contact", "Contact"),
        Field("phone", "Telephone"),
        Field("email", "E-mail for orders"),
        Field("remittance_email", "E-mail for remittance advice"),
        Field("company_number", "Company number"),
        Field("vat_number", "VAT number"),
        Field("cis", "CIS status"),
        Field("cis_reference", "CIS verification"),
        Field("terms_days", "Days to pay", Kind.INT),
        Field("category", "Category"),
    ),
    FinanceFileKind.REQUISITIONS: (
        Field("requisition", "Requisition"),
        Field("order", "Our order number"),
        Field("version", "Version", Kind.INT),
        Field("supplier_number", "Supplier number"),
        Field("supplier_reference", "Supplier in the finance system"),
        Field("supplier", "Supplier"),
        Field("title", "Title"),
        Field("line", "Line", Kind.INT),
        Field("description", "Description"),
        Field("quantity", "Quantity"),
        Field("unit", "Unit"),
        Field("price", "Price of one"),
        Field("vat", "VAT"),
        Field("net", "Net amount of the line", Kind.POUNDS),
        Field("vat_amount", "VAT of the line", Kind.POUNDS),
        Field("cost_centre", "Cost centre"),
        Field("subjective", "Subjective code"),
        Field("share", "Amount on the code", Kind.POUNDS),
        Field("wanted_on", "Wanted by", Kind.DATE),
        Field("approved_on", "Approved on", Kind.DATE),
        Field("officer", "Requested by"),
        Field("delivery", "Delivery point"),
    ),
    FinanceFileKind.RECEIPTS: (
        Field("receipt", "Goods receipt"),
        Field("requisition", "Requisition"),
        Field("order", "Our order number"),
        Field("finance_order", "Order in the finance system"),
        Field("line", "Line", Kind.INT),
        Field("description", "Description"),
        Field("kind", "Received or returned"),
        Field("quantity", "Quantity"),
        Field("amount", "Amount at the order's price", Kind.POUNDS),
        Field("received_on", "Received on", Kind.DATE),
        Field("officer", "Received by"),
        Field("delivery_note", "Delivery note"),
    ),
    FinanceFileKind.TRANSFERS: (
        Field("transfer", "Transfer"),
        Field("line", "Line", Kind.INT),
        Field("posted_on", "Approved on", Kind.DATE),
        Field("cost_centre", "Cost centre"),
        Field("subjective", "Subjective code"),
        Field("amount", "Amount, taken away below nothing", Kind.POUNDS),
        Field("invoice", "Our invoice number"),
        Field("supplier_invoice", "Supplier's invoice number"),
        Field("finance_reference", "Invoice in the finance system"),
        Field("supplier", "Supplier"),
        Field("description", "Line of the invoice"),
        Field("reason", "Why"),
        Field("officer", "Asked for by"),
        Field("approver", "Approved by"),
    ),
}
SHIPPED: Final[dict[FinanceFileKind, Profile]] = {
    FinanceFileKind.PAYMENTS: Profile(
        "payments_standard",
        "Payments, as shipped",
        "csv",
        ",",
        "%d/%m/%Y",
        (
            ("run", "Batch"),
            ("pay_on", "Payment date"),
            ("supplier_reference", "Supplier ID"),
            ("supplier", "Supplier name"),
            ("supplier_invoice", "Invoice number"),
            ("invoice_on", "Invoice date"),
            ("order", "Order number"),
            ("part", "Type"),
            ("gross", "Gross"),
            ("cis", "CIS deduction"),
            ("retention", "Retention"),
            ("amount", "Amount"),
            ("reference", "Reference"),
        ),
        shipped=True,
    ),
    FinanceFileKind.SUPPLIERS: Profile(
        "suppliers_standard",
        "Suppliers, as shipped",
        "csv",
        ",",
        "%d/%m/%Y",
        (
            ("number", "Supplier number"),
            ("reference", "Supplier ID"),
            ("name", "Name"),
            ("address", "Address"),
            ("email", "E-mail"),
            ("phone", "Telephone"),
            ("vat_number", "VAT number"),
            ("company_number", "Company number"),
            ("cis", "CIS status"),
            ("terms_days", "Terms"),
            ("category", "Category"),
        ),
        shipped=True,
    ),
    FinanceFileKind.REQUISITIONS: Profile(
        "requisitions_standard",
        "Requisitions, as shipped",
        "csv",
        ",",
        "%d/%m/%Y",
        (
            ("requisition", "Requisition"),
            ("order", "Order"),
            ("version", "Version"),
            ("supplier_reference", "Supplier ID"),
            ("supplier", "Supplier name"),
            ("line", "Line"),
            ("description", "Description"),
            ("quantity", "Quantity"),
            ("unit", "Unit"),
            ("price", "Price"),
            ("vat", "VAT code"),
            ("net", "Net"),
            ("cost_centre", "Cost centre"),
            ("subjective", "Account"),
            ("share", "Amount"),
            ("wanted_on", "Required by"),
            ("officer", "Requester"),
        ),
        shipped=True,
    ),
    FinanceFileKind.RECEIPTS: Profile(
        "receipts_standard",
        "Receipts, as shipped",
        "csv",
        ",",
        "%d/%m/%Y",
        (
            ("receipt", "Receipt"),
            ("finance_order", "Order number"),
            ("requisition", "Requisition"),
            ("line", "Line"),
            ("kind", "Movement"),
            ("quantity", "Quantity"),
            ("amount", "Amount"),
            ("received_on", "Date received"),
            ("officer", "Received by"),
            ("delivery_note", "Delivery note"),
        ),
        shipped=True,
    ),
    FinanceFileKind.TRANSFERS: Profile(
        "transfers_standard",
        "Transfers, as shipped",
        "csv",
        ",",
        "%d/%m/%Y",
        (
            ("transfer", "Journal"),
            ("line", "Line"),
            ("posted_on", "Date"),
            ("cost_centre", "Cost centre"),
            ("subjective", "Account"),
            ("amount", "Amount"),
            ("supplier", "Supplier name"),
            ("supplier_invoice", "Invoice number"),
            ("reason", "Narrative"),
            ("officer", "Requester"),
            ("approver", "Approver"),
        ),
        shipped=True,
    ),
}
