"""The reports of the post as files: they hold what the screen shows."""

from datetime import UTC, date, datetime

from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt

from app.models.post_log import PostItem
from app.models.values import PostChannel
from app.services.post_log import keeping
from app.services.post_log.dto import NewItem
from app.services.workbench import exporting
from app.services.workbench.listing import FileKind
from app.views.common.data_table import DataTable
from app.views.post_log.controller.reports import ReportsController
from tests.views.desktop import wait


def test_a_report_exports_to_excel_and_pdf_what_the_screen_shows(office, qtbot, tmp_path):
    def late(ctx):
        for category, subject in (("foi", "First"), ("foi", "Second"), ("general", "Third")):
            of = keeping.category(ctx, category)
            received = datetime(2026, 11, 2, 9, tzinfo=UTC)
            new = NewItem(PostChannel.LETTER, subject, received_at=received, category_id=of.id)
            ctx.session.get_one(PostItem, keeping.log(ctx, new)).reply_by = date(2026, 11, 16)

    office.desk.do(late)
    reports = ReportsController(office)
    qtbot.addWidget(reports.page)
    reports.page.resize(1300, 900)
    reports.page.show()
    wait(qtbot, lambda: not office.tasks.busy and reports.page.models[0].rows)
    table = next(each for each in reports.page.findChildren(DataTable) if each.accessibleName() == "Post by category")
    model, columns = table.model(), table.layout_of_columns.exported()
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in columns]
    shown = [[str(model.index(row, at).data() or "") for at in columns] for row in range(model.rowCount())]
    assert shown[0][:4] == ["Freedom of information request", "2", "0", "2"]
    listing = table.listing()
    workbook, pdf = tmp_path / "report.xlsx", tmp_path / "report.pdf"
    office.desk.ask(exporting.export, workbook, FileKind.XLSX, listing)
    office.desk.ask(exporting.export, pdf, FileKind.PDF, listing)
    cells = [["" if cell is None else str(cell) for cell in line] for line in load_workbook(workbook).active.values]
    at = next(at for at, line in enumerate(cells) if line[: len(titles)] == titles)
    assert [line[: len(titles)] for line in cells[at + 1 : at + 1 + len(shown)]] == shown
    text = " ".join(page.extract_text() for page in PdfReader(pdf).pages)
    words = " ".join(text.split())
    assert all(" ".join(line[:4]) in words for line in shown)
