"""What the rest of Rentbook knows of a debt: letters, holds, insolvency, arrangements, earlier write-offs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import func, select

from app.models.holds import Hold, HoldCase, HoldCasePerson, HoldDebt
from app.models.letters import LetterTemplate, LetterTemplateVersion, Outgoing
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
UNDONE: Final = (CaseEnd.ANNULLED, CaseEnd.MISTAKE, CaseEnd.CANCELLED)
"""A case that ended so never was."""
_WENT_OUT: Final = (
    OutgoingState.PRINTED.value,
    OutgoingState.SENT.value,
    OutgoingState.DELIVERED.value,
    OutgoingState.RETURNED.value,
)
_WRITTEN: Final = (Channel.LETTER.value, Channel.EMAIL.value)
_YEAR: Final = 12


class Letter(NamedTuple):
    """The day of a letter that went out, and the day on which it came back."""

    on: date
    returned_on: date | None


def letters(ctx: Context, account_ids: Collection[int]) -> dict[int, list[Letter]]:
    """The letters and e-mails that went out about each account and ask for its debt: policy names their templates."""
    found: dict[int, list[Letter]] = defaultdict(list)
    templates = ctx.policy.value("write_offs.letters", ctx.clock.today()).replace(",", " ").split()
    for chunk in in_chunks(sorted(account_ids)):
        rows = ctx.session.execute(
            select(Outgoing.account_id, Outgoing.letter_date, Outgoing.returned_on)
            .join(LetterTemplateVersion, LetterTemplateVersion.id == Outgoing.template_version_id)
            .join(LetterTemplate, LetterTemplate.id == LetterTemplateVersion.template_id)
            .where(
                Outgoing.account_id.in_(chunk),
                LetterTemplate.key.in_(templates),
                Outgoing.channel.in_(_WRITTEN),
                Outgoing.state.in_(_WENT_OUT),
            )
        )
        for account_id, on, returned_on in rows:
            if account_id is not None:
                found[account_id].append(Letter(on, returned_on))
    return found


def insolvencies(ctx: Context, people: Collection[int]) -> dict[int, dict[int, Insolvency]]:
    """By person, the cases of insolvency that they are or were in, by the number of each; none that was annulled."""
    rows: list[tuple[HoldCase, int]] = []
    for chunk in in_chunks(sorted(people)):
        statement = (
            select(HoldCase, HoldCasePerson.person_id)
            .join(HoldCasePerson, HoldCasePerson.case_id == HoldCase.id)
            .where(HoldCasePerson.person_id.in_(chunk), HoldCase.kind.in_(_INSOLVENT))
        )
        rows += [(case, person) for case, person in ctx.session.execute(statement) if case.end_reason not in UNDONE]
    debts: dict[int, dict[int, Money]] = {case.id: {} for case, _ in rows}
    for chunk in in_chunks(sorted(debts)):
        for debt in ctx.session.scalars(select(HoldDebt).where(HoldDebt.case_id.in_(chunk))):
            debts[debt.case_id][debt.account_id] = Money(debt.pence)
    found: dict[int, dict[int, Insolvency]] = defaultdict(dict)
    for case, person in rows:
        found[person][case.id] = _case(case, debts[case.id], ctx.clock.today())
    return found


def _case(case: HoldCase, debts: Mapping[int, Money], today: date) -> Insolvency:
    over = case.end_reason in {CaseEnd.DISCHARGED, CaseEnd.RAN_OUT, CaseEnd.COMPLETED}
    over = over or (case.end_on is not None and case.end_on < today)
    return Insolvency(case.kind, case.reference, case.applied_on, over, debts)


def stopped(ctx: Context, account_ids: Collection[int]) -> dict[int, str]:
    """Why holds stop a write-off, by account."""
    return {each: why.reason for each, why in holds.stops(ctx, account_ids, Stop.WRITE_OFF).items()}


def breathing_until(ctx: Context, account_ids: Collection[int]) -> dict[int, date]:
    """Until when a breathing space protects each of some accounts (`date.max`: no end is set); only those that it does."""
    found: dict[int, date] = {}
    for chunk in in_chunks(sorted(account_ids)):
        statement = select(Hold.account_id, Hold.to_on).where(
            Hold.account_id.in_(chunk),
            Hold.kind == HoldKind.BREATHING_SPACE,
            holds.in_force(ctx.clock.today()),
        )
        for account_id, until in ctx.session.execute(statement):
            found[account_id] = max(found.get(account_id, date.min), until or date.max)
    return found


def arrangements(ctx: Context, account_ids: Collection[int]) -> dict[int, str]:
    """How a repayment arrangement on each of some accounts stands; none that was cancelled."""
    found = standing(ctx, account_ids).items()
    return {each: f"{words_of(how)}." for each, how in found if how.state is not ArrangementState.CANCELLED}


def written_off(ctx: Context, account_ids: Collection[int]) -> dict[int, Money]:
    """What was written off on each of some accounts in the last 12 months, less what came back."""
    found: dict[int, Money] = {}
    for chunk in in_chunks(sorted(account_ids)):
        statement = (
            select(WriteOffDebt.account_id, func.sum(WriteOffDebt.pence - WriteOffDebt.back_pence))
            .join(WriteOff, WriteOff.id == WriteOffDebt.write_off_id)
            .where(
                WriteOffDebt.account_id.in_(chunk),
                WriteOff.state == WriteOffState.POSTED,
                WriteOff.posted_on > months_after(ctx.clock.today(), -_YEAR),
            )
            .group_by(WriteOffDebt.account_id)
        )
        found |= {account_id: Money(pence) for account_id, pence in ctx.session.execute(statement)}
    return found
