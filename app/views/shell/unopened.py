"""The commands of pages that have not been opened yet, as data, so that Ctrl+K offers them without making the pages.

Imported when the palette is first opened, not when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial

from app.services.core.permissions import Permission
from app.views.adjustments.works import OFFERED as OF_ADJUSTMENTS
from app.views.admin.sections import SECTIONS
from app.views.common.page import Page
from app.views.common.works import About, Offered
from app.views.direct_debits.works import OFFERED as OF_DIRECT_DEBITS
from app.views.post_log.works import OFFERED as OF_POST
from app.views.purchase_orders.works import OFFERED as OF_PURCHASE_ORDERS
from app.views.reception_payments.works import OFFERED as OF_RECEPTION
from app.views.rent.works import OFFERED as OF_RENT
from app.views.shell.areas import Area
from app.views.shell.palette_item import Item

ShowOnly = Callable[[str, object], object]
Shown = Callable[[], Page | None]


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a page, as the action that the page has once it is made.

    Attributes:
        title, keys: of the action.
        at_once: it is given as soon as the page is there. Any other needs something chosen, rehearsed or read first:
            the page is opened, and the officer gives it there.
    """

    title: str
    keys: str
    at_once: bool = False


COMMANDS: dict[str, tuple[Command, ...]] = {
    "home": (
        Command("New task", "Ctrl+N", at_once=True),
        Command("Find a task", "Ctrl+F", at_once=True),
        Command("Done", "Ctrl+Enter"),
        Command("Hand over", "Ctrl+H"),
        Command("Later", "Ctrl+L"),
        Command("Take", "Ctrl+T"),
    ),
    "post_log": (
        Command("Find in the post", "Ctrl+F", at_once=True),
        Command("Do", "Ctrl+J", at_once=True),
        Command("Account", "Ctrl+O"),
    ),
    "rent": (
        Command("Find an account", "Ctrl+F", at_once=True),
        Command("Change", "Ctrl+J", at_once=True),
        Command("Explain", "F8"),
        Command("Statement", "F6"),
        Command("Letter", "F9"),
        Command("Contact", "F7"),
        Command("Who changed this account", "Ctrl+H"),
        Command("New task", "Ctrl+N"),
        Command("The ledger", "Ctrl+L"),
        Command("Sums by week", "Ctrl+B"),
        Command("Charges in force", "Ctrl+G"),
        Command("Notes", "Ctrl+M"),
        Command("Documents", "Ctrl+D"),
        Command("Tasks", "Ctrl+T"),
    ),
    "adjustments": (
        Command("Find an adjustment", "Ctrl+F", at_once=True),
        Command("Do", "Ctrl+J", at_once=True),
        Command("Account", "Ctrl+O"),
    ),
    "direct_debits": (
        Command("Find a mandate", "Ctrl+F", at_once=True),
        Command("Do", "Ctrl+J", at_once=True),
        Command("Account", "Ctrl+O"),
    ),
    "purchase_orders": (
        Command("Find an order", "Ctrl+F", at_once=True),
        Command("Do", "Ctrl+J", at_once=True),
        Command("Account", "Ctrl+O"),
    ),
    "reception_payments": (
        Command("Find a receipt", "Ctrl+F", at_once=True),
        Command("Do", "Ctrl+J", at_once=True),
        Command("Account", "Ctrl+O"),
    ),
    "charges": (
        Command("Rehearse", "Ctrl+R", at_once=True),
        Command("Post the week", "Ctrl+Enter"),
        Command("The week", "Ctrl+W", at_once=True),
    ),
    "statements": (
        Command("Rehearse", "Ctrl+R", at_once=True),
        Command("Make the statements", "Ctrl+Enter"),
    ),
    "letters": (
        Command("Write a letter", "F9", at_once=True),
        Command("Batch", "Ctrl+B", at_once=True),
        Command("Find a letter", "Ctrl+F", at_once=True),
        Command("Send now", "Ctrl+Shift+S"),
        Command("Print", "Ctrl+Enter"),
        Command("Approve", "Ctrl+Shift+A"),
        Command("Mark as printed", "Ctrl+M"),
        Command("Undo printed", "Ctrl+Z"),
        Command("Came back", "Ctrl+R"),
        Command("Address is right", "Ctrl+Shift+R"),
        Command("Try again", "Ctrl+T"),
        Command("Print instead", "Ctrl+Shift+P"),
        Command("Cancel letter", "Ctrl+Del"),
        Command("Save a copy", "Ctrl+S"),
        Command("Word", "Ctrl+W"),
    ),
    "approvals": (
        Command("Approve", "Ctrl+Enter"),
        Command("Refuse", "F7"),
        Command("Return for change", "F9"),
        Command("Ask again", "F9"),
        Command("Withdraw", "F7"),
    ),
    "admin": (),
}
"""The commands of each area's page but those that every page with a table has; `commands_of` adds what is data elsewhere."""


_TURNS = (Command("Next section", "Ctrl+PgDown", at_once=True), Command("Last section", "Ctrl+PgUp", at_once=True))
"""What every page with sections has."""
_OFFERED: dict[str, tuple[str, Offered]] = {
    "post_log": ("Post", OF_POST),
    "rent": ("Accounts", OF_RENT),
    "adjustments": ("Adjustments", OF_ADJUSTMENTS),
    "direct_debits": ("Direct Debits", OF_DIRECT_DEBITS),
    "purchase_orders": ("Purchase Orders", OF_PURCHASE_ORDERS),
    "reception_payments": ("Reception", OF_RECEPTION),
}
"""The pages with works and sections: what their tabs say, and what they offer."""


def commands_of(name: str, held: AbstractSet[Permission]) -> tuple[Command, ...]:
    """The commands of an area's page for an officer with these permissions; works, parts and sections too."""
    if name not in _OFFERED:
        return COMMANDS[name]
    title, offered = _OFFERED[name]
    mine = offered.to(held)
    works = [Command(work.title, _written(work.keys), at_once=work.about is About.OFFICE) for work in mine.works]
    parts = [Command(part.title, part.keys) for part in mine.parts if part.keys]
    sections = [Command(f"{title}: {each.title}", "", at_once=True) for each in mine.sections]
    return (*COMMANDS[name], *works, *parts, *sections, *(_TURNS if sections else ()))


def _written(keys: str) -> str:
    """Keys as officers read them: Enter for Qt's Return, Del for its Delete."""
    return keys.replace("Return", "Enter").replace("Delete", "Del")


def unopened_commands(
    areas: Sequence[Area], held: AbstractSet[Permission], show_only: ShowOnly, shown: Shown
) -> Iterator[Item]:
    """The commands of the pages of these areas, none of which is made yet, and the sections of Admin.

    Args:
        areas: the areas that the officer sees and hasn't opened.
        held: the officer's permissions, by which sections of Admin are seen.
        show_only: shows the page of an area, by the area's name, and of Admin's a section (None: the page as it is).
        shown: the page that is shown.
    """
    for area in areas:
        for each in commands_of(area.name, held):
            title = each.title if each.title.startswith(f"{area.title}: ") else f"{each.title} ({area.title})"
            yield _item(title, each.keys, partial(_give, each, area.name, show_only, shown))
        if area.name == "admin":
            for section in SECTIONS:
                if section.shown_to(held):
                    yield _item(f"Admin: {section.title}", "", partial(show_only, area.name, section.key))


def _item(title: str, keys: str, act: Callable[[], object]) -> Item:
    return Item(title, "", keys, "keyboard-outline", "muted", act)


def _give(wanted: Command, name: str, show_only: ShowOnly, shown: Shown) -> None:
    """Open the page, and give the command if it can be given at once."""
    show_only(name, None)
    page = shown()
    if wanted.at_once and page is not None:
        next(each for each in page.actions() if each.text().replace("&", "") == wanted.title).trigger()
