"""The office's recurring tasks and its officers' leave, and making the tasks that are wanted today."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from app.models.diary import Absence, TaskTemplate
from app.models.officers import Officer
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, require, requires
from app.services.diary import keeping, making
from app.services.diary.dto import TasksMade
from app.services.diary.proofs import proofs
from app.services.diary.rules import Template, refuse_rhythm
from app.services.diary.templates import shipped

_AREAS = frozenset({"diary", "admin"})
LONGEST_LEAVE = timedelta(days=366)


@requires(Permission.KEEP_TASKS)
def make_due(ctx: Context) -> TasksMade:
    """Make the recurring tasks that are wanted today and aren't there yet; nothing is ever made twice."""
    return making.make_due(ctx)


@requires(Permission.MANAGE_TASK_TEMPLATES)
def save_template(ctx: Context, wanted: Template) -> Changes:
    """Keep a recurring task as the office wants it, over the shipped one of its key; tasks already made stay as they are.

    Raises:
        UserError: it has no title or key, its rhythm is impossible, somebody else changed it meanwhile, or both an
            officer and a team own it.
    """
    title = keeping.checked_text(ctx, wanted.title, "title", "title", keeping.LONGEST_TITLE)
    if not title or not wanted.key:
        raise UserError("The recurring task needs a title.", field="title")
    if wrong := refuse_rhythm(wanted.rhythm):
        raise UserError(wrong, field="day")
    if not 0 <= wanted.lead_days <= 60:
        raise UserError("It appears from 0 to 60 working days before it is due.", field="lead_days")
    if wanted.owner_id is not None and wanted.owner_team_id is not None:
        raise UserError("It belongs to one officer or one team, not both.", field="owner")
    if wanted.proof and wanted.proof not in {proof.key for proof in proofs()}:
        raise UserError(f"There is no proof '{wanted.proof}'.", field="proof")
    row = ctx.session.get(TaskTemplate, wanted.key)
    if row is None:
        row = TaskTemplate(key=wanted.key)
        ctx.session.add(row)
    elif row.version != wanted.version:
        raise UserError("Somebody else changed this recurring task meanwhile; nothing was saved.", "Look at it again.")
    row.title = title
    row.details = keeping.checked_text(ctx, wanted.details, "task", "details", keeping.LONGEST_NOTE)
    row.every, row.day, row.month = wanted.rhythm.every.value, wanted.rhythm.day, wanted.rhythm.month
    row.if_closed, row.long_years_only = wanted.rhythm.if_closed.value, wanted.rhythm.long_years_only
    row.lead_days, row.catch_up, row.priority = wanted.lead_days, wanted.catch_up, int(wanted.priority)
    row.evidence_wanted = keeping.checked_text(ctx, wanted.evidence_wanted, "evidence", "evidence", 400)
    row.proof, row.active = wanted.proof, wanted.active
    row.owner_id, row.owner_team_id, row.cover_id = wanted.owner_id, wanted.owner_team_id, wanted.cover_id
    ctx.session.flush()
    return Changes(_AREAS)


@requires(Permission.MANAGE_TASK_TEMPLATES)
def reset_template(ctx: Context, key: str) -> Changes:
    """Go back to a recurring task as it is shipped.

    Raises:
        UserError: it is the office's own, so there is nothing to go back to.
    """
    if key not in {each.key for each in shipped()}:
        raise UserError("This recurring task is the office's own.", "Switch it off if it is not wanted any more.")
    row = ctx.session.get(TaskTemplate, key)
    if row is not None:
        ctx.session.delete(row)
        ctx.session.flush()
    return Changes(_AREAS)


@requires(Permission.KEEP_TASKS)
def add_absence(ctx: Context, officer_id: int, from_on: date, to_on: date, cover_id: int | None) -> Changes:
    """Enter days on which an officer is away, both included, and who sees to their tasks meanwhile.

    Everybody enters their own; those of others are entered by whoever keeps the recurring tasks.

    Raises:
        UserError: the days are the wrong way round, overlap others of theirs, or the cover is themselves or has left.
    """
    if officer_id != ctx.officer.id:
        require(ctx, Permission.MANAGE_TASK_TEMPLATES)
    if to_on < from_on:
        raise UserError("The last day is before the first.", "Change one of the two.", "to_on")
    if to_on - from_on > LONGEST_LEAVE:
        raise UserError("That is longer than a year.", "Check the two days.", "to_on")
    if cover_id == officer_id:
        raise UserError("Somebody else covers for an officer who is away.", field="cover")
    if cover_id is not None and ctx.session.scalar(select(Officer.active).where(Officer.id == cover_id)) is not True:
        raise UserError("That officer no longer works here.", "Choose somebody else.", "cover")
    overlapping = (Absence.officer_id == officer_id, Absence.from_on <= to_on, Absence.to_on >= from_on)
    if ctx.session.scalars(select(Absence.id).where(*overlapping).order_by(Absence.id).limit(1)).first() is not None:
        raise UserError("Those days overlap others that are entered already.", "Take the others away first.", "from_on")
    ctx.session.add(Absence(officer_id=officer_id, from_on=from_on, to_on=to_on, cover_id=cover_id))
    ctx.session.flush()
    return Changes(_AREAS)


@requires(Permission.KEEP_TASKS)
def remove_absence(ctx: Context, absence_id: int) -> Changes:
    """Take days of leave away again; the audit keeps that they were there."""
    row = ctx.session.get(Absence, absence_id)
    if row is not None:
        if row.officer_id != ctx.officer.id:
            require(ctx, Permission.MANAGE_TASK_TEMPLATES)
        ctx.session.delete(row)
        ctx.session.flush()
    return Changes(_AREAS)
