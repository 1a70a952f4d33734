import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.purchase_orders.spending.dto import DayOrder
from app.services.purchase_orders.spending.values import month_of, pence_of


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("1676.00", 167_600),
        ("4985", 498_500),
        ("£1,234.50", 123_450),
        ("-£540.00", -54_000),
        ("£-540.00", -54_000),
        (" 27,000.00 ", 2_700_000),
        ("(12.00)", -1_200),
        ("(£12.00)", -1_200),
        ("12.00-", -1_200),
        ("12.00 CR", -1_200),
        ("−8.5", -850),
        ("GBP 10.10", 1_010),
        ("\ufffd505.90", 50_590),
        ("3403.599999", 340_360),
        ("0.005", 1),
        (".50", 50),
        ("0", 0),
    ],
)
def test_amounts_as_councils_write_them(text, pence):
    assert pence_of(text) == pence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no amount"),
        ("   ", "no amount"),
        ("-", "no amount"),
        ("1,23.45", "not an amount"),
        ("1.234,56", "comma where pence begin"),
        ("(-12.00)", "two signs"),
        ("-(12.00)", "not an amount"),
        ("redacted", "not an amount"),
        ("12.3.4", "not an amount"),
        (".", "not an amount"),
        ("٣٤", "not an amount"),
    ],
)
def test_what_is_no_amount_says_why(text, said):
    with pytest.raises(ValueError, match=said):
        pence_of(text)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_is_read_back_in_every_way_of_writing_it(pence):
    plain = f"{abs(pence) // 100:,}.{abs(pence) % 100:02}"
    ways = [f"-{plain}", f"(£{plain})", f"{plain} CR"] if pence < 0 else [plain, f"£{plain}", plain.replace(",", "")]
    assert {pence_of(way) for way in ways} == {pence}


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("03/04/2026", "2026-04"),
        ("3.4.26", "2026-04"),
        ("22.12.2023", "2023-12"),
        ("13-01-2024", "2024-01"),
        ("15-Jan-2024", "2024-01"),
        ("01-Mar-23", "2023-03"),
        ("2026-04-03", "2026-04"),
        ("2026-04-03 00:00:00", "2026-04"),
        ("Apr-23", "2023-04"),
        ("April 2023", "2023-04"),
        ("2023-04", "2023-04"),
        ("45292", "2024-01"),
    ],
)
def test_months_with_the_day_first(text, month):
    assert month_of(text, DayOrder.DAY_FIRST) == month


def test_the_same_text_with_the_month_first():
    assert month_of("03/04/2026", DayOrder.MONTH_FIRST) == "2026-03"


@pytest.mark.parametrize("text", ["", "31/02/2026", "01/25/2026", "2023-13", "soon", "Foo-23"])
def test_what_is_no_date_says_why(text):
    with pytest.raises(ValueError, match=r"no date|no month"):
        month_of(text, DayOrder.DAY_FIRST)
