"""A mandate with its history and its collections, as plain rows."""

from datetime import date

import pytest

from app.models.direct_debits.mandates import Mandate, MandateAccount, MandateStep
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionKind, CollectionState, MandateEvent, MandateState, MandateWay, ToldBy

_EVENTS = {MandateState.LIVE: MandateEvent.ACCEPTED, MandateState.SUSPENDED: MandateEvent.SUSPENDED}


def mandate(ctx, account_id, *steps, **columns):
    """A mandate; each step is (day, state), the last of them the one that it is in."""
    number = ctx.session.query(Mandate).count() + 1
    on, state = steps[-1]
    values = {
        "entry_key": f"mandate:{number}",
        "account_id": account_id,
        "payer_name": "Alex Sample",
        "reference": f"SAMPLE{number:04}",
        "way": MandateWay.PAPER,
        "state": state,
        "state_on": on,
        "given_on": steps[0][0],
        "received_on": steps[0][0],
        "made_by": ctx.officer.id,
        "made_at": ctx.clock.now(),
    }
    made = Mandate(**values | columns)
    ctx.session.add(made)
    ctx.session.flush()
    ctx.session.add(MandateAccount(mandate_id=made.id, account_id=account_id))
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
    made = Collection(
        mandate_id=mandate_id,
        state=state,
        planned_on=due_on,
        due_on=due_on,
        pence=pence,
        **{"kind": CollectionKind.SCHEDULED} | columns,
    )
    ctx.session.add(made)
    ctx.session.flush()
    return made.id


@pytest.fixture
def months():
    """September to 21 November 2026."""
    return date(2026, 9, 1), date(2026, 11, 21)
