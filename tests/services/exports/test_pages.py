"""Joining and taking pages: nothing on them changes, and strict readers take the result."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.services.exports.pages import count_pages, join, take, take_each
from app.services.exports.statement.dto import Variant
from app.services.exports.statement.pdf import statements_pdf
from tests.factories.statements import SENDER, statement


def part(*names):
    made = [statement(reference=name, addressee=f"Mx {name} Жukова") for name in names]
    return statements_pdf(made, SENDER, Variant.STANDARD, f"Part {names[0]}")[0]


@pytest.fixture(scope="module")
def joined():
    return join([part("A1", "A2"), part("B1"), part("C1", "C2", "C3")])


def texts(file):
    return [page.extract_text() for page in PdfReader(io.BytesIO(file), strict=True).pages]


def test_joined_pages_stand_in_order(joined):
    found = texts(joined)
    assert len(found) == count_pages(joined) == 6
    for name, text in zip(("A1", "A2", "B1", "C1", "C2", "C3"), found, strict=True):
        assert f"Mx {name} Жukова" in text


def test_fonts_of_different_parts_have_different_names(joined):
    names = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(joined)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {name[1:4] for name in names} == {"AAA", "AAB", "AAC"}


def test_more_pages_than_a_branch_of_the_tree_holds():
    several = join([part("A1")] * 450)
    assert count_pages(several) == 450
    reader = PdfReader(io.BytesIO(several), strict=True)
    assert len(reader.pages) == 450
    assert "A1" in reader.pages[449].extract_text()


@settings(max_examples=20)
@given(st.integers(1, 6), st.integers(1, 6))
def test_taken_pages_are_those_pages(joined, first, count):
    if first + count > 7:
        with pytest.raises(ValueError, match="are not in a file of 6 pages"):
            take(joined, first, count)
        return
    taken = take(joined, first, count, "Οne")
    assert texts(taken) == texts(joined)[first - 1 : first - 1 + count]
    assert taken == take(joined, first, count, "Οne")
    assert PdfReader(io.BytesIO(taken)).metadata.title == "Οne"


def test_page_streams_are_copied_byte_for_byte(joined):
    whole = PdfReader(io.BytesIO(joined)).pages[3]["/Contents"].get_object()._data
    single = PdfReader(io.BytesIO(take(joined, 4, 1))).pages[0]["/Contents"].get_object()._data
    assert single == whole


def test_many_are_taken_as_one_by_one(joined):
    wanted = [(1, 2, "x"), (4, 1, "")]
    assert list(take_each(joined, wanted)) == [take(joined, 1, 2, "x"), take(joined, 4, 1)]


def test_a_taken_file_holds_no_one_elses_page(joined):
    assert b"Mx" not in take(joined, 1, 1)
    assert len(take(joined, 1, 1)) < len(joined) / 2
    assert count_pages(take(joined, 6, 1)) == 1


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.4\nstartxref\n5\n%%EOF"])
def test_files_of_others_are_refused(content):
    with pytest.raises(ValueError, match="Not a PDF that Rentbook made"):
        take(content, 1, 1)
