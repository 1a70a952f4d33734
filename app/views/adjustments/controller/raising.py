"""Raising an invoice that a second officer approved, where a third one does, and withdrawing one that isn't raised yet."""

from __future__ import annotations

from app.services.recharges import commands
from app.views.adjustments.controller.register_work import AtOnce


class RaiseController(AtOnce):
    """The invoice that is shown is raised; the services refuse whoever took an earlier step of it."""

    does = staticmethod(commands.post)


class WithdrawInvoiceController(AtOnce):
    """The invoice that is shown is withdrawn before it is raised."""

    does = staticmethod(commands.withdraw)
