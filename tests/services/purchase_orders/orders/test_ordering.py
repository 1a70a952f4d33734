"""A requisition becomes an order: asked for by one, approved by another, numbered without a gap, its money bound."""

import pytest
from sqlalchemy import select

from app.models.limits import OfficerLimit
from app.models.officers import Officer
from app.models.values import LimitKind, OrderSent, OrderState
from app.services.approvals.commands import approve, refuse, return_for_change
from app.services.core.errors import UserError, UserErrors
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import ChangedRequisition, NewSplit, Send
from tests.factories import purchasing


def test_from_draft_to_order(office):
    """10 at £12.50 are £125.00 before VAT, which is got back: £125.00 are bound."""
    made = office.asked()
    assert made.number == "RQ00001"
    assert office.stands() == (0, 0, 0)
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        office.desk.do(approve, (made.request_id,))
    office.approve(made.request_id)
    order = office.seen(made.order_id)
    assert (order.number, order.state, order.net) == ("PO00001", OrderState.OPEN, 125_00)
    assert order.band == "Band 1, up to £5,000.00"
    assert office.stands() == (125_00, 0, 0)
    assert office.ordered().number == "PO00002"


def test_the_same_key_makes_one(office):
    new = office.new()
    assert office.desk.do(commands.draft, new).order_id == office.desk.do(commands.draft, new).order_id


def test_what_is_wrong_is_said_line_by_line(office):
    lines = (
        office.line(quantity=0),
        office.line(quantity=-2),
        office.line(splits=(NewSplit(office.budget, percent=5_000), NewSplit(office.other, percent=4_990))),
        office.line(description=" "),
    )
    with pytest.raises(UserErrors) as caught:
        office.draft(*lines)
    assert [(each.field, each.message) for each in caught.value.errors] == [
        ("lines.1.quantity", "Line 1: a quantity of nothing can't be ordered."),
        ("lines.2.quantity", "Line 2: a negative quantity can't be ordered."),
        ("lines.3.codes", "Line 3: The codes of the line come to 99.9%: 0.1% are missing; they have to be 100%."),
        ("lines.4.description", "Line 4: what is bought is missing or too long."),
    ]


def test_a_split_adds_up_to_the_penny(office):
    """£125.00 by thirds: £41.66 (33.33 % is 41.6625, rounded half up along the way) and the rest; VAT that is lost too."""
    splits = (NewSplit(office.budget, percent=3_333), NewSplit(office.other, percent=6_667))
    office.ordered(office.line(splits=splits, vat_recovered=False))
    assert office.stands()[0] + office.stands(office.other)[0] == 150_00
    assert office.stands()[0] == 50_00  # 33.33 % of £150.00 is £49.995


def test_a_draft_is_changed_and_what_waits_is_not(office):
    made = office.draft()
    changed = office.desk.do(
        commands.change, ChangedRequisition(made.order_id, made.version, office.new(office.line(quantity=4)))
    )
    assert office.seen(made.order_id).net == 50_00
    with pytest.raises(UserError, match="Somebody else worked on RQ00001"):
        office.desk.do(commands.change, ChangedRequisition(made.order_id, made.version, office.new()))
    asked = office.desk.do(commands.ask, made.order_id, changed.version)
    with pytest.raises(UserError, match="is waiting, not a draft"):
        office.desk.do(commands.change, ChangedRequisition(made.order_id, asked.version, office.new()))


def test_returned_it_is_changed_and_asked_for_again(office):
    made = office.asked()
    office.colleague.do(return_for_change, (made.request_id,), "Fewer, please")
    version = office.seen(made.order_id).version
    changed = office.desk.do(
        commands.change, ChangedRequisition(made.order_id, version, office.new(office.line(quantity=8)))
    )
    again = office.desk.do(commands.ask, made.order_id, changed.version)
    assert again.request_id == made.request_id
    office.approve(again.request_id)
    assert office.seen(made.order_id).net == 100_00


def test_refused_for_good_and_withdrawn_to_a_draft(office):
    made = office.asked()
    office.colleague.do(refuse, (made.request_id,), "No money")
    assert office.seen(made.order_id).state is OrderState.REFUSED
    other = office.asked()
    office.desk.do(commands.withdraw, other.order_id, other.version, "Not yet")
    back = office.seen(other.order_id)
    assert (back.state, back.request_id) == (OrderState.DRAFT, None)
    office.desk.do(commands.withdraw, back.id, back.version, "Not at all")
    assert office.seen(back.id).state is OrderState.WITHDRAWN


def test_a_blocked_supplier_stops_each_step(office):
    waits = office.asked()
    open_ = office.ordered()
    office.desk.do(purchasing.block, office.supplier)
    made = office.draft()
    assert made.warnings == ("Sample Paints Limited is blocked for orders since 2 Nov 2026: Insurance lapsed",)
    with pytest.raises(UserError, match="is blocked for orders"):
        office.desk.do(commands.ask, made.order_id, made.version)
    with pytest.raises(UserError, match="is blocked for orders"):
        office.approve(waits.request_id)
    with pytest.raises(UserError, match="is blocked for orders"):
        office.desk.do(commands.send, Send(open_.id, open_.version, OrderSent.PRINTED))


def test_over_budget_warns_or_stops_by_policy(office):
    """The second code has £500.00; 50 at £12.50 are £625.00."""
    lines = (office.line(quantity=50, splits=(NewSplit(office.other),)),)
    assert office.asked(*lines).warnings == (
        "HR100 4300 Subjective 4300 has £500.00 left; £625.00 would put it £125.00 over.",
    )
    office.desk.do(purchasing.policy, "purchasing.over_budget", "stop")
    with pytest.raises(UserError, match=r"£125\.00 over"):
        office.asked(*lines)


def test_what_lacks_is_said_before_it_is_asked_for(office):
    for new, lacks in (
        ({"supplier_id": None}, "no supplier yet"),
        ({"lines": (office.line(splits=()),)}, "Line 1 has no code yet"),
    ):
        made = office.desk.do(commands.draft, office.new(**new))
        with pytest.raises(UserError, match=lacks):
            office.desk.do(commands.ask, made.order_id, made.version)


def test_no_card_number_is_kept(office):
    with pytest.raises(UserError, match="card number"):
        office.draft(office.line(description="Paid with 4111 1111 1111 1111"))


def test_the_approvers_limit_covers_what_the_band_counts(office):
    """The colleague approves up to £100.00; £125.00 before VAT are asked for."""

    def lower(ctx):
        colleague = ctx.session.scalars(select(Officer.id).where(Officer.username == "colleague")).one()
        ctx.session.get_one(OfficerLimit, (colleague, LimitKind.ORDER)).line_pence = 100_00

    made = office.asked()
    office.desk.do(lower)
    with pytest.raises(UserError, match=r"£125\.00, is above your limit of £100\.00"):
        office.approve(made.request_id)
    assert office.desk.ask(queries.check, office.new()).approvers == ()


def test_where_nobody_can_approve_it_says_why_and_what_to_do(office):
    """First nobody but whoever asks has a limit that covers £125.00, then both have £100.00, then nobody has any."""

    def limits(pence, *usernames):
        def change(ctx):
            ids = ctx.session.scalars(select(Officer.id).where(Officer.username.in_(usernames)))
            for row in [ctx.session.get_one(OfficerLimit, (each, LimitKind.ORDER)) for each in ids]:
                row.line_pence = pence

        office.desk.do(change)
        return office.desk.ask(queries.check, office.new()).nobody

    assert limits(100_00, "colleague").startswith("Whoever else has so high a limit had a part in it")
    assert limits(100_00, "officer").startswith("The highest limit for orders is £100.00, and this counts as £125.00:")
    assert limits(0, "officer", "colleague").startswith("Nobody who approves orders has a money limit for them yet:")
    made = office.draft()
    asked = office.desk.do(commands.ask, made.order_id, made.version)
    assert asked.warnings[-1].endswith("under Admin, Limits, and another officer approves that.")
