"""A refund goes through its gate: what stops it is paid, waived or put right; then a second officer approves it."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.documents import DocumentLink
from app.models.people import Person
from app.models.values import GateState, HoldKind, Money, Payee, RefundMethod, RefundState, Stop, Subject
from app.services.adjustments.refunds import commands, keeping, queries, requests
from app.services.adjustments.refunds.dto import ChangedRefund, Offset, Waiver
from app.services.approvals import commands as approvals
from app.services.approvals.dto import View
from app.services.approvals.queries import queue, request
from app.services.core.errors import UserError, UserErrors
from app.services.documents import commands as documents
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from tests.services.adjustments.conftest import balance, paid
from tests.services.adjustments.refunds.conftest import approve, asked, check, new, stops


def test_a_refund_stopped_by_a_garage_debt_is_released_when_the_credit_pays_it(desk, colleague, credited, garage):
    """£220.00 of credit less a week of £100.00 leaves £120.00; £45.00 pays the garage, so £75.00 is refunded."""
    paid(desk, garage, "DGA", 45_00)
    refund_id = asked(desk, credited)
    assert stops(desk, refund_id) == [f"debt:{garage.id}"]
    with pytest.raises(UserError, match=r"owes £45\.00"):
        desk.do(commands.submit, refund_id)

    saved = desk.do(commands.offset, Offset(refund_id, f"debt:{garage.id}", "offset one"))
    assert "lowered to £75.00" in saved.told
    assert (balance(desk, garage), balance(desk, credited)) == (0, -175_00)
    paid_debt = check(desk, refund_id, f"debt:{garage.id}")
    assert paid_debt.state is GateState.OFFSET
    assert "£45.00" in paid_debt.words

    assert desk.do(commands.submit, refund_id).state is RefundState.WAITING
    assert approve(colleague, refund_id).done
    found = desk.ask(queries.detail, refund_id)
    assert (found.state, found.amount, found.approved_by) == (RefundState.APPROVED, Money(75_00), "Test Colleague")

    desk.do(lambda ctx: keeping.post_now(ctx, keeping.found(ctx, refund_id), date(2026, 11, 20)))
    desk.do(lambda ctx: keeping.post_now(ctx, keeping.found(ctx, refund_id), date(2026, 11, 20)))
    assert balance(desk, credited) == -100_00
    desk.do(lambda ctx: keeping.put_back(ctx, keeping.found(ctx, refund_id), date(2026, 11, 21), "Account closed"))
    assert balance(desk, credited) == -175_00
    assert desk.ask(queries.detail, refund_id).state is RefundState.RETURNED


def test_what_made_a_credit_is_known_again_once_its_refund_came_back(desk, colleague, home, team, credited):
    """£220.00 by bank, £60.00 of Housing Benefit after it; £60.00 are paid and come back, and rent takes £220.00: benefit still."""
    paid(desk, credited, "RHB", -60_00, date(2026, 11, 9))
    first = asked(desk, credited, "60.00")
    desk.do(commands.waive, Waiver(first, "benefit_cause", "Rang the benefit office: nothing is owed back"))
    desk.do(commands.submit, first)
    approve(colleague, first)
    desk.do(lambda ctx: keeping.post_now(ctx, keeping.found(ctx, first), ctx.clock.today()))
    desk.do(lambda ctx: keeping.put_back(ctx, keeping.found(ctx, first), ctx.clock.today(), "Stopped"))
    paid(desk, credited, "DBR", 220_00, desk.clock.today())
    second = asked(desk, credited, "60.00", "again")
    assert check(desk, second, "benefit_cause").words == "Of the credit £60.00 came from Housing Benefit."


def test_a_waived_debt_stands_until_more_is_owed(desk, credited, garage):
    paid(desk, garage, "DGA", 45_00)
    refund_id = asked(desk, credited)
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.waive, Waiver(refund_id, f"debt:{garage.id}", " "))
    desk.do(commands.waive, Waiver(refund_id, f"debt:{garage.id}", "Paid by instalments"))
    waived = check(desk, refund_id, f"debt:{garage.id}")
    assert (waived.state, waived.cleared_by, waived.cleared_why) == (
        GateState.WAIVED,
        "Test Officer",
        "Paid by instalments",
    )
    assert stops(desk, refund_id) == []
    paid(desk, garage, "DGA", 17_80)
    assert stops(desk, refund_id) == [f"debt:{garage.id}"]


def test_a_debt_that_takes_all_withdraws_the_refund(desk, credited, garage):
    paid(desk, garage, "DGA", 120_00)
    refund_id = asked(desk, credited)
    desk.do(lambda ctx: ctx.session.execute(_limits()))
    saved = desk.do(commands.offset, Offset(refund_id, f"debt:{garage.id}", "offset one"))
    assert saved.state is RefundState.WITHDRAWN
    assert (balance(desk, garage), balance(desk, credited)) == (0, -100_00)


def test_what_is_in_advance_or_uncleared_is_not_paid_back(desk, credited):
    refund_id = asked(desk, credited, "150.00")
    assert check(desk, refund_id, "advance").words == (
        "Rent is due in advance: the policy keeps £100.00, and £70.00 would stay."
    )
    paid(desk, credited, "RQP", -50_00, date(2026, 11, 17))
    paid(desk, credited, "RDD", -80_00, date(2026, 11, 16))
    other = asked(desk, credited, "100.01", "two", payee_name="Alex Sample")
    assert "£150.00" in check(desk, other, "credit").words
    assert stops(desk, other)[0] == "advance"
    assert check(desk, refund_id, "cheque").state is GateState.CLEAR
    assert "same" in stops(desk, other)


def test_uncleared_money_stops_what_rests_on_it(desk, credited):
    paid(desk, credited, "RDD", -80_00, date(2026, 11, 16))
    refund_id = asked(desk, credited, "200.00")
    assert check(desk, refund_id, "direct_debit").state is GateState.CLEAR
    desk.do(commands.change, changed(desk, refund_id, amount=Money(240_00)))
    assert {"advance", "direct_debit"} <= set(stops(desk, refund_id))
    desk.do(commands.change, changed(desk, refund_id, amount=Money(300_01)))
    with pytest.raises(UserError, match="can't be waived"):
        desk.do(commands.waive, Waiver(refund_id, "credit", "It will come"))


def test_a_card_payment_goes_back_to_the_card(desk, colleague, credited):
    paid(desk, credited, "RCP", -60_00, date(2026, 11, 18))
    refund_id = asked(desk, credited, "60.00")
    assert stops(desk, refund_id) == ["card"]
    desk.do(commands.change, changed(desk, refund_id, method=RefundMethod.CARD))
    desk.do(commands.submit, refund_id)
    approve(colleague, refund_id)
    told = colleague.do(commands.paid_to_card, refund_id, date(2026, 11, 20)).told
    assert "posted as journal" in told
    assert balance(desk, credited) == -220_00


def test_benefit_and_holds_and_evidence_stop_it(desk, credited):
    paid(desk, credited, "RHB", -30_00, date(2026, 11, 9))
    refund_id = asked(desk, credited, "40.00", evidence=False)
    assert stops(desk, refund_id) == ["benefit_cause", "evidence"]
    assert "£30.00 came from Housing Benefit" in check(desk, refund_id, "benefit_cause").words
    hold = PlaceHold(credited.id, HoldKind.DISPUTE, "Disputed", date(2026, 11, 1), stops=frozenset({Stop.REFUNDS}))
    desk.do(holds.place, hold)
    assert stops(desk, refund_id) == ["hold", "benefit_cause", "evidence"]


def test_who_is_paid_must_have_a_right_to_it(desk, credited, home):
    refund_id = asked(desk, credited)
    desk.do(lambda ctx: setattr(ctx.session.get(Person, home.person.id), "died_on", date(2026, 11, 1)))
    assert "has died" in check(desk, refund_id, "payee").words
    desk.do(commands.change, changed(desk, refund_id, payee=Payee.EXECUTOR, payee_name="Estate of A Sample"))
    desk.do(commands.waive, Waiver(refund_id, "payee", "Grant of probate seen"))
    assert stops(desk, refund_id) == []
    desk.do(commands.change, changed(desk, refund_id, payee=Payee.AGENT))
    assert stops(desk, refund_id) == ["payee"]


def test_a_refund_above_the_credit_at_the_moment_of_posting_is_refused(desk, colleague, credited):
    refund_id = asked(desk, credited)
    desk.do(commands.submit, refund_id)
    approve(colleague, refund_id)
    paid(desk, credited, "DBR", 100_01)
    with pytest.raises(UserError, match=r"only £119\.99 stands to the credit"):
        desk.do(lambda ctx: keeping.post_now(ctx, keeping.found(ctx, refund_id), date(2026, 11, 20)))
    assert desk.ask(queries.detail, refund_id).state is RefundState.APPROVED
    assert desk.do(commands.withdraw, refund_id, "Ask for what is left").state is RefundState.WITHDRAWN


def test_nobody_approves_their_own_and_the_gate_is_looked_at_again(desk, colleague, credited, garage):
    refund_id = asked(desk, credited)
    desk.do(commands.submit, refund_id)
    with pytest.raises(UserError):
        approve(desk, refund_id)
    paid(desk, garage, "DGA", 17_80)
    with pytest.raises(UserError, match="The gate isn't green"):
        approve(colleague, refund_id)
    assert desk.do(commands.withdraw, refund_id, "The garage first").state is RefundState.WITHDRAWN


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pounds": "0.00"}, "amount"),
        ({"pounds": "10000000.00"}, "amount"),
        ({"payee_name": " "}, "payee_name"),
        ({"payee_address": ""}, "payee_address"),
        ({"asked_on": date(2026, 11, 22)}, "asked_on"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_can_not_be_is_refused(desk, credited, fields, field):
    with pytest.raises(UserErrors) as refused:
        desk.do(commands.ask, new(credited, **fields))
    assert [error.field for error in refused.value.errors] == [field]


def test_the_same_click_asks_once(desk, credited):
    first, again = desk.do(commands.ask, new(credited)), desk.do(commands.ask, new(credited))
    assert first.refund_id == again.refund_id


def changed(desk, refund_id, **fields):
    """A refund in the gate, otherwise as it is."""
    found = desk.ask(queries.detail, refund_id)
    values = {
        name: getattr(found, name)
        for name in ("amount", "method", "payee", "payee_name", "reason", "person_id", "payee_address")
    }
    return ChangedRefund(refund_id, found.version, **values | fields)


def _limits():
    """The officer may adjust more than £100.00 a line."""
    from sqlalchemy import update

    from app.models.limits import OfficerLimit

    return update(OfficerLimit).values(line_pence=500_00)


def test_a_transfer_above_the_officers_limit_keeps_the_stop_until_it_is_approved(desk, colleague, credited, garage):
    paid(desk, garage, "DGA", 110_00)
    refund_id, key = asked(desk, credited), f"debt:{garage.id}"
    desk.do(commands.offset, Offset(refund_id, key, "offset one"))
    assert "Transfer 1 of £110.00 waits for approval" in check(desk, refund_id, key).words
    with pytest.raises(UserError, match="waits already"):
        desk.do(commands.offset, Offset(refund_id, key, "offset two"))
    [waiting] = colleague.ask(queue, View.FOR_ME).rows
    colleague.do(approvals.approve, [waiting.request_id])
    assert check(desk, refund_id, key).state is GateState.OFFSET
    assert stops(desk, refund_id) == []
    assert desk.ask(queries.detail, refund_id).amount == Money(10_00)


def test_a_protected_debt_is_not_paid_from_the_credit(desk, credited, garage):
    paid(desk, garage, "DGA", 45_00)
    refund_id, key = asked(desk, credited), f"debt:{garage.id}"
    desk.do(holds.place, PlaceHold(garage.id, HoldKind.IVA, "Arrangement", date(2026, 11, 1)))
    found = check(desk, refund_id, key)
    assert ("protected: iva" in found.words, found.account_id) == (True, None)
    with pytest.raises(UserError, match="no debt that a transfer could pay"):
        desk.do(commands.offset, Offset(refund_id, key, "offset one"))
    assert balance(desk, garage) == 45_00


def test_evidence_that_was_taken_away_does_not_count(desk, credited):
    refund_id = asked(desk, credited)
    about = (DocumentLink.subject == Subject.REFUND.value, DocumentLink.subject_id == refund_id)
    link_id = desk.ask(lambda ctx: ctx.session.scalars(select(DocumentLink.id).where(*about)).one())
    desk.do(documents.unlink, link_id, "Of another tenant")
    assert (stops(desk, refund_id), desk.ask(queries.detail, refund_id).evidence) == (["evidence"], 0)
    request_id = desk.do(lambda ctx: requests.ask(ctx, keeping.found(ctx, refund_id)))
    assert desk.ask(request, request_id).evidence == ()


def test_the_credit_is_read_while_other_writers_wait(desk, colleague, credited, query_log):
    refund_id = asked(desk, credited)
    desk.do(commands.submit, refund_id)
    approve(colleague, refund_id)
    query_log.clear()
    desk.do(lambda ctx: keeping.post_now(ctx, keeping.found(ctx, refund_id), date(2026, 11, 20)))
    locked = next(at for at, said in enumerate(query_log) if said.startswith("UPDATE counter"))
    read = next(at for at, said in enumerate(query_log) if said.startswith("SELECT account.balance_pence"))
    assert locked < read
