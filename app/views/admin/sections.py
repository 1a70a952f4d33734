"""The sections of the Admin page as data: who sees them, and which controller makes them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from app.services.core.permissions import Permission


class Group(StrEnum):
    """The headings of the list, in their order."""

    LANDLORD = "Landlord"
    PEOPLE = "People"
    RULES = "Rules"
    WORK = "Work and letters"
    RECORDS = "Records"
    UPKEEP = "Upkeep"


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    Attributes:
        key: its module under app/views/admin/controller, its name in settings and in tests.
        title: what the list says.
        icon: a Material Design name.
        controller: the class in its controller module, made with the office; its `page` is shown.
        needs: permissions of which one is enough to see it.
        looked_at: whoever may read the audit may look at it too.
    """

    key: str
    title: str
    icon: str
    group: Group
    controller: str
    needs: frozenset[Permission]
    looked_at: bool = True

    def shown_to(self, held: AbstractSet[Permission]) -> bool:
        """Whether an officer with these permissions sees it."""
        return (self.looked_at and Permission.VIEW_AUDIT in held) or bool(self.needs & held)


_OFFICERS = frozenset({Permission.MANAGE_OFFICERS})
_CALENDARS = frozenset({Permission.EDIT_CALENDARS})
_POLICY = frozenset({Permission.EDIT_POLICY})
_JOBS = frozenset({Permission.RUN_JOBS, Permission.KEEP_JOBS})
_KEYS = frozenset({Permission.EXPORT_KEY, Permission.CLOSE_RENTBOOK})
_CARETAKERS = frozenset({Permission.CLOSE_RENTBOOK})
_PERIODS = frozenset({Permission.REQUEST_PERIOD_CHANGE, Permission.AUTHORISE_PERIOD_CHANGE})

SECTIONS: tuple[Section, ...] = (
    Section(
        "details", "Your details", "domain", Group.LANDLORD, "DetailsController", frozenset({Permission.EDIT_POLICY})
    ),
    Section(
        "load",
        "Load a spreadsheet",
        "database-import-outline",
        Group.LANDLORD,
        "LoadController",
        frozenset({Permission.LOAD_LANDLORD}),
        looked_at=False,
    ),
    Section("periods", "Periods", "calendar-lock-outline", Group.LANDLORD, "PeriodsController", _PERIODS),
    Section("officers", "Officers", "account-multiple-outline", Group.PEOPLE, "OfficersController", _OFFICERS),
    Section("roles", "Roles", "account-key-outline", Group.PEOPLE, "RolesController", _OFFICERS),
    Section("limits", "Limits", "cash-lock", Group.PEOPLE, "LimitsController", _OFFICERS),
    Section(
        "teams",
        "Teams",
        "account-group-outline",
        Group.PEOPLE,
        "TeamsController",
        frozenset({Permission.MANAGE_OFFICERS}),
    ),
    Section(
        "delegations",
        "Delegation",
        "account-switch-outline",
        Group.PEOPLE,
        "DelegationsController",
        frozenset({Permission.DELEGATE_APPROVALS}),
    ),
    Section(
        "leave",
        "Leave and cover",
        "beach",
        Group.PEOPLE,
        "LeaveController",
        frozenset({Permission.MANAGE_TASK_TEMPLATES, Permission.MANAGE_OFFICERS}),
    ),
    Section(
        "declared",
        "Declared accounts",
        "account-off-outline",
        Group.PEOPLE,
        "DeclaredController",
        frozenset({Permission.DECLARE_ACCOUNTS, Permission.MANAGE_DECLARED}),
    ),
    Section(
        "access_review",
        "Access review",
        "clipboard-check-outline",
        Group.PEOPLE,
        "AccessReviewController",
        frozenset({Permission.REVIEW_ACCESS, Permission.MANAGE_OFFICERS}),
    ),
    Section("settings", "Office settings", "tune", Group.RULES, "SettingsController", _POLICY),
    Section("policy", "Policy values", "scale-balance", Group.RULES, "PolicyController", _POLICY),
    Section("modulus", "Weight tables", "table-check", Group.RULES, "ModulusController", _POLICY),
    Section("calendar", "Rent calendar", "calendar-month-outline", Group.RULES, "CalendarController", _CALENDARS),
    Section("closures", "Office closures", "calendar-remove-outline", Group.RULES, "ClosuresController", _CALENDARS),
    Section(
        "recurring",
        "Recurring tasks",
        "calendar-sync-outline",
        Group.WORK,
        "RecurringController",
        frozenset({Permission.MANAGE_TASK_TEMPLATES}),
    ),
    Section(
        "templates",
        "Letter templates",
        "email-edit-outline",
        Group.WORK,
        "TemplatesController",
        frozenset({Permission.EDIT_TEMPLATES}),
    ),
    Section("sending", "E-mail and text", "send-outline", Group.WORK, "SendingController", _POLICY),
    Section("signing", "Signing", "draw-pen", Group.WORK, "SigningController", _POLICY),
    Section(
        "restricted",
        "Restricted records",
        "eye-lock-outline",
        Group.RECORDS,
        "RestrictedController",
        frozenset({Permission.RESTRICT_RECORDS, Permission.VIEW_RESTRICTED}),
    ),
    Section("sign_in_log", "Sign-in log", "login-variant", Group.RECORDS, "SignInLogController", _OFFICERS),
    Section("audit", "Audit", "history", Group.RECORDS, "AuditController", frozenset({Permission.VIEW_AUDIT})),
    Section(
        "who_is_here",
        "Who is here",
        "monitor-account",
        Group.UPKEEP,
        "WhoIsHereController",
        frozenset({Permission.CLOSE_RENTBOOK, Permission.MANAGE_OFFICERS}),
    ),
    Section("jobs", "Scheduled jobs", "calendar-clock-outline", Group.UPKEEP, "JobsController", _JOBS),
    Section(
        "backups",
        "Backups",
        "backup-restore",
        Group.UPKEEP,
        "BackupsController",
        frozenset({Permission.MAKE_BACKUPS}),
    ),
    Section("exit_export", "Exit export", "export", Group.UPKEEP, "ExitController", frozenset({Permission.EXPORT_ALL})),
    Section("office_keys", "Keys", "key-outline", Group.UPKEEP, "KeysController", _KEYS),
    Section("doctor", "Doctor", "stethoscope", Group.UPKEEP, "DoctorController", _CARETAKERS),
)
"""Every section, by group in the order of `Group`; a new one is a line here."""
