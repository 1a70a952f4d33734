"""Incidents, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.models.values import IncidentKind

KINDS: Final = {
    IncidentKind.ABUSE: "Abuse",
    IncidentKind.THREAT: "A threat",
    IncidentKind.VIOLENCE: "Violence",
    IncidentKind.DAMAGE: "Damage",
    IncidentKind.ILLNESS: "Illness or accident",
    IncidentKind.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class NewIncident:
    """Something that happened at a desk; `happened_at` is a local moment with its zone."""

    kind: IncidentKind
    happened_at: datetime
    words: str
    visit_id: int | None = None
    desk_id: int | None = None
    police_reference: str = ""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident as lists show it, without what was written of it; moments are UTC."""

    incident_id: int
    number: int
    kind: IncidentKind
    happened_at: datetime
    desk: str
    visit_number: int | None
    police_reference: str
    reported_by: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class IncidentRead:
    """An incident with what was written of it."""

    row: IncidentRow
    words: str
