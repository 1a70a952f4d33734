"""AUDDIS files and files of collections, each position as bacs.md 1.3 to 1.5 prints it (from 1, both included).

The council is made up; its processing day is Tuesday 24 November 2026, the 328th of the year, so that files expire on the 335th.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import BacsCode
from app.services.bacs import rules
from app.services.bacs.dto import Destination, Line, OwnAccount, Section, Submission
from app.services.bacs.standard18.reading import read
from app.services.bacs.standard18.writing import totals, write
from app.services.core.errors import UserError

RENT = OwnAccount("404040", "70872490", "ANYTOWN COUNCIL RENT")
GARAGES = OwnAccount("404040", "70872491", "ANYTOWN GARAGES")
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
MADE = date(2026, 11, 21)  # the 325th day


def line(code, pence=0, reference="RENT00124471", name="MS A TENANT", sort_code="089999", number="66374958"):
    return Line(Destination(sort_code, number), code, pence, reference, name)


def records(*sections):
    """The file of some sections as its records; each ends in CR LF."""
    submission = Submission("123456", "ANYTOWN COUNCIL", 42, MADE, TUESDAY, sections)
    content = write(submission)
    assert content.endswith(b"\r\n")
    assert read(content, "123456").faults == ()
    assert read(content).totals == totals(submission)
    return content.decode("ascii").split("\r\n")[:-1]


def holds(record, fields):
    """Every position of a record: (first, last, text); what no field names is blank."""
    wanted = [" "] * len(record)
    for first, last, text in fields:
        assert len(text) == last - first + 1, (first, last, text)
        wanted[first - 1 : last] = text
    assert record == "".join(wanted)
    return True


def header(label, length="00100"):
    return {
        "VOL1": ((1, 4, "VOL1"), (5, 10, "000042"), (42, 47, "123456"), (80, 80, "1")),
        "1": (
            (1, 4, label),
            (5, 5, "A"),
            (6, 11, "123456"),
            (12, 12, "S"),
            (15, 15, "1"),
            (16, 21, "123456"),
            (22, 27, "000042"),
            (28, 31, "0001"),
            (32, 35, "0001"),
            (42, 47, " 26325"),
            (48, 53, " 26335"),
            (55, 60, "000000"),
        ),
        "2": ((1, 4, label), (5, 5, "F"), (6, 10, "02000"), (11, 15, length), (51, 52, "00")),
    }["VOL1" if label == "VOL1" else label[-1]]


def user_header(day=" 26328", work="1 DAILY  "):
    return (
        (1, 4, "UHL1"),
        (5, 10, day),
        (11, 16, "999999"),
        (21, 22, "00"),
        (23, 28, "000000"),
        (29, 37, work),
        (38, 40, "001"),
    )


def trailer(pence, debits, credits_, instructions="0000000"):
    return (
        (1, 4, "UTL1"),
        (5, 17, pence),
        (18, 30, pence),
        (31, 37, debits),
        (38, 44, credits_),
        (53, 59, instructions),
    )


def data(code, pence, to="08999966374958", own="40404070872490", reference="RENT00124471", name="MS A TENANT"):
    return (
        (1, 14, to),
        (15, 15, "0"),
        (16, 17, code),
        (18, 31, own),
        (36, 46, pence),
        (47, 64, "ANYTOWN COUNCIL".ljust(18)),
        (65, 82, reference.ljust(18)),
        (83, 100, name.ljust(18)),
    )


def test_an_auddis_file_has_new_cancelled_and_converted_instructions_and_no_contra():
    file = records(
        Section(
            RENT,
            (
                line(BacsCode.CANCEL, reference="RENT00999999", number="66374961"),
                line(BacsCode.NEW),
                line(BacsCode.CONVERT, reference="RENT00000001"),
            ),
        )
    )
    assert len(file) == 4 + 3 + 3
    assert holds(file[0], header("VOL1"))
    assert holds(file[1], header("HDR1"))
    assert holds(file[2], header("HDR2"))
    assert holds(file[3], user_header())
    nothing = "00000000000"
    assert holds(file[4], data("0C", nothing, "08999966374961", reference="RENT00999999"))
    assert holds(file[5], data("0N", nothing))
    assert holds(file[6], data("0S", nothing, reference="RENT00000001"))
    assert holds(file[7], header("EOF1"))
    assert holds(file[8], header("EOF2"))
    assert holds(file[9], trailer("0" * 13, "0" * 7, "0" * 7, "0000003"))


def test_a_file_of_collections_has_first_ones_first_and_a_credit_that_balances_them():
    """£12.00 + £34.56 + £7.00 + £0.44 = £54.00, which the contra pays to the council."""
    file = records(
        Section(
            RENT,
            (
                line(BacsCode.FINAL, 44),
                line(BacsCode.AGAIN, 700),
                line(BacsCode.REGULAR, 3456),
                line(BacsCode.FIRST, 1200, reference="RENT00000001", name="MR B TENANT"),
            ),
        )
    )
    assert [len(each) for each in file] == [80] * 4 + [100] * 5 + [80] * 3
    assert holds(file[4], data("01", "00000001200", reference="RENT00000001", name="MR B TENANT"))
    assert holds(file[5], data("17", "00000003456"))
    assert holds(file[6], data("18", "00000000700"))
    assert holds(file[7], data("19", "00000000044"))
    assert holds(file[8], data("99", "00000005400", "40404070872490", reference="CONTRA", name="ANYTOWN COUNCIL RE"))
    assert holds(file[11], trailer("0000000005400", "0000004", "0000001"))


def test_each_day_and_each_account_of_the_council_has_its_contra():
    """Rent: £1.00 on Tuesday, £2.00 on Wednesday; garages: £0.50 on Tuesday. £3.50 in all, three contra records."""
    file = records(
        Section(RENT, (line(BacsCode.REGULAR, 100),), TUESDAY),
        Section(RENT, (line(BacsCode.REGULAR, 200),), WEDNESDAY),
        Section(GARAGES, (line(BacsCode.REGULAR, 50),), TUESDAY),
    )
    assert [len(each) for each in file] == [80] * 4 + [106] * 6 + [80] * 3
    assert holds(file[1], tuple((a, b, " 26336" if a == 48 else text) for a, b, text in header("HDR1")))
    assert holds(file[2], header("HDR2", "00106"))
    assert holds(file[3], user_header(" 26328", "4 MULTI  "))
    assert holds(file[4], (*data("17", "00000000100"), (101, 106, " 26328")))
    assert holds(file[5], (*data("17", "00000000200"), (101, 106, " 26329")))
    assert holds(file[6], (*data("17", "00000000050", own="40404070872491"), (101, 106, " 26328")))
    contra = {"reference": "CONTRA", "name": "ANYTOWN COUNCIL RE"}
    assert holds(file[7], (*data("99", "00000000100", "40404070872490", **contra), (101, 106, " 26328")))
    assert holds(file[8], (*data("99", "00000000200", "40404070872490", **contra), (101, 106, " 26329")))
    garages = data("99", "00000000050", "40404070872491", "40404070872491", "CONTRA", "ANYTOWN GARAGES")
    assert holds(file[9], (*garages, (101, 106, " 26328")))
    assert holds(file[12], trailer("0000000000350", "0000003", "0000003"))


def test_the_largest_amount_fills_its_eleven_digits_and_a_larger_one_is_refused():
    file = records(Section(RENT, (line(BacsCode.REGULAR, 99_999_999_999),)))
    assert holds(file[4], data("17", "99999999999"))
    with pytest.raises(UserError, match="amount"):
        records(Section(RENT, (line(BacsCode.REGULAR, 100_000_000_000),)))


def spoilt(places, *sections):
    """What is wrong with a file in which records (from 1) were changed: their faults by line and position."""
    made = records(*sections)
    for number, change in places.items():
        made[number - 1] = change(made[number - 1])
    return {(each.line, each.position): each.message for each in read("\n".join(made).encode("latin-1")).faults}


def test_an_amount_over_eleven_digits_is_told_so_and_the_rest_is_read():
    found = spoilt(
        {5: lambda each: each[:35] + "1" + each[35:]},
        Section(RENT, (line(BacsCode.REGULAR, 3456), line(BacsCode.FINAL, 1))),
    )
    assert found[5, 36] == "The amount has 12 digits; a record carries 11."
    assert (5, 65) not in found
    assert (5, 101) not in found


def test_a_reference_that_auddis_refuses_is_named():
    found = spoilt({5: lambda each: each[:64] + "AB1".ljust(18) + each[82:]}, Section(RENT, (line(BacsCode.NEW),)))
    assert found == {(5, 65): "A Direct Debit reference has 6 to 18 letters and digits."}
    found = spoilt({5: lambda each: each[:64] + "DDIC123".ljust(18) + each[82:]}, Section(RENT, (line(BacsCode.NEW),)))
    assert found == {(5, 65): "A Direct Debit reference may not begin with DDIC or CONTRA."}


def test_a_date_with_the_blank_behind_it_is_named_in_every_place():
    sections = (
        Section(RENT, (line(BacsCode.REGULAR, 1),), TUESDAY),
        Section(RENT, (line(BacsCode.REGULAR, 2),), WEDNESDAY),
    )
    found = spoilt(
        {
            2: lambda each: each[:41] + "26325 " + "26336 " + each[53:],
            4: lambda each: each[:4] + "26328 " + each[10:],
            5: lambda each: each[:100] + "26328 ",
        },
        *sections,
    )
    wrong = [place for place, message in found.items() if "stands behind it" in message]
    assert wrong == [(2, 42), (2, 48), (4, 5), (5, 101)]


def test_a_missing_contra_and_a_contra_for_another_day_are_named():
    sections = (
        Section(RENT, (line(BacsCode.REGULAR, 100),), TUESDAY),
        Section(RENT, (line(BacsCode.REGULAR, 200),), WEDNESDAY),
    )
    found = spoilt({8: lambda each: each[:100] + " 26328"}, *sections)
    assert found[8, 36] == "The contra is £3.00, but the debits add up to £1.00."
    assert found[6, 0] == "The contra record of £2.00 that balances the debits of the account ending 90 is missing."


NAMES = st.sampled_from(["Zoë Müller", "Ōe 🏠", "D'Arcy-Smith", "Łukasz & Søn", "Nguyễn Thị", "MX A. TENANT 2", "ß/É"])
COLLECTED = st.sampled_from([BacsCode.FIRST, BacsCode.REGULAR, BacsCode.AGAIN, BacsCode.FINAL])
MANDATES = st.builds(
    lambda number, code, pence, reference, name: line(
        code,
        pence,
        rules.core_reference(f"RENT{reference:08}"),
        rules.bacs_text(name)[:18].rstrip(),
        number=f"{number:08}",
    ),
    st.integers(1, 99_999_999),
    COLLECTED,
    st.integers(1, 500_000),
    st.integers(1, 99_999_999),
    NAMES,
)
SECTIONS = st.lists(
    st.builds(
        lambda own, day, lines: Section(own, tuple(lines), day),
        st.sampled_from([RENT, GARAGES]),
        st.sampled_from([TUESDAY, WEDNESDAY, date(2026, 11, 30)]),
        st.lists(MANDATES, min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=4,
)


@given(SECTIONS)
def test_any_mandates_give_a_file_without_a_fault_whose_totals_balance(sections):
    file = records(*sections)
    pence = sum(each.pence for section in sections for each in section.lines)
    assert file[-1][4:17] == file[-1][17:30] == f"{pence:013}"
    codes = [record[15:17] for record in file[4:-3] if record[64:82].rstrip() != "CONTRA"]
    assert codes == sorted(codes)
