"""The pay point cards: what is listed of a card, of a file for the supplier, and of the supplier's answer."""

from __future__ import annotations

from typing import Final

from app.models.values import PayCardState
from app.services.imports.dto import Mistake
from app.services.reception_payments.pay_cards.dto import REASONS, STATES, AnsweredCard, CardFileRow, PayCardRow
from app.services.workbench.listing import Holds
from app.views.common.columns import Column

TONES: Final = {PayCardState.ISSUED: "good", PayCardState.REFUSED: "bad", PayCardState.ENDED: "muted"}

CARDS: tuple[Column[PayCardRow], ...] = (
    Column("reference", "Card reference", lambda row: row.reference, 176, firm=True),
    Column("account", "Account", lambda row: row.account_reference, 104, firm=True),
    Column("name", "Name", lambda row: row.account_name, 200, floor=110),
    Column("state", "State", lambda row: STATES[row.state], 140, firm=True, tone=lambda row: TONES.get(row.state, "")),
    Column("why", "Reason", lambda row: REASONS[row.reason], 116, least=3),
    Column("ordered_at", "Ordered", lambda row: row.ordered_at, 130, least=4),
    Column("file", "File", lambda row: row.file_number, 56, right=True, least=5, holds=Holds.NUMBER),
    Column("answered_on", "Answered", lambda row: row.answered_on, 96, least=2),
    Column("words", "Refused or ended: why", lambda row: row.words, 220, least=1, floor=120, tone=lambda _row: "muted"),
)
OF_ACCOUNT: tuple[Column[PayCardRow], ...] = (
    Column("reference", "Card reference", lambda row: row.reference, 176, firm=True),
    Column("state", "State", lambda row: STATES[row.state], 140, firm=True, tone=lambda row: TONES.get(row.state, "")),
    Column("why", "Reason", lambda row: REASONS[row.reason], 116, least=2),
    Column("ordered_at", "Ordered", lambda row: row.ordered_at, 130, least=3),
    Column("words", "Refused or ended: why", lambda row: row.words, 200, least=1, floor=120, tone=lambda _row: "muted"),
)
FILES: tuple[Column[CardFileRow], ...] = (
    Column("number", "File", lambda row: row.number, 60, right=True, holds=Holds.NUMBER),
    Column("made_at", "Made", lambda row: row.made_at, 136),
    Column("made_by", "By", lambda row: row.made_by, 160, floor=100),
    Column("count", "Cards", lambda row: row.count, 80, right=True, holds=Holds.NUMBER, total=True),
    Column("waiting", "Not answered", lambda row: row.waiting or None, 104, right=True, holds=Holds.NUMBER, total=True),
)
ANSWERS: tuple[Column[AnsweredCard], ...] = (
    Column("row", "Row", lambda row: row.row, 56, right=True),
    Column("reference", "Card reference", lambda row: row.reference, 180, firm=True),
    Column(
        "result",
        "Answer",
        lambda row: "Issued" if row.issued else "Refused",
        90,
        firm=True,
        tone=lambda row: "" if row.issued else "bad",
    ),
    Column("on", "On", lambda row: row.on, 96, least=2),
    Column("words", "Reason", lambda row: row.words, 240, floor=140, least=1),
)
FAULTS: tuple[Column[Mistake], ...] = (
    Column("row", "Row", lambda row: row.row or None, 56, right=True),
    Column("message", "What is wrong", lambda row: row.message, 340, floor=200),
    Column("hint", "What to do", lambda row: row.hint, 220, floor=140, least=1),
)
