"""The doctor: how the program, this computer and the office's set-up are, and the bundle for whoever helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QSplitter, QWidget

from app.services.diagnostics.dto import Finding, Health, Report
from app.views.admin.listed import ListSection, note_label
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.flow import FlowLayout
from app.views.common.parts import action_button, restyle
from app.views.common.theme import scaled

_WORDS: Final = {Health.OK: "In order", Health.WARNING: "Look at it", Health.FAULT: "Fault"}
_TONES: Final = {Health.OK: "good", Health.WARNING: "warning", Health.FAULT: "bad"}
_TOLD: Final = {
    Health.OK: "Everything is in order.",
    Health.WARNING: "Nothing is broken, but something should be looked at.",
    Health.FAULT: "Something is broken.",
}

FINDINGS: tuple[Column[Finding], ...] = (
    Column("about", "What", lambda row: row.about, 190, floor=140),
    Column("health", "State", lambda row: _WORDS[row.health], 100, tone=lambda row: _TONES[row.health], firm=True),
    Column("words", "How it is", lambda row: row.words, 420, floor=200),
)


def as_text(report: Report) -> str:
    """The report as it is copied."""
    lines = [f"{_WORDS[each.health]}: {each.about}. {each.words} {each.next}".rstrip() for each in report.findings]
    return "\n".join([f"Rentbook's doctor, {formats.moment(report.at)}", *lines])


class DoctorSection(ListSection[Finding]):
    """What was looked at.

    Signals:
        look_wanted(bool): look again; with True prove the whole ledger too.
        copy_wanted: put the report on the clipboard.
        bundle_wanted: make the support bundle.
    """

    look_wanted = Signal(bool)
    copy_wanted = Signal()
    bundle_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            "Doctor",
            FINDINGS,
            noun="line",
            key=lambda row: row.about,
            stretch="words",
            empty="Looking.",
            areas=frozenset({"admin"}),
            permission=None,
            may_change=True,
        )
        self.help_topic = "admin"
        self.first_action("Ctrl+N", "Look again", "stethoscope", lambda: self.look_wanted.emit(False))
        whole = self.add_key("Ctrl+Shift+L", "Prove the whole ledger", lambda: self.look_wanted.emit(True))
        copy = self.add_key("Ctrl+Shift+C", "Copy", self.copy_wanted.emit)
        bundle = self.add_key("Ctrl+Shift+B", "Support bundle ...", self.bundle_wanted.emit)
        self._note = note_label("")
        self.above.addWidget(self._note)
        buttons = (
            action_button(whole, icon="link-variant"),
            action_button(copy, icon="content-copy"),
            action_button(bundle, icon="folder-zip-outline"),
        )
        beside = FlowLayout()
        for each in buttons:
            beside.addWidget(each)
        self.above.addLayout(beside)
        self.show_row(None)

    def show_report(self, report: Report) -> None:
        """Show what was found, the worst first."""
        order = list(Health)
        self._note.setText(f"{_TOLD[report.health]} Looked at {formats.moment(report.at)}.")
        restyle(self._note, tone="" if report.health is Health.OK else _TONES[report.health])
        self.show_rows(sorted(report.findings, key=lambda each: -order.index(each.health)))

    def show_row(self, chosen: Finding | None) -> None:
        """How it is, and what to do."""
        if chosen is None:
            return
        self.title.setText(chosen.about)
        self.mark(_WORDS[chosen.health], _TONES[chosen.health])
        self.tell("How it is", chosen.words)
        self.tell("What to do", chosen.next)


class BundleSheet(Sheet):
    """What the support bundle holds, before it is saved."""

    def __init__(self, parent: QWidget, files: Mapping[str, str]) -> None:
        note = "This is all that it holds: no name, address, reference or amount. It is saved as a file; Rentbook sends it nowhere."
        super().__init__(parent, "Support bundle", primary="Save ...", note=note)
        self.files = dict(files)
        self._names = QListWidget()
        self._names.setAccessibleName("Files in the bundle")
        self._names.addItems(sorted(self.files))
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("What the file holds")
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        both = QSplitter()
        both.addWidget(self._names)
        both.addWidget(self._text)
        both.setSizes([scaled(200), scaled(480)])
        self.body.addWidget(both, 1)
        self._names.currentTextChanged.connect(lambda name: self._text.setPlainText(self.files.get(name, "")))
        self._names.setCurrentRow(0)
        self._names.setFocus()
        self.resize(scaled(760), scaled(520))
