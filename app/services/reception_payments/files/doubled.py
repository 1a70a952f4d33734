"""Lines that are there already: the very same in an earlier file, or the same account, amount and day from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from app.models.codes import TransactionCode
from app.models.reception_payments.files import ReceiptFile, ReceiptFileLine
from app.models.values import CodeKind, ExplainGroup, ReceiptChannel, ReceiptFileState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.sql import ENTRY, JOURNAL
from app.services.reception_payments.files.raw import tuples

_LINE: Final[Any] = ReceiptFileLine.__table__
_MANY: Final = 5_000
_FEW_DAYS: Final = timedelta(days=14)
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
    found: set[str] = set()
    if len(marks) > _MANY:
        there = select(_LINE.c.once_key).where(_LINE.c.paid_on.between(first, last), _LINE.c.once_key.is_not(None))
        for file_id in ids:
            ctx.cancel.check()
            found.update(key for (key,) in tuples(ctx, there.where(_LINE.c.file_id == file_id)))
        return found.intersection(marks)
    for chunk in in_chunks(marks if ids else ()):
        found.update(ctx.session.scalars(select(_LINE.c.once_key).where(_LINE.c.once_key.in_(chunk))))
    return found


def maybe_new(ctx: Context, channel: ReceiptChannel, marks: Collection[str], first: date, last: date) -> frozenset[str]:
    """Which of some known fingerprints, of lines without a number of their own, may be second payments, as an officer says.

    They are the same for certain where all of the earlier file's lines of that day come again, and that file was loaded when
    the day was over: then it is a file that goes on where the other ended, and no other payment of the day can look so.
    """
    if not marks:
        return frozenset()
    loaded = select(ReceiptFile.id, ReceiptFile.loaded_at).where(
        ReceiptFile.state == ReceiptFileState.LOADED,
        ReceiptFile.channel == channel,
        ReceiptFile.first_on <= last,
        ReceiptFile.last_on >= first,
    )
    on = {row.id: row.loaded_at.astimezone().date() for row in ctx.session.execute(loaded)}
    named, again, others = _Days(), defaultdict[tuple[int, date], set[str]](set), set[tuple[int, date]]()
    rows = select(_LINE.c.paid_on, _LINE.c.once_key).where(_LINE.c.paid_on.between(first, last))
    for file_id in on:
        ctx.cancel.check()
        for raw, key in tuples(ctx, rows.where(_LINE.c.file_id == file_id, _LINE.c.once_key.is_not(None))):
            of_day = file_id, named[raw]
            if key in marks:
                again[of_day].add(key)
            elif _NOT_KEPT not in key:
                others.add(of_day)
    open_ = (found for (file_id, day), found in again.items() if (file_id, day) in others or on[file_id] <= day)
    return frozenset().union(*open_)


def alike(ctx: Context, wanted: Iterable[Key]) -> dict[Key, list[Alike]]:
    """What came in and stands that has the account, the day, the amount and the kind of money of one that is wanted."""
    keys = frozenset(wanted)
    if not keys:
        return {}
    of = groups(ctx)
    days = {day for _, day, _, _ in keys}
    first, last = min(days), max(days)
    columns = (ENTRY.c.account_id, ENTRY.c.effective_on, ENTRY.c.pence, ENTRY.c.code, ENTRY.c.journal, ENTRY.c.line)
    rows = select(*columns).where(ENTRY.c.effective_on.between(first, last), ENTRY.c.pence < 0)
    accounts = sorted({account_id for account_id, _, _, _ in keys})
    by_account = len(accounts) <= _MANY or last - first > _FEW_DAYS
    asked = [rows.where(ENTRY.c.account_id.in_(chunk)) for chunk in in_chunks(accounts)] if by_account else [rows]
    found: defaultdict[Key, list[Alike]] = defaultdict(list)
    named = _Days()
    for statement in asked:
        ctx.cancel.check()
        for account_id, day, pence, code, journal, line in tuples(ctx, statement):
            if (group := of.get(code)) is not None and (key := (account_id, named[day], -pence, group)) in keys:
                found[key].append(Alike(journal, line))
    return _standing(ctx, found)


def alike_about(ctx: Context, wanted: Iterable[Key], days: int) -> dict[Key, tuple[date, Alike]]:
    """As `alike`, up to so many days before or after: the nearest day of each, and the first entry of it."""
    keys = frozenset(wanted)
    about = [timedelta(days=each) for each in sorted(range(-days, days + 1), key=abs)]
    there = alike(ctx, ((key[0], key[1] + each, key[2], key[3]) for key in keys for each in about))
    found: dict[Key, tuple[date, Alike]] = {}
    for key in keys:
        account_id, day, pence, group = key
        on = next((day + each for each in about if there.get((account_id, day + each, pence, group))), None)
        if on is not None:
            found[key] = on, there[account_id, on, pence, group][0]
    return found


def _standing(ctx: Context, found: dict[Key, list[Alike]]) -> dict[Key, list[Alike]]:
    """Without the entries of journals that were reversed."""
    journals = sorted({each.journal for several in found.values() for each in several})
    gone: set[int] = set()
    for chunk in in_chunks(journals):
        gone.update(ctx.session.scalars(select(JOURNAL.c.reverses).where(JOURNAL.c.reverses.in_(chunk))))
    if not gone:
        return found
    return {key: [each for each in several if each.journal not in gone] for key, several in found.items()}


class _Days(dict[Any, date]):
    """Days as the database driver gives them, which is text where it knows no dates."""

    def __missing__(self, raw: Any) -> date:
        self[raw] = day = date.fromisoformat(raw) if isinstance(raw, str) else raw
        return day


def not_posted(once: str, file_id: int) -> str:
    """What is kept of the fingerprint of a line that isn't posted again: an earlier line has it as it is."""
    return f"{once}{_NOT_KEPT}{file_id}"


def original(once_key: str) -> str:
    """The fingerprint of a line, whether or not it was posted."""
    return once_key.split(_NOT_KEPT, maxsplit=1)[0]
