"""The card on which a run of statements is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit

from app.services.core.calendars import RentYear, rent_year
from app.services.rent.listed_dto import Choices
from app.services.statements.dto import RunRequest, Variant, Which
from app.views.common.flow import FlowLayout
from app.views.common.forms import Form, choice_field, date_field, date_of
from app.views.common.parts import SideCard, button, label, row

_WEEKS = 13
YearOf = Callable[[date], RentYear]
_WHICH: list[tuple[str, object]] = [("All accounts", Which.ALL), ("Accounts in arrears", Which.ARREARS)]
_FORMS: list[tuple[str, object]] = [
    ("As each person needs", None),
    ("Standard for everybody", Variant.STANDARD),
    ("Large print for everybody", Variant.LARGE_PRINT),
    ("Text only for everybody", Variant.TEXT),
]


class RequestCard(SideCard):
    """What the run covers.

    Signals:
        folder_wanted: choose the folder for the files.
        changed: the officer changed something; a rehearsal is out of date.
    """

    folder_wanted = Signal()
    changed = Signal()

    def __init__(self, today: date, year_of: YearOf = rent_year) -> None:
        super().__init__(340, spacing=10)
        spans = quarters(today, year_of)
        self.quarter = choice_field([*((words, span) for words, span in spans), ("Other dates", None)])
        self.from_on = date_field(spans[0][1][0])
        self.to_on = date_field(spans[0][1][1])
        self.group = choice_field([("All rent groups", "")])
        self.area = choice_field([("All areas", "")])
        self.which = choice_field(_WHICH)
        self.variant = choice_field(_FORMS)
        self.folder = QLineEdit()
        self.folder.setPlaceholderText("Only kept in Rentbook")
        self.folder.setReadOnly(True)
        self.choose = button("C&hoose a folder", icon="folder-outline")
        self.each = QCheckBox("A file for &each account too")
        self.again = QCheckBox("Make them aga&in, as a new run")
        self._arrange()
        self.choose.clicked.connect(self.folder_wanted)
        self.quarter.setCurrentIndex(next((at for at, (_, span) in enumerate(spans) if span[1] < today), 0))
        self.quarter.currentIndexChanged.connect(self._turn)
        for box in (self.group, self.area, self.which, self.variant):
            box.currentIndexChanged.connect(self.changed)
        for dates in (self.from_on, self.to_on):
            dates.dateChanged.connect(self.changed)
        self._turn()

    def _arrange(self) -> None:
        form = Form()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(6)
        for name, title, field in (
            ("quarter", "&Quarter", self.quarter),
            ("from_on", "&From", self.from_on),
            ("to_on", "&To", self.to_on),
            ("rent_groups", "Rent &group", self.group),
            ("areas", "&Area", self.area),
            ("accounts", "A&ccounts", self.which),
            ("variant", "For&mat", self.variant),
            ("out_dir", "F&older for the files", self.folder),
        ):
            form.add(name, title, field)
        self.form = form
        self.head = FlowLayout(apart=True)
        self.head.addWidget(label("What the run covers", "heading"))
        self.column.addLayout(self.head)
        self.column.addLayout(form)
        self.column.addLayout(row(self.choose, None))
        self.column.addWidget(self.each)
        self.column.addWidget(self.again)
        self.column.addStretch(1)

    def show_choices(self, choices: Choices) -> None:
        """Offer the landlord's rent groups and areas, keeping what was chosen."""
        for box, every, offered in (
            (self.group, "All rent groups", choices.rent_groups),
            (self.area, "All areas", tuple((area, area) for area in choices.areas)),
        ):
            box.offer([(every, ""), *((words, code) for code, words in offered)])

    def set_folder(self, folder: str) -> None:
        """The files go here."""
        self.folder.setText(folder)

    def request(self) -> RunRequest:
        """What is asked for."""
        variant = self.variant.value()
        folder = self.folder.text()
        return RunRequest(
            from_on=date_of(self.from_on),
            to_on=date_of(self.to_on),
            rent_groups=_one(self.group.value()),
            areas=_one(self.area.value()),
            accounts=Which(self.which.value()),
            variant=Variant(variant) if variant else None,
            out_dir=Path(folder) if folder else None,
            file_each=self.each.isChecked(),
            again=self.again.isChecked(),
        )

    def _turn(self) -> None:
        span = self.quarter.value()
        for field, at in ((self.from_on, 0), (self.to_on, 1)):
            field.setEnabled(span is None)
            if span is not None:
                field.setDate(field.date().fromString(span[at].isoformat(), "yyyy-MM-dd"))


def quarters(today: date, year_of: YearOf = rent_year) -> list[tuple[str, tuple[date, date]]]:
    """The quarters of the rent year that have begun, and those of the year before, the latest first.

    A quarter is 13 weeks; the last takes the 53rd week of a year that has one.
    """
    year = year_of(today)
    before = year_of(year.first_week_on - timedelta(days=1))
    found: list[tuple[str, tuple[date, date]]] = []
    for each in (year, before):
        for number in (4, 3, 2, 1):
            first, last = _quarter(each, number)
            if first <= today:
                found.append((f"Quarter {number} of {each.name}", (first, last)))
    return found


def _quarter(year: RentYear, number: int) -> tuple[date, date]:
    first = year.first_week_on + timedelta(weeks=_WEEKS * (number - 1))
    last = year.ends_on if number == 4 else first + timedelta(weeks=_WEEKS, days=-1)
    return first, last


def _one(value: object) -> frozenset[str]:
    return frozenset({str(value)}) if value else frozenset()
