"""The sheets that suspend a mandate, let it go on, and cancel it."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import Subject, ToldBy
from app.services.direct_debits.mandates.dto import CancelMandate, MandateDetail, ResumeMandate, SuspendMandate
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.theme import scaled

_WIDE: Final = 580
_REASON: Final = 400
_WHO: Final[list[tuple[str, object]]] = [
    ("The payer told us", ToldBy.PAYER),
    ("We do", ToldBy.OFFICER),
    ("The bank told us, outside a report", ToldBy.BANK),
]


class SuspendSheet(Sheet):
    """Nothing is collected until somebody looks."""

    def __init__(self, parent: QWidget, found: MandateDetail, today: date) -> None:
        note = "Nothing is collected until somebody looks. The bank keeps the instruction: nothing is sent."
        super().__init__(parent, f"Suspend mandate {found.row.reference}", primary="Suspend it", note=note)
        self.about = (Subject.MANDATE, found.row.mandate_id)
        self._found = found
        self.fields = self.form()
        self.fields.add("reason", "Wh&y", LineField(_REASON))
        self.fields.add(
            "look_on", "&Look again by", DateField(lambda: today), "Left empty: as policy says; a task says so"
        )
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> SuspendMandate | None:
        """What is asked for; None while the day can't be read."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return SuspendMandate(self._found.row.mandate_id, self._found.version, values["reason"], values["look_on"])


class ResumeSheet(Sheet):
    """A suspended mandate goes on."""

    def __init__(self, parent: QWidget, found: MandateDetail) -> None:
        why = found.row.state_why.rstrip(".")
        note = (
            f"It was suspended: {why}. The instalment is worked out anew; a run takes what notice was given of."
            if why
            else ""
        )
        super().__init__(parent, f"Let mandate {found.row.reference} go on", primary="Let it go on", note=note)
        self.about = (Subject.MANDATE, found.row.mandate_id)
        self._found = found
        self.fields = self.form()
        self.fields.add("reason", "Wh&y", LineField(_REASON), "What has changed")
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> ResumeMandate:
        """What is asked for."""
        return ResumeMandate(self._found.row.mandate_id, self._found.version, self.fields.values()["reason"])


class CancelSheet(Sheet):
    """The end of a mandate."""

    def __init__(self, parent: QWidget, found: MandateDetail) -> None:
        held = bool(found.banks) and found.banks[0].held
        sent = "The bank is sent a cancellation (0C) by the next lodgement run. " if held else ""
        note = f"{sent}What was to be collected is dropped. It can be taken back today, while nothing was sent."
        super().__init__(
            parent, f"Cancel mandate {found.row.reference}", primary="Cancel the mandate", close="Keep it", note=note
        )
        self.about = (Subject.MANDATE, found.row.mandate_id)
        self._found = found
        self.fields = self.form()
        self.fields.add("told_by", "W&ho", ChoiceField(_WHO))
        self.fields.add("reason", "Wh&y", LineField(_REASON))
        self.fields.add("tell", "", TickField("&Write to the payer that it is cancelled"))
        self.fields.fill({"tell": True})
        self.begin_at(self.fields.field("reason"))
        self.resize(scaled(_WIDE), self.height())

    def command(self) -> CancelMandate:
        """What is asked for."""
        values = self.fields.values()
        row = self._found.row
        return CancelMandate(row.mandate_id, self._found.version, values["reason"], values["told_by"], values["tell"])
