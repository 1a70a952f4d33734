"""Quotations, waivers, agreements and orders that look split, by commands."""

from datetime import date

import pytest

from app.models.purchase_orders.suppliers import SupplierContract
from app.models.values import Money, OrderKind, OrderState, WaiverReason
from app.services.approvals import queries as approvals
from app.services.core.errors import UserError, UserErrors
from app.services.documents.dto import NewFile
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import Amend, Choose, NewQuotation, Repeat, Waive
from tests.factories import approving, purchasing

GIVEN = date(2026, 11, 18)
TEXT = NewFile("quotation.txt", b"Lamps, 6,000.00")


def quotation(office, order_id, net=6_000, **more):
    """A written quotation with its document; the order as it is then."""
    values = {"supplier_id": office.supplier, "given_on": GIVEN, "net": Money(net * 100), "file": None} | more
    return office.desk.do(commands.quote, NewQuotation(order_id, **values))


def details(office, request_id):
    """What the approver reads, by label."""
    found = office.colleague.ask(approvals.request, request_id)
    return {each.label: each.after for each in found.details}


def test_three_quotations_and_not_the_lowest(office):
    """480 at £12.50 are £6,000.00: band 2, three in writing. £5,800.00 was quoted too."""
    made = office.draft(office.line(quantity=480), supplier_id=None)
    with pytest.raises(UserError, match="no supplier yet"):
        office.desk.do(commands.ask, made.order_id, made.version)
    quotation(office, made.order_id, file=TEXT)
    quotation(office, made.order_id, 5_800, name="Other Lamps", supplier_id=None, file=NewFile("b.txt", b"5,800.00"))
    office.desk.do(commands.quote, NewQuotation(made.order_id, name="Third Lamps", note="They don't sell any"))
    first, second, _ = office.desk.ask(queries.quotations, made.order_id)
    assert (first.lowest, second.lowest) == (False, True)
    with pytest.raises(UserError, match="isn't among the suppliers"):
        office.desk.do(commands.choose, Choose(second.quotation_id))
    with pytest.raises(UserError, match=r"£6,000\.00 when £5,800\.00 was quoted"):
        office.desk.do(commands.choose, Choose(first.quotation_id))
    chosen = office.desk.do(commands.choose, Choose(first.quotation_id, "They deliver in a week"))
    asked = office.desk.do(commands.ask, made.order_id, chosen.version)
    said = details(office, asked.request_id)
    assert said["Quotation 1"] == "Sample Paints Limited: £6,000.00 before VAT; chosen. They deliver in a week"
    assert said["Standing orders"].startswith("Band 2, £5,000.01 to £25,000.00.")
    assert said["Code HR100 4120 Subjective 4120"] == "£6,000.00; £4,000.00 left then"
    office.approve(asked.request_id)
    assert office.seen(made.order_id).supplier_id == office.supplier


def test_a_lower_price_that_comes_after_the_choice_is_answered(office):
    """£6,000.00 is chosen alone; then £5,800.00 comes: the reason is said, or the other is taken."""
    made = office.draft(office.line(quantity=480))
    quotation(office, made.order_id, file=TEXT)
    [first] = office.desk.ask(queries.quotations, made.order_id)
    office.desk.do(commands.choose, Choose(first.quotation_id, "It is the only one"))
    quotation(office, made.order_id, 5_800, name="Other Lamps", supplier_id=None, file=NewFile("b.txt", b"5,800.00"))
    office.desk.do(commands.quote, NewQuotation(made.order_id, name="Third Lamps", note="They don't sell any"))
    with pytest.raises(UserError, match=r"chosen at £6,000\.00, and £5,800\.00 was quoted: choose again"):
        office.desk.do(commands.ask, made.order_id, office.seen(made.order_id).version)
    chosen = office.desk.do(commands.choose, Choose(first.quotation_id, "They deliver in a week"))
    office.desk.do(commands.ask, made.order_id, chosen.version)


def test_a_quotation_of_another_supplier_is_not_taken_for_a_call_off_nor_for_an_order(office):
    agreed = office.draft(kind=OrderKind.AGREEMENT, most=Money(4_000_00), until_on=date(2027, 3, 31))
    office.approve(office.desk.do(commands.ask, agreed.order_id, agreed.version).request_id)
    other = office.desk.do(lambda ctx: purchasing.supplier(ctx, "Other Lamps").id)
    called = office.draft(kind=OrderKind.CALL_OFF, from_id=agreed.order_id)
    ordered = office.ordered()
    for order_id, words in ((called.order_id, "Agreement PO00001 is with"), (ordered.id, "PO00002 is ordered from")):
        quotation(office, order_id, 100, supplier_id=other)
        [found] = office.desk.ask(queries.quotations, order_id)
        with pytest.raises(UserError, match=words):
            office.desk.do(commands.choose, Choose(found.quotation_id))


def test_fewer_quotations_take_a_reason_that_the_approver_reads(office):
    made = office.draft(office.line(quantity=480))
    with pytest.raises(UserError, match="Band 2 wants 3 quotations; 0 are recorded"):
        office.desk.do(commands.ask, made.order_id, made.version)
    with pytest.raises(UserError, match="Say why"):
        office.desk.do(commands.waive, Waive(made.order_id, made.version, WaiverReason.EMERGENCY))
    waived = office.desk.do(
        commands.waive, Waive(made.order_id, made.version, WaiverReason.EMERGENCY, "No light at all")
    )
    asked = office.desk.do(commands.ask, made.order_id, waived.version)
    assert details(office, asked.request_id)["Fewer quotations than wanted"] == "Emergency. No light at all"


def test_whoever_quoted_does_not_approve(office):
    made = office.draft(office.line(quantity=480))
    office.colleague.do(commands.quote, NewQuotation(made.order_id, name="Third Lamps", note="They don't sell any"))
    version = office.seen(made.order_id).version
    waived = office.desk.do(commands.waive, Waive(made.order_id, version, WaiverReason.EMERGENCY, "No light at all"))
    asked = office.desk.do(commands.ask, made.order_id, waived.version)
    with pytest.raises(UserError, match="step"):
        office.approve(asked.request_id)


def test_what_is_wrong_with_a_quotation_is_said(office):
    made = office.draft()
    with pytest.raises(UserErrors) as caught:
        office.desk.do(commands.quote, NewQuotation(made.order_id, asked_on=date(2026, 11, 22), net=Money(0)))
    assert [each.field for each in caught.value.errors] == ["name", "asked_on", "net"]


def test_orders_split_under_a_band_are_shown(office):
    """£4,000.00 of lamps this week and £3,000.00 now: each in band 1, £7,000.00 together in band 2."""
    first = office.ordered(office.line(quantity=320))
    office.ordered(office.line(quantity=320, description="Emulsion paint"))
    found = office.desk.ask(queries.check, office.new(office.line(quantity=240, description="Lamps sample, spare")))
    assert [each.number for each in found.suspicions] == [first.number]
    assert found.together == Money(7_000_00)
    asked = office.asked(office.line(quantity=240))
    assert asked.warnings[-1] == "With PO00001 it comes to £7,000.00, which is in band 2: was one order split?"
    assert details(office, asked.request_id)["Orders like it"] == (
        "With PO00001 it comes to £7,000.00, which is in band 2: was one order split?"
    )


def test_an_agreement_is_called_off_up_to_its_most(office):
    made = office.draft(
        office.line(), kind=OrderKind.AGREEMENT, most=Money(4_000_00), until_on=date(2027, 3, 31), title="Lamps 2026/27"
    )
    asked = office.desk.do(commands.ask, made.order_id, made.version)
    office.approve(asked.request_id)
    assert office.stands() == (0, 0, 0)
    called = office.desk.do(commands.repeat, Repeat(made.order_id, "call:1"))
    assert office.desk.ask(queries.detail, called.order_id).row.kind is OrderKind.CALL_OFF
    again = office.desk.do(commands.ask, called.order_id, called.version)
    office.approve(again.request_id)
    found = office.desk.ask(queries.detail, made.order_id)
    assert (found.called_off, found.most) == (Money(125_00), Money(4_000_00))
    assert office.stands() == (125_00, 0, 0)
    much = office.draft(
        office.line(quantity=311), kind=OrderKind.CALL_OFF, from_id=made.order_id
    )  # £3,887.50, and £3,875.00 are left
    with pytest.raises(UserError, match=r"has £3,875\.00 left of £4,000\.00; this call-off comes to £3,887\.50"):
        office.desk.do(commands.ask, much.order_id, much.version)


def test_a_contract_that_ended_covers_nothing(office):
    """Drafted in its days, asked for after them: three quotations are wanted again."""
    contract_id = office.desk.do(contract, office.supplier)
    made = office.draft(office.line(quantity=480), contract_id=contract_id)

    def end(ctx):
        with approving.carried_out(ctx, "supplier_contract", office.supplier):
            ctx.session.get_one(SupplierContract, contract_id).ends_on = date(2026, 11, 20)

    office.desk.do(end)
    with pytest.raises(UserError, match="Band 2 wants 3 quotations"):
        office.desk.do(commands.ask, made.order_id, made.version)


def test_an_amendment_above_the_value_of_its_contract_wants_quotations(office):
    """£6,000.00 of £7,000.00; £6,250.00 is within the tolerance and the contract, £7,125.00 is above it."""
    order = office.ordered(office.line(quantity=480), contract_id=office.desk.do(contract, office.supplier))

    def amended(quantity):
        line = office.line(quantity=quantity, line_id=order.lines[0].id)
        return office.desk.do(commands.amend, Amend(order.id, office.seen(order.id).version, "More", (line,)))

    assert amended(500).told.startswith("Version 2 of PO00001 stands.")
    with pytest.raises(UserError, match="Band 2 wants 3 quotations"):
        amended(570)


def contract(ctx, supplier_id):
    """A contract of £7,000.00 in 2026/27; its id."""
    row = SupplierContract(
        supplier_id=supplier_id,
        number="C1",
        title="Lamps",
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        value_pence=7_000_00,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    with approving.carried_out(ctx, "supplier_contract", supplier_id):
        ctx.session.add(row)
    return row.id


def test_under_a_contract_no_quotations_are_wanted_up_to_its_value(office):
    contract_id = office.desk.do(contract, office.supplier)
    lines = (office.line(quantity=480),)
    assert office.ordered(*lines, contract_id=contract_id).state is OrderState.OPEN
    more = office.draft(*lines, contract_id=contract_id)
    with pytest.raises(UserError, match="Band 2 wants 3 quotations"):
        office.desk.do(commands.ask, more.order_id, more.version)
    other = office.desk.do(lambda ctx: purchasing.supplier(ctx, "Other Lamps").id)
    with pytest.raises(UserErrors, match="isn't one of the supplier's"):
        office.draft(supplier_id=other, contract_id=contract_id)
