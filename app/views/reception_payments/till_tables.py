"""Tills and bankings: the columns of the registers, of a till's sessions and of a session's counts."""

from __future__ import annotations

from typing import Final

from app.models.values import BankingState, Money, TillState
from app.services.reception_payments.receipts.rules import METHODS as WAYS
from app.services.reception_payments.tills import rules
from app.services.reception_payments.tills.dto import (
    BANKING_STATES,
    KINDS,
    STATES,
    BankingRow,
    CountRow,
    Quantities,
    SessionRow,
    TillRow,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.signed_columns import signed_column

BANKING_TONES: Final = {
    BankingState.MADE: "warning",
    BankingState.SEALED: "",
    BankingState.BANKED: "good",
    BankingState.CANCELLED: "muted",
}


def till_state(row: TillRow) -> str:
    """How a till stands, in a word or two."""
    if row.open is not None:
        return _open_state(row.open)
    if row.to_sign:
        return "To be signed"
    return "Closed" if row.active else "Out of use"


def _open_state(row: SessionRow) -> str:
    if not row.may_take:
        return "Its day is over"
    return "To be taken over" if row.handed_to else "Open"


def _till_tone(row: TillRow) -> str:
    if row.open is not None:
        return _open_tone(row.open, "bad")
    return "warning" if row.to_sign else "muted"


def _open_tone(row: SessionRow, over: str) -> str:
    if not row.may_take:
        return over
    return "warning" if row.handed_to else "good"


def cash_words(quantities: Quantities) -> str:
    """Notes and coins in words: 4 of £50, 1 of 50p."""
    return ", ".join(f"{count:,} of {rules.named(worth)}" for worth, count in sorted(quantities.items(), reverse=True))


def side(over: Money | None) -> str:
    """What is over or under, in words; empty where it isn't known."""
    if over is None:
        return ""
    if not over.pence:
        return "None"
    return f"{Money(abs(over.pence))} {'over' if over.pence > 0 else 'under'}"


def tone_of(over: Money | None) -> str:
    """A difference stands out."""
    return "warning" if over is not None and over.pence else ""


def _session_state(row: SessionRow) -> str:
    return _open_state(row) if row.state is TillState.OPEN else STATES[row.state]


def _shorter_state(row: SessionRow) -> tuple[str, ...]:
    if row.state is TillState.COUNTED:
        return "To be signed", "To sign"
    return ("Offered",) if row.handed_to else ()


def _session_tone(row: SessionRow) -> str:
    if row.state is TillState.CLOSED:
        return "muted"
    return _open_tone(row, "warning")


TILLS: tuple[Column[TillRow], ...] = (
    Column("name", "Till", lambda row: row.name, 100, floor=70),
    Column("desk", "Desk", lambda row: row.desk, 130, floor=90),
    Column("state", "State", till_state, 120, tone=_till_tone, floor=90),
    Column("holder", "Held by", lambda row: row.open.holder if row.open else "", 130, least=1, floor=90),
    Column("day", "Day", lambda row: row.open.business_on if row.open else None, 96, least=2),
    Column(
        "receipts",
        "Receipts",
        lambda row: row.open.receipts if row.open else None,
        72,
        right=True,
        least=3,
        holds=Holds.NUMBER,
    ),
    money_column("float_", "Float", lambda row: row.float_, 84),
)
SESSIONS: tuple[Column[SessionRow], ...] = (
    Column("number", "Session", lambda row: row.number, 62, right=True, holds=Holds.NUMBER),
    Column("business_on", "Day", lambda row: row.business_on, 96),
    Column(
        "state",
        "State",
        _session_state,
        150,
        floor=90,
        tone=_session_tone,
        shorter=_shorter_state,
    ),
    Column("holder", "Held by", lambda row: row.holder, 136, floor=130, least=1),
    Column("over", "Difference", lambda row: side(row.over), 106, firm=True, tone=lambda row: tone_of(row.over)),
    signed_column("to_bank", "To the bank", lambda row: row.to_bank, 92),
    Column("banking", "Banking", lambda row: row.banking, 64, right=True, least=2, holds=Holds.NUMBER),
)
IN_BAG: tuple[Column[SessionRow], ...] = (
    Column("number", "Session", lambda row: row.number, 62, right=True, holds=Holds.NUMBER),
    Column("till", "Till", lambda row: row.till, 90, floor=60),
    Column("business_on", "Day", lambda row: row.business_on, 96, least=1),
    Column("holder", "Counted by", lambda row: row.holder, 120, least=3, floor=80),
    Column(
        "over", "Difference", lambda row: side(row.over), 106, firm=True, least=2, tone=lambda row: tone_of(row.over)
    ),
    signed_column("to_bank", "To the bank", lambda row: row.to_bank, 92),
)
COUNTS: tuple[Column[CountRow], ...] = (
    Column("kind", "Count", lambda row: KINDS[row.kind], 112, firm=True),
    Column("at", "When", lambda row: row.at, 122, least=2),
    Column("by", "By", lambda row: row.by, 136, floor=130, least=3),
    money_column("counted", "Counted", lambda row: row.counted, 84),
    Column("over", "Difference", lambda row: side(row.over), 106, firm=True, tone=lambda row: tone_of(row.over)),
    Column("why", "Why", lambda row: row.why, 160, floor=90, least=1),
)
BANKINGS: tuple[Column[BankingRow], ...] = (
    Column("number", "Slip", lambda row: row.number, 52, right=True, holds=Holds.NUMBER),
    Column("bag", "Bag", lambda row: row.bag, 110, firm=True),
    Column("desk", "Desk", lambda row: row.desk, 130, floor=110, least=1),
    Column("made_at", "Made", lambda row: row.made_at, 122, least=3),
    Column("made_by", "By", lambda row: row.made_by, 110, least=4, floor=80),
    money_column("cash", "Cash", lambda row: row.cash, 84),
    money_column("cheques", "Cheques", lambda row: row.cheques, 84),
    money_column("total", "Total", lambda row: row.total, 92, total=True),
    Column(
        "state",
        "State",
        lambda row: BANKING_STATES[row.state],
        150,
        floor=90,
        tone=lambda row: BANKING_TONES[row.state],
        shorter=lambda row: ("On its way",) if row.state is BankingState.SEALED else (),
    ),
    Column("banked_on", "At the bank", lambda row: row.banked_on, 96, least=2),
)


def facts(row: SessionRow) -> str:
    """What is known of a session, a line each."""
    lines = [
        f"Opened {formats.moment(row.opened_at)} with {row.float_} of float; {formats.count(row.receipts, 'receipt')}",
        f"Handed over to {row.handed_to}, who hasn't agreed yet" if row.handed_to else "",
        f"Taken in cash: {row.cash}" if row.cash is not None else "",
        " \N{MIDDLE DOT} ".join(f"{WAYS[way]}: {amount}" for way, amount in sorted(row.others.items())),
        f"Cash counted: {row.counted}; cheques and postal orders: {row.cheques}" if row.counted is not None else "",
        f"Why: {row.why}" if row.why else "",
        f"Signed by {row.signed_by}, {formats.moment(row.signed_at)}" if row.signed_at else "",
    ]
    return "\n".join(line for line in lines if line)


def count_facts(row: CountRow) -> str:
    """A count whole, a line each: by whom, for whom, its notes and coins, and why it differs."""
    who = f"{KINDS[row.kind]}, {formats.moment(row.at)}, by {row.by}"
    if row.to:
        agreed = "who took it over" if row.taken_over else "who hasn't agreed"
        who += f" for {row.to}, {agreed}"
    lines = [who, cash_words(row.quantities), f"Why: {row.why}" if row.why else ""]
    return "\n".join(line for line in lines if line)
