"""The controllers of the open database, each made when its page is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.views.common.page import Page


class Controller(Protocol):
    """What every controller has."""

    @property
    def page(self) -> Page:
        """The page that it looks after."""
        ...


class Controllers(dict[str, Controller]):
    """The controllers of the open database by area, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], Controller]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Controller:
        made = self[name] = self._make(name)
        return made
