"""Credits over six years old written on together: one adjustment of a line each, with the schedule of them as its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.models.values import Subject
from app.services.adjustments import keeping
from app.services.adjustments.credits import reading, writing_on
from app.services.adjustments.credits.dto import Proposal, PutForward, said
from app.services.adjustments.dto import NewAdjustment, NewLine, Saved
from app.services.adjustments.refunds.dto import CAUSES, CreditFilter, CreditRow, Shown
from app.services.adjustments.refunds.listing import in_credit
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.diary.keeping import written
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.dto import Column, Kind, Table, Value
from app.services.signing import keeping as signing

_REASON: Final = "unclaimed"
"""The key of the reason of these lines."""
_TITLE: Final = "Unclaimed credits written on"
_NARRATIVE: Final = "Credit nobody claimed in six years"
_PDF: Final = "application/pdf"
_COLUMNS: Final = (
    Column("Account", width=14),
    Column("Since", Kind.DATE),
    Column("Cause", width=18),
    Column("Written on", Kind.POUNDS, total=True),
    Column("What was tried", width=70),
)


def proposal(ctx: Context) -> Proposal:
    """The credits over six years old of tenancies that have ended: those that may be written on, and what the others lack."""
    every = in_credit(ctx, CreditFilter(Shown.UNCLAIMED)).rows
    lacks = writing_on.missing(ctx, writing_on.unclaimed(ctx, [row.account_id for row in every]))
    shut = access.declared_accounts(ctx) | access.closed_accounts(ctx)
    lacks |= {row.account_id: "You may not work on it." for row in every if row.account_id in shut}
    lacks |= {row.account_id: f"Refund {row.refund_number} of it is on its way." for row in every if row.refund_id}
    return Proposal(
        tuple(row for row in every if row.account_id not in lacks),
        {row.reference: lacks[row.account_id] for row in every if row.account_id in lacks},
    )


@requires(Permission.ADJUST_ACCOUNTS)
def put_forward(ctx: Context, wanted: PutForward) -> Saved:
    """Put credits forward to be written on, all of each that is over six years old, with the schedule of what was tried for each as evidence.

    Raises:
        UserError: a chosen one may not be written on, or none may be; or as `adjustments.keeping.keep` and `submit`.
    """
    before = keeping.find(ctx.session, wanted.entry_key)
    if before is not None:
        return keeping.again(ctx, before)
    found = proposal(ctx)
    chosen = [row for row in found.rows if not wanted.account_ids or row.account_id in wanted.account_ids]
    if len(chosen) < len(set(wanted.account_ids)):
        raise UserError("One of the chosen credits may not be written on any more.", "Look at the list again.")
    if not chosen:
        raise UserError("No credit may be written on.", "Look at what each of them lacks.")
    lines = tuple(
        NewLine(row.account_id, writing_on.KIND, row.unclaimed, ctx.clock.today(), _REASON, _NARRATIVE)
        for row in chosen
    )
    row = keeping.keep(ctx, NewAdjustment(wanted.entry_key, _TITLE, lines, wanted.note))
    name = f"{_TITLE} {ctx.clock.today().isoformat()}"
    paper = signing.signed_pdf(ctx, _table(ctx, chosen), name)
    sha256 = documents.put(ctx, paper.content, _PDF)
    documents.link(ctx, sha256, NewLink(Subject.ADJUSTMENT, row.id, "schedule", name, f"{name}.pdf"))
    saved = keeping.submit(ctx, row)
    return replace(saved, told=f"{saved.told} {paper.standing.warning}".strip())


def _table(ctx: Context, rows: Sequence[CreditRow]) -> Table:
    """Each credit with everything that was tried; nobody's name is in it."""
    tried = reading.attempts(ctx, [row.account_id for row in rows])
    wanted = writing_on.needed(ctx)
    noun = "credit" if len(rows) == 1 else "credits"
    stamps = (
        f"{len(rows):,} {noun} that nobody claimed in six years",
        f"Policy asks for {wanted.attempts} attempts to give each back, {wanted.apart} days apart",
        f"Put forward by {ctx.officer.name} on {written(ctx.clock.today())}",
    )
    made: list[tuple[Value, ...]] = [
        (
            row.reference,
            row.since,
            CAUSES[row.cause],
            row.unclaimed,
            "; ".join(said(each) for each in tried.get(row.account_id, ()) if each.stands),
        )
        for row in rows
    ]
    return Table(_TITLE, stamps, _COLUMNS, made)
