"""What a life event finds of works: those in the home that aren't done."""

from datetime import date

from sqlalchemy import select

from app.models.people import Tenant
from app.models.values import LifeEvent
from app.services.purchase_orders.receipts.commands import receive
from app.services.purchase_orders.receipts.dto import NewReceipt
from app.services.tenancies.life_events import registry
from app.services.tenancies.life_events.dto import Choice, Happened


def test_works_that_are_not_done_are_asked_about(office, home, works):
    order, done = works(), works("emergency")
    office.colleague.do(receive, NewReceipt("all:1", done.id, done.version, date(2026, 11, 20)))

    def find(ctx):
        person_id = ctx.session.scalars(select(Tenant.person_id)).first()
        found = registry.find(ctx, Happened(person_id, LifeEvent.DEATH, date(2026, 11, 20)))
        return [each for each in found if each.source == "works"]

    (hangs,) = office.desk.ask(find)
    assert (hangs.what, hangs.record_id, hangs.proposed) == ("Works order PO00001, plumbing", order.id, Choice.KEEP)
    assert hangs.why == "Due by 14 Dec 2026."
