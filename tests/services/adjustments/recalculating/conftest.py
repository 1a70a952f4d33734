from app.services.charges.commands import charge_week
from tests.prepared import prepared
from tests.services.adjustments.recalculating.estates import WEEKS, let


@prepared
def estate(desk):
    found = desk.do(let)
    for week in WEEKS:
        desk.do(charge_week, week)
    return found
