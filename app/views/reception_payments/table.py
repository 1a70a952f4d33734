"""The columns and filters of the receipts, and of the table on a receipt's card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from app.models.values import AccountKind, MoneyReceiptState, PayerKind, TakenBy
from app.services.reception_payments.receipts.dto.shown import (
    STATES,
    VIEWS,
    ReceiptFilter,
    ReceiptRow,
    ReceiptSort,
    ReceiptView,
    ShareRow,
)
from app.services.reception_payments.receipts.rules import METHODS
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.facets import Choice, Facet
from app.views.common.paged_table import TableSpec
from app.views.common.short_names import shorter_names

TONES: Final = {
    MoneyReceiptState.TAKEN: "good",
    MoneyReceiptState.VOID_ASKED: "warning",
    MoneyReceiptState.VOID: "muted",
    MoneyReceiptState.RETURNED: "bad",
}
BRIEF: Final = {MoneyReceiptState.VOID_ASKED: "Void asked"}
_SHORT: Final = {TakenBy.TERMINAL: "Terminal", TakenBy.CARD: "Telephone"}
_QUICK: Final = tuple(view for view in VIEWS if view is not ReceiptView.ALL)


@dataclass(frozen=True, slots=True)
class _Views(Facet):
    """The view of the receipts: all of them where no other is pressed."""

    def values(self, wanted: Any) -> tuple[Any, ...]:
        """The view; all is none."""
        return () if wanted.view is ReceiptView.ALL else (wanted.view,)

    def put(self, wanted: Any, value: Any, *, on: bool) -> Any:
        """The filter with this view, or with all."""
        return Facet.put(self, wanted, value if on else ReceiptView.ALL, on=True)


def account_words(row: ReceiptRow) -> str:
    """Whose it is: the account that it went to first, and that it went to more."""
    return _named(row, row.name)


def payer_words(row: ReceiptRow) -> str:
    """Who paid; somebody of the account where it isn't said who."""
    if row.payer_name:
        return row.payer_name
    return "Somebody else" if row.payer is PayerKind.THIRD_PARTY else ""


def _named(row: ReceiptRow, name: str) -> str:
    more = f" and {row.others} more" if row.others else ""
    return f"{f'{row.reference}  {name}'.strip()}{more}"


def _shorter(row: ReceiptRow) -> tuple[str, ...]:
    return tuple(_named(row, name) for name in shorter_names(row.name))


def _of_share(row: ShareRow, name: str) -> str:
    return f"{row.reference}  {name}".strip()


def _shorter_share(row: ShareRow) -> tuple[str, ...]:
    return tuple(_of_share(row, name) for name in shorter_names(row.name))


FACETS: Final = (
    _Views("view", "View", tuple(Choice(view, VIEWS[view], quick=True) for view in _QUICK), plain=True),
    Facet("methods", "Paid by", tuple(Choice(each, words) for each, words in METHODS.items()), many=True),
    Facet("states", "State", tuple(Choice(each, words) for each, words in STATES.items()), many=True),
    Facet("desk_id", "Desk"),
    Facet("officer_id", "Taken by"),
    Facet("from_on", "Paid from", day=True),
    Facet("to_on", "Paid until", day=True),
)
_LINES: tuple[Column[ReceiptRow], ...] = (
    Column(ReceiptSort.NUMBER, "Number", lambda row: row.number, 92, sorts=True, firm=True),
    Column(ReceiptSort.TAKEN, "Paid", lambda row: row.taken_on, 92, sorts=True, holds=Holds.DATE),
    Column("account", "Account", account_words, 220, floor=150, shorter=_shorter),
    Column(ReceiptSort.AMOUNT, "Amount", lambda row: row.amount, 92, right=True, sorts=True, holds=Holds.POUNDS),
    Column(
        ReceiptSort.METHOD,
        "Paid by",
        lambda row: METHODS[row.taken_by],
        130,
        sorts=True,
        floor=80,
        shorter=lambda row: (_SHORT.get(row.taken_by, METHODS[row.taken_by]),),
    ),
    Column(
        ReceiptSort.STATE,
        "State",
        lambda row: STATES[row.state],
        100,
        tone=lambda row: TONES[row.state],
        sorts=True,
        floor=80,
        shorter=lambda row: (BRIEF.get(row.state, STATES[row.state]),),
    ),
    Column(ReceiptSort.DESK, "Desk", lambda row: row.desk, 120, sorts=True, least=3),
    Column(ReceiptSort.OFFICER, "Taken by", lambda row: row.officer, 120, sorts=True, spare=True),
    Column("payer", "Payer", payer_words, 130, spare=True),
    Column("recorded_at", "Entered", lambda row: row.recorded_at, 120, holds=Holds.MOMENT, spare=True),
)
SPEC: TableSpec[ReceiptRow] = TableSpec(
    key="reception_payments.receipts",
    name="Receipts",
    noun=("receipt", "receipts"),
    columns=_LINES,
    everything=ReceiptFilter(),
    facets=FACETS,
    find="Number, reference, payer, cheque or slip",
    sort=(ReceiptSort.TAKEN, True),
    stretch="account",
    nothing="No receipt is like that. Take a filter away, or try fewer words.",
    none="Nothing was taken yet. F5 takes a payment.",
    balance=False,
)
_KINDS: Final = {
    AccountKind.RENT: "Rent",
    AccountKind.GARAGE: "Garage",
    AccountKind.RECHARGE: "Recharge",
    AccountKind.COURT_COSTS: "Court costs",
    AccountKind.HB_OVERPAYMENT: "HB overpayment",
    AccountKind.FORMER_TENANT: "Former tenancy",
    AccountKind.LEASEHOLD: "Leasehold",
    AccountKind.SUNDRY: "Sundry",
    AccountKind.CONTROL: "Other income",
}
"""What an account is for, as payers call it."""
SHARES: tuple[Column[ShareRow], ...] = (
    Column("kind", "For", lambda row: _KINDS[row.kind], 100, firm=True),
    Column("account", "Account", lambda row: _of_share(row, row.name), 230, floor=200, shorter=_shorter_share),
    Column("amount", "Amount", lambda row: row.amount, 92, right=True, holds=Holds.POUNDS),
    Column("words", "Why", lambda row: row.words, 120, least=2),
)


def moment_words(row: ReceiptRow) -> str:
    """When it was entered, if that wasn't on the day of the payment."""
    day = row.recorded_at.astimezone().date()
    return f", entered on {formats.day(day)}" if day != row.taken_on else ""
