"""Everything that hangs on people, plugged in: named in the slot `hanging` of `app/registered.py`."""

from __future__ import annotations

from app.services.tenancies.life_events import (
    on_benefits,
    on_cases,
    on_charges,
    on_diary,
    on_holds,
    on_money,
    on_people,
    on_post,
    on_tenancies,
)


def register() -> None:
    """Plug in tenancies, charges, payment, arrangements, claims, cases, holds, letters, tasks, evidence and authority."""
    for module in (on_diary, on_post, on_people, on_tenancies, on_money, on_benefits, on_charges, on_cases, on_holds):
        module.register()
