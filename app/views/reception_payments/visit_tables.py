"""The reception log: what is listed of visits, appointments, incidents, reasons and signposts."""

from __future__ import annotations

from typing import Final

from app.models.values import AppointmentState, PersonFlagKind, VisitKind, VisitState
from app.services.reception_payments.visits.dto import AppointmentRow, Caution, VisitRow
from app.services.reception_payments.visits.incidents.dto import KINDS, IncidentRow
from app.services.reception_payments.visits.registers.dto import ReasonRow, SignpostRow
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column

KINDS_OF_VISIT: Final = {VisitKind.VISIT: "Visit", VisitKind.CALL: "Call"}
STATES: Final = {
    VisitState.WAITING: "Waiting",
    VisitState.SEEN: "Being seen",
    VisitState.DONE: "Done",
    VisitState.LEFT: "Didn't wait",
}
BOOKED: Final = {
    AppointmentState.BOOKED: "Booked",
    AppointmentState.CAME: "Came",
    AppointmentState.MISSED: "Didn't come",
    AppointmentState.CANCELLED: "Cancelled",
}
_LONG: Final = 15
"""Minutes from which a wait stands out."""


def minding(flags: tuple[Caution, ...]) -> str:
    """What officers must know of somebody, in a line, safety first."""
    return "; ".join(each.words for each in flags)


def is_safety(flags: tuple[Caution, ...]) -> bool:
    """Whether a safety flag is among them."""
    return any(each.kind is PersonFlagKind.SAFETY for each in flags)


def _waited(row: VisitRow) -> str:
    return f"{row.waited:,} min" if row.state is not VisitState.DONE or row.waited else ""


VISITS: tuple[Column[VisitRow], ...] = (
    Column("number", "Number", lambda row: row.number, 66, right=True, holds=Holds.NUMBER, least=9),
    Column("arrived_at", "Came", lambda row: row.arrived_at, 128, least=6),
    Column("kind", "How", lambda row: KINDS_OF_VISIT[row.kind], 56, least=7),
    Column("who", "Who", lambda row: row.who, 180, floor=110),
    Column(
        "take_care",
        "Take care",
        lambda row: minding(row.cautions),
        170,
        floor=150,
        tone=lambda row: "bad" if is_safety(row.cautions) else "warning",
    ),
    Column("account", "Account", lambda row: row.account_reference, 96, firm=True, least=5),
    Column("reason", "Reason", lambda row: row.reason, 196, floor=184),
    Column(
        "waited",
        "Waited",
        lambda row: row.waited,
        76,
        shown=_waited,
        right=True,
        holds=Holds.NUMBER,
        tone=lambda row: "warning" if row.state is VisitState.WAITING and row.waited >= _LONG else "",
    ),
    Column("state", "State", lambda row: STATES[row.state], 92, firm=True),
    Column("seen_by", "Seen by", lambda row: row.seen_by, 110, floor=90, least=3),
    Column("desk", "Desk", lambda row: row.desk, 100, floor=80, least=8),
    Column("outcome", "What came of it", lambda row: row.outcome, 200, floor=150, least=4),
)
APPOINTMENTS: tuple[Column[AppointmentRow], ...] = (
    Column("at", "When", lambda row: row.at, 136),
    Column("minutes", "Minutes", lambda row: row.minutes, 70, right=True, holds=Holds.NUMBER, least=6),
    Column("who", "Who", lambda row: row.who, 200, floor=120),
    Column("reason", "Reason", lambda row: row.reason, 190, floor=180),
    Column("with", "With", lambda row: row.with_officer or "Anybody", 140, floor=90),
    Column("desk", "Desk", lambda row: row.desk, 110, floor=100, least=5),
    Column(
        "state",
        "State",
        lambda row: BOOKED[row.state],
        100,
        firm=True,
        tone=lambda row: "warning" if row.state is AppointmentState.MISSED else "",
    ),
    Column("note", "Note", lambda row: row.note, 200, floor=120, least=4),
)
INCIDENTS: tuple[Column[IncidentRow], ...] = (
    Column("number", "Incident", lambda row: row.number, 70, right=True, holds=Holds.NUMBER),
    Column("happened_at", "When", lambda row: row.happened_at, 136),
    Column("kind", "What", lambda row: KINDS[row.kind], 150),
    Column("desk", "Desk", lambda row: row.desk, 140, floor=90),
    Column("visit", "Visit", lambda row: row.visit_number, 64, right=True, holds=Holds.NUMBER, least=2),
    Column("police", "Police reference", lambda row: row.police_reference, 130, least=1),
    Column("officer", "Reported by", lambda row: row.reported_by, 160, floor=100),
    Column("reported_at", "Reported", lambda row: row.reported_at, 136, least=3),
)
REASONS: tuple[Column[ReasonRow], ...] = (
    Column("place", "Place", lambda row: row.place, 60, right=True, holds=Holds.NUMBER),
    Column("name", "Reason", lambda row: row.name, 320, floor=180),
    Column("visits", "Came for it", lambda row: row.visits or None, 96, right=True, holds=Holds.NUMBER),
    Column("active", "", lambda row: "" if row.active else "Out of use", 90, tone=lambda _row: "muted"),
)
SIGNPOSTS: tuple[Column[SignpostRow], ...] = (
    Column("title", "For", lambda row: row.title, 220, floor=140),
    Column("words", "Where to turn", lambda row: row.words, 360, floor=180),
    Column("telephone", "Telephone", lambda row: row.telephone, 120, firm=True),
    Column("link", "Page", lambda row: row.link, 200, floor=120, least=1),
    Column(
        "verified_on",
        "Looked up",
        lambda row: row.verified_on,
        96,
        shown=lambda row: formats.day(row.verified_on) or "Never",
        tone=lambda row: "" if row.verified_on else "warning",
    ),
    Column("active", "", lambda row: "" if row.active else "Out of use", 90, tone=lambda _row: "muted"),
)
