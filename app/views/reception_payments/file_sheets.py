"""The sheets of files of receipts: loading one, deciding about a line, taking one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QLabel, QWidget

from app.models.values import Money
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.imports.dto import Mistake
from app.services.reception_payments.files.dto import (
    Decide,
    Doubt,
    FileRow,
    LineRow,
    LoadForm,
    NewLoad,
    Preview,
    TakeBack,
    Twin,
)
from app.services.reception_payments.files.dto_read import Control, FileRead, Typed
from app.services.reception_payments.files.layouts import CHANNELS, Field
from app.views.common import formats
from app.views.common.columns import ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField
from app.views.common.fields_count import CountField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.parts import Card, label, row
from app.views.common.theme import scaled
from app.views.reception_payments.file_tables import FAULTS, PREVIEW

_ROWS: Final = 7
_WHY, _WIDE = 200, 760
_POST, _SAME = "post", "same"


class LoadSheet(WorkSheet):
    """A file that is looked through before it is loaded. Nothing of it is kept in a draft."""

    keeps_itself = True

    def __init__(self, parent: QWidget, path: Path, found: LoadForm, today: Callable[[], date]) -> None:
        note = "Say by which profile it is read, and what whoever sent it says that it comes to."
        super().__init__(parent, f"Load {path.name}", save="Load it", note=note, width=1180)
        self.path = path
        self.file: FileRead | None = None
        self._preview: Preview | None = None
        self._profiles = {each.key: each for each in found.profiles}
        self.fields = fields = self.form()
        choices = [(f"{each.name} ({CHANNELS[each.layout.channel]})", each.key) for each in found.profiles]
        fields.add("profile", "&Profile", ChoiceField([("Choose", ""), *choices]))
        fields.fill({"profile": found.proposed})
        fields.add("paid_on", "Pai&d on", DateField(today), "The file has no day of payment")
        fields.add_beside(
            ("declared_count", "Pa&yments", CountField("payments")),
            ("declared_total", "&in all", MoneyField(credits_too=True)),
        )
        self.faults = ListModel(FAULTS)
        self.lines = ListModel(PREVIEW)
        self._wrong = _table("To put right", self.faults, "message", "Nothing is to be put right.")
        self._shown = _table("The first lines, those that need a look before the others", self.lines, "given", "")
        self._titles = [label("To put right", "strong"), label("The first lines", "strong")]
        for words, table in zip(self._titles, (self._wrong, self._shown), strict=True):
            self.add_below(words)
            self.add_below(table, 1)
        self._whole = whole_fault(self._wrong)
        self.add_below(self._whole)
        self._show_tables(wrong=False)
        fields.changed.connect(self._fit)
        fields.changed.connect(self.wait)
        self._fit()

    @property
    def profile(self) -> str:
        """The profile that is chosen, by its key."""
        return str(self.fields.values()["profile"] or "")

    def asked(self) -> Typed:
        """What is said of the file."""
        values = self.fields.values()
        total: Money | None = values["declared_total"]
        paid_on: date | None = values["paid_on"] if self._is_dayless() else None
        return Typed(paid_on, Control(values["declared_count"], total))

    def ready_to_look(self) -> bool:
        """Whether enough is said to read the file."""
        return bool(self.profile) and (not self._is_dayless() or self.asked().paid_on is not None)

    def command(self) -> NewLoad | None:
        """What is asked for; None while the file is looked through, or can't be loaded."""
        file, preview = self.file, self._preview
        if file is None or preview is None:
            return None
        if preview.faults:
            raise UserError("Put right what is wrong first: nothing is loaded until then.")
        return NewLoad(file)

    def wait(self) -> None:
        """The file is looked through: what was found before counts no more."""
        self.file = self._preview = None
        self.effects.say("Looking through the file.")

    def show_refused(self, error: UserError) -> None:
        """The file can't be read."""
        self.faults.show_rows(())
        self.lines.show_rows(())
        self.effects.say(str(error), wrong=True)

    def show_preview(self, file: FileRead, found: Preview) -> None:
        """Show what loading it does."""
        self.file, self._preview = file, found
        self.faults.show_rows(found.faults)
        self.lines.show_rows(found.lines)
        self._show_tables(wrong=bool(found.faults))
        if found.faults:
            self._wrong.go_to(0)
        verb = "is" if found.count == 1 else "are"
        told = [Effect("Payments", f"{formats.count(found.count, 'payment')} of {found.total} {verb} read.")]
        told += [Effect("Payments", f"{each.what}: {each.count:,} of {each.amount}") for each in found.parts]
        told += [Effect("Codes", f"{each.what}: {each.count:,} of {each.amount}") for each in found.codes]
        told += [Effect("Look at this", note, warns=True) for note in found.notes]
        if found.faults:
            many = formats.count(len(found.faults), "thing")
            told = [Effect("The file", f"{many} to put right: nothing is loaded while there is one.", warns=True)]
        if found.cards:
            told = [Effect("Card number", _quarantine(found.cards), warns=True)]
        self.effects.show_effects(told)

    def _show_tables(self, *, wrong: bool) -> None:
        """What is to be put right, or else the lines."""
        for at, table in enumerate((self._wrong, self._shown)):
            for each in (self._titles[at], table):
                each.setVisible(wrong is (at == 0))
        self._whole.setVisible(wrong)

    def _is_dayless(self) -> bool:
        chosen = self._profiles.get(self.profile)
        return chosen is not None and chosen.layout.column(Field.DATE) is None

    def _fit(self) -> None:
        self.fields.setRowVisible(self.fields.labels["paid_on"], self._is_dayless())


class DecideSheet(Sheet):
    """A line beside what it looks like, or several lines: are they other payments, or the same?"""

    def __init__(self, parent: QWidget, lines: Sequence[LineRow], found: Doubt | None) -> None:
        one = len(lines) == 1
        total = sum((line.amount for line in lines), Money(0))
        note = (
            f"{lines[0].why} Look at both, and ask whoever sent the file if you can't tell."
            if one
            else f"{formats.count(len(lines), 'line')} of {total} look like payments that are there. Look at some of them by themselves first."
        )
        title = "Is this payment there already?" if one else "Are these payments there already?"
        super().__init__(parent, title, primary="Save", note=note)
        self._lines = tuple(lines)
        if found is not None:
            there = _said(found.twin) if found.twin is not None else "It isn't there any more."
            halves = row(_beside("This line", _said(_as_twin(found))), _beside("What is there", there), spacing=12)
            halves.setStretch(0, 1)
            halves.setStretch(1, 1)
            self.body.addLayout(halves)
        self.fields = fields = self.form()
        same = "The same payment: leave this line out" if one else "The same payments: leave these lines out"
        other = "Another payment: post this line too" if one else "Other payments: post these lines too"
        fields.add(
            "which", "It &is" if one else "They &are", ChoiceField([("Choose", ""), (same, _SAME), (other, _POST)])
        )
        fields.add("why", "&Why", AreaField(_WHY, height=60), "Needed where something is left out")
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> Decide:
        """What is decided.

        Raises:
            UserError: nothing is chosen.
        """
        values = self.fields.values()
        if not values["which"]:
            raise UserError("Say whether it is the same payment or another one.", field="which")
        lines = tuple((line.line_id, line.version) for line in self._lines)
        return Decide(lines, values["which"] == _POST, str(values["why"] or ""))


class BackSheet(Sheet):
    """A file is taken back whole, or one in quarantine is done with."""

    def __init__(self, parent: QWidget, file: FileRow, version: int, *, reject: bool) -> None:
        back = (
            f"{formats.count(file.count, 'line')} of {file.total}: every journal of the file is reversed, today. It can be loaded "
            "again afterwards."
        )
        done = (
            "It was loaded without the card number, or goes back to whoever sent it. Nothing of its content was kept."
        )
        title = f"Reject file {file.number}" if reject else f"Take file {file.number} back"
        super().__init__(
            parent, title, primary="Reject it" if reject else "Take it back", note=done if reject else back
        )
        self._file, self._version = file, version
        self.fields = self.form()
        self.fields.add("why", "&Why", AreaField(_WHY, height=60))
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> TakeBack:
        """What is asked for."""
        return TakeBack(self._file.file_id, self._version, str(self.fields.values()["why"] or ""))


def whole_fault(table: DataTable) -> QLabel:
    """The fault that is chosen with what to do about it, whole: neither has room in a line of the table."""
    shown = label("", wrap=True, tone="warning")
    shown.setMinimumHeight(2 * shown.fontMetrics().lineSpacing())

    def say(fault: Mistake | None) -> None:
        shown.setText(" ".join(each for each in (fault.message, fault.hint) if each) if fault is not None else "")

    table.chosen.connect(say)
    return shown


def _table(title: str, model: ListModel, stretch: str, empty: str) -> DataTable:  # type: ignore[type-arg]
    made = DataTable(title, model, stretch=stretch, empty=empty)
    made.setMinimumHeight(row_height() * _ROWS)
    return made


def _as_twin(found: Doubt) -> Twin:
    """A line as what it looks like is shown."""
    line = found.line
    return Twin(
        f"Receipt file {found.file_number} ({found.file_name}), line {line.place}",
        line.account,
        line.paid_on,
        line.code,
        line.amount,
        line.given,
        " \N{MIDDLE DOT} ".join(each for each in (line.payer, line.narrative) if each),
        None,
        "",
        None,
    )


def _beside(title: str, words: str) -> Card:
    made = Card(spacing=6)
    made.column.addWidget(label(title, "strong"))
    made.column.addWidget(label(words, wrap=True, selectable=True))
    made.column.addStretch(1)
    return made


def _quarantine(lines: Sequence[int]) -> str:
    places = ", ".join(f"{each:,}" for each in lines[:10])
    return (
        f"What looks like a card number is in line {places}. The file would wait in quarantine, and nothing of it would be kept: "
        "take the number out, and load it again."
    )


def _said(found: Twin) -> str:
    parts = [
        found.where,
        f"{found.amount} for {found.account or 'nobody known'}, paid {formats.day(found.paid_on)}, code {found.code}",
        f"Reference given: {found.given}" if found.given else "",
        found.narrative,
        f"Journal {found.journal}" if found.journal else "",
        f"{formats.moment(found.at)} by {found.by}" if found.by else "",
    ]
    return "\n".join(part for part in parts if part)
