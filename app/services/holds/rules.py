"""When a hold holds, what each kind stops unless an officer says otherwise, and how both are said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from app.models.values import HoldKind, Stop
from app.services.holds.dto import KINDS, STOPS

_CASES: Final = frozenset({HoldKind.BREATHING_SPACE, HoldKind.BANKRUPTCY, HoldKind.DEBT_RELIEF_ORDER, HoldKind.IVA})
_BY_REASON: Final = frozenset({HoldKind.OTHER, HoldKind.STATEMENT_HOLD})

USUAL: Final[Mapping[HoldKind, frozenset[Stop]]] = {
    HoldKind.BREATHING_SPACE: frozenset({Stop.LETTERS, Stop.RECOVERY, Stop.ARREARS_COLLECTION, Stop.REFUNDS}),
    HoldKind.BANKRUPTCY: frozenset({Stop.RECOVERY, Stop.ARREARS_COLLECTION, Stop.REFUNDS}),
    HoldKind.DEBT_RELIEF_ORDER: frozenset({Stop.LETTERS, Stop.RECOVERY, Stop.ARREARS_COLLECTION, Stop.REFUNDS}),
    HoldKind.IVA: frozenset({Stop.RECOVERY, Stop.ARREARS_COLLECTION, Stop.REFUNDS}),
    HoldKind.DISPUTE: frozenset({Stop.RECOVERY, Stop.REFUNDS, Stop.WRITE_OFF}),
    HoldKind.COMPLAINT: frozenset({Stop.RECOVERY}),
    HoldKind.COURT: frozenset({Stop.LETTERS, Stop.RECOVERY, Stop.REFUNDS, Stop.WRITE_OFF}),
    HoldKind.DECEASED: frozenset({Stop.STATEMENTS, Stop.LETTERS, Stop.RECOVERY, Stop.ARREARS_COLLECTION, Stop.REFUNDS}),
    HoldKind.DO_NOT_CONTACT: frozenset({Stop.STATEMENTS, Stop.LETTERS}),
    HoldKind.STATEMENT_HOLD: frozenset({Stop.STATEMENTS}),
    HoldKind.OTHER: frozenset(),
}
"""What a hold of each kind stops where the officer leaves it so.

Breathing space: SI 2020/1311 reg. 7 (no steps to collect or enforce, no contact about the debt); refunds wait, because a
credit may have to go to the debts. Debt relief order: Insolvency Act 1986 s.251G. Bankruptcy: s.285 and s.306, a credit
belongs to the estate. Voluntary arrangement: s.260, it binds us for the debts in it. The others are the office's custom.
"""


def is_case(kind: HoldKind) -> bool:
    """Whether holds of this kind come of a breathing space or insolvency case, and are placed by it."""
    return kind in _CASES


def is_live(from_on: date, to_on: date | None, day: date) -> bool:
    """Whether a hold from a day to a day (both held) holds on `day`."""
    return from_on <= day and (to_on is None or day <= to_on)


def overlaps(from_on: date, to_on: date | None, other_from: date, other_to: date | None) -> bool:
    """Whether two times, both with their last day, have a day in common."""
    return (to_on is None or other_from <= to_on) and (other_to is None or from_on <= other_to)


def lasts_longer(until: date | None, other: date | None) -> bool:
    """Whether a hold until a day lasts longer than one until another; without an end longest."""
    return other is not None and (until is None or until > other)


def in_order(stops: Collection[Stop]) -> tuple[Stop, ...]:
    """What is stopped, in the order in which it is listed."""
    return tuple(stop for stop in STOPS if stop in stops)


def listed(stops: Collection[Stop]) -> str:
    """What is stopped: `Letters, recovery and refunds`."""
    words = [STOPS[stop].lower() for stop in in_order(stops)]
    if not words:
        return "Nothing"
    joined = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return joined[:1].upper() + joined[1:]


def why(kind: HoldKind, reason: str) -> str:
    """Why something is stopped: the kind, or what the officer wrote where the kind says too little."""
    if kind in _BY_REASON and reason.strip():
        return reason.strip()
    name = KINDS[kind].lower() if kind is not HoldKind.IVA else "IVA"
    more = reason.strip().rstrip(".")
    return name if not more or more.lower() in name else f"{name} ({more})"


def banner(stops: Collection[Stop], kind: HoldKind, reason: str, until: date | None) -> str:
    """One line for an account: `Letters and recovery stopped until 9 Jan 2027: breathing space`."""
    last = f" until {until.day} {until:%b %Y}" if until else ""
    short = why(kind, reason) if kind in _BY_REASON else why(kind, "")
    return f"{listed(stops)} stopped{last}: {short}"


def said(kind: HoldKind, reason: str, until: date | None) -> str:
    """Why something isn't done, for a list of what was left out: `breathing space (BS-1), until 9 Jan 2027`."""
    return why(kind, reason) + (f", until {until.day} {until:%b %Y}" if until else "")
