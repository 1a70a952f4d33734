"""The columns and filters of the register, and of an item's history."""

from __future__ import annotations

from app.models.values import PostState, PostStep
from app.services.letters.dto import OutgoingState
from app.services.post_log.dto import CHANNELS
from app.services.post_log.register.dto import EVERYTHING, RegisterRow, RegisterSort, Step, View, Way
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.facets import Choice, Facet
from app.views.common.paged_table import TableSpec
from app.views.common.short_names import shorter_names

VIEWS = {
    View.MINE: "Mine",
    View.TEAM: "My team",
    View.TODAY: "Today",
    View.OVERDUE: "Overdue",
    View.SOON: "Due soon",
    View.UNALLOCATED: "With nobody",
    View.UNCHECKED: "Unchecked",
}
STATES: dict[str, str] = {
    PostState.OPEN: "Open",
    PostState.CLOSED: "Closed",
    PostState.JUNK: "Junk",
    PostState.DUPLICATE: "Copy",
    PostState.FORWARDED: "Forwarded",
    OutgoingState.WAITING: "Waiting for approval",
    OutgoingState.QUEUED: "Queued",
    OutgoingState.SENDING: "Being sent",
    OutgoingState.PRINTED: "Printed",
    OutgoingState.SENT: "Sent",
    OutgoingState.DELIVERED: "Delivered",
    OutgoingState.FAILED: "Failed",
    OutgoingState.RETURNED: "Came back",
    OutgoingState.CANCELLED: "Cancelled",
}
TONES: dict[str, str] = {
    PostState.CLOSED: "muted",
    PostState.JUNK: "muted",
    PostState.DUPLICATE: "muted",
    PostState.FORWARDED: "muted",
    OutgoingState.FAILED: "bad",
    OutgoingState.RETURNED: "bad",
}
STEPS = {
    PostStep.LOGGED: "Logged",
    PostStep.CONFIRMED: "Checked",
    PostStep.CHANGED: "Changed",
    PostStep.ALLOCATED: "Given to",
    PostStep.ACKNOWLEDGED: "Acknowledged",
    PostStep.REPLIED: "Answered",
    PostStep.PAUSED: "Clock stopped",
    PostStep.RESUMED: "Clock goes on",
    PostStep.EXTENDED: "More time",
    PostStep.ESCALATED: "Raised with the team leader",
    PostStep.LINKED: "Linked",
    PostStep.WORK_STARTED: "Work begun",
    PostStep.CLOSED: "Closed",
    PostStep.REOPENED: "Opened again",
    PostStep.JUNKED: "Marked as junk",
    PostStep.MARKED_DUPLICATE: "Marked as a copy",
    PostStep.FORWARDED: "Forwarded",
    PostStep.CONTENT_DELETED: "Content deleted",
}
PRIORITIES = {1: "High", 2: "", 3: "Low"}
GUESSED = {
    "account_id": "account",
    "category_id": "category",
    "holder": "who has it",
    "priority": "priority",
    "sender": "sender",
}


def channel_words(value: str) -> str:
    """How something came or went."""
    return next((words for channel, words in CHANNELS.items() if channel == value), "Text message")


def due_words(row: RegisterRow) -> str:
    """`Answer by 24 Dec 2026`, `Acknowledge by ...`; `late` or `soon` said in words too."""
    if row.due_on is None:
        return ""
    late = "late: " if row.late else ""
    what = "acknowledge" if row.acknowledge else "answer"
    words = f"{late}{what} by {formats.day(row.due_on)}"
    return f"{words[:1].upper()}{words[1:]}"


def short_due(row: RegisterRow) -> tuple[str, ...]:
    """The same where there is less room."""
    if row.due_on is None:
        return ()
    day = f"{row.due_on.day} {formats.month(row.due_on)}"
    return (f"{'Late: ' if row.late else ''}{'ack. by' if row.acknowledge else 'by'} {day}", day)


def due_tone(row: RegisterRow) -> str:
    """Red, amber, or neither."""
    return "bad" if row.late else "warning" if row.soon else ""


def unchecked_words(row: RegisterRow) -> str:
    """`Unchecked: account and category`; nothing where everything is confirmed."""
    names = [GUESSED.get(name, name) for name in row.guessed]
    if not names:
        return ""
    return f"Unchecked: {' and '.join([', '.join(names[:-1]), names[-1]] if len(names) > 1 else names)}"


REGISTER: tuple[Column[RegisterRow], ...] = (
    Column(
        "way",
        "",
        lambda row: "In" if row.way is Way.IN else "Out",
        46,
        tone=lambda row: "muted" if row.way is Way.OUT else "",
        firm=True,
    ),
    Column(RegisterSort.NUMBER, "Number", lambda row: row.number, 84, sorts=True, holds=Holds.TEXT, firm=True, least=3),
    Column(
        RegisterSort.AT,
        "Date",
        lambda row: row.at,
        104,
        shown=lambda row: formats.day(row.at.astimezone().date()),
        sorts=True,
        holds=Holds.MOMENT,
        firm=True,
    ),
    Column(
        RegisterSort.WHO,
        "From or to",
        lambda row: row.who,
        150,
        sorts=True,
        shorter=lambda row: shorter_names(row.who),
    ),
    Column(RegisterSort.SUBJECT, "About", lambda row: row.subject, 220, sorts=True, floor=120),
    Column(RegisterSort.CATEGORY, "Category", lambda row: row.category, 130, sorts=True, least=2),
    Column(
        RegisterSort.DUE,
        "Due",
        due_words,
        132,
        tone=due_tone,
        sorts=True,
        firm=True,
        shorter=short_due,
        holds=Holds.TEXT,
    ),
    Column(RegisterSort.HOLDER, "With", lambda row: row.holder, 110, sorts=True, least=1),
    Column(
        RegisterSort.STATE,
        "State",
        lambda row: "Unchecked" if row.guessed else STATES.get(row.state, row.state),
        90,
        sorts=True,
        tone=lambda row: "warning" if row.guessed else TONES.get(row.state, ""),
        firm=True,
    ),
    Column("channel", "How", lambda row: channel_words(row.channel), 110, spare=True),
    Column("reference", "Account", lambda row: row.reference, 96, spare=True, holds=Holds.TEXT),
    Column(
        RegisterSort.PRIORITY,
        "Priority",
        lambda row: PRIORITIES.get(row.priority, ""),
        70,
        spare=True,
        sorts=True,
        tone=lambda row: "bad" if row.priority == 1 else "muted",
    ),
    Column("due_on", "Due on", lambda row: row.due_on, 92, spare=True, holds=Holds.DATE),
    Column("unchecked", "Unchecked", unchecked_words, 160, spare=True),
)
FACETS = (
    Facet("view", "View", tuple(Choice(view, words, quick=True) for view, words in VIEWS.items()), plain=True),
    Facet("ways", "Way", (Choice(Way.IN, "What came in"), Choice(Way.OUT, "What went out")), many=True, plain=True),
    Facet(
        "channels",
        "How",
        (*(Choice(channel.value, words) for channel, words in CHANNELS.items()), Choice("text", "Text message")),
        many=True,
    ),
    Facet("categories", "Category", many=True),
    Facet("officer_id", "With"),
    Facet("team_id", "With team"),
    Facet("states", "State", tuple(Choice(state, STATES[state]) for state in PostState), many=True),
    Facet(
        "days",
        "In the last",
        (Choice(7, "In the last 7 days"), Choice(28, "In the last 28 days"), Choice(91, "In the last 13 weeks")),
        plain=True,
    ),
    Facet("account_id", "Account"),
    Facet("item_id", "Item"),
)
SPEC: TableSpec[RegisterRow] = TableSpec(
    key="post_log.register",
    name="Post",
    noun=("line", "lines"),
    columns=REGISTER,
    everything=EVERYTHING,
    facets=FACETS,
    find="Name, subject, reference or number",
    sort=(RegisterSort.AT, True),
    stretch=RegisterSort.SUBJECT,
    nothing="Nothing is like that. Take a filter away, or try fewer words.",
    none="Nothing has come in or gone out yet.",
    money=False,
)
HISTORY: tuple[Column[Step], ...] = (
    Column("at", "When", lambda row: row.at, 124, holds=Holds.MOMENT, firm=True),
    Column(
        "step",
        "What",
        lambda row: f"{STEPS[row.step]} {row.to}" if row.to else STEPS[row.step],
        150,
        floor=90,
    ),
    Column("words", "", lambda row: row.words, 150),
    Column("who", "By", lambda row: row.who, 104),
)
