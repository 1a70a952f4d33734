"""The due-for-deletion list, and the sheet by which a second officer is asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.post_log.retention.dto import DueList, DueRow
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled

_WIDE: Final = 560
_NOTE: Final = (
    "Once a second officer approves, this is deleted for good: what was said, where the sender lives, notes, e-mails, files,"
    " and what was written to somebody without an account. The line in the log stays with its history, and letters to tenants."
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list.

    Attributes:
        left_out: it is kept for now.
    """

    due: DueRow
    left_out: bool

    @property
    def account_id(self) -> int | None:
        """The account that it is about."""
        return self.due.account_id


DUE: tuple[Column[Listed], ...] = (
    Column("number", "Item", lambda row: row.due.number, 92, firm=True),
    Column("received_on", "Received", lambda row: row.due.received_on, 100),
    Column("category", "Category", lambda row: row.due.category, 170, floor=130),
    Column(
        "sender", "From", lambda row: row.due.sender, 170, floor=130, shorter=lambda row: shorter_names(row.due.sender)
    ),
    Column("subject", "About", lambda row: row.due.subject_line, 240, floor=150),
    Column("reference", "Account", lambda row: row.due.reference, 110, least=800),
    Column("done_on", "Done with", lambda row: row.due.done_on, 100),
    Column("months", "Kept for", lambda row: formats.count(row.due.months, "month"), 96, firm=True),
    Column("documents", "Files", lambda row: row.due.documents or None, 60, right=True, least=900),
    Column("left_out", "", lambda row: "kept for now" if row.left_out else "", 110, tone=lambda _row: "warning"),
)


class AskSheet(Sheet):
    """Why it is deleted now, for the officer who approves.

    Args:
        count: how many items' content goes.
    """

    def __init__(self, parent: QWidget, count: int) -> None:
        super().__init__(
            parent, f"Delete the content of {formats.count(count, 'item')}", primary="Ask for approval", note=_NOTE
        )
        self.reason = AreaField(1_000, height=64)
        self.form().add("reason", "&Reason", self.reason, "For the officer who approves it")
        self.reason.set_value("Kept for as long as their categories say.")
        self.setMinimumWidth(scaled(_WIDE))


def said(found: DueList, left_out: int) -> str:
    """What stands over the list: how many are due, how many of them are kept, and what waits."""
    if found.waits is not None:
        return f"Request {found.waits} to delete waits for approval; until it is decided nothing else is asked for."
    if not found.count:
        return "Nothing is due: everything has been kept for less long than its category says."
    more = f" The first {len(found.rows):,} are shown." if found.count > len(found.rows) else ""
    kept = f" {left_out:,} of them kept for now." if left_out else ""
    return f"{formats.count(found.count, 'item')} due for deletion on {formats.day(found.on)}.{kept}{more}"
