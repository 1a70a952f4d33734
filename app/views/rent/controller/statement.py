"""What the statement sheet does: makes the pages, keeps what is handed over, saves and prints it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import FormatNeed
from app.services.rent.dto import AccountHeader
from app.services.statements import commands, queries
from app.services.statements.dto import Issued, Variant
from app.views.common.dialogs import ask_save
from app.views.common.files import write_file
from app.views.common.office import Office
from app.views.common.printing import print_pdf, print_text
from app.views.common.tasks import Task
from app.views.rent.dialogs import StatementSheet, StatementWanted

_NEEDS = {FormatNeed.LARGE_PRINT: Variant.LARGE_PRINT, FormatNeed.TEXT_ONLY: Variant.TEXT}
_PDF, _TEXT, _EXCEL = "PDF (*.pdf)", "Text (*.txt)", "Excel workbook (*.xlsx)"


class StatementController(QObject):
    """One statement sheet, from F6 until it is closed.

    What is saved or printed is issued: kept with the account, byte for byte as it was handed over.
    """

    def __init__(self, office: Office, page: QWidget, header: AccountHeader) -> None:
        today = office.desk.clock.today()
        needs = [_NEEDS[person.format_need] for person in header.people if person.format_need in _NEEDS]
        variant = needs[0] if needs else Variant.STANDARD
        self.sheet = StatementSheet(page, header, office.year_of(today).first_week_on, today, variant)
        super().__init__(self.sheet)
        self._office = office
        self._preview: Task | None = None
        self._issued: dict[StatementWanted, Issued] = {}
        self.sheet.preview_wanted.connect(self._show)
        self.sheet.pdf_wanted.connect(self._save_pdf)
        self.sheet.excel_wanted.connect(self._save_excel)
        self.sheet.print_wanted.connect(lambda wanted: self._issue(wanted, self._print))
        self.sheet.open()
        self.sheet.begin()

    def _show(self, wanted: StatementWanted) -> None:
        dates = (wanted.account_id, wanted.from_on, wanted.to_on)
        sheet, asked = self.sheet, self._preview
        if wanted.variant is Variant.TEXT:
            self._preview = self._office.ask(
                self, queries.statement_text, *dates, then=sheet.show_text, refused=sheet.show_error, instead_of=asked
            )
        else:
            self._preview = self._office.ask(
                self,
                queries.statement_pdf,
                *dates,
                wanted.variant,
                then=sheet.show_pdf,
                refused=sheet.show_error,
                instead_of=asked,
            )

    def _save_pdf(self, wanted: StatementWanted) -> None:
        text = wanted.variant is Variant.TEXT
        dialog = ask_save(
            self.sheet,
            "Save the statement",
            _name(self.sheet, wanted, "txt" if text else "pdf"),
            _TEXT if text else _PDF,
        )
        dialog.fileSelected.connect(
            lambda path: self._issue(wanted, lambda issued: self._write(Path(path), issued.content))
        )

    def _save_excel(self, wanted: StatementWanted) -> None:
        dialog = ask_save(self.sheet, "Save the statement as a workbook", _name(self.sheet, wanted, "xlsx"), _EXCEL)

        def make(path: str) -> None:
            self._office.ask(
                self,
                queries.statement_xlsx,
                wanted.account_id,
                wanted.from_on,
                wanted.to_on,
                then=lambda content: self._write(Path(path), content),
                refused=self.sheet.show_error,
            )

        dialog.fileSelected.connect(make)

    def _issue(self, wanted: StatementWanted, then: Callable[[Issued], None]) -> None:
        """Issue the statement once, however often it is then saved and printed."""
        if (done := self._issued.get(wanted)) is not None:
            then(done)
            return

        def issued(made: Issued) -> None:
            self._issued[wanted] = made
            self.sheet.set_busy(busy=False)
            then(made)

        self.sheet.set_busy(busy=True)
        self._office.do(
            self,
            commands.issue,
            wanted.account_id,
            wanted.from_on,
            wanted.to_on,
            wanted.variant,
            then=issued,
            refused=self.sheet.show_error,
        )

    def _print(self, issued: Issued) -> None:
        if issued.file_name.endswith(".txt"):
            print_text(self.sheet, issued.content.decode("utf-8"))
        else:
            print_pdf(self.sheet, issued.content, issued.file_name)

    def _write(self, path: Path, content: bytes) -> None:
        def write() -> Path:
            write_file(path, content)
            return path

        self._office.elsewhere(self, write, then=self._written, refused=self.sheet.show_error)

    def _written(self, path: Path) -> None:
        words = f"The statement of {self.sheet.reference} is saved as {path.name}"
        self.sheet.messages.good(words)
        self._office.messages.good(words)


def _name(sheet: StatementSheet, wanted: StatementWanted, suffix: str) -> str:
    reference = "".join(letter for letter in sheet.reference if letter.isalnum() or letter in " -")
    return f"Statement {reference} {wanted.from_on.isoformat()} to {wanted.to_on.isoformat()}.{suffix}"
