"""A tenancy that passes to whoever holds it too, when one of them dies: the change of tenants by survivorship."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.diary.keeping import written
from app.services.tenancies import keeping
from app.services.tenancies.changes import keeping as changes
from app.services.tenancies.changes.dto import ToSole
from app.services.tenancies.life_events.dto import Hangs, NoteLifeEvent, Outcome

_TOLD: Final = frozenset({"Account", "Garages"})
"""What of the change is told beside it: the rest stands in the list itself."""


def pass_on(ctx: Context, new: NoteLifeEvent, tenancy_id: int) -> Outcome:
    """The tenancy goes on in the names of the others from the day after the death, and its succession is used.

    Raises:
        UserError: nobody else holds it, or the day can't be.
    """
    change = _change(ctx, new, tenancy_id)
    saved = changes.make(ctx, change)
    return Outcome(f"Goes on without them from {written(change.on)}", account_ids=saved.changes.account_ids)


def tell(ctx: Context, new: NoteLifeEvent, hangs: Hangs, tenancy_id: int) -> Iterator[Effect]:
    """The name of the account from then on, and what it makes of garages."""
    for each in changes.preview(ctx, _change(ctx, new, tenancy_id)):
        if each.group in _TOLD:
            yield replace(each, group=hangs.what)


def _change(ctx: Context, new: NoteLifeEvent, tenancy_id: int) -> ToSole:
    """The change of tenants, from the day after the death, or from today where it is that day."""
    happened = new.happened
    on = min(happened.on + timedelta(days=1), ctx.clock.today())
    return ToSole(tenancy_id, keeping.tenancy(ctx, tenancy_id).version, on, happened.person_id, letter=False)
