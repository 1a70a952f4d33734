"""What the rest of Rentbook knows of a debt: letters, holds, insolvency, arrangements, earlier write-offs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import func, select

from app.models.holds import Hold, HoldCase, HoldCasePerson, HoldDebt
from app.models.letters import Outgoing
from app.models.values import ArrangementState, CaseEnd, HoldKind, Money, Stop, WriteOffState
from app.models.write_offs import WriteOff, WriteOffDebt
from app.services.adjustments.write_offs.dto import Insolvency
from app.services.arrangements.marks import words_of
from app.services.arrangements.queries import standing
from app.services.core.calendars import months_after
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.holds import queries as holds
from app.services.letters.dto import Channel, OutgoingState

_INSOLVENT: Final = (HoldKind.BANKRUPTCY, HoldKind.DEBT_RELIEF_ORDER, HoldKind.IVA)
_UNDONE: Final = (CaseEnd.ANNULLED, CaseEnd.MISTAKE, CaseEnd.CANCELLED)
_WENT_OUT: Final = (
    OutgoingState.PRINTED.value,
    OutgoingState.SENT.value,
    OutgoingState.DELIVERED.value,
    OutgoingState.RETURNED.value,
)
_WRITTEN: Final = (Channel.LETTER.value, Channel.EMAIL.value)
_YEAR: Final = 12


class Letters(NamedTuple):
    """How many letters went out, the day of the last, and the day that one last came back."""

    number: int
    last_on: date | None
    returned_on: date | None


def letters(ctx: Context, account_ids: Collection[int], since: date | None) -> Letters:
    """The letters and e-mails about some accounts that went out since a day; statements aren't among them."""
    statement = select(func.count(), func.max(Outgoing.letter_date), func.max(Outgoing.returned_on)).where(
        Outgoing.account_id.in_(sorted(account_ids)),
        Outgoing.template_version_id.is_not(None),
        Outgoing.channel.in_(_WRITTEN),
        Outgoing.state.in_(_WENT_OUT),
    )
    if since is not None:
        statement = statement.where(Outgoing.letter_date >= since)
    count, last_on, returned_on = ctx.session.execute(statement).one()
    return Letters(count, last_on, returned_on)


def insolvencies(
    ctx: Context, people: Collection[int]
) -> tuple[dict[int, frozenset[HoldKind]], tuple[Insolvency, ...]]:
    """The kinds of insolvency that each of some people is or was in, and the cases; none that was annulled."""
    rows = ctx.session.execute(
        select(HoldCase, HoldCasePerson.person_id)
        .join(HoldCasePerson, HoldCasePerson.case_id == HoldCase.id)
        .where(HoldCasePerson.person_id.in_(sorted(people)), HoldCase.kind.in_(_INSOLVENT))
        .order_by(HoldCase.id)
    ).all()
    cases = {case.id: case for case, _ in rows if case.end_reason not in _UNDONE}
    kinds: dict[int, set[HoldKind]] = {}
    for case, person_id in rows:
        if case.id in cases:
            kinds.setdefault(person_id, set()).add(case.kind)
    debts: dict[int, dict[int, int]] = {each: {} for each in cases}
    for debt in ctx.session.scalars(select(HoldDebt).where(HoldDebt.case_id.in_(sorted(cases)))):
        debts[debt.case_id][debt.account_id] = debt.pence
    today = ctx.clock.today()
    found = tuple(_case(each, debts[each.id], today) for each in cases.values())
    return {person: frozenset(each) for person, each in kinds.items()}, found


def _case(case: HoldCase, debts: dict[int, int], today: date) -> Insolvency:
    over = case.end_reason in {CaseEnd.DISCHARGED, CaseEnd.RAN_OUT, CaseEnd.COMPLETED}
    over = over or (case.end_on is not None and case.end_on < today)
    owed = {account_id: Money(pence) for account_id, pence in debts.items()}
    return Insolvency(case.kind, case.reference, case.applied_on, over, owed)


def stopped(ctx: Context, account_ids: Collection[int]) -> dict[int, str]:
    """Why holds stop a write-off, by account."""
    return {each: why.reason for each, why in holds.stops(ctx, account_ids, Stop.WRITE_OFF).items()}


def breathing_until(ctx: Context, account_ids: Collection[int]) -> date | None:
    """Until when a breathing space protects one of some accounts (`date.max`: no end is set); None: none does."""
    ends = ctx.session.scalars(
        select(Hold.to_on).where(
            Hold.account_id.in_(sorted(account_ids)),
            Hold.kind == HoldKind.BREATHING_SPACE,
            holds.in_force(ctx.clock.today()),
        )
    ).all()
    return max((each or date.max for each in ends), default=None)


def arrangement(ctx: Context, account_ids: Collection[int]) -> str:
    """How a repayment arrangement on some accounts stands; empty where there is none, or it was cancelled."""
    found = [each for each in standing(ctx, account_ids).values() if each.state is not ArrangementState.CANCELLED]
    return f"{words_of(found[0])}." if found else ""


def written_off(ctx: Context, account_ids: Collection[int]) -> Money:
    """What was written off on some accounts in the last 12 months, less what came back."""
    first = months_after(ctx.clock.today(), -_YEAR)
    total = 0
    for chunk in in_chunks(sorted(account_ids)):
        total += (
            ctx.session.scalar(
                select(func.coalesce(func.sum(WriteOffDebt.pence - WriteOffDebt.back_pence), 0))
                .join(WriteOff, WriteOff.id == WriteOffDebt.write_off_id)
                .where(
                    WriteOffDebt.account_id.in_(chunk),
                    WriteOff.state == WriteOffState.POSTED,
                    WriteOff.posted_on > first,
                )
            )
            or 0
        )
    return Money(total)
