"""A mandate with its history and its collections, as plain rows."""

from datetime import date

import pytest

from app.models.direct_debits.mandates import MandateStep
from app.models.values import CollectionState, MandateEvent, MandateState, ToldBy
from tests.factories import debits

_EVENTS = {MandateState.LIVE: MandateEvent.ACCEPTED, MandateState.SUSPENDED: MandateEvent.SUSPENDED}


def mandate(ctx, account_id, *steps, **columns):
    """A mandate; each step is (day, state), the last of them the one that it is in."""
    (first, _), (on, state) = steps[0], steps[-1]
    days = {"state": state, "state_on": on, "given_on": first, "received_on": first}
    made = debits.bare(ctx, account_id, **days | columns)
    for day, to in steps:
        ctx.session.add(
            MandateStep(
                mandate_id=made.id,
                event=_EVENTS.get(to, MandateEvent.SET_UP),
                to_state=to,
                effective_on=day,
                told_by=ToldBy.OFFICER,
                officer_id=ctx.officer.id,
                recorded_at=ctx.clock.now(),
            )
        )
    ctx.session.flush()
    return made.id


def collection(ctx, mandate_id, due_on, pence, state=CollectionState.PLANNED, **columns):
    """A collection of it."""
    return debits.planned(ctx, mandate_id, due_on, pence, state=state, **columns).id


@pytest.fixture
def months():
    """September to 21 November 2026."""
    return date(2026, 9, 1), date(2026, 11, 21)
