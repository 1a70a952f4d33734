"""A period held against the finance system, what loading a file would do, and the reconciliations that were made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.models.officers import Officer
from app.models.purchase_orders.finance import FinanceFile, FinanceLine, FinanceReconciliation
from app.models.values import FinanceFileKind, FinanceLineState, Money, ReconciliationState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.finance.transactions import coding, gathering
from app.services.purchase_orders.finance.transactions.dto import (
    CodeSums,
    Held,
    LoadCheck,
    Ours,
    Pair,
    ReconciliationRow,
    Theirs,
    TransactionFile,
)

_NONE: Final = Money(0)


def held(ctx: Context, from_on: date, to_on: date) -> Held:
    """A period (both days included) of our book beside the transactions of the finance system.

    A document that is matched with a transaction of another period stands with its pair, on the side that the period has.

    Raises:
        UserError: the period ends before it begins.
    """
    if to_on < from_on:
        raise UserError("The last day is before the first.", "Change one of them.", "to_on")
    mine = {each.key: each for each in gathering.ours(ctx, from_on, to_on)}
    matched: list[Pair] = []
    differs: list[Pair] = []
    alone: list[Theirs] = []
    taken = set()
    for their in gathering.theirs(ctx, from_on, to_on):
        our = None
        if their.subject is not None and their.subject_id is not None and their.budget_id is not None:
            our = mine.get((their.subject, their.subject_id, their.budget_id))
        if our is None or our.key in taken:
            alone.append(their)
            continue
        taken.add(our.key)
        pair = Pair(their, our)
        (differs if pair.difference else matched).append(pair)
    left = tuple(our for key, our in mine.items() if key not in taken)
    codes = _by_code(matched, differs, left, alone)
    row = _standing(ctx, from_on, to_on)
    return Held(from_on, to_on, codes, _total(codes), tuple(matched), tuple(differs), left, tuple(alone), row)


def check(ctx: Context, file: TransactionFile) -> LoadCheck:
    """What loading a file would do: what is new of it, what came before, and codes that we have no budget of."""
    before = known(ctx, [each.fingerprint for each in file.rows])
    codes = coding.Codes(ctx)
    new = [each for each in file.rows if each.fingerprint not in before]
    unknown = Counter(f"{each.cost_centre} {each.subjective}".strip() for each in new if codes.budget_of(each) is None)
    return LoadCheck(len(new), len(file.rows) - len(new), file.total, dict(unknown.most_common()), file.mistakes)


def known(ctx: Context, fingerprints: Sequence[str]) -> frozenset[str]:
    """Which of these transactions are there already."""
    found: set[str] = set()
    for chunk in in_chunks(sorted(set(fingerprints))):
        found.update(ctx.session.scalars(select(FinanceLine.fingerprint).where(FinanceLine.fingerprint.in_(chunk))))
    return frozenset(found)


def loaded_before(ctx: Context, sha256: str) -> str:
    """The name by which the very same file was loaded; empty where it wasn't."""
    same = select(FinanceFile.file_name).where(
        FinanceFile.sha256 == sha256, FinanceFile.kind == FinanceFileKind.TRANSACTIONS
    )
    return ctx.session.scalars(same.order_by(FinanceFile.id).limit(1)).first() or ""


def reconciliations(ctx: Context) -> tuple[ReconciliationRow, ...]:
    """Every reconciliation, the latest period first."""
    order = (FinanceReconciliation.to_on.desc(), FinanceReconciliation.id.desc())
    return tuple(_row(*each) for each in ctx.session.execute(_rows().order_by(*order)))


def _rows() -> Select[*tuple[Any, ...]]:
    prepared, signed = aliased(Officer), aliased(Officer)
    return (
        select(FinanceReconciliation, prepared.name.label("prepared"), signed.name.label("signed"))
        .join(prepared, prepared.id == FinanceReconciliation.prepared_by)
        .join(signed, signed.id == FinanceReconciliation.signed_by, isouter=True)
    )


def _standing(ctx: Context, from_on: date, to_on: date) -> ReconciliationRow | None:
    same = _rows().where(FinanceReconciliation.from_on == from_on, FinanceReconciliation.to_on == to_on)
    found = ctx.session.execute(same.order_by(FinanceReconciliation.id.desc()).limit(1)).first()
    return None if found is None else _row(*found)


def _row(row: FinanceReconciliation, prepared: str, signed: str | None) -> ReconciliationRow:
    return ReconciliationRow(
        row.id,
        row.from_on,
        row.to_on,
        ReconciliationState(row.state),
        Money(row.ours_pence),
        Money(row.theirs_pence),
        Money(row.matched_pence),
        Money(row.ours_only_pence),
        Money(row.theirs_only_pence),
        Money(row.differs_pence),
        row.note,
        prepared,
        row.prepared_at.astimezone().date(),
        signed or "",
        row.signed_at.astimezone().date() if row.signed_at else None,
    )


def _by_code(
    matched: Iterable[Pair], differs: Iterable[Pair], ours: Iterable[Ours], theirs: Iterable[Theirs]
) -> tuple[CodeSums, ...]:
    """The sums of each code, in the order of the codes."""
    sums: defaultdict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for pair in matched:
        at = sums[pair.ours.code]
        at["ours"] += pair.ours.amount.pence
        at["theirs"] += pair.theirs.amount.pence
        at["matched"] += pair.ours.amount.pence
    for pair in differs:
        at = sums[pair.ours.code]
        at["ours"] += pair.ours.amount.pence
        at["theirs"] += pair.theirs.amount.pence
        at["differs"] += pair.difference.pence
    for our in ours:
        at = sums[our.code]
        at["ours"] += our.amount.pence
        at["ours_only"] += our.amount.pence
    for their in theirs:
        at = sums[their.code]
        at["theirs"] += their.amount.pence
        at["theirs_only"] += their.amount.pence
        at["explained"] += their.amount.pence if their.state is FinanceLineState.EXPLAINED else 0
    return tuple(_sums(code, sums[code]) for code in sorted(sums))


def _sums(code: str, at: dict[str, int]) -> CodeSums:
    names = ("ours", "theirs", "matched", "ours_only", "theirs_only", "differs", "explained")
    return CodeSums(code, *(Money(at[name]) for name in names))


def _total(codes: Iterable[CodeSums]) -> CodeSums:
    total = CodeSums("", *[_NONE] * 7)
    for each in codes:
        total = CodeSums(
            "",
            total.ours + each.ours,
            total.theirs + each.theirs,
            total.matched + each.matched,
            total.ours_only + each.ours_only,
            total.theirs_only + each.theirs_only,
            total.differs + each.differs,
            total.explained + each.explained,
        )
    return total
