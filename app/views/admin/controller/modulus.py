"""The weight tables of the modulus check: listed, and the current ones loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from app.services.bacs import commands, queries
from app.services.bacs.dto import NewTable, TableInfo, TableInForce
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.views.admin.modulus import ModulusSection, TablesSheet
from app.views.common.dialogs import ask_open_many
from app.views.common.files import read_file
from app.views.common.office import Office

_KINDS = "Tables of the modulus check (*.txt);;All files (*)"


class ModulusController(QObject):
    """Joins the section to the services."""

    def __init__(self, office: Office) -> None:
        self.page = ModulusSection(may_change=Permission.EDIT_POLICY in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.load_wanted.connect(self._choose)

    def load(self, chosen: Sequence[str]) -> None:
        """Ask from when the files that were chosen count, and load them, all or none."""
        paths = [Path(each) for each in chosen]

        def read() -> list[NewTable]:
            return [NewTable(read_file(path), path.name) for path in paths]

        self._office.elsewhere(self, read, then=self._ask)

    def _refresh(self) -> None:
        self._office.ask(self, _listed, then=lambda found: self.page.show_tables(*found))

    def _choose(self) -> None:
        ask_open_many(self.page, "Choose valacdos.txt and scsubtab.txt", _KINDS).filesSelected.connect(self.load)

    def _ask(self, files: list[NewTable]) -> None:
        sheet = TablesSheet(self.page, [each.name for each in files], self._office.desk.clock.today)

        def load(values: dict[str, Any]) -> None:
            def done(loaded: tuple[TableInfo, ...]) -> None:
                sheet.close()
                lines = " and ".join(f"{each.rows:,} lines of {each.kind.value}" for each in loaded)
                self._office.messages.good(f"Loaded: {lines}.")
                self._refresh()

            named = [NewTable(each.content, values["name"].strip() or each.name) for each in files]
            self._office.do(
                self, commands.load_tables, named, values["valid_from"], then=done, refused=sheet.show_error
            )

        sheet.filled.connect(load)
        sheet.open()


def _listed(ctx: Context) -> tuple[tuple[TableInfo, ...], TableInForce | None]:
    return queries.tables(ctx), queries.table_in_force(ctx)
