"""A draft submitted, and what was approved posted."""

from __future__ import annotations

from app.services.adjustments import commands
from app.views.adjustments.controller.register_work import AtOnce


class PostController(AtOnce):
    """The adjustment that is shown is posted; the services refuse whoever took an earlier step of it."""

    does = staticmethod(commands.post)


class SubmitController(AtOnce):
    """The draft that is shown is submitted: posted at once within the officer's limits, else put to a second officer."""

    does = staticmethod(commands.submit)
