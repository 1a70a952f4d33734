"""What this program is, its version, and what it is made of with the licence of each part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

import app
from app.services.core import components
from app.services.core.components import Component
from app.services.core.progress import CancelToken, Progress
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.parts import label, row
from app.views.common.tasks import Tasks
from app.views.common.theme import scaled

_COLUMNS: tuple[Column[Component], ...] = (
    Column("name", "Part", lambda part: part.name, 165),
    Column("version", "Version", lambda part: part.version, 105),
    Column("licence", "Licence", lambda part: part.licence, 120),
)
_SHORT_LINE = 54
"""A line of so many characters may end where it does on purpose, as a heading or an address."""
_NO_TEXT = "Its makers ask for no text to be handed on."
_BETWEEN = "\n\n" + "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * 30 + "\n\n"


class AboutSheet(Sheet):
    """The version of Rentbook, and the licences of what it is made of.

    Args:
        tasks: what is read from some ninety packages is read there.
    """

    def __init__(self, parent: QWidget, tasks: Tasks) -> None:
        super().__init__(
            parent,
            "About Rentbook",
            close="Close",
            note=f"Rentbook {app.__version__}, the desktop workbench of a council's housing rents team.",
        )
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._model = ListModel(_COLUMNS, self, in_turn=True)
        self.parts = DataTable("Licences", self._model, stretch="licence", empty="Reading the licences")
        self.parts.chosen.connect(self._show)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("The licence of the chosen part")
        self.text.setTabChangesFocus(True)
        self.body.addWidget(
            label("Rentbook is made of these parts, each under the licence of whoever made it:", wrap=True)
        )
        sides = row(self.parts, self.text, spacing=16)
        sides.setStretch(0, 4)
        sides.setStretch(1, 5)
        self.body.addLayout(sides)
        self.resize(scaled(1020), scaled(620))
        self.begin_at(self.parts)
        tasks.run_task(_read, parent=self).succeeded.connect(self.show_parts)

    def show_parts(self, parts: Sequence[Component]) -> None:
        """List the parts, and show the licence of the first."""
        self._model.show_rows(parts)
        if parts:
            self.parts.go_to(0)

    def _show(self, part: Component | None) -> None:
        self.text.setPlainText(_in_words(part) if part else "")


def _in_words(part: Component) -> str:
    """A part as it is shown: what it is, where it comes from, and what its licence says."""
    head = "\n".join(line for line in (f"{part.name} {part.version}", part.licence, part.home) if line)
    return _BETWEEN.join((head, *map(_flowing, part.texts or (_NO_TEXT,))))


def _flowing(text: str) -> str:
    """A text whose lines were broken at a fixed width, with paragraphs that fill the width there is."""
    shown: list[str] = []
    goes_on = False
    for line in text.splitlines():
        if goes_on and line[:1].isalnum():
            shown[-1] += f" {line.strip()}"
        else:
            shown.append(line.rstrip())
        goes_on = len(line.rstrip()) > _SHORT_LINE
    return "\n".join(shown)


def _read(_progress: Progress, _cancel: CancelToken) -> Sequence[Component]:
    return components.components()
