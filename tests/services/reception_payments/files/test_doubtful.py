"""A line is posted once: what is there already waits for an officer, and a whole file can be taken back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models.access import DeclaredAccount
from app.models.reception_payments.files import ReceiptFileJournal
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import (
    ReceiptLineState,
    Relation,
)
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.reception_payments.files import commands, listing, queries
from app.services.reception_payments.files.dto import Decide, TakeBack
from app.services.reception_payments.files.layouts import ColumnAt, Field
from tests.services.reception_payments.conftest import control
from tests.services.reception_payments.files.made import HEAD, PLAIN, kept, load

NUMBER = "4000058260000005"
ONE = "70 0001,10.00,16/11/2026,A Payer,1\n"


from tests.services.reception_payments.files.looks import balance, counted, lines, sound


def test_the_very_same_file_is_loaded_once_whatever_it_is_called(desk, reception, bank_file, tmp_path):
    load(desk, tmp_path, HEAD + ONE)
    with pytest.raises(UserError, match=r"loaded on 21 Nov 2026, as file 1 \(receipts.csv\)"):
        load(desk, tmp_path, HEAD + ONE, name="again.csv")
    assert balance(desk, reception.rent) == -1000


def test_a_line_that_an_earlier_file_had_is_not_posted_again(desk, reception, bank_file, tmp_path):
    load(desk, tmp_path, HEAD + ONE)
    done = load(desk, tmp_path, HEAD + ONE + "70 0002,4.00,16/11/2026,B,2\n")
    assert (done.posted, done.known, done.waiting) == (1, 1, 0)
    assert (balance(desk, reception.rent), balance(desk, reception.other)) == (-1000, -400)


def test_a_line_that_comes_twice_is_two_payments_and_its_second_time_is_new_in_a_later_file(
    desk, reception, bank_file, tmp_path
):
    assert load(desk, tmp_path, HEAD + ONE + ONE).posted == 2
    done = load(desk, tmp_path, HEAD + ONE + ONE + ONE)
    assert (done.known, done.waiting, done.posted) == (2, 1, 0)


def test_the_same_account_amount_and_day_from_elsewhere_waits_for_an_officer(desk, reception, bank_file, tmp_path):
    counted(desk, reception, 10_00, reception.rent, "B1")
    done = load(desk, tmp_path, HEAD + ONE + ONE.replace("10.00", "11.00"))
    assert (done.posted, done.waiting) == (1, 1)
    suspect = lines(desk)[0]
    assert suspect.state is ReceiptLineState.SUSPECT
    assert suspect.like_journal == 1
    assert balance(desk, reception.rent) == -2100
    sound(desk)


def test_a_doubtful_line_is_posted_as_another_payment_or_left_out_as_the_same(desk, reception, bank_file, tmp_path):
    counted(desk, reception, 10_00, reception.rent, "B1")
    counted(desk, reception, 4_00, reception.other, "B2")
    load(desk, tmp_path, HEAD + ONE + "700002,4.00,16/11/2026,,\n")
    one, other = lines(desk)
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.decide, Decide(((other.id, other.version),), post=False))
    desk.do(commands.decide, Decide(((one.id, one.version),), post=True))
    desk.do(commands.decide, Decide(((other.id, other.version),), post=False, why="Keyed at the counter"))
    assert (balance(desk, reception.rent), balance(desk, reception.other)) == (-2000, -400)
    assert [each.state for each in lines(desk)] == [ReceiptLineState.POSTED, ReceiptLineState.LEFT_OUT]
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.decide, Decide(((one.id, one.version),), post=True))
    sound(desk)


def test_a_line_that_was_loaded_before_can_be_another_payment_after_all(desk, reception, bank_file, tmp_path):
    load(desk, tmp_path, HEAD + ONE)
    load(desk, tmp_path, HEAD + ONE + "99,1.00,16/11/2026,,\n")
    known = next(each for each in lines(desk) if each.state is ReceiptLineState.KNOWN)
    desk.do(commands.decide, Decide(((known.id, known.version),), post=True))
    assert balance(desk, reception.rent) == -2000
    third = load(desk, tmp_path, HEAD + ONE + "98,1.00,16/11/2026,,\n")
    assert third.known == 1


def test_a_file_is_taken_back_whole_and_can_be_loaded_again(desk, reception, bank_file, tmp_path):
    done = load(desk, tmp_path, HEAD + ONE + "99 9999,25.00,16/11/2026,,2\n")
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.take_back, TakeBack(done.file_id, desk.ask(queries.card, done.file_id).version, " "))
    version = desk.ask(queries.card, done.file_id).version
    desk.do(commands.take_back, TakeBack(done.file_id, version, "The file of another council"))
    assert balance(desk, reception.rent) == 0
    assert (control(desk, "cash:bank"), control(desk, "suspense")) == (0, 0)
    items = desk.ask(lambda ctx: ctx.session.scalars(select(SuspenseItem)).all())
    assert [each.left_pence for each in items] == [0]
    sound(desk)
    again = load(desk, tmp_path, HEAD + ONE + "99 9999,25.00,16/11/2026,,2\n")
    assert (again.posted, again.suspense, again.known) == (1, 1, 0)
    assert balance(desk, reception.rent) == -1000


def test_a_file_from_which_something_was_done_is_not_taken_back(desk, reception, bank_file, tmp_path):
    done = load(desk, tmp_path, HEAD + "99 9999,25.00,16/11/2026,,2\n")

    def move(ctx):
        ctx.session.scalars(select(SuspenseItem)).one().left_pence = 1000

    desk.do(move)
    found = desk.ask(queries.card, done.file_id)
    assert found.kept_back == "Item 1 in suspense came with it, and something was done with that."
    with pytest.raises(UserError, match="can't be taken back any more"):
        desk.do(commands.take_back, TakeBack(done.file_id, found.version, "Wrong"))


def doubtful(desk, reception, tmp_path):
    """A file with two lines that look like payments at the counter, and one that another file has."""
    counted(desk, reception, 10_00, reception.rent, "B1")
    counted(desk, reception, 4_00, reception.other, "B2")
    load(desk, tmp_path, HEAD + "99,1.00,16/11/2026,,\n")
    text = HEAD + ONE + "700002,4.00,16/11/2026,,\n99,1.00,16/11/2026,,\n"
    return load(desk, tmp_path, text, name="second.csv")


def test_several_lines_are_decided_together(desk, reception, bank_file, tmp_path):
    done = doubtful(desk, reception, tmp_path)
    assert (done.waiting, done.known) == (2, 1)
    asked = tuple((each.id, each.version) for each in lines(desk, done.file_id))
    told = desk.do(commands.decide, Decide(asked, post=True)).told
    assert told == "3 payments of £15.00 posted."
    assert (balance(desk, reception.rent), balance(desk, reception.other)) == (-2000, -800)
    assert control(desk, "suspense") == -200
    card = desk.ask(queries.card, done.file_id)
    assert (card.row.waiting, len(card.journals)) == (0, 2)
    sound(desk)
    desk.do(commands.take_back, TakeBack(done.file_id, card.version, "Wrong after all"))
    assert (balance(desk, reception.rent), control(desk, "suspense")) == (-1000, -100)
    sound(desk)


def test_nobody_decides_about_their_own_account(desk, colleague, reception, bank_file, tmp_path):
    done = doubtful(desk, reception, tmp_path)
    today = desk.clock.today()
    whose = {"officer_id": colleague.officer.id, "account_id": reception.rent, "declared_by": desk.officer.id}
    declared = DeclaredAccount(relation=Relation.OWN, from_on=today, **whose)
    desk.do(lambda ctx: ctx.session.add(declared))
    asked = tuple((each.id, each.version) for each in lines(desk, done.file_id))
    with pytest.raises(UserError, match="your own account"):
        colleague.do(commands.decide, Decide(asked, post=True))
    assert balance(desk, reception.rent) == -1000


def test_what_a_file_brought_is_noted_by_code_with_what_is_in_suspense(desk, reception, bank_file, tmp_path):
    load(desk, tmp_path, HEAD + ONE + "99 9999,25.00,16/11/2026,,2\n")
    rows = select(ReceiptFileJournal.code, ReceiptFileJournal.pence).order_by(ReceiptFileJournal.journal)
    assert desk.ask(lambda ctx: [tuple(row) for row in ctx.session.execute(rows)]) == [("RBP", 1000), ("RBP", 2500)]


PLAIN_LINE = "70 0001,10.00,16/11/2026,,\n"


def test_an_equal_line_without_a_number_may_be_a_second_payment(desk, reception, bank_file, tmp_path):
    """The first file of the 16th had another payment besides, which doesn't come again: this one isn't that file gone on."""
    load(desk, tmp_path, HEAD + PLAIN_LINE + "70 0002,4.00,16/11/2026,,\n")
    done = load(desk, tmp_path, HEAD + PLAIN_LINE + "70 0002,5.00,16/11/2026,,\n", name="second.csv")
    assert (done.posted, done.known, done.waiting) == (1, 0, 1)
    (waits,) = [each for each in lines(desk) if each.state is ReceiptLineState.SUSPECT]
    assert desk.ask(listing.doubt, waits.id).twin.where == "Receipt file 1 (receipts.csv), line 2"
    sound(desk)
    desk.do(commands.decide, Decide(((waits.id, waits.version),), post=True))
    assert balance(desk, reception.rent) == -2000
    sound(desk)


def test_an_equal_line_of_a_day_that_goes_on_may_be_a_second_payment(desk, reception, bank_file, tmp_path):
    """Both files are of today, 21 November: somebody may have paid 10.00 again at noon."""
    today = PLAIN_LINE.replace("16/11", "21/11")
    load(desk, tmp_path, HEAD + today)
    done = load(desk, tmp_path, HEAD + today + "70 0002,5.00,21/11/2026,,\n", name="noon.csv")
    assert (done.posted, done.known, done.waiting) == (1, 0, 1)


def test_a_number_that_the_profile_says_is_no_card_goes_into_suspense_with_its_line(desk, reception, tmp_path):
    """The bank's own number 4000058260000005 passes as one of Visa; the officer ticked that its column has none.

    The same column is read as the narrative, too.
    """
    columns = tuple(replace(each, not_card=each.field is Field.MARKER) for each in PLAIN.columns)
    told = ColumnAt(Field.NARRATIVE, heading="Number")
    kept(desk, replace(PLAIN, columns=(*columns, told)), "Ticked")
    done = load(desk, tmp_path, HEAD + f"99,25.00,16/11/2026,A,{NUMBER}\n", "Ticked")
    assert (done.quarantined, done.suspense) == (False, 1)
    assert desk.ask(lambda ctx: ctx.session.scalars(select(SuspenseItem.narrative)).all()) == [NUMBER]
