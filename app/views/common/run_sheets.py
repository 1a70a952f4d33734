"""The sheets of what is done with a run: it was sent under a reference, or comes to nothing for a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, LineField
from app.views.common.theme import scaled

_REFERENCE, _WHY = 40, 400
WIDE = 560
"""How wide the sheets of runs are, in pixels at 100 per cent."""


class RunSentSheet(Sheet):
    """The file of a run was sent, under this reference.

    Args:
        named: the run as it is written.
        note: what is sent, and that it is sent once.
        such_as: where the reference is seen.
        about: the run.
    """

    def __init__(self, parent: QWidget, named: str, note: str, such_as: str, about: tuple[Subject, int]) -> None:
        super().__init__(parent, f"{named} was sent", primary="Mark as sent", note=note)
        self.about = about
        self.fields = self.form()
        self.fields.add("reference", "Submission &reference", LineField(_REFERENCE, placeholder=such_as))
        self.setMinimumWidth(scaled(WIDE))

    def command(self) -> str:
        """The reference."""
        return str(self.fields.values()["reference"])


class RunWhySheet(Sheet):
    """A run is cancelled before it was sent, or was refused after.

    Args:
        words: its title, what its button says, and an example of a reason.
        note: what becomes of the run.
        about: the run.
    """

    def __init__(self, parent: QWidget, words: tuple[str, str, str], note: str, about: tuple[Subject, int]) -> None:
        title, does, such_as = words
        super().__init__(parent, title, primary=does, close="Leave it", note=note)
        self.about = about
        self.fields = self.form()
        self.fields.add("reason", "&Why", AreaField(_WHY, height=72, placeholder=such_as))
        self.setMinimumWidth(scaled(WIDE))

    def command(self) -> str:
        """The reason."""
        return str(self.fields.values()["reason"])
