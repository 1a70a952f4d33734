"""Nothing is given to an officer who has left."""

from __future__ import annotations

from app.models.officers import Officer
from app.services.core.context import Context
from app.services.core.errors import UserError


def refuse_left(ctx: Context, officer_id: int | None) -> None:
    """Refuse an officer who doesn't work here any more; none is nobody.

    Raises:
        UserError: there is no such officer, or they have left.
    """
    officer = ctx.session.get(Officer, officer_id) if officer_id is not None else None
    if officer_id is not None and (officer is None or not officer.active):
        raise UserError("That officer has left.", "Choose somebody else.", "holder")
