"""A picture of every page, light and dark, at 1440 x 900."""

from __future__ import annotations

import sys
from pathlib import Path

from app.bootstrap import AREAS
from app.offscreen import SIZE, driven, picture, settle
from app.services.rent.dto import Link
from app.views.common.theme import Scheme
from app.views.rent.controller import AccountsController
from app.views.rent.dialogs import StatementSheet


def run(folder: Path) -> int:
    """Leave the pictures in a folder; the exit code."""
    with driven() as (program, theme):
        accounts = program.controllers["rent"]
        assert isinstance(accounts, AccountsController)
        accounts.page.finder.filters["garages"].setChecked(True)
        settle(program)
        home = (
            next((each for each in accounts.header.linked if each.link is Link.HOME), None) if accounts.header else None
        )
        accounts.page.finder.filters["garages"].setChecked(False)
        settle(program)
        if home:
            accounts.open_account(home.account_id)
            settle(program)
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            theme.choose(scheme)
            for name in (area.name for area in AREAS):
                program.window.go_to(program.controllers[name].page)
                settle(program)
                _say(picture(program.window, folder / f"{name}-{scheme.value}.png"))
            program.window.go_to(accounts.page)
            accounts.page.statement_wanted.emit()
            settle(program)
            sheet = accounts.page.findChild(StatementSheet)
            if sheet is not None:
                _say(picture(sheet, folder / f"statement-{scheme.value}.png"))
                sheet.close()
        program.show_welcome()
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            theme.choose(scheme)
            program.window.resize(SIZE)
            settle(program)
            _say(picture(program.window, folder / f"welcome-{scheme.value}.png"))
    return 0


def _say(path: Path) -> None:
    sys.stderr.write(f"{path}\n")
