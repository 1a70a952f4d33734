"""What the Post tab offers beside the register itself: works, sections and parts of an item, as data.

A module that is named here is imported when it is first used, so a line costs nothing while the window starts.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from app.models.values import PostChannel
from app.services.core.permissions import Permission

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.post_log.register.dto import ItemDetail
    from app.views.common.page import Page

_LOGS = frozenset({Permission.LOG_POST})


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
    needs: frozenset[Permission] = _LOGS
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


def _runs(item: ItemDetail) -> bool:
    """Whether the time to answer runs: there is a last day, and no answer yet."""
    return item.reply_by is not None and item.replied_on is None


WORKS: tuple[Work, ...] = (
    Work(
        "logging",
        "Log post",
        "Ctrl+Return",
        "pencil-plus-outline",
        Group.LOG,
        "LogController",
        about=About.OFFICE,
        shown=True,
        primary=True,
    ),
    Work(
        "mail",
        "Bring in e-mails",
        "Ctrl+I",
        "email-plus-outline",
        Group.LOG,
        "ImportController",
        about=About.OFFICE,
        shown=True,
    ),
    Work("mailboxes", "Fetch e-mails", "F7", "email-sync-outline", Group.LOG, "FetchController", about=About.OFFICE),
    Work(
        "giving",
        "Give to",
        "Ctrl+G",
        "account-arrow-right-outline",
        Group.SHARE,
        "GiveController",
        about=About.ITEMS,
        shown=True,
    ),
    Work(
        "giving",
        "Take",
        "Ctrl+T",
        "hand-back-right-outline",
        Group.SHARE,
        "TakeController",
        about=About.ITEMS,
        shown=True,
    ),
    Work(
        "answering",
        "Acknowledge",
        "Ctrl+Shift+A",
        "email-check-outline",
        Group.ANSWER,
        "AcknowledgeController",
        about=About.ITEMS,
        shown=True,
    ),
    Work("answering", "Answer", "F9", "reply-outline", Group.ANSWER, "AnswerController", shown=True),
    Work(
        "answering",
        "Close",
        "Ctrl+Shift+C",
        "check-circle-outline",
        Group.ANSWER,
        "CloseController",
        about=About.ITEMS,
        shown=True,
    ),
    Work(
        "answering",
        "Open it again",
        "Ctrl+Shift+O",
        "email-open-outline",
        Group.ANSWER,
        "ReopenController",
        only_open=False,
        fits=lambda item: not item.row.open,
    ),
    Work(
        "answering",
        "Note an acknowledgement",
        "",
        "email-check-outline",
        Group.ANSWER,
        "MarkController",
        fits=lambda item: item.acknowledged_on is None,
    ),
    Work(
        "answering",
        "Begin its work",
        "Ctrl+B",
        "arrow-right-bold-circle-outline",
        Group.ANSWER,
        "BeginController",
        shown=True,
        fits=lambda item: bool(item.work),
    ),
    Work(
        "answering",
        "Find the letter that came back",
        "Ctrl+Shift+R",
        "email-sync-outline",
        Group.ANSWER,
        "ReturnController",
        fits=lambda item: item.channel is PostChannel.RETURNED,
    ),
    Work("clock", "Stop the clock", "", "timer-pause-outline", Group.TIME, "PauseController", fits=_runs),
    Work(
        "clock",
        "Let the clock go on",
        "",
        "timer-play-outline",
        Group.TIME,
        "ResumeController",
        fits=lambda item: not _runs(item) and item.replied_on is None,
    ),
    Work(
        "clock",
        "Extend the time to answer",
        "",
        "timer-plus-outline",
        Group.TIME,
        "ExtendController",
        fits=_runs,
    ),
    Work(
        "valuables",
        "Enter something of value",
        "Ctrl+Shift+V",
        "cash-check",
        Group.ITEM,
        "EnterController",
        only_open=False,
    ),
    Work(
        "answering",
        "Link to a record",
        "Ctrl+L",
        "link-variant",
        Group.ITEM,
        "LinkController",
        only_open=False,
    ),
    Work(
        "correcting",
        "Confirm",
        "Ctrl+Y",
        "check-all",
        Group.ITEM,
        "ConfirmController",
        about=About.ITEMS,
        shown=True,
        only_open=False,
        fits=lambda item: bool(item.row.guessed),
    ),
    Work("correcting", "Put right", "F2", "pencil-outline", Group.ITEM, "CorrectController", only_open=False),
    Work("correcting", "A copy of another", "Ctrl+D", "content-copy", Group.ITEM, "CopyController"),
    Work("correcting", "Junk", "Ctrl+Delete", "email-off-outline", Group.ITEM, "JunkController", about=About.ITEMS),
)
"""Every work, by group in the order of `Group`; a new one is a line here."""

SECTIONS: tuple[Section, ...] = (
    Section("reports", "Reports", "chart-bar", "ReportsController"),
    Section("valuables", "Valuables", "cash-multiple", "ValuablesController"),
    Section("mailboxes", "Mailboxes", "mailbox-outline", "MailboxesController", _LOGS),
    Section("rules", "Rules", "sign-direction", "RulesController", frozenset({Permission.KEEP_POST_RULES})),
    Section(
        "categories",
        "Categories",
        "tag-multiple-outline",
        "CategoriesController",
        frozenset({Permission.KEEP_POST_RULES}),
    ),
    Section(
        "retention", "To be deleted", "delete-clock-outline", "RetentionController", frozenset({Permission.SHARE_POST})
    ),
)
"""Every section, in their order after the register."""

PARTS: tuple[Part, ...] = (
    Part("clock", "Time", "ClockPartController"),
    Part("mail", "E-mail", "MessagePartController"),
)
"""Every part of the item's card, in their order after the history."""
