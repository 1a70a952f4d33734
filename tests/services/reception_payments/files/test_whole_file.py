"""A whole file of receipts: its header and trailer, what it should come to, and card numbers anywhere in it."""

from dataclasses import replace

import pytest

from app.models.values import Money
from app.services.reception_payments.files.dto_read import Control, Typed
from app.services.reception_payments.files.layouts import (
    AmountForm,
    ColumnAt,
    Field,
    Layout,
    Trailer,
)
from tests.services.reception_payments.files.made import FIXED, HEAD, PLAIN, pence, read, said

NUMBER = "4000058260000005"
"""A test card number that passes the check."""


def fixed(*amounts, count=None, total=None):
    body = "".join(f"D0000700001{1:02}112026{amount:09}\r\n" for amount in amounts)
    count = len(amounts) if count is None else count
    return f"H20261122\r\n{body}T{count:06}{sum(amounts) if total is None else total:011}\r\n\x1a"


def test_a_file_of_fixed_width_with_its_header_and_trailer(tmp_path):
    file = read(tmp_path, fixed(1000, 2550), FIXED, name="cash.dat")
    assert (pence(file), said(file)) == ([1000, 2550], [])
    assert file.declared == Control(2, Money(3550))
    assert [line.place for line in file.lines] == [2, 3]


def test_a_wrong_trailer_stops_the_file_and_says_what_differs(tmp_path):
    file = read(tmp_path, fixed(1000, 2550, count=3, total=5050), FIXED, name="cash.dat")
    assert [words for _, words in said(file)] == [
        "The trailer says 3 payments, and the file has 2: 1 is missing.",
        "The trailer says £50.50 in all, and the payments come to £35.50: they differ by £15.00.",
    ]


def test_a_file_without_its_trailer_may_have_been_cut_off(tmp_path):
    [(_, words)] = said(read(tmp_path, fixed(1000).split("T0")[0], FIXED, name="cash.dat"))
    assert words == "The file has no trailer, which begins with 'T': it may have been cut off."


def test_lines_after_the_trailer_are_refused(tmp_path):
    two = fixed(1000).replace("\x1a", "") + fixed(1000)
    assert "second trailer" in " ".join(words for _, words in said(read(tmp_path, two, FIXED, name="cash.dat")))


def test_a_number_of_records_may_count_the_header_and_the_trailer(tmp_path):
    layout = replace(FIXED, trailer=replace(FIXED.trailer, counts_all=True))
    assert said(read(tmp_path, fixed(1000, 2550, count=4), layout, name="cash.dat")) == []


def test_typed_totals_are_held_against_the_file_and_against_its_trailer(tmp_path):
    typed = Typed(declared=Control(2, Money(1000)))
    [(_, count), (_, total)] = said(read(tmp_path, HEAD + "1,9.00,01/11/2026,,\n", typed=typed))
    assert count == "You typed 2 payments, and the file has 1: 1 is missing."
    assert total == "You typed £10.00 in all, and the payments come to £9.00: they differ by £1.00."
    [(_, both)] = said(read(tmp_path, fixed(1000), FIXED, Typed(declared=Control(2)), name="cash.dat"))
    assert both == "You typed 2 payments, and the trailer says 1."


@pytest.mark.parametrize("line", [f"1,1.00,01/11/2026,{NUMBER},\n", "1,1.00,01/11/2026,,4000 0582 6000 0005\n"])
def test_a_card_number_is_found_wherever_it_stands(tmp_path, line):
    file = read(tmp_path, HEAD + "9,1.00,01/11/2026,,\n" + line)
    assert file.cards == (3,)


def test_a_card_number_in_a_column_that_is_not_read_is_found_too(tmp_path):
    text = HEAD.replace("\n", ",Left out\n") + f"1,1.00,01/11/2026,,,{NUMBER}\n"
    assert read(tmp_path, text).cards == (2,)


def test_a_reference_that_looks_like_a_card_number_passes_if_it_is_ours(tmp_path):
    text = HEAD + f"{NUMBER},1.00,01/11/2026,,\n"
    assert read(tmp_path, text).cards == (2,)
    assert read(tmp_path, text, known=lambda numbers: numbers).cards == ()


def test_numbers_of_payments_pass_where_the_profile_says_that_they_are_no_cards(tmp_path):
    columns = tuple(replace(each, not_card=each.field is Field.MARKER) for each in PLAIN.columns)
    text = HEAD + f"1,1.00,01/11/2026,,{NUMBER}\n"
    assert read(tmp_path, text, replace(PLAIN, columns=columns)).cards == ()


def test_in_a_file_of_fixed_width_the_amount_is_no_part_of_a_card_number(tmp_path):
    layout = Layout(
        form=FIXED.form,
        columns=(ColumnAt(Field.REFERENCE, 1, 7), ColumnAt(Field.AMOUNT, 8, 9), ColumnAt(Field.DATE, 17, 8)),
        amount=AmountForm.IMPLIED,
        date_format="%d%m%Y",
        code="RBR",
    )
    line = f"{NUMBER}01112026\n"
    assert read(tmp_path, line, layout, name="x.dat").cards == ()


def test_columns_by_their_number_and_a_trailer_with_marks(tmp_path):
    layout = Layout(
        separator=";",
        header_mark="HDR",
        trailer=Trailer("TRL", 2, 0, 3),
        columns=(ColumnAt(Field.REFERENCE, 2), ColumnAt(Field.AMOUNT, 3), ColumnAt(Field.DATE, 4)),
        date_format="%Y%m%d",
        code="RPY",
    )
    text = "HDR;1\nPAY;700001;10.00;20261101\nPAY;700002;5.00;20261101\nTRL;2;15.00\n"
    file = read(tmp_path, text, layout, name="post.txt")
    assert (pence(file), said(file), file.declared) == ([1000, 500], [], Control(2, Money(1500)))
