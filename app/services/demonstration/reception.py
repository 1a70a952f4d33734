"""The reception of the made-up landlord: desks and tills, files and the bank, suspense, pay point cards, who came and called."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.reception_payments.desks import PaymentDesk
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.demonstration.reception_desks import serve
from app.services.demonstration.reception_log import order_cards, welcome
from app.services.demonstration.reception_office import payers, staff
from app.services.demonstration.reception_outside import receive


@requires(Permission.LOAD_LANDLORD)
def receive_some(ctx: Context) -> None:
    """Take payments at desks and by telephone for some days, load what came from outside, and log who came.

    A landlord of a few homes has no reception, nor has one whose rent year began some days ago.
    """
    office = staff(ctx)
    if office is None or ctx.session.scalar(select(func.count()).select_from(PaymentDesk)):
        return
    who = payers(office.officer)
    if who:
        serve(office, who)
        receive(office, who)
        order_cards(office, who)
        welcome(office, who)
