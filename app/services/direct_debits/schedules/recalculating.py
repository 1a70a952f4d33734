"""Instalments worked out again, of one mandate or of all: rehearsed with what differs and why, then written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection, DebitSchedule, SchedulePart
from app.models.values import CollectionState, Money, ScheduleState
from app.services.core import access
from app.services.core.chunks import MOST_IN, in_chunks
from app.services.core.context import Context
from app.services.core.garbage import search_paused
from app.services.direct_debits.mandates.rules import COLLECTS
from app.services.direct_debits.schedules import gathering, standing
from app.services.direct_debits.schedules.asking import Found, work_again
from app.services.direct_debits.schedules.dto import Difference, Part, Rehearsal, Scope
from app.services.direct_debits.schedules.gathering import Basis
from app.services.direct_debits.schedules.queries import mandates_of
from app.services.direct_debits.schedules.reasons import Before, reasons
from app.services.direct_debits.schedules.writing import NewVersion, write

_OWN = "It is your own account, or one that you declared: a colleague recalculates it."


def rehearse(ctx: Context, scope: Scope) -> Rehearsal:
    """What recalculating would change, and why: nothing is kept. Restricted records have no name.

    Mandates that collect are looked at: those named, those that pay the accounts named, else every one.
    """
    looked = 0
    found: list[Difference] = []
    ids = _ids(ctx, scope)
    for chunk in in_chunks(ids):
        ctx.cancel.check()
        with search_paused():
            basis, each = worked_again(ctx, chunk, next_year=scope.next_year)
            found += differences(ctx, basis, [one for one in each if one.changes or scope.every])
        looked += len({one.standing.mandate_id for one in each})
        ctx.progress(looked, len(ids), "Working out instalments")
    named = scope.mandate_ids is not None or scope.account_ids is not None
    return Rehearsal(looked, tuple(sorted(found, key=_by_size)), tuple(_without(ctx, ids if named else None)))


def carry_out(ctx: Context, mandate_ids: Sequence[int], *, next_year: bool = False) -> tuple[int, int, set[int]]:
    """Write a new version of each of these mandates whose instalment moves; the others stay as they are.

    Returns:
        How many were written, how many were left out because the officer may not work on them, and the accounts touched.
    """
    count = left = 0
    touched: set[int] = set()
    for chunk in in_chunks(sorted(set(mandate_ids))):
        ctx.cancel.check()
        with search_paused():
            made, moving = _write(ctx, chunk, next_year=next_year)
        count, left = count + len(made), left + moving - len(made)
        touched.update(account_id for one in made for account_id in one.standing.accounts)
        ctx.progress(count, len(mandate_ids), "Writing schedules")
    return count, left, touched


def _write(ctx: Context, chunk: Sequence[int], *, next_year: bool) -> tuple[list[NewVersion], int]:
    """The versions written of some mandates, one of each, and how many of them move."""
    basis, each = worked_again(ctx, chunk, next_year=next_year)
    moving = [one for one in each if one.changes]
    told = {one.mandate_id: one for one in differences(ctx, basis, moving)}
    made: dict[int, NewVersion] = {}
    after: list[NewVersion] = []
    for one in moving:
        mandate_id = one.standing.mandate_id
        if _refused(told, mandate_id):
            continue
        version = NewVersion(one.standing, one.worked, one.replaced, _reason(told[mandate_id]))
        if made.setdefault(mandate_id, version) is not version:
            after.append(version)
    for versions in (list(made.values()), after):
        if versions:
            write(ctx, versions)
    return list(made.values()), len({one.standing.mandate_id for one in moving})


def worked_again(ctx: Context, mandate_ids: Sequence[int], *, next_year: bool = False) -> tuple[Basis, list[Found]]:
    """The instalments of at most 900 mandates as they would be now; a fixed number of statements.

    Of a mandate whose next rent year has its schedule already there are two where this year moves, this year first.
    """
    assert len(mandate_ids) <= MOST_IN
    stands = [each for each in standing.read(ctx, mandate_ids).values() if each.state in COLLECTS]
    basis = gathering.read(ctx, [account_id for each in stands for account_id in each.accounts])
    limit = standing.limits(ctx)
    found: list[Found] = []
    for each in stands:
        if each.terms is not None:
            found += work_again(basis, each, each.terms, limit, next_year=next_year)
    return basis, found


def differences(ctx: Context, basis: Basis, found: Sequence[Found]) -> list[Difference]:
    """What differs of mandates that were worked out again, with the reasons; of two years of one it is told together."""
    if not found:
        return []
    then = {each.standing.mandate_id: each for each in found}
    found = list({each.standing.mandate_id: each for each in reversed(found)}.values())[::-1]
    parts = parts_of(ctx, [each.standing.schedule.schedule_id for each in found if each.standing.schedule])
    back = _back(ctx, [each.standing.mandate_id for each in found])
    names = _names(ctx, [each.standing.mandate_id for each in found])
    hidden, shut = access.restricted_accounts(ctx), access.closed_accounts(ctx)
    declared = access.declared_accounts(ctx)
    goes_from = standing.limits(ctx).goes_from
    told: list[Difference] = []
    for each in found:
        version = each.standing.schedule
        assert version is not None
        before = Before(
            version,
            tuple(parts[version.schedule_id]),
            each.replaced,
            goes_from,
            tuple((on, pence) for on, pence in back[each.standing.mandate_id] if on >= version.made_on),
        )
        why = reasons(basis, before, each.standing.accounts, each.worked) if each.changes else ()
        why = (*why, *_next_year(each, then[each.standing.mandate_id]))
        made = _difference(each, why, names[each.standing.mandate_id])
        own = set(each.standing.accounts)
        if own & shut:
            continue
        if own & hidden:
            made = replace(made, name=access.RESTRICTED_NAME)
        told.append(replace(made, refused=_OWN) if own & declared else made)
    return told


def _ids(ctx: Context, scope: Scope) -> list[int]:
    if scope.mandate_ids is not None:
        return sorted(set(scope.mandate_ids))
    if scope.account_ids is not None:
        return list(mandates_of(ctx, scope.account_ids))
    rows = (
        select(DebitSchedule.mandate_id)
        .join(Mandate, Mandate.id == DebitSchedule.mandate_id)
        .where(DebitSchedule.state == ScheduleState.CURRENT, Mandate.state.in_(COLLECTS))
        .order_by(DebitSchedule.mandate_id)
    )
    return list(ctx.session.scalars(rows))


def _without(ctx: Context, mandate_ids: Sequence[int] | None) -> Iterator[str]:
    """The references of mandates, of some or of all, that collect and have no schedule."""
    has = select(DebitSchedule.id).where(
        DebitSchedule.mandate_id == Mandate.id, DebitSchedule.state == ScheduleState.CURRENT
    )
    rows = select(Mandate.reference).where(Mandate.state.in_(COLLECTS), ~has.exists())
    some = [rows] if mandate_ids is None else [rows.where(Mandate.id.in_(chunk)) for chunk in in_chunks(mandate_ids)]
    for each in some:
        yield from ctx.session.scalars(each.order_by(Mandate.reference))


def _difference(each: Found, why: tuple[str, ...], named: tuple[str, str, str]) -> Difference:
    reference, account, name = named
    told = [one for one in each.replaced if one.noticed_pence is not None]
    was = max(((one.planned_on, one.pence) for one in each.replaced), default=None)
    version = each.standing.schedule
    if was is None and version is not None and version.count and each.worked.ends_on > version.ends_on:
        was = (version.ends_on, version.usual)
    planned = each.worked.planned
    return Difference(
        mandate_id=each.standing.mandate_id,
        account_id=each.standing.account_id,
        reference=reference,
        account=account,
        name=name,
        was=Money(was[1]) if was is not None else None,
        now=each.worked.usual if planned else None,
        first=each.worked.first if planned else None,
        count=len(planned),
        next_on=planned[0].due_on if planned else None,
        forecast=each.worked.forecast,
        reasons=(*why, each.worked.why) if each.worked.why else why,
        told=bool(told),
        changes=each.changes,
    )


def _next_year(this: Found, then: Found) -> Iterator[str]:
    """What becomes of the schedule of the next rent year, where this year moves too."""
    version = then.standing.schedule
    if then is not this and version is not None and then.worked.usual.pence != version.usual:
        usual = f"{then.worked.usual} each" if then.worked.planned else "nothing is collected"
        until = f"{then.worked.ends_on.day} {then.worked.ends_on:%b %Y}"
        yield f"The schedule until {until} follows: {usual}, not {Money(version.usual)}."


def parts_of(ctx: Context, schedule_ids: Sequence[int]) -> defaultdict[int, list[Part]]:
    """The parts of versions as they were kept, by version."""
    found: defaultdict[int, list[Part]] = defaultdict(list)
    columns = (
        SchedulePart.schedule_id,
        SchedulePart.kind,
        SchedulePart.account_id,
        SchedulePart.pence,
        SchedulePart.words,
    )
    for chunk in in_chunks(schedule_ids):
        rows = select(*columns).where(SchedulePart.schedule_id.in_(chunk)).order_by(SchedulePart.place)
        for schedule_id, kind, account_id, pence, words in ctx.session.execute(rows):
            found[schedule_id].append(Part(kind, account_id, Money(pence), words))
    return found


def _back(ctx: Context, mandate_ids: Sequence[int]) -> defaultdict[int, list[tuple[date, int]]]:
    """What came back of each mandate: the day, and the pence."""
    found: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    came = (CollectionState.RETURNED, CollectionState.CLAIMED)
    for chunk in in_chunks(mandate_ids):
        rows = select(Collection.mandate_id, Collection.returned_on, Collection.pence).where(
            Collection.mandate_id.in_(chunk), Collection.state.in_(came), Collection.returned_on.is_not(None)
        )
        for mandate_id, on, pence in ctx.session.execute(rows):
            if on is not None:
                found[mandate_id].append((on, pence))
    return found


def _names(ctx: Context, mandate_ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """The reference of each mandate, and the payment reference and name of its main account."""
    found: dict[int, tuple[str, str, str]] = {}
    for chunk in in_chunks(mandate_ids):
        rows = (
            select(Mandate.id, Mandate.reference, Account.payment_reference, Account.name)
            .join(Account, Account.id == Mandate.account_id)
            .where(Mandate.id.in_(chunk))
        )
        for mandate_id, reference, account, name in ctx.session.execute(rows):
            found[mandate_id] = (reference, account or "", name)
    return found


def _refused(told: dict[int, Difference], mandate_id: int) -> bool:
    return mandate_id not in told or bool(told[mandate_id].refused)


def _reason(difference: Difference) -> str:
    """As much of the reasons as is kept with a version, in whole sentences."""
    return " ".join(_whole(difference.reasons)) or "Recalculated"


def _whole(sentences: Sequence[str]) -> Iterator[str]:
    room = 200
    for each in sentences:
        if len(each) > room:
            return
        room -= len(each) + 1
        yield each


def _by_size(each: Difference) -> tuple[int, str]:
    moved = abs((each.now.pence if each.now else 0) - (each.was.pence if each.was else 0))
    return -moved, each.reference
