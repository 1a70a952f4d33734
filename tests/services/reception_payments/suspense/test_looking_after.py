"""Who looks after money in suspense: given with a task, reminded of what is old, listed by what an officer looks for."""

import pytest
from sqlalchemy import update

from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import Money, SuspenseSource
from app.services.approvals import commands as approvals
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.ledger.checks import check
from app.services.reception_payments.suspense import clearing, commands, listing, looking_after, queries
from app.services.reception_payments.suspense.dto import Age, NewPart, SuspenseFilter, View
from tests.services.reception_payments.conftest import may_refund
from tests.services.reception_payments.suspense.held import DAY, again, alone, clear, hold, tasks

OLD = DAY.replace(day=1)
"""20 days before today, the 21st: more than the 14 of policy. The 13th is 8 days before."""


def numbers(desk, **wanted):
    return [row.number for row in desk.ask(listing.found, SuspenseFilter(**wanted)).rows]


def test_who_is_given_an_item_has_a_task_of_it_until_it_is_cleared(desk, colleague, reception):
    alone(desk)
    item = hold(desk)
    desk.do(commands.give, [item.id], colleague.officer.id)
    title = "Find whose suspense item 1 of £50.00 is"
    assert tasks(desk, looking_after.GIVEN) == [(title, colleague.officer.id, "open")]
    assert desk.ask(queries.item, item.id).owner == "Test Colleague"
    clear(desk, again(desk, item), NewPart(50_00, reception.rent))
    assert tasks(desk, looking_after.GIVEN) == [(title, colleague.officer.id, "done")]


def test_an_item_given_on_has_one_task(desk, colleague, reception):
    item = hold(desk)
    desk.do(commands.give, [item.id], colleague.officer.id)
    colleague.do(commands.give, [item.id], desk.officer.id)
    assert [each[1:] for each in tasks(desk, looking_after.GIVEN)] == [
        (colleague.officer.id, "done"),
        (desk.officer.id, "open"),
    ]
    desk.do(commands.give, [item.id], None)
    assert [each[2] for each in tasks(desk, looking_after.GIVEN)] == ["done", "done"]


def test_what_an_officer_takes_needs_no_task(desk, reception):
    item = hold(desk)
    desk.do(commands.give, [item.id], desk.officer.id)
    assert tasks(desk, looking_after.GIVEN) == []
    assert numbers(desk, view=View.MINE) == [1]


def test_nothing_is_given_to_somebody_who_may_not_clear_it(desk, colleague, reception):
    item = hold(desk)
    post = desk.do(add, NewOfficer("post", "Test Post", frozenset({Role.AUDITOR})))
    with pytest.raises(UserError, match="Test Post may not clear suspense"):
        desk.do(commands.give, [item.id], post.id)


def test_what_is_cleared_is_not_given_on(desk, reception):
    alone(desk)
    item = hold(desk)
    clear(desk, item, NewPart(50_00, reception.rent))
    with pytest.raises(UserError, match="Nothing is left of item 1"):
        desk.do(commands.give, [item.id], desk.officer.id)


def test_old_items_are_reminded_of_once_and_the_task_ends_by_itself(desk, reception):
    alone(desk)
    old = [hold(desk, pence=pence, line=pence, on=OLD) for pence in (10_00, 20_00)]
    hold(desk, line=3)
    for _ in range(2):
        desk.do(looking_after.each_day)
    title = "2 items of £30.00 in suspense for more than 14 days"
    assert tasks(desk, looking_after.AGED) == [(title, None, "open")]
    for item in old:
        clear(desk, item, NewPart(item.pence, reception.rent))
    desk.do(looking_after.each_day)
    assert tasks(desk, looking_after.AGED) == [(title, None, "done")]


def test_money_that_goes_back_is_a_task_of_who_asked(desk, colleague, reception):
    may_refund(desk, colleague)
    asked = clear(desk, hold(desk), NewPart(50_00, why="By BACS to the account it came from"))
    assert tasks(desk, looking_after.BACK) == []
    colleague.do(approvals.approve, [asked.request_id])
    assert tasks(desk, looking_after.BACK) == [("Send £50.00 of suspense item 1 back", desk.officer.id, "open")]


def test_what_is_taken_back_is_nobodys_any_more(desk, colleague, reception):
    item = hold(desk)
    desk.do(commands.give, [item.id], colleague.officer.id)
    desk.do(lambda ctx: clearing.taken_back(ctx, ctx.session.get_one(SuspenseItem, item.id), "Taken back with file 1"))
    assert [each[2] for each in tasks(desk, looking_after.GIVEN)] == ["done"]


def test_a_note_is_kept_and_a_colleagues_is_not_written_over(desk, colleague, reception):
    item = hold(desk)
    desk.do(commands.note, item.id, item.version, "Asked the bank")
    assert desk.ask(queries.item, item.id).note == "Asked the bank"
    with pytest.raises(ChangedMeanwhile):
        colleague.do(commands.note, item.id, item.version, "Something else")
    with pytest.raises(UserError, match="card number"):
        desk.do(commands.note, item.id, again(desk, item).version, "4000 0582 6000 0005")


def test_items_are_found_by_age_value_words_and_source_with_what_they_come_to(desk, reception):
    hold(desk, pence=10_00, line=1, on=OLD, payer_name="A Payer")
    hold(desk, pence=250_00, line=2, reference_given="99 1234")
    hold(desk, pence=-20_00, line=3, narrative="CHARGEBACK 100%")
    assert numbers(desk) == [1, 2, 3]
    assert numbers(desk, age=Age.FORTNIGHT) == [2, 3]
    assert numbers(desk, age=Age.MONTH) == [1]
    assert numbers(desk, age=Age.WEEK) == []
    assert numbers(desk, view=View.OLD) == [1]
    assert numbers(desk, least=Money(20_00)) == [2, 3]
    assert numbers(desk, text="payer") == [1]
    assert numbers(desk, text="250.00") == [2]
    assert numbers(desk, text="100%") == [3]
    assert numbers(desk, text="10%") == []
    assert numbers(desk, source=SuspenseSource.FILE) == []
    found = desk.ask(listing.found, SuspenseFilter())
    assert (found.count, found.left, found.oldest) == (3, Money(240_00), 20)


def test_each_view_is_counted(desk, colleague, reception):
    hold(desk, line=1, on=OLD)
    clear(desk, hold(desk, line=2), NewPart(50_00, reception.rent, why="The name"))
    desk.do(commands.give, [hold(desk, line=3).id], colleague.officer.id)
    counts = colleague.ask(listing.counts)
    assert counts == {View.STANDING: 3, View.MINE: 1, View.NOBODYS: 2, View.OLD: 1, View.WAITING: 1}
    assert numbers(desk, view=View.WAITING) == [2]


def test_an_item_that_has_less_than_its_moves_leave_is_a_fault(desk, reception):
    alone(desk)
    clear(desk, hold(desk), NewPart(20_00, reception.rent))
    assert not desk.ask(check)
    desk.do(lambda ctx: ctx.session.execute(update(SuspenseItem).values(left_pence=25_00)))
    faults = [str(each) for each in desk.ask(check)]
    assert any("item 1 of £50.00 has £25.00 left, and £20.00 was moved" in each for each in faults)
