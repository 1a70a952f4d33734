"""The clock of an item: shown with its working, stopped, let go on, extended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Pausing, Subject
from app.services.core.errors import UserError
from app.services.post_log.register.dto import ItemDetail
from app.services.post_log.standards import commands, previewing, queries, wording
from app.services.post_log.standards.dto import Clock
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.post_log.clock import ClockPart, ExtendSheet, PauseSheet, ResumeSheet
from app.views.post_log.page import PostPage

Sheets = PauseSheet | ResumeSheet | ExtendSheet


class _ClockController(QObject):
    """One sheet about the clock of the item that is shown, until it is saved or the officer leaves."""

    preview: Callable[..., Any]
    command: Callable[..., Any]
    told: str

    def __init__(self, office: Office, page: PostPage, items: Sequence[int]) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self.sheet: Sheets | None = None
        office.ask(self, queries.clock, items[0], then=self._open)

    def _refused(self, clock: Clock) -> str:
        """Why there is nothing to be done; empty where there is."""
        raise NotImplementedError

    def _sheet(self, clock: Clock) -> Sheets:
        raise NotImplementedError

    def _open(self, clock: Clock) -> None:
        if refused := self._refused(clock):
            self._office.messages.info(refused)
            self.deleteLater()
            return
        self.sheet = sheet = self._sheet(clock)
        sheet.about = (Subject.POST_ITEM, clock.item_id)
        preview = Previewing(self._office, sheet, type(self).preview, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        preview.ask()

    def _save(self) -> None:
        if self.sheet is None or (command := self.sheet.command()) is None:
            return
        self.sheet.set_busy(busy=True)
        self._office.do(self, type(self).command, command, then=self._saved, refused=self._not_saved)

    def _saved(self, _changes: object) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(self.told)

    def _not_saved(self, error: UserError) -> None:
        if self.sheet is not None:
            self.sheet.show_error(error)


class PauseController(_ClockController):
    """Stops the clock from the day that we asked the sender something."""

    preview = staticmethod(previewing.preview_pause)
    command = staticmethod(commands.pause)
    told = "The clock stands still until they say; the item is in the list, with no day to keep."

    def _refused(self, clock: Clock) -> str:
        if clock.waiting is not None:
            return f"{clock.number} stands still already, since {wording.spelled(clock.waiting.from_on)}."
        if clock.standard.pausing is Pausing.NEVER:
            longer = " It can be extended." if clock.extend_left else ""
            return f"The time to answer {clock.number} never stands still: {clock.category}.{longer}"
        return ""

    def _sheet(self, clock: Clock) -> Sheets:
        return PauseSheet(self._page, clock, self._office.desk.clock.today)


class ResumeController(_ClockController):
    """Lets the clock go on: the answer came."""

    preview = staticmethod(previewing.preview_resume)
    command = staticmethod(commands.resume)
    told = "The clock goes on."

    def _refused(self, clock: Clock) -> str:
        return "" if clock.waiting is not None else f"The clock of {clock.number} doesn't stand still."

    def _sheet(self, clock: Clock) -> Sheets:
        return ResumeSheet(self._page, clock, self._office.desk.clock.today)


class ExtendController(_ClockController):
    """Makes the time to answer longer."""

    preview = staticmethod(previewing.preview_extend)
    command = staticmethod(commands.extend)
    told = "The time to answer is longer. Tell the sender the new day and why."

    def _refused(self, clock: Clock) -> str:
        return "" if clock.extend_left else f"The time to answer {clock.number} can't be extended any more."

    def _sheet(self, clock: Clock) -> Sheets:
        return ExtendSheet(self._page, clock)


class ClockPartController(QObject):
    """The part Time of an item's card."""

    counted = Signal(int)

    def __init__(self, office: Office) -> None:
        self._part = ClockPart()
        super().__init__(self._part)
        self._office = office
        self._asked: Task | None = None

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        return self._part

    def show(self, item: ItemDetail) -> None:
        """Show by when an item is dealt with."""
        asked = self._asked
        self._asked = self._office.ask(
            self, queries.clock, item.row.row_id, then=self._part.show_clock, instead_of=asked
        )

    def clear(self) -> None:
        """No item is shown."""
        self._part.clear()
