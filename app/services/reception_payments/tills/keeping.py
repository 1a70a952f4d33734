"""Keeping the tills of the desks. None is deleted: what isn't used any more goes out of use."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.tills import Till, TillSession
from app.models.values import TillState
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.core.versions import refuse_old
from app.services.reception_payments.tills.dto import AREAS, TillForm

_NAME, _MOST_PENCE = 40, 100_000_00


@requires(Permission.KEEP_RECEPTION)
def keep_till(ctx: Context, asked: TillForm) -> Changes:
    """Keep a till, or make a new one at a desk. From the first till on a desk takes cash and cheques only while one is open.

    Raises:
        UserError: it has no name, its desk has another of that name or takes neither cash nor cheques, its float can't be
            right, or it goes out of use or to another desk while it is open.
        ChangedMeanwhile: somebody else saved it in between.
    """
    desk = record(ctx, PaymentDesk, asked.desk_id, "desk")
    if not (desk.takes_cash or desk.takes_cheques):
        raise UserError(f"{desk.name} takes neither cash nor cheques.", "It needs no till.", "desk_id")
    row = record(ctx, Till, asked.till_id, "till") if asked.till_id else Till(desk_id=desk.id)
    if asked.till_id:
        refuse_old(row.version, asked.version)
        _refuse_open(ctx, row, asked)
    row.desk_id, row.active = desk.id, asked.active
    row.name = _name(ctx, asked, desk)
    row.float_pence = _float(asked)
    ctx.session.add(row)
    ctx.session.flush()
    return Changes(AREAS)


def _name(ctx: Context, asked: TillForm, desk: PaymentDesk) -> str:
    name = " ".join(asked.name.split())
    if not name or len(name) > _NAME:
        raise UserError(f"Give the till a name of at most {_NAME} characters.", field="name")
    refuse_card_number(ctx, name, "name", "name")
    same = select(Till.name).where(
        Till.desk_id == desk.id, func.lower(Till.name) == name.lower(), Till.id != asked.till_id
    )
    if (other := ctx.session.scalar(same)) is not None:
        raise UserError(f"{desk.name} has a till called {other}.", "Give another name.", "name")
    return name


def _float(asked: TillForm) -> int:
    if asked.float_ is None or not 0 <= asked.float_.pence <= _MOST_PENCE:
        raise UserError("Give the float that it begins with.", "Where it has none, give 0.", "float_")
    return asked.float_.pence


def _refuse_open(ctx: Context, row: Till, asked: TillForm) -> None:
    moves = asked.desk_id != row.desk_id
    if asked.active and not moves:
        return
    sessions = select(TillSession.state).where(TillSession.till_id == row.id)
    if TillState.OPEN in set(ctx.session.scalars(sessions)):
        raise UserError(f"{row.name} is open.", "Cash it up first.", "desk_id" if moves else "active")
    if moves and ctx.session.scalars(sessions).first() is not None:
        raise UserError(f"{row.name} was used at its desk already.", "Make a new till at the other desk.", "desk_id")
