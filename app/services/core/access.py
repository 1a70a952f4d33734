"""Who may touch and who may open an account: declared accounts, and restricted records.

One guard, `touch`, is called by every command that changes an account or what hangs on it; runs over many accounts (the
weekly charge, a load, statements) are not a touch. One guard, `open_account`, is called by every query that opens an
account; the desk writes the view to the log before the answer is handed out. A declaration covers every account of the same
tenancy; a restriction of a person the accounts of every tenancy they hold or held, of a tenancy those of all its people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models.access import DeclaredAccount, RecordView, RestrictedReader, RestrictedRecord
from app.models.accounts import Account
from app.models.tenancies import Tenancy
from app.models.values import Relation, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission

_SAME_VIEW: Final = timedelta(minutes=10)
RESTRICTED_NAME: Final = "Restricted"
"""What is shown instead of the name and address of a restricted record."""
_KEPT: Final = "restricted"
_WORDS: Final = {
    Relation.OWN: "your own account",
    Relation.RELATIVE: "a relative's account",
    Relation.OTHER: "an account that you declared",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands between an officer and an account, for its page.

    Attributes:
        declared: why they may not work on it, as a sentence; empty if they may.
        restricted: it is a restricted record.
    """

    declared: str = ""
    restricted: bool = False


def touch(ctx: Context, account_ids: Iterable[int]) -> None:
    """Refuse to change accounts that the officer declared, or that are restricted and not theirs to open.

    Raises:
        UserError: one of them is; nothing was saved.
    """
    wanted = frozenset(account_ids)
    if not wanted:
        return
    relations = _declared(ctx)
    if relations and (held := wanted & relations.keys()):
        raise UserError(
            f"This is {_WORDS[relations[min(held)]]}, so you may not work on it; nothing was saved.",
            "A colleague does it: hand it over to one.",
        )
    if wanted & closed_accounts(ctx):
        raise UserError(
            "This is a restricted record, and you are not one of those who may open it; nothing was saved.",
            "Ask your team leader.",
        )


def touch_subject(ctx: Context, subject: Subject, subject_id: int) -> None:
    """`touch` for whatever hangs on an account, a tenancy, a person or a property, or on a task, letter or item about one.

    Raises:
        UserError: as `touch`.
    """
    if subject is Subject.ACCOUNT:
        touch(ctx, (subject_id,))
    elif _declared(ctx) or _any(ctx):
        touch(ctx, _accounts_under(ctx, subject, subject_id))


def open_account(ctx: Context, account_id: int) -> None:
    """Refuse to open a restricted account to whoever isn't named for it; note the view of whoever is.

    Raises:
        UserError: it is restricted, and not theirs to open.
    """
    open_accounts(ctx, (account_id,))


def open_accounts(ctx: Context, account_ids: Collection[int]) -> None:
    """`open_account` for several at once: the restrictions are looked at once.

    Raises:
        UserError: as `open_account`, for one of them.
    """
    if not account_ids or not _any(ctx) or not (held := restricted_accounts(ctx) & set(account_ids)):
        return
    if held & closed_accounts(ctx):
        raise UserError(
            "This is a restricted record: only named officers may open it.",
            "If you need it for your work, ask your team leader.",
        )
    ctx.opened.update(held)


def open_subject(ctx: Context, subject: Subject, subject_id: int) -> None:
    """`open_account` for whatever hangs on a record, as `touch_subject`.

    Raises:
        UserError: as `open_account`.
    """
    if subject is Subject.ACCOUNT:
        open_account(ctx, subject_id)
    elif _any(ctx):
        for account_id in _accounts_under(ctx, subject, subject_id):
            open_account(ctx, account_id)


def log_views(session: Session, officer_id: int, account_ids: Iterable[int], now: datetime) -> None:
    """Write who opened which restricted account; looking again within ten minutes is the same view."""
    for account_id in sorted(account_ids):
        lately = select(RecordView.id).where(
            RecordView.subject == Subject.ACCOUNT,
            RecordView.subject_id == account_id,
            RecordView.officer_id == officer_id,
            RecordView.at > now - _SAME_VIEW,
            RecordView.at <= now,
        )
        if session.scalars(lately).first() is None:
            session.add(RecordView(at=now, officer_id=officer_id, subject=Subject.ACCOUNT, subject_id=account_id))
    session.flush()


def standing(ctx: Context, account_id: int) -> Standing:
    """What the page of an account says of who may work on it."""
    relation = _declared(ctx).get(account_id)
    words = f"This is {_WORDS[relation]}: you may look, but not work on it." if relation else ""
    return Standing(words, restricted=bool(_any(ctx)) and account_id in restricted_accounts(ctx))


def restricted_accounts(ctx: Context) -> frozenset[int]:
    """Every account of a restricted record; lists, the finder and exports show `RESTRICTED_NAME` for them, to everybody."""
    return _accounts(ctx, _any(ctx))


def closed_accounts(ctx: Context) -> frozenset[int]:
    """The accounts that the officer who acts may not open: they are found by their reference only."""
    found = _any(ctx)
    return _accounts(ctx, _shut(ctx, found)) if found else frozenset()


def open_records(ctx: Context) -> list[RestrictedRecord]:
    """The restricted records that the officer who acts may open."""
    found = _any(ctx)
    shut = {record.id for record in _shut(ctx, found)}
    return [record for record in found if record.id not in shut]


def accounts_of(ctx: Context, record: RestrictedRecord) -> frozenset[int]:
    """The accounts that a restriction covers."""
    return _accounts(ctx, [record])


def restricted_people(ctx: Context) -> frozenset[int]:
    """The people of restricted records, whose names are not shown in lists."""
    return _people(ctx, _any(ctx))


def closed_people(ctx: Context) -> frozenset[int]:
    """The people whom the officer who acts may not find."""
    found = _any(ctx)
    return _people(ctx, _shut(ctx, found)) if found else frozenset()


def closed_records(ctx: Context) -> frozenset[tuple[Subject, int]]:
    """The records that the officer may not open: lists say nothing of what hangs on them."""
    return frozenset({(Subject.PERSON, each) for each in closed_people(ctx)} | records_about(ctx, closed_accounts(ctx)))


def records_about(ctx: Context, accounts: Collection[int]) -> set[tuple[Subject, int]]:
    """Some accounts with their tenancies, properties, letters and post."""
    from app.models.letters import Outgoing
    from app.models.post_log import PostItem

    found = {(Subject.ACCOUNT, each) for each in accounts}
    for chunk in in_chunks(sorted(accounts)):
        tenancies = select(Tenancy.id, Tenancy.property_id).join(Account, Account.tenancy_id == Tenancy.id)
        for row in ctx.session.execute(tenancies.where(Account.id.in_(chunk))):
            found |= {(Subject.TENANCY, row.id), (Subject.PROPERTY, row.property_id)}
        for subject, table in ((Subject.LETTER, Outgoing), (Subject.POST_ITEM, PostItem)):
            about = select(table.id).where(table.account_id.in_(chunk))
            found.update((subject, each) for each in ctx.session.scalars(about))
    return found


def declared_accounts(ctx: Context) -> frozenset[int]:
    """The accounts that the officer who acts may not work on today; runs over many accounts leave them out."""
    return frozenset(_declared(ctx))


def _any(ctx: Context) -> list[RestrictedRecord]:
    """The restrictions in force; there are few, and they are read once a transaction."""
    kept = ctx.session.info
    if _KEPT not in kept:
        in_force = select(RestrictedRecord).where(RestrictedRecord.released_at.is_(None))
        kept[_KEPT] = list(ctx.session.scalars(in_force))
    found: list[RestrictedRecord] = kept[_KEPT]
    return found


def changed(ctx: Context) -> None:
    """A record was restricted or released in this transaction: what was read of them is read again."""
    ctx.session.info.pop(_KEPT, None)


def _shut(ctx: Context, records: Collection[RestrictedRecord]) -> list[RestrictedRecord]:
    """Those of them that the officer may not open."""
    readers: dict[int, list[RestrictedReader]] = {}
    for chunk in in_chunks([record.id for record in records]):
        for reader in ctx.session.scalars(select(RestrictedReader).where(RestrictedReader.restricted_id.in_(chunk))):
            readers.setdefault(reader.restricted_id, []).append(reader)
    return [record for record in records if not _named(ctx, readers.get(record.id, ()))]


def _named(ctx: Context, readers: Collection[RestrictedReader]) -> bool:
    if not readers:
        return Permission.VIEW_RESTRICTED in ctx.officer.permissions
    return any(reader.officer_id == ctx.officer.id or reader.role in ctx.officer.roles for reader in readers)


def _accounts(ctx: Context, records: Collection[RestrictedRecord]) -> frozenset[int]:
    if not records:
        return frozenset()
    from app.services.core import covered

    return covered.accounts(ctx, records)


def _people(ctx: Context, records: Collection[RestrictedRecord]) -> frozenset[int]:
    if not records:
        return frozenset()
    from app.services.core import covered

    return covered.people(ctx, records)


def _accounts_under(ctx: Context, subject: Subject, subject_id: int) -> list[int]:
    from app.services.core import covered

    return covered.accounts_under(ctx, subject, subject_id)


def _declared(ctx: Context) -> dict[int, Relation]:
    """The accounts that the officer may not work on today: those declared, and the others of the same tenancies."""
    today = ctx.clock.today()
    own = (
        select(DeclaredAccount.account_id, DeclaredAccount.relation, Account.tenancy_id)
        .join(Account, Account.id == DeclaredAccount.account_id)
        .where(
            DeclaredAccount.officer_id == ctx.officer.id,
            DeclaredAccount.from_on <= today,
            or_(DeclaredAccount.to_on.is_(None), DeclaredAccount.to_on >= today),
        )
    )
    rows = ctx.session.execute(own).all()
    found = {row.account_id: row.relation for row in rows}
    by_tenancy = {row.tenancy_id: row.relation for row in rows if row.tenancy_id is not None}
    for chunk in in_chunks(sorted(by_tenancy)):
        others = select(Account.id, Account.tenancy_id).where(Account.tenancy_id.in_(chunk))
        for account_id, tenancy_id in ctx.session.execute(others):
            found.setdefault(account_id, by_tenancy[tenancy_id])
    return found
