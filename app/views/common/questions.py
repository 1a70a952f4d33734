"""What a page asks the services: of each kind of question only the answer to the latest counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.views.common.office import Office
from app.views.common.tasks import Task


class Questions:
    """The questions of one page or section, by what they ask for.

    Args:
        office: where they are asked.
        owner: whoever asks; what it asked is dropped with it.
    """

    def __init__(self, office: Office, owner: QObject) -> None:
        self._office = office
        self._owner = owner
        self._asked: dict[str, Task] = {}

    def ask(
        self, what: str, query: Callable[..., Any], *args: Any, then: Callable[[Any], object], **named: Any
    ) -> None:
        """Ask; a question of the same kind that is still being asked is dropped. What is named goes to `Office.ask`."""
        before = self._asked.get(what)
        self._asked[what] = self._office.ask(self._owner, query, *args, then=then, instead_of=before, **named)
