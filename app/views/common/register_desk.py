"""What registers beside a tab's main list have in common: they are listed and counted anew, and open their accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.models.values import Subject
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.common.tasks import Task


class OfAccount(Protocol):
    """A row that belongs to an account; None: it has none."""

    @property
    def account_id(self) -> int | None:
        """Its account."""
        ...


R = TypeVar("R", bound=OfAccount)


@dataclass(frozen=True, slots=True)
class Listing:
    """Where the rows of a register come from.

    Attributes:
        rows: the query, told what `wanted` makes of the choice pressed and the words typed.
        counts: how many rows each choice has; None where the register has no such figures.
        most: how many rows the query gives at most; 0: all there are.
        find_by: what an officer types to see those beyond.
    """

    rows: Callable[..., Any]
    wanted: Callable[[Any, str], object]
    counts: Callable[..., Any] | None = None
    most: int = 0
    find_by: str = "a name"


class RegisterDesk(QObject, Generic[R]):
    """Joins a register's page to the services. Each register offers what can be done with a row after this is made."""

    def __init__(self, office: Office, page: RegisterPage[R], listing: Listing) -> None:
        super().__init__(page)
        self.page = page
        self.office = office
        self._listing = listing
        self._asked: Task | None = None
        page.opened.connect(self.open)
        page.asked.connect(self.find)
        page.refresh_wanted.connect(lambda _changes: self.refresh())

    def refresh(self) -> None:
        """List them again."""
        listing = self._listing
        wanted = listing.wanted(self.page.choice, self.page.words)
        self._asked = self.office.ask(self, listing.rows, wanted, then=self.show, instead_of=self._asked)
        if listing.counts is not None:
            self.office.ask(self, listing.counts, then=self.count)

    def find(self) -> None:
        """Another choice is pressed, or something else is typed; a register that has all its rows finds among them."""
        self.refresh()

    def show(self, found: Any) -> None:
        """Show what the query found."""
        self.page.show_rows(found, self.said(found))

    def said(self, rows: Sequence[R]) -> str:
        """What is said above the rows: that there are more."""
        most = self._listing.most
        return f"The first {most:,} are shown: find by {self._listing.find_by}." if most and len(rows) == most else ""

    def count(self, counts: Mapping[Any, int]) -> None:
        """Write onto each choice how many there are."""
        for value, number in counts.items():
            self.page.count(value, number)

    def open(self, row: R) -> None:
        """What Enter on a row does: its account is opened."""
        self.open_account(row)

    def open_account(self, row: R) -> None:
        """Go to the account of a row."""
        if row.account_id is not None:
            self.office.open_record(Subject.ACCOUNT, row.account_id)

    def offer_account(self, does: str = "Open the account", *, primary: bool = True) -> QAction:
        """A button for the account of the chosen row."""
        return self.page.action(
            "Ctrl+O",
            does,
            "account-outline",
            self.open_account,
            fits=lambda row: row.account_id is not None,
            primary=primary,
        )
