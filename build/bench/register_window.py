"""The tab Post over half a million items, in a process of its own: `python register_window.py NAME FOLDER`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from event_loop import settle, until, watched
from windows import _program


def stall(folder: Path) -> dict[str, float]:
    """The longest that the event loop stood still over half a million items: every view, filtered, sorted, jumped through."""
    from app.services.post_log.register.dto import EVERYTHING, RegisterFilter, RegisterSort, View, Way

    app, program = _program()
    program.begin(str(folder / "register.db"))
    until(app, lambda: program.office is not None)
    page = program.controllers["post_log"].page
    listed = page.list

    def shown() -> bool:
        at = listed.table.rowAt(0)
        return not program.tasks.busy and (listed.model.rowCount() == 0 or listed.model.row_at(max(at, 0)) is not None)

    def ask(wanted: Any) -> None:
        listed.bar.ask(wanted)
        until(app, shown)

    program.window.go_to(page)
    until(app, shown)
    settle(app, 0.5)
    with watched(app) as gaps:
        for wanted in (
            EVERYTHING,
            *(RegisterFilter(view=view) for view in View),
            RegisterFilter(text="person 99"),
            RegisterFilter(ways=frozenset({Way.IN}), channels=frozenset({"email"}), days=91),
            EVERYTHING,
        ):
            ask(wanted)
        for sort in (RegisterSort.DUE, RegisterSort.WHO):
            listed.table.sort_wanted.emit(sort, False)
            until(app, shown)
        listed.table.scrollToBottom()
        until(app, shown)
    program.tasks.drain()
    program.close_database()
    return {"ms": max(gaps) * 1000}


if __name__ == "__main__":
    print(json.dumps(stall(Path(sys.argv[2]))), flush=True)
    os._exit(0)
