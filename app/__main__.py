"""`python -m app`: open the window; or drive it offscreen and leave pictures."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

_COLLECTIONS = (50_000, 20, 50)
"""How often memory is searched for what is in nobody's use: a start makes a great many objects and drops few of them."""
_SWITCH_SECONDS = 0.0002
"""How long a worker may keep the interpreter from the thread that paints, which asks for it some hundred times a table."""

_BEFORE_QT = ("app.services.core.sign_in", "app.services.rent.queries")
"""What every start needs that knows nothing of Qt: once Qt is there, it reads the source of every module imported after it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code."""
    parser = argparse.ArgumentParser(prog="python -m app", description="Rentbook's window.")
    parser.add_argument("--db", metavar="PLACE", help="the database to open: a path or an address")
    parser.add_argument(
        "--tour", metavar="FOLDER", type=Path, help="drive the main job offscreen and leave what it made"
    )
    parser.add_argument("--shots", metavar="FOLDER", type=Path, help="leave a picture of every page and dialog")
    parser.add_argument("--smoke", metavar="FOLDER", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--ready", metavar="PLACE", help=argparse.SUPPRESS)
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help="with --shots: only scenes whose names begin so")
    chosen = parser.parse_args(arguments)
    if chosen.tour:
        from app import tour

        return tour.run(chosen.tour)
    if chosen.smoke:
        from app import smoke

        return smoke.run(chosen.smoke)
    if chosen.shots:
        from app import shots

        return shots.run(chosen.shots, chosen.scenes)
    if not _has_screen():
        sys.stderr.write("There is no screen to open a window on. rentbook --help names what needs none.\n")
        return 1
    prepare()
    if chosen.ready:
        from app import smoke

        return smoke.ready(chosen.ready)
    from app import bootstrap

    return bootstrap.run(chosen.db)


def prepare() -> None:
    """Set the interpreter for a window, before anything large is imported; `Rentbook` lets memory be searched again."""
    gc.set_threshold(*_COLLECTIONS)
    gc.disable()
    sys.setswitchinterval(_SWITCH_SECONDS)
    for module in _BEFORE_QT:
        importlib.import_module(module)


def _has_screen() -> bool:
    """Qt ends the program without a word where there is none."""
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return named or not sys.platform.startswith("linux")


if __name__ == "__main__":
    sys.exit(main())
