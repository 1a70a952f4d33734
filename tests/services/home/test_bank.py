"""The card of the bank: what is open, which statement is missing, how the last board stands."""

from datetime import date

from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.home import bank as card
from app.services.reception_payments.board import commands
from tests.services.reception_payments.bank.conftest import bank, load, statement  # noqa: F401  a fixture
from tests.services.reception_payments.conftest import clerk, reception  # noqa: F401  fixtures

TODAY = date(2026, 11, 21)
"""A Saturday: statements to Friday the 20th are due."""


def told(desk):
    return [(line.title, line.words, line.tone.value) for line in desk.ask(card.lines)]


def test_a_missing_statement_and_no_board_are_said(desk, bank):  # noqa: F811
    assert told(desk) == [
        ("Statement of Rents collection", "after 15 Nov 2026 missing", "warning"),
        ("Daily board", "none prepared yet", "warning"),
    ]


def test_open_lines_and_what_the_last_board_could_not_explain_are_said(desk, colleague, bank, tmp_path):  # noqa: F811
    load(desk, statement(tmp_path, (20, 9_00, "A B")))
    made = desk.do(commands.prepare, TODAY, "The bank is asked").board_id
    open_ = ("Bank lines nobody knows", "1, £9.00", "warning")
    board = "Board of 21 Nov 2026"
    assert told(desk) == [open_, (board, "to be signed, £9.00 at the bank not explained", "bad")]
    colleague.do(commands.sign, made)
    assert told(desk) == [open_, (board, "signed, £9.00 at the bank not explained", "bad")]


def test_nothing_is_said_to_whoever_has_no_part_in_it(clerk, bank):  # noqa: F811
    assert told(clerk) == []


def test_on_monday_fridays_statement_is_enough(desk, bank, tmp_path):  # noqa: F811
    load(desk, statement(tmp_path, (20, 9_00, "A B")))
    monday = Desk.sit_down(desk.database, desk.officer.username, FixedClock(date(2026, 11, 23)))
    assert [title for title, _words, _tone in told(monday)] == ["Bank lines nobody knows", "Daily board"]
