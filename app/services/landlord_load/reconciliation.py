"""The reconciliation of a load on paper: the file against the ledger, with a place to sign."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.models.imports import LoadBatch
from app.models.officers import Officer
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.dto import Column, Kind, Table
from app.services.exports.files import write_whole
from app.services.exports.pdf import pdf_bytes
from app.services.exports.xlsx import xlsx_bytes
from app.services.landlord_load import queries

_COLUMNS: Final = (
    Column("Rent group", width=22),
    Column("Account", width=16),
    Column("Tenure", width=18),
    Column("Accounts in file", Kind.INT, total=True),
    Column("File", Kind.POUNDS, total=True),
    Column("Accounts in ledger", Kind.INT, total=True),
    Column("Ledger", Kind.POUNDS, total=True),
    Column("Difference", Kind.POUNDS, total=True),
)


def save(ctx: Context, load_id: int, path: Path) -> None:
    """Save the reconciliation of a load as a PDF or, by the file's name, a workbook.

    Raises:
        UserError: there is no such load, or the file can't be written.
    """
    made = table(ctx, load_id)
    write_whole(path, xlsx_bytes(made) if path.suffix.lower() == ".xlsx" else pdf_bytes(made))


def pdf(ctx: Context, load_id: int) -> bytes:
    """The reconciliation of a load as a PDF."""
    return pdf_bytes(table(ctx, load_id))


def table(ctx: Context, load_id: int) -> Table:
    """The reconciliation of a load as a table, a line for each rent group, kind of account and tenure.

    Raises:
        UserError: there is no such load.
    """
    found = queries.reconciliation(ctx, load_id)
    batch = ctx.session.get_one(LoadBatch, load_id)
    rows = [
        (
            group.rent_group,
            group.kind.value.replace("_", " "),
            group.tenure.value.replace("_", " "),
            group.file_accounts,
            group.file_total,
            group.ledger_accounts,
            group.ledger_total,
            group.ledger_total - group.file_total,
        )
        for group in found.groups
    ]
    return Table(f"Reconciliation of load {load_id}", _stamps(ctx, batch, agrees=found.agrees), _COLUMNS, rows)


def _stamps(ctx: Context, batch: LoadBatch, *, agrees: bool) -> tuple[str, ...]:
    loader = ctx.session.get_one(Officer, batch.officer_id)
    signed = "Not signed yet"
    if batch.signed_by is not None and batch.signed_at is not None:
        signer = ctx.session.get_one(Officer, batch.signed_by)
        signed = f"Signed by {signer.name} on {batch.signed_at:%d %b %Y}"
    return (
        f"File {batch.file_name}, loaded by {loader.name} on {batch.loaded_at:%d %b %Y}",
        f"SHA-256 {batch.file_sha256}",
        "The file and the ledger agree." if agrees else "The file and the ledger do not agree.",
        signed,
    )


def check_signable(ctx: Context, load_id: int) -> LoadBatch:
    """The load, if its reconciliation waits to be signed.

    Raises:
        UserError: there is no such load, or it is signed.
    """
    batch = ctx.session.get(LoadBatch, load_id)
    if batch is None or batch.kind != queries.KIND:
        raise UserError(f"There is no load {load_id}.")
    if batch.signed_by is not None:
        raise UserError(f"The reconciliation of load {load_id} is signed already.")
    return batch
