"""A statement in the database: each file once, each line once, and none missing before it."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.reception_payments.bank import BankLine, BankStatement
from app.models.values import Fund, Money
from app.services.core.errors import UserError
from app.services.reception_payments.bank import accounts, commands, looking, queries, reading
from app.services.reception_payments.bank.kept import BankChange, NewBank, NewRule
from tests.services.reception_payments.bank.conftest import ACCOUNT, load, statement


def amounts(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(BankLine.pence).order_by(BankLine.id)).all())


def test_a_statement_is_loaded_once(desk, bank, tmp_path):
    path = statement(tmp_path, (20, 120_50, "RENT"), (20, -20_00, "RETURNED"))
    assert load(desk, path).told == "2 lines loaded."
    (row,) = desk.ask(queries.banks)
    assert (row.tail, row.statement_balance, row.open_lines) == ("58", Money(1_100_50), 2)
    with pytest.raises(UserError, match="opens with"):
        load(desk, path)
    with pytest.raises(UserError, match="was loaded before"):
        load(desk, path, gap_why="Again")
    assert amounts(desk) == [120_50, -20_00]


def test_the_next_statement_begins_where_the_last_ended(desk, bank, tmp_path):
    """The same payment twice on a day, in two statements that follow, is two payments."""
    load(desk, statement(tmp_path, (20, 50_00, "RENT")))
    late = statement(tmp_path, (20, 50_00, "RENT"), opening=1_050_00, name="late.csv")
    load(desk, late)
    assert amounts(desk) == [50_00, 50_00]
    with pytest.raises(UserError, match=r"opens with £1,200\.00; that of 20 Nov 2026 closed with £1,100\.00"):
        load(desk, statement(tmp_path, (23, 1_00, "RENT"), opening=1_200_00, name="gap.csv"))


def test_a_statement_that_overlaps_brings_its_new_lines_alone_and_says_why(desk, bank, tmp_path):
    load(desk, statement(tmp_path, (19, 10_00, "A"), (20, 50_00, "RENT")))
    again = statement(tmp_path, (20, 50_00, "RENT"), (20, 50_00, "RENT"), opening=1_010_00, name="again.csv")
    done = load(desk, again, gap_why="The bank sent Friday again")
    assert done.told == "1 line loaded. 1 were in an earlier statement."
    assert amounts(desk) == [10_00, 50_00, 50_00]
    why = desk.ask(lambda ctx: ctx.session.scalars(select(BankStatement.gap_why)).all())
    assert why == ["", "The bank sent Friday again"]


def test_the_same_statement_in_another_file_adds_nothing(desk, bank, tmp_path):
    """100.00 in and out on Friday close with what they opened with: sent again in another file, they are the same two lines."""
    first = statement(tmp_path, (20, 100_00, "A"), (20, -100_00, "B"))
    load(desk, first)
    again = statement(tmp_path, (20, 100_00, "A"), (20, -100_00, "B"), name="again.csv")
    again.write_text(again.read_text("utf-8") + "\n", encoding="utf-8")
    (look,) = desk.ask(looking.look, again, reading.read(again))
    assert (look.new, look.repeated) == (0, 2)
    assert load(desk, again).told == "0 lines loaded. 2 were in an earlier statement."
    assert amounts(desk) == [100_00, -100_00]
    load(desk, statement(tmp_path, (23, 100_00, "A"), (23, -100_00, "B"), name="monday.csv"))
    assert amounts(desk) == [100_00, -100_00, 100_00, -100_00]


def test_an_account_with_open_lines_stays_in_use(desk, bank, tmp_path):
    load(desk, statement(tmp_path, (20, 900_00, "UNKNOWN")))
    with pytest.raises(UserError, match=r"Rents collection has lines that nobody has matched\."):
        desk.do(accounts.change, BankChange(bank.id, "Rents collection", active=False))
    desk.do(accounts.change, BankChange(bank.id, "Rents", active=True))
    assert desk.ask(queries.banks)[0].active


def test_a_statement_of_an_unknown_account_or_with_a_card_number_is_refused_whole(desk, bank, tmp_path):
    path = statement(tmp_path, (20, 1_00, "RENT"))
    other = tmp_path / "other.csv"
    other.write_text(path.read_text("utf-8").replace("66374958", "12345678"), encoding="utf-8")
    with pytest.raises(UserError, match="account ending 78 isn't one"):
        load(desk, other)
    card = tmp_path / "card.sta"
    card.write_text(
        ":20:S\n:25:09999966374958\n:28C:1/1\n:60F:C261119GBP1000,00\n:61:2611201120C1,00NTRFREF\n"
        ":86:PAID WITH 4111 1111 1111 1111\n:62F:C261120GBP1001,00\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match="The line 1 holds what looks like a card number"):
        load(desk, card)
    assert amounts(desk) == []


def test_a_file_that_does_not_say_whose_it_is_is_asked_for(desk, bank, tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("Date,Amount,Balance\n20/11/2026,1.00,1001.00\n", encoding="utf-8")
    with pytest.raises(UserError, match="doesn't say whose statement"):
        load(desk, path)
    assert load(desk, path, bank_id=bank.id).new == 1


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (
            NewBank("Rents collection", Fund.HRA, "11 11 11 22222222", date(2026, 11, 1), Money(0)),
            "Another bank account",
        ),
        (NewBank("Other", Fund.HRA, ACCOUNT, date(2026, 11, 1), Money(0)), "is there already"),
        (NewBank("Other", Fund.HRA, "no number", date(2026, 11, 1), Money(0)), "sort code and number"),
        (NewBank(" ", Fund.HRA, ACCOUNT, date(2026, 11, 1), Money(0)), "Give the bank account a name"),
    ],
)
def test_a_bank_account_that_can_not_be_is_refused(desk, bank, new, said):
    with pytest.raises(UserError, match=said):
        desk.do(accounts.add, new)
    assert len(desk.ask(queries.banks)) == 1


def test_a_statement_is_looked_at_before_it_is_loaded(desk, bank, tmp_path):
    """1,000.00 and 50.00 on Friday; a second file begins at 990.00 and has Friday's line again."""
    first = statement(tmp_path, (20, 50_00, "RENT"))
    (look,) = desk.ask(looking.look, first, reading.read(first))
    assert (look.bank, look.opening, look.closing) == ("Rents collection", Money(1_000_00), Money(1_050_00))
    assert (look.moved, look.new, look.repeated, look.gap, look.wrong) == (Money(50_00), 1, 0, "", "")
    load(desk, first)
    assert "It was loaded before, as statement.csv" in desk.ask(looking.look, first, reading.read(first))[0].wrong
    again = statement(tmp_path, (20, 50_00, "RENT"), (20, 3_00, "B"), opening=990_00, name="again.csv")
    (look,) = desk.ask(looking.look, again, reading.read(again))
    assert (look.new, look.repeated) == (1, 1)
    assert look.gap.startswith("The statement of Rents collection opens with £990.00; that of 20 Nov 2026 closed with")
    other = tmp_path / "other.csv"
    other.write_text(again.read_text("utf-8").replace("66374958", "12345678"), encoding="utf-8")
    assert "The account ending 78 isn't one" in desk.ask(looking.look, other, reading.read(other))[0].wrong


def test_a_bank_account_out_of_use_takes_no_statement_and_a_rule_is_changed_in_place(desk, bank, tmp_path):
    desk.do(accounts.change, BankChange(bank.id, "Rents", active=False))
    path = statement(tmp_path, (20, 50_00, "RENT"))
    assert "Rents isn't used any more" in desk.ask(looking.look, path, reading.read(path))[0].wrong
    with pytest.raises(UserError, match="isn't used any more"):
        load(desk, path)
    desk.do(commands.keep_rule, NewRule("worldpay"))
    (row,) = desk.ask(queries.rules).rows
    desk.do(commands.keep_rule, NewRule("world pay", "cash:card", rule_id=row.rule_id))
    assert [(each.words, each.channel_title) for each in desk.ask(queries.rules).rows] == [("world pay", "Cards")]
    with pytest.raises(UserError, match="Another rule has the words"):
        desk.do(commands.keep_rule, NewRule("world pay"))
