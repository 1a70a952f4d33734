"""Where a refund goes: the first details at once, others by a second officer; checked, named and known, or it stops."""

from datetime import date

import pytest

from app.models.values import GateState, NameCheck, RefundMethod
from app.services.adjustments.refunds import commands, queries
from app.services.adjustments.refunds.dto import NewBank, Waiver
from app.services.approvals import commands as approvals
from app.services.approvals import queries as requests
from app.services.approvals.dto import View
from app.services.bacs import commands as bacs
from app.services.bacs.dto import NewBankDetails
from app.services.core.errors import UserError
from tests.services.adjustments.refunds.conftest import asked, check, stops

ON = date(2026, 11, 20)


def details(**changes):
    fields = {
        "payee_name": "Mx Alex Sample",
        "sort_code": "08-99-99",
        "account_number": "66374958",
        "from_on": ON,
        "name_check": NameCheck.MATCH,
        "checked_on": ON,
    }
    return NewBankDetails(**fields | changes)


def test_first_details_are_kept_at_once_and_new_ones_are_flagged(desk, credited):
    refund_id = asked(desk, credited, method=RefundMethod.FINANCE)
    assert stops(desk, refund_id) == ["bank"]
    with pytest.raises(UserError):
        desk.do(commands.give_bank, NewBank(refund_id, details(account_number="1")))
    desk.do(commands.give_bank, NewBank(refund_id, details(name_check=NameCheck.NONE, checked_on=None)))
    assert stops(desk, refund_id) == ["name", "new_details"]
    desk.do(commands.waive, Waiver(refund_id, "new_details", "Rang the number on the tenancy file"))
    assert stops(desk, refund_id) == ["name"]


def test_other_details_wait_for_a_second_officer(desk, colleague, credited):
    refund_id = asked(desk, credited, method=RefundMethod.FINANCE)
    desk.do(commands.give_bank, NewBank(refund_id, details()))
    told = desk.do(commands.give_bank, NewBank(refund_id, details(account_number="66374961"), "Moved bank")).told
    assert "wait for a second officer" in told
    assert stops(desk, refund_id)[0] == "bank"
    [waiting] = colleague.ask(requests.queue, View.FOR_ME).rows
    colleague.do(approvals.approve, [waiting.request_id])
    assert stops(desk, refund_id) == ["new_details"]
    assert "account ending 61" in desk.ask(queries.detail, refund_id).bank


def test_details_of_somebody_else_stop_it_and_those_of_the_account_do_not(desk, credited, other):
    theirs = desk.do(bacs.keep, details(person_id=other.person.id)).detail_id
    refund_id = asked(desk, credited, method=RefundMethod.FINANCE, bank_detail_id=theirs)
    assert "was kept for somebody else than Mx Alex Sample" in check(desk, refund_id, "bank").words
    accounts = desk.do(bacs.keep, details(account_id=credited.id, account_number="66374961")).detail_id
    of_account = asked(desk, credited, "1.00", "two", method=RefundMethod.FINANCE, bank_detail_id=accounts)
    assert check(desk, of_account, "bank").state is GateState.CLEAR


def test_a_number_that_an_old_table_finds_wrong_can_be_waived(desk, credited):
    """The table that Rentbook comes with is old: 66374958 fits 08-99-99, 66374959 does not."""
    refund_id = asked(desk, credited, method=RefundMethod.FINANCE)
    desk.do(commands.give_bank, NewBank(refund_id, details(account_number="66374959")))
    assert stops(desk, refund_id) == ["bank", "new_details"]
    assert "by the weight table, which was old" in check(desk, refund_id, "bank").words
    desk.do(commands.waive, Waiver(refund_id, "bank", "Compared with the bank statement"))
    assert stops(desk, refund_id) == ["new_details"]
