"""Starts the packaged program, as it would be handed out, on a temporary database with an empty home: `python3 build/dev.py smoke`.

The command line makes the small demonstration landlord, proves its ledger and makes a run of statements in processes of its
own; the window does what app/smoke.py says. It fails where a step fails, and at any line that isn't expected, in what is said
or in the log; and where a library lies in it that About Rentbook doesn't list with its licence.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import listed
import packing

from app import __version__
from app.views.admin.sections import SECTIONS
from app.views.shell.areas import AREAS

PATIENCE = 600
_SYSTEMS = ("PATH", "SYSTEMROOT", "TEMP", "TMP")
"""What a program needs of its surroundings; of ours it gets nothing else."""
_IN_ALEMBIC_ONLY = ("alembic.op", "alembic.context")
"""Modules that are there while a migration runs."""


@dataclass(frozen=True, slots=True)
class Step:
    """One start of the program.

    Attributes:
        program: which executable.
        arguments: what is asked of it.
        said: what each line on standard output must be, whole, as patterns; None for an answer in JSON.
        told: the same for standard error.
    """

    program: str
    arguments: tuple[str, ...]
    said: tuple[str, ...] | None
    told: tuple[str, ...] = ()


def steps(folder: Path) -> tuple[Step, ...]:
    """What is done, in turn, in a folder."""
    database = ("--db", str(folder / "demo.db"))
    quarter = ("--from", "2026-07-01", "--to", "2026-09-30", "--out", str(folder / "statements"))
    landlord = (
        r"300 homes .*",
        r"Rent years: .*",
        r"Charged this year .*",
        r"Of the homes let, .*",
        r"An officer of .*",
    )
    return (
        Step(packing.COMMAND, ("--version",), (rf"Rentbook, version {re.escape(__version__)}",)),
        Step(packing.COMMAND, ("demo", "--small", *database), landlord, ("Making a landlord",)),
        Step(packing.COMMAND, ("check", *database), ("The ledger is whole.",), ("Checking",)),
        Step(packing.COMMAND, ("statements", *quarter, "--json", *database), None, ("Making statements",)),
        Step(packing.WINDOW, ("--smoke", str(folder)), window_lines()),
    )


def others() -> list[str]:
    """The modules that others made and any of ours imports, wherever it does."""
    return [name for name in packing.hidden() if not packing.within(name, (*packing.NOT_PACKED, *_IN_ALEMBIC_ONLY))]


def window_lines() -> tuple[str, ...]:
    """What the window says of each step of app/smoke.py."""
    return (
        rf"Rentbook {re.escape(__version__)}",
        f"{len(others())} modules read",
        r"\d+ components listed",
        r"Upgraded from 0012 to \d{4}",
        "The demonstration landlord is open",
        *(f"Tab {re.escape(area.title)}" for area in AREAS),
        *(f"Admin {section.key}" for section in SECTIONS),
        r"A statement printed: \d+ page",
        "Closed",
    )


def main(program: Path) -> int:
    """Take every step; 1 at the first that isn't as expected."""
    if not program.is_dir():
        print(f"There is no packaged program at {program}: python3 build/dev.py package makes it.", file=sys.stderr)
        return 2
    begun = time.monotonic()
    if faults := listed.unlisted(program):
        print("\n".join(faults), file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="rentbook-smoke-") as place:
        folder, home = Path(place, "work"), Path(place, "home")
        for each in (folder, home):
            each.mkdir()
        (folder / "modules.txt").write_text("\n".join(others()), "utf-8")
        for step in steps(folder):
            if faults := take(program, step, home):
                print("\n".join((f"{step.program} {' '.join(step.arguments)}", *faults)), file=sys.stderr)
                return 1
            print(f"{time.monotonic() - begun:6.1f} s  {step.program} {step.arguments[0]}", file=sys.stderr)
        if faults := left(folder):
            print("\n".join(faults), file=sys.stderr)
            return 1
    print("The packaged program works.", file=sys.stderr)
    return 0


def take(program: Path, step: Step, home: Path) -> list[str]:
    """Take one step; what was wrong with it."""
    own = {name: os.environ[name] for name in _SYSTEMS if name in os.environ}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(home))
    started = subprocess.run(
        [program / step.program, *step.arguments],
        cwd=home,
        env=own | homes | {"LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    said, told = started.stdout.decode("utf-8", "replace"), started.stderr.decode("utf-8", "replace")
    faults = [] if started.returncode == 0 else [f"It ended with {started.returncode}."]
    if step.said is None:
        faults += unread(said)
    else:
        faults += unexpected("standard output", said, step.said)
    faults += unexpected("standard error", told, step.told)
    for log in home.rglob("*.log"):
        faults += unexpected(f"the log {log.name}", log.read_text("utf-8"), ())
    return faults


def unexpected(where: str, text: str, expected: tuple[str, ...]) -> list[str]:
    """The lines that are not as expected, and what was expected and never came."""
    lines = [line for line in text.splitlines() if line.strip()]
    faults = [
        f"Unexpected on {where}: {line}"
        for at, line in enumerate(lines)
        if at >= len(expected) or not re.fullmatch(expected[at], line.rstrip())
    ]
    return faults + [f"Missing on {where}: {each}" for each in expected[len(lines) :]]


def unread(text: str) -> list[str]:
    """Whether an answer is in JSON."""
    try:
        json.loads(text)
    except ValueError as error:
        return [f"The answer is not JSON ({error}): {text[:500]}"]
    return []


def left(folder: Path) -> list[str]:
    """What should lie in the folder at the end and doesn't."""
    wanted = {
        "the statement": "statement.pdf",
        "the printed statement": "printed.pdf",
        "the statements of a run": "statements/*.pdf",
    }
    found = {
        what: [file for file in folder.glob(name) if file.read_bytes().startswith(b"%PDF-")]
        for what, name in wanted.items()
    }
    return [f"There is no PDF of {what}." for what, files in found.items() if not files]


if __name__ == "__main__":
    sys.exit(main(packing.DIST))
