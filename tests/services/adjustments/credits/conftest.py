"""The home's £220.00 to its credit since 2 November 2026, looked at again years later by an officer and a team leader."""

from datetime import date

from app.models.tenancies import Tenancy
from app.models.values import AttemptOutcome, AttemptWay
from app.services.adjustments.credits import commands
from app.services.adjustments.credits.dto import NewAttempt
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from tests.services.adjustments.refunds.conftest import credited, garage
from tests.services.bacs.conftest import council


def later(desk, on, username="officer"):
    """An officer at work on another day."""
    return Desk.sit_down(desk.database, username, FixedClock(on))


def left(desk, account, on=date(2026, 11, 8)):
    """The tenancy of an account has ended."""
    desk.do(lambda ctx: setattr(ctx.session.get_one(Tenancy, account.tenancy_id), "end_on", on))


def tried(desk, account, key, on, way=AttemptWay.TELEPHONE, outcome=AttemptOutcome.NO_ANSWER, note="Rang twice"):
    """An attempt that is noted; its id."""
    return desk.do(commands.note, NewAttempt(key, account.id, way, on, note, outcome)).attempt_id


__all__ = ["council", "credited", "garage", "later", "left", "tried"]
