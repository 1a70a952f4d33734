"""What a work, a section and a part of the Post tab are; `works` lists them."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from app.services.core.permissions import Permission

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.post_log.register.dto import ItemDetail
    from app.views.common.page import Page

LOGS = frozenset({Permission.LOG_POST})


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    LOG = "Log"
    SHARE = "Give to"
    ANSWER = "Answer"
    TIME = "Time"
    ITEM = "The item"
    OFFICE = "The office"


class About(StrEnum):
    """What a work is done to."""

    OFFICE = "office"
    """Nothing need be chosen."""
    ITEM = "item"
    """The one item that is shown beside the list."""
    ITEMS = "items"
    """Every item that is chosen in the list, one or many."""


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that an officer can do.

    Attributes:
        key: the module app/views/post_log/controller/<key>.py.
        title: what the button and the menu say, beginning with a verb.
        keys: its own key, such as `Ctrl+G`; empty: it is reached by the menu (Ctrl+J) and Ctrl+K.
        icon: a Material Design name.
        group: the heading that it stands under.
        controller: the class in the module, made as `Controller(office, page, items)`; it opens its sheet, or does what
            it does, when it is made. `page` is the `PostPage` (`page.detail` is the item that is shown), `items` the ids
            of the items that it is done to: one, several, or none where it is about the office.
        needs: permissions of which one is enough to see it; none: everybody sees it.
        about: what it is done to.
        shown: it has a button: of the office beside the title, of an item in its card. The others are in the menu.
        primary: it is the one primary button of the page.
        only_open: it is of use for open items only.
        fits: whether it is of use for the item that is shown; None: for any.
    """

    key: str
    title: str
    keys: str
    icon: str
    group: Group
    controller: str
    needs: frozenset[Permission] = LOGS
    about: About = About.ITEM
    shown: bool = False
    primary: bool = False
    only_open: bool = True
    fits: Callable[[ItemDetail], bool] | None = None

    def shown_to(self, held: AbstractSet[Permission]) -> bool:
        """Whether an officer with these permissions sees it."""
        return not self.needs or bool(self.needs & held)


@dataclass(frozen=True, slots=True)
class Section:
    """A list of the office beside the register, such as the valuables; a section of the Post tab.

    Attributes:
        key: the module app/views/post_log/controller/<key>.py.
        title: what the section is called.
        icon: a Material Design name.
        controller: the class in the module, made as `Controller(office)` when the section is first opened; its `page`
            is a `Page`.
        needs: permissions of which one is enough to see it; whoever may read the audit sees every section.
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
    """A tab of the item's card, after its history.

    Attributes:
        key: the module app/views/post_log/controller/<key>.py.
        title: what the tab says.
        controller: the class in the module, made as `Controller(office)` when the tab is first opened.
    """

    key: str
    title: str
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

    def show(self, item: ItemDetail) -> None:
        """Show this item's: asked of the services off the GUI thread. Called again when the item has changed."""

    def clear(self) -> None:
        """No item is shown."""


class SectionController(Protocol):
    """What the controller of a section has."""

    @property
    def page(self) -> Page:
        """The section that it looks after."""
        ...
