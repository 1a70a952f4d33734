"""The sheets of what is done with a run: marked as sent, cancelled, refused, matched by hand, posted."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import DebitRunKind, Subject
from app.services.core.errors import UserError
from app.services.direct_debits.runs.dto import MatchByHand, RunRow
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, LineField
from app.views.common.fields_count import CountField
from app.views.common.fields_money import MoneyField
from app.views.common.run_sheets import WIDE, RunSentSheet, RunWhySheet
from app.views.common.theme import scaled
from app.views.direct_debits.run_card import Step

_WHY: Final = 400
_REFUSED: Final = "Their references, apart by commas, if any"
_ALIKE: Final = "Of two alike with its number in the run: RENT 12 no. 5"
_WORDS: Final = {
    Step.CANCEL: (
        "Cancel run {number}",
        "Cancel the run",
        "Its file is not to be sent: delete every copy that was saved. What was in it can go in another run.",
        "Such as: the wrong day was chosen",
    ),
    Step.REFUSE: (
        "Bacs refused run {number}",
        "Record it",
        "Bacs or the bank refused the whole file. What was in it can go in another run.",
        "What the bank's report or its letter says",
    ),
}


class SentSheet(RunSentSheet):
    """A run's file was sent to Bacs, under this reference."""

    def __init__(self, parent: QWidget, row: RunRow) -> None:
        note = (
            f"{_what(row)}, serial {row.serial or 0:06}. Once, when the submission service has taken it: a file that is sent"
            " again is collected again."
        )
        about = (Subject.DIRECT_DEBIT_RUN, row.run_id)
        super().__init__(parent, f"Run {row.number}", note, "As the submission service shows it", about)


class WhySheet(RunWhySheet):
    """A run is cancelled before it was sent, or was refused after."""

    def __init__(self, parent: QWidget, row: RunRow, step: Step) -> None:
        title, does, note, such_as = _WORDS[step]
        words = title.format(number=row.number), does, such_as
        super().__init__(parent, words, f"{_what(row)}. {note}", (Subject.DIRECT_DEBIT_RUN, row.run_id))


class MatchSheet(Sheet):
    """What Bacs took of a run: said by an officer where no Input report can be read."""

    def __init__(self, parent: QWidget, row: RunRow) -> None:
        note = (
            "The Input report is the rule: read it under Bank reports. By hand only where none comes, with the totals as the"
            " submission service shows them."
        )
        super().__init__(parent, f"Match run {row.number} by hand", primary="It was taken", note=note)
        self.about = (Subject.DIRECT_DEBIT_RUN, row.run_id)
        self._run_id = row.run_id
        self.fields = self.form()
        self.fields.add("count", "Records that &Bacs took", CountField("records"), "Contra records apart")
        self.fields.add("total", "Their &total", MoneyField())
        if row.kind is DebitRunKind.LODGEMENT:
            self.fields.retype({"total": "0.00"})
        self.fields.add("refused", "Records it &refused", LineField(_WHY, placeholder=_REFUSED), _ALIKE)
        self.fields.add(
            "reason", "&Why by hand", LineField(_WHY, placeholder="Such as: no report came by the entry day")
        )
        seen = AreaField(_WHY, height=56, placeholder="Such as: the submission service, page of 27 Nov, Accepted")
        self.fields.add("evidence", "What was &seen", seen)
        self.setMinimumWidth(scaled(WIDE))

    def command(self) -> MatchByHand:
        """What is said.

        Raises:
            UserError: a figure is missing.
        """
        values = self.fields.values()
        for name, words in (("count", "Type how many records Bacs took."), ("total", "Type what they come to.")):
            if values[name] is None:
                raise UserError(words, field=name)
        said = (values["reason"], values["evidence"], values["refused"])
        return MatchByHand(self._run_id, values["count"], values["total"], *said)


class PostSheet(Sheet):
    """Everything that was matched is posted up to today."""

    def __init__(self, parent: QWidget, row: RunRow) -> None:
        note = (
            f"{_what(row)}. Every matched run whose entry day has come is posted with it: each collection is credited to its"
            " accounts on its entry day, once."
        )
        super().__init__(parent, f"Post run {row.number}", primary="Post", note=note)
        self.setMinimumWidth(scaled(WIDE))


def _what(row: RunRow) -> str:
    if row.kind is DebitRunKind.LODGEMENT:
        return formats.count(row.count, "instruction")
    return f"{formats.count(row.count, 'collection')} of {row.amount}"
