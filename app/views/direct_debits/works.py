"""What the Direct Debits tab offers beside the list of mandates: works, sections and parts of the card, as data."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.services.direct_debits.mandates.dto import Act
from app.views.common import works
from app.views.common.works import About, Offered, Part, Section
from app.views.direct_debits.offers import Group, Work, collects

__all__ = ["OFFERED", "PARTS", "SECTIONS", "WORKS", "Group", "Work"]

_KEEPS = frozenset({Permission.KEEP_DIRECT_DEBITS})
_REVEALS = frozenset({Permission.REVEAL_BANK_DETAILS})

WORKS: tuple[works.Work, ...] = (
    Work(
        "setting_up",
        "Set up a Direct Debit",
        "Ctrl+Return",
        "bank-plus",
        Group.MANDATE,
        "SetUpController",
        _KEEPS,
        About.OFFICE,
        shown=True,
        primary=True,
    ),
    Work(
        "amending",
        "Other bank details",
        "Ctrl+Shift+B",
        "bank-transfer",
        Group.MANDATE,
        "AmendController",
        _KEEPS,
        shown=True,
        act=Act.AMEND,
    ),
    Work(
        "changing",
        "Change the payer or accounts",
        "Ctrl+Shift+H",
        "pencil-outline",
        Group.MANDATE,
        "ChangeController",
        _KEEPS,
        act=Act.CHANGE,
    ),
    Work(
        "stopping",
        "Suspend",
        "F7",
        "pause-circle-outline",
        Group.MANDATE,
        "SuspendController",
        _KEEPS,
        shown=True,
        act=Act.SUSPEND,
    ),
    Work(
        "stopping",
        "Let it go on",
        "Shift+F7",
        "play-circle-outline",
        Group.MANDATE,
        "ResumeController",
        _KEEPS,
        shown=True,
        act=Act.RESUME,
    ),
    Work(
        "stopping",
        "Cancel the mandate",
        "Ctrl+F7",
        "close-circle-outline",
        Group.MANDATE,
        "CancelController",
        _KEEPS,
        shown=True,
        act=Act.CANCEL,
    ),
    Work(
        "stopping",
        "Take the cancellation back",
        "",
        "undo-variant",
        Group.MANDATE,
        "UndoCancelController",
        _KEEPS,
        shown=True,
        act=Act.UNDO_CANCEL,
    ),
    Work(
        "stopping",
        "Write the confirmation",
        "Ctrl+Shift+E",
        "email-outline",
        Group.MANDATE,
        "ConfirmController",
        _KEEPS,
        act=Act.CONFIRM,
    ),
    Work(
        "importing",
        "Load mandates",
        "Ctrl+L",
        "table-arrow-down",
        Group.MANDATE,
        "LoadController",
        _KEEPS,
        About.OFFICE,
    ),
    Work(
        "importing",
        "Empty workbook for mandates",
        "",
        "file-table-outline",
        Group.MANDATE,
        "TemplateController",
        _KEEPS,
        About.OFFICE,
    ),
    Work(
        "revealing",
        "Show the bank details",
        "Ctrl+Shift+U",
        "eye-outline",
        Group.MANDATE,
        "RevealController",
        _REVEALS,
        act=Act.REVEAL,
    ),
    Work(
        "collecting",
        "Skip, move or change a collection",
        "Ctrl+Shift+K",
        "calendar-edit",
        Group.SCHEDULE,
        "CollectionController",
        _KEEPS,
        fits=collects,
    ),
    Work(
        "collecting",
        "Add a collection",
        "Ctrl+Shift+A",
        "calendar-plus",
        Group.SCHEDULE,
        "AddController",
        _KEEPS,
        fits=collects,
    ),
    Work(
        "collecting",
        "Day and frequency",
        "Ctrl+Shift+D",
        "calendar-sync",
        Group.SCHEDULE,
        "TermsController",
        _KEEPS,
        fits=collects,
    ),
    Work(
        "collecting",
        "Recalculate",
        "Ctrl+Shift+R",
        "calculator",
        Group.SCHEDULE,
        "AgainController",
        _KEEPS,
        fits=collects,
    ),
    Work(
        "noticing",
        "Give notice",
        "Ctrl+Shift+N",
        "email-fast-outline",
        Group.SCHEDULE,
        "GiveNoticeController",
        _KEEPS,
        About.MANY,
        fits=collects,
    ),
    Work(
        "noticing",
        "Told on the telephone",
        "Ctrl+Shift+T",
        "phone-outline",
        Group.SCHEDULE,
        "TellController",
        _KEEPS,
        fits=collects,
    ),
    Work(
        "recalculating",
        "Recalculate all",
        "",
        "calculator-variant-outline",
        Group.SCHEDULE,
        "RecalculateController",
        _KEEPS,
        About.OFFICE,
    ),
    Work(
        "cases",
        "Open a case",
        "Ctrl+Shift+Q",
        "scale-unbalanced",
        Group.BANK,
        "OpenCaseController",
        _KEEPS,
        About.ONE,
    ),
)
"""Every work, those of a group together, in the order of the groups."""

SECTIONS: tuple[Section, ...] = (
    Section("collections", "Collections", "calendar-month-outline", "CollectionsController"),
    Section("runs", "Runs", "send", "RunsController"),
    Section("reports", "Bank reports", "bank-check", "ReportsController"),
    Section("cases", "Cases", "scale-unbalanced", "CasesController"),
    Section("figures", "Figures", "chart-bar", "FiguresController"),
)
"""Every section, in their order after the mandates: collections, runs, bank reports, cases, figures."""

PARTS: tuple[Part, ...] = (
    Part("schedule", "Schedule", "ScheduleController"),
    Part("notices", "Notices", "NoticesController"),
    Part("versions", "Versions", "VersionsController"),
    Part("post", "Post", "PostController"),
    Part("papers", "Documents", "PapersController"),
    Part("notes", "Notes", "NotesController"),
)
"""Every part of a mandate's card, in their order after its history."""

OFFERED = Offered(WORKS, SECTIONS, PARTS)
