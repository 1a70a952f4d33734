"""A database copied without anybody's personal data, for training and for trying an upgrade.

Names, addresses and texts are changed, so the digest of each journal is worked out anew: the copy has a chain of its own, which
is proven like any other. Balances, control totals and every amount and day of the ledger are those of the source.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets as randomness
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from app.models.tables import metadata
from app.models.values import Subject
from app.services.core import keys, passwords, search_index
from app.services.core.chunks import in_chunks
from app.services.core.clock import Clock
from app.services.core.context import Context
from app.services.core.progress import CancelToken, Progress
from app.services.ledger import digesting
from app.services.moving import copying, proving
from app.services.moving import jobs as moving
from app.services.moving.anonymous import reading
from app.services.moving.anonymous.classes import EMPTIED
from app.services.moving.anonymous.rows import Changer, Secrets
from app.services.moving.anonymous.words import Words
from app.services.moving.dto import Line, Moved

SEARCHED: Final = {
    Subject.MANDATE: ("mandate", "reference", "payer_name"),
    Subject.SUPPLIER: ("supplier", "name", "trading_as", "finance_reference"),
    Subject.POST_ITEM: ("post_item", "sender", "reference"),
    Subject.TASK: ("task", "title", "requester"),
    Subject.HOLD_CASE: ("hold_case", "reference"),
    Subject.DOCUMENT: ("document_link", "title", "file_name"),
}
"""By what records are found in the copy beside accounts, people and homes, whose words their own area writes; the numbers of
the others are found by typing them."""
_ROWS: Final = 5_000

Rebuild = Callable[[Context], Any]
"""Writes anew by what accounts, people and homes are found."""


def anonymise(
    source: URL,
    target: URL,
    clock: Clock,
    username: str,
    rebuild: Rebuild,
    progress: Progress,
    cancel: CancelToken,
) -> Moved:
    """Copy a database with everybody in it made up.

    Args:
        source: read in one state while others may be using it.
        target: a file that isn't there, or a server's database without anything in it.
        clock: for the checks.
        username: the sign-in name of the copy's administrator: whoever makes it.
        rebuild: writes the words by which accounts are found.
        progress: told how far it is.
        cancel: stops it; then nothing is there.

    Raises:
        UserError: as for a copy.
        Cancelled: the officer stopped it.
    """
    password = passwords.temporary()

    def work(origin: Session, made: Session) -> tuple[dict[str, int], tuple[Line, ...]]:
        progress(0, 0, "reading what is personal")
        ctx = proving.context(made, clock, progress, cancel)
        changer = _changer(origin, ctx, password, username)
        found = copying.copy(origin, made, progress, cancel, changer.change)
        _rechain(ctx)
        progress(0, 0, "writing the words by which records are found")
        _index(ctx)
        rebuild(ctx)
        rows = {name: each.rows for name, each in found.items() if name not in EMPTIED}
        return rows, (*proving.counts(rows, made), *proving.ledger(origin, made))

    return moving.move(source, target, work, clock, progress, cancel, _told(username, password))


def _told(username: str, password: str) -> tuple[str, ...]:
    return (
        "Everybody in it is made up, and its journals have a chain of digests of their own.",
        f"Sign in as {username}; where a password is asked for, every officer's is: {password}",
        "Documents and what officers typed are left out. Requests that wait can't be approved in it: ask for them anew.",
    )


def _changer(origin: Session, ctx: Context, password: str, username: str) -> Changer:
    """The changer of one copy, with a secret that nobody keeps and a key that is the copy's own."""
    key = keys.make(ctx.session, ctx.clock)
    words = Words(randomness.token_bytes(32), reading.personal(origin, ctx.cancel))
    names, administrator = reading.officers(origin)

    def hashed(text: str, about: str) -> str:
        own = hmac.new(key.secret, f"Rentbook hash {about}".encode(), hashlib.sha256).digest()
        return hmac.new(own, text.encode(), hashlib.sha256).hexdigest()

    made = Secrets(key, hashed, passwords.make_hash(password), administrator, username)
    changer = Changer(words, made, reading.documents(origin, words), reading.common(origin))
    changer.know_officers(names)
    return changer


def _rechain(ctx: Context) -> None:
    """Work out each journal's digest from the one before it, its header and its entries as they are in the copy."""
    journal = metadata.tables["journal"]
    before = digesting.GENESIS
    rows = ctx.session.execute(select(journal).order_by(journal.c.number)).mappings().all()
    for row in rows:
        ctx.cancel.check()
        before = digesting.digest(ctx, row["number"], row, before)
        ctx.session.execute(update(journal).where(journal.c.number == row["number"]).values(digest=before))
        ctx.progress(row["number"], len(rows), "making the chain")


def _index(ctx: Context) -> None:
    """The words by which records are found, from what the copy has in them."""
    for subject, (name, *columns) in SEARCHED.items():
        table = metadata.tables[name]
        rows = ctx.session.execute(select(table.c.id, *(table.c[each] for each in columns))).all()
        for some in in_chunks(rows, _ROWS):
            search_index.fill(ctx, subject, {row[0]: row[1:] for row in some})
