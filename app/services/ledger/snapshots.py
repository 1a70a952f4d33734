"""Period-end balances of every account, as known now and as reported then, kept true by every posting since."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, insert, literal, or_, select, union_all, update
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


def keep(session: Session, first: int, last: int) -> None:
    """Add the entries of journals `first` to `last` to the snapshots that stand at or after their days."""
    within = ENTRY.c.journal.between(first, last)
    days = [
        session.scalar(select(func.min(ENTRY.c.effective_on)).where(within)),
        session.scalar(select(func.min(JOURNAL.c.accounting_on)).where(JOURNAL.c.number.between(first, last))),
    ]
    earliest = min(day for day in days if day)
    touched = select(Period.id).where(Period.snapshot_at.is_not(None), Period.ends_on >= earliest)
    if session.scalars(touched).first() is not None:
        parts = {
            "known_pence": _moved(_bucketed(ENTRY.c.effective_on).where(within)),
            "reported_pence": _moved(
                _bucketed(JOURNAL.c.accounting_on).join(JOURNAL, JOURNAL.c.number == ENTRY.c.journal).where(within)
            ),
        }
        for moved in parts.values():
            _add_missing(session, moved)
        for column, moved in parts.items():
            _add(session, moved, column)


def _bucketed(day: ColumnElement[date]) -> AnySelect:
    """Entries with the end of the first period with a snapshot that their day lies in or before."""
    periods = (
        select(PERIOD.c.ends_on, func.lag(PERIOD.c.ends_on).over(order_by=PERIOD.c.ends_on).label("after"))
        .where(PERIOD.c.snapshot_at.is_not(None))
        .subquery("bucket")
    )
    lies_in = and_(day <= periods.c.ends_on, or_(periods.c.after.is_(None), day > periods.c.after))
    return select(ENTRY.c.account_id, periods.c.ends_on, ENTRY.c.pence).select_from(ENTRY).join(periods, lies_in)


def _moved(bucketed: AnySelect) -> Subquery:
    """What each snapshot of each account is moved by; those that aren't are left out."""
    each = bucketed.subquery("each")
    sums = (
        select(each.c.account_id, each.c.ends_on, func.sum(each.c.pence).label("pence"))
        .group_by(each.c.account_id, each.c.ends_on)
        .subquery("sums")
    )
    reached = and_(PERIOD.c.snapshot_at.is_not(None), PERIOD.c.ends_on >= sums.c.ends_on)
    return (
        select(PERIOD.c.id.label("period_id"), sums.c.account_id, func.sum(sums.c.pence).label("pence"))
        .select_from(sums.join(PERIOD, reached))
        .group_by(PERIOD.c.id, sums.c.account_id)
        .having(func.sum(sums.c.pence) != 0)
        .subquery("moved")
    )


def _add_missing(session: Session, moved: Subquery) -> None:
    standing = exists().where(SNAPSHOT.c.period_id == moved.c.period_id, SNAPSHOT.c.account_id == moved.c.account_id)
    source = select(moved.c.period_id, moved.c.account_id, literal(0).label("known"), literal(0).label("reported"))
    columns = ["period_id", "account_id", "known_pence", "reported_pence"]
    session.execute(insert(SNAPSHOT).from_select(columns, source.where(~standing)))


def _add(session: Session, moved: Subquery, column: str) -> None:
    session.execute(
        update(SNAPSHOT)
        .where(SNAPSHOT.c.period_id == moved.c.period_id, SNAPSHOT.c.account_id == moved.c.account_id)
        .values({column: SNAPSHOT.c[column] + moved.c.pence})
    )
