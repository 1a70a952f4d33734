"""Rehearsing a load, and looking at loads that were made."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.imports import LoadBatch
from app.models.officers import Officer
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.garbage import search_paused
from app.services.documents import queries as contents
from app.services.imports.dto import Names
from app.services.landlord_load import facts, keeping, reading
from app.services.landlord_load.dto import LandlordFile, LoadRow, Reconciliation, Rehearsal
from app.services.landlord_load.preparing import prepare
from app.services.landlord_load.rules.reconciling import reconcile

KIND = "landlord"
"""How these loads are marked among other files that come in."""


@search_paused()
def rehearse(ctx: Context, path: Path | LandlordFile, mapping: Names | None = None) -> Rehearsal:
    """Read a landlord's file and say what loading it would do, with every error and warning; nothing is changed.

    Args:
        ctx: its progress is told the rows read, and its cancel looked at.
        path: a workbook, a .csv file, a folder of .csv files, or a file that was read before.
        mapping: what the landlord's own names mean.

    Raises:
        UserError: the file can't be read at all, or none of its sheets is one of ours.
        Cancelled: the officer stopped it.
    """
    prepared = prepare(ctx, read_file(ctx, path, mapping))
    return Rehearsal(
        prepared.file,
        prepared.counts,
        prepared.errors,
        prepared.warnings,
        reconcile(prepared.file_sums, {}),
        prepared.new_rent_groups,
    )


def read_file(ctx: Context, path: Path | LandlordFile, mapping: Names | None = None) -> LandlordFile:
    """Read the file, unless it was read before."""
    if isinstance(path, LandlordFile):
        return path
    return reading.read(Path(path), facts.codes(ctx).values(), mapping, ctx.progress, ctx.cancel)


def loads(ctx: Context, most: int = 100) -> tuple[LoadRow, ...]:
    """The loads that were made, the latest first."""
    signer = aliased(Officer)
    statement = (
        select(LoadBatch, Officer.name, signer.name)
        .join(Officer, Officer.id == LoadBatch.officer_id)
        .outerjoin(signer, signer.id == LoadBatch.signed_by)
        .where(LoadBatch.kind == KIND)
        .order_by(LoadBatch.id.desc())
        .limit(most)
    )
    rows = []
    for batch, officer, signed_by in ctx.session.execute(statement):
        summary = json.loads(batch.summary)
        rows.append(
            LoadRow(
                batch.id,
                batch.file_name,
                batch.loaded_at,
                officer,
                sum(summary["loaded"].values()),
                summary["agrees"],
                batch.signed_at,
                signed_by or "",
            )
        )
    return tuple(rows)


def reconciliation(ctx: Context, load_id: int) -> Reconciliation:
    """The reconciliation of a load, as it was when the load ended.

    Raises:
        UserError: there is no such load.
    """
    batch = ctx.session.get(LoadBatch, load_id)
    if batch is None or batch.kind != KIND:
        raise UserError(f"There is no load {load_id}.")
    return keeping.read_back(contents.content(ctx, json.loads(batch.summary)["reconciliation"]))
