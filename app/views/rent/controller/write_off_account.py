"""Ctrl+Shift+W: the debt of the account that is open is put forward to be written off."""

from __future__ import annotations

from app.views.rent.controller.adjust_account import AdjustController


class WriteOffController(AdjustController):
    """Hands the account over to the sheet of a write-off."""

    work = "write_off"
