"""The columns and filters of the register, of what a line does and of its history."""

from __future__ import annotations

from app.services.adjustments.register.dto import (
    EVERYTHING,
    Part,
    RegisterRow,
    RegisterSort,
    Stage,
    Step,
    View,
    What,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.facets import IN_THE_LAST, Choice, Facet
from app.views.common.paged_table import TableSpec
from app.views.common.short_names import shorter_names

VIEWS = {
    View.MINE: "Mine",
    View.TO_APPROVE: "To approve",
    View.TO_POST: "To post or pay",
    View.TODAY: "Posted today",
    View.REVERSED: "Reversed",
}
WHATS = {
    What.ADJUSTMENT: "Adjustments",
    What.RECHARGE: "Recharges",
    What.REFUND: "Refunds",
    What.WRITE_OFF: "Write-offs",
}
STAGES = {
    Stage.DRAFT: "Draft",
    Stage.WAITING: "Waiting for approval",
    Stage.APPROVED: "Approved",
    Stage.DONE: "Posted",
    Stage.REFUSED: "Refused",
    Stage.WITHDRAWN: "Withdrawn",
    Stage.BACK: "Reversed",
}
TONES = {
    Stage.WAITING: "warning",
    Stage.APPROVED: "warning",
    Stage.DONE: "good",
    Stage.REFUSED: "bad",
    Stage.WITHDRAWN: "muted",
    Stage.BACK: "muted",
}


def state_words(row: RegisterRow) -> str:
    """How far it has come, in the words of its own kind."""
    return STAGES[row.stage] if row.stage is Stage.WAITING else formats.words(row.state)


def amount_words(row: RegisterRow) -> str:
    """`25.00 DR` or `25.00 CR`; of what debits as much as it credits the amount alone."""
    return row.amount.plain() if row.both else formats.balance(row.amount)


def kind_words(row: RegisterRow) -> str:
    """The kind, with the number of lines where there are several."""
    return f"{row.kind}, {formats.count(row.lines, 'line')}" if row.lines > 1 else row.kind


def _account_words(row: RegisterRow) -> str:
    return _named(row, row.name)


def _shorter_accounts(row: RegisterRow) -> tuple[str, ...]:
    first, *others = row.name.split(" and ")
    least = [f"{name} +{len(others)}" for name in shorter_names(first)] if others else []
    return (*(_named(row, name) for name in (*shorter_names(row.name), *least)), row.reference)


def _named(row: RegisterRow, name: str) -> str:
    shown = "  ".join(each for each in (row.reference, name) if each)
    return f"{shown} and others" if row.lines > 1 else shown


FACETS = (
    Facet(
        "view",
        "View",
        (
            *(Choice(view, words, quick=True) for view, words in VIEWS.items()),
            Choice(View.REPORTED, "Counted in reports"),
        ),
        plain=True,
    ),
    Facet("whats", "What", tuple(Choice(what, words) for what, words in WHATS.items()), many=True, plain=True),
    Facet("kinds", "Kind", many=True),
    Facet("reasons", "Reason", many=True),
    Facet("stages", "State", tuple(Choice(stage, words) for stage, words in STAGES.items()), many=True),
    Facet("officer_id", "Asked for by"),
    IN_THE_LAST,
    Facet("from_on", "Posted from", day=True),
    Facet("to_on", "Posted to", day=True),
)
_LINES: tuple[Column[RegisterRow], ...] = (
    Column(RegisterSort.AT, "Asked for", lambda row: row.at.astimezone().date(), 96, sorts=True, holds=Holds.DATE),
    Column(RegisterSort.NUMBER, "No.", lambda row: row.number, 56, sorts=True, firm=True),
    Column(RegisterSort.KIND, "Kind", lambda row: row.kind, 190, shown=kind_words, sorts=True, floor=186),
    Column(
        RegisterSort.ACCOUNT,
        "Account",
        lambda row: row.reference,
        260,
        shown=_account_words,
        sorts=True,
        floor=250,
        shorter=_shorter_accounts,
    ),
    Column(
        RegisterSort.AMOUNT,
        "Amount",
        lambda row: row.amount,
        104,
        shown=amount_words,
        tone=lambda row: "good" if row.amount.pence < 0 else "",
        right=True,
        sorts=True,
        holds=Holds.POUNDS,
        balance=True,
    ),
    Column(
        RegisterSort.STATE,
        "State",
        state_words,
        110,
        tone=lambda row: TONES.get(row.stage, ""),
        sorts=True,
        floor=80,
        shorter=lambda row: (formats.words(row.state),),
    ),
    Column(RegisterSort.ASKED_BY, "Asked by", lambda row: row.asked_by, 150, sorts=True, floor=146, least=1),
    Column(RegisterSort.APPROVED_BY, "Approved by", lambda row: row.approved_by, 130, sorts=True, floor=120, least=3),
    Column(RegisterSort.POSTED, "Posted", lambda row: row.posted_on, 96, sorts=True, holds=Holds.DATE, least=4),
    Column(RegisterSort.JOURNAL, "Journal", lambda row: row.journal, 70, right=True, sorts=True, least=5),
    Column("title", "About", lambda row: row.title, 160, spare=True),
)
SPEC: TableSpec[RegisterRow] = TableSpec(
    key="adjustments.register",
    name="Adjustments",
    noun=("line", "lines"),
    columns=_LINES,
    everything=EVERYTHING,
    facets=FACETS,
    find="Account, name, what it is about or number",
    sort=(RegisterSort.AT, True),
    stretch=RegisterSort.ACCOUNT,
    nothing="Nothing is like that. Take a filter away, or try fewer words.",
    none="Nothing has been adjusted, recharged, refunded or written off yet.",
)
PARTS: tuple[Column[Part], ...] = (
    Column("reference", "Account", lambda row: row.reference, 110, firm=True),
    money_column("amount", "Amount", lambda row: row.amount, 96, balance=True),
    Column("effective_on", "Belongs to", lambda row: row.effective_on, 96, holds=Holds.DATE),
    Column("words", "On the statement", lambda row: row.words, 190, floor=150),
    Column("kind", "Kind", lambda row: f"{row.code}  {row.kind}".strip(), 170, floor=150, least=1),
)
HISTORY: tuple[Column[Step], ...] = (
    Column(
        "at", "When", lambda row: row.at or row.on, 130, shown=lambda row: formats.moment(row.at) or formats.day(row.on)
    ),
    Column("what", "What", lambda row: row.what, 130, floor=90),
    Column("who", "By", lambda row: row.who, 110),
    Column("words", "", lambda row: row.words, 150),
)
