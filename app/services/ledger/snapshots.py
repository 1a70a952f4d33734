"""Period-end balances of every account, as known now and as reported then, kept true by every posting since."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, func, insert, literal, or_, select, union_all, update
from sqlalchemy.orm import Session

from app.models.periods import Period
from app.models.values import Basis
from app.services.core.clock import Clock
from app.services.ledger.sql import ENTRY, JOURNAL, PERIOD, SNAPSHOT, AnySelect


def latest(session: Session, on: date) -> Period | None:
    """The latest period with a snapshot that ends on a day or before it."""
    return session.scalars(
        select(Period).where(Period.snapshot_at.is_not(None), Period.ends_on <= on).order_by(Period.ends_on.desc())
    ).first()


def movements(basis: Basis, after: date | None, upto: date) -> AnySelect:
    """(account_id, pence) of each entry after one day (None: from the first) up to and including another."""
    if basis is Basis.KNOWN:
        statement = select(ENTRY.c.account_id, ENTRY.c.pence)
        day: ColumnElement[date] = ENTRY.c.effective_on
    else:
        statement = select(ENTRY.c.account_id, ENTRY.c.pence).join(JOURNAL, JOURNAL.c.number == ENTRY.c.journal)
        day = JOURNAL.c.accounting_on
    statement = statement.where(day <= upto)
    return statement if after is None else statement.where(day > after)


def take(session: Session, period: Period, clock: Clock) -> None:
    """Take the balances at the end of a period, once: the snapshot before it plus what moved since."""
    if period.snapshot_at is not None:
        return
    before = latest(session, period.starts_on)
    after = before.ends_on if before else None
    parts = [
        movements(Basis.KNOWN, after, period.ends_on).add_columns(literal(0).label("reported")),
    ]
    reported = movements(Basis.REPORTED, after, period.ends_on).subquery()
    parts.append(select(reported.c.account_id, literal(0).label("pence"), reported.c.pence.label("reported")))
    if before:
        parts.append(
            select(SNAPSHOT.c.account_id, SNAPSHOT.c.known_pence, SNAPSHOT.c.reported_pence).where(
                SNAPSHOT.c.period_id == before.id
            )
        )
    moved = union_all(*parts).subquery("moved")
    source = select(
        literal(period.id), moved.c.account_id, func.sum(moved.c.pence), func.sum(moved.c.reported)
    ).group_by(moved.c.account_id)
    session.execute(insert(SNAPSHOT).from_select(["period_id", "account_id", "known_pence", "reported_pence"], source))
    period.snapshot_at = clock.now()
    session.flush()


def keep(session: Session, journal: int, accounting_on: date) -> None:
    """Add a journal's entries to the snapshots that stand at or after their days."""
    earliest = session.scalar(select(func.min(ENTRY.c.effective_on)).where(ENTRY.c.journal == journal))
    touched = select(Period.id).where(
        Period.snapshot_at.is_not(None), Period.ends_on >= min(earliest or accounting_on, accounting_on)
    )
    if session.scalar(select(touched.exists())):
        _add_missing(session, journal, accounting_on)
        _add(session, journal, PERIOD.c.ends_on >= ENTRY.c.effective_on, "known_pence")
        _add(session, journal, PERIOD.c.ends_on >= accounting_on, "reported_pence")


def _add_missing(session: Session, journal: int, accounting_on: date) -> None:
    standing = (
        select(SNAPSHOT.c.account_id)
        .where(SNAPSHOT.c.period_id == PERIOD.c.id, SNAPSHOT.c.account_id == ENTRY.c.account_id)
        .exists()
    )
    reached = or_(PERIOD.c.ends_on >= ENTRY.c.effective_on, PERIOD.c.ends_on >= accounting_on)
    source = (
        select(PERIOD.c.id, ENTRY.c.account_id, literal(0).label("known"), literal(0).label("reported"))
        .select_from(ENTRY.join(PERIOD, and_(PERIOD.c.snapshot_at.is_not(None), reached)))
        .where(ENTRY.c.journal == journal, ~standing)
        .distinct()
    )
    session.execute(insert(SNAPSHOT).from_select(["period_id", "account_id", "known_pence", "reported_pence"], source))


def _add(session: Session, journal: int, reached: ColumnElement[bool], column: str) -> None:
    sums = (
        select(PERIOD.c.id.label("period_id"), ENTRY.c.account_id, func.sum(ENTRY.c.pence).label("pence"))
        .select_from(ENTRY.join(PERIOD, and_(PERIOD.c.snapshot_at.is_not(None), reached)))
        .where(ENTRY.c.journal == journal)
        .group_by(PERIOD.c.id, ENTRY.c.account_id)
        .subquery("moved")
    )
    session.execute(
        update(SNAPSHOT)
        .where(SNAPSHOT.c.period_id == sums.c.period_id, SNAPSHOT.c.account_id == sums.c.account_id)
        .values({column: SNAPSHOT.c[column] + sums.c.pence})
    )
