"""`rentbook dd`: Direct Debits, the modulus check, and the files that Bacs takes and sends."""

from __future__ import annotations

from typing import Final

import click

from app.cli.frame import Modules

_MODULES: Final = {
    "mandates": "mandates",
    "modulus": "checking",
    "table": "checking",
    "schedule": "schedules",
    "recalculate": "schedules",
    "lodge": "runs",
    "collect": "runs",
    "post": "runs",
    "read": "returns",
    "parse": "checking",
}


@click.group(cls=Modules, package="app.cli.direct_debits", modules=_MODULES)
def dd() -> None:
    """Direct Debits: account numbers checked, schedules, runs, and what comes back from Bacs."""
