"""A spreadsheet of mandates: its columns, and each row as it is; nothing is looked up, nothing kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from app.models.values import Frequency
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.direct_debits.mandates.importing.dto import FileRow, MandateFile
from app.services.imports.dto import Column, Kind, Layout, Table
from app.services.imports.fingerprints import file_sha256
from app.services.imports.one_sheet import Wanted
from app.services.imports.one_sheet import read as read_sheet

NAME: Final = "Mandates"
OFTEN: Final[Mapping[str, str]] = {
    "monthly": Frequency.MONTHLY,
    "calendarmonthly": Frequency.MONTHLY,
    "month": Frequency.MONTHLY,
    "quarterly": Frequency.QUARTERLY,
    "quarter": Frequency.QUARTERLY,
    "weekly": Frequency.WEEKLY,
    "week": Frequency.WEEKLY,
    "fortnightly": Frequency.FORTNIGHTLY,
    "twoweekly": Frequency.FORTNIGHTLY,
    "2weekly": Frequency.FORTNIGHTLY,
    "fourweekly": Frequency.FOUR_WEEKLY,
    "4weekly": Frequency.FOUR_WEEKLY,
}
"""How often, as other systems write it."""
MOST_ROWS: Final = 50_000
TITLE: Final = "Mandates in force"
"""Of the empty workbook."""
LAYOUT: Final = Layout(
    NAME,
    (
        Column(
            "account",
            Kind.CODE,
            required=True,
            length=40,
            synonyms=("payment reference", "rent account", "account reference", "tenancy reference"),
            may_look_like_card=True,
            note="The payment reference of the account that it is on. As text, so that leading zeros stay.",
        ),
        Column(
            "payer_name",
            Kind.TEXT,
            required=True,
            length=70,
            synonyms=("payer", "account holder", "account name", "name on account", "name"),
            note="As the bank has it.",
        ),
        Column(
            "sort_code",
            Kind.CODE,
            required=True,
            length=12,
            synonyms=("sort", "sortcode", "bank sort code"),
            note="Six digits, as text: 01-02-03.",
        ),
        Column(
            "account_number",
            Kind.CODE,
            required=True,
            length=14,
            synonyms=("bank account", "bank account number", "account no", "number"),
            note="Eight digits, as text, so that leading zeros stay.",
        ),
        Column(
            "reference",
            Kind.CODE,
            length=18,
            synonyms=("ddi reference", "core reference", "dd reference", "mandate reference", "direct debit reference"),
            may_look_like_card=True,
            note="The reference that the bank knows the instruction by. Left empty, it is made of the account's.",
        ),
        Column(
            "given",
            Kind.DATE,
            synonyms=("given on", "signed", "date signed", "set up", "start date", "lodged", "date lodged"),
            note="The day that it was given or lodged, day first; left empty, today.",
        ),
        Column(
            "first_collected",
            Kind.DATE,
            synonyms=("first collection", "first collected on", "first payment"),
            note="The first collection. Left empty, the next one goes as the first (code 01).",
        ),
        Column(
            "last_collected",
            Kind.DATE,
            synonyms=("last collection", "last collected on", "last payment", "last paid"),
            note="The last collection, from which the bank counts until it is dormant.",
        ),
        Column("bank", Kind.TEXT, length=80, synonyms=("bank name", "name of bank", "building society")),
        Column("branch", Kind.TEXT, length=80, synonyms=("bank branch",)),
        Column(
            "payer_address",
            Kind.TEXT,
            length=400,
            synonyms=("address of payer", "address"),
            note="Of a payer who isn't a tenant: lines parted by commas, the postcode last.",
        ),
        Column(
            "also_pays",
            Kind.CODES,
            synonyms=("other accounts", "also paid", "linked accounts"),
            note="Payment references of other accounts that it pays, parted by ;",
        ),
        Column(
            "frequency",
            Kind.CHOICE,
            words=OFTEN,
            synonyms=("collected", "how often", "payment frequency", "schedule"),
            note="Monthly, quarterly, weekly, fortnightly or four-weekly; left empty, monthly.",
        ),
        Column(
            "day",
            Kind.CODE,
            length=12,
            synonyms=("collection day", "payment day", "day of month", "due day"),
            note="The day of the month, 1 to 28, or the weekday; left empty, the first collection day of the policy.",
        ),
        Column("note", Kind.TEXT, length=400, synonyms=("notes", "comment")),
    ),
    synonyms=("direct debits", "direct debit instructions", "ddis"),
)
_WANTED: Final = Wanted(LAYOUT, frozenset(LAYOUT.required).issubset, ", ".join(LAYOUT.required), MOST_ROWS)
_FIELDS: Final[Mapping[str, str]] = {
    "given": "given_on",
    "first_collected": "first_collected_on",
    "last_collected": "last_collected_on",
    "bank": "bank_name",
    "also_pays": "beside",
}
"""The fields of a row by the columns of the file, where their names differ."""


def read(
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> MandateFile:
    """Read a workbook or a .csv file of mandates.

    Args:
        path: the file.
        columns: its own headings, and which of our columns each is (empty: left out), where they don't match by themselves.
        progress: told how many rows are read.
        cancel: stops it.

    Raises:
        UserError: it can't be read at all, has no sheet with the columns that are needed, or too many rows.
        Cancelled: `cancel` was used.
    """
    table, means = read_sheet(path, _WANTED, columns or {}, progress, cancel or CancelToken())
    mistakes = tuple(table.mistakes(_FIELDS))
    return MandateFile(file_sha256(path), path.name, tuple(_rows(table)), mistakes, table.notes(), means)


def _rows(table: Table) -> Iterator[FileRow]:
    for number, row in table.by_name():
        yield FileRow(
            row=number,
            account=row["account"] or "",
            payer_name=row["payer_name"] or "",
            sort_code=row["sort_code"] or "",
            account_number=row["account_number"] or "",
            reference=row["reference"] or "",
            bank_name=row["bank"] or "",
            branch=row["branch"] or "",
            given_on=row["given"],
            first_collected_on=row["first_collected"],
            last_collected_on=row["last_collected"],
            payer_address=row["payer_address"] or "",
            beside=tuple(row["also_pays"] or ()),
            note=row["note"] or "",
            frequency=Frequency(row["frequency"]) if row["frequency"] else None,
            day=row["day"] or "",
        )
