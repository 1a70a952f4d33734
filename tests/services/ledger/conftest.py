"""Whoever posts here may adjust any amount: what needs a second officer is tested in test_second_officer."""

from app.models.limits import OfficerLimit
from app.models.values import LimitKind
from app.services.core.session import Desk
from tests.conftest import OFFICER
from tests.prepared import prepared

_MOST = 10**17


@prepared
def desk(database, clock) -> Desk:
    """The desk of the only officer, with limits for adjustments that nothing reaches."""
    made = Desk.sit_down(database, OFFICER, clock)
    without_limits(made)
    return made


def without_limits(desk) -> None:
    """The officer may adjust any amount."""
    kinds = (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT)
    amounts = {"line_pence": _MOST, "batch_pence": _MOST}
    rows = [OfficerLimit(officer_id=desk.officer.id, kind=kind, **amounts) for kind in kinds]
    desk.do(lambda ctx: ctx.session.add_all(rows))
