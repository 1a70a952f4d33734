"""The proof that a copy is the same: rows, balances, control totals, documents, and the chain of journals."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.tables import metadata
from app.models.values import AccountKind, Money
from app.services.core.clock import Clock
from app.services.core.context import Context, CurrentOfficer
from app.services.core.policy import Policy
from app.services.core.progress import CancelToken, Progress
from app.services.ledger import digesting
from app.services.moving import copying
from app.services.moving.copying import Content
from app.services.moving.dto import Line

_NOBODY: Final = CurrentOfficer(0, "", "", frozenset(), frozenset())
_ACCOUNT: Final = metadata.tables["account"].c
_ENTRY: Final = metadata.tables["entry"].c
_JOURNAL: Final = metadata.tables["journal"].c
_PORTION: Final = 5_000


def context(session: Session, clock: Clock, progress: Progress, cancel: CancelToken) -> Context:
    """A context that only looks, for the ledger's own questions."""
    return Context(session, _NOBODY, clock, Policy(session), progress, cancel)


def nobody() -> CurrentOfficer:
    """Who runs the checks: they ask for no permission and change nothing."""
    return _NOBODY


def contents(found: Mapping[str, Content], target: Session, progress: Progress, cancel: CancelToken) -> Iterator[Line]:
    """Each table's rows, and a digest over all that stands in them, read back from the copy."""
    done, total = 0, sum(each.rows for each in found.values())

    def tick(rows: int) -> None:
        nonlocal done
        cancel.check()
        done += rows
        progress(done, total, "comparing")

    for table in copying.in_order():
        there = copying.content(target, table, tick)
        yield Line(f"{table.name}, rows", f"{found[table.name].rows:,}", f"{there.rows:,}")
        yield Line(f"{table.name}, content", found[table.name].digest[:16], there.digest[:16])


def counts(found: Mapping[str, int], target: Session) -> Iterator[Line]:
    """The rows of each table."""
    there = copying.counted(target)
    for name, rows in found.items():
        yield Line(f"{name}, rows", f"{rows:,}", f"{there[name]:,}")


def ledger(source: Session, target: Session) -> Iterator[Line]:
    """Balances of all accounts, the total of each control account by its entries, and how long the chain is."""
    for what, asked in _asked().items():
        yield Line(what, asked(source), asked(target))
    here, there = _controls(source), _controls(target)
    for name in sorted({*here, *there}):
        yield Line(f"Control account {name}", here.get(name, "none"), there.get(name, "none"))


def chain(source: Context, target: Context) -> Iterator[Line]:
    """Each journal's digest as the source has it, against what the copy's own entries and header come to."""
    kept = select(_JOURNAL.number, _JOURNAL.digest).order_by(_JOURNAL.number)
    theirs = {row.number: row.digest for row in source.session.execute(kept)}
    worked = dict(_worked_out(target))
    wrong = [number for number in sorted({*theirs, *worked}) if theirs.get(number) != worked.get(number)]
    first = f", the first is {wrong[0]}" if wrong else ""
    yield Line("Journals whose digest is proven", f"{len(theirs):,}", f"{len(theirs) - len(wrong):,}{first}")
    last = max(theirs, default=0)
    yield Line("Digest of the last journal", theirs.get(last, ""), worked.get(last, ""))


def _worked_out(ctx: Context) -> Iterator[tuple[int, str]]:
    before = digesting.GENESIS
    table = metadata.tables["journal"]
    for row in ctx.session.execute(select(table).order_by(table.c.number)).mappings().all():
        ctx.cancel.check()
        before = digesting.digest(ctx, row["number"], row, before)
        ctx.progress(0, 0, f"proving the chain: journal {row['number']}")
        yield row["number"], before


def _asked() -> dict[str, Callable[[Session], str]]:
    control = _ACCOUNT.kind == AccountKind.CONTROL

    def total(where: Any) -> Callable[[Session], str]:
        wanted = select(func.coalesce(func.sum(_ACCOUNT.balance_pence), 0)).where(where)
        return lambda session: Money(int(session.scalar(wanted) or 0)).dr_cr()

    return {
        "Balance of all accounts of tenants and others": total(~control),
        "Balance of all control accounts": total(control),
        "Accounts, each with its balance": _each_balance,
        "Entries, and their total": _entries,
    }


def _each_balance(session: Session) -> str:
    sha, number = hashlib.sha256(), 0
    wanted = select(_ACCOUNT.id, _ACCOUNT.balance_pence).order_by(_ACCOUNT.id)
    for account_id, pence in session.execute(wanted, execution_options={"yield_per": _PORTION}):
        sha.update(f"{account_id}:{pence}\n".encode())
        number += 1
    return f"{number:,} ({sha.hexdigest()[:16]})"


def _entries(session: Session) -> str:
    number, pence = session.execute(select(func.count(), func.coalesce(func.sum(_ENTRY.pence), 0))).one()
    return f"{number:,}, {Money(int(pence)).dr_cr()}"


def _controls(session: Session) -> dict[str, str]:
    """The total of the entries of each control account, by its code in the council's ledger."""
    sums = (
        select(_ACCOUNT.id, _ACCOUNT.ledger_code, func.coalesce(func.sum(_ENTRY.pence), 0))
        .select_from(metadata.tables["account"].outerjoin(metadata.tables["entry"], _ENTRY.account_id == _ACCOUNT.id))
        .where(_ACCOUNT.kind == AccountKind.CONTROL)
        .group_by(_ACCOUNT.id, _ACCOUNT.ledger_code)
    )
    return {f"{code or number}": Money(int(pence)).dr_cr() for number, code, pence in session.execute(sums)}
