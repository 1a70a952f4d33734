"""Rows about the window, each in processes of its own: start, memory, a million rows, switching tabs."""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import dataset
import items
from measuring import ROUNDS, Figure, Row, in_turn, say, seconds
from million import MANY

from app.services.core.sign_in import system_user

_SCRIPT = Path(__file__).with_name("windows.py")
_REGISTER = _SCRIPT.with_name("register_window.py")
_ROOT = _SCRIPT.parents[2]


def start(folder: Path) -> Figure:
    """From the start of the process until 60,000 accounts are listed and a letter typed is there."""
    ready(folder)
    _run("leave", folder)
    _run("bare_start", folder)
    return in_turn(
        lambda _: seconds(lambda: _run("start", folder)), lambda _: seconds(lambda: _run("bare_start", folder))
    )


def tabs(folder: Path) -> Figure:
    """Between pages whose data is loaded."""
    ready(folder)
    return _median("tabs", folder, "ms")


def memory(folder: Path) -> Figure:
    """The window with a table of a million rows, less the window."""
    _million(folder)
    return _median("memory", folder, "mb")


def stall(folder: Path) -> Figure:
    """The longest that the GUI thread stands still while a million rows are opened, sorted and jumped through."""
    _million(folder)
    return _median("stall", folder, "ms")


def register(folder: Path) -> Figure:
    """The longest that the GUI thread stands still while 500,000 items of post are opened, filtered and sorted."""
    items.make(folder / "register.db")
    return _median("stall", folder, "ms", _REGISTER)


def ready(folder: Path) -> None:
    """The landlord of 60,000 accounts, at which whoever runs this is an officer."""
    path = dataset.copy_of(dataset.landlord(), folder / "start.db")
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("UPDATE officer SET username = ? WHERE username = ?", (system_user()[0], dataset.OFFICER))
        plain.commit()


def _million(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "million.db")) as plain:
        plain.execute("CREATE TABLE million (id INTEGER PRIMARY KEY, name TEXT NOT NULL, balance INTEGER NOT NULL)")
        plain.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO million"
            " SELECT i, 'Sample Person ' || (i * 7919 % 1000003), (i * 104729 % 200001) - 50000 FROM n",
            (MANY,),
        )
        plain.execute("CREATE INDEX by_name ON million (name, id)")
        plain.execute("CREATE INDEX by_balance ON million (balance, id)")
        plain.commit()


def _median(name: str, folder: Path, key: str, script: Path = _SCRIPT) -> Figure:
    found = []
    for number in range(ROUNDS):
        found.append(_run(name, folder, script)[key])
        say(f"    round {number + 1}: {found[-1]:.1f}")
    return Figure(statistics.median(found))


def surroundings(folder: Path) -> dict[str, str]:
    """What a process that is measured is told: settings of its own, and no screen.

    Everything is compiled once, by the first that reads it, as in a program that is installed, whatever this desk's
    Python is told of compiled files.
    """
    homes = {variable: str(folder / "home") for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    return os.environ | homes | compiled | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(_ROOT)}


def _run(name: str, folder: Path, script: Path = _SCRIPT) -> dict[str, Any]:
    """Run one of a script, `windows.py` unless another is named."""
    done = subprocess.run(
        [sys.executable, str(script), name, str(folder)],
        cwd=_ROOT,
        env=surroundings(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{name} failed: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


ROWS = (
    Row("start", "Accounts shows rows and takes typing, beside a bare window with one query", "s", 2.0, start),
    Row("memory", "a table of a million rows, above the empty window", "MB", 150, memory),
    Row("table", "a million rows opened, sorted, jumped through: the worst stall of the window", "ms", 50, stall),
    Row(
        "register", "500,000 items of post opened, filtered, sorted: the worst stall of the window", "ms", 50, register
    ),
    Row("tabs", "switching tabs with data loaded, p95", "ms", 100, tabs),
)
