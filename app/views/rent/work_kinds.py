"""What a work, a register and a part of the Accounts page are; `works` lists them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from app.services.core.permissions import Permission

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.rent.dto import AccountHeader
    from app.views.common.page import Page


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    TENANCY = "Tenancy"
    CHARGES = "Charges"
    PEOPLE = "People"
    HOLDS = "Holds"
    BENEFITS = "Benefits"
    ARRANGEMENT = "Arrangement"


class About(StrEnum):
    """What a work is done to: the account that is open, or the office (no account need be open)."""

    ACCOUNT = "account"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that an officer can do, in a sheet of its own.

    Attributes:
        key: the module app/views/rent/controller/<key>.py.
        title: what the menu says, beginning with a verb or the name of the thing: `End the tenancy`.
        keys: its own key, such as `Ctrl+E`; empty: it is reached by the menu (Ctrl+J) and Ctrl+K.
        icon: a Material Design name.
        group: the heading that it stands under.
        controller: the class in the module, made as `Controller(office, page, header)`; it opens its sheet when it is
            made. `header` is None where the work is about the office.
        needs: permissions of which one is enough to see it; none: everybody sees it.
        about: what it is done to.
    """

    key: str
    title: str
    keys: str
    icon: str
    group: Group
    controller: str
    needs: frozenset[Permission] = frozenset()
    about: About = About.ACCOUNT

    def shown_to(self, held: AbstractSet[Permission]) -> bool:
        """Whether an officer with these permissions sees it."""
        return not self.needs or bool(self.needs & held)


@dataclass(frozen=True, slots=True)
class Register:
    """A list of the office, shown as a section of the Accounts tab beside the accounts.

    Attributes:
        key: the module app/views/rent/controller/<key>.py.
        title: what the section is called: `Endings`.
        icon: a Material Design name.
        controller: the class in the module, made as `Controller(office)`; its `page` is a `Page`.
        needs: permissions of which one is enough to see it; whoever may read the audit sees every register.
    """

    key: str
    title: str
    icon: str
    controller: str
    needs: frozenset[Permission] = frozenset()

    def shown_to(self, held: AbstractSet[Permission]) -> bool:
        """Whether an officer with these permissions sees it."""
        return not self.needs or Permission.VIEW_AUDIT in held or bool(self.needs & held)


@dataclass(frozen=True, slots=True)
class Part:
    """A tab of the account's card, after Ledger, By week, Charges, Notes, Documents and Tasks.

    Attributes:
        key: the module app/views/rent/controller/<key>.py.
        title: what the tab says.
        keys: the key that turns to it.
        controller: the class in the module, made as `Controller(office)` when the tab is first opened.
    """

    key: str
    title: str
    keys: str
    controller: str


class PartController(Protocol):
    """What the controller of a part has; it is a QObject whose parent is its widget.

    Attributes:
        counted: a signal `counted(int)`: how many there are behind the tab.
    """

    counted: Any

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        ...

    def show(self, header: AccountHeader) -> None:
        """Show this account's: asked of the services off the GUI thread. Called again when the account has changed."""

    def clear(self) -> None:
        """No account is open."""


class RegisterController(Protocol):
    """What the controller of a register has."""

    @property
    def page(self) -> Page:
        """The section that it looks after."""
        ...
