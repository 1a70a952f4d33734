"""What the register of life events does: lists them, shows a checklist, ticks its steps off."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.services.tenancies.life_events.dto import Noted, StepRow
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.life_events import LifeEventsPage, TickSheet

_EVENTS = Later("app.services.tenancies.life_events.checklists", "events")
_CHECKLIST = Later("app.services.tenancies.life_events.checklists", "checklist")
_FINISH = Later("app.services.tenancies.life_events.commands", "finish_step")


class LifeEventsController(QObject):
    """Joins the register to the services."""

    def __init__(self, office: Office) -> None:
        may_change = Permission.KEEP_TENANCIES in office.desk.officer.permissions
        self.page = LifeEventsPage(office.desk.clock.today(), may_change=may_change)
        super().__init__(self.page)
        self._office = office
        self._asked: Task | None = None
        self._listed: Task | None = None
        office.memory.follow_splitters(self.page, "rent.life_events")
        self.page.refresh_wanted.connect(lambda _changes: self._list())
        self.page.filter_changed.connect(lambda _on: self._list())
        self.page.event_wanted.connect(self._show)
        self.page.tick_wanted.connect(self._tick)
        self.page.account_wanted.connect(lambda account_id: office.open_record(Subject.ACCOUNT, account_id))

    def _list(self) -> None:
        self._listed = self._office.ask(
            self,
            _EVENTS,
            open_only=self.page.open_only.isChecked(),
            then=self.page.show_events,
            instead_of=self._listed,
        )

    def _show(self, event_id: int) -> None:
        self._asked = self._office.ask(
            self, _CHECKLIST, event_id, then=self.page.show_checklist, instead_of=self._asked
        )

    def _tick(self, step: StepRow) -> None:
        sheet = TickSheet(self.page, step)

        def done(noted: Noted) -> None:
            sheet.close()
            left = f"{noted.open_steps} left to do" if noted.open_steps else "everything is seen to"
            self._office.messages.good(f"Ticked off; {left}.")

        def tick(words: str) -> None:
            self._office.do(self, _FINISH, step.step_id, words, then=done, refused=sheet.show_error)

        sheet.ticked.connect(tick)
        sheet.open()
