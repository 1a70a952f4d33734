"""Lines that are there already: the very same in an earlier file, or the same account, amount and day from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from app.models.codes import TransactionCode
from app.models.reception_payments.files import ReceiptFile, ReceiptFileLine
from app.models.values import CodeKind, ExplainGroup, ReceiptChannel, ReceiptFileState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.sql import ENTRY, JOURNAL

_LINE: Final[Any] = ReceiptFileLine.__table__
_MANY: Final = 5_000
_NOT_KEPT: Final = "@"
"""Parts a fingerprint from the file whose line wasn't posted because of an earlier one."""


class Alike(NamedTuple):
    """An entry of the ledger that a line looks like."""

    journal: int
    line: int


Key = tuple[int, date, int, ExplainGroup]
"""An account, a day, an amount that came in, and what kind of money it is."""


def groups(ctx: Context) -> dict[str, ExplainGroup]:
    """The receipt codes, and what kind of money each is of."""
    rows = select(TransactionCode.code, TransactionCode.explain_group).where(TransactionCode.kind == CodeKind.RECEIPT)
    return {row.code: row.explain_group for row in ctx.session.execute(rows)}


def known(ctx: Context, channel: ReceiptChannel, marks: Sequence[str], first: date, last: date) -> set[str]:
    """Which fingerprints of lines an earlier file of the channel has; only files with days between these two can."""
    files = select(ReceiptFile.id).where(
        ReceiptFile.state == ReceiptFileState.LOADED,
        ReceiptFile.channel == channel,
        ReceiptFile.first_on <= last,
        ReceiptFile.last_on >= first,
    )
    ids = ctx.session.scalars(files).all()
    there = select(_LINE.c.once_key).where(_LINE.c.paid_on.between(first, last), _LINE.c.once_key.is_not(None))
    found: set[str] = set()
    if len(marks) > _MANY:
        for file_id in ids:
            ctx.cancel.check()
            found.update(ctx.session.scalars(there.where(_LINE.c.file_id == file_id)))
        return found.intersection(marks)
    for chunk in in_chunks(marks if ids else ()):
        found.update(ctx.session.scalars(select(_LINE.c.once_key).where(_LINE.c.once_key.in_(chunk))))
    return found


def alike(ctx: Context, account_ids: Iterable[int], first: date, last: date) -> dict[Key, list[Alike]]:
    """What came in on some accounts in some days (both included) and stands, by what a line is compared by."""
    of = groups(ctx)
    reversed_ = select(JOURNAL.c.reverses).where(JOURNAL.c.reverses == ENTRY.c.journal).exists()
    found: defaultdict[Key, list[Alike]] = defaultdict(list)
    for chunk in in_chunks(sorted(set(account_ids))):
        ctx.cancel.check()
        rows = select(
            ENTRY.c.account_id, ENTRY.c.effective_on, ENTRY.c.pence, ENTRY.c.code, ENTRY.c.journal, ENTRY.c.line
        ).where(ENTRY.c.account_id.in_(chunk), ENTRY.c.effective_on.between(first, last), ENTRY.c.pence < 0, ~reversed_)
        for account_id, day, pence, code, journal, line in ctx.session.connection().execute(rows):
            if code in of:
                found[account_id, day, -pence, of[code]].append(Alike(journal, line))
    return found


def not_posted(once: str, file_id: int) -> str:
    """What is kept of the fingerprint of a line that isn't posted again: an earlier line has it as it is."""
    return f"{once}{_NOT_KEPT}{file_id}"


def original(once_key: str) -> str:
    """The fingerprint of a line, whether or not it was posted."""
    return once_key.split(_NOT_KEPT, maxsplit=1)[0]
