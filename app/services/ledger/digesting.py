"""The SHA-256 that chains each journal to the one before: worked out when it is posted, and again by every check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Unicode, cast, func, literal, select
from sqlalchemy.orm import Session

from app.models.ledger import Journal
from app.services.core.context import Context
from app.services.ledger.sql import ENTRY

GENESIS: Final = "0" * 64
"""The digest that the first journal follows."""

_PORTION: Final = 20_000
_PARTS: Final = ("line", "account_id", "code", "pence", "effective_on", "rent_week", "narrative")
_FORM: Final = "%d|%d|%s|%d|%s|%s|%s"
_HEADER: Final = (
    "kind",
    "accounting_on",
    "recorded_at",
    "posted_by",
    "authorised_by",
    "source",
    "narrative",
    "idempotency_key",
    "declared_count",
    "declared_pence",
    "actual_count",
    "actual_pence",
    "reverses",
)


def digest_before(session: Session, number: int) -> str:
    """The digest of the journal before this one."""
    return session.scalar(select(Journal.digest).where(Journal.number == number - 1)) or GENESIS


def digest(ctx: Context, number: int, header: Mapping[Any, Any], before: str) -> str:
    """The digest of a journal: the one before it, its number, its entries by line, and its header (all but the digest).

    An entry is `line|account|code|pence|day|rent week|narrative` with ISO days, put together by the database; a
    narrative holds no line break. The header is JSON; the approval is in it where the journal names one.
    """
    return _digest(ctx, number, header, before, _entries(ctx, number))


def digest_to_write(ctx: Context, number: int, header: Mapping[Any, Any], before: str) -> str:
    """The same of a journal whose lines were written just now, in half the time.

    SQLite's `printf` ends a text at a NUL, which no line that is posted holds; one put in by hand is for `digest` to find.
    """
    quick = ctx.session.connection().dialect.name == "sqlite"
    return _digest(ctx, number, header, before, _joined(ctx, number) if quick else _entries(ctx, number))


def _digest(ctx: Context, number: int, header: Mapping[Any, Any], before: str, entries: Iterable[str]) -> str:
    sha = hashlib.sha256(f"{before}\n{number}\n".encode())
    for portion in entries:
        ctx.cancel.check()
        sha.update(portion.encode())
    said = [_plain(header[name]) for name in _HEADER]
    if header.get("approval") is not None:
        said.append(header["approval"])
    sha.update(json.dumps(said, ensure_ascii=True).encode())
    return sha.hexdigest()


def _entries(ctx: Context, number: int) -> Iterator[str]:
    statement = select(_exact()).where(ENTRY.c.journal == number).order_by(ENTRY.c.line)
    result = ctx.session.connection().execute(statement)
    driver: Any = result.cursor  # a hundred thousand one-column rows take the driver half the time that Row objects do
    while rows := driver.fetchmany(_PORTION):
        yield "\n".join([text for (text,) in rows]) + "\n"
    result.close()


def _joined(ctx: Context, number: int) -> Iterator[str]:
    """Portions of entries that SQLite put together and joined: a row of its own for each costs as much as its text."""
    text = func.printf(literal(_FORM, Unicode(20)), *(ENTRY.c[name] for name in _PARTS))
    last = ctx.session.scalar(select(func.max(ENTRY.c.line)).where(ENTRY.c.journal == number)) or 0
    for first in range(1, last + 1, _PORTION):
        within = ENTRY.c.line.between(first, first + _PORTION - 1)
        rows = select(text.label("text")).where(ENTRY.c.journal == number, within).order_by(ENTRY.c.line).subquery()
        portion = ctx.session.scalar(select(func.group_concat(rows.c.text, "\n", type_=Unicode())))
        if portion is not None:
            yield f"{portion}\n"


def _exact() -> ColumnElement[str]:
    day = Unicode(10)
    whole = Unicode(20)
    bar = literal("|", Unicode(1))
    parts: list[ColumnElement[str]] = [
        cast(ENTRY.c.line, whole),
        cast(ENTRY.c.account_id, whole),
        ENTRY.c.code,
        cast(ENTRY.c.pence, whole),
        cast(ENTRY.c.effective_on, day),
        func.coalesce(cast(ENTRY.c.rent_week, day), literal("", day)),
        ENTRY.c.narrative,
    ]
    text = parts[0]
    for part in parts[1:]:
        text = text.concat(bar).concat(part)
    return text


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
