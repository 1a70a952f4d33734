"""`rentbook support`: what whoever helps needs to see, without anybody's personal data."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.doctor import examined
from app.cli.frame import FILE, answer, command
from app.services.diagnostics import bundle


@command()
@click.argument("file", type=FILE)
def support(file: Path) -> None:
    """Write the support bundle to FILE, a zip: how things are, the log, versions and counts. Nothing is sent."""
    with examined(full=False) as (report, desk):
        files = bundle.texts(report, desk)
    bundle.write(files, file)
    answer(
        {"file": str(file), "holds": sorted(files)},
        [f"The bundle is in {file}. It holds:", *(f"  {name}" for name in sorted(files))],
    )
