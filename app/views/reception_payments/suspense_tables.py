"""Suspense: the columns of the items, of the accounts that one may belong to, of where it went and of what was done meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.models.values import Money, SuspenseMoveState, SuspenseState
from app.services.reception_payments.suspense.dto import (
    SOURCES,
    STATES,
    Candidate,
    MoveRow,
    PayerRow,
    SuspenseRow,
    Triggered,
)
from app.services.workbench.listing import Holds
from app.views.common.columns import Column, money_column
from app.views.common.short_names import shorter_names

STATE_TONES: Final = {
    SuspenseState.OPEN: "warning",
    SuspenseState.PROPOSED: "",
    SuspenseState.REFUND_ASKED: "",
    SuspenseState.CLEARED: "good",
    SuspenseState.REFUNDED: "good",
}
_SHORTER: Final = {
    SuspenseState.PROPOSED: ("Waiting",),
    SuspenseState.REFUND_ASKED: ("Refund waiting", "Waiting"),
}
_MOVES: Final = {
    SuspenseMoveState.WAITING: "Waiting for approval",
    SuspenseMoveState.POSTED: "Posted",
    SuspenseMoveState.REFUSED: "Not approved",
}


def said(row: SuspenseRow) -> str:
    """What the payer and the bank said."""
    before = f"paid for {row.known} before" if row.known else ""
    return " \N{MIDDLE DOT} ".join(
        each for each in (row.reference_given, row.payer_name, row.narrative, before) if each
    )


def way(amount: Money) -> str:
    """An amount in words: what went out says so."""
    return f"{abs(amount)} out" if amount.pence < 0 else str(amount)


def _amount(
    key: str, title: str, value: Callable[[SuspenseRow], Money], *, total: bool = False, least: int = 0
) -> Column[SuspenseRow]:
    def shown(row: SuspenseRow) -> str:
        amount = value(row)
        return "" if not amount else f"{abs(amount).plain()} out" if amount.pence < 0 else amount.plain()

    return Column(
        key,
        title,
        value,
        92,
        shown=shown,
        right=True,
        holds=Holds.POUNDS,
        total=total,
        signed=True,
        firm=True,
        least=least,
    )


ITEMS: tuple[Column[SuspenseRow], ...] = (
    Column("number", "Item", lambda row: row.number, 52, right=True, holds=Holds.NUMBER),
    Column("received_on", "Paid", lambda row: row.received_on, 92, holds=Holds.DATE),
    Column("age", "Days", lambda row: row.age, 48, right=True, holds=Holds.NUMBER, least=5),
    _amount("left", "Left", lambda row: row.left, total=True),
    Column("said", "What the payer said", said, 260, floor=240),
    Column(
        "state",
        "State",
        lambda row: STATES[row.state],
        130,
        floor=80,
        tone=lambda row: STATE_TONES[row.state],
        least=3,
        shorter=lambda row: _SHORTER.get(row.state, ()),
    ),
    Column("owner", "With", lambda row: row.owner, 152, floor=148, least=4),
    Column("source", "Came by", lambda row: SOURCES[row.source], 110, firm=True, least=6),
    _amount("amount", "Came in", lambda row: row.amount, least=7),
)
CANDIDATES: tuple[Column[Candidate], ...] = (
    Column("account", "Account", lambda row: row.account.reference, 84, firm=True),
    Column(
        "name",
        "Name",
        lambda row: row.account.name,
        150,
        floor=90,
        least=2,
        shorter=lambda row: shorter_names(row.account.name),
    ),
    money_column("balance", "Balance", lambda row: row.account.balance if row.open else None, 100, balance=True),
    Column("why", "Why", lambda row: "; ".join(row.reasons) or "Not yours to open", 240, floor=160),
)
MOVES: tuple[Column[MoveRow], ...] = (
    Column("where", "Where it went", lambda row: row.where, 160, floor=110),
    Column(
        "amount",
        "Amount",
        lambda row: row.amount,
        90,
        shown=lambda row: way(row.amount),
        right=True,
        signed=True,
        firm=True,
    ),
    Column(
        "state",
        "State",
        lambda row: _MOVES[row.state],
        120,
        floor=80,
        shorter=lambda row: ("Waiting",) if row.state is SuspenseMoveState.WAITING else (),
    ),
    Column("confirmed_by", "Confirmed by", lambda row: row.confirmed_by, 152, floor=148, least=3),
    Column("approved_by", "Approved by", lambda row: row.approved_by, 152, floor=148, least=2),
    Column("why", "Why", lambda row: row.why, 200, floor=110, least=4),
)
MEANWHILE: tuple[Column[Triggered], ...] = (
    Column("on", "Day", lambda row: row.on, 92, holds=Holds.DATE),
    Column("account", "Account", lambda row: row.reference, 84, firm=True, least=2),
    Column("what", "What was done", lambda row: row.what, 110, floor=92),
    Column("words", "Which, and what to do", lambda row: row.words, 260, floor=160),
)
PAYERS: tuple[Column[PayerRow], ...] = (
    Column("payer", "Payer, as the bank has the name", lambda row: row.payer, 260, floor=160),
    Column("last_on", "Last paid", lambda row: row.last_on, 92, holds=Holds.DATE),
    Column("times", "Times", lambda row: row.times, 64, right=True, holds=Holds.NUMBER),
    Column("active", "Proposed", lambda row: "Yes" if row.active else "No", 84, firm=True),
)
