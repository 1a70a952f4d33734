"""The doctor: looks at this computer, and at the database that is open or was named."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL

from app.services.core import database as databases
from app.services.core.clock import Clock, SystemClock
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.diagnostics import machine, office
from app.services.diagnostics.dto import Finding, Health, Report


def examine(
    desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None, *, full: bool = False
) -> Report:
    """Look at everything; `full` proves the whole ledger too, which takes minutes in a large one."""
    cancel = cancel or CancelToken()
    found = desk.watch(lambda ctx: tuple(office.findings(ctx, full=full)), progress, cancel)
    return Report(desk.clock.now(), (*found, *_machine(desk.clock)))


def examine_without(error: UserError, clock: Clock | None = None) -> Report:
    """Look at this computer alone, where the database can't be opened; why it can't is the first thing that is told."""
    at = clock or SystemClock()
    first = Finding("Database", Health.FAULT, error.message, error.hint)
    return Report(at.now(), (first, machine.driver(needed=False), *_machine(at)))


def examine_nothing(place: str | Path | URL | None, clock: Clock | None = None) -> Report | None:
    """Look at this computer alone where no database was made yet; None where there is one."""
    url = place if isinstance(place, URL) else databases.database_url(place)
    if url.get_backend_name() != "sqlite" or Path(url.database or "").exists():
        return None
    at = clock or SystemClock()
    first = Finding("Database", Health.WARNING, "There is no database here yet.", "Make one: rentbook db create.")
    return Report(at.now(), (first, machine.driver(needed=False), *_machine(at)))


def _machine(clock: Clock) -> tuple[Finding, ...]:
    return (
        machine.program(),
        machine.keyring_(),
        machine.fonts(),
        machine.printers(),
        machine.scratch(),
        machine.errors(clock.today()),
    )
