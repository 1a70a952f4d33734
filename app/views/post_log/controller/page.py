"""The register: listed, filtered, looked at; e-mails that are dropped on it are logged."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.services.post_log.register import queries
from app.services.post_log.register.dto import ItemDetail, RegisterFilter, RegisterRow, RegisterSort
from app.views.common.begin_work import BeginWork
from app.views.common.list_desk import ListDesk
from app.views.common.office import Office
from app.views.common.paged_driver import Source
from app.views.common.works_desk import NOT_YOURS
from app.views.post_log.drops import Drops
from app.views.post_log.page import PostPage
from app.views.post_log.works import OFFERED

_LOG = Later("app.views.post_log.controller.logging", "LogController")


class PostController(ListDesk):
    """Joins the Post page to the services."""

    area = "post_log"
    subject = Subject.POST_ITEM
    detail = staticmethod(queries.detail)

    def __init__(self, office: Office) -> None:
        self.page = page = PostPage(OFFERED.to(office.desk.officer.permissions))
        source = Source(_ids, queries.rows, _row_id, queries.totals, queries.totals_of)
        super().__init__(office, page, source, page.card.parts, page.card.presence)
        Drops(page).dropped.connect(self._bring_in)
        page.card.link_opened.connect(lambda link: office.open_record(link.subject, link.subject_id))

    def show_only(self, wanted: Any) -> None:
        """List the items of a filter, show a section, or log an item of an account that another tab hands over."""
        if not isinstance(wanted, BeginWork):
            super().show_only(wanted)
        elif Permission.LOG_POST in self.office.desk.officer.permissions:
            self.office.elsewhere(
                self, _LOG.found, then=lambda made: made(self.office, self.page, (), wanted.account_id)
            )
        else:
            self.office.messages.info(NOT_YOURS)

    def refresh(self) -> None:
        """List again, with how many each view has."""
        self.ask("register", queries.register, then=self.page.show_register)
        super().refresh()

    def choose(self, row_id: int) -> None:
        """Show an item, or what went out, whose ids are below nothing."""
        if row_id > 0:
            super().choose(row_id)
        else:
            self.shown_id = row_id
            self.ask("detail", queries.rows, [row_id], then=self._show_letter)

    def show(self, found: ItemDetail) -> None:
        """Show an item."""
        self.page.show_item(found)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.page.show_nothing()

    def open_line(self, row_id: int) -> None:
        """Enter: what went out opens on the Letters tab, what came in opens its account."""
        if row_id < 0:
            self.office.open_record(Subject.LETTER, -row_id)
        elif self.page.detail is not None and self.page.detail.row.account_id is not None:
            self.office.open_record(Subject.ACCOUNT, self.page.detail.row.account_id)

    def _show_letter(self, found: tuple[RegisterRow, ...]) -> None:
        if found and found[0].row_id == self.shown_id:
            self.leave()
            self.page.show_letter(found[0])

    def _bring_in(self, paths: tuple[Path, ...]) -> None:
        """E-mails that were dropped on the tab are logged."""
        if Permission.LOG_POST in self.office.desk.officer.permissions:
            wanted = Later("app.views.post_log.controller.mail", "ImportController")
            self.office.elsewhere(self, wanted.found, then=lambda made: made(self.office, self.page, (), paths))


def _ids(ctx: Context, wanted: RegisterFilter, sort: str, *, descending: bool) -> array[int]:
    return queries.ids(ctx, wanted, RegisterSort(sort), descending=descending)


def _row_id(row: RegisterRow) -> int:
    return row.row_id
