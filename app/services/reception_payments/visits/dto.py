"""Visits and calls, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import AppointmentState, Handed, PersonFlagKind, VisitKind, VisitState

AREAS: Final = frozenset({"reception_payments", "diary", "home"})


@dataclass(frozen=True, slots=True)
class NewContact:
    """A visit or call that is over as it is logged, such as a question for the balance.

    Attributes:
        reason: the key of a reason.
        told: they proved who they are, and were told of the account.
        words: what came of it.
    """

    reason: str
    kind: VisitKind
    account_id: int | None = None
    person_id: int | None = None
    desk_id: int | None = None
    told: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class NewVisit:
    """Somebody who came or called, and waits.

    Attributes:
        name: as they gave it; empty where `person_id` says who they are.
        appointment_id: for which they came.
    """

    reason_id: int
    kind: VisitKind
    name: str = ""
    account_id: int | None = None
    person_id: int | None = None
    desk_id: int | None = None
    accompanied_by: str = ""
    appointment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A place to which somebody was sent, and how they were told."""

    signpost_id: int
    handed: Handed


@dataclass(frozen=True, slots=True)
class EndVisit:
    """What came of a visit or call.

    Attributes:
        call_back_on: the day on which they are called back; None: they aren't. `call_back_officer_id` does it.
        mobile: to which signposts are texted.
    """

    visit_id: int
    outcome: str
    told: bool = False
    sent: tuple[Sent, ...] = ()
    call_back_on: date | None = None
    call_back_officer_id: int | None = None
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """A time at which somebody is to come; `at` is a local moment with its zone."""

    at: datetime
    minutes: int
    reason_id: int
    name: str = ""
    account_id: int | None = None
    person_id: int | None = None
    desk_id: int | None = None
    with_officer_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Caution:
    """What officers must know of somebody before they see them; a safety flag asks for a second officer."""

    kind: PersonFlagKind
    words: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit or call as lists show it; moments are UTC, `waited` is in whole minutes.

    Attributes:
        shut: of a restricted account that the officer may not open; nothing of it is told.
    """

    visit_id: int
    number: int
    kind: VisitKind
    state: VisitState
    reason: str
    desk: str
    who: str
    account_id: int | None
    account_reference: str
    person_id: int | None
    arrived_at: datetime
    waited: int
    seen_by: str
    outcome: str
    cautions: tuple[Caution, ...]
    accompanied_by: str
    shut: bool = False


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment as lists show it; `at` is UTC."""

    appointment_id: int
    at: datetime
    minutes: int
    state: AppointmentState
    reason: str
    desk: str
    who: str
    with_officer: str
    account_id: int | None
    note: str


class VisitView(StrEnum):
    """What the reception log lists."""

    HERE = "here"
    """Whoever waits, or is with an officer."""
    TODAY = "today"
    WEEK = "week"
    """The last seven days."""


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """Which visits and calls are listed, and the words that stand in them."""

    view: VisitView = VisitView.HERE
    words: str = ""


class AppointmentView(StrEnum):
    """Which appointments are listed."""

    TODAY = "today"
    COMING = "coming"
    """From today on, for four weeks."""
    PAST = "past"
    """The last four weeks."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the sheets of the reception offer: each an id and its words."""

    reasons: tuple[tuple[int, str], ...]
    desks: tuple[tuple[int, str], ...]
    officers: tuple[tuple[int, str], ...]
    appointments: tuple[AppointmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """An account whose people may have come, and what officers must know of them.

    Attributes:
        people: id and name of everybody who holds it.
        shut: why nothing of it is told; empty: it may be.
    """

    account_id: int
    reference: str
    name: str
    people: tuple[tuple[int, str], ...]
    cautions: tuple[Caution, ...]
    shut: str = ""


@dataclass(frozen=True, slots=True)
class VisitForm:
    """A visit that is taken or ended: what is known of it, and what may be chosen.

    Attributes:
        by_two: a second officer is needed.
        mobile: the number that we have of whoever came; empty where nothing may be texted.
        signposts: id, title, and what is read out.
        large: they need large print.
    """

    row: VisitRow
    by_two: bool
    officers: tuple[tuple[int, str], ...]
    signposts: tuple[tuple[int, str, str], ...]
    mobile: str
    large: bool = False
