"""What the Accounts page offers beside the account itself: works, registers and parts, as data.

A module that is named here is imported when it is first used, so a line costs nothing while the window starts.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from app.services.core.permissions import Permission

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.rent.dto import AccountHeader
    from app.views.common.page import Page


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    TENANCY = "Tenancy"
    CHARGES = "Charges"
    PEOPLE = "People"
    HOLDS = "Holds"
    BENEFITS = "Benefits"
    ARRANGEMENT = "Arrangement"


class About(StrEnum):
    """What a work is done to: the account that is open, or the office (no account need be open)."""

    ACCOUNT = "account"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that an officer can do, in a sheet of its own.

    Attributes:
        key: the module app/views/rent/controller/<key>.py.
        title: what the menu says, beginning with a verb or the name of the thing: `End the tenancy`.
        keys: its own key, such as `Ctrl+E`; empty: it is reached by the menu (Ctrl+J) and Ctrl+K.
        icon: a Material Design name.
        group: the heading that it stands under.
        controller: the class in the module, made as `Controller(office, page, header)`; it opens its sheet when it is
            made. `header` is None where the work is about the office.
        needs: permissions of which one is enough to see it; none: everybody sees it.
        about: what it is done to.
    """

    key: str
    title: str
    keys: str
    icon: str
    group: Group
    controller: str
    needs: frozenset[Permission] = frozenset()
    about: About = About.ACCOUNT

    def shown_to(self, held: AbstractSet[Permission]) -> bool:
        """Whether an officer with these permissions sees it."""
        return not self.needs or bool(self.needs & held)


@dataclass(frozen=True, slots=True)
class Register:
    """A list of the office, shown as a section of the Accounts tab beside the accounts.

    Attributes:
        key: the module app/views/rent/controller/<key>.py.
        title: what the section is called: `Endings`.
        icon: a Material Design name.
        controller: the class in the module, made as `Controller(office)`; its `page` is a `Page`.
        needs: permissions of which one is enough to see it; whoever may read the audit sees every register.
    """

    key: str
    title: str
    icon: str
    controller: str
    needs: frozenset[Permission] = frozenset()

    def shown_to(self, held: AbstractSet[Permission]) -> bool:
        """Whether an officer with these permissions sees it."""
        return not self.needs or Permission.VIEW_AUDIT in held or bool(self.needs & held)


@dataclass(frozen=True, slots=True)
class Part:
    """A tab of the account's card, after Ledger, By week, Charges, Notes, Documents and Tasks.

    Attributes:
        key: the module app/views/rent/controller/<key>.py.
        title: what the tab says.
        keys: the key that turns to it.
        controller: the class in the module, made as `Controller(office)` when the tab is first opened.
    """

    key: str
    title: str
    keys: str
    controller: str


class PartController(Protocol):
    """What the controller of a part has; it is a QObject whose parent is its widget.

    Attributes:
        counted: a signal `counted(int)`: how many there are behind the tab.
    """

    counted: Any

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        ...

    def show(self, header: AccountHeader) -> None:
        """Show this account's: asked of the services off the GUI thread. Called again when the account has changed."""

    def clear(self) -> None:
        """No account is open."""


class RegisterController(Protocol):
    """What the controller of a register has."""

    @property
    def page(self) -> Page:
        """The section that it looks after."""
        ...


WORKS: tuple[Work, ...] = (
    Work(
        "start_tenancy",
        "Start a tenancy",
        "Ctrl+Shift+N",
        "home-plus-outline",
        Group.TENANCY,
        "StartController",
        frozenset({Permission.KEEP_TENANCIES}),
        About.OFFICE,
    ),
    Work(
        "end_tenancy",
        "End the tenancy",
        "Ctrl+Shift+E",
        "door-closed",
        Group.TENANCY,
        "EndingController",
        frozenset({Permission.KEEP_TENANCIES}),
    ),
    Work(
        "reverse_ending",
        "Withdraw or reverse an ending",
        "",
        "undo-variant",
        Group.TENANCY,
        "TakeBackController",
        frozenset({Permission.KEEP_TENANCIES}),
    ),
    Work(
        "change_tenants",
        "Name, joint or sole tenants",
        "Ctrl+Shift+T",
        "account-multiple-outline",
        Group.TENANCY,
        "TenantsController",
        frozenset({Permission.KEEP_TENANCIES}),
    ),
    Work(
        "pass_on",
        "Succession or assignment",
        "",
        "account-arrow-right-outline",
        Group.TENANCY,
        "PassingController",
        frozenset({Permission.KEEP_TENANCIES}),
    ),
    Work(
        "move_tenants",
        "Transfer, exchange or decant",
        "Ctrl+Shift+M",
        "home-switch-outline",
        Group.TENANCY,
        "MovingController",
        frozenset({Permission.KEEP_TENANCIES}),
    ),
    Work(
        "end_trial",
        "Introductory to secure",
        "",
        "shield-check-outline",
        Group.TENANCY,
        "TrialController",
        frozenset({Permission.KEEP_TENANCIES}),
    ),
    Work(
        "correct_dates",
        "Correct the first or last day",
        "",
        "calendar-edit",
        Group.TENANCY,
        "DatesController",
        frozenset({Permission.KEEP_TENANCIES}),
    ),
    Work(
        "life_event",
        "Something happened to a tenant",
        "Ctrl+Shift+H",
        "account-heart-outline",
        Group.TENANCY,
        "LifeEventController",
        frozenset({Permission.KEEP_TENANCIES}),
    ),
    Work(
        "set_charge",
        "Add, change or end a charge",
        "Ctrl+Shift+G",
        "cash-edit",
        Group.CHARGES,
        "ChargeController",
        frozenset({Permission.CHANGE_CHARGES}),
    ),
    Work(
        "rent_notice",
        "Make a rent notice",
        "",
        "email-newsletter",
        Group.CHARGES,
        "RentNoticeController",
        frozenset({Permission.CHANGE_CHARGES}),
    ),
    Work(
        "property_charge",
        "What the property is let at",
        "",
        "home-edit-outline",
        Group.CHARGES,
        "PropertyChargeController",
        frozenset({Permission.CHANGE_CHARGES}),
    ),
    Work(
        "person_associate",
        "Who speaks for them",
        "",
        "account-voice",
        Group.PEOPLE,
        "AssociateController",
        frozenset({Permission.KEEP_PEOPLE}),
    ),
    Work(
        "person_address",
        "Addresses, where letters go",
        "",
        "map-marker-outline",
        Group.PEOPLE,
        "AddressController",
        frozenset({Permission.KEEP_PEOPLE}),
    ),
    Work(
        "person_flag",
        "Flag a person",
        "Ctrl+Shift+F",
        "flag-outline",
        Group.PEOPLE,
        "FlagController",
        frozenset({Permission.KEEP_PEOPLE}),
    ),
    Work(
        "person_consent",
        "Consent or objection",
        "",
        "thumbs-up-down-outline",
        Group.PEOPLE,
        "ConsentController",
        frozenset({Permission.KEEP_PEOPLE}),
    ),
    Work(
        "person_merge",
        "Merge two records",
        "",
        "account-multiple-minus-outline",
        Group.PEOPLE,
        "MergeController",
        frozenset({Permission.MERGE_PEOPLE}),
    ),
    Work(
        "person_unmerge",
        "Undo a merge",
        "",
        "account-multiple-plus-outline",
        Group.PEOPLE,
        "UnmergeController",
        frozenset({Permission.MERGE_PEOPLE}),
    ),
    Work(
        "place_hold",
        "Place a hold",
        "Ctrl+Shift+O",
        "hand-back-left-outline",
        Group.HOLDS,
        "PlaceHoldController",
        frozenset({Permission.PLACE_HOLDS}),
    ),
    Work(
        "hold_case",
        "Breathing space or insolvency",
        "Ctrl+Shift+B",
        "shield-account-outline",
        Group.HOLDS,
        "HoldCaseController",
        frozenset({Permission.PLACE_HOLDS}),
    ),
    Work(
        "release_hold",
        "Change or release a hold",
        "",
        "lock-open-outline",
        Group.HOLDS,
        "ReleaseHoldController",
        frozenset({Permission.PLACE_HOLDS}),
    ),
    Work(
        "keep_claim",
        "Benefit claim and award",
        "",
        "hand-coin-outline",
        Group.BENEFITS,
        "ClaimController",
        frozenset({Permission.KEEP_BENEFITS}),
    ),
    Work(
        "make_arrangement",
        "Make a repayment arrangement",
        "Ctrl+Shift+D",
        "handshake-outline",
        Group.ARRANGEMENT,
        "ArrangementController",
        frozenset({Permission.KEEP_ARRANGEMENTS}),
    ),
    Work(
        "end_arrangement",
        "Cancel the arrangement",
        "",
        "handshake-outline",
        Group.ARRANGEMENT,
        "CancelArrangementController",
        frozenset({Permission.KEEP_ARRANGEMENTS}),
    ),
)
"""Every work, by group in the order of `Group`; a new one is a line here."""

REGISTERS: tuple[Register, ...] = (
    Register("endings", "Endings", "door-closed", "EndingsController", frozenset({Permission.KEEP_TENANCIES})),
    Register("voids", "Voids", "home-off-outline", "VoidsController", frozenset({Permission.KEEP_TENANCIES})),
    Register(
        "life_events",
        "Life events",
        "account-heart-outline",
        "LifeEventsController",
        frozenset({Permission.KEEP_TENANCIES}),
    ),
    Register("holds", "Holds", "hand-back-left-outline", "HoldsController", frozenset({Permission.PLACE_HOLDS})),
    Register(
        "arrangements",
        "Arrangements",
        "handshake-outline",
        "ArrangementsController",
        frozenset({Permission.KEEP_ARRANGEMENTS}),
    ),
    Register("claims", "Benefits", "hand-coin-outline", "ClaimsController", frozenset({Permission.KEEP_BENEFITS})),
    Register(
        "bulk_changes", "Bulk changes", "percent-outline", "ChangesController", frozenset({Permission.CHANGE_CHARGES})
    ),
    Register(
        "debit_control",
        "Debit control",
        "scale-balance",
        "DebitControlController",
        frozenset({Permission.PREPARE_DEBIT_CONTROL, Permission.SIGN_DEBIT_CONTROL}),
    ),
)
"""Every register, in the order of its section."""

PARTS: tuple[Part, ...] = (
    Part("people", "People", "Ctrl+Shift+P", "PeopleController"),
    Part("tenancy_history", "Tenancy", "Ctrl+Shift+Y", "TenancyController"),
    Part("benefits", "Benefits", "Ctrl+Shift+U", "BenefitsController"),
)
"""Every part that is added to the account's card, in the order of its tab."""
