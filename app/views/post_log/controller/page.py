"""The register: listed, filtered, looked at; the works and sections of the other parts of the post are opened here."""

from __future__ import annotations

import importlib
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.services.post_log.register import queries
from app.services.post_log.register.dto import ItemDetail, RegisterFilter, RegisterRow, RegisterSort
from app.services.workbench.presence import Record
from app.views.common.office import Office
from app.views.common.paged_driver import PagedDriver, Source
from app.views.common.tasks import Task
from app.views.post_log.drops import Drops
from app.views.post_log.page import Offered, PostPage
from app.views.post_log.works import PARTS, SECTIONS, WORKS, PartController, SectionController, Work


class PostController(QObject):
    """Joins the Post page to the services; every question runs off the GUI thread."""

    def __init__(self, office: Office) -> None:
        held = office.desk.officer.permissions
        offered = Offered(
            tuple(work for work in WORKS if work.shown_to(held)),
            tuple(section for section in SECTIONS if section.shown_to(held)),
            PARTS,
        )
        self.page = PostPage(offered)
        super().__init__(self.page)
        self._office = office
        self._shown: int | None = None
        self._opening = False
        self._asked: dict[str, Task] = {}
        self._parts: dict[str, PartController] = {}
        self._sections: dict[str, SectionController] = {}
        source = Source(_ids, queries.rows, _row_id, queries.totals, queries.totals_of)
        self._list = PagedDriver(office, self.page.list, source, stay_on=lambda: self._shown)
        self._list.shown.connect(self._found)
        self._join()

    def show_only(self, wanted: RegisterFilter | str) -> None:
        """List the lines of this filter, such as a card of the home page, or show a section by its key."""
        if isinstance(wanted, str):
            self.page.sections.open(wanted)
        else:
            self.page.show_only(wanted)

    def open_record(self, _subject: Subject, item_id: int) -> None:
        """Show an item."""
        self.page.sections.open("")
        self.page.list.mark(item_id)
        self._show(item_id)

    def section(self, key: str) -> SectionController:
        """The controller of a section, made when it is first asked for.

        Raises:
            KeyError: there is no such section for this officer.
        """
        self.page.sections.open(key)
        return self._sections[key]

    def _join(self) -> None:
        page = self.page
        page.refresh_wanted.connect(lambda _changes: self._refresh())
        page.line_chosen.connect(self._show)
        page.line_opened.connect(self._open)
        page.work_wanted.connect(self._do)
        page.section_wanted.connect(self._make_section)
        page.card.part_opened.connect(self._open_part)
        Drops(page).dropped.connect(self._bring_in)
        page.account_wanted.connect(lambda account_id: self._office.open_record(Subject.ACCOUNT, account_id))

    # Looking

    def _refresh(self) -> None:
        self._list.ask(keep=True)
        self._ask("register", queries.register, then=self.page.show_register)
        if self._shown is not None:
            self._show(self._shown)

    def _found(self) -> None:
        if not self.page.list.model.rowCount():
            self._clear()

    def _show(self, row_id: int) -> None:
        self._shown = row_id
        if row_id < 0:
            self._ask("detail", queries.rows, [row_id], then=self._show_letter)
        else:
            self._ask("detail", queries.detail, row_id, then=self._show_item, refused=lambda _error: self._clear())

    def _show_item(self, found: ItemDetail) -> None:
        if found.row.row_id != self._shown:
            return
        self.page.show_item(found)
        if self._office.presence is not None:
            record = Record(Subject.POST_ITEM, found.row.row_id)
            self._office.presence.watch(self, record, self.page.card.presence.show_others)
        self._show_part()

    def _show_letter(self, found: tuple[RegisterRow, ...]) -> None:
        if found and found[0].row_id == self._shown:
            self._leave()
            self.page.show_letter(found[0])

    def _clear(self) -> None:
        self._shown = None
        self._leave()
        self.page.show_nothing()

    def _leave(self) -> None:
        """No item is shown any more."""
        if self._office.presence is not None:
            self._office.presence.leave(self)
            self.page.card.presence.show_others(())
        for part in self._parts.values():
            part.clear()

    def _open(self, row_id: int) -> None:
        """Enter: what went out opens on the Letters tab, what came in opens its account."""
        if row_id < 0:
            self._office.open_record(Subject.LETTER, -row_id)
        elif self.page.detail is not None and self.page.detail.row.account_id is not None:
            self._office.open_record(Subject.ACCOUNT, self.page.detail.row.account_id)

    # Parts, works and sections

    def _open_part(self, key: str) -> None:
        if key not in self._parts:
            part = next(each for each in PARTS if each.key == key)
            module = importlib.import_module(f"app.views.post_log.controller.{key}")
            made: PartController = getattr(module, part.controller)(self._office)
            made.counted.connect(lambda count: self.page.card.count_part(key, count))
            self._parts[key] = made
            self.page.card.put_part(key, made.widget)
        self._show_part()

    def _show_part(self) -> None:
        """Show the item in the part that is turned to."""
        part, detail = self._parts.get(self.page.card.part), self.page.detail
        if part is not None and detail is not None:
            part.show(detail)

    def _do(self, work: Work) -> None:
        """Open the sheet of a work; its module is read off the GUI thread the first time."""
        if self._opening:
            return
        self._opening = True
        wanted = Later(f"app.views.post_log.controller.{work.key}", work.controller)
        items = self.page.items_for(work)

        def opened(made: Callable[..., object]) -> None:
            self._opening = False
            made(self._office, self.page, items)

        self._office.elsewhere(self, wanted.found, then=opened)

    def _bring_in(self, paths: tuple[Path, ...]) -> None:
        """E-mails that were dropped on the tab are logged."""
        if Permission.LOG_POST in self._office.desk.officer.permissions:
            wanted = Later("app.views.post_log.controller.mail", "ImportController")
            self._office.elsewhere(self, wanted.found, then=lambda made: made(self._office, self.page, (), paths))

    def _make_section(self, key: str) -> None:
        section = next(each for each in SECTIONS if each.key == key)
        module = importlib.import_module(f"app.views.post_log.controller.{key}")
        made: SectionController = getattr(module, section.controller)(self._office)
        self._sections[key] = made
        self.page.put_section(key, made.page)

    def _ask(self, what: str, query: Any, *args: Any, then: Any, **named: Any) -> None:
        self._asked[what] = self._office.ask(self, query, *args, then=then, instead_of=self._asked.get(what), **named)


def _ids(ctx: Context, wanted: RegisterFilter, sort: str, *, descending: bool) -> array[int]:
    return queries.ids(ctx, wanted, RegisterSort(sort), descending=descending)


def _row_id(row: RegisterRow) -> int:
    return row.row_id
