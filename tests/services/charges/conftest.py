from datetime import date

from tests.factories import lettings
from tests.prepared import prepared


@prepared
def estate(desk):
    """A home at 100.00 and 4.50, its garage at 17.80, a private garage at 22.50, a void at 90.00, a start on Wednesday."""

    def build(ctx):
        home = lettings.letting(ctx, "100.00", DSC="4.50")
        return {
            "home": home,
            "garage": lettings.garage_letting(ctx, home=home),
            "private": lettings.garage_letting(ctx, "22.50"),
            "void": lettings.letting(ctx, "90.00", end_on=date(2026, 11, 1)),
            "new": lettings.letting(ctx, "70.00", start_on=date(2026, 11, 25)),
        }

    return desk.do(build)
