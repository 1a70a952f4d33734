"""Setting a charge: what it will do, worked out once for the preview, the command and the approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.charges import Charge, PropertyCharge
from app.models.endings import Ending
from app.models.values import ZERO, EndingState, LimitKind, Money
from app.services.benefits.keeping import rent_changed
from app.services.charges.differences import (
    AsIf,
    ChargeDifference,
    difference_of,
    differences,
    post_differences,
)
from app.services.charges.dto import Span
from app.services.charges.elements import rules
from app.services.charges.elements.checking import Checked, checked
from app.services.charges.elements.dto import ChargeSet, Dated, SetCharge
from app.services.charges.facts import elements_of, flagged
from app.services.charges.notices import keeping as notices
from app.services.charges.notices.rules import is_valid, needs_notice
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.limits import limit_of
from app.services.ledger.dto import Posted

AREAS: Final = frozenset({"rent", "charges", "ledger", "letters", "diary"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What setting a charge will do.

    Attributes:
        before, after: the amounts before and on its first day; None where there is none.
        found: what was charged against what should have been, in weeks that were charged already.
        needs_notice: the tenant has to be given notice.
        served_on: when notice of it was or will be served, if it was or will be.
        valid: it needs none, or the notice is in time.
        leaving: notice was given that the tenancy ends, before the first day.
        over_limit: why the officer may not put the charged weeks right alone, as a sentence; empty if they may.
    """

    checked: Checked
    before: Money | None
    after: Money | None
    found: tuple[ChargeDifference, ...]
    needs_notice: bool
    served_on: date | None
    valid: bool
    terms: notices.Terms
    leaving: bool
    over_limit: str

    @property
    def adjusted(self) -> Money:
        """What the charged weeks come to; a debit where too little was charged."""
        return difference_of(self.found)


def plan(ctx: Context, new: SetCharge) -> Plan:
    """What setting a charge will do.

    Raises:
        UserError: it can't be set (`checking.checked`).
    """
    access.open_account(ctx, new.account_id)
    new = replace(new, code=new.code.strip().upper())
    ready = checked(ctx, new)
    before, after = ready.before_on(new.from_on), new.weekly
    needed = needs_notice(ready.tenancy.tenure, before, after)
    terms = notices.terms(ctx, ctx.clock.today())
    served = notices.served(ctx, new.account_id, new.from_on)
    if served is None and needed and new.notify:
        served = terms.served(ctx.clock.today())
    found = differences(ctx, [new.account_id], new.from_on, as_if=_as_if(ctx, new, ready))
    return Plan(
        checked=ready,
        before=before,
        after=after,
        found=found,
        needs_notice=needed,
        served_on=served,
        valid=not needed or is_valid(served, new.from_on, terms.days),
        terms=terms,
        leaving=_leaving(ctx, ready.tenancy.id, new.from_on),
        over_limit=over_limit(ctx, difference_of(found)),
    )


def carry_out(ctx: Context, new: SetCharge, ready: Plan, authorised_by: int | None = None) -> ChargeSet:
    """Set the charge, put the charged weeks right and give notice; `plan` said that it may be.

    Raises:
        UserError: the change needs a notice that isn't valid, and no excuse is given, or the account isn't the officer's to
            work on.
    """
    access.touch(ctx, (new.account_id,))
    refuse_without_notice(new, ready)
    write(ctx, new.account_id, ready.checked.code.code, ready.checked.after)
    if new.for_property:
        set_property(ctx, ready.checked.tenancy.property_id, new)
    posted = _put_right(ctx, new, authorised_by)
    rent_changed(ctx, (new.account_id,), new.from_on)
    letter = None
    if new.notify:
        why_late = "" if ready.valid else new.excuse.strip()
        letter = notices.give(ctx, new.account_id, new.from_on, why=new.reason.strip(), excuse=why_late)
    elif not ready.valid:
        notices.excuse(ctx, new.account_id, new.from_on, new.excuse.strip())
    return ChargeSet(
        account_id=new.account_id,
        told=_told(ready, new, posted, letter),
        changes=Changes(AREAS, frozenset({new.account_id})),
        journal=posted.journal if posted else None,
        adjusted=ready.adjusted if posted else ZERO,
        letter_id=letter.letter_id if letter else None,
    )


def refuse_without_notice(new: SetCharge, ready: Plan) -> None:
    """Refuse what is dearer from a day for which no notice is in time, unless it is excused.

    Raises:
        UserError: the day is too early.
    """
    if ready.valid or new.excuse.strip():
        return
    raise UserError(
        f"A higher charge needs {ready.terms.days} days' notice (Housing Act 1985 s.103), and from "
        f"{_day(new.from_on)} there is none that is in time.",
        "Choose a later day, or say why it stands without a notice.",
        "excuse",
    )


def over_limit(ctx: Context, adjusted: Money) -> str:
    """Why an adjustment is above what the officer may post alone, as a sentence; empty if it isn't."""
    if not adjusted:
        return ""
    kind = LimitKind.ADJUSTMENT_DEBIT if adjusted.pence > 0 else LimitKind.ADJUSTMENT_CREDIT
    limit = limit_of(ctx.session, ctx.officer.id, kind)
    if abs(adjusted.pence) <= limit.line.pence:
        return ""
    word = "debit" if adjusted.pence > 0 else "credit"
    return f"A {word} of {abs(adjusted)} is above your limit of {limit.line}: another officer approves it first."


def write(ctx: Context, account_id: int, code: str, after: Sequence[Dated]) -> None:
    """Write an account's dated amounts of one code as they are to be: only what differs is touched."""
    statement = select(Charge).where(Charge.account_id == account_id, Charge.code == code)
    standing = {row.from_on: row for row in ctx.session.scalars(statement)}
    wanted = {each.span.first: each for each in after}
    for from_on, row in standing.items():
        if from_on not in wanted:
            ctx.session.delete(row)
    for from_on, each in wanted.items():
        kept = standing.get(from_on)
        if kept is None:
            kept = Charge(account_id=account_id, code=code, from_on=from_on)
            ctx.session.add(kept)
        kept.amount_pence, kept.to_on = each.weekly.pence, each.span.last
    ctx.session.flush()


def set_property(ctx: Context, property_id: int, new: SetCharge) -> None:
    """Set what a property is let at, as a charge of its tenancy is set."""
    statement = select(PropertyCharge).where(PropertyCharge.property_id == property_id, PropertyCharge.code == new.code)
    standing = {row.from_on: row for row in ctx.session.scalars(statement.order_by(PropertyCharge.from_on))}
    history = tuple(Dated(Money(row.amount_pence), Span(row.from_on, row.to_on)) for row in standing.values())
    wanted = {each.span.first: each for each in rules.set_from(history, new.from_on, new.weekly, new.to_on)}
    for from_on, row in standing.items():
        if from_on not in wanted:
            ctx.session.delete(row)
    for from_on, each in wanted.items():
        kept = standing.get(from_on)
        if kept is None:
            kept = PropertyCharge(property_id=property_id, code=new.code, from_on=from_on)
            ctx.session.add(kept)
        kept.amount_pence, kept.to_on = each.weekly.pence, each.span.last
    ctx.session.flush()


def _leaving(ctx: Context, tenancy_id: int, from_on: date) -> bool:
    """Whether notice that the tenancy ends stands and was given before a day."""
    stands = select(Ending.id).where(
        Ending.tenancy_id == tenancy_id, Ending.state == EndingState.NOTICE, Ending.notice_on < from_on
    )
    return ctx.session.scalars(stands).first() is not None


def _as_if(ctx: Context, new: SetCharge, ready: Checked) -> AsIf:
    """The account's charges as they will be."""
    kept = elements_of(ctx, [new.account_id]).get(new.account_id, ())
    others = tuple(each for each in kept if each.code != new.code)
    own = tuple(flagged(ready.code, new.code, each.weekly, each.span) for each in ready.after)
    return AsIf(elements={new.account_id: (*others, *own)})


def _put_right(ctx: Context, new: SetCharge, authorised_by: int | None) -> Posted | None:
    key = f"charge set:{new.account_id}:{new.code}:{new.from_on}:{ctx.clock.now().isoformat()}"
    return post_differences(ctx, [new.account_id], new.from_on, new.reason, key, authorised_by=authorised_by)


def _told(ready: Plan, new: SetCharge, posted: Posted | None, letter: notices.Given | None) -> str:
    name = ready.checked.code.name
    said = [
        f"{name} is {new.weekly} a week from {_day(new.from_on)}."
        if new.weekly is not None
        else f"{name} is not charged from {_day(new.from_on)} on."
    ]
    if posted and ready.adjusted:
        side = "debited" if ready.adjusted.pence > 0 else "credited"
        said.append(f"{abs(ready.adjusted)} is {side} for the weeks charged, by journal {posted.journal}.")
    if letter is not None:
        said.append(
            "The rent notice is in Letters." if letter.letter_id else f"A task asks for the notice: {letter.why_not}"
        )
    return " ".join(said)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
