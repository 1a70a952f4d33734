"""What an officer can do on the Reception tab, as data: `works` offers it with the sections and parts."""

from __future__ import annotations

from app.views.common import works

WORKS: tuple[works.Work, ...] = ()
