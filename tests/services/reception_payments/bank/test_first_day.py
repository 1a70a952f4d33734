"""What was receipted before the bank's first day and came to it since."""

from datetime import date

from app.models.values import Fund, Money
from app.services.ledger.checks import check
from app.services.reception_payments.bank import accounts, commands, queries
from app.services.reception_payments.bank.kept import NewBank
from app.services.reception_payments.board import figures
from tests.services.reception_payments.bank.conftest import ACCOUNT, load, statement
from tests.services.reception_payments.bank.test_matching import card, transit
from tests.services.reception_payments.conftest import control

MONDAY = date(2026, 11, 23)


def cards(desk):
    """What the board has of cards on Monday: receipted, in transit and unexplained, in pence."""
    (row,) = (each for each in desk.ask(figures.board, MONDAY).channels if each.key == "cash:card")
    return row.receipted.pence, row.in_transit.pence, row.unexplained.pence


def test_cards_of_saturday_come_to_a_bank_that_begins_on_sunday(desk, reception, tmp_path):
    """100.00 of 21 November may have come before the bank's first day: it is on the board once the bank has it, and not sure."""
    card(desk, reception, 100_00, "S1")
    new = NewBank("Rents", Fund.HRA, ACCOUNT, date(2026, 11, 22), Money(1_000_00))
    bank_id = desk.do(accounts.add, new).bank_id
    load(desk, statement(tmp_path, (23, 100_00, "CARDS")))
    assert transit(desk) == [("cash:card", 100_00)]
    assert cards(desk) == (0, 0, 0)
    (found,) = desk.ask(queries.proposals, bank_id)
    assert (len(found.match.entries), found.sure) == (1, False)
    desk.do(commands.match, found.match)
    assert (control(desk, "cash:card"), transit(desk), cards(desk)) == (0, [], (100_00, 0, 0))
    assert not desk.ask(check)


def test_what_the_bank_had_long_before_its_first_day_is_not_in_transit(desk, reception):
    card(desk, reception, 100_00, "S1")
    desk.do(accounts.add, NewBank("Rents", Fund.HRA, ACCOUNT, date(2026, 12, 21), Money(1_000_00)))
    assert transit(desk) == []
