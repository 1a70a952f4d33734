"""The evidence of a case for the bank: the mandate, what the payer was told and when, collections, calls and letters."""

from __future__ import annotations

from typing import Final

from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.mandates import Mandate
from app.models.values import Money, Subject
from app.services.core.context import Context
from app.services.core.landlord import landlord
from app.services.diary.keeping import written
from app.services.direct_debits.cases.dto import KINDS
from app.services.direct_debits.cases.trail import trail
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.dto import Column, Kind, Table
from app.services.signing import keeping as signing

_PDF: Final = "application/pdf"
_COLUMNS: Final = (
    Column("Day", Kind.DATE),
    Column("What", width=26),
    Column("Words", width=64),
    Column("Amount", Kind.POUNDS),
    Column("Officer", width=20),
)


def keep(ctx: Context, case: DebitCase) -> str:
    """Make the PDF and keep it with the case; what is to be done where it isn't signed."""
    mandate = ctx.session.get_one(Mandate, case.mandate_id)
    title = f"Direct Debit case {case.number}"
    lines = reversed(trail(ctx, case))
    paper = signing.signed_pdf(
        ctx,
        Table(
            f"{title}: evidence",
            _stamps(ctx, case, mandate),
            _COLUMNS,
            [(line.on, line.what, line.words, line.amount, line.officer) for line in lines],
        ),
        title,
    )
    sha256 = documents.put(ctx, paper.content, _PDF)
    name = f"{title} {ctx.clock.today():%Y-%m-%d}.pdf"
    documents.link(ctx, sha256, NewLink(Subject.DIRECT_DEBIT_CASE, case.id, "evidence", f"{title}: evidence", name))
    return paper.standing.warning


def _stamps(ctx: Context, case: DebitCase, mandate: Mandate) -> tuple[str, ...]:
    said = [
        f"{landlord(ctx).name or 'The council'}: {KINDS[case.kind]}, {Money(case.pence)}",
        f"Direct Debit reference {mandate.reference}, payer {mandate.payer_name}",
    ]
    if case.bank_reference:
        said.append(f"Reference of the paying bank: {case.bank_reference}")
    said.append(f"Made by {ctx.officer.name} on {written(ctx.clock.today())}")
    return tuple(said)
