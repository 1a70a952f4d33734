"""What the sheets of changes are filled from, what saving one will do, and a tenancy's history."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.properties import Property
from app.models.tenancies import Tenancy, TenancyEvent
from app.models.values import Money, PropertyType, Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.rent.opening import account_of
from app.services.rent.rules import one_line
from app.services.tenancies import keeping as tenancies
from app.services.tenancies.changes import decanting, keeping, reading, trial
from app.services.tenancies.changes.dto import Change
from app.services.tenancies.changes.reading import Standing, holder
from app.services.tenancies.changes.shown import ChangeForm, Garage, HistoryRow, TenancyHistory


def form(ctx: Context, account_id: int) -> ChangeForm:
    """What the sheets of changes show of an account's tenancy.

    Raises:
        UserError: the account belongs to no tenancy, or it is restricted and not the officer's to open.
    """
    found = reading.standing(ctx, _tenancy_id(ctx, account_id))
    tenancy, account = found.tenancy, found.case.account
    days = trial.days(ctx, tenancy)
    balance = Money(account.balance_pence)
    return ChangeForm(
        tenancy_id=tenancy.id,
        version=tenancy.version,
        tenancy_ref=tenancy.ref,
        account_id=account.id,
        reference=account.payment_reference or "",
        name=account.name,
        address=found.case.address,
        type=found.case.place.type,
        tenure=tenancy.tenure,
        payment_method=tenancy.payment_method,
        start_on=tenancy.start_on,
        end_on=tenancy.end_on,
        holders=tuple(map(holder, found.holders)),
        left=tuple(map(holder, found.left)),
        trial_ends_on=days.ends_on if days else None,
        extended_to=days.extended_to if days and not days.extended else None,
        notice_by=days.notice_by if days else None,
        succeeded=tenancy.succeeded,
        decanted=decanting.decanted(ctx, tenancy) is not None,
        balance=balance.dr_cr(),
        owes=balance.pence > 0,
        garages=_garages(ctx, found),
    )


def preview(ctx: Context, change: Change) -> tuple[Effect, ...]:
    """What a change will do.

    Raises:
        UserError: it can't be made, where that can be told beforehand.
    """
    return keeping.preview(ctx, change)


def history(ctx: Context, account_id: int) -> TenancyHistory | None:
    """The tenancy of an account with what happened to it, the latest first; None where the account belongs to none.

    Raises:
        UserError: it is restricted and not the officer's to open.
    """
    access.open_account(ctx, account_id)
    account = ctx.session.get(Account, account_id)
    if account is None or account.tenancy_id is None:
        return None
    found = reading.standing(ctx, account.tenancy_id)
    tenancy = found.tenancy
    before = ctx.session.get(Tenancy, tenancy.before_id) if tenancy.before_id is not None else None
    return TenancyHistory(
        tenancy_ref=tenancy.ref,
        tenure=tenancy.tenure,
        start_on=tenancy.start_on,
        end_on=tenancy.end_on,
        trial_ends_on=tenancy.trial_ends_on,
        term_ends_on=tenancy.term_ends_on,
        before=before.ref if before else "",
        succeeded=tenancy.succeeded,
        holders=tuple(map(holder, found.holders)),
        left=tuple(map(holder, found.left)),
        rows=_rows(ctx, tenancy.id),
    )


def _rows(ctx: Context, tenancy_id: int) -> tuple[HistoryRow, ...]:
    other = aliased(Tenancy)
    statement = (
        select(TenancyEvent, Officer.name, other.ref)
        .join(Officer, Officer.id == TenancyEvent.officer_id)
        .outerjoin(other, other.id == TenancyEvent.other_id)
        .where(TenancyEvent.tenancy_id == tenancy_id)
        .order_by(TenancyEvent.effective_on.desc(), TenancyEvent.id.desc())
    )
    return tuple(
        HistoryRow(
            event_id=event.id,
            change=event.change,
            effective_on=event.effective_on,
            at=event.at,
            by=by,
            words=event.words,
            other=ref or "",
            other_account=account_of(ctx, Subject.TENANCY, event.other_id) if event.other_id else None,
            journal=event.journal,
        )
        for event, by, ref in ctx.session.execute(statement)
    )


def _garages(ctx: Context, found: Standing) -> tuple[Garage, ...]:
    made = []
    linked = tenancies.near_garages(ctx, found.tenancy.id)
    for each in found.case.garages:
        place = ctx.session.get_one(Property, each.property_id)
        made.append(Garage(each.id, one_line(place.address_1, place.address_2, place.postcode), each.id in linked))
    return tuple(made) if found.case.place.type is PropertyType.DWELLING else ()


def _tenancy_id(ctx: Context, account_id: int) -> int:
    access.open_account(ctx, account_id)
    account = ctx.session.get(Account, account_id)
    if account is None or account.tenancy_id is None:
        raise UserError("This account belongs to no tenancy, so there is none to change.", "Choose the rent account.")
    return account.tenancy_id
