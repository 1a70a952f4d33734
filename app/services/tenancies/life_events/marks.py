"""That something happened to a tenant, at the head of their accounts for as long as a step of it waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.rent.dto import Mark
from app.services.rent.marks import register as plug_in
from app.services.tenancies.life_events import rules
from app.services.tenancies.life_events.checklists import waiting_on


def register() -> None:
    """Plug the mark in."""
    plug_in("life_event", _marks)


def _marks(ctx: Context, account_id: int, _today: date) -> Iterator[Mark]:
    for row in waiting_on(ctx, account_id):
        waits = "1 step waits" if row.open_steps == 1 else f"{row.open_steps} steps wait"
        why = f"On {written(row.happened_on)}; {waits}: see Life events"
        yield Mark(f"{rules.WORDS[row.kind]}: {waits}", "warning", why)
