"""The sheet of a person who is to be added, with the people who are alike beside what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.services.people.dto import Match
from app.services.tenancies.starting.dto import NewTenant
from app.services.workbench.rules.typed_dates import Toward
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.forms import Form
from app.views.common.parts import button, column, label, row, scrolled
from app.views.common.pause import Pause
from app.views.common.theme import scaled

_PAUSE_MS = 300
_WIDTH, _SIDES, _HEAD_AND_FOOT = 560, 46, 176
"""Of the sheet, and what stands beside and around what it shows, in pixels at 100 per cent."""
_TITLES = "Mr, Mrs, Ms, Miss, Mx or Dr"


class NewPersonSheet(Sheet):
    """Somebody is added: who is alike is shown before a second record of one person is made.

    Attributes:
        alike: the people who are like what is typed.

    Signals:
        alike_wanted(NewTenant): look for people who are like what is typed.
        chosen(Match): it is somebody who is there already.
        made(NewTenant): it is somebody new.
    """

    alike_wanted = Signal(object)
    chosen = Signal(object)
    made = Signal(object)

    def __init__(self, parent: QWidget, today: Callable[[], date], typed: str = "") -> None:
        super().__init__(parent, "New person", primary="Add", note="The people we have are looked through as you type.")
        self._form = form = Form()
        form.changed.connect(self.typed_changed)
        form.add("title", "&Title", LineField(20, placeholder=_TITLES))
        form.add("first_name", "&First names", LineField(80))
        form.add("last_name", "&Last name", LineField(80))
        form.add("date_of_birth", "&Date of birth", DateField(today, Toward.PAST))
        form.add("mobile", "&Mobile", LineField(30))
        form.add("phone", "Tele&phone", LineField(30))
        form.add("email", "&E-mail", LineField(254))
        form.add("another", "", TickField("This is &somebody else"))
        self.fields = form
        self.alike: tuple[Match, ...] = ()
        self._found = column(None, spacing=6)
        self._shown: list[QWidget] = []
        self._inside = QWidget()
        self._inside.setObjectName("canvas")
        column(self._inside, form, self._found, None, spacing=12)
        self.body.addWidget(scrolled(self._inside), 1)
        first, _, last = typed.rpartition(" ")
        form.fill({"first_name": first, "last_name": last})
        self._pause = Pause(self, lambda: self.alike_wanted.emit(self.tenant()), _PAUSE_MS)
        form.changed.connect(self._pause.start)
        form.setRowVisible(form.rowCount() - 1, False)
        self.confirmed.connect(self._confirm)

    def tenant(self) -> NewTenant:
        """Whoever is typed."""
        return NewTenant(**self.fields.values())

    def show_alike(self, found: Sequence[Match]) -> None:
        """Show who is alike; where somebody very likely is the same person it has to be said that they aren't."""
        self.alike = tuple(found)
        for each in self._shown:
            self._found.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._shown = []
        if found:
            self._put(label("Already there", "heading"))
        for match in found:
            self._put(self._line(match))
        self.fields.setRowVisible(self.fields.rowCount() - 1, self._is_sure())
        QTimer.singleShot(0, self, self._grow)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Be as high as what is shown needs; what the window doesn't hold scrolls."""
        self._grow()
        super().showEvent(event)

    def _grow(self) -> None:
        inside, below = self._inside.layout(), self.parentWidget()
        if inside is None or below is None:
            return
        wide = max(self.width(), scaled(_WIDTH))
        needed = max(inside.totalHeightForWidth(wide - scaled(_SIDES)), inside.totalSizeHint().height())
        self.resize(wide, min(max(self.height(), needed + scaled(_HEAD_AND_FOOT)), below.window().height()))

    def _put(self, shown: QWidget) -> None:
        self._shown.append(shown)
        self._found.addWidget(shown)

    def _line(self, match: Match) -> QWidget:
        made = QWidget()
        born = f"born {formats.day(match.date_of_birth)}" if match.date_of_birth else ""
        facts = ", ".join(part for part in (match.reference, born, match.address) if part)
        words = column(
            None,
            label(match.name, "strong"),
            label(facts, "muted", wrap=True),
            label(match.why[:1].upper() + match.why[1:], wrap=True, tone="warning" if match.sure else ""),
            spacing=0,
        )
        use = button("Use this one")
        use.setAccessibleName(f"Use {match.name}, {match.reference}")
        use.clicked.connect(partial(self._use, match))
        line = row(words, use)
        line.setStretch(0, 1)
        made.setLayout(line)
        return made

    def _use(self, match: Match, _on: bool = False) -> None:
        self.chosen.emit(match)
        self.close()

    def _is_sure(self) -> bool:
        return any(match.sure for match in self.alike)

    def _confirm(self) -> None:
        if not self.fields.check():
            return
        tenant = self.tenant()
        if not tenant.last_name:
            self.messages.warn("The last name is missing: letters need one.")
            self.fields.field("last_name").setFocus()
        elif self._is_sure() and not tenant.another:
            self.messages.warn(
                "Somebody very like them is there already: use that one, or tick that this is somebody else."
            )
        else:
            self.made.emit(tenant)
            self.close()
