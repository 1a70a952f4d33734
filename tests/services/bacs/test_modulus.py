"""The modulus check: the 34 cases that Pay.UK publishes (bacs.md 3.3), its tables, and what an officer is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import TableKind, Verdict
from app.services.bacs import commands, queries
from app.services.bacs.dto import Destination, NewTable
from app.services.bacs.modulus import loaded, shipped
from app.services.bacs.modulus.checking import fits
from app.services.bacs.modulus.table import kind_of, read_substitutions, read_table, read_weights
from app.services.core.errors import UserError
from tests.services.bacs.conftest import SUBSTITUTIONS, WEIGHTS

EXTRACT = read_table(WEIGHTS, SUBSTITUTIONS)
TABLE = shipped.shipped_table()
CASES = """
089999 66374958 Y  107999 88837491 Y  202959 63748472 Y  871427 46238510 Y  872427 46238510 Y  871427 09123496 Y
871427 99123496 Y  820000 73688637 Y  827999 73988638 Y  827101 28748352 Y  134020 63849203 Y  118765 64371389 Y
200915 41011166 -  938611 07806039 Y  938600 42368003 Y  938063 55065200 Y  772798 99345694 Y  086090 06774744 Y
309070 02355688 Y  309070 12345668 Y  309070 12345677 Y  309070 99345694 Y  938063 15764273 N  938063 15764264 N
938063 15763217 N  118765 64371388 N  203099 66831036 N  203099 58716970 N  089999 66374959 N  107999 88837493 N
074456 12345112 Y  070116 34012583 Y  074456 11104102 Y  180002 00000190 Y
""".split()
"""The 13th passes as an account in another currency, which can't be checked."""
EXPECTED = {"Y": True, "N": False, "-": None}
TRIED = (
    "passes modulus 10", "passes modulus 11", "passes modulus 11 and double alternate",
    "10 and 11: the first passes", "10 and 11: the second passes", "10: ab is 09 and g is 9", "10: ab is 99 and g is 9",
    "3: c is 6, the second is not made", "3: c is 9, the second is not made", "3: c is neither, both are made",
    "4: what is left over is gh", "1: 27 is added", "6: another currency", "5: passes", "5: with a substitute",
    "5: nothing is left over and both digits are 0", "7: g is 9", "8: sort code 090126",
    "2 and 9: the first passes", "2 and 9: the second passes", "2: a is not 0 and g is not 9", "2: a is not 0 and g is 9",
    "5: the first digit is right, the second wrong", "5: the first digit is wrong", "5: 1 is left over",
    "1: fails", "passes the first, fails the second", "fails the first, passes the second", "fails modulus 10",
    "fails modulus 11", "12 and 13: the first passes", "12 and 13: both pass", "12 and 13: the second passes",
    "14: passes without the last digit",
)  # fmt: skip
"""What each of them is there to try, in the order of the specification."""
NAMED = [f"{number} {what}" for number, what in enumerate(TRIED, 1)]


@pytest.mark.parametrize(
    ("sort_code", "account", "expected"),
    list(zip(CASES[::3], CASES[1::3], CASES[2::3], strict=True)),
    ids=NAMED,
)
def test_the_published_cases(sort_code, account, expected):
    """By the table that Rentbook comes with, and by the lines of it that other tests load."""
    for table in (TABLE, EXTRACT):
        assert fits(table, Destination(sort_code, account)) is EXPECTED[expected]


def test_there_are_34():
    assert len(CASES) == 34 * 3


def test_what_the_table_does_not_name_cannot_be_checked():
    assert fits(EXTRACT, Destination("200000", "12345678")) is None


def test_exception_14_drops_the_last_digit_only_where_it_may_be_a_type():
    # 00000019 without its last digit is 00000001, whose total is 1; 00000190 is 00000019: 9 + 2 = 11.
    assert fits(EXTRACT, Destination("180002", "00000019")) is True  # 2 x 1 + 1 x 9 = 11 at once
    assert fits(EXTRACT, Destination("180002", "00000012")) is False  # 2 + 2 = 4, and 2 is no type of account


@given(st.integers(0, 99_999_999), st.sampled_from(["089999", "107999", "134020"]))
def test_a_single_wrong_digit_of_a_standard_number_is_found(number, sort_code):
    """Weights that have no factor in common with the modulus find every single slip (MOD11: all of them do)."""
    right = f"{number:08}"
    if sort_code != "107999" or not fits(EXTRACT, Destination(sort_code, right)):
        return
    for place in range(8):
        slip = str((int(right[place]) + 1) % 10)
        wrong = right[:place] + slip + right[place + 1 :]
        assert fits(EXTRACT, Destination(sort_code, wrong)) is False


@given(st.from_regex(r"[0-9]{6}", fullmatch=True), st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_any_number_has_an_answer(sort_code, account):
    assert fits(EXTRACT, Destination(sort_code, account)) in {True, False, None}


def test_which_file_it_is():
    assert kind_of(WEIGHTS) is TableKind.WEIGHTS
    assert kind_of(SUBSTITUTIONS) is TableKind.SUBSTITUTIONS
    for other in (b"", b"hello", b"\xff\xfe", b"089999 hello"):
        with pytest.raises(UserError):
            kind_of(other)


LINE = "089000 089999 MOD10 0 0 0 0 0 0 7 1 3 7 1 3 7 1"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (LINE[:-2], "Line 2 has 16 fields"),
        (LINE + " 1 2", "Line 2 has 19 fields"),
        (LINE.replace("089999", "088999"), "range of sort codes"),
        (LINE.replace("MOD10", "MOD12"), "none of MOD10"),
        (LINE.replace("7 1 3 7 1", "x 1 3 7 1"), "no number"),
        (LINE.replace("7 1 3 7 1 3 7 1", "0 0 0 0 0 0 0 0"), "weighs nothing"),
        (LINE + " 15", "exception 15"),
        (
            LINE.replace("089000", "090000").replace("089999", "090010") + "\n" + LINE.replace("089000", "089500"),
            "overlap",
        ),
        ("\n".join([LINE] * 2), "3 lines"),
    ],
)
def test_a_spoilt_line_is_named(line, words):
    with pytest.raises(UserError, match=words):
        read_weights(f"{LINE}\n{line}\n".encode())


def test_spoilt_substitutions_and_giants():
    with pytest.raises(UserError, match="Line 2 is not two sort codes"):
        read_substitutions(SUBSTITUTIONS[:14] + b"938173\n")
    with pytest.raises(UserError, match="far too large"):
        read_weights(b"x" * 2_000_001)
    with pytest.raises(UserError, match="empty"):
        read_weights(b"\n")


# What an officer is told


def test_without_one_the_shipped_table_warns_and_never_refuses(desk):
    told = desk.ask(queries.check, "08-99-99", "66374959")
    assert (told.verdict, told.old, told.refuses) == (Verdict.INVALID, True, False)
    assert told.words.startswith("Checked against an old table (specification 3.10, before 2016): the account number")
    assert desk.ask(queries.check, "08-99-99", "66374958").verdict is Verdict.VALID
    table = desk.ask(queries.table_in_force)
    assert (table.shipped, table.old) == (True, True)
    assert "over 10 years old" in table.words


def test_an_installation_without_the_shipped_table_looks_at_the_form(desk, monkeypatch):
    monkeypatch.setattr(shipped, "shipped_table", lambda: None)
    told = desk.ask(queries.check, "08-99-99", "66374959")
    assert (told.verdict, told.refuses, told.words) == (Verdict.UNCHECKED, False, loaded.NO_TABLE.words)
    assert desk.ask(queries.table_in_force) is None


def test_with_one_a_wrong_number_is_refused(tabled):
    assert tabled.ask(queries.check, "08-99-99", "6637 4958").verdict is Verdict.VALID
    told = tabled.ask(queries.check, "08-99-99", "66374959")
    assert (told.verdict, told.refuses, told.table) == (Verdict.INVALID, True, "v1")
    assert told.words == "The account number doesn't fit the sort code. A digit of one of them is wrong."
    other = tabled.ask(queries.check, "20-00-00", "66374959")
    assert other.words == "Not checked: the weight table has no rule for this account."


def test_a_table_over_a_year_old_warns_and_does_not_refuse(desk):
    desk.do(commands.load_tables, [NewTable(WEIGHTS, "v1")], date(2025, 11, 20))
    told = desk.ask(queries.check, "08-99-99", "66374959")
    assert (told.verdict, told.old, told.refuses) == (Verdict.INVALID, True, False)
    assert told.words.startswith("Checked against an old table (v1): the account number doesn't fit")
    assert desk.ask(queries.table_in_force).words == (
        "Checked against v1, in force from 20 Nov 2025: 12 months old, which is too old to refuse by. Load the current one."
    )


def test_the_content_of_a_table_is_read_once(tabled, query_log):
    tabled.ask(queries.check, "08-99-99", "66374958")
    query_log.clear()
    tabled.ask(queries.check, "08-99-99", "66374958")
    assert not [each for each in query_log if "modulus_table.content" in each]
    assert tabled.ask(queries.table_in_force).words == "Checked against v1, in force from 3 Aug 2026: 3 months old."


def test_a_table_to_come_waits_for_its_day_and_the_newest_counts(desk):
    desk.do(commands.load_tables, [NewTable(WEIGHTS, "next")], date(2026, 12, 1))
    assert desk.ask(queries.table_in_force).shipped
    desk.do(commands.load_tables, [NewTable(WEIGHTS, "now")], date(2026, 11, 2))
    assert desk.ask(queries.table_in_force).name == "now"
    assert [each.name for each in desk.ask(queries.tables)] == ["next", "now"]


def test_of_several_files_all_are_loaded_or_none(desk):
    with pytest.raises(UserError, match="not a file of the modulus check"):
        desk.do(commands.load_tables, [NewTable(WEIGHTS, "v1"), NewTable(b"hello", "v1")], date(2026, 8, 3))
    assert desk.ask(queries.tables) == ()
    desk.do(commands.load_tables, [NewTable(WEIGHTS, "v1")], date(2026, 8, 3))
    with pytest.raises(UserError, match="loaded already"):
        desk.do(commands.load_tables, [NewTable(WEIGHTS, "v1")], date(2026, 8, 3))
    with pytest.raises(UserError, match="name"):
        desk.do(commands.load_tables, [NewTable(SUBSTITUTIONS, " ")], date(2026, 8, 3))
