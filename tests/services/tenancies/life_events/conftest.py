"""Two people whom something happens to."""

from datetime import date

from app.models.arrangements import Arrangement
from app.models.values import (
    Frequency,
    PaymentMethod,
)
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def couple(desk):
    """A home that two people hold, paid by Direct Debit, with a garage of the first and an arrangement."""

    def make(ctx):
        first = lettings.person(ctx, "Maria", "Testerton")
        second = lettings.person(ctx, "Sam", "Testerton")
        home = lettings.letting(ctx, "100.00", people=[first, second], reference="0012 4471 03")
        home.account.name = "Mx Maria Testerton and Mx Sam Testerton"
        home.tenancy.payment_method = PaymentMethod.DIRECT_DEBIT
        garage = lettings.garage_letting(ctx, home=home)
        ctx.session.add(
            Arrangement(
                account_id=home.account.id,
                amount_pence=500,
                frequency=Frequency.WEEKLY,
                starts_on=date(2026, 10, 5),
            )
        )
        ctx.session.flush()
        return home, garage, second

    return desk.do(make)
