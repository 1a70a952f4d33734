"""What the Adjustments tab offers beside the register itself: works, sections and parts of the card, as data."""

from __future__ import annotations

from app.services.adjustments.register.dto import Act, Stage, What
from app.services.core.permissions import Permission
from app.views.adjustments.offers import CardPart, Group, Work
from app.views.common import works
from app.views.common.works import About, Offered, Part, Section

__all__ = ["HANDED", "OFFERED", "PARTS", "SECTIONS", "WORKS", "CardPart", "Group", "Work"]

_ADJUSTS = frozenset({Permission.ADJUST_ACCOUNTS})
_WRITES_OFF = frozenset({Permission.PROPOSE_WRITE_OFFS})
_SEES_SCHEDULES = frozenset({Permission.PROPOSE_WRITE_OFFS, Permission.APPROVE_WRITE_OFFS})
_REFUNDS = frozenset({Permission.ASK_REFUNDS, Permission.PAY_REFUNDS})
_ASKS_REFUNDS = frozenset({Permission.ASK_REFUNDS})
_PAYS = frozenset({Permission.PAY_REFUNDS})
_KEEPS = frozenset({Permission.KEEP_ADJUSTMENT_KINDS})
_RECHARGES = frozenset({Permission.RAISE_RECHARGES})
_OF_ADJUSTMENTS = frozenset({What.ADJUSTMENT})
_OF_WRITE_OFFS = frozenset({What.WRITE_OFF})
_OF_RECHARGES = frozenset({What.RECHARGE})


WORKS: tuple[works.Work, ...] = (
    Work(
        "entering",
        "New adjustment",
        "Ctrl+Return",
        "cash-plus",
        Group.ENTER,
        "EntryController",
        _ADJUSTS,
        About.OFFICE,
        shown=True,
        primary=True,
    ),
    Work(
        "recalculating",
        "A charge was wrong",
        "Ctrl+F4",
        "calculator-variant-outline",
        Group.ENTER,
        "RecalculationController",
        _ADJUSTS,
        About.OFFICE,
    ),
    Work("batch", "New batch", "Ctrl+Shift+B", "table-plus", Group.ENTER, "BatchController", _ADJUSTS, About.OFFICE),
    Work(
        "batch_file",
        "Load a batch",
        "Ctrl+L",
        "table-arrow-down",
        Group.ENTER,
        "LoadController",
        _ADJUSTS,
        About.OFFICE,
    ),
    Work(
        "batch_file",
        "Empty workbook for a batch",
        "",
        "file-table-outline",
        Group.ENTER,
        "TemplateController",
        _ADJUSTS,
        About.OFFICE,
    ),
    Work(
        "recharging",
        "Rechargeable repair",
        "Ctrl+Shift+I",
        "hammer-wrench",
        Group.RECHARGE,
        "RechargeController",
        _RECHARGES,
        About.OFFICE,
    ),
    Work(
        "court_costs",
        "Court costs",
        "Ctrl+Shift+O",
        "gavel",
        Group.RECHARGE,
        "CourtCostsController",
        _RECHARGES,
        About.OFFICE,
    ),
    Work(
        "crediting",
        "Credit note",
        "Ctrl+Shift+N",
        "receipt-text-minus-outline",
        Group.RECHARGE,
        "CreditNoteController",
        _RECHARGES,
        shown=True,
        whats=_OF_RECHARGES,
        act=Act.REVERSE,
    ),
    Work(
        "raising",
        "Raise",
        "Ctrl+Shift+G",
        "check-all",
        Group.RECHARGE,
        "RaiseController",
        _RECHARGES,
        shown=True,
        whats=_OF_RECHARGES,
        act=Act.POST,
    ),
    Work(
        "raising",
        "Withdraw the invoice",
        "Shift+F7",
        "close-circle-outline",
        Group.RECHARGE,
        "WithdrawInvoiceController",
        _RECHARGES,
        shown=True,
        whats=_OF_RECHARGES,
        act=Act.WITHDRAW,
    ),
    Work(
        "gating",
        "Refund gate",
        "Ctrl+G",
        "gate",
        Group.REFUND,
        "GateController",
        _REFUNDS,
        shown=True,
        whats=frozenset({What.REFUND}),
        stages=frozenset({Stage.DRAFT, Stage.WAITING, Stage.APPROVED}),
    ),
    Work(
        "credit_letter",
        "Write about it",
        "Ctrl+Shift+E",
        "email-outline",
        Group.REFUND,
        "RefundLetterController",
        _ASKS_REFUNDS,
        whats=frozenset({What.REFUND}),
        stages=frozenset({Stage.DRAFT, Stage.DONE, Stage.REFUSED, Stage.WITHDRAWN, Stage.BACK}),
    ),
    Work(
        "write_off",
        "Write off a debt",
        "Ctrl+Shift+W",
        "file-document-remove-outline",
        Group.WRITE_OFF,
        "WriteOffController",
        _WRITES_OFF,
        About.OFFICE,
    ),
    Work(
        "write_off_case",
        "Put on a schedule",
        "Ctrl+Shift+Y",
        "playlist-plus",
        Group.WRITE_OFF,
        "ScheduleController",
        _WRITES_OFF,
        About.MANY,
        shown=True,
        whats=_OF_WRITE_OFFS,
        act=Act.SUBMIT,
    ),
    Work(
        "write_off_case",
        "Change the case",
        "",
        "pencil-outline",
        Group.WRITE_OFF,
        "ChangeController",
        _WRITES_OFF,
        shown=True,
        whats=_OF_WRITE_OFFS,
        stages=frozenset({Stage.DRAFT}),
    ),
    Work(
        "write_off_case",
        "Look at it again",
        "",
        "refresh",
        Group.WRITE_OFF,
        "LookController",
        _WRITES_OFF,
        shown=True,
        whats=_OF_WRITE_OFFS,
        stages=frozenset({Stage.DRAFT}),
    ),
    Work(
        "write_off_case",
        "Withdraw the case",
        "",
        "close-circle-outline",
        Group.WRITE_OFF,
        "GiveUpController",
        _WRITES_OFF,
        whats=_OF_WRITE_OFFS,
        act=Act.WITHDRAW,
    ),
    Work(
        "write_off_case",
        "Write the debt back",
        "",
        "undo-variant",
        Group.WRITE_OFF,
        "WriteBackController",
        _WRITES_OFF,
        shown=True,
        whats=_OF_WRITE_OFFS,
        act=Act.REVERSE,
    ),
    Work(
        "deciding",
        "Approve or refuse",
        "Ctrl+Shift+D",
        "check-decagram-outline",
        Group.DECIDE,
        "DecideController",
        shown=True,
        act=Act.DECIDE,
    ),
    Work(
        "posting",
        "Submit",
        "Ctrl+Shift+S",
        "send-outline",
        Group.DECIDE,
        "SubmitController",
        _ADJUSTS,
        shown=True,
        whats=_OF_ADJUSTMENTS,
        act=Act.SUBMIT,
    ),
    Work(
        "posting",
        "Post",
        "Ctrl+Shift+P",
        "check-all",
        Group.DECIDE,
        "PostController",
        _ADJUSTS,
        shown=True,
        whats=_OF_ADJUSTMENTS,
        act=Act.POST,
    ),
    Work(
        "reversing",
        "Reverse",
        "Ctrl+Shift+R",
        "undo-variant",
        Group.DECIDE,
        "ReverseController",
        _ADJUSTS,
        shown=True,
        whats=_OF_ADJUSTMENTS,
        act=Act.REVERSE,
    ),
    Work(
        "reversing",
        "Withdraw",
        "F7",
        "close-circle-outline",
        Group.DECIDE,
        "WithdrawController",
        _ADJUSTS,
        shown=True,
        whats=_OF_ADJUSTMENTS,
        act=Act.WITHDRAW,
    ),
)
"""Every work, by group in the order of `Group`; a new one is a line here."""

HANDED: tuple[works.Work, ...] = (
    Work("fixing", "Put a line of the ledger right", "", "cash-sync", Group.ENTER, "FixController", _ADJUSTS),
    Work("refunding", "New refund", "", "cash-refund", Group.REFUND, "RefundController", _ASKS_REFUNDS),
)
"""Works that other tabs alone begin, with what they are done to (`BeginWork`)."""

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
    CardPart("papers", "Evidence", "PapersController"),
    CardPart("notes", "Notes", "NotesController"),
)
"""Every part of the card, in their order after what it does and its history."""

OFFERED = Offered(WORKS, SECTIONS, PARTS)
