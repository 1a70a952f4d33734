"""Write-offs as they are built, shown and asked for."""

from __future__ import annotations

from app.services.adjustments.write_offs.dto.asked import NewAuthority, NewCase, NewSchedule, NewWriteBack
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
    CaseForm,
    CaseRow,
    Saved,
    ScheduleRow,
    Tested,
)

__all__ = [
    "CAUSES",
    "Authorities",
    "Back",
    "Band",
    "CaseDebt",
    "CaseDetail",
    "CaseForm",
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
    "ScheduleRow",
    "Tested",
]
