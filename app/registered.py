"""What the service areas plug into each other, named once: the window and the command line both call `register`.

A module named here has a function `register()` that plugs its kinds of approval, finder sources, home cards or jobs
into the service below it that runs them.
"""

from __future__ import annotations

import importlib
from functools import cache

MODULES: tuple[str, ...] = (
    "app.services.admin.periods.requests",
    "app.services.letters.approving",
    "app.services.diary.sources",
    "app.services.documents.sources",
    "app.services.rent.sources",
    "app.services.admin.policy.requests",
    "app.services.admin.officers_kinds",
    "app.services.admin.roles",
    "app.services.admin.limits",
    "app.services.home.day",
)
"""Dotted names of modules with a `register` function."""


@cache
def register() -> None:
    """Plug everything in, once."""
    for name in MODULES:
        importlib.import_module(name).register()
