"""Lines of the post as every page that lists them writes them: their words and their columns."""

from __future__ import annotations

import re

from app.models.values import PostState
from app.services.letters.dto import OUTGOING_STATES, OutgoingState
from app.services.post_log.dto import CHANNELS
from app.services.post_log.register.dto import RegisterRow, RegisterSort, Way
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.short_names import shorter_names

STATES: dict[str, str] = {
    PostState.OPEN: "Open",
    PostState.CLOSED: "Closed",
    PostState.JUNK: "Junk",
    PostState.DUPLICATE: "Copy",
    PostState.FORWARDED: "Forwarded",
    **{state.value: words for state, words in OUTGOING_STATES.items()},
}
TONES: dict[str, str] = {
    PostState.CLOSED: "muted",
    PostState.JUNK: "muted",
    PostState.DUPLICATE: "muted",
    PostState.FORWARDED: "muted",
    OutgoingState.FAILED: "bad",
    OutgoingState.RETURNED: "bad",
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
    late = "Late: " if row.late else ""
    return (f"{late}{'ack. ' if row.acknowledge else ''}{day}", f"{late}{day}")


def due_tone(row: RegisterRow) -> str:
    """Red, amber, or neither."""
    return "bad" if row.late else "warning" if row.soon else ""


def unchecked_words(row: RegisterRow) -> str:
    """`Unchecked: account and category`; nothing where everything is confirmed."""
    names = [GUESSED.get(name, name) for name in row.guessed]
    if not names:
        return ""
    return f"Unchecked: {' and '.join([', '.join(names[:-1]), names[-1]] if len(names) > 1 else names)}"


def short_day(row: RegisterRow) -> str:
    """`21 Nov 26`: the register lists days beside each other, and the card has the day in full."""
    day = row.at.astimezone().date()
    return f"{day.day} {formats.month(day)} {day:%y}"


def short_who(row: RegisterRow) -> tuple[str, ...]:
    """Whom it is from or to, shorter each time, down to the surname: `Ms Ann Pond +1`, `Pond +1`."""
    people = [each.split() for each in row.who.split(" and ")]
    shorter = shorter_names(row.who)
    if not shorter:
        return ()
    more = f" +{len(people) - 1}" if len(people) > 1 else ""
    return (*shorter, f"{people[0][0]} {people[0][-1]}{more}", f"{people[0][-1]}{more}")


def short_category(row: RegisterRow) -> tuple[str, ...]:
    """`Complaint, stage 1` as `Complaint 1`; of others the words before `or`, `of` and `to`, then the first two, then one."""
    name = row.category.replace(", stage ", " ")
    first = _JOINS.split(name)[0]
    words = first.split()
    shorter = (name, first, " ".join(words[:2]), " ".join(words[:1]))
    return tuple(dict.fromkeys(each for each in shorter if each and each != row.category))


def short_holder(row: RegisterRow) -> tuple[str, ...]:
    """A colleague as `C Colleague`, then `Cat C`; a team as it is."""
    first, *others = row.holder.split() or [""]
    if not others or row.officer_id is None:
        return ()
    return (f"{first[0]} {others[-1]}", f"{first} {others[-1][0]}")


_JOINS = re.compile(r" (?:or|of|to) ")
LINES: tuple[Column[RegisterRow], ...] = (
    Column(
        RegisterSort.NUMBER,
        "Number",
        lambda row: row.number if row.way is Way.IN else f"Out {row.number}",
        84,
        tone=lambda row: "muted" if row.way is Way.OUT else "",
        sorts=True,
        holds=Holds.TEXT,
        firm=True,
    ),
    Column(
        RegisterSort.AT,
        "Date",
        lambda row: row.at,
        80,
        shown=short_day,
        sorts=True,
        holds=Holds.MOMENT,
        firm=True,
    ),
    Column(
        RegisterSort.WHO,
        "From or to",
        lambda row: row.who,
        140,
        sorts=True,
        floor=116,
        shorter=short_who,
    ),
    Column(RegisterSort.SUBJECT, "About", lambda row: row.subject, 230, sorts=True, floor=160),
    Column(
        RegisterSort.CATEGORY,
        "Category",
        lambda row: row.category,
        118,
        sorts=True,
        least=1,
        floor=112,
        shorter=short_category,
    ),
    Column(
        RegisterSort.DUE,
        "Due",
        due_words,
        106,
        tone=due_tone,
        sorts=True,
        firm=True,
        shorter=short_due,
        holds=Holds.TEXT,
    ),
    Column(
        RegisterSort.HOLDER,
        "With",
        lambda row: row.holder,
        96,
        sorts=True,
        least=2,
        floor=76,
        shorter=short_holder,
    ),
    Column(
        RegisterSort.STATE,
        "State",
        lambda row: "Unchecked" if row.guessed else STATES.get(row.state, row.state),
        90,
        sorts=True,
        tone=lambda row: "warning" if row.guessed else TONES.get(row.state, ""),
        firm=True,
    ),
    Column("way", "Way", lambda row: "In" if row.way is Way.IN else "Out", 46, spare=True),
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
