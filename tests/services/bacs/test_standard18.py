"""Standard 18 to the byte (bacs.md 1.2 to 1.7): made-up council, sort codes and numbers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import BacsCode
from app.services.bacs import rules
from app.services.bacs.dto import Destination, Line, OwnAccount, Section, Submission, Totals
from app.services.bacs.standard18 import layout
from app.services.bacs.standard18.reading import read
from app.services.bacs.standard18.writing import write
from app.services.core.errors import UserError

OWN = OwnAccount("404040", "70872490", "ANYTOWN COUNCIL RENT")
MADE = date(2026, 11, 21)  # the 325th day of the year
PROCESSED = date(2026, 11, 24)  # the 328th; the file expires seven days later, on the 335th


def line(code=BacsCode.CREDIT, pence=12345, reference="RENT 00124471", name="A TENANT", number="12345678"):
    return Line(Destination("200000", number), code, pence, reference, name)


def submission(*lines, **changes):
    made = Submission("123456", "ANYTOWN COUNCIL", 42, MADE, PROCESSED, (Section(OWN, lines or (line(),)),))
    return replace(made, **changes)


GOLDEN = (
    "VOL1000042" + " " * 31 + "123456" + " " * 32 + "1",
    "HDR1A123456S  1123456000042" + "00010001" + " " * 6 + " 26325" + " 26335" + " 000000" + " " * 20,
    "HDR2F0200000100" + " " * 35 + "00" + " " * 28,
    "UHL1 26328999999    00000000" + "1 DAILY  001" + " " * 40,
    "20000012345678099" + "40404070872490" + "    " + "00000012345"
    "ANYTOWN COUNCIL   " + "RENT 00124471     " + "A TENANT          ",
    "20000087654321099" + "40404070872490" + "    " + "00000000055"
    "ANYTOWN COUNCIL   " + "RENT 9            " + "B TENANT          ",
    "40404070872490017" + "40404070872490" + "    " + "00000012400"
    "ANYTOWN COUNCIL   " + "CONTRA            " + "ANYTOWN COUNCIL RE",
    "EOF1A123456S  1123456000042" + "00010001" + " " * 6 + " 26325" + " 26335" + " 000000" + " " * 20,
    "EOF2F0200000100" + " " * 35 + "00" + " " * 28,
    "UTL1" + "0000000012400" + "0000000012400" + "0000001" + "0000002" + " " * 8 + "0000000" + " " * 21,
)
"""Two credits of £123.45 and 55p, worked out by hand: the contra takes £124.00 from the council."""


def two_credits():
    return submission(line(), line(pence=55, reference="RENT 9", name="B TENANT", number="87654321"))


def test_a_file_of_credits_to_the_byte():
    written = write(two_credits())
    assert written == "".join(f"{record}\r\n" for record in GOLDEN).encode("ascii")
    assert [len(record) for record in GOLDEN] == [80, 80, 80, 80, 100, 100, 100, 80, 80, 80]


def test_each_of_the_councils_accounts_has_a_contra():
    other = OwnAccount("404040", "70872491", "ANYTOWN GARAGES")
    made = submission(sections=(Section(OWN, (line(pence=100),)), Section(other, (line(pence=7),))))
    records = write(made).decode().split("\r\n")
    assert [(record[:14], record[35:46]) for record in records[6:8]] == [
        ("40404070872490", "00000000100"),
        ("40404070872491", "00000000007"),
    ]
    assert read(write(made)).faults == ()


def test_where_everything_stands():
    """Positions as bacs.md 1.3 and 1.4 print them."""
    assert layout.DATED.places == {
        "sort_code": (1, 6),
        "account_number": (7, 14),
        "account_type": (15, 15),
        "code": (16, 17),
        "own_sort_code": (18, 23),
        "own_account_number": (24, 31),
        "free": (32, 35),
        "pence": (36, 46),
        "user_name": (47, 64),
        "reference": (65, 82),
        "name": (83, 100),
        "processing": (101, 106),
    }
    assert layout.VOL1.places["sun"] == (42, 47)
    assert (layout.HDR1.places["created"], layout.HDR1.places["expires"]) == ((42, 47), (48, 53))
    assert layout.UTL1.places["instruction_count"] == (53, 59)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 8, 14), " 26226"),
        (date(2026, 8, 21), " 26233"),
        (date(2014, 11, 4), " 14308"),
        (date(2028, 12, 31), " 28366"),
        (date(2027, 1, 1), " 27001"),
    ],
)
def test_days(day, text):
    assert layout.write_day(day) == text
    assert layout.read_day(text) == day


@pytest.mark.parametrize("text", ["26226 ", " 26000", " 26366", " 2622", "026226", " 2622A", " ٢٦٢٢٦", ""])
def test_no_days(text):
    assert layout.read_day(text) is None


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (submission(sections=(Section(OWN, ()),)), "nothing to put"),
        (submission(serial=0), "serial number"),
        (submission(serial=1_000_000), "serial number"),
        (submission(sun="12345"), "six digits"),
        (submission(user_name="Anytown"), "characters that Bacs takes"),
        (submission(line(pence=0)), "amount"),
        (submission(line(pence=100_000_000_000)), "amount"),
        (submission(line(BacsCode.NEW, 1)), "amount"),
        (submission(line(reference="")), "reference"),
        (submission(line(reference="lower")), "reference"),
        (submission(line(name="X" * 19)), "name of a payee"),
        (submission(line(number="1234567")), "bank details"),
        (submission(line(pence=60_000_000_000), line(pence=60_000_000_000)), "one record carries"),
        (submission(sections=(Section(replace(OWN, sort_code=""), (line(),)),)), "own account"),
    ],
)
def test_what_bacs_would_not_take_is_refused(made, words):
    with pytest.raises(UserError, match=words):
        write(made)


BACS_TEXT = st.text(alphabet=sorted(rules.CHARACTERS), min_size=1, max_size=18).map(rules.bacs_text).filter(bool)
DIGITS = st.text(alphabet="0123456789", min_size=8, max_size=8)
LINES = st.builds(
    lambda number, code, pence, reference, name: Line(
        Destination(number[:6], number),
        code,
        0 if code.value[0] == "0" and code.value != "01" else pence,
        reference if code is BacsCode.CREDIT else f"R{number}2",
        name,
    ),
    DIGITS,
    st.sampled_from(BacsCode),
    st.integers(1, 1_000_000_000),
    BACS_TEXT.filter(lambda text: not text.startswith("CONTRA")),
    BACS_TEXT,
)


@given(st.lists(LINES, min_size=1, max_size=30), st.integers(1, 999_999))
def test_what_was_written_is_read_back_without_a_fault(lines, serial):
    found = read(write(submission(*lines, serial=serial)), "123456")
    assert found.faults == ()
    assert (found.serial, found.sun, found.work_code) == (f"{serial:06}", "123456", "1 DAILY")
    assert (found.created_on, found.processing_on) == (MADE, PROCESSED)
    sent = [each for each in found.lines if not each.is_contra]
    lines.sort(key=lambda each: ["01", "17", "18", "19", "99"].index(each.code) if each.pence else -1)
    assert [(each.destination, each.code, each.pence, each.reference, each.name) for each in sent] == [
        (each.destination, each.code, each.pence, each.reference, each.name) for each in lines
    ]
    assert found.totals.debit_pence == found.totals.credit_pence == sum(each.pence for each in lines)


def spoilt(record, at, text):
    """The golden file with something else at a position (from 1) of one record (from 1)."""
    records = list(GOLDEN)
    old = records[record - 1]
    records[record - 1] = old[: at - 1] + text + old[at - 1 + len(text) :]
    return "\r\n".join(records).encode("latin-1")


def places(content, sun=""):
    return [(fault.line, fault.position) for fault in read(content, sun).faults]


@pytest.mark.parametrize(
    ("record", "at", "text", "words"),
    [
        (1, 5, "000000", "empty or zeros"),
        (1, 42, "12345 ", "not six digits"),
        (2, 42, "26325 ", "stands behind it"),
        (2, 6, "654321", "in VOL1"),
        (2, 12, "X", "'X' here instead of 'S'"),
        (4, 5, " 26332", "Saturday 28 Nov 2026"),
        (4, 5, "26328 ", "stands behind it"),
        (4, 5, " 26400", "no day"),
        (4, 29, "7 NEVER", "work code"),
        (3, 11, "00099", "length of records"),
        (5, 16, "17", "is missing"),
        (5, 16, "ZZ", "none that a service user sends"),
        (5, 36, "00000 12345", "not digits"),
        (5, 36, "00000000000", "carries an amount"),
        (5, 65, "                  ", "reference is empty"),
        (5, 83, "a tenant", "'a' is in lower case"),
        (5, 83, "_ TENANT", "none that Bacs takes"),
        (2, 48, " 26328", "expires by 24 Nov 2026, its last processing day"),
        (5, 7, "1234567X", "account number is not digits"),
        (7, 36, "00000012401", r"contra is £124.01, but the credits add up to £124.00"),
        (7, 1, "200000", "council's own account"),
        (8, 42, " 26326", "EOF1 differs"),
        (10, 5, "0000000012399", r"total of debits is £123.99 here; the records come to £124.00"),
        (10, 38, "0000003", "number of credits is 3 here; the records come to 2"),
    ],
)
def test_every_fault_is_named_with_its_line_and_position(record, at, text, words):
    import re

    found = read(spoilt(record, at, text)).faults
    wanted = [fault for fault in found if re.search(words, fault.message)]
    assert wanted, found
    if "missing" not in words:
        assert (wanted[0].line, wanted[0].position) == (record, at)


def test_short_lines_and_missing_records():
    assert (5, 100) in places("\n".join((*GOLDEN[:4], GOLDEN[4][:99], *GOLDEN[5:])).encode())
    without_contra = "\n".join((*GOLDEN[:6], *GOLDEN[7:])).encode()
    assert any("contra record of £124.00" in fault.message for fault in read(without_contra).faults)
    headless = read("\n".join(GOLDEN[1:]).encode())
    assert (1, 1, "The label VOL1 is missing before this line.") in [
        (each.line, each.position, each.message) for each in headless.faults
    ]
    assert any("UTL1 is missing" in fault.message for fault in read("\n".join(GOLDEN[:9]).encode()).faults)
    assert places("\n".join((*GOLDEN[:5], GOLDEN[0], *GOLDEN[5:])).encode())[0] == (6, 1)


def test_a_file_of_another_council():
    assert [each.message for each in read(write(two_credits()), "999999").faults] == [
        "The file is of the Service User Number 123456; this council's is 999999."
    ]


@given(st.binary(max_size=2_000))
def test_no_bytes_stop_the_reader(content):
    assert read(content).faults


def test_files_that_are_none():
    assert [each.message for each in read(b"").faults] == ["The file is empty."]
    assert read("".join(GOLDEN).encode()).totals == read(write(two_credits())).totals
    assert read("".join(GOLDEN).encode()).faults == ()
    assert read("\r".join(GOLDEN).encode()).faults == ()
    [mark] = read(b"\xef\xbb\xbf" + "\n".join(GOLDEN).encode()).faults
    assert "byte order mark" in mark.message
    with pytest.raises(UserError, match="no Bacs file"):
        read(b"x" * (64 * 1024 * 1024 + 1))
    nonsense = read(b"x\n" * 5_000)
    assert nonsense.totals == Totals(0, 0, 0, 0)
    assert (len(nonsense.faults), nonsense.faults[-1].message[-27:]) == (1_001, "more faults are not listed.")


def test_a_file_for_several_days():
    records = list(GOLDEN)
    records[2] = records[7 + 1] = records[2].replace("00100", "00106")
    records[2], records[8] = "HDR2" + records[2][4:], "EOF2" + records[2][4:]
    records[3] = records[3].replace("1 DAILY  ", "4 MULTI  ")
    records[4:7] = [f"{record} 26328" for record in records[4:7]]
    assert read("\r\n".join(records).encode()).faults == ()
    records[5] = records[5][:100] + " 26329"
    assert [each.position for each in read("\r\n".join(records).encode()).faults] == [0, 36]


def test_what_is_written_for_several_days():
    wednesday, thursday = date(2026, 11, 25), date(2026, 11, 26)  # the 329th and 330th; the file expires on the 337th
    sections = (
        Section(OWN, (line(BacsCode.REGULAR, 100),), thursday),
        Section(OWN, (line(BacsCode.REGULAR, 7), line(BacsCode.FIRST, 3)), wednesday),
        Section(OWN, (line(BacsCode.FINAL, 5),), thursday),
    )
    written = write(submission(sections=sections))
    records = written.decode().split("\r\n")
    assert records[1][47:53] == " 26337"
    assert records[2][10:15] == records[-3][10:15] == "00106"
    assert (records[3][4:10], records[3][28:37]) == (" 26329", "4 MULTI  ")
    assert [(record[15:17], record[35:46], record[100:]) for record in records[4:10]] == [
        ("01", "00000000003", " 26329"),
        ("17", "00000000100", " 26330"),
        ("17", "00000000007", " 26329"),
        ("19", "00000000005", " 26330"),
        ("99", "00000000105", " 26330"),
        ("99", "00000000010", " 26329"),
    ]
    assert read(written).faults == ()
    assert write(submission(sections=sections[:1])) == write(
        submission(line(BacsCode.REGULAR, 100), processing_on=thursday)
    )
