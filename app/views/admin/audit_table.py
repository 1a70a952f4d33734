"""The audit as a long table: its columns and what it can be filtered by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.services.admin.audit.dto import EVERYTHING, AuditRow, AuditSort, Did, FieldChange
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.facets import Choice, Facet
from app.views.common.paged_table import TableSpec


@dataclass(frozen=True, slots=True)
class DayFacet(Facet):
    """A day; its choices are fields of their own."""

    def words(self, value: Any) -> str:
        """`From 1 Nov 2026`."""
        return f"{self.title} {formats.day(value)}" if isinstance(value, date) else ""


@dataclass(frozen=True, slots=True)
class RecordFacet(Facet):
    """One record, chosen by the row that the officer is on."""

    def words(self, value: Any) -> str:
        """It is named beside the table."""
        return "The history of one record"


COLUMNS: tuple[Column[AuditRow], ...] = (
    Column(AuditSort.AT, "When", lambda row: row.at, 140, sorts=True, holds=Holds.MOMENT, firm=True),
    Column(AuditSort.OFFICER, "Who", lambda row: row.officer, 120, sorts=True, holds=Holds.TEXT),
    Column(AuditSort.ACTION, "Did", lambda row: row.action, 80, sorts=True, holds=Holds.TEXT, least=2, firm=True),
    Column(AuditSort.KIND, "What", lambda row: row.kind, 140, sorts=True, holds=Holds.TEXT),
    Column("record", "Which", lambda row: row.record, 190, holds=Holds.TEXT),
    Column("summary", "Change", lambda row: row.summary, 150, holds=Holds.TEXT, least=1),
)
FACETS = (
    Facet("officer_id", "Who"),
    Facet("kind", "What"),
    Facet(
        "action",
        "Did",
        (
            Choice(Did.ADDED, "Added"),
            Choice(Did.CHANGED, "Changed", quick=True),
            Choice(Did.REMOVED, "Removed", quick=True),
        ),
        plain=True,
    ),
    DayFacet("first_on", "From"),
    DayFacet("last_on", "To"),
    RecordFacet("record", "Record"),
)
SPEC: TableSpec[AuditRow] = TableSpec(
    key="admin.audit",
    name="Audit",
    noun=("change", "changes"),
    columns=COLUMNS,
    everything=EVERYTHING,
    facets=FACETS,
    find="Payment reference, or an officer's name",
    sort=(AuditSort.AT, True),
    stretch="record",
    nothing=(
        "No change is like that. Type a whole payment reference for an account and all that hangs on it, or the "
        "beginning of an officer's name for their own record, or take a filter away."
    ),
    none="Nothing has been changed yet. Every change that anybody makes is written here, and stays.",
    money=False,
)
FIELDS: tuple[Column[FieldChange], ...] = (
    Column("label", "Field", lambda row: row.label, 110, holds=Holds.TEXT),
    Column("before", "Before", lambda row: row.before or None, 120, holds=Holds.TEXT),
    Column("after", "After", lambda row: row.after or None, 130, holds=Holds.TEXT),
)
