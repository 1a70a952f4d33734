"""The badges at the head of an account: which of them are shown, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from app.models.values import FormatNeed, PersonFlagKind
from app.services.holds.dto import KINDS
from app.services.rent.dto import AccountHeader, FlagRow, NoticeRow
from app.views.common import formats

MOST: Final = 3
"""How many badges a head has: the others are read in the parts of the account."""


class Place(IntEnum):
    """Where a badge stands among those that are shown."""

    TENURE = 1
    NOTICE = 2
    HOLD = 3
    MARK = 4
    FLAG = 5


@dataclass(frozen=True, slots=True)
class Flag:
    """A word that officers must see."""

    text: str
    tone: str = ""
    why: str = ""
    place: Place = Place.FLAG


def shown_flags(header: AccountHeader) -> list[Flag]:
    """The gravest, always in one order: the tenure, its end, what is on hold, how an arrangement stands, then flags.

    Those for which there is no room are counted by a last one, `+2`, whose reason names them a line each.
    """
    every = list(_by_gravity(header))
    shown, rest = sorted(every[:MOST], key=lambda flag: flag.place), every[MOST:]
    return [*shown, *([_more(rest)] if rest else [])]


def _by_gravity(header: AccountHeader) -> Iterator[Flag]:
    """Everything to be seen on the account; what keeps the officer from working on it leads."""
    yield from (_flag(flag) for flag in header.flags if flag.kind is PersonFlagKind.SAFETY)
    if header.declared:
        yield Flag("Look only: declared", "bad", header.declared)
    if header.restricted:
        yield Flag("Restricted", "warning", "Only named officers open this record, and each view is logged")
    if header.notice is not None:
        yield _notice(header.notice)
    tenure = formats.words(header.tenure or header.kind)
    former = header.ended_on is not None and header.notice is None
    yield Flag(f"Former, {tenure.lower()}" if former else tenure, place=Place.TENURE)
    yield from (Flag(f"Hold: {KINDS[hold.kind].lower()}", "bad", hold.reason, Place.HOLD) for hold in header.holds[:1])
    yield from (Flag(mark.text, mark.tone, mark.why, Place.MARK) for mark in header.marks if not mark.in_line)
    yield from (_flag(flag) for flag in header.flags if flag.kind is not PersonFlagKind.SAFETY)
    needs = (person.format_need for person in header.people if person.format_need != FormatNeed.STANDARD)
    yield from (Flag(formats.words(need), "warning", "The format in which to write to them") for need in needs)


def _more(rest: Sequence[Flag]) -> Flag:
    """How many more there are, in the tone of the gravest."""
    tones = {flag.tone for flag in rest}
    tone = next((each for each in ("bad", "warning") if each in tones), "")
    return Flag(
        f"+{len(rest)}", tone, "\n".join(f"{flag.text}: {flag.why}" if flag.why else flag.text for flag in rest)
    )


def _notice(notice: NoticeRow) -> Flag:
    """That the tenancy is to end, with what is still to come."""
    due = f"Keys are due by {formats.moment(notice.keys_due_at)}" if notice.keys_due_at else "No keys are asked for"
    back = f"Keys came back {formats.moment(notice.keys_returned_at)}: finish the ending (Ctrl+Shift+E)"
    why = back if notice.keys_returned_at else due
    return Flag(f"Ends {formats.day(notice.ends_on)}", "warning", why, Place.NOTICE)


def _flag(flag: FlagRow) -> Flag:
    return Flag(formats.words(flag.flag), "bad" if flag.kind is PersonFlagKind.SAFETY else "warning", flag.note)
