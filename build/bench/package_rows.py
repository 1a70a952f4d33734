"""The row about the packaged program: its start beside that of the same program from source."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from measuring import Figure, Row, in_turn, say, seconds
from window_rows import ready, surroundings

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = _ROOT / "dist" / "Rentbook" / "rentbook-window"


def package(folder: Path) -> Figure:
    """From the start of the process until 60,000 accounts are listed and a letter typed is there."""
    packaged, source = [str(_PROGRAM)], [sys.executable, "-m", "app"]
    if not any(_PROGRAM.parent.glob(f"{_PROGRAM.name}*")):
        say("    making the packaged program (once; a minute) ...")
        subprocess.run([sys.executable, _ROOT / "build" / "package.py"], cwd=_ROOT, check=True)
    ready(folder)
    for command in (packaged, source):
        _start(command, folder)
    return in_turn(
        lambda _: seconds(lambda: _start(packaged, folder)), lambda _: seconds(lambda: _start(source, folder))
    )


def _start(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        [*command, "--ready", str(folder / "start.db")],
        cwd=_ROOT,
        env=surroundings(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or "Ready" not in done.stdout:
        raise AssertionError(f"{command[0]} failed: {done.stderr[-2000:]}")


ROWS = (
    Row("package", "start of the packaged program to a usable window, beside the same from source", "s", 1.3, package),
)
