"""The check with the weight table that an administrator has loaded, or with the shipped one; said in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, select

from app.models.bacs import ModulusTable
from app.models.values import TableKind, Verdict
from app.services.bacs.dto import Checked, Destination, TableInForce
from app.services.bacs.modulus import shipped
from app.services.bacs.modulus.checking import fits
from app.services.bacs.modulus.table import Table, read_table
from app.services.core.calendars import months_after
from app.services.core.context import Context
from app.services.core.policy import Policy

NO_TABLE: Final = Checked(
    Verdict.UNCHECKED,
    "Not checked: no weight table is loaded. Only the number of digits was looked at.",
)
_OLD_MONTHS: Final = "bacs.table_old_months"
_READ: Final[dict[tuple[str, str], Table]] = {}
"""Tables as they were read, by the hashes of their two files: an officer's typing reads them once."""


@dataclass(frozen=True, slots=True)
class _InForce:
    table: Table
    name: str
    valid_from: date
    shipped: bool = False


def checker(ctx: Context) -> Callable[[Destination], Checked]:
    """The check by the table in force today; made once for many numbers."""
    return _by(_in_force(ctx) or _as_shipped(), ctx.policy, ctx.clock.today())


def shipped_checker(policy: Policy, today: date) -> Callable[[Destination], Checked]:
    """The check by the shipped table, where there is no database."""
    return _by(_as_shipped(), policy, today)


def judge(table: Table, account: Destination, name: str, *, old: bool = False) -> Checked:
    """What a table says of an account, as a sentence; `old` says that the table is too old to refuse by."""
    found = fits(table, account)
    if found is None:
        return Checked(Verdict.UNCHECKED, "Not checked: the weight table has no rule for this account.", name, old)
    by = f"Checked against an old table ({name}): the" if old else "The"
    if found:
        return Checked(Verdict.VALID, f"{by} account number fits the sort code.", name, old)
    doubt = "Compare both with a bank statement; they may be kept." if old else "A digit of one of them is wrong."
    return Checked(Verdict.INVALID, f"{by} account number doesn't fit the sort code. {doubt}", name, old)


def is_old(policy: Policy, valid_from: date, today: date) -> bool:
    """Whether a table in force since a day is older than the policy allows."""
    return months_after(valid_from, policy.number(_OLD_MONTHS, today)) < today


def latest(kind: TableKind, today: date, *columns: Any) -> Select[Any]:
    """The newest of the loaded files of a kind that are in force."""
    return (
        select(*columns)
        .where(ModulusTable.kind == kind, ModulusTable.valid_from <= today)
        .order_by(ModulusTable.valid_from.desc(), ModulusTable.id.desc())
        .limit(1)
    )


def in_force(ctx: Context) -> TableInForce | None:
    """The table that accounts are checked against today, with its age; None if there is none at all."""
    return _info(_in_force(ctx) or _as_shipped(), ctx.policy, ctx.clock.today())


def shipped_in_force(policy: Policy, today: date) -> TableInForce | None:
    """The shipped table with its age, where there is no database."""
    return _info(_as_shipped(), policy, today)


def _info(found: _InForce | None, policy: Policy, today: date) -> TableInForce | None:
    if found is None:
        return None
    old = is_old(policy, found.valid_from, today)
    return TableInForce(found.name, found.valid_from, _months(found.valid_from, today), old, found.shipped)


def _by(found: _InForce | None, policy: Policy, today: date) -> Callable[[Destination], Checked]:
    if found is None:
        return lambda _account: NO_TABLE
    old = is_old(policy, found.valid_from, today)
    return lambda account: judge(found.table, account, found.name, old=old)


def _months(first: date, last: date) -> int:
    """The whole months between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months_after(first, months) <= last else months - 1


def _as_shipped() -> _InForce | None:
    table = shipped.shipped_table()
    return None if table is None else _InForce(table, shipped.NAME, shipped.VALID_FROM, shipped=True)


def _in_force(ctx: Context) -> _InForce | None:
    today = ctx.clock.today()
    columns = (ModulusTable.id, ModulusTable.sha256, ModulusTable.name, ModulusTable.valid_from)
    weights = ctx.session.execute(latest(TableKind.WEIGHTS, today, *columns)).first()
    if weights is None:
        return None
    substitutions = ctx.session.execute(latest(TableKind.SUBSTITUTIONS, today, *columns)).first()
    key = (weights.sha256, substitutions.sha256 if substitutions else "")
    if key not in _READ:
        others = _content(ctx, substitutions.id) if substitutions else shipped.shipped_substitutions()
        _READ[key] = read_table(_content(ctx, weights.id), others)
    return _InForce(_READ[key], weights.name, weights.valid_from)


def _content(ctx: Context, table_id: int) -> bytes:
    return ctx.session.scalar(select(ModulusTable.content).where(ModulusTable.id == table_id)) or b""
