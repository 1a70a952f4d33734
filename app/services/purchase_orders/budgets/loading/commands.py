"""Budgets of a file loaded: all of it or nothing. A budget that there is already is never changed without a second officer."""

from __future__ import annotations

from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.values import BudgetMoveKind, Money
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.imports.one_sheet import refusal
from app.services.purchase_orders.budgets import moves, originals, rules
from app.services.purchase_orders.budgets.dto import NewMove
from app.services.purchase_orders.budgets.loading import checking
from app.services.purchase_orders.budgets.loading.checking import Known
from app.services.purchase_orders.budgets.loading.dto import WORDS, FileRow, Loaded, NewLoad


@requires(Permission.KEEP_BUDGETS)
def load(ctx: Context, new: NewLoad) -> Loaded:
    """Give the codes of a file their budgets for a year; those that have another one already are asked for as a revision.

    Once the year is in use a second officer approves what is given too (`originals`).

    Raises:
        UserErrors: something in it is wrong, each with its row; nothing was kept.
        UserError: a second officer has to approve it, and the office has one.
        Cancelled: the officer asked for it; nothing was kept.
    """
    year = originals.checked_year(new.year)
    there = checking.known(ctx, year)
    found = checking.look(ctx, new, there)
    if found.mistakes:
        raise refusal(found.mistakes, WORDS)
    made = _make(ctx, found.new, there, year)
    reason = new.reason.strip() or f"Budgets of {rules.spelt_year(year)} as in the file {new.file.file_name}"[:400]
    waits = originals.give(ctx, made, year, reason)
    move_id = waits.record_id if waits is not None else None
    if found.revised:
        lines = tuple((budget_id, Money(pence)) for budget_id, pence in sorted(found.revised.items()))
        key = f"budgets:{new.file.sha256[:32]}:{ctx.clock.now():%Y%m%d%H%M%S%f}"
        move_id = moves.ask(ctx, NewMove(key, BudgetMoveKind.REVISION, year, reason, lines)).record_id
    told = _told(len(made), len(found.revised), found.same, waits=waits is not None)
    return Loaded(len(made), len(found.revised), move_id, told, moves.CHANGES)


def _make(ctx: Context, rows: list[FileRow], there: Known, year: int) -> dict[int, int]:
    """The budgets that are new, with their codes; the pence of each."""
    centres, codes = _halves(ctx, rows, there)
    budgets = [
        Budget(
            year=year,
            cost_centre_id=centres[row.cost_centre],
            subjective_id=codes[row.subjective],
            holder_id=there.officers.get(row.holder.casefold()) if row.holder else None,
        )
        for row in rows
    ]
    ctx.session.add_all(budgets)
    ctx.session.flush()
    return {made.id: row.original.pence for made, row in zip(budgets, rows, strict=True) if row.original is not None}


def _halves(ctx: Context, rows: list[FileRow], there: Known) -> tuple[dict[str, int], dict[str, int]]:
    """The ids of the cost centres and codes of some rows; those that are new are made, with the first name given."""
    centres = {code: known[0] for code, known in there.centres.items()}
    codes = {code: known[0] for code, known in there.codes.items()}
    new_centres: dict[str, CostCentre] = {}
    new_codes: dict[str, SubjectiveCode] = {}
    for row in rows:
        if row.cost_centre not in centres and row.cost_centre not in new_centres:
            new_centres[row.cost_centre] = CostCentre(code=row.cost_centre, name=row.cost_centre_name)
        if row.subjective not in codes and row.subjective not in new_codes:
            new_codes[row.subjective] = SubjectiveCode(code=row.subjective, name=row.name, heading=row.heading)
    ctx.session.add_all([*new_centres.values(), *new_codes.values()])
    ctx.session.flush()
    return (
        centres | {code: made.id for code, made in new_centres.items()},
        codes | {code: made.id for code, made in new_codes.items()},
    )


def _told(added: int, revised: int, same: int, *, waits: bool) -> str:
    parts = []
    if added:
        once = ", once a second officer approves" if waits else ""
        parts.append(f"{added:,} code{' has its' if added == 1 else 's have their'} budget{once}.")
    if revised:
        parts.append(f"A revision of {revised:,} code{'' if revised == 1 else 's'} waits for a second officer.")
    if same or not parts:
        parts.append(f"{same:,} {'is' if same == 1 else 'are'} as {'it was' if same == 1 else 'they were'}.")
    return " ".join(parts)
