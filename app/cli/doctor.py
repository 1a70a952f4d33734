"""`rentbook doctor`: whether this computer, the database and the office's set-up are as they should be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click

from app.cli.frame import REFUSED, answer, command, long_work, open_desk, place
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.diagnostics import jobs
from app.services.diagnostics.dto import Health, Report

_MARKS = {Health.OK: "ok     ", Health.WARNING: "WARNING", Health.FAULT: "FAULT  "}


@command()
@click.option("--full", is_flag=True, help="Prove the whole ledger too, as `rentbook check` does.")
def doctor(full: bool) -> int:
    """Look at the program, this computer and the database, and say what is amiss and what to do. A fault is exit 1."""
    with examined(full=full) as (found, _desk):
        pass
    told = [
        {"about": each.about, "health": each.health.value, "words": each.words, "next": each.next}
        for each in found.findings
    ]
    lines = []
    for each in found.findings:
        lines.append(f"{_MARKS[each.health]}  {each.about}: {each.words}")
        lines += [f"         {each.next}"] if each.next else []
    answer({"at": found.at, "health": found.health.value, "findings": told}, lines)
    return REFUSED if found.health is Health.FAULT else 0


@contextmanager
def examined(*, full: bool) -> Iterator[tuple[Report, Desk | None]]:
    """What the doctor finds, and the desk; no desk where there is no database, or none that can be opened."""
    nothing = jobs.examine_nothing(place())
    if nothing is not None:
        yield nothing, None
        return
    with ExitStack() as stack:
        try:
            desk = stack.enter_context(open_desk())
            with long_work("Looking") as (progress, cancel):
                found = jobs.examine(desk, progress, cancel, full=full)
        except UserError as error:
            yield jobs.examine_without(error), None
        else:
            yield found, desk
