"""What joins a tab with works and sections to the services: each is read, off the GUI thread, when it is first wanted."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from PySide6.QtCore import QObject

from app.services.core.later import Later
from app.views.common.begin_work import BeginFromPost, BeginWork
from app.views.common.office import Office
from app.views.common.questions import Questions
from app.views.common.works import About, SectionController, Work
from app.views.common.works_page import WorksPage

NOT_YOURS: Final = "This work is not yours to do: a colleague with the role for it does it."


class WorksDesk(QObject):
    """Opens the works and the sections of a tab.

    Attributes:
        area: the area, whose controllers are the modules app/views/<area>/controller/<key>.py.
        handed: the works that other tabs may hand over, by their keys.
    """

    area: ClassVar[str]

    def __init__(self, office: Office, page: WorksPage) -> None:
        super().__init__(page)
        self.handed: Mapping[str, Work] = {work.key: work for work in reversed(page.offered.works)}
        self.office = office
        self._tab = page
        self._sections: dict[str, SectionController] = {}
        self._opening = False
        self._questions = Questions(office, self)
        page.work_wanted.connect(self.begin)
        page.section_wanted.connect(self._make_section)

    def about(self, work: Work) -> Any:
        """What a work is done to, for its controller; None where there is nothing to do it to."""
        raise NotImplementedError

    def section(self, key: str) -> SectionController:
        """The controller of a section, made when it is first asked for.

        Raises:
            KeyError: there is no such section for this officer.
        """
        self._tab.sections.open(key)
        return self._sections[key]

    def begin(self, work: Work) -> None:
        """Open the sheet of a work for what it is done to now."""
        about = self.about(work)
        if about is not None or work.about is About.OFFICE:
            self.read_work(work, lambda made: made(self.office, self._tab, about))

    def work_of(self, wanted: BeginWork | BeginFromPost) -> Work | None:
        """The work that another tab hands over; said where the officer hasn't the role for it."""
        work = self.handed.get(wanted.work)
        if work is None:
            self.office.messages.info(NOT_YOURS)
        return work

    def sees(self, key: str) -> bool:
        """Whether the officer has a section; said where not."""
        there = any(each.key == key for each in self._tab.offered.sections)
        if not there:
            self.office.messages.info(f"That part of {self._tab.windowTitle()} is a colleague's, with the role for it.")
        return there

    def read_work(self, work: Work, then: Callable[[Callable[..., object]], object]) -> None:
        """Hand on the controller of a work; its module is read off the GUI thread the first time."""
        if self._opening:
            return
        self._opening = True
        wanted = Later(f"app.views.{self.area}.controller.{work.key}", work.controller)

        def opened(made: Callable[..., object]) -> None:
            self._opening = False
            then(made)

        self.office.elsewhere(self, wanted.found, then=opened)

    def ask(self, what: str, query: Any, *args: Any, then: Any, **named: Any) -> None:
        """Ask; a question of the same kind that is still being asked is dropped."""
        self._questions.ask(what, query, *args, then=then, **named)

    def _make_section(self, key: str) -> None:
        section = next(each for each in self._tab.offered.sections if each.key == key)
        module = importlib.import_module(f"app.views.{self.area}.controller.{key}")
        made: SectionController = getattr(module, section.controller)(self.office)
        self._sections[key] = made
        self._tab.put_section(key, made.page)
