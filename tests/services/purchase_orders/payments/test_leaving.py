"""What is looked at before a file leaves: nothing is paid twice, and nobody who is stopped since is paid."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.suppliers import SupplierBank
from app.models.values import BlockScope, InvoiceState, PaidBy, SupplierRunState
from app.services.approvals import commands as approvals
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.purchase_orders.payments import commands, keeping, queries
from app.services.purchase_orders.suppliers.bank import commands as details
from tests.factories import purchasing
from tests.services.purchase_orders.payments.conftest import PAY_ON, TODAY, asked, made

IN_RUN = (InvoiceState.IN_RUN, None)


def end(desk, supplier_id):
    row = desk.ask(lambda ctx: ctx.session.query(SupplierBank).filter_by(supplier_id=supplier_id).one())
    return desk.do(details.end, row.id, row.version, "A letter that wasn't theirs")


def test_what_a_bacs_file_pays_the_finance_system_does_not_pay_too(desk, office, paints, state):
    """Of a run that waits, whose file is made, and that was sent."""
    run = asked(desk)
    first = paints[1][0]
    for step in (
        lambda: office.do(approvals.approve, [run.request_id]),
        lambda: desk.do(commands.mark_sent, run.run_id, "4711"),
        lambda: None,
    ):
        with pytest.raises(UserError, match=r"IN00001: It is in PR00001, which pays it by Bacs"):
            desk.do(keeping.invoices_paid, {first: TODAY}, "FIN-1")
        step()
    assert state(first) == IN_RUN


def test_a_day_to_come_is_no_reply(desk, paints, state):
    with pytest.raises(UserError, match="IN00001: 22 Nov 2026 is to come"):
        desk.do(keeping.invoices_paid, {paints[1][0]: TODAY + timedelta(1)}, "FIN-1")


def test_a_file_with_an_invoice_that_is_paid_is_neither_opened_nor_sent(desk, office, paints, run, tmp_path):
    desk.do(lambda ctx: setattr(ctx.session.get(SupplierInvoice, paints[1][1]), "state", InvoiceState.PAID))
    for work in (
        lambda: desk.do(commands.save_as, run.run_id, str(tmp_path / "file.txt")),
        lambda: desk.do(commands.mark_sent, run.run_id, "4711"),
    ):
        with pytest.raises(UserError, match="IN00002 in PR00001 is paid already"):
            work()


@pytest.mark.parametrize("way", list(PaidBy))
def test_the_file_of_a_cancelled_run_is_not_opened(desk, office, paints, tmp_path, way):
    run = made(desk, office, by=way)
    office.do(commands.cancel, run.run_id, "The wrong day")
    with pytest.raises(UserError, match="PR00001 was cancelled: it isn't opened any more"):
        desk.do(commands.save_as, run.run_id, str(tmp_path / "file"))


def test_bank_details_that_ended_since_are_not_paid_to(desk, office, paints, run, tmp_path):
    assert "PR00001" in end(desk, paints[0]).told
    for work in (
        lambda: desk.do(commands.save_as, run.run_id, str(tmp_path / "file.txt")),
        lambda: desk.do(commands.mark_sent, run.run_id, "4711"),
    ):
        with pytest.raises(UserError, match="Sample Paints Limited: its bank details are not in force any more"):
            work()


def test_a_supplier_blocked_since_is_not_paid(desk, office, paints, tmp_path):
    run = made(desk, office, by=PaidBy.FINANCE)
    desk.do(lambda ctx: purchasing.block(ctx, paints[0], BlockScope.PAYMENTS))
    with pytest.raises(UserError, match="blocked for payments"):
        desk.do(commands.save_as, run.run_id, str(tmp_path / "file.csv"))


def test_a_file_that_was_out_before_can_have_been_sent_so_it_is_marked_and_told(desk, office, paints, run, tmp_path):
    desk.do(commands.save_as, run.run_id, str(tmp_path / "file.txt"))
    end(desk, paints[0])
    told = desk.do(commands.mark_sent, run.run_id, "4711").told
    assert "Ask the bank to stop it: Sample Paints Limited: its bank details are not in force any more." in told


def test_while_the_finance_system_has_the_orders_nothing_is_paid_by_bacs(desk, office, paints):
    desk.do(purchasing.policy, "purchasing.master", "finance")
    form = desk.ask(queries.form)
    assert (form.may_bacs, form.by, "finance system" in form.why_not) == (False, PaidBy.FINANCE, True)
    with pytest.raises(UserError, match="A Bacs file would pay again"):
        asked(desk)
    assert asked(desk, by=PaidBy.FINANCE).number == "PR00001"


def test_a_run_whose_day_has_passed_is_not_approved(desk, office, paints):
    run = asked(desk, by=PaidBy.FINANCE, pay_on=TODAY)
    later = replace(office, clock=FixedClock(TODAY + timedelta(1)))
    with pytest.raises(UserError, match="The day of PR00001, 21 Nov 2026, has passed"):
        later.do(approvals.approve, [run.request_id])


def test_a_bacs_run_is_not_paid_before_its_file_pays(desk, office, run):
    desk.do(commands.mark_sent, run.run_id, "4711")
    later = replace(desk, clock=FixedClock(PAY_ON))
    with pytest.raises(UserError, match="not before"):
        later.do(commands.mark_paid, run.run_id, PAY_ON - timedelta(1))
    assert later.do(commands.mark_paid, run.run_id, PAY_ON).state is SupplierRunState.PAID
