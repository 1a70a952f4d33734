"""The sections of the Adjustments tab, and the parts of the card beside its register, as data."""

from __future__ import annotations

from app.services.adjustments.register.dto import What
from app.services.core.permissions import Permission
from app.views.adjustments.offers import CardPart
from app.views.common.works import Part, Section

_SEES_SCHEDULES = frozenset({Permission.PROPOSE_WRITE_OFFS, Permission.APPROVE_WRITE_OFFS})
_REFUNDS = frozenset({Permission.ASK_REFUNDS, Permission.PAY_REFUNDS})
_PAYS = frozenset({Permission.PAY_REFUNDS})
_KEEPS = frozenset({Permission.KEEP_ADJUSTMENT_KINDS})
_RECHARGES = frozenset({Permission.RAISE_RECHARGES})
_OF_WRITE_OFFS = frozenset({What.WRITE_OFF})

SECTIONS: tuple[Section, ...] = (
    Section("reports", "Reports", "chart-bar", "ReportsController"),
    Section("credits", "Credits", "cash-refund", "CreditsController", _REFUNDS),
    Section("written_on", "Written on", "bank-plus", "WrittenOnController", _REFUNDS),
    Section("payments", "Payments", "send", "PaymentsController", _PAYS),
    Section("price_list", "Price list", "format-list-numbered", "PriceListController", _RECHARGES),
    Section("kinds", "Kinds", "tag-multiple-outline", "KindsController", _KEEPS),
    Section("reasons", "Reasons", "comment-question-outline", "ReasonsController", _KEEPS),
    Section("schedules", "Write-off schedules", "playlist-check", "SchedulesController", _SEES_SCHEDULES),
    Section("write_off_reasons", "Write-off reasons", "comment-remove-outline", "WriteOffReasonsController", _KEEPS),
)
"""Every section, in their order after the register."""

PARTS: tuple[Part, ...] = (
    CardPart("conditions", "Conditions", "ConditionsController", whats=_OF_WRITE_OFFS),
    CardPart("limitation", "Limitation", "LimitationController", whats=_OF_WRITE_OFFS),
    CardPart("post", "Post", "PostController"),
    CardPart("papers", "Evidence", "PapersController"),
    CardPart("notes", "Notes", "NotesController"),
)
"""Every part of the card, in their order after what it does and its history."""
