"""The stops of the tour through the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.views.shell.tour import Step

if TYPE_CHECKING:
    from app.views.shell.window import Window


def steps_through(window: Window) -> tuple[Step, ...]:
    """What the tour stops at: the tabs, the finder, the keys, the foot, the menu."""
    return (
        Step(
            lambda: window.top.tabs.bar,
            "One tab for each kind of work",
            "Ctrl+1 opens the first, Ctrl+2 the second. You see the tabs that your roles need.",
        ),
        Step(
            lambda: window.top.finder,
            "Find anything",
            "Ctrl+K, then part of a name, an address, a postcode, a telephone number or a reference, even with a "
            "digit wrong. Commands are found there too. Enter opens.",
        ),
        Step(
            lambda: window.status.keys,
            "Every key of the page",
            "The question mark shows them, F1 opens the help of the page. Keys also stand on the buttons.",
        ),
        Step(
            lambda: window.status,
            "What is going on",
            "The database that is open, work under way with Cancel, who you are, the rent week and the day.",
        ),
        Step(
            lambda: window.top.officer,
            "Your own menu",
            "Colours, text size up to 200 per cent, help, and this tour again.",
        ),
    )
