"""Everything that hangs on people, plugged in: named in the slot `hanging` of `app/registered.py`."""

from __future__ import annotations

from app.services.tenancies.life_events import on_diary, on_money, on_people, on_post, on_tenancies


def register() -> None:
    """Plug in tenancies, payment, arrangements, letters, tasks, evidence and authority."""
    for module in (on_diary, on_post, on_people, on_tenancies, on_money):
        module.register()
