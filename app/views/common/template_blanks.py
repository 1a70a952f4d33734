"""The blanks of a letter's template, asked for under the choice of the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.services.letters.dto import TemplateRow
from app.services.letters.rules import stands_alone
from app.views.common.fields import AreaField, LineField
from app.views.common.forms import Form
from app.views.common.parts import column
from app.views.common.theme import scaled

COMING: Final = "The page is shown here in a moment."
"""What stands where the page will be."""
_TITLES: Final = 112


class TemplateBlanks(QWidget):
    """A field a blank; what was typed in one of the same name is kept when another template is chosen.

    Args:
        height: of a blank that is a paragraph of its own, in pixels at 100 per cent.
        but: a blank that is asked for elsewhere.

    Attributes:
        form: the form of the template that is chosen.
        fields: its fields, by the names of the blanks.

    Signals:
        changed: something else is typed.
    """

    changed = Signal()

    def __init__(self, *, height: int, but: str = "") -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._height = height
        self._but = but
        self._kept: dict[str, str] = {}
        self._asked: tuple[tuple[str, str], ...] = ()
        self.fields: dict[str, LineField | AreaField] = {}
        self._room = QWidget()
        self.form = Form(self._room)
        self._lines = column(self, self._room)

    def ask(self, template: TemplateRow | None) -> None:
        """Ask for the blanks of this template, or of none."""
        self._kept |= self.answers()
        self._lines.removeWidget(self._room)
        self._room.hide()
        self._room.deleteLater()
        self._room = QWidget()
        self._room.setObjectName("canvas")
        self.form = Form(self._room)
        self.fields = {}
        self._asked = tuple(each for each in (template.blanks if template else ()) if each[0] != self._but)
        for name, title in self._asked:
            alone = template is not None and stands_alone(template.wording, name)
            field: LineField | AreaField = AreaField(height=self._height) if alone else LineField()
            field.set_value(self._kept.get(name, ""))
            self.form.add(name, title, field)
            self.fields[name] = field
        self.form.changed.connect(self.changed)
        align(self.form)
        self._lines.addWidget(self._room)
        self.setVisible(bool(self.fields))

    def answers(self) -> dict[str, str]:
        """What is typed for the template that is chosen."""
        return {name: str(field.value()) for name, field in self.fields.items()}

    def typed(self) -> dict[str, str]:
        """What was typed, whichever template it was typed for: another template drops nothing."""
        return self._kept | self.answers()

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put back what was typed."""
        self._kept = {str(name): str(text) for name, text in typed.items()}
        for name, field in self.fields.items():
            field.set_value(self._kept.get(name, ""))

    def missing(self) -> bool:
        """Whether a blank is empty; the first is said beside it."""
        for name, title in self._asked:
            if not self.fields[name].value():
                self.form.show_error(UserError(f"Fill in '{title}'.", field=name))
                return True
        return False


def align(form: Form) -> None:
    """Give the titles of a form the room of the longest usual one, so that two forms under each other stand in line."""
    for title in form.labels.values():
        title.setFixedWidth(scaled(_TITLES))
        title.setWordWrap(True)
