"""How a week's debit comes from the one before. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.models.values import DebitMove
from app.services.tenancies.debit_control.dto import Move, Place, Position

Positions = Mapping[Place, Position]
_NOTHING = Position()


@dataclass(frozen=True, slots=True)
class Sums:
    """A rent group's figures in pence a charge week: opening + new lets + endings + changes + voids = closing."""

    opening: int = 0
    new_lets: int = 0
    endings: int = 0
    changes: int = 0
    voids: int = 0
    closing: int = 0
    let: int = 0
    void: int = 0


def moves(opening: Positions, closing: Positions) -> tuple[Move, ...]:
    """Everything that changed between two positions, by place: lets, endings, changes of charges, voids.

    A home that is let to one tenancy and then to another ended and was let anew; one that falls empty ended, and its void
    begins. A property that moves to another rent group leaves the one and comes to the other.
    """
    found: list[Move] = []
    for place in sorted(opening.keys() | closing.keys(), key=_order):
        was, now = opening.get(place, _NOTHING), closing.get(place, _NOTHING)
        if was.let is None and now.let is not None:
            found.append(Move(place, DebitMove.NEW_LET, 0, now.let))
        elif was.let is not None and now.let is None:
            found.append(Move(place, DebitMove.ENDING, was.let, 0))
        elif was.let != now.let:
            found.append(Move(place, DebitMove.CHANGE, was.let or 0, now.let or 0))
        if was.void != now.void:
            found.append(Move(place, DebitMove.VOID, was.void or 0, now.void or 0))
    return tuple(found)


def sums(opening: Positions, closing: Positions, moved: Iterable[Move]) -> dict[int, Sums]:
    """The figures of each rent group."""
    found: dict[int, dict[str, int]] = {}

    def add(rent_group_id: int, name: str, pence: int) -> None:
        of_group = found.setdefault(rent_group_id, {})
        of_group[name] = of_group.get(name, 0) + pence

    for name, positions in (("opening", opening), ("closing", closing)):
        for place, position in positions.items():
            add(place.rent_group_id, name, (position.let or 0) + (position.void or 0))
    for move in moved:
        add(move.place.rent_group_id, _COLUMNS[move.move], move.pence)
    for name in ("let", "void"):
        homes = {
            (each.rent_group_id, each.property_id) for each, at in closing.items() if getattr(at, name) is not None
        }
        for rent_group_id, _ in homes:
            add(rent_group_id, name, 1)
    return {rent_group_id: Sums(**of_group) for rent_group_id, of_group in found.items()}


_COLUMNS = {
    DebitMove.NEW_LET: "new_lets",
    DebitMove.ENDING: "endings",
    DebitMove.CHANGE: "changes",
    DebitMove.VOID: "voids",
}


def _order(place: Place) -> tuple[int, int, int]:
    return place.rent_group_id, place.property_id, place.tenancy_id
