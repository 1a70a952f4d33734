"""Endings from a spreadsheet: a row for each tenancy, read whole, every fault with its row, and all of them or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Final

from app.models.values import EndReason, Money, VoidReason
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.imports.dto import Column, Kind, Layout, Problem, Table, row_number
from app.services.imports.mapping import choices
from app.services.imports.values import fold
from app.services.tenancies import keeping, many
from app.services.tenancies.endings import reading
from app.services.tenancies.endings.dto import REASONS, EndingSaved, Finish, NoteEnding
from app.services.tenancies.many import RowsDone, RowsRead, read_sheet
from app.services.tenancies.voids.dto import REASONS as VOIDS

NAME: Final = "Endings"
_NOON: Final = time(12)
_COLUMNS: Final = {
    "reason": "reason",
    "notice_on": "notice",
    "agreed_on": "last_day",
    "keys_on": "keys",
    "excused": "why",
    "now": "finish",
    "forwarding_address": "forwarding_address",
    "contact_name": "contact",
    "contact_details": "contact_details",
}
"""The columns by the fields of the sheet that they stand for."""


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A row of the spreadsheet: the tenancy by its reference or an account's, and what is known of its ending.

    `garages`: the garages of the same people end too. `finish`: end it at once, where the keys are back.
    """

    row: int
    reference: str
    reason: EndReason
    notice_on: date | None
    agreed_on: date | None
    keys_on: date | None
    keys_at: time
    excused: str
    forwarding_address: str
    contact_name: str
    contact_details: str
    void: VoidReason
    garages: bool
    finish: bool


BulkRead = RowsRead[BulkRow]


@dataclass(frozen=True, slots=True)
class BulkLine:
    """What became of a row: the tenancy's reference, and the ending; `balance` is what the former tenant's account has."""

    row: int
    reference: str
    saved: EndingSaved

    @property
    def balance(self) -> Money:
        """What stands on the former tenant's account."""
        return self.saved.balance


BulkDone = RowsDone[BulkLine]
LAYOUT: Final = Layout(
    NAME,
    (
        Column(
            "tenancy",
            Kind.CODE,
            required=True,
            length=40,
            synonyms=("tenancy reference", "account", "payment reference", "rent account"),
            may_look_like_card=True,
        ),
        Column("reason", Kind.CHOICE, words=choices(REASONS)),
        Column("notice", Kind.DATE, synonyms=("notice on", "notice came on", "notice received")),
        Column("last_day", Kind.DATE, synonyms=("end date", "ends on", "termination date")),
        Column("keys", Kind.DATE, synonyms=("keys back", "keys returned", "keys on")),
        Column("keys_at", Kind.TEXT, length=8, synonyms=("time", "keys time", "hour")),
        Column("why", Kind.TEXT, length=400, synonyms=("excused", "why a short notice")),
        Column("forwarding_address", Kind.TEXT, length=400, synonyms=("new address",)),
        Column("contact", Kind.TEXT, length=200, synonyms=("next of kin", "executor")),
        Column("contact_details", Kind.TEXT, length=400),
        Column("void", Kind.CHOICE, words=choices(VOIDS)),
        Column("garages", Kind.YES_NO, synonyms=("garages end", "garages too")),
        Column("finish", Kind.YES_NO, synonyms=("end now", "close the account")),
    ),
    synonyms=("terminations", "endings of tenancies"),
)


def read(path: Path) -> BulkRead:
    """Read a workbook or a .csv file of endings.

    Raises:
        UserError: it can't be read at all, or no sheet of it has the column tenancy.
    """
    table = read_sheet(path, LAYOUT, "endings")
    problems = list(table.problems)
    rows = [] if problems else list(_rows(table, problems))
    return RowsRead(() if problems else tuple(rows), tuple(problems))


def wanted_of(ctx: Context, row: BulkRow) -> NoteEnding:
    """What a row asks for; what is noted of the ending already and the row leaves empty stays as it is noted.

    Raises:
        UserError: there is no such tenancy.
    """
    found = reading.case(ctx, keeping.tenancy_by_reference(ctx, row.reference).id)
    noted = found.ending
    return NoteEnding(
        tenancy_id=found.tenancy.id,
        reason=row.reason,
        notice_on=row.notice_on or (noted.notice_on if noted else None),
        agreed_on=row.agreed_on or (noted.notice_ends_on if noted and noted.agreed else None),
        keys_on=row.keys_on,
        keys_at=row.keys_at,
        excused=row.excused or (noted.excused if noted else ""),
        forwarding_address=row.forwarding_address or (noted.forwarding_address if noted else ""),
        contact_name=row.contact_name or (noted.contact_name if noted else ""),
        contact_details=row.contact_details or (noted.contact_details if noted else ""),
        garages=tuple(garage.id for garage in found.garages) if row.garages else (),
        finish=Finish(void=row.void) if row.finish else None,
        ending_id=noted.id if noted else 0,
        version=noted.version if noted else 0,
    )


def problems_of(row: BulkRow, error: UserError) -> Iterator[Problem]:
    """What is wrong with a row, as the command line lists it."""
    return many.problems_of(NAME, row.row, _COLUMNS, error, "tenancy")


def _rows(table: Table, problems: list[Problem]) -> Iterator[BulkRow]:
    seen: dict[str, int] = {}
    for row, cells in table.by_name():
        first = seen.setdefault(fold(cells["tenancy"]), row)
        if first != row:
            message = f"{cells['tenancy']} stands in row {row_number(first)} already. Delete one of them."
            problems.append(Problem(NAME, row, "tenancy", message))
        keys_at = _hour(cells["keys_at"])
        if keys_at is None:
            problems.append(Problem(NAME, row, "keys_at", f"'{cells['keys_at']}' is no hour. Write it as 09:30."))
        yield BulkRow(
            row=row,
            reference=cells["tenancy"],
            reason=EndReason(cells["reason"] or EndReason.TENANT_NOTICE),
            notice_on=cells["notice"],
            agreed_on=cells["last_day"],
            keys_on=cells["keys"],
            keys_at=keys_at or _NOON,
            excused=cells["why"] or "",
            forwarding_address="\n".join(part.strip() for part in (cells["forwarding_address"] or "").split(",")),
            contact_name=cells["contact"] or "",
            contact_details=cells["contact_details"] or "",
            void=VoidReason(cells["void"] or VoidReason.TO_LET),
            garages=bool(cells["garages"]),
            finish=cells["keys"] is not None if cells["finish"] is None else bool(cells["finish"]),
        )


def _hour(text: str | None) -> time | None:
    if not text:
        return _NOON
    try:
        return time.fromisoformat(text.strip().zfill(5)).replace(tzinfo=None)
    except ValueError:
        return None
