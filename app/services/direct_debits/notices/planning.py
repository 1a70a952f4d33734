"""What giving notice would make: the letters and e-mails, whom none can reach, and the collections that it is too late for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import DebitSchedule
from app.models.values import Money, NoticeKind
from app.services.core.calendars import rent_year
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.landlord import landlord
from app.services.core.rent_years import stated_years
from app.services.direct_debits.notices.dto import Days, GiveNotice, Late, Needed, NoticeRehearsal, NoticeWay, NotTold
from app.services.direct_debits.notices.fields import Telling
from app.services.direct_debits.notices.payers import Payer, payers
from app.services.direct_debits.notices.reading import ToTell, collections, days, needed, of_them
from app.services.direct_debits.notices.rules import earliest_due


@dataclass(frozen=True, slots=True)
class Send:
    """One notice that is made: what it tells, and to whom."""

    need: Needed
    telling: Telling
    payer: Payer


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that giving notice would do."""

    days: Days
    sends: tuple[Send, ...]
    not_told: tuple[NotTold, ...]
    late: tuple[Late, ...]

    @property
    def told(self) -> list[ToTell]:
        """The collections that the letters and e-mails tell of."""
        return [each for send in self.sends for each in send.telling.collections]

    def rehearsal(self) -> NoticeRehearsal:
        """The same in figures."""
        emails = sum(send.payer.way is NoticeWay.EMAIL for send in self.sends)
        told = self.told
        return NoticeRehearsal(
            len(self.sends) - emails,
            emails,
            len(told),
            Money(sum(each.pence for each in told)),
            self.not_told,
            self.late,
            self.days,
        )


def plan(ctx: Context, new: GiveNotice) -> Plan:
    """What giving notice to some mandates, or to all that need it, would do today; it reads and changes nothing.

    Raises:
        UserError: the office has no name yet, which every notice must say.
    """
    if not landlord(ctx).name.strip():
        raise UserError(
            "A notice says who collects, and the landlord has no name here yet.", "Enter it in Admin, Landlord."
        )
    needs = needed(ctx, new.mandate_ids)
    ids = sorted({each.mandate_id for each in needs})
    mandates = {row.id: row for each in of_them(select(Mandate), Mandate.id, ids) for row in ctx.session.scalars(each)}
    to_tell, found = collections(ctx, ids), payers(ctx, list(mandates.values()), by_email=new.by_email)
    schedules = _schedules(ctx, to_tell.values())
    policy, stated = days(ctx), stated_years(ctx.session)
    sends, not_told, late = [], [], []
    for need in needs:
        payer, rows = found[need.mandate_id], to_tell[need.mandate_id, need.kind is NoticeKind.AGAIN]
        promised = policy.of(need.kind)
        post = policy.post if payer.way is NoticeWay.POST else 0
        first = earliest_due(ctx.clock.today(), promised, post, policy.bacs)
        if payer.stops:
            not_told.append(NotTold(need.mandate_id, need.reference, need.payer, payer.stops))
            continue
        late += [_late(need, row, first) for row in rows if row.due_on < first]
        in_time = [row for row in rows if row.due_on >= first]
        if in_time:
            schedule = schedules.get(next((row.schedule_id for row in in_time if row.schedule_id), 0) or 0)
            year = rent_year(schedule.ends_on, stated).name if need.kind is NoticeKind.YEAR and schedule else ""
            telling = Telling(mandates[need.mandate_id], in_time, schedule, promised, year)
            sends.append(Send(need, telling, payer))
    return Plan(policy, tuple(sends), tuple(not_told), tuple(late))


def _late(need: Needed, row: ToTell, first: date) -> Late:
    return Late(row.collection_id, need.mandate_id, need.reference, need.payer, row.due_on, Money(row.pence), first)


def _schedules(ctx: Context, found: Iterable[list[ToTell]]) -> dict[int, DebitSchedule]:
    ids = sorted({row.schedule_id for rows in found for row in rows if row.schedule_id is not None})
    return {
        row.id: row
        for each in of_them(select(DebitSchedule), DebitSchedule.id, ids)
        for row in ctx.session.scalars(each)
    }
