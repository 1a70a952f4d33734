"""The reasons of write-offs as the office keeps them."""

from dataclasses import fields, replace

import pytest

from app.models.values import Money
from app.services.adjustments.write_offs import bands
from app.services.adjustments.write_offs.catalogue import commands, queries, rules
from app.services.adjustments.write_offs.catalogue.dto import NewWriteOffReason
from app.services.approvals import commands as approvals
from app.services.approvals import queries as requests
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.session import Desk

ABROAD = NewWriteOffReason("", "Moved abroad", "No treaty with where they live.", needs_evidence="The new address")


def row(office, key):
    return next(each for each in office.asks.ask(queries.listed) if each.reason.key == key)


def as_it_is(office, key):
    """A reason as it stands, to be changed."""
    names = {each.name for each in fields(NewWriteOffReason)} - {"reason"}
    return NewWriteOffReason(**{name: getattr(row(office, key).reason, name) for name in names})


def keep(office, new):
    return office.approves.do(commands.keep_reason, new)


def agree(office, asked):
    office.posts.do(approvals.approve, [asked.request_id], "Agreed")


@pytest.fixture
def office(office):
    """Those who keep reasons are a team leader, and an administrator agrees."""
    office.posts = Desk.sit_down(office.asks.database, "manager", office.asks.clock)
    return office


def test_the_shipped_reasons_say_what_they_ask_for(office):
    assert row(office, "uneconomic").asks == "Up to £50.00; 1 letter"
    assert row(office, "untraced").asks == "2 letters, 56 days after the last; a trace"
    assert row(office, "bankruptcy").asks == "The bankruptcy order; nobody else liable"


def test_a_new_reason_takes_a_second_officer_and_is_then_used(office):
    with pytest.raises(UserError, match="Say why") as refused:
        keep(office, ABROAD)
    assert refused.value.field == "reason"
    asked = keep(office, replace(ABROAD, reason="Agreed by the section 151 officer"))
    assert asked.told == f"The change waits for approval, as request {asked.request_id}: it is new."
    told = {each.label: each.after for each in office.posts.ask(requests.request, asked.request_id).details}
    assert (told["Name"], told["Needs to be seen"], told["In use"]) == ("Moved abroad", "The new address", "yes")
    agree(office, asked)
    assert (row(office, "moved_abroad").reason.active, row(office, "moved_abroad").used) == (True, 0)
    office.build(*office.owes("300.00"), "300.00", "moved_abroad")
    assert row(office, "moved_abroad").used == 1


def test_what_lets_less_through_is_one_officers_and_what_lets_more_is_not(office):
    before = as_it_is(office, "uneconomic")
    keep(office, replace(before, most=Money(30_00), least_letters=2, least_days=28))
    stricter = as_it_is(office, "uneconomic")
    assert (stricter.most, stricter.least_letters) == (Money(30_00), 2)
    with pytest.raises(ChangedMeanwhile):
        keep(office, before)
    asked = keep(office, replace(stricter, most=None, least_days=0, reason="More of them"))
    assert asked.told.endswith("it is for larger debts, less time after the last letter.")
    assert row(office, "uneconomic").reason.most == Money(30_00)
    assert row(office, "uneconomic").waiting == asked.request_id
    agree(office, asked)
    assert as_it_is(office, "uneconomic").most is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"least_letters": 1}, "fewer letters are asked for"),
        ({"needs_trace": False}, "no trace is asked for"),
        ({"for_current": True}, "it is allowed while the tenancy goes on"),
        ({"active": True}, "it comes into use again"),
    ],
)
def test_each_that_lets_more_through_is_said(office, change, said):
    keep(office, replace(as_it_is(office, "untraced"), active=False))
    wanted = replace(as_it_is(office, "untraced"), **change, reason="Why not")
    assert keep(office, wanted).told.endswith(f": {said}.")


def test_out_of_use_it_is_offered_no_more_and_no_case_goes_forward_with_it(office):
    case = office.build(*office.owes("300.00"), "300.00")
    keep(office, replace(as_it_is(office, "prison"), active=False))
    assert not office.asks.ask(bands.reasons)["prison"].active
    with pytest.raises(UserError, match="That reason isn't in use"):
        office.build(*office.owes("200.00"), "200.00")
    with pytest.raises(UserError, match="The reason of write-off 1 isn't in use any more"):
        office.schedule(case)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "Bankruptcy"}, "title"),
        ({"most": Money(0)}, "most"),
        ({"least_letters": 21}, "least_letters"),
        ({"least_days": 28}, "least_days"),
        ({"needs_evidence": "x" * 201}, "needs_evidence"),
        ({"discharges": True, "unenforceable": True}, "law"),
    ],
)
def test_what_a_reason_can_not_be(change, field):
    wrong = rules.faults(replace(ABROAD, **change), None, ["Bankruptcy"])
    assert [each.field for each in wrong] == [field]


def test_what_the_law_does_to_the_debt_stays_as_it_was_made(office):
    with pytest.raises(UserError, match="stays as it was made"):
        keep(office, replace(as_it_is(office, "bankruptcy"), discharges=False, reason="It may be paid"))
