"""Whose a reference is: an account's own, a tenancy's number, a pay point card's; of an account that ended, who owes now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, func, select

from app.models.accounts import Account
from app.models.reception_payments.pay_cards import PayCard
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, LineMatch
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.reception_payments.files.raw import tuples

_MAIN: Final = (AccountKind.RENT, AccountKind.GARAGE, AccountKind.LEASEHOLD)
_ACCOUNT: Final[Any] = Account.__table__
_TENANCY: Final[Any] = Tenancy.__table__
_CARD: Final[Any] = PayCard.__table__
_MANY: Final = 5_000
_KINDS: Final = {kind.value: kind for kind in AccountKind}
_Which = Callable[[], tuple[Any, Select[*tuple[Any, ...]]]]
"""The column of a kind of reference, and the accounts by it."""


class Found(NamedTuple):
    """An account, and by what it was found (a tuple: a file finds fifty thousand)."""

    account_id: int
    kind: AccountKind
    matched_by: LineMatch
    tenancy_id: int | None
    ended: bool


def accounts(ctx: Context, references: Iterable[str]) -> dict[str, Found]:
    """The accounts of some references, as they are looked up: those that are somebody's.

    What names an account that has ended finds the former tenant's account, where there is one.
    """
    wanted = sorted(set(references) - {""})
    look = _every if len(wanted) > _MANY else _found
    found = dict(look(ctx, wanted, _by_reference, LineMatch.REFERENCE))
    for which, matched_by in ((_by_card, LineMatch.PAY_CARD), (_by_tenancy, LineMatch.TENANCY)):
        left = [each for each in wanted if each not in found]
        found.update(_found(ctx, left, which, matched_by))
    return _moved_on(ctx, found)


def ours(ctx: Context, numbers: Iterable[str]) -> set[str]:
    """Which of some numbers are references of ours, though they look like card numbers."""
    wanted = sorted(set(numbers))
    known: set[str] = set()
    for which in (_by_reference, _by_card, _by_tenancy):
        known.update(key for key, _ in _found(ctx, wanted, which, LineMatch.REFERENCE))
    return known


def _found(ctx: Context, wanted: Sequence[str], which: _Which, matched_by: LineMatch) -> Iterator[tuple[str, Found]]:
    for chunk in in_chunks(wanted):
        ctx.cancel.check()
        key, statement = which()
        yield from _read(ctx, statement.where(key.in_(chunk)), matched_by)


def _every(ctx: Context, wanted: Sequence[str], which: _Which, matched_by: LineMatch) -> Iterator[tuple[str, Found]]:
    """The same for very many: all that there are are read once, which takes less than asking for each."""
    these = frozenset(wanted)
    key, statement = which()
    return (each for each in _read(ctx, statement.where(key.is_not(None)), matched_by) if each[0] in these)


def _read(ctx: Context, statement: Select[*tuple[Any, ...]], matched_by: LineMatch) -> Iterator[tuple[str, Found]]:
    for key, account_id, kind, tenancy_id, closed_on in tuples(ctx, statement):
        yield key, Found(account_id, _KINDS[kind], matched_by, tenancy_id, closed_on is not None)


def _by_reference() -> tuple[Any, Select[*tuple[Any, ...]]]:
    return _ACCOUNT.c.reference_key, select(_ACCOUNT.c.reference_key, *_account())


def _by_card() -> tuple[Any, Select[*tuple[Any, ...]]]:
    joined = _CARD.join(_ACCOUNT, _ACCOUNT.c.id == _CARD.c.account_id)
    return _CARD.c.reference, select(_CARD.c.reference, *_account()).select_from(joined)


def _by_tenancy() -> tuple[Any, Select[*tuple[Any, ...]]]:
    """The first main account of each tenancy."""
    first = (
        select(func.min(_ACCOUNT.c.id))
        .where(_ACCOUNT.c.tenancy_id == _TENANCY.c.id, _ACCOUNT.c.kind.in_(_MAIN))
        .correlate(_TENANCY)
        .scalar_subquery()
    )
    joined = _TENANCY.join(_ACCOUNT, _ACCOUNT.c.id == first)
    return _TENANCY.c.ref_key, select(_TENANCY.c.ref_key, *_account()).select_from(joined)


def _account() -> tuple[Any, ...]:
    return _ACCOUNT.c.id, _ACCOUNT.c.kind, _ACCOUNT.c.tenancy_id, _ACCOUNT.c.closed_on


def _moved_on(ctx: Context, found: dict[str, Found]) -> dict[str, Found]:
    """The former tenant's account in the place of each one that has ended."""
    tenancies = sorted({each.tenancy_id for each in found.values() if each.ended and each.tenancy_id is not None})
    former: dict[int, int] = {}
    for chunk in in_chunks(tenancies):
        rows = select(_ACCOUNT.c.tenancy_id, func.min(_ACCOUNT.c.id)).where(
            _ACCOUNT.c.tenancy_id.in_(chunk),
            _ACCOUNT.c.kind == AccountKind.FORMER_TENANT,
            _ACCOUNT.c.closed_on.is_(None),
        )
        former.update(tuple(row) for row in ctx.session.execute(rows.group_by(_ACCOUNT.c.tenancy_id)))
    if not former:
        return found
    return {
        key: Found(former[each.tenancy_id], AccountKind.FORMER_TENANT, LineMatch.FORMER, each.tenancy_id, ended=False)
        if each.ended and each.tenancy_id in former
        else each
        for key, each in found.items()
    }
