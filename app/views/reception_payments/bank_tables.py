"""The columns of the bank's lines, of what is in transit, of bank accounts, their statements, and rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.models.values import BankLineState
from app.services.ledger.dto import ControlEntry
from app.services.reception_payments.bank.kept import BankRow, LineRow, Proposal
from app.services.reception_payments.bank.shown import RuleRow, Standing, StatementRow, Transit
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.signed_columns import signed_column


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the bank with what it is likely to be."""

    line: LineRow
    proposal: Proposal | None
    request_id: int | None = None
    """Of its match, where that waits for a second officer."""

    @property
    def words(self) -> str:
        """How it stands."""
        if self.line.state is BankLineState.MATCHED:
            return "Matched"
        if self.request_id is not None:
            return f"Waits for a second officer, request {self.request_id}"
        if self.proposal is None:
            return "Nobody knows yet"
        return self.proposal.why if self.proposal.sure else f"Perhaps: {self.proposal.why}"

    @property
    def tone(self) -> str:
        """Its colour, besides its words."""
        if self.line.state is BankLineState.MATCHED:
            return "muted"
        return "good" if self.proposal is not None and self.proposal.sure else "warning"

    @property
    def said(self) -> str:
        """All that the bank says."""
        return " ".join(each for each in (self.line.reference, self.line.narrative) if each)


def found_line(found: Standing, line: LineRow) -> Shown:
    """A line with what is known of it."""
    return Shown(line, found.proposals.get(line.line_id), found.waiting.get(line.line_id))


def line_words(line: LineRow) -> str:
    """A line as its sheet is called: how much, which way, on which day."""
    way = "in" if line.amount.pence > 0 else "out"
    amount = str(line.amount).removeprefix("-")
    return f"{amount} {way}, {formats.day(line.on)}"


def file_words(row: StatementRow) -> str:
    """The file; first why it doesn't follow the one before it, where it doesn't."""
    return f"{row.gap_why} ({row.file_name})" if row.gap_why else row.file_name


def _open(row: BankRow) -> str:
    return "warning" if row.open_lines else ""


def _gap(row: StatementRow) -> str:
    return "warning" if row.gap_why else ""


_SHORTER: Final = {
    "Cash at desks": "Cash",
    "Cheques and postal orders": "cheques",
    "Payment cards at shops and post offices": "Payment cards",
    "Universal Credit and DWP deductions": "Universal Credit",
    "Deductions from salary": "Salary",
}
LINES: Final[tuple[Column[Shown], ...]] = (
    Column("on", "Date", lambda row: row.line.on, 96),
    signed_column("amount", "Amount", lambda row: row.line.amount, 104, total=True),
    Column("said", "What the bank says", lambda row: row.said, 220, floor=130),
    Column("words", "What it is", lambda row: row.words, 230, tone=lambda row: row.tone, floor=150),
    Column("kind", "Kind", lambda row: row.line.kind, 80, spare=True),
)
SURE: Final[tuple[Column[Shown], ...]] = LINES[:4]
BANKS: Final[tuple[Column[BankRow], ...]] = (
    Column("name", "Bank account", lambda row: row.name, 190, floor=140),
    Column("tail", "Ends", lambda row: row.tail, 54, firm=True),
    Column("statement_on", "Statements to", lambda row: row.statement_on, 106),
    signed_column("statement", "Closed with", lambda row: row.statement_balance, 116),
    signed_column("ledger", "In the ledger", lambda row: row.ledger_balance, 116),
    Column("open_lines", "Open", lambda row: row.open_lines, 56, right=True, tone=_open),
    signed_column("open", "Open, in all", lambda row: row.open_amount, 104),
    Column("active", "", lambda row: "" if row.active else "Out of use", 90, tone=lambda _row: "muted"),
)
STATEMENTS: Final[tuple[Column[StatementRow], ...]] = (
    Column("to_on", "To", lambda row: row.to_on, 96),
    signed_column("opening", "Opened with", lambda row: row.opening, 108),
    signed_column("closing", "Closed with", lambda row: row.closing, 108),
    Column("lines", "Lines", lambda row: row.lines, 58, right=True),
    Column("words", "File", file_words, 190, floor=180, tone=_gap),
    Column("loaded", "Loaded", lambda row: row.loaded_at, 130, least=1),
    Column("by", "By", lambda row: row.loaded_by, 110, least=2),
)
RULES: Final[tuple[Column[RuleRow], ...]] = (
    Column("words", "Words of the bank", lambda row: row.words, 280, floor=160),
    Column("channel", "It is", lambda row: row.channel_title, 280, floor=140),
    Column("active", "", lambda row: "" if row.active else "Out of use", 90, tone=lambda _row: "muted"),
)
ENTRIES: Final[tuple[Column[ControlEntry], ...]] = (
    Column("on", "Date", lambda row: row.on, 96),
    signed_column("amount", "Amount", lambda row: row.amount, 100, total=True),
    Column("source", "What", lambda row: row.source, 200, floor=120),
    Column("journal", "Journal", lambda row: row.journal, 70, right=True, least=1),
)


def _shorter_channel(row: Transit) -> tuple[str, ...]:
    said = ", ".join(_SHORTER.get(each, each) for each in row.channel.split(", "))
    return (said[:1].upper() + said[1:],)


def transit_columns(chosen: Callable[[Transit], bool]) -> tuple[Column[Transit], ...]:
    """The columns of what is in transit; `chosen` says whether a row is."""
    return (
        Column("chosen", "Chosen", lambda row: "Yes" if chosen(row) else "", 70, tone=lambda _row: "good", firm=True),
        Column("on", "Date", lambda row: row.on, 92),
        signed_column("amount", "Amount", lambda row: row.amount, 88),
        Column("channel", "Channel", lambda row: row.channel, 130, least=1, floor=110, shorter=_shorter_channel),
        Column("words", "What", lambda row: row.words, 262, floor=240),
        Column("expected_by", "Expected by", lambda row: row.expected_by, 96, least=2),
    )
