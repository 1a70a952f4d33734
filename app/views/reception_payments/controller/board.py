"""The daily board joined to the services: shown by day, prepared, signed."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.reception_payments.board import commands, queries
from app.services.reception_payments.board.dto import BankSide, Board, BoardRow, ChannelRow, Prepared
from app.views.common.office import Office
from app.views.common.sheet_work import open_sheet
from app.views.common.tasks import Task
from app.views.reception_payments.bank import OpenBank
from app.views.reception_payments.board import BoardPage
from app.views.reception_payments.board_sheets import ItemsSheet, PrepareSheet, SignSheet

Found = tuple[Board, tuple[BoardRow, ...]]


class BoardController(QObject):
    """Joins the section Daily board to the services."""

    def __init__(self, office: Office) -> None:
        officer = office.desk.officer
        self.page = page = BoardPage(
            office.desk.clock.today,
            may_prepare=Permission.LOAD_RECEIPTS in officer.permissions,
            may_sign=Permission.SIGN_BANKING in officer.permissions,
        )
        super().__init__(page)
        self.office = office
        self._asked: Task | None = None
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.day_wanted.connect(self.refresh)
        page.opened.connect(self._open_items)
        page.bank_opened.connect(self._open_bank)
        page.prepare_wanted.connect(self._prepare)
        page.sign_wanted.connect(self._sign)

    def refresh(self) -> None:
        """Make the board of the day that is asked for."""
        self._asked = self.office.ask(self, _found, self.page.on, then=self._show, instead_of=self._asked)

    def open_record(self, _subject: Subject, board_id: int) -> None:
        """Show the day of a board."""

        def show(found: Found) -> None:
            self.page.show_board(*found)
            row = next((each for each in found[1] if each.board_id == board_id), None)
            if row is not None:
                self.page.go_to(row.on)

        self._asked = self.office.ask(self, _found, self.page.on, then=show, instead_of=self._asked)

    def _show(self, found: Found) -> None:
        self.page.show_board(*found)

    def _open_items(self, row: ChannelRow) -> None:
        ItemsSheet(self.page, row).open()

    def _open_bank(self, side: BankSide) -> None:
        self.office.show_only("reception_payments", OpenBank(side.bank_id))

    def _prepare(self) -> None:
        board = self.page.board
        if board is None or board.on != self.page.on:
            return
        sheet = PrepareSheet(self.page, board)
        saves = partial(_prepared, on=board.on)
        open_sheet(self.office, sheet, saves, sheet.command, "The board is prepared: a second officer signs it.")

    def _sign(self, row: BoardRow) -> None:
        sheet = SignSheet(self.page, row)
        open_sheet(self.office, sheet, commands.sign, sheet.command, "The board is signed.")


def _found(ctx: Context, on: date) -> Found:
    return queries.board(ctx, on), queries.days(ctx)


def _prepared(ctx: Context, note: str, on: date) -> Prepared:
    return commands.prepare(ctx, on, note)
