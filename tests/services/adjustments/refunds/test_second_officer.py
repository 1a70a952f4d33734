"""Whoever took a step of a refund doesn't approve it: who entered it, passed a stop of it, or keeps where it is paid to."""

import pytest

from app.models.refunds import Refund
from app.models.values import RefundMethod, RefundState
from app.services.adjustments.refunds import commands, queries
from app.services.adjustments.refunds.dto import NewBank, Waiver
from app.services.core.errors import UserError
from tests.services.adjustments.conftest import paid
from tests.services.adjustments.refunds.conftest import approve, asked
from tests.services.adjustments.refunds.test_bank import details


def test_only_who_entered_it_submits_it(desk, colleague, credited):
    refund_id = asked(desk, credited)
    with pytest.raises(UserError, match="Somebody else entered it"):
        colleague.do(commands.submit, refund_id)
    assert desk.ask(queries.detail, refund_id).state is RefundState.DRAFT


def entered(desk, colleague, credited, garage):
    refund_id = asked(desk, credited)
    desk.do(commands.submit, refund_id)
    desk.do(lambda ctx: setattr(ctx.session.get_one(Refund, refund_id), "made_by", colleague.officer.id))
    return refund_id


def waived(desk, colleague, credited, garage):
    paid(desk, garage, "DGA", 45_00)
    refund_id = asked(desk, credited)
    colleague.do(commands.waive, Waiver(refund_id, f"debt:{garage.id}", "Paid by instalments"))
    desk.do(commands.submit, refund_id)
    return refund_id


def kept_bank(desk, colleague, credited, garage):
    refund_id = asked(desk, credited, method=RefundMethod.FINANCE)
    colleague.do(commands.give_bank, NewBank(refund_id, details()))
    desk.do(commands.waive, Waiver(refund_id, "new_details", "Rang the number on the tenancy file"))
    desk.do(commands.submit, refund_id)
    return refund_id


@pytest.mark.parametrize("step", [entered, waived, kept_bank])
def test_who_took_an_earlier_step_does_not_approve_it(desk, colleague, credited, garage, step):
    refund_id = step(desk, colleague, credited, garage)
    with pytest.raises(UserError, match="You took an earlier step of this: another officer"):
        approve(colleague, refund_id)
    assert desk.ask(queries.detail, refund_id).state is RefundState.WAITING
