"""A mandate's schedule on screen: what it would be, what it is, how it came about, and what it collects next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.direct_debits.schedules import Collection, DebitSchedule
from app.models.values import CollectionState, ScheduleState
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.mandates.rules import OVER
from app.services.direct_debits.schedules import asking, gathering, keeping, shown, standing, telling
from app.services.direct_debits.schedules.dto import (
    ChangeTerms,
    CollectionRow,
    Explained,
    ScheduleOf,
    Terms,
    Version,
    Worked,
)
from app.services.rent.queries import account_by_reference


def preview(ctx: Context, account_ids: Sequence[int], terms: Terms, collect_from: date | None = None) -> Worked:
    """What a mandate set up today for these accounts, the main one first, would collect; nothing is kept.

    `collect_from` is the first day on which the bank lets something be collected; None: that of an instruction lodged today.

    Raises:
        UserError: the day won't do, or an account is restricted and not the officer's to open.
    """
    access.open_accounts(ctx, account_ids)
    keeping.refuse_terms(ctx, terms)
    return keeping.work(ctx, account_ids, terms, collect_from)


def rehearse_terms(ctx: Context, new: ChangeTerms) -> Worked:
    """What a mandate would collect by other terms, before they are saved.

    Raises:
        UserError: the day won't do, or there is no such mandate.
    """
    found = _standing(ctx, new.mandate_id)
    keeping.refuse_terms(ctx, new.terms, found.schedule.terms if found.schedule else None)
    basis = gathering.read(ctx, found.accounts)
    return asking.work_again(basis, found, new.terms, standing.limits(ctx), anyway=True)[0].worked


def of_mandate(ctx: Context, mandate_id: int) -> ScheduleOf:
    """The schedule in force of a mandate, and its collections by day, those dropped left out.

    Raises:
        UserError: there is no such mandate, or its account is restricted and not the officer's to open.
    """
    mandate = _opened(ctx, mandate_id)
    versions = shown.schedules(ctx, mandate_id)
    current = next((each for each in versions if each.state is ScheduleState.CURRENT), None)
    rows = select(Collection).where(Collection.mandate_id == mandate_id, Collection.state != CollectionState.DROPPED)
    found = ctx.session.scalars(rows.order_by(Collection.due_on, Collection.id)).all()
    return ScheduleOf(current, shown.collections(ctx, found), mandate.reference, _references(ctx, mandate_id))


def versions(ctx: Context, mandate_id: int) -> tuple[Version, ...]:
    """Every version of a mandate's schedule, the latest first, with what moved since the one before.

    Raises:
        UserError: as `of_mandate`.
    """
    _opened(ctx, mandate_id)
    found = shown.schedules(ctx, mandate_id)
    before = (*found[1:], None)
    return tuple(Version(each, telling.moved(old, each)) for each, old in zip(found, before, strict=True))


def next_collections(
    ctx: Context, mandate_id: int | None = None, account_id: int | None = None, most: int = 3
) -> tuple[CollectionRow, ...]:
    """The next collections of a mandate, or of every mandate that pays an account; those in a run too."""
    wanted = select(Collection).where(
        Collection.state.in_((CollectionState.PLANNED, CollectionState.IN_RUN)),
        Collection.due_on >= ctx.clock.today(),
    )
    if mandate_id is not None:
        wanted = wanted.where(Collection.mandate_id == mandate_id)
    if account_id is not None:
        access.open_account(ctx, account_id)
        paying = select(MandateAccount.mandate_id).where(MandateAccount.account_id == account_id)
        wanted = wanted.where(Collection.mandate_id.in_(paying))
    rows = ctx.session.scalars(wanted.order_by(Collection.due_on, Collection.id).limit(most)).all()
    return shown.collections(ctx, rows)


def collected_by(ctx: Context, mandate_id: int) -> int | None:
    """The version that a mandate is collected by now: that of this rent year while anything of it is to come.

    Raises:
        UserError: as `of_mandate`.
    """
    found = _standing(ctx, mandate_id)
    this = found.earlier
    if this is not None and any(each.until <= this.ends_on for each in found.open):
        return this.schedule_id
    return found.schedule.schedule_id if found.schedule is not None else None


def explain(ctx: Context, schedule_id: int) -> Explained:
    """The instalment of a version as a sum, with its dates.

    Raises:
        UserError: there is no such version, or its account is restricted and not the officer's to open.
    """
    row = ctx.session.get(DebitSchedule, schedule_id)
    if row is None:
        raise UserError(f"There is no schedule {schedule_id}.", "Look at the mandate again.")
    mandate = _opened(ctx, row.mandate_id)
    schedule = next(each for each in shown.schedules(ctx, row.mandate_id) if each.schedule_id == schedule_id)
    wanted = select(Collection).where(
        Collection.schedule_id == schedule_id, Collection.state != CollectionState.DROPPED
    )
    dates = ctx.session.scalars(wanted.order_by(Collection.due_on, Collection.id)).all()
    return telling.explained(
        schedule, mandate.reference, shown.collections(ctx, dates), dict(_references(ctx, row.mandate_id))
    )


def _standing(ctx: Context, mandate_id: int) -> standing.Standing:
    _opened(ctx, mandate_id)
    return standing.read(ctx, (mandate_id,))[mandate_id]


def _opened(ctx: Context, mandate_id: int) -> Mandate:
    mandate = ctx.session.get(Mandate, mandate_id)
    if mandate is None:
        raise UserError(f"There is no mandate {mandate_id}.", "Look at the list again.")
    access.open_accounts(ctx, [mandate.account_id, *(each for each, _ in _references(ctx, mandate_id))])
    return mandate


def _references(ctx: Context, mandate_id: int) -> tuple[tuple[int, str], ...]:
    """The accounts that a mandate pays, each with its payment reference."""
    rows = (
        select(Account.id, Account.payment_reference)
        .join(MandateAccount, MandateAccount.account_id == Account.id)
        .where(MandateAccount.mandate_id == mandate_id)
        .order_by(Account.id)
    )
    return tuple((account_id, reference or "") for account_id, reference in ctx.session.execute(rows))


def mandate_by_reference(ctx: Context, reference: str) -> int:
    """The mandate that a reference names: its own, or the payment reference of an account that one mandate pays.

    Raises:
        UserError: it names none, or several mandates pay the account.
    """
    key = reference.strip().upper()
    own = ctx.session.scalars(select(Mandate.id).where(Mandate.reference == key)).first()
    if own is not None:
        return own
    found = mandates_of(ctx, (account_by_reference(ctx, reference),))
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(f"No Direct Debit pays {reference}.", "Set up a mandate first.", "reference")
    names = ctx.session.scalars(select(Mandate.reference).where(Mandate.id.in_(found)).order_by(Mandate.id))
    raise UserError(
        f"{len(found)} Direct Debits pay {reference}.", f"Name the mandate: {', '.join(names)}.", "reference"
    )


def mandates_of(ctx: Context, account_ids: Sequence[int]) -> tuple[int, ...]:
    """The mandates that pay some accounts and are not over, by number."""
    found: set[int] = set()
    for chunk in in_chunks(sorted(set(account_ids))):
        rows = (
            select(Mandate.id)
            .join(MandateAccount, MandateAccount.mandate_id == Mandate.id)
            .where(MandateAccount.account_id.in_(chunk), Mandate.state.not_in(sorted(OVER)))
        )
        found.update(ctx.session.scalars(rows))
    return tuple(sorted(found))
