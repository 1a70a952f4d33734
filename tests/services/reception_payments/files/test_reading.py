"""Files of receipts are read as their profile says: what is wrong is told with its line, and nothing is guessed."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.reception_payments.files.dto_read import Typed
from app.services.reception_payments.files.layouts import (
    AmountForm,
    CleanUp,
    ColumnAt,
    Field,
    Keep,
    Negatives,
    SignForm,
    Trailer,
    dumped,
    loaded,
)
from app.services.reception_payments.files.profiles.shipped import SHIPPED
from tests.services.reception_payments.files.made import HEAD, PLAIN, REAL, pence, read, said

NUMBER = "4000058260000005"
"""A test card number that passes the check."""


def by_column(field, layout=PLAIN, **changed):
    """The plain layout with one column more."""
    return replace(layout, columns=(*layout.columns, ColumnAt(field, heading=field.value.capitalize())), **changed)


def test_a_line_is_read_with_its_place_and_its_day(tmp_path):
    file = read(tmp_path, HEAD + '70 0001,"1,234.50",01/11/2026,A Payer,77\n')
    [line] = file.lines
    assert (line.place, line.reference, line.given) == (2, "700001", "70 0001")
    assert (line.pence, line.paid_on, line.payer, line.marker) == (123450, date(2026, 11, 1), "A Payer", "77")
    assert (line.code, said(file), file.total) == ("RBP", [], Money(123450))


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_of_any_kind_are_understood_and_mixed_ones_too(tmp_path, ends):
    text = f"{HEAD}700001,10.00,01/11/2026,,{ends}700002,20.00,01/11/2026,,\r\n\n700003,30.00,01/11/2026,,\r"
    assert pence(read(tmp_path, text)) == [1000, 2000, 3000]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_byte_order_mark_and_other_encodings_are_no_part_of_a_heading(tmp_path, encoding):
    file = read(tmp_path, HEAD + "700001,10.00,01/11/2026,Zoë,1\n", encoding=encoding)
    assert (pence(file), file.lines[0].payer) == ([1000], "Zoë")


def test_amounts_in_words_or_with_too_many_decimals_are_refused_with_their_lines(tmp_path):
    file = read(
        tmp_path, HEAD + "1,ten pounds,01/11/2026,,\n2,1.005,01/11/2026,,\n3,,01/11/2026,,\n4,5.00,01/11/2026,,\n"
    )
    assert [row for row, _ in said(file)] == [2, 3, 4]
    assert "'ten pounds' is not an amount" in said(file)[0][1]
    assert said(file)[2][1] == "There is no amount."


@pytest.mark.parametrize("amount", ["€10.00", "10.00 EUR", "$5"])
def test_an_amount_in_another_currency_is_refused(tmp_path, amount):
    [(row, words)] = said(read(tmp_path, HEAD + f"1,{amount},01/11/2026,,\n"))
    assert row == 2
    assert "only pounds sterling" in words


def test_a_currency_column_takes_pounds_only(tmp_path):
    layout = by_column(Field.CURRENCY)
    text = HEAD.replace("\n", ",Currency\n") + "1,1.00,01/11/2026,,,GBP\n2,1.00,01/11/2026,,,EUR\n"
    [(row, words)] = said(read(tmp_path, text, layout))
    assert (row, words.startswith("The currency is EUR")) == (3, True)


@pytest.mark.parametrize(
    ("sign", "amount", "found"),
    [
        (SignForm.MINUS, "-12.00", -1200),
        (SignForm.TRAILING, "12.00-", -1200),
        (SignForm.BRACKETS, "(12.00)", -1200),
        (SignForm.CR_DR, "12.00 DR", -1200),
        (SignForm.CR_DR, "12.00 CR", 1200),
    ],
)
def test_each_way_to_write_a_minus_is_understood_where_the_profile_has_it(tmp_path, sign, amount, found):
    assert pence(read(tmp_path, HEAD + f"1,{amount},01/11/2026,,\n", replace(REAL, sign=sign))) == [found]


@pytest.mark.parametrize("amount", ["12.00-", "(12.00)", "12.00 DR", "-(12.00)", "--12.00"])
def test_a_sign_that_the_profile_does_not_know_is_refused(tmp_path, amount):
    [(_, words)] = said(read(tmp_path, HEAD + f"1,{amount},01/11/2026,,\n", REAL))
    assert "sign" in words or "not an amount" in words


def test_a_sign_column_and_payments_that_are_written_as_negative(tmp_path):
    layout = by_column(Field.SIGN, REAL, sign=SignForm.COLUMN, minus_words=("D",))
    text = HEAD.replace("\n", ",Sign\n") + "1,5.00,01/11/2026,,,D\n2,6.00,01/11/2026,,,C\n"
    assert pence(read(tmp_path, text, layout)) == [-500, 600]
    assert pence(read(tmp_path, text, replace(layout, turned=True))) == [500, -600]


@pytest.mark.parametrize(("decimals", "digits", "found"), [(2, "0001234", 1234), (0, "12", 1200), (3, "12340", 1234)])
def test_implied_decimals(tmp_path, decimals, digits, found):
    layout = replace(PLAIN, amount=AmountForm.IMPLIED, decimals=decimals)
    assert pence(read(tmp_path, HEAD + f"1,{digits},01/11/2026,,\n", layout)) == [found]


def test_a_point_where_decimals_are_implied_is_refused(tmp_path):
    layout = replace(PLAIN, amount=AmountForm.IMPLIED)
    [(_, words)] = said(read(tmp_path, HEAD + "1,12.34,01/11/2026,,\n", layout))
    assert "digits without a point" in words


def test_negative_lines_are_refused_unless_the_profile_says_that_they_are_real(tmp_path):
    text = HEAD + "1,-10.00,01/11/2026,,\n"
    [(row, words)] = said(read(tmp_path, text))
    assert (row, words) == (2, "£10.00 goes back, and the profile has no negative lines.")
    assert pence(read(tmp_path, text, REAL)) == [-1000]


def test_a_cheque_that_comes_back_has_the_code_of_returned_cheques(tmp_path):
    file = read(tmp_path, HEAD + "1,-10.00,01/11/2026,,\n", replace(REAL, code="RQP"))
    assert [line.code for line in file.lines] == ["RRC"]


def test_a_day_in_another_order_than_the_profile_says_is_refused_and_never_turned(tmp_path):
    [(row, words)] = said(read(tmp_path, HEAD + "1,1.00,11/25/2026,,\n"))
    assert row == 2
    assert "31/12/2026" in words


def test_the_day_is_typed_where_the_file_has_none(tmp_path):
    columns = tuple(each for each in PLAIN.columns if each.field is not Field.DATE)
    layout = replace(PLAIN, columns=columns, date_format="")
    text = "Reference,Amount,Payer,Number\n700001,10.00,,\n"
    with pytest.raises(UserError, match="no day of payment"):
        read(tmp_path, text, layout)
    file = read(tmp_path, text, layout, Typed(date(2026, 11, 2)))
    assert [line.paid_on for line in file.lines] == [date(2026, 11, 2)]


def test_codes_by_the_kind_of_line_and_kinds_that_are_no_receipts(tmp_path):
    layout = by_column(Field.TYPE, code="", codes=(("Cash", "RCO"), ("Cheque", "RQP")), passed_over=("Note",))
    text = HEAD.replace("\n", ",Type\n") + "1,1.00,01/11/2026,,,CASH\n2,x,01/11/2026,,,note\n3,1.00,01/11/2026,,,Gold\n"
    file = read(tmp_path, text, layout)
    assert ([line.code for line in file.lines], file.passed_over) == (["RCO"], 1)
    assert said(file) == [(4, "The kind 'Gold' isn't in the profile, so that its code isn't known.")]


@pytest.mark.parametrize(
    ("clean_up", "given", "found"),
    [
        (CleanUp(prefix="RENT"), "rent 70 0001", "700001"),
        (CleanUp(Keep.DIGITS), "A/C 700001", "700001"),
        (CleanUp(Keep.ALPHANUMERIC, last=6), "9826-0000-700001", "700001"),
        (CleanUp(zeros=True), "0000700001", "700001"),
    ],
)
def test_references_are_cleaned_as_the_profile_says_and_kept_as_they_were(tmp_path, clean_up, given, found):
    [line] = read(tmp_path, HEAD + f"{given},1.00,01/11/2026,,\n", replace(PLAIN, clean_up=clean_up)).lines
    assert (line.reference, line.given) == (found, given)


def test_two_equal_lines_are_two_payments_and_known_again(tmp_path):
    line = "700001,10.00,01/11/2026,A,\n"
    first, second = read(tmp_path, HEAD + line + line).lines
    [again] = read(tmp_path, HEAD + line, name="again.csv").lines
    assert first.once != second.once
    assert first.once == again.once


def test_a_heading_that_is_not_there_names_those_that_are(tmp_path):
    with pytest.raises(UserError, match="no column 'Amount'") as error:
        read(tmp_path, "Reference,Value,Date,Payer,Number\n1,1.00,01/11/2026,,\n")
    assert "'Value'" in error.value.hint


def test_an_empty_file_and_one_without_payments_are_told(tmp_path):
    with pytest.raises(UserError, match="is empty"):
        read(tmp_path, "")
    assert said(read(tmp_path, HEAD))[0][1] == "receipts.csv has no payments."


def test_a_layout_is_kept_as_it_was():
    for each in SHIPPED:
        assert loaded(dumped(each.layout)) == each.layout
    assert REAL.negatives is Negatives.REAL


def test_a_file_with_every_kind_of_bad_line_tells_each_with_its_line(tmp_path):
    layout = replace(by_column(Field.CURRENCY), trailer=Trailer("T", 2, 0, 3))
    bad = (
        "1,ten,01/11/2026,,,GBP\r\n2,1.005,01/11/2026,,,\r3,€9.00,01/11/2026,,,\n4,9.00,01/11/2026,,,USD\n"
        "5,9.00,31/11/2026,,,\n6,,01/11/2026,,,\n7,-9.00,01/11/2026,,,\n8,9.00-,01/11/2026,,,\n9,9.00,,,,\nT,12,99.00\n"
    )
    file = read(tmp_path, HEAD.replace("\n", ",Currency\n") + bad, layout, encoding="utf-8-sig")
    told = dict(said(file))
    assert sorted(told) == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    for row, words in {
        2: "'ten' is not an amount",
        3: "more than two decimals",
        4: "another currency",
        5: "The currency is USD",
        6: "'31/11/2026' is no day",
        7: "There is no amount.",
        8: "£9.00 goes back",
        9: "a sign that the profile doesn't know",
        10: "There is no date.",
    }.items():
        assert words in told[row], (row, told[row])
