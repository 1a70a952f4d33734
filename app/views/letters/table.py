"""The columns and filters of letters, batches and what a batch leaves out."""

from __future__ import annotations

from app.services.letters.dto import (
    EVERYTHING,
    OUTGOING_STATES,
    BatchRow,
    BatchState,
    Channel,
    Concern,
    OutgoingRow,
    OutgoingSort,
    OutgoingState,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.facets import Choice, Facet
from app.views.common.paged_table import TableSpec
from app.views.common.short_names import shorter_names

CHANNELS = {Channel.LETTER: "Letter", Channel.EMAIL: "E-mail", Channel.TEXT: "Text message"}
TONES = {
    OutgoingState.WAITING: "warning",
    OutgoingState.FAILED: "bad",
    OutgoingState.RETURNED: "bad",
    OutgoingState.PRINTED: "good",
    OutgoingState.DELIVERED: "good",
    OutgoingState.CANCELLED: "muted",
}
_BATCH_STATES = {BatchState.MAKING: "Being made", BatchState.STOPPED: "Stopped", BatchState.MADE: "Made"}

LETTERS: tuple[Column[OutgoingRow], ...] = (
    Column(
        OutgoingSort.ASKED,
        "Written",
        lambda row: row.asked_at,
        96,
        shown=lambda row: formats.day(row.asked_at.astimezone().date()),
        sorts=True,
        holds=Holds.MOMENT,
        least=1,
        firm=True,
    ),
    Column(OutgoingSort.TITLE, "What", lambda row: row.title, 250, sorts=True),
    Column(
        OutgoingSort.ADDRESSEE,
        "To",
        lambda row: row.addressee,
        170,
        sorts=True,
        shorter=lambda row: shorter_names(row.addressee),
    ),
    Column(OutgoingSort.ADDRESS, "Where", lambda row: row.address, 200, sorts=True, spare=True),
    Column(OutgoingSort.REFERENCE, "Account", lambda row: row.reference, 96, sorts=True, holds=Holds.TEXT, spare=True),
    Column("channel", "By", lambda row: CHANNELS[row.channel], 96, spare=True),
    Column("form", "Format", lambda row: formats.words(row.variant), 90, spare=True),
    Column(
        OutgoingSort.STATE,
        "State",
        lambda row: OUTGOING_STATES[row.state],
        126,
        sorts=True,
        tone=lambda row: TONES.get(row.state, ""),
        firm=True,
    ),
    Column("what", "Remark", lambda row: row.what, 190, least=3),
    Column("asked_by", "Written by", lambda row: row.asked_by, 110, spare=True),
    Column("batch", "Batch", lambda row: row.batch_id, 60, spare=True, holds=Holds.NUMBER),
    Column("pages", "Pages", lambda row: row.pages, 60, spare=True, holds=Holds.NUMBER),
    Column("printed_at", "Printed", lambda row: row.printed_at, 124, spare=True, holds=Holds.MOMENT),
    Column("sent_at", "Sent", lambda row: row.sent_at, 124, spare=True, holds=Holds.MOMENT),
)
_QUICK = {OutgoingState.WAITING, OutgoingState.QUEUED, OutgoingState.FAILED}
FACETS = (
    Facet(
        "states",
        "State",
        tuple(Choice(state, words, quick=state in _QUICK) for state, words in OUTGOING_STATES.items()),
        many=True,
    ),
    Facet("channels", "By", tuple(Choice(channel, words) for channel, words in CHANNELS.items()), many=True),
    Facet("mine", "Written by", (Choice(value=True, words="Written by me"),), plain=True),
    Facet(
        "days",
        "Written in the last",
        (
            Choice(1, "Written since yesterday"),
            Choice(7, "Written in the last 7 days"),
            Choice(28, "Written in the last 28 days"),
        ),
        plain=True,
    ),
)
SPEC: TableSpec[OutgoingRow] = TableSpec(
    key="letters.register",
    name="Letters",
    noun=("letter", "letters"),
    columns=LETTERS,
    everything=EVERYTHING,
    facets=FACETS,
    find="Name, address, letter or reference",
    sort=(OutgoingSort.ASKED, True),
    stretch=OutgoingSort.ADDRESSEE,
    nothing="No letter is like that. Take a filter away, or try fewer words.",
    none="Nothing has been written yet.\n\nPress F9 to write a letter, or Ctrl+B to write to many accounts at once.",
    money=False,
)

BATCHES: tuple[Column[BatchRow], ...] = (
    Column("asked", "Asked for", lambda row: row.asked_at, 124),
    Column("title", "Batch", lambda row: f"{row.batch_id}: {row.title}", 200),
    Column("state", "State", lambda row: _BATCH_STATES[row.state], 90),
    Column("made", "Made", lambda row: row.made, 70, right=True),
    Column("left_out", "Left out", lambda row: row.left_out, 76, right=True),
    Column("waiting", "Waiting", lambda row: row.waiting, 76, right=True),
    Column("asked_by", "By", lambda row: row.asked_by, 120),
)
CONCERNS: tuple[Column[Concern], ...] = (
    Column("reference", "Account", lambda row: row.reference, 100, holds=Holds.TEXT, firm=True),
    Column("name", "Name", lambda row: row.name, 170, shorter=lambda row: shorter_names(row.name)),
    Column(
        "stops",
        "Letter",
        lambda row: "No" if row.stops else "Yes",
        60,
        tone=lambda row: "bad" if row.stops else "",
    ),
    Column("what", "Why", lambda row: row.what, 320),
)
