"""One line of a journal as it stands, for whoever wants to put it right."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.codes import TransactionCode
from app.models.ledger import Entry, Journal
from app.models.values import CodeKind, ExplainGroup, JournalKind, Money
from app.services.core.chunks import in_chunks
from app.services.core.context import Context


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A line of a journal.

    Attributes:
        own: it is one that the caller asked for, not a contra entry.
        either_side: its code may be posted as a debit and as a credit.
        reverses: the journal that its journal takes back; `reversed_by`: the one that took its journal back.
    """

    account_id: int
    code: str
    what: str
    kind: CodeKind
    group: ExplainGroup
    either_side: bool
    amount: Money
    effective_on: date
    rent_week: date | None
    narrative: str
    journal_kind: JournalKind
    own: bool
    reverses: int | None
    reversed_by: int | None


def line_of(ctx: Context, journal: int, line: int) -> StandingLine | None:
    """A line by its journal and number; None where there is none."""
    taken_back = aliased(Journal)
    row = ctx.session.execute(
        select(Entry, TransactionCode, Journal, taken_back.number.label("reversed_by"))
        .join(Journal, Journal.number == Entry.journal)
        .join(TransactionCode, TransactionCode.code == Entry.code)
        .outerjoin(taken_back, taken_back.reverses == Journal.number)
        .where(Entry.journal == journal, Entry.line == line)
    ).one_or_none()
    if row is None:
        return None
    entry, code, header = row.Entry, row.TransactionCode, row.Journal
    usual = code.kind not in {CodeKind.CHARGE, CodeKind.RECEIPT}
    return StandingLine(
        account_id=entry.account_id,
        code=entry.code,
        what=code.name,
        kind=code.kind,
        group=code.explain_group,
        either_side=code.active and (usual or code.allows_negative),
        amount=Money(entry.pence),
        effective_on=entry.effective_on,
        rent_week=entry.rent_week,
        narrative=entry.narrative,
        journal_kind=header.kind,
        own=line <= header.actual_count,
        reverses=header.reverses,
        reversed_by=row.reversed_by,
    )


def lines_of(ctx: Context, journal: int, account_id: int, code: str) -> tuple[tuple[int, Money], ...]:
    """The lines of a journal on an account by a code, each with its number and amount, in their order."""
    rows = select(Entry.line, Entry.pence).where(
        Entry.journal == journal, Entry.account_id == account_id, Entry.code == code
    )
    return tuple((row.line, Money(row.pence)) for row in ctx.session.execute(rows.order_by(Entry.line)))


def reversed_among(ctx: Context, journals: AbstractSet[int]) -> tuple[int, ...]:
    """Those of some journals that were reversed, in order."""
    found: list[int | None] = []
    for chunk in in_chunks(sorted(journals)):
        found += ctx.session.scalars(select(Journal.reverses).where(Journal.reverses.in_(chunk)))
    return tuple(sorted(each for each in found if each is not None))
