"""The columns and filters of the mandates, and of the tables on a mandate's card."""

from __future__ import annotations

from typing import Final

from app.models.values import MandateState, Verdict
from app.services.direct_debits.mandates.dto import (
    EVENTS,
    EVERYTHING,
    INSTRUCTIONS,
    SENT_AS,
    STATES,
    TOLD_BY,
    VIEWS,
    WAYS,
    BankRow,
    InstructionRow,
    MandateRow,
    MandateSort,
    StepRow,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.facets import Choice, Facet
from app.views.common.paged_table import TableSpec
from app.views.common.short_names import shorter_names

TONES: Final = {
    MandateState.NEW: "warning",
    MandateState.LODGED: "warning",
    MandateState.LIVE: "good",
    MandateState.AMENDED: "warning",
    MandateState.SUSPENDED: "bad",
    MandateState.CANCELLED: "muted",
    MandateState.DORMANT: "muted",
    MandateState.EXPIRED: "muted",
}
VERDICTS: Final = {
    Verdict.VALID: "fits the sort code",
    Verdict.INVALID: "didn't fit by an old table",
    Verdict.UNCHECKED: "not checked",
}
_BRIEF: Final = {MandateState.NEW: "New", MandateState.AMENDED: "Amended"}


def account_words(row: MandateRow) -> str:
    """The tenants of the account that it is on, after its reference where that isn't the mandate's."""
    return _named(row, row.name)


def _named(row: MandateRow, name: str) -> str:
    same = row.reference.startswith(row.account.replace(" ", "")) if row.account else True
    return name if same and name else f"{row.account}  {name}".strip()


def _shorter_accounts(row: MandateRow) -> tuple[str, ...]:
    return tuple(_named(row, name) for name in shorter_names(row.name))


FACETS: Final = (
    Facet("view", "View", tuple(Choice(view, words, quick=True) for view, words in VIEWS.items()), plain=True),
    Facet("states", "State", tuple(Choice(state, words) for state, words in STATES.items()), many=True),
    Facet("ways", "How it was given", tuple(Choice(way, words) for way, words in WAYS.items()), many=True),
    Facet("day", "Collected on the"),
    Facet("from_on", "State since", day=True),
    Facet("to_on", "State until", day=True),
)
_LINES: tuple[Column[MandateRow], ...] = (
    Column(MandateSort.REFERENCE, "Reference", lambda row: row.reference, 130, sorts=True, firm=True),
    Column(
        MandateSort.ACCOUNT,
        "Account",
        lambda row: row.account,
        210,
        shown=account_words,
        sorts=True,
        floor=150,
        shorter=_shorter_accounts,
    ),
    Column(
        MandateSort.PAYER,
        "Payer",
        lambda row: row.payer,
        150,
        sorts=True,
        floor=120,
        least=3,
        shorter=lambda row: shorter_names(row.payer),
    ),
    Column(
        MandateSort.STATE,
        "State",
        lambda row: STATES[row.state],
        120,
        tone=lambda row: TONES[row.state],
        sorts=True,
        floor=84,
        shorter=lambda row: (_BRIEF.get(row.state, STATES[row.state]),),
    ),
    Column(MandateSort.STATE_ON, "Since", lambda row: row.state_on, 92, sorts=True, holds=Holds.DATE, least=4),
    Column(MandateSort.NEXT_ON, "Next", lambda row: row.next_on, 92, sorts=True, holds=Holds.DATE, least=1),
    Column(
        MandateSort.NEXT_AMOUNT,
        "Amount",
        lambda row: row.next_amount,
        84,
        right=True,
        sorts=True,
        holds=Holds.POUNDS,
        total=True,
        least=2,
    ),
    Column("bank", "Bank", lambda row: row.bank, 84, least=5),
    Column(MandateSort.WAY, "Given", lambda row: WAYS[row.way], 104, sorts=True, spare=True),
    Column("received_on", "Received", lambda row: row.received_on, 92, holds=Holds.DATE, spare=True),
    Column(
        MandateSort.LAST_BANK_ON,
        "Bank saw last",
        lambda row: row.last_bank_on,
        96,
        sorts=True,
        holds=Holds.DATE,
        spare=True,
    ),
    Column("confirmed_on", "Confirmed", lambda row: row.confirmed_on, 92, holds=Holds.DATE, spare=True),
    Column("resume_on", "Look by", lambda row: row.resume_on, 92, holds=Holds.DATE, spare=True),
    Column("state_why", "Why", lambda row: row.state_why, 180, spare=True),
)
SPEC: TableSpec[MandateRow] = TableSpec(
    key="direct_debits.mandates",
    name="Mandates",
    noun=("mandate", "mandates"),
    columns=_LINES,
    everything=EVERYTHING,
    facets=FACETS,
    find="Reference, account, name or payer",
    sort=(MandateSort.STATE_ON, True),
    stretch=MandateSort.ACCOUNT,
    nothing="No mandate is like that. Take a filter away, or try fewer words.",
    none="No Direct Debit is set up yet. Ctrl+Enter sets one up; a spreadsheet of mandates can be loaded.",
    money=False,
)
BANKS: tuple[Column[BankRow], ...] = (
    Column("masked", "Bank account", lambda row: row.masked.account_number, 100, firm=True),
    Column("holder", "In the name of", lambda row: row.holder, 150, floor=130),
    Column(
        "bank",
        "Bank",
        lambda row: ", ".join(part for part in (row.bank_name, row.branch) if part),
        130,
        least=2,
        floor=110,
    ),
    Column("from_on", "From", lambda row: row.from_on, 92, holds=Holds.DATE),
    Column("to_on", "To", lambda row: row.to_on, 92, holds=Holds.DATE, least=1),
    Column("held", "The bank has it", lambda row: "yes" if row.held else "not yet", 104, least=3, floor=104),
    Column("verdict", "Number", lambda row: VERDICTS[row.verdict], 130, least=4),
    Column("told_by", "Told by", lambda row: TOLD_BY[row.told_by], 80, least=5),
)
SENT: tuple[Column[InstructionRow], ...] = (
    Column("code", "Instruction", lambda row: SENT_AS.get(row.code, str(row.code.value)), 180, floor=150),
    Column("state", "Where it is", lambda row: INSTRUCTIONS[row.state], 190, floor=130),
    Column("bank", "To", lambda row: row.bank, 96, least=2),
    Column("processing_on", "Processed", lambda row: row.processing_on, 92, holds=Holds.DATE, least=1),
    Column("why", "Why", lambda row: row.why, 140, least=3),
)
HISTORY: tuple[Column[StepRow], ...] = (
    Column("effective_on", "When", lambda row: row.effective_on, 92, holds=Holds.DATE, firm=True),
    Column("event", "What", lambda row: EVENTS[row.event], 160, floor=110),
    Column("words", "", lambda row: row.words, 190, floor=230),
    Column("told_by", "Told by", lambda row: TOLD_BY[row.told_by], 84, least=2),
    Column("officer", "Recorded by", lambda row: row.officer, 120, least=1),
    Column(
        "recorded_at",
        "Recorded",
        lambda row: row.recorded_at,
        130,
        shown=lambda row: formats.moment(row.recorded_at),
        spare=True,
    ),
)
