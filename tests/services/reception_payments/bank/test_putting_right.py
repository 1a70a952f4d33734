"""A payment that a match put on a wrong account, once the board of its day is signed."""

from datetime import date

import pytest

from app.models.reception_payments.bank import BankMatch
from app.services.core.errors import UserError
from app.services.ledger import reversing
from app.services.reception_payments.bank import commands
from app.services.reception_payments.bank.kept import Straight
from app.services.reception_payments.board import commands as boards
from tests.services.reception_payments.bank.conftest import load, statement
from tests.services.reception_payments.bank.test_matching import line_ids, match


def test_a_payment_on_a_wrong_account_is_put_right_when_the_board_is_signed(desk, colleague, bank, reception, tmp_path):
    """80.00 of Friday went to 70 0002; its board is signed, so the match stays and the line is put right by itself."""
    load(desk, statement(tmp_path, (20, 80_00, "70 0001 RENT")))
    made = match(desk, bank, line_ids(desk), straight=(Straight(reception.other, 80_00),))
    colleague.do(boards.sign, desk.do(boards.prepare, date(2026, 11, 20), "Looked at").board_id)
    with pytest.raises(UserError, match="board of its day is signed"):
        desk.do(commands.take_back, made, "Wrong account")

    def shut(ctx):
        row = ctx.session.get_one(BankMatch, made)
        return [bool(reversing.lines_shut(ctx, each)[0]) for each in (row.posted_journal, row.journal)]

    assert desk.ask(shut) == [False, True]
    posted = desk.ask(lambda ctx: ctx.session.get_one(BankMatch, made).posted_journal)
    assert desk.ask(reversing.made_of, posted)[0] == "a match of the bank's lines of 20 Nov 2026"
