"""The statement on paper: what it says, where, in what type, and that it is the same file each time."""

import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.services.exports.pen import MM, PAGE_HEIGHT
from app.services.exports.statement.dto import Sender, Variant
from app.services.exports.statement.pdf import statement_pdf, statements_pdf
from tests.factories.statements import SENDER, statement

PRINTED = (Variant.STANDARD, Variant.LARGE_PRINT)
BALANCE = r"([\d,]+\.\d\d(?: DR| CR)?)"


def read(pdf):
    return PdfReader(io.BytesIO(pdf), strict=True)


def placed(page):
    """Every run of text on a page: text, x and y in millimetres from the top left, and size in points."""
    runs = []

    def visit(text, _cm, matrix, _font, size):
        if text.strip():
            runs.append((text.strip(), matrix[4] / MM, (PAGE_HEIGHT - matrix[5]) / MM, size))

    page.extract_text(visitor_text=visit)
    return runs


def pence(shown):
    amount = int(shown.split()[0].replace(",", "").replace(".", ""))
    return -amount if shown.endswith("CR") else amount


def carried(text):
    """The balances brought and carried forward on a page, in pence."""
    lines = " ".join(text.split())
    return tuple(pence(re.search(rf"{word} {BALANCE}", lines)[1]) for word in ("Brought forward", "Carried forward"))


@pytest.mark.parametrize("variant", PRINTED)
def test_what_a_statement_says(variant):
    text = "\n".join(page.extract_text() for page in read(statement_pdf(statement(), SENDER, variant)).pages)
    # 25.00 + 118.42 - 50.00 = 93.42
    for words in (
        "Testford Borough Council", "Mx Alex Sample", "70000001", "29 June 2026", "27 September 2026",
        "You owed £93.42 on 27 September 2026.", "£118.42", "£50.00", "29 Jun 2026", "Basic rent", "Direct Debit",
        "143.42 DR", "93.42 DR",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("variant", PRINTED)
@pytest.mark.parametrize(
    ("brought_forward", "outcome"),
    [
        (-20_000, "Your account was £131.58 in credit on 27 September 2026."),
        (-6_842, "Nothing was owed on 27 September 2026."),
    ],
)
def test_credit_and_nil_balances_are_said_in_words(variant, brought_forward, outcome):
    text = read(statement_pdf(statement(brought_forward=brought_forward), SENDER, variant)).pages[0].extract_text()
    assert outcome in text


@pytest.mark.parametrize("variant", PRINTED)
def test_how_to_pay_and_whom_to_ask(variant):
    text = " ".join(
        " ".join(page.extract_text().split()) for page in read(statement_pdf(statement(), SENDER, variant)).pages
    )
    assert "Direct Debit: call us and we set it up." in text
    assert "Always quote your account reference: 70000001." in text
    assert "call 01632 960 000 or write to rents@testford.example" in text


@pytest.mark.parametrize("variant", PRINTED)
def test_every_page_of_a_long_statement_says_which_and_carries_its_balance(variant):
    made = statement([11_842, 450, -9_000] * 40)
    pages = [page.extract_text() for page in read(statement_pdf(made, SENDER, variant)).pages]
    assert len(pages) >= 3
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert made.reference in text


@settings(max_examples=25)
@given(
    st.lists(st.integers(-300_000, 300_000).filter(bool), max_size=150),
    st.integers(-900_000, 900_000),
    st.sampled_from(PRINTED),
)
def test_brought_forward_and_lines_add_up_to_carried_forward_on_every_page(amounts, before, variant):
    made = statement(amounts, before)
    pages = [carried(page.extract_text()) for page in read(statement_pdf(made, SENDER, variant)).pages]
    if variant is Variant.LARGE_PRINT:  # its first "brought forward" is that of the summary: the same figure
        assert pages[0][0] == before
    assert (pages[0][0], pages[-1][1]) == (before, made.carried_forward.pence)
    after = [line.balance_pence for line in made.lines]
    at = 0
    for (brought, carried_on), following in zip(pages, [*pages[1:], None], strict=True):
        assert brought == (after[at - 1] if at else before)
        while (after[at - 1] if at else before) != carried_on:
            at += 1
        if following:
            assert following[0] == carried_on


@pytest.mark.parametrize("variant", PRINTED)
def test_the_same_statement_is_the_same_bytes(variant):
    assert statement_pdf(statement(), SENDER, variant) == statement_pdf(statement(), SENDER, variant)
    several = [statement(), statement([100] * 90, reference="70000002")]
    assert statements_pdf(several, SENDER, variant, "Group") == statements_pdf(several, SENDER, variant, "Group")


@pytest.mark.parametrize("variant", PRINTED)
def test_language_title_and_fonts_are_in_the_file(variant):
    reader = read(statement_pdf(statement(addressee="Mx Γεωργία Жукова-Łódź"), SENDER, variant))
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.metadata.title == "Rent account statement 70000001, 29 June 2026 to 27 September 2026"
    assert reader.pages[0].mediabox[2:] == [pytest.approx(595.28, abs=0.01), pytest.approx(841.89, abs=0.01)]
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "OpenSans" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]


@pytest.mark.parametrize("variant", PRINTED)
@pytest.mark.parametrize(
    "name", ["Mx Γεωργία Παπαδοπούλου", "Mx Анна Жукова", "Mx Łukasz Ñúñez-Őry", "Mx Ștefan Ţăran"]
)
def test_latin_greek_and_cyrillic_names_print(variant, name):
    assert name in read(statement_pdf(statement(addressee=name), SENDER, variant)).pages[0].extract_text()


def test_letters_that_the_font_lacks_leave_a_mark_and_do_no_harm():
    text = read(statement_pdf(statement(addressee="Mx 李 Sample\x07"), SENDER)).pages[0].extract_text()
    assert "Mx ? Sample" in text


@pytest.mark.parametrize("variant", PRINTED)
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Mx Alex Sample", ("1 Sample Close", "Testford", "ZZ11 1AA")),
        (
            "Mr Bartholomew Featherstonehaugh-Cholmondeley and Mrs Γεωργία Παπαδοπούλου-Schwarzenberger",
            ("Flat 112, The Old Sampling Works, Building Number Two", "Upper Sampling Lane", "Testford", "ZZ11 1AA"),
        ),
    ],
)
def test_the_address_shows_in_the_window_and_nothing_else_does(variant, name, address):
    page = read(statement_pdf(statement(addressee=name, address=address), SENDER, variant)).pages[0]
    behind = [(text, x, y) for text, x, y, _ in placed(page) if x < 113 and 42 < y < 92]
    assert behind
    assert "ZZ11 1AA" in behind[-1][0]
    for _, x, y in behind:
        assert 20 <= x <= 103
        assert 53 <= y <= 81


def test_large_print_has_no_word_under_16_point():
    made = statement([11_842, -9_000] * 20)
    for page in read(statement_pdf(made, SENDER, Variant.LARGE_PRINT)).pages:
        assert min(size for _, _, _, size in placed(page)) >= 16


@pytest.mark.parametrize("variant", PRINTED)
def test_nothing_runs_over_the_edge_of_the_page(variant):
    made = statement(
        [99_999_999, -12],
        reference="9876543210987654321",
        about="Flat 112, The Old Sampling Works, Building Number Two, Upper Sampling Lane, Testford, ZZ11 1AA",
    )
    long = Sender("The Metropolitan and Rural District Council of Greater Testford and the Sampling Valleys" * 2)
    for page in read(statement_pdf(made, long, variant)).pages:
        for _, x, y, _ in placed(page):
            assert 15 <= x <= 195
            assert 10 <= y <= 290


def test_one_page_holds_a_usual_quarter():
    amounts = [11_842] * 13 + [-51_316] * 3
    assert len(read(statement_pdf(statement(amounts), SENDER)).pages) == 1


def test_a_statement_without_lines_or_a_known_landlord():
    reader = read(statement_pdf(statement([], address=()), Sender("Your landlord")))
    assert len(reader.pages) == 1
    assert carried(reader.pages[0].extract_text()) == (2_500, 2_500)


def test_the_pages_of_each_statement_are_counted():
    several = [statement(), statement([100] * 90), statement()]
    file, pages = statements_pdf(several, SENDER, Variant.STANDARD, "Rent group General")
    reader = read(file)
    assert pages == (1, 3, 1)
    assert len(reader.pages) == 5
    assert "Page 1 of 1" in reader.pages[4].extract_text()
    assert reader.metadata.title == "Rent group General"


def test_dates_are_written_out():
    text = read(statement_pdf(statement(made_on=date(2026, 1, 5)), SENDER)).pages[0].extract_text()
    assert "5 Jan 2026" in text
