"""A home whose rent is collected by Direct Debit: a mandate, a schedule and its collections, as plain rows."""

from datetime import date

from sqlalchemy import select

from app.models.direct_debits.schedules import Collection, DebitSchedule
from app.models.landlord import Landlord
from app.models.letters import Outgoing
from app.models.values import (
    CollectionKind,
    Frequency,
    ScheduleState,
)
from app.services.direct_debits.notices import queries
from app.services.letters.commands import queue
from tests.factories import debits, lettings
from tests.prepared import prepared

DATES = (date(2027, 1, 4), date(2027, 2, 1), date(2027, 3, 1))


def mandate(ctx, account, person=None, **columns):
    """A live mandate of an account; `person`: the payer."""
    payer = {"person_id": person.id, "payer_name": f"{person.first_name} {person.last_name}"} if person else {}
    return debits.bare(ctx, account.id, **payer | columns)


def schedule(ctx, of, dates=DATES, first=441_74, usual=441_66, ends_on=date(2027, 4, 4), number=1):
    """A schedule of it with its collections."""
    made = DebitSchedule(
        mandate_id=of.id,
        number=number,
        state=ScheduleState.CURRENT if number == 1 else ScheduleState.SUPERSEDED,
        frequency=Frequency.MONTHLY,
        day=1,
        starts_on=dates[0],
        first_week_on=dates[0],
        ends_on=ends_on,
        count=len(dates),
        pence=usual,
        first_pence=first,
        total_pence=first + usual * (len(dates) - 1),
        forecast_pence=0,
        reason="Set up",
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(made)
    ctx.session.flush()
    for at, on in enumerate(dates):
        collection(ctx, of, on, usual if at else first, schedule_id=made.id)
    return made


def collection(ctx, of, on, pence, kind=CollectionKind.SCHEDULED, **columns):
    """A planned collection."""
    return debits.planned(ctx, of.id, on, pence, kind=kind, **columns)


@prepared
def office(desk):
    """The office of a landlord who has a name: a notice says it."""
    desk.do(lambda ctx: ctx.session.add(Landlord(id=1, name="Example District Council", phone="01632 960001")))
    return desk


@prepared
def payer(desk, office):
    """A home whose tenant pays by Direct Debit: January, February and March 2027."""

    def make(ctx):
        let = lettings.letting(ctx)
        of = mandate(ctx, let.account, let.person)
        schedule(ctx, of)
        return of

    return desk.do(make)


def told(desk):
    """What the payers were told: (due, pence told, the day that counts) of each collection."""
    columns = (Collection.noticed_due_on, Collection.noticed_pence, Collection.noticed_on)
    return [
        tuple(row) for row in desk.ask(lambda ctx: ctx.session.execute(select(*columns).order_by(Collection.id)).all())
    ]


def letters(desk):
    return desk.ask(lambda ctx: list(ctx.session.scalars(select(Outgoing).order_by(Outgoing.id))))


def unfit(desk):
    ids = desk.ask(lambda ctx: list(ctx.session.scalars(select(Collection.id).order_by(Collection.id))))
    return list(desk.ask(queries.unfit, ids).values())


def printed(desk):
    desk.do(queue.mark_printed, [row.id for row in letters(desk)])
