"""What the Accounts page offers beside the account itself: works, sections and parts, as data."""

from __future__ import annotations

from enum import StrEnum

from app.services.core.permissions import Permission
from app.views.common.works import About, Offered, Part, Section, Work


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    TENANCY = "Tenancy"
    CHARGES = "Charges"
    PEOPLE = "People"
    HOLDS = "Holds"
    BENEFITS = "Benefits"
    ARRANGEMENT = "Arrangement"
    MONEY = "Money"


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
    Work(
        "adjust_account",
        "New adjustment",
        "F4",
        "cash-plus",
        Group.MONEY,
        "AdjustController",
        frozenset({Permission.ADJUST_ACCOUNTS}),
    ),
    Work(
        "recalculate_account",
        "A charge was wrong",
        "Ctrl+F4",
        "calculator-variant-outline",
        Group.MONEY,
        "RecalculateController",
        frozenset({Permission.ADJUST_ACCOUNTS}),
    ),
    Work(
        "recharge_account",
        "Recharge a repair",
        "",
        "hammer-wrench",
        Group.MONEY,
        "RechargeController",
        frozenset({Permission.RAISE_RECHARGES}),
    ),
    Work(
        "costs_account",
        "Court costs",
        "",
        "gavel",
        Group.MONEY,
        "CourtCostsController",
        frozenset({Permission.RAISE_RECHARGES}),
    ),
    Work(
        "fix_line",
        "Move, reverse or correct the line",
        "Shift+F4",
        "cash-sync",
        Group.MONEY,
        "FixLineController",
        frozenset({Permission.ADJUST_ACCOUNTS}),
    ),
)
"""Every work, by group in the order of `Group`; a new one is a line here."""

SECTIONS: tuple[Section, ...] = (
    Section("endings", "Endings", "door-closed", "EndingsController", frozenset({Permission.KEEP_TENANCIES})),
    Section("voids", "Voids", "home-off-outline", "VoidsController", frozenset({Permission.KEEP_TENANCIES})),
    Section(
        "life_events",
        "Life events",
        "account-heart-outline",
        "LifeEventsController",
        frozenset({Permission.KEEP_TENANCIES}),
    ),
    Section("holds", "Holds", "hand-back-left-outline", "HoldsController", frozenset({Permission.PLACE_HOLDS})),
    Section(
        "arrangements",
        "Arrangements",
        "handshake-outline",
        "ArrangementsController",
        frozenset({Permission.KEEP_ARRANGEMENTS}),
    ),
    Section("claims", "Benefits", "hand-coin-outline", "ClaimsController", frozenset({Permission.KEEP_BENEFITS})),
    Section(
        "bulk_changes", "Bulk changes", "percent-outline", "ChangesController", frozenset({Permission.CHANGE_CHARGES})
    ),
    Section(
        "debit_control",
        "Debit control",
        "scale-balance",
        "DebitControlController",
        frozenset({Permission.PREPARE_DEBIT_CONTROL, Permission.SIGN_DEBIT_CONTROL}),
    ),
)
"""Every section, in their order after the accounts."""

PARTS: tuple[Part, ...] = (
    Part("people", "People", "PeopleController", "Ctrl+Shift+P"),
    Part("tenancy_history", "Tenancy", "TenancyController", "Ctrl+Shift+Y"),
    Part("benefits", "Benefits", "BenefitsController", "Ctrl+Shift+U"),
    Part("post", "Post", "PostOfAccountController", "Ctrl+Shift+I"),
)
"""Every part that is added to the account's card, in the order of its tab."""

OFFERED = Offered(WORKS, SECTIONS, PARTS)
