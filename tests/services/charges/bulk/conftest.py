from datetime import date

from app.models.policy import PolicyValue
from app.models.values import Tenure
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def homes(desk):
    """Three homes at 100.00, 120.00 and 80.00 (the last in SHL), one that was sold, a garage; each home with 4.50."""

    def build(ctx):
        return {
            "first": lettings.letting(ctx, "100.00", DSC="4.50", reference="70 0001"),
            "second": lettings.letting(ctx, "120.00", DSC="4.50", reference="70 0002"),
            "sheltered": lettings.letting(ctx, "80.00", DSC="4.50", group="SHL", reference="70 0003"),
            "sold": lettings.letting(ctx, None, tenure=Tenure.LEASEHOLD, DSC="6.00", reference="70 0004"),
            "garage": lettings.garage_letting(ctx, "17.80"),
        }

    return desk.do(build)


@prepared
def alone(desk):
    """The office says that a bulk change needs no second officer."""
    row = {
        "key": "charges.bulk_change_needs_second_person",
        "scope": "",
        "effective_from": date(2020, 1, 1),
        "value": "no",
        "unit": "yes or no",
        "source": "test",
        "verified_by": "",
    }
    desk.do(lambda ctx: ctx.session.add(PolicyValue(**row)))
