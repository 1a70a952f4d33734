"""An order on paper, the same every time, by e-mail through the register, and again."""

import pytest

from app.models.documents import Document
from app.models.letters import Outgoing
from app.models.purchase_orders.orders import DeliveryPoint
from app.models.values import OrderSent
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.letters.commands.sending import set_sending
from app.services.letters.sending import SendingSettings
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import Amend, OrderFilter, OrderView, Send
from tests.services.letters.notify_standin import KEY
from tests.services.purchase_orders.orders.conftest import WANTED


def sent(office, order_id, by=OrderSent.PRINTED, **more):
    """Sent as it stands."""
    return office.desk.do(commands.send, Send(order_id, office.seen(order_id).version, by, **more))


def to_send(office):
    """How many are to send."""
    return office.desk.ask(queries.totals, OrderFilter(OrderView.TO_SEND)).count


def test_the_paper_is_the_same_every_time(office):
    def depot(ctx):
        point = DeliveryPoint(name="Sample Depot", address="2 Sample Way\nAnytown\nAT1 1AB")
        ctx.session.add(point)
        ctx.session.flush()
        return point.id

    order = office.ordered(delivery_point_id=office.desk.do(depot), wanted_on=WANTED, instructions="Ring first")
    before = office.desk.ask(queries.paper, order.id)
    done = sent(office, order.id)
    assert done.told == "PO00001 is printed: send it by post."
    assert done.link_id is not None
    assert before.startswith(b"%PDF")
    assert office.desk.ask(queries.paper, order.id) == before
    assert to_send(office) == 0
    assert sent(office, order.id).told == "PO00001 is printed again: send it by post."


def test_by_email_it_is_in_the_register_with_its_lines(office):
    order = office.ordered(wanted_on=WANTED)
    assert to_send(office) == 1
    assert sent(office, order.id, OrderSent.EMAIL).told == "PO00001 goes to orders1@example.com by e-mail."
    sent(office, order.id, OrderSent.EMAIL, to="depot@example.com")

    def register(ctx):
        return [(row.address, row.subject_line, row.body) for row in ctx.session.query(Outgoing).order_by(Outgoing.id)]

    first, second = office.desk.ask(register)
    assert first[:2] == ("orders1@example.com", "Purchase order PO00001: Lamps for the hostel")
    assert "Sample lamps, 10 each at £12.50: £125.00" in first[2]
    assert "In all | **£150.00**" in first[2]
    assert second[0] == "depot@example.com"


def test_where_the_provider_takes_files_the_order_goes_as_its_pdf_too(office):
    """21 lines stand in the PDF alone."""
    assert not office.desk.ask(queries.goes_as_pdf)
    manager = Desk.sit_down(office.desk.database, "manager", office.desk.clock)
    manager.do(set_sending, SendingSettings("email", "text", file_template="with-file"), KEY)
    assert office.desk.ask(queries.goes_as_pdf)
    order = office.ordered(*(office.line(1, "1.00", f"Sample part number {at}") for at in range(21)))
    done = sent(office, order.id, OrderSent.EMAIL)
    assert done.told == "PO00001 goes to orders1@example.com by e-mail, as a PDF to download."
    paper = office.desk.ask(queries.paper, order.id)

    def register(ctx):
        row = ctx.session.query(Outgoing).one()
        return row.body, ctx.session.get_one(Document, row.document_sha256).content

    body, content = office.desk.ask(register)
    assert content == paper
    assert "- 21 lines, as the order lists them" in body
    assert "as a PDF (PO00001 version 1.pdf)" in body


def test_an_amended_order_goes_again_as_its_version(office):
    order = office.ordered()
    sent(office, order.id)
    version = office.seen(order.id).version
    lines = (office.line(quantity=9, line_id=order.lines[0].id),)
    office.desk.do(commands.amend, Amend(order.id, version, "Fewer", lines))
    assert to_send(office) == 1
    sent(office, order.id, OrderSent.EMAIL)
    assert office.desk.ask(queries.paper, order.id, 1) != office.desk.ask(queries.paper, order.id, 2)


def test_what_is_not_ordered_is_not_sent(office):
    made = office.draft()
    with pytest.raises(UserError, match="is draft: only an approved order"):
        sent(office, made.order_id)
    with pytest.raises(UserError, match="isn't approved"):
        office.desk.ask(queries.paper, made.order_id)


def test_an_order_of_many_lines_goes_over_pages_and_not_by_email(office):
    order = office.ordered(*(office.line(1, "1.00", f"Sample part number {at} of the long list") for at in range(60)))
    pdf = office.desk.ask(queries.paper, order.id)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") >= 2
    with pytest.raises(UserError, match="too many lines for an e-mail"):
        sent(office, order.id, OrderSent.EMAIL)
