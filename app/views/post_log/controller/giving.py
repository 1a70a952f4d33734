"""Giving the chosen items to somebody, or taking them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from app.services.core.errors import UserError
from app.services.post_log.distributing import commands, queries
from app.services.post_log.dto import Holder
from app.services.post_log.register.dto import Tray
from app.views.common import formats
from app.views.common.office import Office
from app.views.post_log.controller.item_work import ItemWork
from app.views.post_log.giving import GiveSheet, How, To
from app.views.post_log.page import PostPage


class GiveController(ItemWork):
    """Ctrl+G: asks who gets the items, and gives them."""

    asks = staticmethod(queries.trays)
    missing = UserError("Choose who gets it.", field="holder")

    def asked(self) -> tuple[Any, ...]:
        """The trays are of the office."""
        return ()

    def make(self, trays: tuple[Tray, ...]) -> GiveSheet:
        """Who may get them."""
        what = formats.count(len(self.items), "item") if len(self.items) > 1 else self.number
        return GiveSheet(self.page, f"Give {what} to", trays, self.office.desk.officer.id)

    def command(self) -> To | None:
        """Who gets them."""
        to: To | None = self.sheet.chosen()
        return to

    def save(self, to: To) -> None:
        """Give them to somebody, share them out, or follow the rules."""
        if to.how is How.RULES:
            self.do(commands.follow_rules, self.items)
        elif to.how is How.WORKLOAD:
            self.do(commands.share_out, self.items, to.number)
        else:
            self.do(commands.give, self.items, _holder(to), str(self.sheet.why.value()))


class TakeController(QObject):
    """Ctrl+T: the items are the officer's own from now on."""

    def __init__(self, office: Office, page: PostPage, items: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, commands.take, tuple(items), then=lambda found: office.messages.good(found.told))


def _holder(to: To) -> Holder:
    return Holder(officer_id=to.number) if to.how is How.OFFICER else Holder(team_id=to.number)
