"""The clock of an item: shown with its working, stopped, let go on, extended."""

from __future__ import annotations

from app.models.values import Pausing, Subject
from app.services.post_log.standards import commands, previewing, queries, wording
from app.services.post_log.standards.dto import Clock
from app.views.common.effects import WorkSheet
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.post_log.clock import ClockPart, ExtendSheet, PauseSheet, ResumeSheet
from app.views.post_log.controller.item_work import ItemWork


class _ClockWork(ItemWork):
    """One sheet about the clock of the item that is shown."""

    asks = staticmethod(queries.clock)

    def make(self, clock: Clock) -> WorkSheet | str:
        """The sheet, where there is anything to be done."""
        if refused := self.refused(clock):
            return refused
        sheet = self.made(clock)
        sheet.about = (Subject.POST_ITEM, clock.item_id)
        return sheet

    def refused(self, clock: Clock) -> str:
        """Why there is nothing to be done; empty where there is."""
        raise NotImplementedError

    def made(self, clock: Clock) -> WorkSheet:
        """The sheet."""
        raise NotImplementedError


class PauseController(_ClockWork):
    """Stops the clock from the day that we asked the sender something."""

    previews = staticmethod(previewing.preview_pause)
    saves = staticmethod(commands.pause)
    told = "The clock stands still until they say; the item is in the list, with no day to keep."

    def refused(self, clock: Clock) -> str:
        """It stands still already, or never does."""
        if clock.waiting is not None:
            return f"{clock.number} stands still already, since {wording.spelled(clock.waiting.from_on)}."
        if clock.standard.pausing is Pausing.NEVER:
            longer = " It can be extended." if clock.extend_left else ""
            return f"The time to answer {clock.number} never stands still: {clock.category}.{longer}"
        return ""

    def made(self, clock: Clock) -> PauseSheet:
        """What they were asked, and when."""
        return PauseSheet(self.page, clock, self.office.desk.clock.today)


class ResumeController(_ClockWork):
    """Lets the clock go on: the answer came."""

    previews = staticmethod(previewing.preview_resume)
    saves = staticmethod(commands.resume)
    told = "The clock goes on."

    def refused(self, clock: Clock) -> str:
        """It runs."""
        return "" if clock.waiting is not None else f"The clock of {clock.number} doesn't stand still."

    def made(self, clock: Clock) -> ResumeSheet:
        """When the answer came."""
        return ResumeSheet(self.page, clock, self.office.desk.clock.today)


class ExtendController(_ClockWork):
    """Makes the time to answer longer."""

    previews = staticmethod(previewing.preview_extend)
    saves = staticmethod(commands.extend)
    told = "The time to answer is longer. Tell the sender the new day and why."

    def refused(self, clock: Clock) -> str:
        """It was extended as far as it can be."""
        return "" if clock.extend_left else f"The time to answer {clock.number} can't be extended any more."

    def made(self, clock: Clock) -> ExtendSheet:
        """By how much, and why."""
        return ExtendSheet(self.page, clock)


class ClockPartController(PartDesk):
    """The part Time of an item's card."""

    def __init__(self, office: Office) -> None:
        self._clock = ClockPart()
        super().__init__(office, self._clock, queries.clock)

    def fill(self, found: Clock | None) -> None:
        """Show by when an item is dealt with."""
        if found is None:
            self._clock.clear()
        else:
            self._clock.show_clock(found)
