"""The Admin page and its sections, each made when it is first opened."""

from __future__ import annotations

import importlib
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QObject

from app.views.admin.page import AdminPage
from app.views.admin.sections import SECTIONS
from app.views.common.office import Office
from app.views.common.page import Page

_REMEMBERED = "admin/section"


class SectionController(Protocol):
    """What the controller of every section has."""

    @property
    def page(self) -> Page:
        """The section that it looks after."""
        ...


@runtime_checkable
class Linking(Protocol):
    """A section that leads to others: `section_wanted(key, words)`."""

    section_wanted: Any


@runtime_checkable
class Narrowing(Protocol):
    """A section that can be narrowed to some words."""

    def look_for(self, words: str) -> None:
        """Show what has these words."""


class AdminController(QObject):
    """Joins the Admin page to its sections."""

    def __init__(self, office: Office) -> None:
        held = office.desk.officer.permissions
        self._sections = {section.key: section for section in SECTIONS if section.shown_to(held)}
        self.page = AdminPage(tuple(self._sections.values()))
        super().__init__(self.page)
        self._office = office
        self._made: dict[str, SectionController] = {}
        self.page.section_wanted.connect(self.section)
        self.page.section_opened.connect(lambda key: office.memory.write(_REMEMBERED, key))
        wanted = office.memory.read(_REMEMBERED)
        if self._sections:
            self.open(wanted if wanted in self._sections else next(iter(self._sections)))

    def open(self, key: str) -> None:
        """Show a section."""
        self.page.open_section(key)

    def show_only(self, key: str) -> None:
        """Show a section that another page names."""
        self.open(key)

    def section(self, key: str) -> SectionController:
        """The controller of a section, made when it is first asked for.

        Raises:
            KeyError: there is no such section for this officer.
        """
        if key not in self._made:
            section = self._sections[key]
            module = importlib.import_module(f"app.views.admin.controller.{section.key}")
            made: SectionController = getattr(module, section.controller)(self._office)
            self._made[key] = made
            self.page.put_section(key, made.page)
            if isinstance(made, Linking):
                made.section_wanted.connect(self._show_narrowed)
        return self._made[key]

    def _show_narrowed(self, key: str, words: str) -> None:
        self.open(key)
        shown = self.section(key)
        if isinstance(shown, Narrowing):
            shown.look_for(words)
