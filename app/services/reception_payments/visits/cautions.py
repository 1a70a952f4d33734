"""What officers must know of somebody before they see them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select

from app.models.accounts import Account
from app.models.holds import Flag
from app.models.people import PersonFlag, Tenant
from app.models.reception_payments.visits import Visit
from app.models.values import PersonFlagKind, VisitKind
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.reception_payments.visits.dto import Caution


def of_people(ctx: Context, person_ids: Collection[int]) -> dict[int, tuple[Caution, ...]]:
    """The flags that stand on some people, safety first. That there is one all may see, whoever may read its note."""
    today = ctx.clock.today()
    found: dict[int, list[Caution]] = {}
    for chunk in in_chunks(sorted(set(person_ids))):
        rows = select(PersonFlag).where(
            PersonFlag.person_id.in_(chunk),
            PersonFlag.from_on <= today,
            or_(PersonFlag.to_on.is_(None), PersonFlag.to_on >= today),
        )
        for flag in ctx.session.scalars(rows.order_by(PersonFlag.id)):
            found.setdefault(flag.person_id, []).append(Caution(flag.kind, flag.flag))
    return {
        person_id: tuple(sorted(flags, key=lambda each: each.kind is not PersonFlagKind.SAFETY))
        for person_id, flags in found.items()
    }


def on_accounts(ctx: Context, account_ids: Collection[int]) -> dict[int, tuple[Caution, ...]]:
    """The flags that stand on some accounts themselves, such as on a home where nobody goes alone."""
    today = ctx.clock.today()
    found: dict[int, tuple[Caution, ...]] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        rows = select(Flag.account_id, Flag.flag).where(
            Flag.account_id.in_(chunk), Flag.from_on <= today, or_(Flag.to_on.is_(None), Flag.to_on >= today)
        )
        for account_id, words in ctx.session.execute(rows.order_by(Flag.id)):
            shown = words.replace("_", " ").capitalize()
            found[account_id] = (*found.get(account_id, ()), Caution(PersonFlagKind.CAUTION, shown))
    return found


def of_accounts(ctx: Context, account_ids: Collection[int]) -> dict[int, tuple[Caution, ...]]:
    """The flags of everybody who holds some accounts: any of them may be who came."""
    holders: dict[int, set[int]] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        rows = (
            select(Account.id, Tenant.person_id)
            .join(Tenant, Tenant.tenancy_id == Account.tenancy_id)
            .where(Account.id.in_(chunk))
        )
        for account_id, person_id in ctx.session.execute(rows):
            holders.setdefault(account_id, set()).add(person_id)
    flags = of_people(ctx, {person_id for people in holders.values() for person_id in people})
    return {
        account_id: tuple(each for person_id in sorted(people) for each in flags.get(person_id, ()))
        for account_id, people in holders.items()
    }


def needs_two(ctx: Context, visit: Visit) -> bool:
    """Whether whoever came is seen by two: a safety flag stands on them, or on anybody of their account.

    Whoever calls is in nobody's room.
    """
    if visit.kind is VisitKind.CALL:
        return False
    flags = list(of_people(ctx, [visit.person_id]).get(visit.person_id, ())) if visit.person_id else []
    if visit.person_id is None and visit.account_id is not None:
        flags += of_accounts(ctx, [visit.account_id]).get(visit.account_id, ())
    return any(each.kind is PersonFlagKind.SAFETY for each in flags)
