"""The part of the account's card that shows its post, joined to the services."""

from __future__ import annotations

from app.models.values import Subject
from app.services.post_log.register.dto import RegisterRow
from app.services.post_log.register.queries import of_account
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.rent.post_part import PostPart


class PostOfAccountController(PartDesk):
    """Shows the post of whichever account is open; it counts the items that are open."""

    def __init__(self, office: Office) -> None:
        self._lines = PostPart()
        super().__init__(office, self._lines, of_account)
        self._lines.opened.connect(self._open)

    def fill(self, found: tuple[RegisterRow, ...] | None) -> None:
        """Show what came and went about the account."""
        self._lines.show_lines(found or ())

    def count(self, found: tuple[RegisterRow, ...]) -> int:
        """How many items are open."""
        return sum(row.open for row in found)

    def _open(self, row: RegisterRow) -> None:
        """What came in is shown on the Post tab, what went out on the Letters tab."""
        if row.outgoing_id is not None:
            self.office.open_record(Subject.LETTER, row.outgoing_id)
        else:
            self.office.open_record(Subject.POST_ITEM, row.row_id)
