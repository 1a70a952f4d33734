"""Pay point cards: listed, ordered, cancelled, sent to the supplier, and what the supplier answers."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from uuid import uuid4

from app.models.values import PayCardState, Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.imports.dto import Mistake
from app.services.reception_payments.pay_cards import answers, commands, jobs, queries
from app.services.reception_payments.pay_cards.dto import (
    STATES,
    AnswerFile,
    CardFileMade,
    CardFileRow,
    CardFilter,
    PayCardRow,
)
from app.views.common.dialogs import ask_open, ask_save
from app.views.common.file_reading import FileJobs, FileReading
from app.views.common.files import write_file
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet
from app.views.reception_payments.controller.ordering_card import OrderController
from app.views.reception_payments.pay_card_sheets import AnswerSheet, CancelSheet, FilesSheet
from app.views.reception_payments.pay_card_tables import CARDS

_KINDS: Final = "Answers of the supplier (*.csv *.xlsx *.xlsm)"
_JOBS: Final = FileJobs(jobs.FILES.headings, jobs.FILES.unclear, jobs.FILES.read_file)
_CHOICES: Final = (("All", None), *((STATES[state], state) for state in PayCardState))
_OPEN: Final = {PayCardState.ORDERED, PayCardState.ISSUED}


class PayCardsController(RegisterDesk[PayCardRow]):
    """Joins the section Pay point cards to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[PayCardRow] = RegisterPage(
            "Pay point cards",
            CARDS,
            stretch="name",
            choices=_CHOICES,
            placeholder="A card, an account or a name",
            noun=("card", "cards"),
            empty="No card is here. Ctrl+N orders one.",
            key=lambda row: row.card_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        listing = Listing(queries.found, CardFilter, queries.counts, queries.MOST, "a card, an account or a name")
        super().__init__(office, page, listing)
        if Permission.ORDER_PAY_CARDS in office.desk.officer.permissions:
            page.offer("Ctrl+N", "Order", "credit-card-plus-outline", self._order, primary=True)
            page.action(
                "F7",
                "Replace",
                "credit-card-sync-outline",
                self._replace,
                fits=lambda row: row.state is PayCardState.ISSUED,
            )
            page.action(
                "Ctrl+Del", "Cancel", "credit-card-off-outline", self._cancel, fits=lambda row: row.state in _OPEN
            )
            page.offer("Ctrl+Shift+E", "Make the file", "file-export-outline", self._make_file)
            page.offer("Ctrl+L", "Read the answer", "file-import-outline", self._ask_answer)
            page.offer("Ctrl+Shift+L", "Files", "file-table-outline", self._files)
        self.offer_account(primary=False)

    def open_record(self, _subject: Subject, record_id: int) -> None:
        """Show a card, among those with its reference."""

        def show(found: tuple[PayCardRow, ...]) -> None:
            if found:
                self.page.text.setText(found[0].reference)
                self.refresh()

        self.office.ask(self, queries.some, [record_id], then=show)

    def _order(self) -> None:
        OrderController(self.office, self.page)

    def _replace(self, row: PayCardRow) -> None:
        OrderController(self.office, self.page, account_id=row.account_id)

    def _cancel(self, row: PayCardRow) -> None:
        sheet = CancelSheet(self.page, row)
        told = f"Card {row.reference} is cancelled."
        open_sheet(self.office, sheet, _cancelled, sheet.command, told)

    # To the supplier and back

    def _make_file(self) -> None:
        def made(file: CardFileMade) -> None:
            (self.office.messages.warn if file.waiting else self.office.messages.good)(file.told)
            self._save(file.file_id, file.number)

        self.office.do(self, commands.make_file, uuid4().hex, then=made)

    def _files(self) -> None:
        def show(found: tuple[CardFileRow, ...]) -> None:
            sheet = FilesSheet(self.page, found)

            def save() -> None:
                if (chosen := sheet.chosen()) is not None:
                    sheet.close()
                    self._save(chosen.file_id, chosen.number)

            sheet.confirmed.connect(save)
            sheet.open()

        self.office.ask(self, queries.files, then=show)

    def _save(self, file_id: int, number: int) -> None:
        """Ask where a file goes, and write it there."""
        asked = ask_save(self.page, "Save the file for the supplier", f"Pay point cards {number}.csv", "CSV (*.csv)")

        def hand_out(name: str) -> None:
            def handed(found: tuple[bytes, str]) -> None:
                told = f"Saved as {Path(name).name}. Send it to the supplier, and delete it then: it holds addresses."
                self.office.elsewhere(
                    self,
                    lambda: write_file(Path(name), found[0]),
                    then=lambda _path: self.office.messages.good(told),
                )

            self.office.do(self, commands.hand_out, file_id, then=handed)

        asked.fileSelected.connect(hand_out)

    def _ask_answer(self) -> None:
        asked = ask_open(self.page, "The supplier's answer", _KINDS)
        asked.fileSelected.connect(lambda name: self.read_answer(Path(name)))

    def read_answer(self, path: Path) -> None:
        """Read an answer, and show it before it is taken."""
        FileReading(self.office, self.page, path, _JOBS, self._look_through)

    def _look_through(self, file: AnswerFile) -> None:
        def show(mistakes: tuple[Mistake, ...]) -> None:
            sheet = AnswerSheet(self.page, file, mistakes)
            open_sheet(self.office, sheet, commands.take_answer, sheet.command, "")

        self.office.ask(self, answers.check, file, then=show)


def _cancelled(ctx: Context, asked: tuple[int, str]) -> object:
    return commands.cancel(ctx, *asked)
