"""A batch: keyed with what it comes to beside it, submitted with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.models.values import Subject
from app.services.adjustments.batches import commands, queries
from app.services.adjustments.batches.dto import BatchForm, Checked, NewBatch
from app.services.adjustments.dto import Saved
from app.views.adjustments.batch import BatchSheet, KeyedSheet
from app.views.adjustments.controller.register_work import RegisterWork
from app.views.common.evidence import read_evidence
from app.views.common.fields_pickers import Picked
from app.views.common.pause import Pause

_PAUSE_MS = 250
_NO_KINDS = "No kind of adjustment that a batch can hold is in use: they are kept under Kinds."


class BatchController(RegisterWork):
    """A new batch, keyed row by row."""

    asks = staticmethod(queries.form)
    saves = staticmethod(commands.submit)
    _found: Checked | None = None

    def make(self, form: BatchForm) -> BatchSheet | str:
        """The sheet, where there are kinds for it."""
        return self.made(form) if form.kinds else _NO_KINDS

    def made(self, form: BatchForm) -> BatchSheet:
        """The sheet that this work is done in."""
        return KeyedSheet(self.page, form, self._find)

    def opened(self) -> None:
        """It is looked through a moment after each change."""
        super().opened()
        self._pause = Pause(self, self._look, _PAUSE_MS)
        self.sheet.typed_changed.connect(self._pause.start)
        self._look()

    def save(self, command: NewBatch) -> None:
        """Submit it with its evidence: all of it, or nothing."""
        read_evidence(
            self,
            self.sheet.files(),
            lambda files: self.do(
                commands.submit, command, files, self._found, label="Submitting the batch", cancellable=True
            ),
        )

    def record_of(self, saved: Saved) -> tuple[Subject, int]:
        """The batch."""
        return Subject.ADJUSTMENT, saved.adjustment_id

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        """Look for accounts; in a cell of the grid the reference stands first."""

        def turned(found: Sequence[Picked]) -> None:
            then([Picked(each.id, each.detail.removeprefix("Account "), each.words) for each in found])

        self.find_accounts(text, turned)

    def _look(self) -> None:
        self.ask(queries.checked, self.sheet.command(), then=self._show)

    def _show(self, found: Checked) -> None:
        """What was looked through isn't looked through again when it is submitted."""
        self._found = found
        self.sheet.show_checked(found)
