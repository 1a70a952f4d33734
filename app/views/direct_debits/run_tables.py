"""The columns of runs: the list, what goes, what is left out, the file, the totals, and a run's steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import DebitRunKind, DebitRunState, Money
from app.services.direct_debits.figures.dto import FileRecord
from app.services.direct_debits.runs.dto import (
    KINDS,
    REASONS,
    STATES,
    CodeTotal,
    DayTotal,
    Figure,
    LeftOutRow,
    OverdueRow,
    OwnTotal,
    ReasonTotal,
    RunLine,
    RunRow,
    RunStep,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.short_names import shorter_names

_TONES: Final = {
    DebitRunState.WAITING: "warning",
    DebitRunState.MADE: "warning",
    DebitRunState.SENT: "",
    DebitRunState.MATCHED: "",
    DebitRunState.POSTED: "good",
    DebitRunState.WITHDRAWN: "muted",
    DebitRunState.CANCELLED: "muted",
    DebitRunState.REFUSED: "bad",
}

_BRIEF: Final = {
    DebitRunState.WAITING: "To be approved",
    DebitRunState.MADE: "To be sent",
    DebitRunState.SENT: "To match",
    DebitRunState.MATCHED: "Matched",
}


def tone_of(row: RunRow) -> str:
    """The colour of a run's state, besides its words."""
    return "bad" if row.late else _TONES[row.state]


def pill_of(row: RunRow) -> str:
    """The tone of its pill: a pill has no muted one."""
    return tone_of(row).replace("muted", "")


def _counted(key: str, title: str, *, least: int) -> Column[RunRow]:
    def value(each: RunRow) -> int:
        return int(getattr(each, key))

    return Column(key, title, value, 76, right=True, holds=Holds.NUMBER, total=True, least=least)


def _state(row: RunRow) -> str:
    """How it stands, and whether it can't wait."""
    return f"Urgent: {row.words[:1].lower()}{row.words[1:]}" if row.late else row.words


def _shorter_state(row: RunRow) -> tuple[str, ...]:
    """What is next, or how it ended, alone."""
    brief = _BRIEF.get(row.state, STATES[row.state])
    return (f"Urgent: {brief[:1].lower()}{brief[1:]}" if row.late else brief,)


def _moves(row: RunRow) -> date | None:
    """The day on which money moves; by a lodgement none does."""
    return row.entry_on if row.kind is DebitRunKind.COLLECTION else None


RUNS: tuple[Column[RunRow], ...] = (
    Column("number", "Run", lambda each: each.number, 48, right=True, firm=True),
    Column("kind", "Of", lambda each: KINDS[each.kind], 92, floor=88),
    Column("words", "State", _state, 180, tone=tone_of, floor=116, shorter=_shorter_state),
    Column("submit_on", "Send by", lambda each: each.submit_on, 96, least=5),
    Column("processing_on", "Processed", lambda each: each.processing_on, 96, least=4),
    Column("entry_on", "Money moves", _moves, 104, floor=104),
    _counted("count", "Records", least=2),
    Column(
        "amount",
        "Amount",
        lambda each: each.amount,
        104,
        shown=lambda each: each.amount.plain() if each.amount.pence else "",
        right=True,
        holds=Holds.POUNDS,
        total=True,
        least=1,
    ),
    _counted("left_out", "Left out", least=3),
    Column("made_by", "Asked by", lambda each: each.made_by, 130, floor=90, least=6),
)
LINES: tuple[Column[RunLine], ...] = (
    Column("place", "No.", lambda each: each.place, 50, right=True, firm=True),
    Column("reference", "Mandate", lambda each: each.reference, 150, firm=True),
    Column("account_reference", "Account", lambda each: each.account_reference, 96, firm=True, least=1),
    Column("payer", "Payer", lambda each: each.payer, 150, floor=110, shorter=lambda each: shorter_names(each.payer)),
    Column("masked", "Bank account", lambda each: each.masked, 110, floor=90),
    Column(
        "amended",
        "Changed",
        lambda each: "refused by Bacs" if each.refused else "new details" if each.amended else "",
        100,
        tone=lambda each: "bad" if each.refused else "warning" if each.amended else "",
        floor=80,
    ),
    Column("code", "Code", lambda each: each.code.value, 50, firm=True),
    Column("entry_on", "Money moves", lambda each: each.entry_on, 98, least=2),
    money_column("amount", "Amount", lambda each: each.amount, 90, total=True),
)
LEFT_OUT: tuple[Column[LeftOutRow], ...] = (
    Column("heading", "Why", lambda each: each.heading, 215, tone=lambda _each: "bad", floor=180),
    Column("reference", "Mandate", lambda each: each.reference, 150, firm=True),
    Column("account_reference", "Account", lambda each: each.account_reference, 96, firm=True, least=2),
    Column("payer", "Payer", lambda each: each.payer, 130, floor=90, shorter=lambda each: shorter_names(each.payer)),
    money_column("amount", "Amount", lambda each: each.amount, 84, total=True),
    Column("on", "For", lambda each: each.on, 92, least=4),
    Column("words", "What is wrong", lambda each: each.words, 220, spare=True),
    Column("todo", "What to do", lambda each: each.todo, 260, floor=240),
)
OVERDUE: tuple[Column[OverdueRow], ...] = (
    Column("due_on", "Was due on", lambda each: each.due_on, 100),
    Column("reference", "Mandate", lambda each: each.reference, 150, firm=True),
    Column("account_reference", "Account", lambda each: each.account_reference, 96, firm=True),
    Column("payer", "Payer", lambda each: each.payer, 160, floor=110, shorter=lambda each: shorter_names(each.payer)),
    money_column("amount", "Amount", lambda each: each.amount, 90, total=True),
)
FILE: tuple[Column[FileRecord], ...] = (
    Column("number", "No.", lambda each: each.number, 50, right=True, firm=True),
    Column("text", "Record", lambda each: each.text, 740, firm=True),
    Column("words", "What it is", lambda each: each.words, 240, floor=120, least=1),
)
STEPS: tuple[Column[RunStep], ...] = (
    Column("title", "Step", lambda each: each.title, 110, tone=lambda each: "" if each.at else "muted", firm=True),
    Column("at", "When", lambda each: each.at, 130, shown=lambda each: formats.moment(each.at) or "to come", firm=True),
    Column("officer", "Who", lambda each: each.officer, 140, floor=100),
    Column("words", "What", lambda each: each.words, 260, floor=120),
)
AGREEMENT: tuple[Column[Figure], ...] = (
    Column("name", "Held against each other", lambda each: each.name, 220, floor=150),
    Column("count", "Records", lambda each: each.count, 84, right=True, holds=Holds.NUMBER),
    money_column("amount", "Amount", lambda each: each.amount, 110),
)


@dataclass(frozen=True, slots=True)
class Total:
    """A line of the totals: what it is of, under a heading."""

    of: str
    name: str
    count: int
    amount: Money


TOTALS: tuple[Column[Total], ...] = (
    Column("of", "By", lambda each: each.of, 130, firm=True),
    Column("name", "Which", lambda each: each.name, 300, floor=150),
    Column("count", "Records", lambda each: each.count, 84, right=True, holds=Holds.NUMBER),
    money_column("amount", "Amount", lambda each: each.amount, 110),
)


def totals_of(
    by_code: Sequence[CodeTotal], by_day: Sequence[DayTotal], by_own: Sequence[OwnTotal], reasons: Sequence[ReasonTotal]
) -> tuple[Total, ...]:
    """The totals by code, by day, by the council's own account, and of what is left out by reason, under each other."""
    codes = (Total("Code", f"{each.code.value}  {each.words}", each.count, each.amount) for each in by_code)
    days = (Total("Money moves on", formats.weekday(each.days.entry_on), each.count, each.amount) for each in by_day)
    own = (Total("To our account", each.words, each.count, each.amount) for each in by_own)
    out = (Total("Left out", REASONS[each.reason][0], each.count, each.amount) for each in reasons)
    groups: Iterable[Iterable[Total]] = (codes, days, own, out)
    return tuple(each for group in groups for each in group)
