"""Write-offs as they are built, shown and asked for."""

from __future__ import annotations

from app.services.adjustments.write_offs.dto.asked import AskedCase, NewAuthority, NewCase, NewSchedule, NewWriteBack
from app.services.adjustments.write_offs.dto.facts import (
    Authorities,
    Band,
    Debt,
    Debtor,
    Elsewhere,
    Facts,
    Finding,
    Insolvency,
    Movement,
    OwedPart,
    ReasonRow,
)
from app.services.adjustments.write_offs.dto.shown import (
    CAUSES,
    Back,
    CaseDebt,
    CaseDetail,
    CasePart,
    CaseRow,
    Saved,
    ScheduleFilter,
    ScheduleRow,
    ScheduleShown,
    Tested,
)

__all__ = [
    "CAUSES",
    "AskedCase",
    "Authorities",
    "Back",
    "Band",
    "CaseDebt",
    "CaseDetail",
    "CasePart",
    "CaseRow",
    "Debt",
    "Debtor",
    "Elsewhere",
    "Facts",
    "Finding",
    "Insolvency",
    "Movement",
    "NewAuthority",
    "NewCase",
    "NewSchedule",
    "NewWriteBack",
    "OwedPart",
    "ReasonRow",
    "Saved",
    "ScheduleFilter",
    "ScheduleRow",
    "ScheduleShown",
    "Tested",
]
