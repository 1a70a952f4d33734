"""Functions whose modules are read when they are first called, so that the window starts without them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Later:
    """A function of another module, called as if it were the function itself.

    Attributes:
        module: the dotted name of the module.
        name: of the function in it.
    """

    module: str
    name: str

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Import the module, the first time, and call the function."""
        return self.found()(*args, **named)

    def found(self) -> Callable[..., Any]:
        """The function itself."""
        found: Callable[..., Any] = getattr(importlib.import_module(self.module), self.name)
        return found
