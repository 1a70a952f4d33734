"""Tables as files: what the rows are, in their order, stamped with where they are from."""

import csv
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.models.values import Money
from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken, no_progress
from app.services.exports import pdf
from app.services.workbench import exporting
from app.services.workbench.listing import FileKind, Heading, Holds, Listing, Totals

HEADINGS = (
    Heading("Reference"),
    Heading("Since", Holds.DATE),
    Heading("Seen", Holds.MOMENT),
    Heading("Lines", Holds.NUMBER, total=True),
    Heading("Balance", Holds.POUNDS, total=True, balance=True),
)
SEEN = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
ROWS = (
    ("0012 447103", date(2018, 5, 14), SEEN, 3, Money(41_286)),
    ("=1+1", None, None, None, Money(-500)),
    ("0071003312", date(2020, 2, 29), SEEN, 12, Money(0)),
)


def listing(rows=ROWS, headings=HEADINGS, count=None):
    return Listing(
        "Accounts",
        ("In arrears", "Kind: Garages"),
        "Balance, largest first",
        headings,
        lambda ctx: iter(rows),
        len(rows) if count is None else count,
        "Sample landlord (sample.db)",
    )


STAMPS = [
    "In arrears",
    "Kind: Garages",
    "Sorted by Balance, largest first",
]


def test_a_workbook_has_true_values_its_stamp_and_sums_by_formula(desk, tmp_path):
    path = tmp_path / "a.xlsx"
    assert desk.ask(exporting.export, path, FileKind.XLSX, listing()) == 3
    sheet = load_workbook(path).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in cells[:4]] == ["Accounts", *STAMPS]
    local = datetime(2026, 11, 21, 12, tzinfo=UTC).astimezone()
    made = f"3 rows. Made on 21 Nov 2026 at {local:%H:%M} by Test Officer from Sample landlord (sample.db)"
    assert cells[4][0] == made
    seen = SEEN.astimezone().replace(tzinfo=None)
    assert cells[6] == ["Reference", "Since", "Seen", "Lines", "Balance"]
    assert cells[7] == ["0012 447103", datetime(2018, 5, 14), seen, 3, 412.86]  # noqa: DTZ001
    assert cells[8] == ["=1+1", None, None, None, -5]
    assert sheet["A9"].data_type == "s"
    assert cells[10][3:] == ["=SUM(D8:D10)", "=SUM(E8:E10)"]


def test_a_csv_has_its_headings_first_and_its_stamp_under_the_rows(desk, tmp_path):
    path = tmp_path / "a.csv"
    desk.ask(exporting.export, path, FileKind.CSV, listing())
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Reference", "Since", "Seen", "Lines", "Balance"]
    assert rows[1] == ["0012 447103", "14/05/2018", f"{SEEN.astimezone():%d/%m/%Y %H:%M}", "3", "412.86"]
    assert rows[2] == ["'=1+1", "", "", "", "-5.00"]
    assert [row[0] for row in rows[5:9]] == ["Accounts", *STAMPS]


def test_a_pdf_reads_dr_and_cr_and_numbers_its_pages(desk, tmp_path):
    path = tmp_path / "a.pdf"
    many = [(f"{number:010}", None, None, 1, Money(number - 100)) for number in range(200)]
    desk.ask(exporting.export, path, FileKind.PDF, listing(many))
    pages = PdfReader(path).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert "Reference" in text
        assert f"Page {number} of {len(pages)}" in text
    assert "1.00 CR" in pages[0].extract_text()
    assert "0.99 DR" in pages[-1].extract_text()
    assert desk.ask(exporting.pages, listing(many)) == path.read_bytes()


def test_mixed_values_of_a_text_column_are_words(desk, tmp_path):
    rows = [(value,) for value in (7, True, Money(-100), date(2026, 1, 2), None, "x")]
    desk.ask(exporting.export, tmp_path / "a.csv", FileKind.CSV, listing(rows, (Heading("What"),)))
    written = list(csv.reader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert [row[0] if row else "" for row in written[1:7]] == ["7", "yes", "'-£1.00", "2 Jan 2026", "", "x"]


@pytest.mark.parametrize("kind", list(FileKind))
def test_what_is_stopped_leaves_the_file_that_was_there(desk, tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    path.write_text("as it was")
    cancel = CancelToken()

    def rows(ctx):
        for number in range(5_000):
            if number == 2_500:
                cancel.cancel()
            yield (str(number),)

    wanted = Listing("Long", (), "", (Heading("Number"),), rows, 5_000)
    with pytest.raises(Cancelled):
        desk.watch(exporting.export, no_progress, cancel, path, kind, wanted)
    assert path.read_text() == "as it was"
    assert [each.name for each in tmp_path.glob("*a.*")] == [path.name]


@pytest.mark.parametrize("kind", list(FileKind))
def test_a_folder_that_is_not_there_or_may_not_be_written_is_a_sentence(desk, tmp_path, kind):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UserError, match="could not be written"):
        desk.ask(exporting.export, tmp_path / "file" / f"a.{kind}", kind, listing())


def test_nobody_prints_a_hundred_thousand_rows(desk, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_ROWS", 4_000)
    many = [(str(number),) for number in range(4_001)]
    with pytest.raises(UserError, match="thousands of pages"):
        desk.ask(exporting.pages, listing(many, (Heading("Number"),)))


def test_progress_is_told_of_the_whole(desk, tmp_path):
    told = []
    many = [(str(number),) for number in range(4_500)]
    desk.watch(
        exporting.export,
        lambda done, total, text="": told.append((done, total)),
        CancelToken(),
        tmp_path / "a.csv",
        FileKind.CSV,
        listing(many, (Heading("Number"),)),
    )
    assert told == [(2_000, 4_500), (4_000, 4_500)]


def test_totals_add_up_and_take_away():
    both = Totals(3, Money(500), Money(200))
    assert both.net == Money(300)
    assert both + Totals(1, Money(1), Money(2)) == Totals(4, Money(501), Money(202))
    assert both - Totals(1, Money(100), Money(0)) == Totals(2, Money(400), Money(200))
