"""A week's sheet as it was prepared: its lines by rent group and its movements, and whether they still hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, select

from app.models.charges import DebitControlLine, DebitControlMove
from app.services.core.context import Context
from app.services.tenancies.debit_control.dto import COUNTS, SUMS
from app.services.tenancies.debit_control.working import Worked

_LINE: Final = (*(f"{name}_pence" for name in SUMS), *COUNTS)
_MOVE: Final = ("rent_group_id", "property_id", "tenancy_id", "move", "before_pence", "after_pence")


def is_as_kept(ctx: Context, control_id: int, worked: Worked) -> bool:
    """Whether a sheet's lines and movements are still those that were kept when it was prepared."""
    lines = ctx.session.scalars(select(DebitControlLine).where(DebitControlLine.control_id == control_id))
    moves = ctx.session.scalars(select(DebitControlMove).where(DebitControlMove.control_id == control_id))
    kept_lines = {each.rent_group_id: _columns(each, _LINE) for each in lines}
    kept_moves = {each.place: _columns(each, _MOVE) for each in moves}
    now_lines = {each.rent_group_id: _columns(each, _LINE) for each in _line_rows(control_id, worked)}
    now_moves = {each.place: _columns(each, _MOVE) for each in _move_rows(control_id, worked)}
    return (kept_lines, kept_moves) == (now_lines, now_moves)


def keep(ctx: Context, control_id: int, worked: Worked) -> None:
    """Write a sheet's lines and movements, in place of those that were there."""
    for table in (DebitControlLine, DebitControlMove):
        ctx.session.execute(delete(table).where(table.control_id == control_id))
    ctx.session.add_all([*_line_rows(control_id, worked), *_move_rows(control_id, worked)])
    ctx.session.flush()


def _line_rows(control_id: int, worked: Worked) -> list[DebitControlLine]:
    return [
        DebitControlLine(
            control_id=control_id,
            rent_group_id=line.rent_group_id,
            **{f"{name}_pence": getattr(line, name).pence for name in SUMS},
            **{name: getattr(line, name) for name in COUNTS},
        )
        for line in worked.lines
    ]


def _move_rows(control_id: int, worked: Worked) -> list[DebitControlMove]:
    return [
        DebitControlMove(
            control_id=control_id,
            place=place,
            rent_group_id=each.place.rent_group_id,
            property_id=each.place.property_id,
            tenancy_id=each.place.tenancy_id,
            move=each.move,
            before_pence=each.before,
            after_pence=each.after,
        )
        for place, each in enumerate(worked.moves, 1)
    ]


def _columns(row: object, names: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)
