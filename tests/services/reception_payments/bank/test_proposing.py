"""What is proposed for a line that names an account: its own payment, and never twice what was posted."""

import pytest
from sqlalchemy import event

from app.services.core.errors import UserError
from app.services.ledger import queries as ledger
from app.services.ledger.checks import check
from app.services.reception_payments.bank import commands, queries
from app.services.reception_payments.bank.kept import NewMatch, Straight
from app.services.reception_payments.cards.days import adopting
from tests.services.reception_payments.bank.conftest import load, statement
from tests.services.reception_payments.bank.test_matching import card, line_ids, match, transit
from tests.services.reception_payments.files import made
from tests.services.reception_payments.files.conftest import ended
from tests.services.reception_payments.tills.conftest import opened, take, till

__all__ = ["ended", "till"]


def balance(desk, account):
    return desk.ask(ledger.balance, account).pence


def posted(desk, folder, *rows):
    """A bank file of some payments of 20 November, each a reference and an amount."""
    made.kept(desk, made.REAL)
    made.load(
        desk, folder, made.HEAD + "".join(f"{reference},{amount},20/11/2026,WHO,\n" for reference, amount in rows)
    )


def test_what_a_bank_file_posted_is_not_posted_again(desk, bank, reception, tmp_path):
    """80.00 and 20.00 came in one file; the bank has them one by one: neither may be taken with the sure ones."""
    posted(desk, tmp_path, ("70 0001", "80.00"), ("70 0002", "20.00"))
    load(desk, statement(tmp_path, (20, 80_00, "70 0001 RENT"), (20, 20_00, "70 0002 S")))
    found = desk.ask(queries.proposals, bank.id)
    assert [(each.sure, bool(each.match.straight)) for each in found] == [(False, True), (False, True)]
    done = desk.do(commands.match_all, [each.match for each in found])
    assert (done.match_ids, len(done.failed)) == ((), 2)
    assert (balance(desk, reception.rent), balance(desk, reception.other)) == (-80_00, -20_00)


def test_another_payment_of_the_same_day_and_amount_is_said_to_be_one(desk, bank, reception, tmp_path):
    posted(desk, tmp_path, ("70 0001", "80.00"))
    load(desk, statement(tmp_path, (20, 80_00, "70 0001 RENT")))
    with pytest.raises(UserError, match=r"70 0001 has £80\.00 of 20 Nov 2026 already, by journal"):
        match(desk, bank, line_ids(desk), straight=(Straight(reception.rent, 80_00),))
    match(desk, bank, line_ids(desk), straight=(Straight(reception.rent, 80_00, another=True),))
    assert balance(desk, reception.rent) == -160_00
    assert not desk.ask(check)


def test_a_payment_that_a_file_posted_by_itself_is_its_line(desk, bank, reception, tmp_path):
    posted(desk, tmp_path, ("70 0001", "80.00"))
    load(desk, statement(tmp_path, (20, 80_00, "70 0001 RENT")))
    (found,) = desk.ask(queries.proposals, bank.id)
    assert (found.sure, found.match.straight, len(found.match.entries)) == (True, (), 1)


def test_a_tenants_payment_is_not_spent_on_somebody_elses_receipt(desk, bank, reception, tmp_path):
    """95.40 by card for 70 0001 is in transit; 95.40 that names 70 0002 is a payment of 70 0002."""
    card(desk, reception, 95_40, "S1")
    load(desk, statement(tmp_path, (23, 95_40, "FASTER PAYMENT 70 0002 S ELSE")))
    (found,) = desk.ask(queries.proposals, bank.id)
    assert (found.match.straight, found.match.entries) == ((Straight(reception.other, 95_40),), ())
    assert transit(desk) == [("cash:card", 95_40)]


def test_cash_of_an_open_till_is_not_proposed(desk, bank, till, reception, tmp_path):
    opened(desk, till)
    take(desk, reception, 95_40, "a")
    load(desk, statement(tmp_path, (21, 95_40, "FASTER PAYMENT")))
    assert desk.ask(queries.proposals, bank.id) == ()


def test_a_payment_for_a_tenancy_that_ended_goes_to_who_owes_now(desk, bank, ended, tmp_path):
    load(desk, statement(tmp_path, (20, 80_00, "70 0009 RENT")))
    (found,) = desk.ask(queries.proposals, bank.id)
    assert (found.sure, found.match.straight) == (True, (Straight(ended.former, 80_00),))
    assert desk.ask(adopting.account, "700009-0123456789AB") == ended.former


def test_what_is_in_transit_is_read_once_for_many_lines_and_matched_once(desk, bank, reception, tmp_path):
    """1.00, 2.00 and 3.00 by card; the match of 1.00 is asked for by two lines, and the second of them is refused."""
    for pence in (1_00, 2_00, 3_00):
        card(desk, reception, pence, f"S{pence}")
    load(desk, statement(tmp_path, (23, 1_00, "A"), (23, 2_00, "B"), (23, 3_00, "C"), (24, 1_00, "D")))
    first, second, _ = sorted(desk.ask(queries.in_transit), key=lambda each: each.amount.pence)
    lines = line_ids(desk)
    wanted = [
        NewMatch(str(line), bank.id, (line,), entries=((each.journal, each.line),))
        for line, each in ((lines[0], first), (lines[1], second), (lines[3], first))
    ]
    reads = []

    def count(_conn, _cursor, statement, *_):
        reads.append("bank_cleared" in statement and statement.lstrip().startswith("SELECT"))

    event.listen(desk.database.engine, "before_cursor_execute", count)
    done = desk.do(commands.match_all, wanted)
    event.remove(desk.database.engine, "before_cursor_execute", count)
    assert (len(done.match_ids), done.failed) == (2, ("What was receipted is matched already, or isn't there.",))
    assert (sum(reads), transit(desk)) == (1, [("cash:card", 3_00)])


def test_a_payment_that_a_file_dates_a_day_earlier_is_the_same(desk, bank, reception, tmp_path):
    """The file has the 20th, the bank the 21st: within two days it is asked about, on the 24th it is another."""
    posted(desk, tmp_path, ("70 0001", "80.00"), ("70 0002", "5.00"))
    load(desk, statement(tmp_path, (21, 80_00, "70 0001 RENT"), (24, 80_00, "70 0001 RENT")))
    first, second = desk.ask(queries.proposals, bank.id)
    assert (first.sure, second.sure) == (False, True)
    with pytest.raises(UserError, match=r"70 0001 has £80\.00 of 20 Nov 2026 already, by journal"):
        match(desk, bank, line_ids(desk)[:1], straight=(Straight(reception.rent, 80_00),))
