"""The tabs as data: their order, who sees them, and which page shows which kind of record."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from app.models.values import Subject
from app.services.core import tabs
from app.services.core.permissions import Permission


@dataclass(frozen=True, slots=True)
class Area:
    """A tab. Its page is made, and what it needs imported, when the tab is first opened.

    Attributes:
        name: the folder under app/views.
        title: what the tab says.
        icon: a Material Design name.
        controller: the class in its controller module, made with the office; its `page` is shown.
        needs: permissions of which one is enough to see the tab; none: everybody sees it. Who may read the audit sees
            every tab.
        opens: the kinds of record that its controller shows by `open_record(subject, record_id)`.
    """

    name: str
    title: str
    icon: str
    controller: str
    needs: frozenset[Permission] = frozenset()
    opens: frozenset[Subject] = frozenset()

    def shown_to(self, held: AbstractSet[Permission]) -> bool:
        """Whether an officer with these permissions sees it."""
        return tabs.shown_to(self.needs, held)


AREAS = (
    Area("home", "Home", "home-outline", "HomeController", opens=frozenset({Subject.TASK})),
    Area(
        "post_log",
        "Post",
        "email-open-multiple-outline",
        "PostController",
        needs=tabs.POST_LOG,
        opens=frozenset({Subject.POST_ITEM}),
    ),
    Area(
        "rent",
        "Accounts",
        "account-group-outline",
        "AccountsController",
        opens=frozenset(
            {
                Subject.ACCOUNT,
                Subject.TENANCY,
                Subject.PERSON,
                Subject.PROPERTY,
                Subject.CHARGE_CHANGE,
                Subject.HOLD_CASE,
            }
        ),
    ),
    Area(
        "adjustments",
        "Adjustments",
        "scale-balance",
        "AdjustmentsController",
        needs=tabs.ADJUSTMENTS,
        opens=frozenset({Subject.ADJUSTMENT, Subject.RECHARGE, Subject.REFUND, Subject.WRITE_OFF}),
    ),
    Area(
        "direct_debits",
        "Direct Debits",
        "bank-transfer",
        "DirectDebitsController",
        needs=tabs.DIRECT_DEBITS,
        opens=frozenset({Subject.MANDATE, Subject.DIRECT_DEBIT_RUN, Subject.DIRECT_DEBIT_CASE}),
    ),
    Area(
        "purchase_orders",
        "Purchase Orders",
        "cart-outline",
        "PurchaseOrdersController",
        needs=tabs.PURCHASE_ORDERS,
        opens=frozenset(
            {
                Subject.PURCHASE_ORDER,
                Subject.SUPPLIER,
                Subject.PURCHASE_CATEGORY,
                Subject.GOODS_RECEIPT,
                Subject.SUPPLIER_INVOICE,
                Subject.SUPPLIER_RUN,
                Subject.BUDGET,
                Subject.BUDGET_MOVE,
                Subject.CODE_TRANSFER,
                Subject.RECONCILIATION,
            }
        ),
    ),
    Area(
        "reception_payments",
        "Reception",
        "receipt-text-outline",
        "ReceptionController",
        needs=frozenset(
            {
                Permission.TAKE_PAYMENTS,
                Permission.APPROVE_RECEIPTS,
                Permission.SIGN_BANKING,
                Permission.LOAD_RECEIPTS,
                Permission.KEEP_RECEIPT_PROFILES,
                Permission.CLEAR_SUSPENSE,
                Permission.APPROVE_SUSPENSE,
                Permission.ORDER_PAY_CARDS,
                Permission.LOG_VISITS,
                Permission.KEEP_RECEPTION,
            }
        ),
        opens=frozenset(
            {
                Subject.RECEIPT,
                Subject.CARD_PAYMENT,
                Subject.TILL_SESSION,
                Subject.BANKING,
                Subject.RECEIPT_FILE,
                Subject.RECEIPT_PROFILE,
                Subject.BANK_STATEMENT,
                Subject.SUSPENSE_ITEM,
                Subject.PAY_CARD,
                Subject.BOARD_DAY,
                Subject.VISIT,
            }
        ),
    ),
    Area(
        "charges",
        "Weekly charge",
        "calendar-week",
        "ChargesController",
        needs=frozenset({Permission.CHARGE_WEEK}),
    ),
    Area(
        "statements",
        "Statements",
        "file-document-multiple-outline",
        "StatementsController",
        needs=frozenset({Permission.ISSUE_STATEMENTS}),
    ),
    Area(
        "letters",
        "Letters",
        "email-outline",
        "LettersController",
        needs=frozenset({Permission.SEND_LETTERS, Permission.APPROVE_LETTERS}),
        opens=frozenset({Subject.LETTER, Subject.LETTER_BATCH}),
    ),
    Area(
        "approvals",
        "Approvals",
        "check-decagram-outline",
        "ApprovalsController",
        needs=frozenset({Permission.USE_APPROVALS}),
        opens=frozenset({Subject.APPROVAL}),
    ),
    Area(
        "admin",
        "Admin",
        "shield-account-outline",
        "AdminController",
        needs=frozenset(
            {
                Permission.LOAD_LANDLORD,
                Permission.REQUEST_PERIOD_CHANGE,
                Permission.AUTHORISE_PERIOD_CHANGE,
                Permission.MANAGE_OFFICERS,
                Permission.APPROVE_OFFICER_CHANGES,
                Permission.EDIT_POLICY,
                Permission.EDIT_CALENDARS,
                Permission.EDIT_TEMPLATES,
                Permission.MANAGE_TASK_TEMPLATES,
            }
        ),
    ),
)
"""The tabs in their order."""


def area_named(name: str) -> Area:
    """The area of this name."""
    return next(area for area in AREAS if area.name == name)


def area_that_opens(subject: Subject) -> Area | None:
    """The area whose page shows this kind of record, if one does."""
    return next((area for area in AREAS if subject in area.opens), None)
