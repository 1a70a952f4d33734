"""Post of the demonstration landlord that has to be answered in time: one waits, one is extended, one is late; valuables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.officers import Officer
from app.models.post_log import PostItem
from app.models.values import Money, Pausing, PostChannel, PostState, ValuableKind
from app.services.core.clock import FixedClock
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.post_log import keeping
from app.services.post_log.dto import Holder, NewItem
from app.services.post_log.standards import commands
from app.services.post_log.standards.dto import ExtendClock, PauseClock
from app.services.post_log.valuables import commands as valuables
from app.services.post_log.valuables.dto import HandOn, NewValuable, PayIn

_KEY: Final = "demonstration standards"
_SENDER: Final = "Mx Sample Writer"


@requires(Permission.LOAD_LANDLORD)
def time_post(ctx: Context) -> None:
    """Log requests with clocks of different kinds, and an envelope with two cheques and a passport; once."""
    made = select(func.count()).select_from(PostItem).where(PostItem.entry_key == f"{_KEY} foi")
    wanted = select(Officer.username, Officer.id).where(Officer.username.in_(("demo.officer", "demo.senior")))
    people = dict(ctx.session.execute(wanted).all())
    if ctx.session.scalar(made) or len(people) < 2:
        return
    today = ctx.clock.today()
    officer = replace(ctx, officer=current(ctx.session, people["demo.officer"]))
    asked = _log(officer, "foi", "How many homes stood empty last year?", today - timedelta(days=9))
    commands.pause(
        officer,
        PauseClock(asked, Pausing.CLARIFICATION, "Which estates they mean", today - timedelta(days=5)),
    )
    complaint = _log(officer, "complaint_1", "Nobody rang me back about my refund", today - timedelta(days=6))
    commands.extend(officer, ExtendClock(complaint, 5, "The calls of that week are still being listened to."))
    _log(officer, "general", "When is the office open?", today - timedelta(days=20))
    _log(officer, "subject_access", "Everything you hold about me", today - timedelta(days=2))
    _envelope(officer, people["demo.senior"], today)
    old = _log(officer, "other", "A leaflet about windows", today - timedelta(days=800))
    item = keeping.item(officer, old)
    item.state, item.closed_at = PostState.CLOSED, item.received_at


def _envelope(ctx: Context, witness_id: int, today: date) -> None:
    """Two cheques and a passport: one cheque paid in as another amount than it says, the other still to be."""
    yesterday = replace(ctx, clock=FixedClock(today - timedelta(days=1)))
    item_id = _log(ctx, "payment", "Two cheques for the rent", today - timedelta(days=1), PostChannel.VALUABLES)

    def enter(kind: ValuableKind, pence: int | None, details: str) -> int:
        amount = None if pence is None else Money(pence)
        return valuables.enter(yesterday, NewValuable(item_id, kind, amount, details, witness_id)).valuable_id

    first = enter(ValuableKind.CHEQUE, 11_842, f"Cheque 000123 of {_SENDER}")
    second = enter(ValuableKind.CHEQUE, 5_000, f"Cheque 000124 of {_SENDER}")
    enter(ValuableKind.DOCUMENT, None, "Passport")
    valuables.hand_on(yesterday, HandOn((first, second), "Cash office"))
    valuables.pay_in(ctx, PayIn((first,), "PI-500012", today, Money(11_482)))


def _log(
    ctx: Context, category: str, subject: str, received_on: date, channel: PostChannel = PostChannel.LETTER
) -> int:
    """Log one thing that is with the officer."""
    new = NewItem(
        channel,
        subject,
        _SENDER,
        "1 Sample Road\nTestford\nZZ1 1AA",
        received_at=datetime.combine(received_on, time(10), UTC),
        received_on=received_on,
        category_id=keeping.category(ctx, category).id,
        holder=Holder(officer_id=ctx.officer.id),
        entry_key=f"{_KEY} {category}",
    )
    return keeping.log(ctx, new)
