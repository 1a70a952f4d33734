"""What the Reception tab offers beside the list of receipts: works, sections and parts of the card, as data."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.views.common.works import Offered, Part, Section
from app.views.reception_payments.desk_works import DESK_WORKS
from app.views.reception_payments.offered_works import WORKS
from app.views.reception_payments.offers import Group, Work

__all__ = ["OFFERED", "PARTS", "SECTIONS", "WORKS", "Group", "Work"]

_KEEPS = frozenset({Permission.KEEP_RECEPTION})
_LOADS = frozenset({Permission.LOAD_RECEIPTS})
_PROFILES = frozenset({Permission.KEEP_RECEIPT_PROFILES, Permission.LOAD_RECEIPTS})
_CARDS = frozenset({Permission.TAKE_PAYMENTS, Permission.APPROVE_RECEIPTS, Permission.KEEP_RECEPTION})
_VISITS = frozenset({Permission.LOG_VISITS})
_DESK = frozenset({Permission.LOG_VISITS, Permission.KEEP_RECEPTION})
_PAY_CARDS = frozenset({Permission.ORDER_PAY_CARDS})
_CARD_DAYS = frozenset({Permission.LOAD_RECEIPTS, Permission.SIGN_BANKING})
_BANK = frozenset({Permission.LOAD_RECEIPTS, Permission.SIGN_BANKING, Permission.KEEP_RECEPTION})
_TILLS = frozenset({Permission.TAKE_PAYMENTS, Permission.SIGN_BANKING, Permission.KEEP_RECEPTION})
_FIGURES = frozenset(
    {Permission.TAKE_PAYMENTS, Permission.LOAD_RECEIPTS, Permission.SIGN_BANKING, Permission.KEEP_RECEPTION}
)
_SUSPENSE = frozenset({Permission.CLEAR_SUSPENSE, Permission.APPROVE_SUSPENSE})

SECTIONS: tuple[Section, ...] = (
    Section("visits", "Reception log", "account-clock-outline", "VisitsController", _VISITS),
    Section("appointments", "Appointments", "calendar-account-outline", "AppointmentsController", _VISITS),
    Section("tills", "Tills", "cash-register", "TillsController", _TILLS),
    Section("bankings", "Bankings", "bank-transfer-in", "BankingsController", _TILLS),
    Section("suspense", "Suspense", "help-circle-outline", "SuspenseController", _SUSPENSE),
    Section("files", "Files", "file-table-outline", "FilesController", _LOADS),
    Section("bank", "Bank", "bank-outline", "BankController", _BANK),
    Section("board", "Daily board", "clipboard-check-outline", "BoardController", _CARD_DAYS),
    Section("cards", "Card payments", "credit-card-outline", "CardsController", _CARDS),
    Section("card_refunds", "Card refunds", "credit-card-refund-outline", "CardRefundsController", _CARDS),
    Section("card_days", "Card days", "calendar-check-outline", "CardDaysController", _CARD_DAYS),
    Section("pay_cards", "Pay point cards", "card-account-details-outline", "PayCardsController", _PAY_CARDS),
    Section("incidents", "Incidents", "alert-outline", "IncidentsController", _VISITS),
    Section("figures", "Figures", "chart-box-outline", "FiguresController", _FIGURES),
    Section("signposts", "Signposts", "sign-direction", "SignpostsController", _DESK),
    Section("profiles", "File profiles", "file-cog-outline", "ProfilesController", _PROFILES),
    Section("bank_accounts", "Bank accounts", "bank-plus", "BankAccountsController", _BANK),
    Section("bank_rules", "Bank rules", "text-search", "BankRulesController", _BANK),
    Section("reasons", "Reasons of visits", "format-list-bulleted", "ReasonsController", _KEEPS),
    Section("desks", "Desks", "desk", "DesksController", _KEEPS),
    Section("streams", "Other income", "cash-plus", "StreamsController", _KEEPS),
)
"""Every section, in their order after the receipts: what desks do daily, the money beside it, then what is kept."""

PARTS: tuple[Part, ...] = ()
"""Every part of a receipt's card, in their order after where it went."""

OFFERED = Offered((*WORKS, *DESK_WORKS), SECTIONS, PARTS)
