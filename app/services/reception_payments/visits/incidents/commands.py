"""Reporting what happened at a desk, and reading what was reported: both are written down."""

from __future__ import annotations

from typing import Final

from app.models.officers import Officer, Team
from app.models.reception_payments.visits import VisitIncident
from app.services.core import audit, keys
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import NotAllowed, UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.diary.dto import NewTask
from app.services.diary.keeping import add_task, checked_text
from app.services.ledger import numbering
from app.services.reception_payments.visits.incidents import queries
from app.services.reception_payments.visits.incidents.dto import IncidentRead, NewIncident

COUNTER: Final = "visit_incident"
_MOST, _MOST_REFERENCE = 8_000, 40


@requires(Permission.LOG_VISITS)
def report(ctx: Context, new: NewIncident) -> int:
    """Record something that happened at a desk: sealed, and a task of the team leader's. Returns its id.

    Raises:
        UserError: nothing says what happened, it is too long, holds a card number, is still to come, or the key isn't at this
            desk.
    """
    words = new.words.strip()
    if not words or len(words) > _MOST:
        raise UserError(f"Say what happened, in at most {_MOST:,} characters.", field="words")
    refuse_card_number(ctx, words, "report", "words")
    if new.happened_at > ctx.clock.now():
        raise UserError("That time is still to come.", field="happened_on")
    row = VisitIncident(
        number=numbering.take(ctx, COUNTER),
        kind=new.kind,
        happened_at=new.happened_at,
        visit_id=new.visit_id,
        desk_id=new.desk_id,
        sealed=b"",
        police_reference=checked_text(ctx, new.police_reference, "reference", "police_reference", _MOST_REFERENCE),
        reported_by=ctx.officer.id,
        reported_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    row.sealed = keys.current(ctx).seal(words.encode(), _about(row.id))
    title = f"Look at incident {row.number}"
    details = "Somebody reported what happened at a desk. Read it on the tab Reception, Incidents, and speak to them."
    task = NewTask(title, ctx.clock.today(), details, kind=COUNTER, officer_id=_leader(ctx))
    add_task(ctx, task)
    ctx.session.flush()
    return row.id


@requires(Permission.LOG_VISITS)
def read(ctx: Context, incident_id: int) -> IncidentRead:
    """An incident with what was written of it; that it was read is kept, unless whoever reported it reads it.

    Raises:
        NotAllowed: the officer neither reported it nor may open restricted records, or the key isn't at this desk.
    """
    row = record(ctx, VisitIncident, incident_id, "incident")
    own = row.reported_by == ctx.officer.id
    if not own and Permission.VIEW_RESTRICTED not in ctx.officer.permissions:
        raise NotAllowed("What was written of an incident is not yours to read.", "The team leader may.")
    words = keys.unseal(ctx.session, row.sealed, _about(row.id)).decode()
    if not own:
        audit.record(ctx, COUNTER, str(row.id), "reveal", number=row.number)
    return IncidentRead(queries.row_of(ctx, incident_id), words)


def _about(incident_id: int) -> str:
    return f"{COUNTER}:{incident_id}"


def _leader(ctx: Context) -> int | None:
    """The leader of the officer's team; None where it has none, or they lead it: then whoever has time takes the task."""
    team_id = ctx.session.get_one(Officer, ctx.officer.id).team_id
    leader_id = ctx.session.get_one(Team, team_id).leader_id if team_id is not None else None
    return None if leader_id == ctx.officer.id else leader_id
