"""What the Post tab offers beside the register itself: works, sections and parts of an item, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.models.values import PostChannel
from app.services.core.permissions import Permission
from app.views.common import works
from app.views.common.works import About, Offered, Part, Section

if TYPE_CHECKING:
    from app.services.post_log.register.dto import ItemDetail

_LOGS = frozenset({Permission.LOG_POST})
_RULES = frozenset({Permission.KEEP_POST_RULES})


class Group(StrEnum):
    """The headings of the menu of works, in their order."""

    LOG = "Log"
    SHARE = "Give to"
    ANSWER = "Answer"
    TIME = "Time"
    ITEM = "The item"
    OFFICE = "The office"


@dataclass(frozen=True, slots=True)
class Work(works.Work):
    """A work of the Post tab.

    Attributes:
        needs: most are for whoever logs post.
        only_open: it is of use for open items only.
    """

    needs: frozenset[Permission] = _LOGS
    only_open: bool = True


def _runs(item: ItemDetail) -> bool:
    """Whether the time to answer runs: there is a last day, and no answer yet."""
    return item.reply_by is not None and item.replied_on is None


WORKS: tuple[works.Work, ...] = (
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
        about=About.MANY,
        shown=True,
    ),
    Work(
        "giving",
        "Take",
        "Ctrl+T",
        "hand-back-right-outline",
        Group.SHARE,
        "TakeController",
        about=About.MANY,
        shown=True,
    ),
    Work(
        "answering",
        "Acknowledge",
        "Ctrl+Shift+A",
        "email-check-outline",
        Group.ANSWER,
        "AcknowledgeController",
        about=About.MANY,
        shown=True,
    ),
    Work("answering", "Answer", "F9", "reply-outline", Group.ANSWER, "AnswerController", shown=True),
    Work("sending", "Pass on", "Ctrl+Shift+F", "email-arrow-right-outline", Group.ANSWER, "ForwardController"),
    Work(
        "answering",
        "Close",
        "Ctrl+Shift+C",
        "check-circle-outline",
        Group.ANSWER,
        "CloseController",
        about=About.MANY,
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
        about=About.MANY,
        shown=True,
        only_open=False,
        fits=lambda item: bool(item.row.guessed),
    ),
    Work("correcting", "Put right", "F2", "pencil-outline", Group.ITEM, "CorrectController", only_open=False),
    Work("correcting", "A copy of another", "Ctrl+D", "content-copy", Group.ITEM, "CopyController"),
    Work("correcting", "Junk", "Ctrl+Delete", "email-off-outline", Group.ITEM, "JunkController", about=About.MANY),
)
"""Every work, by group in the order of `Group`; a new one is a line here."""

SECTIONS: tuple[Section, ...] = (
    Section("reports", "Reports", "chart-bar", "ReportsController"),
    Section("valuables", "Valuables", "cash-multiple", "ValuablesController"),
    Section("mailboxes", "Mailboxes", "mailbox-outline", "MailboxesController", _LOGS),
    Section("rules", "Rules", "sign-direction", "RulesController", _RULES),
    Section(
        "categories",
        "Categories",
        "tag-multiple-outline",
        "CategoriesController",
        _RULES,
    ),
    Section(
        "retention", "To be deleted", "delete-clock-outline", "RetentionController", frozenset({Permission.SHARE_POST})
    ),
)
"""Every section, in their order after the register."""

PARTS: tuple[Part, ...] = (
    Part("clock", "Time", "ClockPartController"),
    Part("mail", "E-mail", "MessagePartController"),
    Part("papers", "Documents", "PapersController"),
    Part("notes", "Notes", "NotesController"),
)
"""Every part of the item's card, in their order after the history."""

OFFERED = Offered(WORKS, SECTIONS, PARTS)
