"""The log says where an error happened and of which kind, and nothing about anybody."""

import logging
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.services.core import logs
from app.services.core.logs import masked

PLANTED = ("Winifred Sample", "07700 900123", "sample@example.org", "ZZ9 9ZZ", "QQ 12 34 56 C", "12345678", "08-99-99")


@pytest.fixture
def log(tmp_path):
    """The log file as the program starts it, in the home of this test."""
    logs.start()
    yield logs.log_file()
    root = logging.getLogger()
    for handler in [each for each in root.handlers if each.get_name() == "rentbook file"]:
        root.removeHandler(handler)
        handler.close()


def fail(error):
    try:
        raise error
    except type(error) as raised:
        return raised


@pytest.mark.logs
def test_an_error_is_logged_with_its_place_and_kind_and_not_with_what_it_was_about(log):
    error = fail(ValueError("; ".join(PLANTED)))
    reference = logs.unexpected(error)
    text = log.read_text("utf-8")
    assert reference in text
    assert "in fail" in text
    assert "ValueError" in text
    assert [each for each in PLANTED if each in text] == []


@pytest.mark.logs
def test_what_led_to_an_error_is_told_without_its_values_too(log):
    try:
        try:
            {}["Winifred Sample"]
        except KeyError as error:
            raise RuntimeError("of Winifred Sample") from error
    except RuntimeError as error:
        logs.unexpected(error)
    text = log.read_text("utf-8")
    assert text.index("builtins.KeyError") < text.index("builtins.RuntimeError")
    assert "Winifred" not in text.replace('{}["Winifred Sample"]', "").replace('RuntimeError("of Winifred Sample")', "")


@pytest.mark.logs
def test_of_a_statement_the_words_are_kept_and_the_values_not(log):
    told = Exception("Violation of UNIQUE KEY constraint 'uq'. The duplicate key value is (Winifred Sample).")
    logs.unexpected(fail(IntegrityError("INSERT INTO person (name) VALUES (?)", ("Winifred Sample",), told)))
    text = log.read_text("utf-8")
    assert "INSERT INTO person (name) VALUES (?)" in text
    assert "Violation of UNIQUE KEY constraint" in text
    assert "Winifred" not in text


@pytest.mark.logs
def test_what_a_library_warns_of_is_told_without_its_values(log):
    library = logging.getLogger("library")
    try:
        raise OSError("sample@example.org")
    except OSError:
        library.warning("A message of %s for %s", PLANTED[0], PLANTED[1], exc_info=True)
        library.warning(f"It can't be sent to {PLANTED[0]}")
        logging.getLogger("rentbook").warning("Of %d bytes, telephone %s", 7, PLANTED[1])
    text = log.read_text("utf-8")
    assert "A message of %s for %s" in text
    assert re.search(r"WARNING library at test_logs:\d+$", text, re.MULTILINE)
    assert "Of 7 bytes, telephone <number>" in text
    assert [each for each in PLANTED if each in text.replace('OSError("sample@example.org")', "")] == []


def test_a_log_that_is_handed_on_says_when_it_was_and_nobodys_birthday():
    line = "2026-11-20 09:00:00,000 ERROR rentbook RB-1 born 1980-05-06"
    assert logs.masked_log(f"{line}\n  more") == "2026-11-20 09:00:00,000 ERROR rentbook RB-1 born <number>\n  more"


def test_an_error_of_the_program_itself_keeps_its_words():
    told = logs.without_values(fail(AttributeError("'Page' object has no attribute 'table'")))
    assert told.endswith("builtins.AttributeError: 'Page' object has no attribute 'table'")


def test_errors_that_led_to_each_other_end():
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    assert logs.without_values(one).count("ValueError") == 2


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("step 0047, 12 rows", "step 0047, 12 rows"),
        ("reference 700012345", "reference <number>"),
        ("RB-12345678", "RB-12345678"),
        ("+44 7700 900123", "<number>"),
        ("WEEK 3 isn't one, AL10 8YZ is", "WEEK 3 isn't one, <postcode> is"),
        ("version 6.11.3, 3.40.1", "version 6.11.3, 3.40.1"),
        ("qq123456c", "<insurance number>"),
        ("of al10 8yz", "of <postcode>"),
        (r"C:\\Users\\WSample\\Rentbook\\a.db is full", r"C:\\Users\\~\\Rentbook\\a.db is full"),
        ("D:/users/Winifred Sample/a.db", "D:/users/~/a.db"),
        ("/home/wsample/a.db", "/home/~/a.db"),
        (r"\\server\share\a.db", r"\\server\share\a.db"),
    ],
)
def test_what_looks_like_a_persons_is_masked_and_the_rest_kept(text, kept):
    assert masked(text) == kept


@given(st.from_regex(r"0[1-9]\d{2,3} \d{3} \d{3,4}", fullmatch=True))
def test_no_telephone_number_is_left(number):
    assert masked(f"calls {number} today") == "calls <number> today"


def test_the_users_own_folder_is_told_as_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME" if sys.platform != "win32" else "USERPROFILE", str(tmp_path / "winifred"))
    assert masked(f"{tmp_path / 'winifred'} is full") == "~ is full"


@pytest.mark.parametrize(
    "written", [r"c:\USERS\winifred.s\Backups", r"C:\\Users\\Winifred.S\\Backups", "C:/Users/Winifred.S/Backups"]
)
def test_the_users_own_folder_is_known_in_other_capitals_and_as_json_writes_it(monkeypatch, written):
    monkeypatch.setattr(logs.Path, "home", lambda: r"C:\Users\Winifred.S")
    told = masked(f"Backups lie in {written}.")
    assert told.startswith("Backups lie in ~")
    assert told.endswith("Backups.")
    assert "inifred" not in told.lower()


@pytest.mark.parametrize(
    "said",
    [
        "Conversion failed when converting the nvarchar value 'Winifred O'Sample' to data type int.",
        "Conversion failed when converting the nvarchar value 'Winifred' Sample' to data type int.",
        "String would be truncated in table 'person', column 'name'. Truncated value: 'O'Winifred Sample'.",
        "The duplicate key value is (4, (Winifred) Sample).",
        "The duplicate key value is (Winifred :) Sample).",
    ],
)
def test_a_value_that_holds_marks_itself_is_left_out_whole(said):
    told = logs.without_values(fail(IntegrityError("INSERT INTO person (name) VALUES (?)", (), Exception(said))))
    assert "Winifred" not in told.split("IntegrityError")[1]
    assert "Sample" not in told.split("IntegrityError")[1]
    assert said[:20] in told


def test_of_several_errors_together_the_words_of_none_are_told():
    told = logs.without_values(fail(ExceptionGroup("of Winifred Sample", [ValueError("Winifred Sample")])))
    assert "Winifred" not in told.split("ExceptionGroup", 2)[-1]
