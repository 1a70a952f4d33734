"""What is done with an item that is logged: put right, confirmed, marked as a copy or as junk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.post_log.logging import commands, queries
from app.services.post_log.logging.dto import Marked, Offered
from app.services.rent.listed_dto import AccountRow
from app.services.rent.queries import find
from app.views.common.editing import Editing
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.post_log.controller.item_work import ItemWork
from app.views.post_log.correct import CopySheet, CorrectSheet
from app.views.post_log.page import PostPage

_MOST_FOUND = 12


class CorrectController(QObject):
    """F2: put right what was logged."""

    def __init__(self, office: Office, page: PostPage, items: Sequence[int]) -> None:
        super().__init__(page)
        number = page.detail.row.number if page.detail is not None else ""
        open_correction(office, page, items[0], number)


def open_correction(
    office: Office, parent: QWidget, item_id: int, number: str, saved: Callable[[], object] | None = None
) -> None:
    """Open the sheet for putting an item right over another window; `saved` is called when it is saved."""

    def search(text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[AccountRow]) -> None:
            then([Picked(each.account_id, each.reference, f"{each.name}  {each.address}") for each in found])

        office.ask(parent, find, text, limit=_MOST_FOUND, then=show)

    def opened(offered: Offered) -> None:
        sheet = CorrectSheet(parent, number, offered.categories, search, office.desk.clock.today)
        editing = Editing.of_sheet(
            office, sheet, "post_item", read=queries.entry, save=commands.correct, told=f"{number} is put right."
        )
        if saved is not None:
            editing.saved.connect(lambda _result: saved())
        editing.open(Subject.POST_ITEM, item_id, f"Post item {number}")
        sheet.open()

    office.ask(parent, queries.offered, then=opened)


class ConfirmController(QObject):
    """Ctrl+Y: what Rentbook filled in is right."""

    def __init__(self, office: Office, page: PostPage, items: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.confirm, tuple(items), then=partial(_tell, office))


class JunkController(QObject):
    """Ctrl+Delete: advertising and nonsense."""

    def __init__(self, office: Office, page: PostPage, items: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.junk, tuple(items), then=partial(_tell, office))


class CopyController(ItemWork):
    """Ctrl+D: an item that says the same as another; the likeliest original is chosen already."""

    def make(self, _found: None) -> CopySheet:
        """The sheet; what is alike follows."""
        return CopySheet(self.page, self.number)

    def opened(self) -> None:
        """Ask what is alike."""
        self.ask(queries.copies_of, self.items[0], then=self.sheet.show_alike)

    def command(self) -> int | str:
        """The original that is chosen, or the number that is typed."""
        original = self.sheet.original()
        return original.item_id if original is not None else str(self.sheet.number.value())

    def save(self, original: int | str) -> None:
        """Mark it as a copy of that; a number is looked up first."""
        if isinstance(original, int):
            self._mark(original)
        else:
            self.ask(queries.numbered, original, then=self._mark)

    def _mark(self, original_id: int) -> None:
        self.do(commands.mark_copy, self.items[0], original_id)


def _tell(office: Office, marked: Marked) -> None:
    office.messages.good(marked.told)
