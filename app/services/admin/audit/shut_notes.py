"""Notes of flags that a role is named for: the audit shows them to nobody else either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.people import PersonFlag
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.rent.marks import may_read

Values = dict[str, Any]
Parsed = tuple[AuditEntry, Values, Values]

_FLAG: Final = PersonFlag.__tablename__
_INSTEAD: Final = "Read by the role named for it"


def without_shut_notes(ctx: Context, parsed: Sequence[Parsed]) -> list[Parsed]:
    """The lines as they were, but for notes that the officer may not read: of those it is said only that there is one."""
    ids = sorted({int(entry.row_key) for entry, _, _ in parsed if entry.table_name == _FLAG and entry.row_key})
    if not ids:
        return list(parsed)
    named: dict[int, str] = {}
    for chunk in in_chunks(ids):
        rows = ctx.session.execute(select(PersonFlag.id, PersonFlag.seen_by).where(PersonFlag.id.in_(chunk)))
        named.update((row.id, row.seen_by) for row in rows)
    return [_shut(ctx, line, named) if line[0].table_name == _FLAG else line for line in parsed]


def _shut(ctx: Context, line: Parsed, named: dict[int, str]) -> Parsed:
    entry, before, after = line
    roles = {named.get(int(entry.row_key), ""), str(before.get("seen_by") or ""), str(after.get("seen_by") or "")}
    if all(may_read(ctx, role) for role in roles):
        return line
    hidden = [{**values, "note": _INSTEAD} if values.get("note") else values for values in (before, after)]
    return entry, hidden[0], hidden[1]
