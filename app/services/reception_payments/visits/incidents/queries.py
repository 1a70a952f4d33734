"""Incidents as lists show them: an officer's own, and everybody's for whoever may open restricted records."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from app.models.officers import Officer
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.visits import Visit, VisitIncident
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.reception_payments.visits.incidents.dto import IncidentRow

_MOST = 500


def listed(ctx: Context) -> tuple[IncidentRow, ...]:
    """The incidents, the newest first."""
    if Permission.VIEW_RESTRICTED in ctx.officer.permissions:
        return _rows(ctx)
    return _rows(ctx, VisitIncident.reported_by == ctx.officer.id)


def row_of(ctx: Context, incident_id: int) -> IncidentRow:
    """One incident."""
    return _rows(ctx, VisitIncident.id == incident_id)[0]


def _rows(ctx: Context, *where: ColumnElement[bool]) -> tuple[IncidentRow, ...]:
    rows = (
        select(VisitIncident, PaymentDesk.name.label("desk"), Visit.number, Officer.name.label("officer"))
        .join(Officer, Officer.id == VisitIncident.reported_by)
        .outerjoin(PaymentDesk, PaymentDesk.id == VisitIncident.desk_id)
        .outerjoin(Visit, Visit.id == VisitIncident.visit_id)
        .where(*where)
        .order_by(VisitIncident.happened_at.desc(), VisitIncident.id.desc())
        .limit(_MOST)
    )
    return tuple(
        IncidentRow(
            one.id,
            one.number,
            one.kind,
            one.happened_at,
            desk or "",
            number,
            one.police_reference,
            officer,
            one.reported_at,
        )
        for one, desk, number, officer in ctx.session.execute(rows)
    )
