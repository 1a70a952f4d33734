"""Whether a journal may be taken back: one look, that every way of reversing one goes through.

Areas above plug in what they know: which journals they made, and take back themselves, and whose lines they put right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.models.ledger import Journal
from app.services.core import plugs
from app.services.core.context import Context
from app.services.core.errors import UserError

SLOT: Final = "reversals"


@dataclass(frozen=True, slots=True)
class Keeper:
    """What an area knows of a journal, in words such as "refund 12"; empty where it knows nothing.

    Attributes:
        made: what it is of, where the area made it: there it is taken back, with all that hangs on it.
        put_right: what put a line of it right by itself, or is about to.
        page: where that is done.
        lines_move: whether an officer may still put a single line of what was made right, such as a payment on a wrong account.
    """

    made: Callable[[Context, int], str]
    put_right: Callable[[Context, int], str]
    page: str = "Adjustments"
    lines_move: bool = False


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Plug in what an area knows; `app/registered.py` names the modules that do."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def reversible(ctx: Context, number: int, but: Callable[[Context, int], str] | None = None) -> Journal:
    """A journal that may be taken back whole. `but`: as of `put_right_by`.

    Raises:
        UserError: there is none, it was reversed, is itself a reversal, or a line of it was put right by itself.
    """
    standing = ctx.session.get(Journal, number)
    if standing is None:
        raise UserError(f"There is no journal {number}.")
    if standing.reverses is not None:
        raise UserError(f"Journal {number} is itself a reversal; post the lines anew instead.")
    by = ctx.session.scalar(select(Journal.number).where(Journal.reverses == number))
    if by is not None:
        raise UserError(f"Journal {number} is reversed already, by journal {by}.")
    if right := put_right_by(ctx, number, but):
        raise UserError(f"A line of it was put right by {right}.", "Reverse or withdraw that one first.")
    return standing


def made_of(ctx: Context, number: int) -> tuple[str, str]:
    """What a journal is of, as the area that made it has it, and the page where that is taken back; empty where no area did."""
    return _made_of(ctx, number, lambda _keeper: True)


def put_right_by(ctx: Context, number: int, but: Callable[[Context, int], str] | None = None) -> str:
    """What put a line of a journal right by itself, or is about to; empty where nothing did. `but`: the asker's own answer."""
    plugs.fill(SLOT)
    asked = (keeper.put_right for keeper in _keepers if keeper.put_right is not but)
    return next((right for each in asked if (right := each(ctx, number))), "")


def lines_shut(ctx: Context, number: int) -> tuple[str, str]:
    """As `made_of`, where not even a single line of the journal may be put right by itself."""
    return _made_of(ctx, number, lambda keeper: not keeper.lines_move)


def _made_of(ctx: Context, number: int, counts: Callable[[Keeper], bool]) -> tuple[str, str]:
    plugs.fill(SLOT)
    for keeper in filter(counts, _keepers):
        if made := keeper.made(ctx, number):
            return made, keeper.page
    return "", ""


def refuse_made(ctx: Context, number: int) -> None:
    """Refuse to take a journal back by itself whose area does it, so that nothing comes back twice.

    Raises:
        UserError: an area made it.
    """
    made, page = made_of(ctx, number)
    if made:
        raise UserError(f"Journal {number} is {made}.", f"Take that back where it was made, on the page {page}.")
