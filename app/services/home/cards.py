"""The cards of the home page. An area plugs in a card of its own; `app/registered.py` names the modules that do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.services.core import plugs
from app.services.core.context import Context
from app.services.home.dto import CardLine


@dataclass(frozen=True, slots=True)
class Card:
    """One card.

    Attributes:
        key: its name.
        title: what stands above its lines.
        areas: the areas whose changes concern it.
        lines: what it says; no lines hide the card, unless `empty` says something instead.
        empty: what stands there when nothing is wanted; hidden where this is empty too.
    """

    key: str
    title: str
    areas: frozenset[str]
    lines: Callable[[Context], tuple[CardLine, ...]]
    empty: str = ""


_CARDS: dict[str, Card] = {}


def register(card: Card) -> None:
    """Plug a card in; it stands after those that are there."""
    _CARDS[card.key] = card


def cards() -> tuple[Card, ...]:
    """Every card, in the order in which they were plugged in."""
    plugs.fill("day")
    return tuple(_CARDS.values())
