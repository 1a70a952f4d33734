"""The field of the tenants: people who are there are found, others are added; whoever is named first is first on letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.tenancies.starting.dto import NewTenant
from app.views.common import icons
from app.views.common.fields_pickers import Find, Picker
from app.views.common.parts import button, column, label, row


class TenantsField(QWidget):
    """Who will hold a tenancy: found as they are typed, or added with the button; a field whose value is NewTenants.

    Signals:
        changed, left, told: as of every field.
        new_wanted(str): somebody is to be added; what was typed so far.
    """

    changed = Signal()
    left = Signal()
    told = Signal(str)
    new_wanted = Signal(str)

    def __init__(self, find: Find) -> None:
        super().__init__()
        self.picker = Picker(find, "a person", "a name, date of birth or telephone")
        self.picker.setAccessibleName("Tenant")
        self.add_new = button("&New person", icon="account-plus-outline")
        self.add_new.clicked.connect(lambda _on=False: self.new_wanted.emit(self.picker.text().strip()))
        self._named: list[tuple[NewTenant, str, str]] = []
        self._lines = column(None, spacing=2)
        self._shown: list[QWidget] = []
        line = row(self.picker, self.add_new)
        line.setStretch(0, 1)
        column(self, line, self._lines, spacing=4)
        self.setFocusProxy(self.picker)
        self.picker.changed.connect(self._picked)

    def add(self, tenant: NewTenant, words: str, detail: str = "") -> None:
        """Name somebody; a person who is named already isn't named twice."""
        if tenant.person_id is None or tenant.person_id not in self.person_ids():
            self._named.append((tenant, words, detail))
            self._show()
            self.changed.emit()

    def person_ids(self) -> list[int]:
        """The people who are there already."""
        return [tenant.person_id for tenant, *_ in self._named if tenant.person_id is not None]

    # A field of a form

    def value(self) -> Any:
        """Whoever is named, in order."""
        return tuple(tenant for tenant, *_ in self._named)

    def set_value(self, value: Any) -> None:
        """Name these: (tenant, name, what tells them from others)."""
        self._named = list(value or ())
        self._show()
        self.changed.emit()

    def typed(self) -> Any:
        """Whoever is named, for a draft."""
        return [
            {
                **asdict(tenant),
                "date_of_birth": tenant.date_of_birth and tenant.date_of_birth.isoformat(),
                "_": [*words],
            }
            for tenant, *words in self._named
        ]

    def retype(self, typed: Any) -> None:
        """Name them again."""
        self.set_value([_from_draft(each) for each in typed if isinstance(each, Mapping)])

    def problem(self) -> str:
        """Whether a name is typed that nobody was chosen for, or nobody is named."""
        if self.picker.text().strip():
            return "Choose the person from the list, or add them with New person."
        return "" if self._named else "Find the tenant, or add them with New person."

    def _picked(self) -> None:
        found = self.picker.picked
        if found is not None:
            self.picker.set_value(None)
            self.add(NewTenant(person_id=found.id), found.words, found.detail)

    def _show(self) -> None:
        for each in self._shown:
            self._lines.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._shown = [self._line(at) for at in range(len(self._named))]
        for each in self._shown:
            self._lines.addWidget(each)
        self.picker.setPlaceholderText(
            "A name, date of birth or telephone" if not self._named else "A joint tenant, if there is one"
        )

    def _line(self, at: int) -> QWidget:
        tenant, words, detail = self._named[at]
        made = QWidget()
        out = button("Take out", role="link")
        out.setAccessibleName(f"Take {words} out")
        out.clicked.connect(partial(self._take_out, at))
        mark = label()
        icons.dress(mark, "account-plus-outline" if tenant.person_id is None else "account-check-outline", "muted", 16)
        text = column(None, label(words, "strong"), *([label(detail, "muted", wrap=True)] if detail else []), spacing=0)
        line = row(mark, text, out, spacing=6)
        line.setStretch(1, 1)
        made.setLayout(line)
        return made

    def _take_out(self, at: int, _on: bool = False) -> None:
        del self._named[at]
        self._show()
        self.changed.emit()
        self.picker.setFocus()


def _from_draft(kept: Mapping[str, Any]) -> tuple[NewTenant, str, str]:
    words, detail = kept["_"]
    born = kept["date_of_birth"]
    fields = {key: value for key, value in kept.items() if key not in {"_", "date_of_birth"}}
    tenant = NewTenant(**fields)
    return replace(tenant, date_of_birth=date.fromisoformat(born) if born else None), words, detail
