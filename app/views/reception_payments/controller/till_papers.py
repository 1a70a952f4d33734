"""The papers of a till: seen page by page, printed, saved as PDF or as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.services.core.context import Context
from app.services.reception_payments.tills.dto import TillPaper
from app.views.common.dialogs import ask_save
from app.views.common.files import write_file
from app.views.common.office import Office
from app.views.reception_payments.banking_sheets import PaperSheet

Paper = Callable[[Context, int], TillPaper]


def show_paper(office: Office, page: QWidget, title: str, pdf: Paper, workbook: Paper, about_id: int) -> PaperSheet:
    """Open a paper; its pages come off the GUI thread."""
    sheet = PaperSheet(page, title)

    def write(path: str, paper: TillPaper) -> None:
        target = Path(path)
        office.elsewhere(
            sheet,
            partial(write_file, target, paper.content),
            then=lambda _done: sheet.messages.good(f"{target.name} is saved."),
            refused=sheet.show_problem,
        )

    def save(paper: TillPaper, kinds: str) -> None:
        ask_save(sheet, f"Save {paper.title}", paper.name, kinds).fileSelected.connect(lambda path: write(path, paper))

    def show(paper: TillPaper) -> None:
        sheet.show_pdf(paper.content)
        sheet.save_wanted.connect(lambda: save(paper, "PDF (*.pdf)"))

    def save_workbook() -> None:
        office.ask(
            sheet,
            workbook,
            about_id,
            then=lambda paper: save(paper, "Excel workbook (*.xlsx)"),
            refused=sheet.show_problem,
        )

    sheet.workbook_wanted.connect(save_workbook)
    sheet.open()
    office.ask(sheet, pdf, about_id, then=show, refused=sheet.show_error)
    return sheet
