"""The audit: every change of every mapped row, written in the transaction that makes it."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import Session, UOWTransaction

from app.models.audit import AuditEntry
from app.models.values import Subject
from app.services.core.clock import Clock
from app.services.core.context import Context

_NOT_AUDITED: Final = {
    "audit_entry",
    "journal",
    "journal_guard",
    "entry",
    "snapshot",
    "counter",
    "account_search",
    "search_word",
    "load_line",
    "credential",
    "sign_in_event",
    "record_view",
}
"""The audit itself, the ledger (its journals are their own audit), what is derived from other rows, and what has a log of its
own: passwords, whose hash is kept nowhere else, and views of restricted records."""
_LONGEST_ACTION: Final = AuditEntry.__table__.c.action.type.length  # type: ignore[attr-defined]
_KEPT_BY_LEDGER: Final = {"balance_pence", "version"}
_AS_HASH: Final = {"content", "sealed"}
_CONTENT: Final = {("post_item", "text"), ("post_item", "sender_address")}
"""What is deleted at the end of its retention: the audit, which nobody can change, says only how long it was."""
_CONTENT_OF_POST: Final = {("note", "text"), ("outgoing", "body"), ("outgoing", "address"), ("outgoing", "address_key")}
"""The same of notes and letters about an item of post, whose content goes with the item's."""


def watch(session: Session, officer_id: int | None, clock: Clock) -> None:
    """Write an audit entry for each row that a flush of this session inserts, updates or deletes."""

    @event.listens_for(session, "after_flush")
    def write(session: Session, _flush: UOWTransaction) -> None:
        rows = list(_changes(session))
        if rows:
            stamp = {"at": clock.now(), "officer_id": officer_id}
            session.connection().execute(insert(AuditEntry), [stamp | row for row in rows])


def record_bulk(ctx: Context, table: str, action: str, **facts: Any) -> None:
    """Write the one audit entry of a set-based change: how many rows, and what it was part of."""
    record(ctx, table, "", action, **facts)


def record(ctx: Context, table: str, row_key: str, action: str, **facts: Any) -> None:
    """Write what was done with a row without changing it, such as that hidden values were shown, with its facts.

    The action is a word of ten letters at most, which is the room there is.
    """
    assert len(action) <= _LONGEST_ACTION, action
    ctx.session.execute(
        insert(AuditEntry).values(
            at=ctx.clock.now(),
            officer_id=ctx.officer.id,
            action=action,
            table_name=table,
            row_key=row_key,
            before="",
            after=_json(facts),
        )
    )


def _changes(session: Session) -> Iterator[dict[str, Any]]:
    for row in session.new:
        yield from _change(row, "insert")
    for row in session.dirty:
        if session.is_modified(row):
            yield from _change(row, "update")
    for row in session.deleted:
        yield from _change(row, "delete")


def _change(row: object, action: str) -> Iterator[dict[str, Any]]:
    state = inspect(row)
    assert state is not None
    table = state.mapper.local_table.name
    if table in _NOT_AUDITED:
        return
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for column in state.mapper.column_attrs:
        key = column.key
        if key in _KEPT_BY_LEDGER or key in _AS_HASH:
            continue
        if action == "update":
            history = state.attrs[key].history
            if history.has_changes():
                before[key] = _kept(row, table, key, history.deleted[0] if history.deleted else None)
                after[key] = _kept(row, table, key, history.added[0] if history.added else None)
        else:
            (after if action == "insert" else before)[key] = _kept(row, table, key, getattr(row, key))
    if action == "update" and not after:
        return
    yield {
        "action": action,
        "table_name": table,
        "row_key": ",".join(str(part) for part in state.mapper.primary_key_from_instance(row)),
        "before": _json(before) if before else "",
        "after": _json(after) if after else "",
    }


def _kept(row: object, table: str, key: str, value: Any) -> Any:
    """A value as the audit keeps it."""
    of_post = (table, key) in _CONTENT_OF_POST and getattr(row, "subject", None) == Subject.POST_ITEM
    return f"{len(value or ''):,} characters" if of_post or (table, key) in _CONTENT else value


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, default=_plain, ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, frozenset | set):
        return sorted(value)
    return str(value)
