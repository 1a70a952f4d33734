"""Giving the chosen items to somebody, or taking them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.services.core.errors import UserError
from app.services.post_log.distributing import commands, queries
from app.services.post_log.distributing.dto import Given
from app.services.post_log.dto import Holder
from app.services.post_log.register.dto import Tray
from app.views.common import formats
from app.views.common.office import Office
from app.views.post_log.giving import GiveSheet, How, To
from app.views.post_log.page import PostPage


class GiveController(QObject):
    """Ctrl+G: asks who gets the items, and gives them."""

    def __init__(self, office: Office, page: PostPage, items: Sequence[int]) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self._items = tuple(items)
        office.ask(self, queries.trays, then=self._open)

    def _open(self, trays: tuple[Tray, ...]) -> None:
        many = len(self._items) > 1
        shown = self._page.detail
        what = formats.count(len(self._items), "item") if many or shown is None else shown.row.number
        self.sheet = GiveSheet(self._page, f"Give {what} to", trays, self._office.desk.officer.id)
        self.sheet.confirmed.connect(self._give)
        self.sheet.open()

    def _give(self) -> None:
        to, sheet, items = self.sheet.chosen(), self.sheet, self._items
        if to is None:
            sheet.show_error(UserError("Choose who gets it.", field="holder"))
            return
        refused = sheet.show_error
        if to.how is How.RULES:
            self._office.do(self, commands.follow_rules, items, then=self._given, refused=refused)
        elif to.how is How.WORKLOAD:
            self._office.do(self, commands.share_out, items, to.number, then=self._given, refused=refused)
        else:
            why = str(sheet.why.value())
            self._office.do(self, commands.give, items, _holder(to), why, then=self._given, refused=refused)

    def _given(self, found: Given) -> None:
        self._office.messages.good(found.told)
        self.sheet.close()


class TakeController(QObject):
    """Ctrl+T: the items are the officer's own from now on."""

    def __init__(self, office: Office, page: PostPage, items: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.take, tuple(items), then=lambda found: office.messages.good(found.told))


def _holder(to: To) -> Holder:
    return Holder(officer_id=to.number) if to.how is How.OFFICER else Holder(team_id=to.number)
