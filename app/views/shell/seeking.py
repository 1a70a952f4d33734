"""What the palette asks and offers: records found by the database, commands found here, what was opened lately."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from app.models.values import Subject
from app.services.core.folding import fold
from app.services.core.later import Later
from app.views.common.office import Office, drop
from app.views.common.page import Page
from app.views.common.tasks import Task
from app.views.shell.palette_item import Item

if TYPE_CHECKING:
    from app.services.core.finding import Found, Group
    from app.views.shell.window import Window

_FIND, _RECALL = (Later("app.services.core.finding", name) for name in ("find", "recall"))
ICONS = {
    Subject.ACCOUNT: "account-group-outline",
    Subject.TENANCY: "account-group-outline",
    Subject.PERSON: "account-outline",
    Subject.PROPERTY: "home-outline",
    Subject.TASK: "checkbox-marked-circle-outline",
    Subject.LETTER: "email-outline",
    Subject.LETTER_TEMPLATE: "file-document-edit-outline",
    Subject.APPROVAL: "check-decagram-outline",
    Subject.OFFICER: "badge-account-outline",
    Subject.TEAM: "account-multiple-outline",
}
_OTHER = "file-document-outline"
_RECENT, _COMMANDS = 8, 8
_PATIENCE_MS = 150
_KEPT = "opened"

Commands = Callable[[], Iterator[Item]]


class Seeker(QObject):
    """Answers the palette for the office that is open.

    Args:
        window: whose palette things are looked for in.
        office: the open desk.
        commands: every command that could be given now.
    """

    def __init__(self, window: Window, office: Office, commands: Commands) -> None:
        super().__init__(window)
        self._window = window
        self._office = office
        self._commands = commands
        self._asked: Task | None = None
        self._text = ""
        self._slow = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._slow.timeout.connect(lambda: self._show(self._text, (), waiting=True))
        window.sought.connect(self._ask)

    def opened(self, subject: Subject, record_id: int) -> None:
        """Note that a record was opened; an empty palette offers it again."""
        recent = [each for each in self._recent() if each != (subject, record_id)]
        kept = [(subject, record_id), *recent][:_RECENT]
        self._office.memory.write(_KEPT, " ".join(f"{kind.value}:{number}" for kind, number in kept))

    def _recent(self) -> list[tuple[Subject, int]]:
        found: list[tuple[Subject, int]] = []
        for word in self._office.memory.read(_KEPT).split():
            kind, _, number = word.partition(":")
            if kind in {each.value for each in Subject} and number.isdigit():
                found.append((Subject(kind), int(number)))
        return found

    def _ask(self, text: str) -> None:
        drop(self._asked)
        self._text = text
        self._slow.start()
        self._asked = self._office.ask(
            self,
            _FIND if text else _RECALL,
            text or self._recent(),
            then=lambda found: self._show(text, groups_of(found)),
            refused=lambda _error: self._show(text, ()),
        )

    def _show(self, text: str, groups: Sequence[Group], *, waiting: bool = False) -> None:
        if not waiting:
            self._slow.stop()
        records: list[Item] = []
        for group in groups:
            records.append(Item(f"{group.title}, the first {len(group.found)}" if group.more else group.title))
            records.extend(self._record(found) for found in group.found)
        items = arranged(records, list(matching(self._commands(), text)), text)
        self._window.palette_of_all.show_items(text, items, waiting=waiting)

    def _record(self, found: Found) -> Item:
        amount = found.amount
        tone = "muted" if amount is None or not amount.pence else "bad" if amount.pence > 0 else "good"
        return Item(
            found.title,
            found.detail,
            amount.dr_cr() if amount is not None else "",
            ICONS.get(found.subject, _OTHER),
            tone,
            lambda: self._office.open_record(found.subject, found.subject_id),
        )


def groups_of(found: tuple[Group, ...] | tuple[Found, ...]) -> tuple[Group, ...]:
    """Records in groups; those without one were opened lately."""
    from app.services.core.finding import Found, Group

    loose = tuple(each for each in found if isinstance(each, Found))
    groups = tuple(each for each in found if isinstance(each, Group))
    return (Group("Opened lately", loose), *groups) if loose else groups


def matching(commands: Iterator[Item], text: str) -> Iterator[Item]:
    """The commands in which every word typed begins a word; every command where nothing is typed."""
    typed = fold(text).split()
    for item in commands:
        words = fold(item.title.replace("(", " ")).split()
        if all(any(word.startswith(part) for word in words) for part in typed):
            yield item


def arranged(records: Sequence[Item], commands: Sequence[Item], text: str) -> list[Item]:
    """Records before commands; but who types the whole name of a page or command means that, before every record."""
    named = [each for each in commands if _is_called(each, text)]
    others = [each for each in commands if each not in named][: _COMMANDS - len(named)]
    first = [Item("Commands"), *named] if named else []
    last = [Item("More commands" if named else "Commands"), *others] if others else []
    return [*first, *records, *last]


def _is_called(item: Item, text: str) -> bool:
    """Whether a command has this name: without the tab before it, or the page behind it."""
    typed = fold(text)
    name = fold(item.title.partition(" (")[0])
    return bool(typed) and typed in {fold(item.title), name, name.rpartition(": ")[2], name.removeprefix("go to ")}


def page_commands(page: Page, before: Callable[[], object] | None = None) -> Iterator[Item]:
    """The commands of a page: its actions that can be given now, each with its key."""
    for action in page.actions():
        if action.isEnabled() and action.isVisible() and action.text():
            yield command(action.text(), action, page.windowTitle(), before)


def command(title: str, action: QAction, detail: str = "", before: Callable[[], object] | None = None) -> Item:
    """An action as a line of the palette."""

    def act() -> None:
        if before:
            before()
        action.trigger()

    keys = action.shortcut().toString().replace("Return", "Enter") or action.text().partition("\t")[2]
    words = title.replace("&", "")
    return Item(
        f"{words} ({detail})" if detail and not words.startswith(f"{detail}: ") else words,
        "",
        keys,
        "keyboard-outline",
        "muted",
        act,
    )
