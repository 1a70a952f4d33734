"""The counts of a till: given blind; what differs is told after, and explained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import TillCountKind
from app.services.core.context import Context
from app.services.reception_payments.tills import commands, queries
from app.services.reception_payments.tills.dto import Counted, SessionCard, SessionRow, TillRow
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.reception_payments.till_sheets import (
    CashUpSheet,
    CountSheet,
    DifferenceSheet,
    HandOverSheet,
    OpenSheet,
    SignSheet,
    TakeOverSheet,
)


class CountWork(SheetWork):
    """A till is counted; where that isn't what it should be, why is asked for, or it is counted again.

    Attributes:
        explains: the command that keeps why.
    """

    explains = staticmethod(commands.explain)

    def __init__(self, office: Office, page: QWidget, sheet: CountSheet, session: SessionRow) -> None:
        super().__init__(office, page)
        self._made, self._session = sheet, session

    def make(self, _found: None) -> CountSheet:
        """The sheet."""
        return self._made

    def again(self) -> CountWork:
        """The same, anew."""
        raise NotImplementedError

    def tell(self, saved: Counted) -> None:
        """Say that it is right; or ask why it isn't."""
        if saved.agrees:
            self.office.messages.good(saved.told)
            return
        sheet = DifferenceSheet(self.page, f"{self._session.till}: {saved.told}", saved)
        again = self.again

        def count_again() -> None:
            sheet.close()
            again().begin()

        sheet.again_wanted.connect(count_again)
        self.office.messages.warn(saved.told)
        told = f"{saved.told} The reason is kept."
        open_sheet(self.office, sheet, type(self).explains, sheet.command, lambda _done: told)


class CashUpWork(CountWork):
    """The end of a session."""

    saves = staticmethod(commands.cash_up)

    def __init__(self, office: Office, page: QWidget, session: SessionRow) -> None:
        super().__init__(office, page, CashUpSheet(page, session), session)

    def again(self) -> CashUpWork:
        """The same, anew."""
        return CashUpWork(self.office, self.page, self._session)


class SpotWork(CountWork):
    """A count without notice."""

    explains = staticmethod(commands.explain_check)

    def __init__(self, office: Office, page: QWidget, session: SessionRow) -> None:
        super().__init__(office, page, CountSheet(page, f"Spot check of {session.till}", "Counted"), session)

    def command(self) -> Any:
        """The count."""
        return self._made.count()

    def save(self, command: Any) -> None:
        """Keep it."""
        self.do(commands.spot_check, self._session.session_id, command)

    def again(self) -> SpotWork:
        """The same, anew."""
        return SpotWork(self.office, self.page, self._session)


class HandOverWork(CountWork):
    """A count for a colleague."""

    def __init__(
        self, office: Office, page: QWidget, session: SessionRow, colleagues: Sequence[tuple[str, int]]
    ) -> None:
        super().__init__(office, page, HandOverSheet(page, session, colleagues), session)
        self._colleagues = colleagues

    def command(self) -> Any:
        """The count."""
        return self._made.count()

    def save(self, command: Any) -> None:
        """Keep it."""
        to = self._made.fields.values()["to_officer_id"]
        self.do(commands.hand_over, self._session.session_id, to or 0, command)

    def tell(self, saved: Counted) -> None:
        """Say who has to agree now, where it is right."""
        super().tell(saved)
        if saved.agrees:
            to = self._made.fields.values()["to_officer_id"]
            name = next(words for words, officer_id in self._colleagues if officer_id == to)
            self.office.messages.good(f"{saved.told} {name} holds the till once they agree to it.")

    def again(self) -> HandOverWork:
        """The same, anew."""
        return HandOverWork(self.office, self.page, self._session, self._colleagues)


def open_till(office: Office, page: QWidget, till: TillRow) -> None:
    """Open a till with its float."""
    sheet = OpenSheet(page, till)

    def save(ctx: Context, count: Any) -> Counted:
        return commands.open_till(ctx, till.till_id, count)

    open_sheet(office, sheet, save, sheet.count, lambda saved: f"{till.name} is open, with {saved.counted}.")


def hand_over(office: Office, page: QWidget, session: SessionRow) -> None:
    """Count a till for whoever takes it over."""

    def show(found: Sequence[tuple[str, int]]) -> None:
        if found:
            HandOverWork(office, page, session, found).begin()
        else:
            office.messages.info("Nobody else takes payments, so nobody can take it over.")

    office.ask(page, queries.colleagues, then=show)


def take_over(office: Office, page: QWidget, session: SessionRow) -> None:
    """Agree to the count with which a till is handed over."""

    def show(found: SessionCard) -> None:
        counts = [each for each in found.counts if each.kind is TillCountKind.HANDOVER]
        if counts:
            sheet = TakeOverSheet(page, found.row, counts[-1])
            told = f"You hold {found.row.till}."
            open_sheet(office, sheet, commands.take_over, sheet.command, told)

    office.ask(page, queries.session_card, session.session_id, then=show)


def sign(office: Office, page: QWidget, session: SessionRow) -> None:
    """Sign a cash-up."""
    sheet = SignSheet(page, session)

    def save(ctx: Context, session_id: int) -> Any:
        return commands.sign(ctx, session_id, sheet_why)

    sheet_why = ""

    def command() -> int:
        nonlocal sheet_why
        sheet_why = sheet.why()
        return sheet.command()

    open_sheet(office, sheet, save, command, f"Session {session.number} is signed; its money can be banked.")
