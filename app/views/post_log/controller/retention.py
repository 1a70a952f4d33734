"""The due-for-deletion list: looked through, what is still needed left out, the rest asked for."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.post_log.retention import commands, queries
from app.services.post_log.retention.dto import AskDeletion, Asked, DueList
from app.views.common import formats
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet
from app.views.post_log.retention import DUE, AskSheet, Listed, said


class RetentionController(RegisterDesk[Listed]):
    """Joins the list to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[Listed] = RegisterPage(
            "To be deleted",
            DUE,
            stretch="subject",
            choices=(),
            placeholder="A name, a category or words of the subject",
            noun=("item", "items"),
            empty="Nothing is due for deletion.",
            key=lambda row: row.due.item_id,
            areas=frozenset({"post_log", "approvals"}),
            help_topic="post_log",
        )
        super().__init__(office, page, Listing(_due, lambda _choice, _words: None))
        self._found: DueList | None = None
        self._left_out: set[int] = set()
        self.sheet: AskSheet | None = None
        if Permission.SHARE_POST in office.desk.officer.permissions:
            page.action("Ctrl+Shift+K", "Keep for now", "archive-lock-outline", self._keep, fits=self._free)
            page.action(
                "Ctrl+Shift+D",
                "Ask for deletion",
                "delete-clock-outline",
                self._ask,
                fits=self._any,
                primary=True,
            )

    def show(self, found: DueList) -> None:
        """Show the list of today."""
        self._found = found
        self._left_out &= {row.item_id for row in found.rows}
        self._list()

    def find(self) -> None:
        """What is typed is looked for in the list that is there."""
        self._list()

    def open(self, row: Listed) -> None:
        """Enter: the item itself."""
        self.office.open_record(Subject.POST_ITEM, row.due.item_id)

    def _list(self) -> None:
        if self._found is None:
            return
        listed = (Listed(row, row.item_id in self._left_out) for row in self._found.rows)
        self.page.show_rows(self.page.found_among(listed, _text), said(self._found, len(self._left_out)))

    def _free(self, _row: Listed) -> bool:
        return self._found is not None and self._found.waits is None

    def _any(self, row: Listed) -> bool:
        return self._free(row) and self._found is not None and self._found.count > len(self._left_out)

    def _keep(self, row: Listed) -> None:
        """The chosen are kept for now, or no longer."""
        marked = self.page.model.in_memory(self.page.table.places())
        chosen = {each.due.item_id for each in marked} or {row.due.item_id}
        self._left_out = self._left_out - chosen if row.left_out else self._left_out | chosen
        self._list()

    def _ask(self, _row: Listed) -> None:
        found = self._found
        if found is None:
            return
        left_out = frozenset(self._left_out)
        self.sheet = sheet = AskSheet(self.page, found.count - len(left_out))

        def asked() -> AskDeletion:
            return AskDeletion(found.on, left_out, str(sheet.reason.value()))

        open_sheet(self.office, sheet, commands.ask, asked, _waits)


def _waits(found: Asked) -> str:
    return f"Request {found.request_id} waits for a second officer: {formats.count(found.count, 'item')}."


def _due(ctx: Context, _wanted: object) -> DueList:
    """The list of today."""
    return queries.due(ctx)


def _text(each: Listed) -> str:
    row = each.due
    return f"{row.number} {row.category} {row.sender} {row.subject_line} {row.reference}"
