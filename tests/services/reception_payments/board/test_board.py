"""The daily board: receipted = at the bank + in transit + unexplained, by channel; signed by two, and then it stays."""

from datetime import date

import pytest

from app.models.values import BankPart, Money, MoneyReceiptState, TakenBy
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.reception_payments.bank import commands as bank_commands
from app.services.reception_payments.bank import queries as bank_queries
from app.services.reception_payments.bank.kept import NewMatch, OtherPart
from app.services.reception_payments.board import commands, queries
from app.services.reception_payments.board.dto import Colour
from app.services.reception_payments.receipts import recording, undoing
from app.services.reception_payments.receipts.dto.new import NewShare
from tests.factories import approving
from tests.services.reception_payments.bank.conftest import bank, load, statement  # noqa: F401  a fixture
from tests.services.reception_payments.conftest import payment
from tests.services.reception_payments.tills.conftest import cash_up, opened, take, till  # noqa: F401  a fixture

TODAY = date(2026, 11, 21)
"""A Saturday; with the four Bacs days that policy gives cards, what is taken today is expected by Thursday the 26th."""


def card(desk, reception, pence, slip):
    new = payment(reception, NewShare(pence, reception.rent), key=slip, by=TakenBy.TERMINAL, slip=slip)
    return desk.do(recording.record, new)


def cards(desk, on=TODAY):
    board = desk.ask(queries.board, on)
    return next(row for row in board.channels if row.key == "cash:card"), board


def on(desk, day):
    return Desk.sit_down(desk.database, desk.officer.username, FixedClock(day))


def test_a_day_without_anything_is_green(desk, bank):  # noqa: F811
    board = desk.ask(queries.board, TODAY)
    assert board.green
    assert {row.colour for row in board.channels} == {Colour.GREEN}
    assert (board.banks[0].statement, board.banks[0].colour) == (Money(1_000_00), Colour.TRANSIT)


def test_card_money_is_in_transit_until_it_is_due_and_unexplained_then(desk, bank, reception):  # noqa: F811
    card(desk, reception, 100_00, "S1")
    row, board = cards(desk)
    assert (row.receipted.pence, row.of_day.pence, row.control.pence, row.in_transit.pence) == (100_00,) * 4
    assert (row.unexplained.pence, row.at_bank.pence, row.colour) == (0, 0, Colour.TRANSIT)
    assert row.next_expected == date(2026, 11, 26)
    assert board.green
    row, board = cards(on(desk, date(2026, 11, 27)), date(2026, 11, 27))
    assert (row.in_transit.pence, row.unexplained.pence, row.oldest) == (0, 100_00, TODAY)
    assert not board.green


def test_whoever_holds_a_till_is_not_told_by_the_board_what_is_in_it(desk, colleague, bank, reception, till):  # noqa: F811
    """100.00 in cash, of which 20.00 are void: the holder's board is without it and waits for the cash-up."""
    session_id = opened(desk, till)
    take(desk, reception, 80_00, "a")
    taken = take(desk, reception, 20_00, "b")

    def void(ctx):
        by_two = approving.void(ctx, taken.id)
        undoing.undo(by_two, ctx.session.merge(taken), TODAY, MoneyReceiptState.VOID, "Wrong amount")

    colleague.do(void)

    def counter(desk):
        board = desk.ask(queries.board, TODAY)
        row = next(each for each in board.channels if each.key == "cash:counter")
        return (row.receipted.pence, row.of_day.pence, row.control.pence, row.in_transit.pence, board.in_till)

    assert counter(desk) == (0, 0, 0, 0, 1)
    assert counter(colleague) == (80_00, 80_00, 80_00, 80_00, 0)
    with pytest.raises(UserError, match="You hold a till"):
        desk.do(commands.prepare, TODAY)
    cash_up(desk, session_id, {1000: 13})
    assert counter(desk) == (80_00, 80_00, 80_00, 80_00, 0)
    desk.do(commands.prepare, TODAY)


def test_an_open_line_of_the_bank_is_unexplained_until_it_is_matched(desk, bank, reception, tmp_path):  # noqa: F811
    """150.00 by card, of which 148.50 come on Monday with a fee of 1.50: the day before, all of it was in transit."""
    card(desk, reception, 150_00, "S1")
    load(desk, statement(tmp_path, (23, 148_50, "CARDS")))
    monday = date(2026, 11, 23)
    row, board = cards(on(desk, monday), monday)
    assert (board.banks[0].open_lines, board.banks[0].open_amount.pence, board.green) == (1, 148_50, False)
    entries = tuple((each.journal, each.line) for each in desk.ask(bank_queries.in_transit))
    line = desk.ask(bank_queries.lines, bank.id)[0].line_id
    fee = (OtherPart(BankPart.FEE, -1_50),)
    desk.do(bank_commands.match, NewMatch("m", bank.id, (line,), entries=entries, parts=fee))
    row, board = cards(on(desk, monday), monday)
    assert (row.at_bank.pence, row.control.pence, row.in_transit.pence, row.colour) == (150_00, 0, 0, Colour.GREEN)
    assert board.green
    row, _ = cards(desk)
    assert (row.in_transit.pence, row.at_bank.pence) == (150_00, 0)


def test_a_board_is_signed_by_a_second_officer_and_stays(desk, colleague, bank, reception, tmp_path):  # noqa: F811
    made = desk.do(commands.prepare, TODAY).board_id
    with pytest.raises(UserError, match="You prepared this board"):
        desk.do(commands.sign, made)
    card(desk, reception, 100_00, "S1")
    with pytest.raises(UserError, match="figures changed"):
        colleague.do(commands.sign, made)
    made = desk.do(commands.prepare, TODAY).board_id
    colleague.do(commands.sign, made)
    with pytest.raises(UserError, match="is signed"):
        desk.do(commands.prepare, TODAY)
    (row,) = desk.ask(queries.days)
    assert (row.green, row.in_transit.pence, row.signed_by) == (True, 100_00, "Test Colleague")


def test_what_is_unexplained_is_said_before_a_board_is_prepared(desk, bank, tmp_path):  # noqa: F811
    load(desk, statement(tmp_path, (20, 9_00, "A B")))
    with pytest.raises(UserError, match="Something is unexplained"):
        desk.do(commands.prepare, TODAY)
    with pytest.raises(UserError, match="still to come"):
        desk.do(commands.prepare, date(2026, 11, 22), "x")
    desk.do(commands.prepare, TODAY, "Asked the bank who it is from")
    desk.do(commands.prepare, TODAY, "It is known now")
    assert [row.note for row in desk.ask(queries.days)] == ["It is known now"]


def test_a_match_of_a_signed_day_is_not_taken_back(desk, colleague, bank, reception, tmp_path):  # noqa: F811
    card(desk, reception, 100_00, "S1")
    load(desk, statement(tmp_path, (21, 100_00, "CARDS")))
    entries = tuple((each.journal, each.line) for each in desk.ask(bank_queries.in_transit))
    line = desk.ask(bank_queries.lines, bank.id)[0].line_id
    made = desk.do(bank_commands.match, NewMatch("m", bank.id, (line,), entries=entries)).match_ids[0]
    colleague.do(commands.sign, desk.do(commands.prepare, TODAY).board_id)
    with pytest.raises(UserError, match="board of its day is signed"):
        desk.do(bank_commands.take_back, made, "Late")


def test_a_match_made_after_its_board_was_signed_can_be_taken_back(desk, colleague, bank, reception, tmp_path):  # noqa: F811
    """The line stood open when the board was signed, with a note; what was found out on Monday may turn out wrong."""
    load(desk, statement(tmp_path, (20, 9_00, "A B")))
    colleague.do(commands.sign, desk.do(commands.prepare, TODAY, "The bank is asked").board_id)
    monday = on(desk, date(2026, 11, 23))
    line = desk.ask(bank_queries.lines, bank.id)[0].line_id
    parts = (OtherPart(BankPart.ELSEWHERE, 9_00, "Council tax"),)
    made = monday.do(bank_commands.match, NewMatch("m", bank.id, (line,), parts=parts)).match_ids[0]
    monday.do(bank_commands.take_back, made, "It is rent")
    assert monday.ask(bank_queries.lines, bank.id)[0].match_id is None


def test_a_board_shows_the_bank_as_it_was_that_day_and_what_officers_explained(desk, bank, reception, tmp_path):  # noqa: F811
    """148.50 on Friday, with a fee of 1.50 kept back of 150.00, and 9.00 on Monday, which nobody knows yet."""
    card(desk, reception, 150_00, "S1")
    load(desk, statement(tmp_path, (20, 148_50, "CARDS"), (23, 9_00, "A B")))
    entries = tuple((each.journal, each.line) for each in desk.ask(bank_queries.in_transit))
    line = desk.ask(bank_queries.lines, bank.id)[1].line_id
    fee = (OtherPart(BankPart.FEE, -1_50),)
    desk.do(bank_commands.match, NewMatch("m", bank.id, (line,), entries=entries, parts=fee))
    friday = desk.ask(queries.board, date(2026, 11, 20))
    (side,) = friday.banks
    assert (side.statement.pence, side.ledger.pence, side.open_lines, side.covered) == (1_148_50, 1_148_50, 0, True)
    assert [(each.part, each.count, each.amount.pence) for each in friday.explained] == [(BankPart.FEE, 1, -1_50)]
    (side,) = desk.ask(queries.board, date(2026, 11, 23)).banks
    assert (side.statement.pence, side.ledger.pence, side.open_lines, side.open_amount.pence) == (
        1_157_50,
        1_148_50,
        1,
        9_00,
    )


def test_a_day_that_no_statement_reaches_is_not_called_agreed(desk, bank, tmp_path):  # noqa: F811
    load(desk, statement(tmp_path, (19, 5_00, "COUNCIL TAX")))
    line = desk.ask(bank_queries.lines, bank.id)[0].line_id
    parts = (OtherPart(BankPart.ELSEWHERE, 5_00, "Council tax"),)
    desk.do(bank_commands.match, NewMatch("m", bank.id, (line,), parts=parts))
    (side,) = desk.ask(queries.board, date(2026, 11, 20)).banks
    assert (side.covered, side.colour) == (False, Colour.TRANSIT)


def test_without_a_bank_account_no_board_is_prepared(desk, reception):
    assert not desk.ask(queries.board, TODAY).green
    with pytest.raises(UserError, match="No bank account is set up"):
        desk.do(commands.prepare, TODAY, "All is well")
