"""What a tab offers beside its own list, as data: works, sections across its top, and parts of the card of what is shown.

Each area lists its own in `app/views/<area>/works.py`; a module that is named there is read when it is first used, so a
line costs nothing while the window starts.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from app.services.core.permissions import Permission
from app.services.core.tabs import shown_to

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.views.common.page import Page


class About(StrEnum):
    """What a work is done to."""

    OFFICE = "office"
    """Nothing need be chosen."""
    ONE = "one"
    """The one record that is shown."""
    MANY = "many"
    """Every record that is chosen in the list, one or many."""


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that an officer can do.

    Attributes:
        key: the module app/views/<area>/controller/<key>.py.
        title: what the menu and the button say, beginning with a verb or the name of the thing: `End the tenancy`.
        keys: its own key, such as `Ctrl+E`; empty: it is reached by the menu (Ctrl+J) and Ctrl+K.
        icon: a Material Design name.
        group: the heading that it stands under; an area's groups are an enumeration in their order.
        controller: the class in the module, made as `Controller(office, page, about)`; it opens its sheet, or does what it
            does, when it is made. `about` is what the page's desk says the work is done to (`WorksDesk.about`).
        needs: permissions of which one is enough to see it; none: everybody sees it.
        about: what it is done to.
        shown: it has a button: of the office beside the title, of a record in its card. The others are in the menu.
        primary: it is the one primary button of the page.
        fits: whether it is of use for the record that is shown; None: for any.
    """

    key: str
    title: str
    keys: str
    icon: str
    group: StrEnum
    controller: str
    needs: frozenset[Permission] = frozenset()
    about: About = About.ONE
    shown: bool = False
    primary: bool = False
    fits: Callable[[Any], bool] | None = None

    def shown_to(self, held: AbstractSet[Permission]) -> bool:
        """Whether an officer with these permissions sees it."""
        return not self.needs or bool(self.needs & held)


@dataclass(frozen=True, slots=True)
class Section:
    """A list of the office beside the tab's own, such as the endings or the valuables.

    Attributes:
        key: the module app/views/<area>/controller/<key>.py.
        title: what its name says.
        icon: a Material Design name.
        controller: the class in the module, made as `Controller(office)` when the section is first opened.
        needs: permissions of which one is enough to see it; whoever may read the audit sees every section.
    """

    key: str
    title: str
    icon: str
    controller: str
    needs: frozenset[Permission] = frozenset()

    def shown_to(self, held: AbstractSet[Permission]) -> bool:
        """Whether an officer with these permissions sees it."""
        return shown_to(self.needs, held)


@dataclass(frozen=True, slots=True)
class Part:
    """A tab of the card of what is shown, after those that are there from the beginning.

    Attributes:
        key: the module app/views/<area>/controller/<key>.py.
        title: what the tab says.
        controller: the class in the module, made as `Controller(office)` when the tab is first opened.
        keys: the key that turns to it; empty: it has none.
    """

    key: str
    title: str
    controller: str
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What an officer may do, open and see on a tab beside its own list."""

    works: tuple[Work, ...] = ()
    sections: tuple[Section, ...] = ()
    parts: tuple[Part, ...] = ()

    def to(self, held: AbstractSet[Permission]) -> Offered:
        """What of it an officer with these permissions sees."""
        return replace(
            self,
            works=tuple(work for work in self.works if work.shown_to(held)),
            sections=tuple(section for section in self.sections if section.shown_to(held)),
        )


class SectionController(Protocol):
    """What the controller of a section has."""

    @property
    def page(self) -> Page:
        """The section that it looks after."""
        ...


class PartController(Protocol):
    """What the controller of a part has; it is a QObject whose parent is its widget (`part_desk.PartDesk`).

    Attributes:
        counted: a signal `counted(int)`: how many there are behind the tab.
    """

    counted: Any

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        ...

    def show(self, record_id: int, record: Any) -> None:
        """Show this record's: asked of the services off the GUI thread. Called again when the record has changed."""

    def clear(self) -> None:
        """No record is shown."""
