"""Files are made for the finance system."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import insert

from app.models.purchase_orders.finance import FinanceFile, FinanceFileItem
from app.models.values import FinanceFileKind
from app.services.core import audit
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents import keeping as documents
from app.services.ledger import numbering
from app.services.purchase_orders.finance import profiles
from app.services.purchase_orders.finance.handing import gathering
from app.services.purchase_orders.finance.handing.dto import HANDED, SUBJECTS, TITLES, Handed

_ITEMS: Final[Any] = FinanceFileItem.__table__


@requires(Permission.RECONCILE_SPENDING)
def hand(ctx: Context, kind: FinanceFileKind, profile: str = "") -> Handed:
    """Make the file of all that waits of a kind, by a layout (the first, if empty); it is kept, and no record goes twice.

    Bank details are in no such file.

    Raises:
        UserError: nothing of it waits, or there is no such layout.
    """
    if kind not in HANDED:
        raise UserError(
            "No file of this kind is made here.", "Choose suppliers, requisitions, receipts or transfers.", "kind"
        )
    layout = profiles.profile(ctx, kind, profile)
    number = numbering.take(ctx, "finance_file")
    versions = gathering.waiting(ctx, kind)
    if not versions:
        raise UserError(f"No {TITLES[kind].lower()} wait to be handed over.", "Everything has gone, as it stands now.")
    rows = gathering.rows_of(ctx, kind, sorted(versions))
    title = f"{TITLES[kind]} {number:05}"
    content = profiles.write(layout, kind, title, rows)
    row = FinanceFile(
        number=number,
        kind=kind,
        profile=layout.key,
        file_name=f"{title.lower().replace(' ', '-')}.{layout.format}",
        sha256=hashlib.sha256(content).hexdigest(),
        document_sha256=documents.put(ctx, content, profiles.MEDIA[layout.format]),
        count=len(versions),
        pence=0,
        officer_id=ctx.officer.id,
        at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    _note(ctx, row.id, kind, versions.items())
    noun = TITLES[kind].lower()
    what = f"1 {noun.removesuffix('s')} is" if len(versions) == 1 else f"{len(versions):,} {noun} are"
    told = f"{what} in {row.file_name}."
    return Handed(row.id, row.file_name, content, len(versions), told)


def _note(ctx: Context, file_id: int, kind: FinanceFileKind, versions: Any) -> None:
    taken: Sequence[dict[str, Any]] = [
        {
            "file_id": file_id,
            "subject": SUBJECTS[kind],
            "subject_id": record_id,
            "version": version,
            "answer": "",
            "rejected": False,
        }
        for record_id, version in versions
    ]
    ctx.session.execute(insert(_ITEMS), taken)
    audit.record_bulk(ctx, "finance_file_item", "insert", rows=len(taken), of_file=file_id)
