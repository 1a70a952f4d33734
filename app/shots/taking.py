"""Taking the pictures."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import shots
from app.offscreen import SIZE, driven, picture
from app.services.core.errors import UserError
from app.services.servers.dto import ServerAddress
from app.shots.stage import Scene, Stage
from app.views.common.theme import Scheme
from app.views.welcome.dialogs import ServerSheet

MODULES = tuple(
    sorted(each.name for each in pkgutil.iter_modules(shots.__path__) if each.name not in {"stage", "taking"})
)
"""The modules of scenes: each has SCENES."""

LOOKS = tuple((scheme, size) for size in (100, 150) for scheme in (Scheme.LIGHT, Scheme.DARK))
"""Every look that is pictured."""


def scenes(module: str) -> tuple[Scene, ...]:
    """The scenes of an area."""
    found: tuple[Scene, ...] = importlib.import_module(f"app.shots.{module}").SCENES
    return found


def run(folder: Path, names: Sequence[str] = ()) -> int:
    """Leave the pictures in a folder; the exit code. `names`: only scenes whose names begin so."""
    beginnings = tuple(names) or ("",)
    chosen = [scene for module in MODULES for scene in scenes(module) if scene.name.startswith(beginnings)]
    with driven() as (program, theme):
        stage = Stage(program, theme)
        for scheme, size in LOOKS:
            theme.choose(scheme, size)
            for scene in chosen:
                stage.strike()
                take(stage, scene, folder / f"{scene.name}-{scheme.value}-{size}.png")
        stage.strike()
        if "welcome".startswith(beginnings) or any(name.startswith("welcome") for name in names):
            _welcome(stage, folder)
    return 0


def take(stage: Stage, scene: Scene, path: Path) -> None:
    """Leave the picture of a scene at a path."""
    program = stage.program
    program.window.resize(SIZE)
    shown = scene.show(stage)
    stage.settle()
    picture(shown, path)
    sys.stderr.write(f"{path}\n")


def _welcome(stage: Stage, folder: Path) -> None:
    """The page without a database, last of all: it leaves the one that is open."""
    stage.program.show_welcome()
    for scheme, size in LOOKS:
        stage.theme.choose(scheme, size)
        for scene in (
            Scene("welcome", lambda at: at.window),
            Scene("welcome-server", _server),
            Scene("welcome-server-login", _server_that_refuses),
        ):
            stage.strike()
            take(stage, scene, folder / f"{scene.name}-{scheme.value}-{size}.png")


def _server(stage: Stage) -> QWidget:
    """The sheet for a shared server."""
    assert stage.program.welcome is not None
    stage.program.welcome.page.shared_wanted.emit()
    return stage.sheet(ServerSheet)


def _server_that_refuses(stage: Stage) -> QWidget:
    """The same with a login that the server doesn't take."""
    sheet = _server(stage)
    assert isinstance(sheet, ServerSheet)
    sheet.fill(ServerAddress("sql01.council.local", "Rentbook", 1440, by_windows=False, login="rents"))
    hint = "Check the name and the password, with Caps Lock off. The administrator may not have made the login yet."
    sheet.show_error(UserError("sql01.council.local refuses the login 'rents'.", hint, "login"))
    return sheet
