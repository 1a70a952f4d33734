"""What an officer can do for whoever comes or calls, as data: `works` offers it after the payments."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.views.common import works
from app.views.common.works import About
from app.views.reception_payments.offers import Group, Work

DESK_WORKS: tuple[works.Work, ...] = (
    Work(
        "logging_visit",
        "Somebody comes or calls",
        "Ctrl+Shift+H",
        "account-plus-outline",
        Group.DESK,
        "LogController",
        frozenset({Permission.LOG_VISITS}),
        About.OFFICE,
    ),
    Work(
        "ordering_card",
        "Order a pay point card",
        "",
        "credit-card-plus-outline",
        Group.DESK,
        "OrderController",
        frozenset({Permission.ORDER_PAY_CARDS}),
        About.OFFICE,
    ),
)
