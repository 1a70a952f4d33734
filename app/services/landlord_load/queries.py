"""Rehearsing a load, and looking at loads that were made."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.imports import LoadBatch
from app.models.officers import Officer
from app.models.values import AccountKind, Money, Tenure
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.imports.collecting import collector_paused
from app.services.imports.dto import Names
from app.services.landlord_load import facts, reading
from app.services.landlord_load.dto import GroupSum, LandlordFile, LoadRow, Reconciliation, Rehearsal
from app.services.landlord_load.preparing import prepare
from app.services.landlord_load.rules.reconciling import reconcile

KIND = "landlord"
"""How these loads are marked among other files that come in."""


@collector_paused()
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
                _unpacked(batch.summary).agrees,
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
    return _unpacked(batch.summary)


def packed(loaded: dict[str, int], recognised: dict[str, int], found: Reconciliation) -> str:
    """What a load keeps of itself, as JSON."""
    groups = [
        [
            group.rent_group,
            group.kind.value,
            group.tenure.value,
            group.file_accounts,
            group.file_total.pence,
            group.ledger_accounts,
            group.ledger_total.pence,
        ]
        for group in found.groups
    ]
    summary = {"loaded": loaded, "recognised": recognised, "reconciliation": groups}
    return json.dumps(summary, ensure_ascii=False, separators=(",", ":"))


def _unpacked(summary: str) -> Reconciliation:
    return Reconciliation(
        tuple(
            GroupSum(name, AccountKind(kind), Tenure(tenure), accounts, Money(pence), in_ledger, Money(ledger_pence))
            for name, kind, tenure, accounts, pence, in_ledger, ledger_pence in json.loads(summary)["reconciliation"]
        )
    )
