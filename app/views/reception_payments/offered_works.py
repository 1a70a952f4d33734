"""What an officer can do on the Reception tab, as data: `works` offers it with the sections and parts."""

from __future__ import annotations

from app.models.values import TakenBy
from app.services.core.permissions import Permission
from app.services.reception_payments.receipts.dto.shown import ReceiptAct, ReceiptDetail
from app.views.common import works
from app.views.common.works import About
from app.views.reception_payments.offers import Group, Work

_TAKES = frozenset({Permission.TAKE_PAYMENTS})


def _by_card(found: ReceiptDetail) -> bool:
    return found.row.taken_by in {TakenBy.CARD, TakenBy.TERMINAL}


WORKS: tuple[works.Work, ...] = (
    Work(
        "taking",
        "Take a payment",
        "Ctrl+Return",
        "cash-register",
        Group.TAKE,
        "TakeController",
        _TAKES,
        About.OFFICE,
        shown=True,
        primary=True,
    ),
    Work(
        "other_ways",
        "Other income",
        "Ctrl+Shift+O",
        "cash-plus",
        Group.TAKE,
        "IncomeController",
        _TAKES,
        About.OFFICE,
        shown=True,
    ),
    Work(
        "other_ways",
        "Money in the post",
        "Ctrl+Shift+I",
        "email-check-outline",
        Group.TAKE,
        "FromPostController",
        _TAKES,
        About.OFFICE,
    ),
    Work(
        "other_ways",
        "Manual receipt book",
        "Ctrl+Shift+B",
        "book-edit-outline",
        Group.TAKE,
        "BookController",
        _TAKES,
        About.OFFICE,
    ),
    Work(
        "papers",
        "Print",
        "F6",
        "printer-outline",
        Group.RECEIPT,
        "PrintController",
        _TAKES,
        shown=True,
        act=ReceiptAct.PAPER,
    ),
    Work(
        "papers",
        "Print large",
        "Ctrl+F6",
        "format-font-size-increase",
        Group.RECEIPT,
        "LargeController",
        _TAKES,
        act=ReceiptAct.PAPER,
    ),
    Work(
        "papers",
        "Send by e-mail",
        "Ctrl+M",
        "email-outline",
        Group.RECEIPT,
        "EmailController",
        _TAKES,
        act=ReceiptAct.PAPER,
    ),
    Work(
        "undoing",
        "Void",
        "Ctrl+Del",
        "close-circle-outline",
        Group.RECEIPT,
        "VoidController",
        _TAKES,
        shown=True,
        act=ReceiptAct.VOID,
    ),
    Work(
        "undoing",
        "Came back",
        "Ctrl+R",
        "keyboard-return",
        Group.RECEIPT,
        "BackController",
        frozenset({Permission.LOAD_RECEIPTS}),
        act=ReceiptAct.RETURN,
    ),
    Work(
        "card_back",
        "Back to the card",
        "Ctrl+B",
        "credit-card-refund-outline",
        Group.RECEIPT,
        "CardBackController",
        _TAKES,
        fits=_by_card,
    ),
)
