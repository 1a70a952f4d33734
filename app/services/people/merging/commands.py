"""Two records of one person are made one, and parted again."""

from __future__ import annotations

from app.models.people import Person, PersonMerge
from app.models.values import Subject
from app.services.core import access, search_index, versions
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.people.merging import moving
from app.services.people.merging.dto import Merged, MergePeople, UndoMerge
from app.services.people.merging.holding import follow
from app.services.people.merging.queries import merge_to_undo, pair, values_of
from app.services.people.merging.rules import EMPTY, filled
from app.services.people.writing import changed, name_of
from app.services.rent.search import index_people, refresh_search

_LONGEST = 400


@requires(Permission.MERGE_PEOPLE)
def merge_people(ctx: Context, new: MergePeople) -> Merged:
    """Make one record of a person part of another: every row that names it names the other from now on.

    Fields that are empty in the record that is kept are filled from the other. The other record stays, is found no more, and
    what was moved is written down, so that `undo_merge` can part them.

    Raises:
        UserError: no reason is given, they are one record, one was merged already, or is declared or restricted; or what hangs
            on it is to be put right on an account that the officer may not work on.
    """
    reason = new.reason.strip()
    if not reason:
        raise UserError("Why they are one person is missing.", "It stays with the record.", "reason")
    if len(reason) > _LONGEST:
        raise UserError(f"The reason has over {_LONGEST} characters.", "Shorten it.", "reason")
    refuse_card_number(ctx, reason, "reason", "reason")
    kept, merged = pair(ctx, new)
    one, other = values_of(kept), values_of(merged)
    names = filled(one, other)
    merge = PersonMerge(
        kept_id=kept.id,
        merged_id=merged.id,
        filled=" ".join(names),
        reason=reason,
        at=ctx.clock.now(),
        officer_id=ctx.officer.id,
    )
    ctx.session.add(merge)
    ctx.session.flush()
    moved = moving.move(ctx, merge)
    for name in names:
        setattr(kept, name, other[name])
    merged.merged_into_id = kept.id
    ctx.session.flush()
    access.changed(ctx)
    search_index.forget_records(ctx, Subject.PERSON, [merged.id])
    follow(ctx, (kept.id, merged.id), f"Records {kept.ref} and {merged.ref} are one person", f"merged:{merge.id}")
    changes = changed(ctx, kept.id)
    refresh_search(ctx, changes.account_ids)
    return Merged(merge.id, moved, f"{merged.ref} is part of {name_of(kept)}, {kept.ref}, now.", changes)


@requires(Permission.MERGE_PEOPLE)
def undo_merge(ctx: Context, wanted: UndoMerge) -> Merged:
    """Part two records again; what came to the kept one since the merge stays with it.

    Raises:
        UserError: it was undone already, the kept record is itself part of another, or is declared or restricted.
        ChangedMeanwhile: somebody else changed it in between.
    """
    merge = merge_to_undo(ctx, wanted)
    versions.refuse_old(merge.version, wanted.version)
    kept, merged = ctx.session.get_one(Person, merge.kept_id), ctx.session.get_one(Person, merge.merged_id)
    merged.merged_into_id = None
    now, then = values_of(kept), values_of(merged)
    for name in merge.filled.split():
        if now[name] == then[name]:
            setattr(kept, name, EMPTY[name])
    moved = moving.move_back(ctx, merge)
    merge.undone_at, merge.undone_by = ctx.clock.now(), ctx.officer.id
    ctx.session.flush()
    access.changed(ctx)
    follow(ctx, (kept.id, merged.id), f"Records {kept.ref} and {merged.ref} are two people", f"parted:{merge.id}")
    changes = changed(ctx, kept.id)
    changes = type(changes)(changes.areas, changes.account_ids | changed(ctx, merged.id).account_ids)
    refresh_search(ctx, changes.account_ids)
    index_people(ctx, [merged.id])
    return Merged(merge.id, moved, f"{name_of(merged)}, {merged.ref}, is a record of its own again.", changes)
