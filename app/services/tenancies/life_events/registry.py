"""What may hang on a person, each kind found and dealt with by whoever keeps it.

A module that finds something plugs a `Hanging` in by its function `register`, and is named in the slot `hanging` of
`app/registered.py`. Things are found, shown and dealt with in the order of `place`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from app.services.core import plugs
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Outcome

SLOT: Final = "hanging"


def _nothing_more(_ctx: Context, _new: NoteLifeEvent, _hangs: Hangs, _choice: Choice) -> Iterable[Effect]:
    return ()


@dataclass(frozen=True, slots=True)
class Hanging:
    """A kind of thing that hangs on people.

    Attributes:
        key: its word in the checklist, such as `tenancy`.
        place: where it comes among the others: letters that wait are stopped (10) and claims end (25) before tenancies change (30),
            and new letters are drafted after them (60).
        find: what there is of it, for somebody to whom this happened; in a fixed number of statements.
        apply: does what was chosen, in the transaction of the event. `LATER` isn't handed to it: that is always a task.
        tell: what more to say of a choice before it is made, such as the sums of an ending; changes nothing.
    """

    key: str
    place: int
    find: Callable[[Context, Happened], Iterable[Hangs]]
    apply: Callable[[Context, NoteLifeEvent, Hangs, Choice], Outcome]
    tell: Callable[[Context, NoteLifeEvent, Hangs, Choice], Iterable[Effect]] = _nothing_more


_KNOWN: dict[str, Hanging] = {}


def register(kind: Hanging) -> None:
    """Plug a kind in; the same key again takes its place."""
    _KNOWN[kind.key] = kind


def known() -> tuple[Hanging, ...]:
    """Every kind, in order."""
    plugs.fill(SLOT)
    return tuple(sorted(_KNOWN.values(), key=lambda kind: (kind.place, kind.key)))


def find(ctx: Context, happened: Happened) -> tuple[Hangs, ...]:
    """All that hangs on somebody, in the order in which it is dealt with."""
    return tuple(each for kind in known() for each in kind.find(ctx, happened))


def of(source: str) -> Hanging:
    """The kind of this key.

    Raises:
        UserError: nobody knows it.
    """
    known()
    found = _KNOWN.get(source)
    if found is None:
        raise UserError(f"Nothing here knows what to do with '{source}'.", "Open the form again.")
    return found
