"""What is kept sealed, place by place, and sealing it anew with the newest key.

Every place seals about `table:id`, so that one piece of code finds, counts and renews them all. Documents that are sealed
(payment files, bank reports) are kept by their content's digest and never change: they stay under the key of their time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table, func, literal_column, select, update

from app.models.db import Base
from app.models.documents import Document
from app.models.drafts import Draft, EncryptionKey
from app.models.landlord import Setting
from app.services.core import keys
from app.services.core.context import Context
from app.services.core.errors import UserError

_HEAD: Final = 10
"""Bytes by which something sealed says its key: `R1` and the eight bytes of the key's name."""
_SETTINGS: Final = ("notify.key", "cards.key")
DOCUMENTS: Final = "Kept files"
DRAFTS: Final = "Forms in progress"


@dataclass(frozen=True, slots=True)
class Place:
    """A column that is sealed row by row, about `table:id`.

    Attributes:
        title: what it is, for the list.
        table: its table, which has an `id`.
        column: the sealed one.
    """

    title: str
    table: str
    column: str = "sealed"

    @property
    def rows(self) -> Table:
        """The table."""
        return Base.metadata.tables[self.table]


PLACES: Final = (
    Place("Bank details of payees", "bank_detail"),
    Place("Bank details of mandates", "mandate_bank"),
    Place("Bank details in bank reports", "bank_report_item", "new_sealed"),
    Place("Bank details of suppliers", "supplier_bank"),
    Place("The council's bank accounts", "council_bank"),
    Place("Signing certificates", "signing_certificate"),
    Place("Incidents at reception", "visit_incident"),
    Place("Passwords of mailboxes", "post_mailbox"),
)


def held_by(ctx: Context) -> dict[str, Counter[str]]:
    """How much is sealed with each key of the database, by what it is; a key with which nothing is sealed has no counts."""
    names = keys.names(ctx.session)
    found: dict[str, Counter[str]] = {name: Counter() for name in names}
    sources: list[tuple[str, Any]] = [(place.title, place.rows.c[place.column]) for place in PLACES]
    sources += [(DRAFTS, Draft.__table__.c.sealed), (DOCUMENTS, Document.__table__.c.content)]
    for title, column in sources:
        head = func.substring(column, literal_column("1"), literal_column(str(_HEAD)))
        rows = select(head, func.count()).where(head.in_([_head(name) for name in names])).group_by(head)
        for value, count in ctx.session.execute(rows):
            found[bytes(value)[2:].hex()][title] += count
    for text in _settings(ctx).values():
        name = keys.key_named(bytes.fromhex(text))
        if name in found:
            found[name]["Keys of other services"] += 1
    return found


@dataclass(frozen=True, slots=True)
class Portion:
    """Some rows of a place, after they were sealed anew.

    Attributes:
        last: the last row that was looked at; None: there are no more.
        changed: how many were sealed anew.
        shut: the numbers of rows that no key of this database opens any more: they were altered.
    """

    last: int | None
    changed: int
    shut: tuple[int, ...] = ()


def reseal(ctx: Context, place: Place, after: int, most: int) -> Portion:
    """Seal anew what another key than the newest has sealed: `most` rows after one. What was altered is left as it is.

    Raises:
        UserError: a key isn't at this desk.
    """
    key, rows = keys.current(ctx), place.rows
    column = rows.c[place.column]
    page = select(rows.c.id, column).where(rows.c.id > after, column.is_not(None)).order_by(rows.c.id).limit(most)
    found = ctx.session.execute(page).all()
    changed, shut = 0, list[int]()
    known = set(ctx.session.scalars(select(EncryptionKey.key_id)))
    for row_id, sealed in found:
        name = keys.key_named(sealed)
        if name == key.key_id or not sealed:
            continue
        old = keys.held(ctx.session, name) if name in known else None
        about = f"{place.table}:{row_id}"
        try:
            if old is None:
                raise keys.altered()
            anew = key.seal(old.unseal(sealed, about), about)
        except UserError:
            shut.append(row_id)
            continue
        ctx.session.execute(update(rows).where(rows.c.id == row_id).values({place.column: anew}))
        changed += 1
    return Portion(found[-1].id if len(found) == most else None, changed, tuple(shut))


def reseal_settings(ctx: Context) -> int:
    """The same for the keys of other services, which are settings; how many were sealed anew."""
    key, changed = keys.current(ctx), 0
    for name, text in _settings(ctx).items():
        sealed = bytes.fromhex(text)
        if keys.key_named(sealed) != key.key_id:
            row = ctx.session.get_one(Setting, name)
            row.value = key.seal(keys.unseal(ctx.session, sealed, name), name).hex()
            changed += 1
    ctx.session.flush()
    return changed


def _settings(ctx: Context) -> dict[str, str]:
    rows = select(Setting.key, Setting.value).where(Setting.key.in_(_SETTINGS), Setting.value != "")
    return {row.key: row.value for row in ctx.session.execute(rows)}


def _head(key_id: str) -> bytes:
    return b"R1" + bytes.fromhex(key_id)
