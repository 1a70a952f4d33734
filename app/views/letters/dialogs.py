"""The sheets of the Letters page: printing together, a reason for cancelling, post that came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.services.letters.dto import OutgoingRow, PrintRun, Returned
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.documents_view import DocumentView
from app.views.common.fields import LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.parts import action_button, label, row
from app.views.common.theme import scaled

REASONS = "Such as 'gone away', 'not known here', 'insufficient address'."


class PrintSheet(Sheet):
    """Letters together, in the order of the round.

    Signals:
        run_wanted(two_sided): put them together anew.
        save_wanted: the pages are wanted as a file.
    """

    run_wanted = Signal(bool)
    save_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            "Print letters",
            primary="Print and mark as printed",
            note="In the order of the round: by postcode, street and number.",
        )
        self.run: PrintRun | None = None
        self.two_sided = TickField("&Two-sided: each letter begins on a sheet of its own")
        self._said = label("Putting the letters together …", "muted", wrap=True)
        self.view = DocumentView()
        self.view.setMinimumSize(scaled(420), scaled(160))
        self._save = QAction("&Save PDF", self)
        self._save.setShortcut(QKeySequence("Ctrl+S"))
        self._save.triggered.connect(self.save_wanted)
        self.addAction(self._save)
        self.left_buttons.addWidget(action_button(self._save, icon="content-save-outline"))
        self.body.addLayout(row(self._said, None, self.two_sided))
        self.body.addWidget(self.view, 1)
        self.two_sided.changed.connect(lambda: self.run_wanted.emit(bool(self.two_sided.value())))
        self.resize(scaled(860), scaled(760))
        self.set_busy(busy=True)

    def show_run(self, run: PrintRun) -> None:
        """Show the pages."""
        self.run = run
        letters = formats.count(len(run.outgoing_ids), "letter")
        text = formats.count(len(run.as_text), "letter")
        left = f" {text} in plain text: save each as a file instead." if run.as_text else ""
        self._said.setText(f"{letters}, {formats.count(run.sheets, 'page')} to print.{left}")
        if run.pdf:
            self.view.show_document("As they will be printed", run.pdf)
        self.set_busy(busy=not run.pdf)

    def set_busy(self, busy: bool) -> None:
        """Nothing to print or save until the pages are there."""
        super().set_busy(busy)
        self._save.setEnabled(not busy)


class CancelSheet(Sheet):
    """Why letters are cancelled."""

    def __init__(self, parent: QWidget, count: int) -> None:
        super().__init__(
            parent,
            f"Cancel {formats.count(count, 'letter')}?",
            primary="Cancel them" if count > 1 else "Cancel the letter",
            close="Keep",
            note="It stays in the register, as cancelled.",
        )
        self.reason = LineField(400)
        self.form().add("reason", "&Why", self.reason, "May be left empty.")


class ReturnedSheet(Sheet):
    """Post that came back."""

    def __init__(self, parent: QWidget, shown: OutgoingRow, today: Callable[[], date]) -> None:
        super().__init__(
            parent,
            "The letter came back",
            primary="Note its return",
            note=(
                f"{shown.title} to {shown.addressee}. The account is marked, no more letters go to this address, and "
                "whoever wrote the letter gets a task to find the right one."
            ),
        )
        self._on = DateField(today, required=True)
        self._on.set_value(today())
        self.reason = LineField(200)
        form = self.form()
        form.add("reason", "&Why", self.reason, REASONS)
        form.add("returned_on", "&Came back on", self._on)

    def back(self) -> Returned | None:
        """What is noted; None, and the field told, while the date can't be read."""
        value = self._on.value()
        form = self._form
        if form is not None and not form.check():
            return None
        return Returned(value, str(self.reason.value()))
