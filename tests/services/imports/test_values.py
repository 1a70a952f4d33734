from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Money, PropertyType
from app.services.imports import values
from app.services.imports.values import CellError, ShownNumber

DATES = st.dates(date(1850, 1, 1), date(2199, 12, 31))
AFTERNOON = datetime(2026, 4, 1, 13, 30, tzinfo=UTC).replace(tzinfo=None)
"""As openpyxl gives a date cell: without a zone."""
PENCE = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    "raw",
    [
        "1/4/2026",
        "01/04/2026",
        "01.04.26",
        "1-4-2026",
        "1 4 2026",
        "2026-04-01",
        "2026-04-01 00:00:00",
        "2026-04-01T09:30:00Z",
        "2026/4/1",
        "1 Apr 2026",
        "1st April 2026",
        "1-Apr-26",
        "01-APR-2026",
        "April 1, 2026",
        "20260401",
        "01042026",
        20260401,
        " 01/04/2026 ",
        "01/04/2026\u00a0",
        AFTERNOON,
        date(2026, 4, 1),
    ],
)
def test_dates_are_read_with_the_day_first(raw):
    assert values.read_date(raw) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("31/02/2026", "'31/02/2026' is not a date: February 2026 has 28 days."),
        ("29/02/2027", "'29/02/2027' is not a date: February 2027 has 28 days."),
        ("4/13/2026", "'4/13/2026' has no month 13: dates are read with the day first. Did you mean 13/04/2026?"),
        ("13/13/2026", "'13/13/2026' is not a date. Type it with the day first, as 01/04/2026."),
        ("0/4/2026", "'0/4/2026' is not a date: April 2026 has 30 days."),
        ("soon", "'soon' is not a date. Type it with the day first, as 01/04/2026."),
        ("1 Foo 2026", "'1 Foo 2026' is not a date. Type it with the day first, as 01/04/2026."),
        ("01/04/0026", "'01/04/0026' is in the year 26, which can't be right. Check the year."),
        (46113, "46113 is a bare number, not a date. Format the column as Date, or type it as 01/04/2026."),
        (True, "True is not a date. Type it with the day first, as 01/04/2026."),
        (time(0, 0), "00:00:00 is not a date. Type it with the day first, as 01/04/2026."),
        ("#N/A", "The cell holds Excel's error #N/A. Put the value itself there."),
        (
            values.UNSAVED_FORMULA,
            "The formula has no saved result. Open the workbook in Excel, save it, and load it again.",
        ),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(raw, reason):
    with pytest.raises(CellError) as refused:
        values.read_date(raw)
    assert str(refused.value) == reason


@given(DATES)
def test_every_way_of_writing_a_date_gives_it_back(day):
    written = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{day.year}{day.month:02}{day.day:02}",
    ]
    assert {values.read_date(text) for text in written} == {day}


@given(st.dates(date(1930, 1, 1), date(2029, 12, 31)))
def test_a_year_of_two_digits_is_read_as_excel_reads_it(day):
    assert values.read_date(f"{day:%d/%m/%y}") == day


def test_a_birth_date_needs_its_century():
    assert values.read_birth_date("01/04/1926") == date(1926, 4, 1)
    with pytest.raises(CellError, match="which century"):
        values.read_birth_date("01/04/26")


@pytest.mark.parametrize(
    ("raw", "pence"),
    [
        (118.42, 11842),
        (0.1 + 0.2, 30),
        (1.005e2, 10050),
        (-15, -1500),
        (0, 0),
        ("£1,234.50", 123450),
        ("1234.5", 123450),
        ("(12.00)", -1200),
        ("15.00 CR", -1500),
        ("15.00CR", -1500),
        ("12.00-", -1200),
        ("-12", -1200),
        ("15.00 DR", 1500),
        (" 7.10 ", 710),
        ("CR 15.00", -1500),
        ("Dr £15.00", 1500),
        (ShownNumber(7.1, "07.10"), 710),
    ],
)
def test_money_is_read_exactly(raw, pence):
    assert values.read_money(raw) == pence


@pytest.mark.parametrize("raw", [118.425, 0.001, "118,42", "1.005", "abc", True, float("nan"), float("inf"), 1e300])
def test_what_is_no_money_is_refused(raw):
    with pytest.raises(CellError):
        values.read_money(raw)


def test_an_excel_error_where_money_belongs_is_named():
    with pytest.raises(CellError, match=r"Excel's error #REF!"):
        values.read_money("#REF!")


@given(PENCE)
def test_an_amount_in_a_number_cell_comes_back_to_the_penny(pence):
    assert values.read_money(float(Decimal(pence).scaleb(-2))) == pence


@given(PENCE)
def test_an_amount_as_rentbook_writes_it_comes_back(pence):
    assert values.read_money(str(Money(pence))) == pence
    assert values.read_money(Money(pence).plain()) == pence
    assert values.read_money(Money(pence).dr_cr()) == pence


@given(st.integers(10**14, 10**15 - 1))
def test_parts_of_a_penny_are_never_lost_in_silence(thousandths):
    pounds = thousandths / 10**14
    try:
        pence = values.read_money(pounds)
    except CellError:
        return
    assert Decimal(format(pounds, ".15g")) == Decimal(pence).scaleb(-2)


def test_codes_keep_their_leading_zeros():
    assert values.read_code("000123") == "000123"
    assert values.read_code(ShownNumber(123.0, "000123")) == "000123"
    assert values.read_code(123) == "123"
    assert values.read_code(100000000001.0) == "100000000001"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (12.5, "is a number with decimals"),
        (1e15, "Excel keeps only 15 digits"),
        (AFTERNOON, "Excel has turned this cell into a date"),
        (timedelta(hours=1), "Excel has turned this cell into a date or time"),
        ("#NAME?", "Excel's error"),
    ],
)
def test_a_reference_that_excel_spoiled_is_refused(raw, reason):
    with pytest.raises(CellError, match=reason):
        values.read_code(raw)


def test_a_reference_that_is_too_long_is_refused():
    with pytest.raises(CellError, match="has 41 characters and at most 40 fit"):
        values.read_code("X" * 41, 40)


def test_text_is_tidied():
    assert values.read_text("  1\u00a0 High\tStreet\n\u200b ") == "1 High Street"
    assert values.read_text(12) == "12"
    assert values.read_text(1.5) == "1.5"


@pytest.mark.parametrize("raw", ["H1;H2", "H1; H2 ;", "H1,H2", "H1\nH2", "H1|H2"])
def test_several_references_in_one_cell(raw):
    assert values.read_codes(raw) == ("H1", "H2")


@pytest.mark.parametrize(
    ("raw", "rooms"), [(2, 2), (2.0, 2), ("2", 2), ("2 bed", 2), ("3 bedrooms", 3), ("Bedsit", 0), ("studio", 0)]
)
def test_bedrooms(raw, rooms):
    assert values.read_count(raw) == rooms


@pytest.mark.parametrize("raw", ["lots", "2.5", -1, "100"])
def test_bedrooms_that_are_no_number(raw):
    with pytest.raises(CellError, match="not a whole number"):
        values.read_count(raw)


@pytest.mark.parametrize(
    ("raw", "meant"), [("Y", True), ("yes", True), (True, True), (1, True), ("N", False), (0, False)]
)
def test_yes_and_no(raw, meant):
    assert values.read_yes_no(raw) is meant


def test_a_fixed_word_is_understood_whatever_its_case_and_marks():
    words = {"usecandoccupation": "use", "dwelling": PropertyType.DWELLING}
    assert values.read_choice(" Dwelling ", words) == "dwelling"
    assert values.read_choice("Dwelling (joint)", words) == "dwelling"
    assert values.read_choice("UNIT", words, {"unit": "dwelling"}) == "dwelling"


def test_an_unknown_code_is_answered_by_plain_words():
    words = {"dbr": "DBR", "rent": "DBR", "basicrent": "DBR", "dwa": "DWA", "water": "DWA"}
    with pytest.raises(CellError, match=r"It can be: rent \(DBR\), water \(DWA\)\."):
        values.read_choice("zzz", words)


def test_an_unknown_word_names_the_one_that_was_probably_meant():
    words = {"secure": "secure", "garage": "garage"}
    with pytest.raises(CellError, match=r"'Secur' is not known here\. Did you mean secure\?"):
        values.read_choice("Secur", words)
    with pytest.raises(CellError, match=r"It can be: secure, garage\."):
        values.read_choice("zzz", words)
    with pytest.raises(CellError, match="'elsewhere' is not known"):
        values.read_choice("elsewhere", words, {"elsewhere": "nowhere"})


@pytest.mark.parametrize(
    "raw", ["-", " n/a ", "None", "unknown", "31/12/9999", "1900-01-01", "01/01/1900 00:00:00", date(1900, 1, 1), " "]
)
def test_what_other_systems_write_for_nothing_is_nothing(raw):
    assert values.says_nothing(raw)


@pytest.mark.parametrize("raw", ["01/04/1962", "no", "0", 0, False, date(2026, 4, 1), "1900", "x9999"])
def test_what_says_something_is_something(raw):
    assert not values.says_nothing(raw)
