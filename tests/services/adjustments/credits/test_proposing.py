"""Unclaimed credits of £20.00 and £7.50 are put forward together with their schedule; a third that was never tried stays."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.documents import Document, DocumentLink
from app.models.values import AdjustmentState, Money, Subject
from app.services.adjustments import queries as adjustments
from app.services.adjustments.credits import proposing
from app.services.adjustments.credits.dto import PutForward
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError
from app.services.ledger import checks
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.adjustments.conftest import balance, paid
from tests.services.adjustments.credits.conftest import left, tried
from tests.services.adjustments.credits.test_claims import BEGAN
from tests.services.adjustments.refunds.conftest import asked


@prepared
def unclaimed(team, home, other):
    """Three credits over six years old, two of which somebody tried twice to give back."""
    desk, _ = team
    third = desk.do(lettings.letting, reference="70 0003")
    for account, pence in ((home.account, -20_00), (other.account, -7_50), (third.account, -1_00)):
        left(desk, account)
        paid(desk, account, "RBP", pence, BEGAN)
    for account in (home.account, other.account):
        for key, on in (("first", date(2025, 3, 3)), ("second", date(2026, 3, 3))):
            tried(desk, account, f"{account.id} {key}", on)
    return home.account, other.account, third.account


def test_they_are_written_on_together_by_a_second_officer(team, unclaimed):
    desk, colleague = team
    found = desk.ask(proposing.proposal)
    assert ([row.reference for row in found.rows], found.total) == (["70 0001", "70 0002"], Money(27_50))
    assert found.lacking == {
        "70 0003": "Policy asks for 2 attempts to give it back, 28 days apart and unanswered: 0 count."
    }
    saved = desk.do(proposing.put_forward, PutForward("one", note="The yearly look"))
    assert desk.do(proposing.put_forward, PutForward("one")).adjustment_id == saved.adjustment_id
    assert saved.state is AdjustmentState.WAITING
    assert "Sign the PDF by hand: no certificate is loaded." in saved.told
    about = (DocumentLink.subject == Subject.ADJUSTMENT.value, DocumentLink.subject_id == saved.adjustment_id)
    kept = select(Document.content).join(DocumentLink, DocumentLink.sha256 == Document.sha256).where(*about)
    assert desk.ask(lambda ctx: ctx.session.scalars(kept).one()).startswith(b"%PDF")
    colleague.do(approvals.approve, [saved.request_id])
    assert desk.ask(adjustments.detail, saved.adjustment_id).state is AdjustmentState.POSTED
    assert [balance(desk, account) for account in unclaimed] == [0, 0, -1_00]
    assert desk.ask(checks.check) == ()
    with pytest.raises(UserError, match="No credit may be written on"):
        desk.do(proposing.put_forward, PutForward("two"))


def test_only_the_chosen_ones_are_and_none_that_is_being_refunded(team, unclaimed):
    desk, _ = team
    home, other, third = unclaimed
    with pytest.raises(UserError, match="may not be written on any more"):
        desk.do(proposing.put_forward, PutForward("one", (other.id, third.id)))
    asked(desk, home, "20.00")
    found = desk.ask(proposing.proposal)
    assert [row.reference for row in found.rows] == ["70 0002"]
    assert found.lacking["70 0001"] == "Refund 1 of it is on its way."
    saved = desk.do(proposing.put_forward, PutForward("two", (other.id,)))
    assert desk.ask(adjustments.detail, saved.adjustment_id).debit == Money(7_50)


def test_no_more_of_each_is_than_is_six_years_old(team, unclaimed):
    """£900.00 came yesterday beside the £20.00; the tenancy of the £7.50 goes on again."""
    desk, _ = team
    home, other, _third = unclaimed
    paid(desk, home, "RBP", -900_00, date(2026, 11, 20))
    left(desk, other, None)
    found = desk.ask(proposing.proposal)
    assert ([row.reference for row in found.rows], found.total) == (["70 0001"], Money(20_00))
    assert list(found.lacking) == ["70 0003"]
    saved = desk.do(proposing.put_forward, PutForward("one"))
    assert desk.ask(adjustments.detail, saved.adjustment_id).debit == Money(20_00)
