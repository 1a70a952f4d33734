"""What a merge would do, which records it may be of, and which merges may be undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.people import Person, PersonMerge, PersonMergeRow, Tenant
from app.services.core import access
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.people.matching import likely_duplicates
from app.services.people.merging import holding, moving
from app.services.people.merging.dto import Candidate, MergePeople, MergeRow, UndoMerge
from app.services.people.merging.rules import EMPTY, LABELS, filled, left_out, moved_words
from app.services.people.writing import begin, name_of


def candidates(ctx: Context, person_id: int) -> tuple[Candidate, ...]:
    """The records that are likely of the same person, the likeliest first.

    Raises:
        UserError: there is nobody of this number, or theirs is a restricted record that isn't the officer's to open.
    """
    return tuple(
        Candidate(each.person_id, each.reference, each.name, each.date_of_birth, each.address, each.why)
        for each in likely_duplicates(ctx, person_id)
    )


def merges(ctx: Context, account_id: int) -> tuple[MergeRow, ...]:
    """The merges into the people of an account that stand, the latest first: the ones that may be undone.

    Raises:
        UserError: it is a restricted record, and not the officer's to open.
    """
    access.open_account(ctx, account_id)
    kept, merged = aliased(Person), aliased(Person)
    rows = select(func.count()).where(PersonMergeRow.merge_id == PersonMerge.id).correlate(PersonMerge)
    people = (
        select(Tenant.person_id).join(Account, Account.tenancy_id == Tenant.tenancy_id).where(Account.id == account_id)
    )
    statement = (
        select(PersonMerge, kept, merged, Officer.name, rows.scalar_subquery())
        .join(kept, kept.id == PersonMerge.kept_id)
        .join(merged, merged.id == PersonMerge.merged_id)
        .join(Officer, Officer.id == PersonMerge.officer_id)
        .where(PersonMerge.kept_id.in_(people), PersonMerge.undone_at.is_(None))
        .order_by(PersonMerge.id.desc())
    )
    return tuple(
        MergeRow(
            merge_id=row.id,
            version=row.version,
            kept_id=row.kept_id,
            kept=f"{name_of(one)}, {one.ref}",
            merged=f"{name_of(other)}, {other.ref}",
            reason=row.reason,
            at=row.at,
            officer=officer,
            moved=number,
        )
        for row, one, other, officer, number in ctx.session.execute(statement)
    )


def preview(ctx: Context, new: MergePeople) -> tuple[Effect, ...]:
    """What a merge will do."""
    kept, merged = pair(ctx, new)
    one, other = values_of(kept), values_of(merged)
    found = [Effect("Records", f"{name_of(merged)}, {merged.ref}, becomes part of {name_of(kept)}, {kept.ref}")]
    if kept.date_of_birth and merged.date_of_birth and kept.date_of_birth != merged.date_of_birth:
        found.append(
            Effect("Records", "Their dates of birth differ: look again whether they are one person", warns=True)
        )
    if _together(ctx, kept.id, merged.id):
        found.append(Effect("Records", "Both are named in one tenancy: it is then held by one person less", warns=True))
    moved = [moved_words(table, number) for table, number in moving.counts(ctx, merged.id).items()]
    found += [Effect("What moves", words) for words in moved or ["Nothing names the other record"]]
    found += [Effect("Filled in", LABELS[name], "", _said(other[name])) for name in filled(one, other)]
    for name in left_out(one, other):
        found.append(Effect("Left out", f"{LABELS[name]}: {_said(other[name])}", "", f"{_said(one[name])} stays"))
    found += holding.tell(ctx, (kept.id, merged.id), holding.together(ctx, (kept.id, merged.id)))
    found.append(Effect("Afterwards", "The other record is found no more. The merge can be undone."))
    return tuple(found)


def preview_undo(ctx: Context, wanted: UndoMerge) -> tuple[Effect, ...]:
    """What parting two records again will do."""
    merge = merge_to_undo(ctx, wanted)
    kept, merged = ctx.session.get_one(Person, merge.kept_id), ctx.session.get_one(Person, merge.merged_id)
    statement = (
        select(PersonMergeRow.table, func.count())
        .where(PersonMergeRow.merge_id == merge.id)
        .group_by(PersonMergeRow.table)
        .order_by(PersonMergeRow.table)
    )
    officer = ctx.session.get_one(Officer, merge.officer_id).name
    found = [
        Effect("Records", f"{name_of(merged)}, {merged.ref}, is a record of its own again"),
        Effect("Records", f"{officer} merged them on {written(merge.at.date())}: {merge.reason}"),
    ]
    found += [Effect("What moves back", moved_words(table, number)) for table, number in ctx.session.execute(statement)]
    now, then = values_of(kept), values_of(merged)
    emptied = [name for name in merge.filled.split() if now[name] == then[name]]
    found += [Effect("Emptied again", LABELS[name], _said(now[name])) for name in emptied]
    found += holding.tell(ctx, (kept.id, merged.id), holding.apart(ctx, merge))
    stays = f"What was written since {written(merge.at.date())} stays with {name_of(kept)}"
    return (*found, Effect("Afterwards", stays))


def pair(ctx: Context, new: MergePeople) -> tuple[Person, Person]:
    """The record that is kept and the one that becomes part of it.

    Raises:
        UserError: they are one record, one of them was merged already, or is declared or restricted.
    """
    if new.kept_id == new.merged_id:
        raise UserError("That is the same record.", "Choose the other one.", "merged_id")
    return begin(ctx, new.kept_id), begin(ctx, new.merged_id)


def merge_to_undo(ctx: Context, wanted: UndoMerge) -> PersonMerge:
    """The merge that is to be undone.

    Raises:
        UserError: there is none, it was undone, or the record that was kept is itself part of another now.
    """
    merge = ctx.session.get(PersonMerge, wanted.merge_id)
    if merge is None or merge.undone_at is not None:
        raise UserError("That merge was undone already.", "Open the account again.")
    begin(ctx, merge.kept_id)
    return merge


def values_of(person: Person) -> Mapping[str, Any]:
    """The fields that a merge compares."""
    return {name: getattr(person, name) for name in EMPTY}


def _together(ctx: Context, kept_id: int, merged_id: int) -> bool:
    one, other = aliased(Tenant), aliased(Tenant)
    statement = (
        select(one.tenancy_id)
        .join(other, other.tenancy_id == one.tenancy_id)
        .where(one.person_id == kept_id, other.person_id == merged_id)
    )
    return ctx.session.scalars(statement).first() is not None


def _said(value: Any) -> str:
    """A value in words."""
    if isinstance(value, date):
        return written(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = value.value.replace("_", " ") if isinstance(value, Enum) else str(value)
    return ", ".join(text.splitlines())
