"""A home and a garage whose charges can be worked out anew, and how that is asked."""

from datetime import date

from app.models.limits import OfficerLimit
from app.models.values import LimitKind, Money
from app.services.adjustments.recalculating.dto import Rate, Recalculation
from app.services.ledger import queries as ledger
from tests.factories import lettings

WEEKS = [date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
SUNDAY = date(2026, 11, 22)


def let(ctx, limit=1_000_00):
    """A home at 100.00 and 4.50 with the week of 2 November rent-free, and a private garage at 22.50 with VAT inside."""
    made = lettings.letting(ctx, "100.00", DSC="4.50")
    lettings.rent_group(ctx, free=[WEEKS[1]])
    garage = lettings.garage_letting(ctx, "22.50")
    for kind in (LimitKind.ADJUSTMENT_CREDIT, LimitKind.ADJUSTMENT_DEBIT):
        ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=limit, batch_pence=limit))
    return made, garage


def wanted(account_id, *rates, code="DBR", to_on=SUNDAY, key="one", **more):
    made = tuple(Rate(on, Money(pence)) for on, pence in rates)
    return Recalculation(account_id, code, made, to_on, "wrong_rate", entry_key=key, **more)


def balance(desk, account_id):
    return desk.ask(ledger.balance, account_id)
