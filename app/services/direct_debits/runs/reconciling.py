"""A run held against its file, the Input report, the accounts and the control account; each difference is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import ColumnElement, func, select

from app.models.direct_debits.runs import DebitRun, DebitRunJournal, DebitRunLine
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, DebitRunState, Money
from app.services.core.context import Context
from app.services.direct_debits.runs import files, rules
from app.services.direct_debits.runs.dto import Figure, Reconciled
from app.services.ledger import plugged
from app.services.ledger import queries as ledger
from app.services.ledger.standing import reversed_among

_POSTED: Final = (CollectionState.POSTED, CollectionState.RETURNED, CollectionState.CLAIMED)


def register() -> None:
    """Plug the check of every run into `rentbook check`."""
    plugged.register("direct debits", check)


def check(ctx: Context) -> Iterator[str]:
    """Runs are numbered without a gap, each agrees with its file and the ledger, and nothing is in two that go on."""
    runs = ctx.session.scalars(select(DebitRun).order_by(DebitRun.number)).all()
    for expected, run in enumerate(runs, 1):
        if run.number != expected:
            yield f"Direct Debit run {expected} is missing: the next that is found is {run.number}."
            break
    for run in runs:
        if run.state not in rules.DEAD:
            yield from of(ctx, run).faults
        elif _journals(ctx, run)[0]:
            yield f"Direct Debit run {run.number} is {run.state.value}, but something of it is on the accounts."
    twice = (
        select(DebitRunLine.collection_id, func.count())
        .join(DebitRun, DebitRun.id == DebitRunLine.run_id)
        .where(
            DebitRun.state.not_in(sorted(rules.DEAD)),
            DebitRunLine.collection_id.is_not(None),
            DebitRunLine.refused_words.is_(None),
        )
        .group_by(DebitRunLine.collection_id)
        .having(func.count() > 1)
        .order_by(DebitRunLine.collection_id)
    )
    for collection, count in ctx.session.execute(twice):
        yield f"Collection {collection} is in {count} Direct Debit runs."


def of(ctx: Context, run: DebitRun) -> Reconciled:
    """The figures of a run, which must all be the same, and where they are not."""
    asked = [
        Figure("Asked for", run.asked_count, Money(run.asked_pence)),
        Figure("Its lines", *_sum(ctx, DebitRunLine.run_id == run.id)),
    ]
    file = files.file_of(ctx, run)
    if file is not None:
        asked.append(Figure(f"Bacs file {file.serial}", file.count, Money(file.pence)))
    taken = _taken(ctx, run)
    faults = (*_faults(run, asked, "asked for"), *_faults(run, taken, "taken"), *_reversed(ctx, run))
    return Reconciled(run.id, run.number, (*asked, *taken), faults)


def _taken(ctx: Context, run: DebitRun) -> list[Figure]:
    """What Bacs took of a run, which is all that was sent but for what it refused, and where that is now."""
    if run.matched_at is None or run.state in rules.DEAD:
        return []
    figures = [Figure("Taken by Bacs", run.count, Money(run.pence))]
    if run.refused_count:
        stand = _sum(ctx, DebitRunLine.run_id == run.id, DebitRunLine.refused_words.is_(None))
        figures.append(Figure("Its lines less those that Bacs refused", *stand))
    if run.state is DebitRunState.POSTED and run.pence:
        figures += [
            Figure("Collections posted", *_collections(ctx, run)),
            Figure("On the accounts", *_journals(ctx, run)),
            Figure("On the control account", run.count, _control(ctx, run)),
        ]
    return figures


def _faults(run: DebitRun, figures: list[Figure], what: str) -> Iterator[str]:
    for other in figures[1:]:
        first = figures[0]
        if (other.count, other.amount) != (first.count, first.amount):
            yield (
                f"Direct Debit run {run.number}, {other.name}: {other.count:,} of {other.amount}; "
                f"{first.count:,} of {first.amount} were {what}."
            )


def _reversed(ctx: Context, run: DebitRun) -> Iterator[str]:
    """What a run collected stays on the accounts until the bank takes it back: no journal of it is reversed."""
    journals = set(ctx.session.scalars(select(DebitRunJournal.journal).where(DebitRunJournal.run_id == run.id)))
    for journal in reversed_among(ctx, journals):
        yield f"Direct Debit run {run.number}: its journal {journal} was reversed."


def _sum(ctx: Context, *which: ColumnElement[bool]) -> tuple[int, Money]:
    sums = select(func.count(), func.coalesce(func.sum(DebitRunLine.pence), 0)).where(*which)
    count, pence = ctx.session.execute(sums).one()
    return count, Money(int(pence))


def _collections(ctx: Context, run: DebitRun) -> tuple[int, Money]:
    sums = (
        select(func.count(), func.coalesce(func.sum(Collection.pence), 0))
        .join(DebitRunLine, DebitRunLine.collection_id == Collection.id)
        .where(DebitRunLine.run_id == run.id, Collection.run_id == run.id, Collection.state.in_(_POSTED))
    )
    count, pence = ctx.session.execute(sums).one()
    return count, Money(int(pence))


def _journals(ctx: Context, run: DebitRun) -> tuple[int, Money]:
    sums = select(func.coalesce(func.sum(DebitRunJournal.count), 0), func.coalesce(func.sum(DebitRunJournal.pence), 0))
    count, pence = ctx.session.execute(sums.where(DebitRunJournal.run_id == run.id)).one()
    return int(count), Money(int(pence))


def _control(ctx: Context, run: DebitRun) -> Money:
    """What the run's journals put on the control account, by the ledger's own entries."""
    journals = ctx.session.scalars(select(DebitRunJournal.journal).where(DebitRunJournal.run_id == run.id)).all()
    return ledger.on_control(ctx, journals, "direct_debit")
