"""A file of suppliers: read whole, every fault with its row; nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports.dto import Column, Kind, Layout, Table
from app.services.imports.fingerprints import file_sha256
from app.services.imports.one_sheet import Wanted
from app.services.imports.one_sheet import read as read_sheet
from app.services.purchase_orders.suppliers.loading.dto import FileRow, SupplierFile

NAME: Final = "Suppliers"
_MOST_ROWS: Final = 20_000


def _text(name: str, length: int, note: str, *synonyms: str, kind: Kind = Kind.TEXT, required: bool = False) -> Column:
    return Column(name, kind, required=required, length=length, synonyms=synonyms, note=note)


_COLUMNS: Final = (
    _text(
        "name",
        120,
        "As on its invoices.",
        "supplier",
        "supplier name",
        "vendor",
        "vendor name",
        "creditor",
        required=True,
    ),
    _text("trading_as", 120, "Where that is another name.", "trading name", "t/a"),
    _text(
        "finance_reference",
        40,
        "What the finance system calls it. One that is there by it is left as it is.",
        "supplier number",
        "supplier no",
        "vendor number",
        "creditor number",
        "supplier id",
        kind=Kind.CODE,
    ),
    _text("category", 80, "One of the list in Purchase Orders, Categories.", "supplier category", "type"),
    _text("address", 400, "Its lines parted by commas.", "address 1", "address line 1", "street"),
    _text("address_2", 120, "", "address line 2", "address 2"),
    _text("town", 120, "", "city", "post town"),
    _text("postcode", 12, "", "post code", "zip"),
    _text("contact", 120, "", "contact name"),
    _text(
        "phone", 40, "It is called back before bank details change.", "telephone", "tel", "phone number", kind=Kind.CODE
    ),
    _text("email", 254, "Where orders go.", "e-mail", "email address", "order email"),
    _text("remittance_email", 254, "", "remittance e-mail", "remittance"),
    _text("company_number", 20, "", "company no", "companies house number", "crn", kind=Kind.CODE),
    _text("vat_number", 20, "Empty: it isn't registered.", "vat no", "vat reg no", "vat", kind=Kind.CODE),
    _text("cis", 40, "Registered, not registered, gross; empty: no subcontractor.", "cis status"),
    _text("cis_reference", 40, "HMRC's verification number.", "verification number", "cis number", kind=Kind.CODE),
    Column("cis_verified_on", Kind.DATE, synonyms=("verified on", "verification date"), note="Day first."),
    _text("terms_days", 10, "30 where it is empty.", "terms", "payment terms", "credit days", kind=Kind.CODE),
    _text("note", 400, "", "notes", "comment"),
)
LAYOUT: Final = Layout(NAME, _COLUMNS)


def read(
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> SupplierFile:
    """Read a workbook or a .csv file of suppliers; `columns` says which of ours its own headings are.

    Raises:
        UserError: it can't be read at all, has no sheet with names of suppliers, or too many rows.
        Cancelled: `cancel` was used.
    """
    wanted = Wanted(LAYOUT, _fits, "name", _MOST_ROWS)
    table, means = read_sheet(path, wanted, columns or {}, progress, cancel or CancelToken())
    return SupplierFile(
        file_sha256(path), path.name, tuple(_rows(table)), tuple(table.mistakes()), table.notes(), means
    )


def _fits(found: AbstractSet[str]) -> bool:
    return "name" in found


def _rows(table: Table) -> Iterator[FileRow]:
    for number, row in table.by_name():
        on = row.pop("cis_verified_on")
        yield FileRow(number, {name: text or "" for name, text in row.items()}, on)
