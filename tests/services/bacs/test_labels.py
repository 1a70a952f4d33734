"""What stands in every Standard 18 file, and what is blank there: each want of it is named (bacs.md 1.4, 1.5)."""

import re

import pytest

from app.services.bacs.standard18.reading import read
from tests.services.bacs.test_standard18 import GOLDEN, places, spoilt


@pytest.mark.parametrize(
    ("record", "at", "text", "words"),
    [
        (1, 80, "3", "level of the label is '3'; it is always '1'"),
        (1, 11, "X", "blank or 0"),
        (1, 14, "X", r"'X' stands where VOL1 is blank \(positions 12 to 31\)"),
        (2, 28, "0002", "number of the section is '0002'"),
        (2, 32, "0002", "sequence of the file is '0002'"),
        (2, 54, "1", r"HDR1 is blank \(position 54\)"),
        (3, 5, "V", "format of records"),
        (4, 11, "888888", "receiving party is '888888'"),
        (4, 21, "01", "currency is '01'"),
        (4, 23, "000001", "country is '000001'"),
        (4, 43, "AB", r"'AB' stands where UHL1 is blank \(positions 41 to 47\)"),
        (5, 15, "5", "type of account is '5'; it is always 0"),
        (5, 32, "12  ", "'12' stands where a record is blank"),
        (10, 45, "X", "UTL1 is blank"),
    ],
)
def test_what_is_the_same_in_every_file_is_held_to_it(record, at, text, words):
    wanted = [fault for fault in read(spoilt(record, at, text)).faults if re.search(words, fault.message)]
    assert [(fault.line, fault.position) for fault in wanted] == [(record, at)]


def test_a_second_contra_of_one_account_and_day_is_named():
    again = "\n".join((*GOLDEN[:7], GOLDEN[6], *GOLDEN[7:])).encode()
    told = [(each.line, each.position) for each in read(again).faults if "another contra" in each.message]
    assert told == [(8, 65)]


def test_what_others_put_into_their_own_areas_is_no_fault():
    volume = f"{GOLDEN[0][:31]}HSBC  {GOLDEN[0][37:]}"
    header = f"{GOLDEN[3][:47]}AUD0001{GOLDEN[3][54:]}"
    named = (volume, *GOLDEN[1:3], header, *GOLDEN[4:])
    assert not places("\n".join(named).encode())
