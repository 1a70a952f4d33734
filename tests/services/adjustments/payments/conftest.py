"""Approved refunds of the home's £220.00: £70.00 by finance, £50.00 by cheque."""

from app.models.values import RefundMethod
from app.services.adjustments.refunds import commands
from app.services.adjustments.refunds.dto import NewBank, Waiver
from tests.prepared import prepared
from tests.services.adjustments.refunds.conftest import approve, asked, credited, stops
from tests.services.adjustments.refunds.test_bank import details
from tests.services.bacs.conftest import council


def approved(desk, colleague, account, pounds, key, method):
    """A refund that the colleague approved; its id."""
    refund_id = asked(desk, account, pounds, key, method=method)
    if method is not RefundMethod.CHEQUE:
        desk.do(commands.give_bank, NewBank(refund_id, details()))
    for check in stops(desk, refund_id):
        desk.do(commands.waive, Waiver(refund_id, check, "Rang the number on the tenancy file"))
    desk.do(commands.submit, refund_id)
    approve(colleague, refund_id)
    return refund_id


@prepared
def two(desk, colleague, credited):
    """The refund by finance and the one by cheque."""
    return (
        approved(desk, colleague, credited, "70.00", "one", RefundMethod.FINANCE),
        approved(desk, colleague, credited, "50.00", "two", RefundMethod.CHEQUE),
    )


__all__ = ["council", "credited"]
