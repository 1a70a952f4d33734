"""What a bank tells of an account that a mandate has left touches nothing of the one that it is on now (bacs.md 2.2)."""

from datetime import date

import pytest

from app.models.direct_debits.mandates import Mandate, MandateBank
from app.services.bacs.rules import destination
from app.services.direct_debits.mandates import keeping
from app.services.direct_debits.returns import commands, queries
from app.services.direct_debits.returns.elsewhere import TASK
from tests.factories import debits
from tests.prepared import prepared
from tests.services.bacs import report_samples as samples
from tests.services.direct_debits.mandates.conftest import take
from tests.services.direct_debits.returns.conftest import (
    arudd,
    balance,
    carried_out,
    collections,
    item,
    letters,
    read,
    state,
    titles,
    waiting,
)

ABOUT_NEW = {"payer_sort_code": "107999", "payer_account_number": "88837491"}
TO_THIRD = {"payer_new_sort_code": "202959", "payer_new_account_number": "63748472"}


def amend(ctx, mandate_id):
    keeping.amend(ctx, ctx.session.get_one(Mandate, mandate_id), destination(*debits.NEW), "A TENANT", "Told us")


def lodge(desk, number=1):
    run_id = desk.do(take, number)
    desk.do(keeping.lodged, run_id, date(2026, 11, 20))
    return run_id


@prepared
def amended(desk, home):
    """A mandate that was put on another account, of which neither bank is told yet."""
    desk.do(amend, home[1])
    return home[1]


@prepared
def moved(desk, amended):
    """A mandate whose old bank was sent a 0C and whose new one a 0N."""
    lodge(desk)
    return amended


def banks(desk, mandate_id):
    """The accounts that a mandate was and is on, with whether the bank holds the instruction."""
    rows = lambda ctx: ctx.session.query(MandateBank).filter_by(mandate_id=mandate_id).order_by(MandateBank.id).all()  # noqa: E731
    return [(each.last_two, each.held) for each in desk.ask(rows)]


@pytest.mark.parametrize("reason", "01BD")
def test_the_old_bank_says_that_it_is_cancelled_or_disputed(desk, moved, reason):
    carried_out(desk, samples.addacs(samples.advice(reason=reason)))
    assert (state(desk, moved), banks(desk, moved)) == ("lodged", [("58", False), ("91", True)])
    assert (waiting(desk, moved), letters(desk)) == ([], [])
    assert len(titles(desk)) == 1


def test_before_it_is_told_the_old_bank_needs_no_0c_once_it_cancelled(desk, amended):
    carried_out(desk, samples.addacs(samples.advice()))
    assert (state(desk, amended), waiting(desk, amended), titles(desk)) == ("amended", ["0N"], [TASK])


def test_the_bank_that_it_is_on_is_heard(desk, moved):
    carried_out(desk, samples.addacs(samples.advice(**ABOUT_NEW)))
    assert (state(desk, moved), banks(desk, moved)) == ("cancelled", [("58", False), ("91", False)])


def test_the_old_bank_says_that_the_payer_has_died(desk, moved):
    """Nothing is collected from anywhere; the new bank's instruction stands until somebody has looked."""
    carried_out(desk, samples.addacs(samples.advice(reason="2")))
    assert (state(desk, moved), banks(desk, moved)[1]) == ("suspended", ("91", True))
    assert titles(desk) == ["The bank says a payer has died: check the tenancy"]


def test_the_old_bank_returns_what_it_was_sent(desk, moved):
    carried_out(desk, samples.auddis_returned(samples.advice(reason="5")))
    assert (state(desk, moved), banks(desk, moved)) == ("lodged", [("58", False), ("91", True)])
    assert (letters(desk), titles(desk)) == (
        [],
        ["A Direct Debit Instruction was returned: a new one is needed"],
    )


def test_the_old_bank_held_no_instruction_to_cancel(desk, moved):
    carried_out(desk, samples.auddis_returned(samples.advice(reason="6")))
    assert (state(desk, moved), banks(desk, moved), titles(desk)) == ("lodged", [("58", False), ("91", True)], [])


@pytest.mark.parametrize("reason", "3CE")
def test_moved_by_the_bank_to_where_it_is_already_nothing_is_done(desk, moved, reason):
    found = read(desk, samples.addacs(samples.moved(reason=reason)))
    desk.do(commands.apply, found.item_ids)
    assert item(desk, found.item_ids[0]).outcome == "The mandate is on the account ending 91 already: nothing is done."
    assert (state(desk, moved), waiting(desk, moved), banks(desk, moved)) == (
        "lodged",
        [],
        [("58", False), ("91", True)],
    )
    assert (letters(desk), titles(desk)) == ([], [])


def test_moved_by_the_bank_before_the_0c_went_it_is_never_sent(desk, amended):
    carried_out(desk, samples.addacs(samples.moved(reason="3")))
    assert (state(desk, amended), waiting(desk, amended)) == ("amended", ["0N"])


@pytest.mark.parametrize("reason", "3E")
def test_moved_by_the_old_bank_to_a_third_somebody_looks(desk, moved, reason):
    carried_out(desk, samples.addacs(samples.advice(reason=reason, **TO_THIRD)))
    assert (state(desk, moved), waiting(desk, moved), titles(desk)) == ("lodged", [], [TASK])
    assert banks(desk, moved) == [("58", False), ("91", True)]


def test_reinstated_by_the_old_bank_the_new_one_gets_its_0n_all_the_same(desk, amended):
    carried_out(desk, samples.addacs(samples.advice(reason="R")))
    assert (state(desk, amended), waiting(desk, amended)) == ("amended", ["0C", "0N"])
    assert (banks(desk, amended), titles(desk)) == ([("58", True), ("91", False)], [TASK])


@pytest.mark.parametrize("told", [samples.moved(reason="3"), samples.advice(reason="R")])
def test_it_waits_while_a_run_has_what_it_would_overtake(desk, amended, told):
    run_id = desk.do(take)
    found = read(desk, samples.addacs(told))
    done = desk.do(commands.apply, found.item_ids)
    assert "is in a lodgement run that isn't sent yet" in done.left[0].why
    desk.do(keeping.put_back, run_id)
    assert desk.do(commands.apply, found.item_ids).count == 1


def test_a_payment_of_the_old_account_comes_back_and_only_the_money_goes(desk, home, moved):
    """It isn't presented again: the new bank never was asked for it; the payer is told, and somebody talks to them."""
    before = balance(desk, home[0])
    carried_out(desk, arudd())
    assert (balance(desk, home[0]), state(desk, moved)) == (before + 65_00, "lodged")
    assert len(collections(desk, moved)) == 1
    assert (letters(desk), titles(desk)) == (["Direct Debit returned unpaid"], [TASK])


def test_a_payment_returned_as_cancelled_at_the_old_bank_leaves_the_mandate(desk, home, moved):
    carried_out(desk, arudd("1012"))
    assert (state(desk, moved), banks(desk, moved)[1]) == ("lodged", ("91", True))
    assert (letters(desk), titles(desk)) == ([], [TASK])


def test_it_is_told_before_it_is_applied(desk, moved):
    found = read(desk, samples.addacs(samples.advice()))
    shown = desk.ask(queries.detail, found.item_ids[0])
    assert [(each.text, each.after, each.warns) for each in shown.effects] == [
        (
            "It is of an account that the mandate isn't on, so the mandate stays as it is and you get a task.",
            "",
            True,
        ),
        (TASK, "", False),
    ]
    counted = desk.ask(queries.rehearse, found.item_ids)
    assert [each.words for each in counted.lines] == [f"Tasks: {TASK}", "Nothing is done with the mandate"]
