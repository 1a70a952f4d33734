"""One letter in every form: the markup, the lines and pages, the window of the envelope, Word, plain text."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from app.services.exports.letter.dto import Block, BlockKind, Letter, Run, Sender, Variant
from app.services.exports.letter.layout import Style, lay_out, page_breaks
from app.services.exports.letter.markup import plain_words, read_markup
from app.services.exports.letter.pdf import blank_page, letter_pdf, letters_pdf
from app.services.exports.letter.text import letter_text, message_markup, text_words
from app.services.exports.letter.word import letter_docx
from app.services.exports.letterhead import LEFT, WINDOW_BOTTOM, WINDOW_RIGHT, WINDOW_TOP
from app.services.exports.pages import count_pages, join, take
from app.services.exports.pen import PAGE_HEIGHT

BODY = """Thank you for **calling**.

Account | 0012 4471 03
Balance | **£412.86** owed

# What happens next

- We look again on 5 January.
- You can call us.

First line
second line"""
SENDER = Sender("Sample District Council", "Rents team", ("1 Sample Street", "Testford", "ZZ1 1AA"), "01632 960001")
STYLE = Style(11.0, 15.2, 9.0, 470.0)


def letter(body=BODY, **more):
    values = {
        "sender": SENDER,
        "addressee": "Ms A One and Mr B Two",
        "address": ("12 Sample Close", "Testford", "ZZ10 1AA"),
        "reference": "0012 4471 03",
        "letter_date": date(2026, 11, 21),
        "subject_line": "Your account",
        "greeting": "Dear Ms One and Mr Two",
        "body": read_markup(body),
        "sign_off": ("Yours sincerely", "Test Officer", "Rents team"),
    }
    return Letter(**values | more)


def pages(content):
    return [page.extract_text() for page in PdfReader(io.BytesIO(content), strict=True).pages]


def test_markup_is_read_into_blocks():
    blocks = read_markup(BODY)
    assert [block.kind for block in blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.TABLE,
        BlockKind.HEADING,
        BlockKind.BULLETS,
        BlockKind.PARAGRAPH,
    ]
    assert blocks[0].lines == ((Run("Thank you for "), Run("calling", bold=True), Run(".")),)
    assert [plain_words(value) for value in blocks[1].values] == ["0012 4471 03", "£412.86 owed"]
    assert [plain_words(line) for line in blocks[4].lines] == ["First line", "second line"]


@given(st.text(alphabet="*#-| a\n\r\tbé£", max_size=120))
def test_whatever_is_written_is_read_and_laid_out(text):
    made = letter(text)
    lines = lay_out(made, STYLE)
    breaks = page_breaks(lines, STYLE, 200.0, 300.0)
    assert breaks[0][0] == 0
    assert breaks[-1][1] == len(lines)
    assert all(first < last for first, last in breaks)
    assert [first for first, _ in breaks[1:]] == [last for _, last in breaks[:-1]]
    assert all(piece.x <= STYLE.room for line in lines for piece in line.pieces)
    letter_text(made)


@given(st.text(min_size=1, max_size=60))
def test_no_word_of_a_value_changes_the_markup_around_it(value):
    line = " ".join(value.split())
    blocks = read_markup(f"Before\n\nLabel | {line}\n\nAfter")
    assert plain_words(blocks[0].lines[0]) == "Before"
    assert plain_words(blocks[-1].lines[0]) == "After"


def test_the_letter_says_everything_once():
    (text,) = pages(letter_pdf(letter()))
    for words in ("Sample District Council", "0012 4471 03", "21 November 2026", "Your account", "Page 1 of 1"):
        assert words in text
    assert text.index("Dear Ms One and Mr Two,") < text.index("Your account") < text.index("Yours sincerely")


def test_the_same_letter_is_the_same_bytes():
    assert letter_pdf(letter()) == letter_pdf(letter())
    assert letter_docx(letter())[:2] == b"PK"


def test_large_print_is_never_smaller_than_16_point_below_the_head():
    sizes = []
    reader = PdfReader(io.BytesIO(letter_pdf(letter(), Variant.LARGE_PRINT)))

    def visit(text, _cm, tm, _font, size):
        if text.strip() and tm[5] < PAGE_HEIGHT - WINDOW_BOTTOM:
            sizes.append(size)

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    assert min(sizes) >= 16


@pytest.mark.parametrize("variant", [Variant.STANDARD, Variant.LARGE_PRINT])
@pytest.mark.parametrize(
    "address",
    [
        ("12 Sample Close", "Testford", "ZZ10 1AA"),
        ("c/o The Very Long Name of a Sample Care Home", "Flat 12, Sample House", "1 Road", "Area", "Town", "ZZ10 1AA"),
    ],
)
def test_only_the_address_stands_in_the_window(variant, address):
    found = []

    def visit(text, _cm, tm, _font, _size):
        if text.strip():
            found.append((text.strip(), tm[4], PAGE_HEIGHT - tm[5]))

    reader = PdfReader(io.BytesIO(letter_pdf(letter(address=address), variant)))
    reader.pages[0].extract_text(visitor_text=visit)
    inside = [text for text, x, y in found if x < WINDOW_RIGHT and WINDOW_TOP - 31 < y < WINDOW_BOTTOM + 31]
    together = " ".join(inside)
    assert together.startswith("Ms A One and Mr B Two")
    assert together.endswith("ZZ10 1AA")
    assert "Dear" not in together
    assert all(x >= LEFT - 1 for _, x, _ in found)


def test_a_sign_off_takes_some_of_the_letter_with_it():
    made = letter("A paragraph that fills a line of the page.\n\n" * 18)
    text = pages(letter_pdf(made, Variant.LARGE_PRINT))
    last = text[-1]
    assert "Yours sincerely" in last
    assert "A paragraph" in last


def test_a_heading_is_never_the_last_line_of_a_page():
    for count in range(14, 24):
        for page in pages(letter_pdf(letter("A paragraph.\n\n" * count + "# The heading\n\nWhat follows."))):
            lines = [line for line in page.splitlines() if not line.startswith(("Our reference", "Page"))]
            assert lines[-1] != "The heading"


def test_many_letters_are_one_file_with_the_pages_of_each():
    made = [(letter(), Variant.STANDARD), (letter(), Variant.LARGE_PRINT), (letter(reference="2"), Variant.STANDARD)]
    content, counted = letters_pdf(made, "Letters")
    assert sum(counted) == count_pages(content)
    assert "2" in pages(take(content, counted[0] + counted[1] + 1, counted[2]))[0]
    assert len(pages(join([take(content, 1, 1), blank_page("x"), take(content, 2, 1)]))) == 3


def test_word_opens_it_with_real_styles_and_nothing_that_xml_refuses():
    made = letter(BODY + "\n\nOdd \x07 letters \ud83d\ude00 and \u0000.", subject_line="Odd \x0b heading")
    document = docx.Document(io.BytesIO(letter_docx(made)))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.text]
    assert styles[:3] == ["Normal", "Heading 1", "Normal"]
    assert {"Heading 2", "List Bullet"} <= set(styles)
    assert [[cell.text for cell in row.cells] for row in document.tables[1].rows] == [
        ["Account", "0012 4471 03"],
        ["Balance", "£412.86 owed"],
    ]
    assert document.core_properties.author == "Sample District Council"
    large = docx.Document(io.BytesIO(letter_docx(letter(), Variant.LARGE_PRINT)))
    assert large.styles["Normal"].font.size.pt == 16


def test_plain_text_is_read_from_top_to_bottom():
    text = letter_text(letter())
    assert "Account: 0012 4471 03\r\nBalance: £412.86 owed" in text
    assert "WHAT HAPPENS NEXT\r\n\r\n- We look again on 5 January.\r\n- You can call us." in text
    assert max(len(line) for line in text.splitlines()) <= 72
    assert text.endswith("End of letter.\r\n")


def test_messages_have_what_the_provider_reads():
    assert message_markup(read_markup(BODY)) == (
        "Thank you for calling.\n\n* Account: 0012 4471 03\n* Balance: £412.86 owed\n\n# What happens next\n\n"
        "* We look again on 5 January.\n* You can call us.\n\nFirst line\nsecond line"
    )
    assert text_words((Block(BlockKind.PARAGRAPH, ((Run("One  "), Run("two", bold=True)),)),)) == "One two"


def test_a_letter_without_a_reference_or_heading_has_neither():
    made = replace(letter(), reference="", subject_line="", greeting="")
    (text,) = pages(letter_pdf(made))
    assert "Our reference" not in text
    assert made.title == "Letter, 21 November 2026"
