"""Suppliers of a file, as they cross layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.services.imports.dto import Mistake
from app.services.purchase_orders.suppliers.dto import Saved

WORDS: Final[Mapping[str, str]] = {
    "trading_as": "trading name",
    "finance_reference": "finance number",
    "remittance_email": "e-mail for remittances",
    "email": "e-mail",
    "phone": "telephone",
    "vat_number": "VAT number",
    "company_number": "company number",
    "cis": "CIS",
    "cis_reference": "verification number",
    "cis_verified_on": "verified on",
    "terms_days": "days of credit",
    "category_id": "category",
}
"""What the columns are called in a sentence, where that isn't their name."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file, by column; texts as they stand."""

    row: int
    texts: Mapping[str, str]
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class SupplierFile:
    """A file that was read; `means` says what each of its headings was read as."""

    sha256: str
    file_name: str
    rows: tuple[FileRow, ...]
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()
    means: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NewLoad:
    """A file to be loaded.

    Attributes:
        category_id: of the rows that name none.
        alike_seen: those that may be there already were looked at, and they are others.
    """

    file: SupplierFile
    category_id: int
    alike_seen: bool = False


@dataclass(frozen=True, slots=True)
class LoadCheck:
    """What loading a file would do.

    Attributes:
        mistakes: what is wrong, with its row; nothing is kept while there is one.
        suspected: rows that may be a supplier that is there, or another row: kept only when that was looked at.
        new: how many are kept; `known`: how many are there by their finance number, and are left as they are.
    """

    mistakes: tuple[Mistake, ...]
    suspected: tuple[Mistake, ...]
    new: int
    known: int


@dataclass(frozen=True, slots=True)
class Loaded(Saved):
    """What was loaded; `supplier_id` is the first of them, 0 where none was kept."""

    count: int = 0
