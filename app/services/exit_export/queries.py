"""The exports that were made, and what there is to export."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import func, select

from app.models.audit import AuditEntry
from app.models.documents import Document
from app.models.officers import Officer
from app.models.tables import metadata
from app.models.values import Subject
from app.services.approvals import keeping
from app.services.core.context import Context
from app.services.core.permissions import Permission, require
from app.services.exit_export.dto import ABOUT, ExportBoard, ExportRow
from app.services.exit_export.requests import KIND, allowed_to

_MOST: Final = 500
_BEGUN, _DONE = "begun", "export"


def board(ctx: Context) -> ExportBoard:
    """What the page shows.

    Raises:
        UserError: the officer may neither export everything nor read the audit.
    """
    if Permission.EXPORT_ALL not in ctx.officer.permissions:
        require(ctx, Permission.VIEW_AUDIT)
    documents, size = ctx.session.execute(select(func.count(), func.coalesce(func.sum(Document.size), 0))).one()
    waits = keeping.waiting_for(ctx, Subject.POLICY, KIND)
    return ExportBoard(
        exports(ctx),
        len(metadata.tables),
        documents,
        int(size),
        next(iter(waits.values()), None),
        allowed_to(ctx) == ctx.officer.id,
    )


def exports(ctx: Context) -> tuple[ExportRow, ...]:
    """The exports that were begun, the last first; each is done where the same officer ended one before beginning another."""
    lines = (
        select(AuditEntry, Officer.name)
        .join(Officer, Officer.id == AuditEntry.officer_id)
        .where(AuditEntry.table_name == ABOUT)
        .order_by(AuditEntry.id.desc())
        .limit(_MOST)
    )
    ended: dict[int | None, dict[str, Any]] = {}
    rows = []
    for entry, name in ctx.session.execute(lines):
        told = json.loads(entry.after)
        if entry.action == _DONE:
            ended[entry.officer_id] = told
        elif entry.action == _BEGUN:
            done = ended.pop(entry.officer_id, None)
            opened = bool(told.get("opened"))
            row = ExportRow(entry.id, entry.at, name, told.get("folder", ""), opened, done is not None)
            rows.append(_finished(row, done) if done is not None else row)
    return tuple(rows)


def _finished(row: ExportRow, done: dict[str, Any]) -> ExportRow:
    return ExportRow(
        row.number,
        row.at,
        row.by,
        row.folder,
        row.opened,
        done=True,
        rows=int(done.get("rows", 0)),
        manifest_sha256=str(done.get("manifest_sha256", "")),
    )
