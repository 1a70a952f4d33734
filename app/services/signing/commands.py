"""Certificates loaded and taken out of use; and the office told before the one in force expires."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.models.diary import Task
from app.models.officers import Officer
from app.models.signing import SigningCertificate
from app.services.core import keys
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.landlord import landlord
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask, TaskAction, TaskState
from app.services.signing import keeping, own, reading
from app.services.signing.dto import WARNED, Loaded, NewOwn, Read

TASK: Final = "signing_expires"
"""The kind of the task to get another certificate."""
_AREAS: Final = frozenset({"admin"})


@requires(Permission.EDIT_POLICY)
def load(ctx: Context, content: bytes, password: str) -> Loaded:
    """Load the certificate that the office signs with from now on; the one before it stays as a record without its key.

    Its private key is kept encrypted with the database's own key; the password is not kept.

    Raises:
        UserError: `reading.read` refuses the file, it is in force already, a blank page can't be signed with it, or this desk
            doesn't hold the database's key.
    """
    return _keep(ctx, reading.read(content, password, ctx.clock.now()))


@requires(Permission.EDIT_POLICY)
def make_own(ctx: Context, new: NewOwn) -> Loaded:
    """Issue a certificate that nobody but the office vouches for, and sign with it from now on, as `load`.

    Its private key is made here and never leaves; whoever checks what is signed with it is handed its public part.

    Raises:
        UserError: it has no name, a name that is too long, or a number of years that can't be.
    """
    signer = " ".join(new.signer.split())
    if not signer or len(signer) > own.LONGEST_NAME:
        raise UserError(f"Give it a name of up to {own.LONGEST_NAME} characters.", "Such as: Housing rents.", "signer")
    if new.years not in own.YEARS:
        raise UserError("It is valid for one to three years.", "Choose how long.", "years")
    refuse_card_number(ctx, signer, "name", "signer")
    now = ctx.clock.now()
    return _keep(ctx, reading.read(own.make(signer, landlord(ctx).name, new.years, now), "", now))


def _keep(ctx: Context, found: Read) -> Loaded:
    before = keeping.in_force(ctx)
    if before is not None and before.certificate_sha256 == found.sha256:
        raise UserError("This certificate is in force already.", "Nothing needs to be done.")
    keeping.prove(ctx, found.packed)
    _end_all(ctx)
    row = SigningCertificate(
        signer=found.signer,
        issuer=found.issuer,
        serial=found.serial,
        certificate_sha256=found.sha256,
        key_type=found.key_type,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        content=found.content,
        loaded_by=ctx.officer.id,
        loaded_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    row.sealed = keys.current(ctx).seal(found.packed, keeping.sealed_for(row.id))
    _finish_tasks(ctx)
    ctx.session.flush()
    told = f"PDFs are signed as {row.signer} until {diary.written(keeping.last_day(row))}."
    return Loaded(row.id, told, Changes(_AREAS | {"diary"}))


@requires(Permission.EDIT_POLICY)
def end(ctx: Context, certificate_id: int) -> Changes:
    """Sign nothing more with a certificate: its private key is forgotten, what was signed with it stays signed.

    Raises:
        UserError: it isn't in force.
    """
    row = keeping.in_force(ctx)
    if row is None or row.id != certificate_id:
        raise UserError("This certificate is out of use already.", "Look at the list again.")
    _end_all(ctx)
    return Changes(_AREAS)


@requires(Permission.KEEP_TASKS)
def warn(ctx: Context) -> Changes:
    """Make one task to get another certificate, 60 days before the one in force expires. Run daily; told once."""
    row = keeping.in_force(ctx)
    today = ctx.clock.today()
    if row is None or keeping.last_day(row) - today >= timedelta(WARNED):
        return Changes(frozenset())
    last = keeping.last_day(row)
    told = select(Task.id).where(Task.kind == TASK, Task.occurrence_on == last)
    if ctx.session.scalars(told).first() is not None:
        return Changes(frozenset())
    here = ctx.session.scalar(select(Officer.active).where(Officer.id == row.loaded_by))
    diary.add_task(
        ctx,
        NewTask(
            f"Get another signing certificate: {row.signer[:100]}",
            max(today, last - timedelta(WARNED // 2)),
            f"The one that payment requests and write-off schedules are signed with expires on {diary.written(last)}. After "
            "that they are signed by hand. Load the new one under Admin, Signing; this task is done by it.",
            kind=TASK,
            officer_id=row.loaded_by if here else None,
            occurrence_on=last,
        ),
    )
    return Changes(frozenset({"diary"}))


def _end_all(ctx: Context) -> None:
    for row in ctx.session.scalars(select(SigningCertificate).where(SigningCertificate.ended_at.is_(None))):
        row.ended_at, row.ended_by, row.sealed = ctx.clock.now(), ctx.officer.id, None
    ctx.session.flush()


def _finish_tasks(ctx: Context) -> None:
    for task in ctx.session.scalars(select(Task).where(Task.kind == TASK, Task.state == TaskState.OPEN.value)):
        diary.end(ctx, task, TaskState.DONE, TaskAction.DONE, "Another certificate was loaded")
