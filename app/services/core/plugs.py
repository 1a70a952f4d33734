"""What areas plug into the services below them, read when it is first asked for and not when the program starts.

A slot is a registry, such as the kinds of approval; `app/registered.py` says which modules fill it. Whoever looks into a
registry calls `fill` first.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Sequence

_LOCK = threading.RLock()
_waiting: dict[str, Sequence[str]] = {}


def wait(slot: str, modules: Sequence[str]) -> None:
    """These modules fill the slot, each by its function `register`, when it is first looked into."""
    _waiting[slot] = modules


def fill(slot: str) -> None:
    """Fill the slot if that hasn't been done; another thread that looks into it waits until all of it is there."""
    if slot not in _waiting:
        return
    with _LOCK:
        for name in _waiting.get(slot, ()):
            importlib.import_module(name).register()
        _waiting.pop(slot, None)
