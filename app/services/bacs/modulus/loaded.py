"""The check with whatever table an administrator has loaded, said in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, select

from app.models.bacs import ModulusTable
from app.models.values import TableKind, Verdict
from app.services.bacs.dto import Checked, Destination
from app.services.bacs.modulus.checking import fits
from app.services.bacs.modulus.table import Table, read_table
from app.services.core.calendars import months_after
from app.services.core.context import Context

NO_TABLE: Final = Checked(
    Verdict.UNCHECKED,
    "Not checked: no weight table is loaded. Only the number of digits was looked at.",
)


@dataclass(frozen=True, slots=True)
class _InForce:
    table: Table
    name: str
    valid_from: date


def checker(ctx: Context) -> Callable[[Destination], Checked]:
    """The check by the table in force today; made once for many numbers."""
    in_force = _in_force(ctx)
    if in_force is None:
        return lambda _account: NO_TABLE
    today = ctx.clock.today()
    months = ctx.policy.number("bacs.table_old_months", today)
    old = months_after(in_force.valid_from, months) < today
    return lambda account: judge(in_force.table, account, in_force.name, months if old else 0)


def judge(table: Table, account: Destination, name: str, old_months: int = 0) -> Checked:
    """What a table says of an account, as a sentence; `old_months` is how old it is at least, if that is too old."""
    found = fits(table, account)
    old = bool(old_months)
    if found is None:
        return Checked(Verdict.UNCHECKED, "Not checked: the weight table has no rule for this account.", name, old)
    aged = f" The weight table is over {old_months} months old." if old else ""
    if found:
        return Checked(Verdict.VALID, f"The account number fits the sort code.{aged}", name, old)
    doubt = aged or " A digit of one of them is wrong."
    return Checked(Verdict.INVALID, f"The account number doesn't fit the sort code.{doubt}", name, old)


def latest(kind: TableKind, today: date, *columns: Any) -> Select[Any]:
    """The newest of the loaded files of a kind that are in force."""
    return (
        select(*columns)
        .where(ModulusTable.kind == kind, ModulusTable.valid_from <= today)
        .order_by(ModulusTable.valid_from.desc(), ModulusTable.id.desc())
        .limit(1)
    )


def _in_force(ctx: Context) -> _InForce | None:
    today = ctx.clock.today()
    columns = (ModulusTable.content, ModulusTable.name, ModulusTable.valid_from)
    weights = ctx.session.execute(latest(TableKind.WEIGHTS, today, *columns)).first()
    if weights is None:
        return None
    substitutions = ctx.session.scalar(latest(TableKind.SUBSTITUTIONS, today, ModulusTable.content))
    return _InForce(read_table(weights.content, substitutions or b""), weights.name, weights.valid_from)
