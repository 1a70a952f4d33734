"""What joins a section to the services that has all its rows, such as the categories: found among, changed, added to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QObject

from app.services.core.permissions import Permission
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import Told, open_sheet

R = TypeVar("R")


class KeptDesk(QObject, Generic[R]):
    """Joins the page of such a section to the services. F2 changes the chosen row and Ctrl+N adds one, for who may.

    Attributes:
        asks: the query for all that the section shows, and that its sheet offers.
        keeps: the command.
        needs: what whoever changes or adds a row must hold.
        about: what is said above the rows.
        told: what is said when a row is kept; empty: what that says of itself.
        found: what the query found; None until then.
        sheet: the sheet of a row, once one was opened.
    """

    asks: Callable[..., Any]
    keeps: Callable[..., Any]
    needs: ClassVar[Permission]
    about: str = ""
    told: Told = ""

    def __init__(self, office: Office, page: RegisterPage[R]) -> None:
        super().__init__(page)
        self.page = page
        self.office = office
        self.found: Any = None
        self.sheet: Any = None
        if self.needs in office.desk.officer.permissions:
            page.action("F2", "Change", "pencil-outline", self._open, fits=lambda _row: True)
            page.offer("Ctrl+N", "New", "plus", lambda: self._open(None), primary=True)
            page.opened.connect(self._open)
        page.asked.connect(self._list)
        page.refresh_wanted.connect(lambda _changes: office.ask(self, type(self).asks, then=self._show))

    # For the sections made of it

    def rows(self, found: Any) -> Sequence[R]:
        """All rows."""
        raise NotImplementedError

    def words(self, row: R) -> str:
        """What a row is found by."""
        raise NotImplementedError

    def make(self, found: Any, row: R | None) -> Any:
        """The sheet of a row, whose `command` is what it asks to be kept; None: of a new one."""
        raise NotImplementedError

    def _show(self, found: Any) -> None:
        self.found = found
        self._list()

    def _list(self) -> None:
        if self.found is not None:
            self.page.show_rows(self.page.found_among(self.rows(self.found), self.words), self.about)

    def _open(self, row: R | None) -> None:
        if self.found is not None:
            self.sheet = sheet = self.make(self.found, row)
            open_sheet(self.office, sheet, type(self).keeps, sheet.command, self.told)
