"""Saving, sharing, renaming and deleting filters; an officer changes only their own."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from app.models.filters import FilterDefault, SavedFilter
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.permissions import Permission, require, requires
from app.services.workbench.filters.dto import LONGEST_NAME, LONGEST_TEXT, Saved


@requires(Permission.KEEP_FILTERS)
def save_filter(ctx: Context, page: str, name: str, text: str, *, shared: bool = False, replace: bool = False) -> Saved:
    """Keep a filter of a table under a name.

    Args:
        ctx: whose filter it will be.
        page: the table, such as `rent.accounts`.
        name: what it is to be called; capitals and spaces make no other name.
        text: the filter in its text form.
        shared: for the whole office; needs the permission to share.
        replace: take the place of the officer's filter of that name.

    Raises:
        UserError: the name is empty, too long or taken, the filter is too long, or sharing isn't allowed.
    """
    name, key = _name(ctx, name)
    if len(text) > LONGEST_TEXT:
        raise UserError("The filter has too much in it to be saved.", "Choose fewer things.", "name")
    refuse_card_number(ctx, text, "filter", "name")
    if shared:
        require(ctx, Permission.SHARE_FILTERS)
    found = _of_name(ctx, page, key)
    if found is None:
        found = SavedFilter(page=page, owner_id=ctx.officer.id, name=name, name_key=key)
        ctx.session.add(found)
    elif not replace:
        raise _taken(found.name)
    found.name, found.text, found.saved_at = name, text, ctx.clock.now()
    found.shared = shared
    others = _forget_defaults(ctx, found.id, only_others=True) if found.id and not shared else 0
    ctx.session.flush()
    return Saved(found.id, name, others)


@requires(Permission.KEEP_FILTERS)
def rename_filter(ctx: Context, filter_id: int, name: str, version: int) -> Saved:
    """Call a filter of one's own something else.

    Raises:
        UserError: it is gone, somebody else's or changed since, or the name is empty, too long or taken.
    """
    found = _own(ctx, filter_id, version)
    name, key = _name(ctx, name)
    taken = _of_name(ctx, found.page, key)
    if taken is not None and taken.id != filter_id:
        raise _taken(taken.name)
    found.name, found.name_key = name, key
    ctx.session.flush()
    return Saved(filter_id, name)


@requires(Permission.KEEP_FILTERS)
def share_filter(ctx: Context, filter_id: int, version: int, *, shared: bool) -> Saved:
    """Share a filter of one's own with the office, or keep it to oneself again: tables that opened with it no longer do.

    Raises:
        UserError: it is gone, somebody else's or changed since, or sharing isn't allowed.
    """
    found = _own(ctx, filter_id, version)
    if shared:
        require(ctx, Permission.SHARE_FILTERS)
    found.shared = shared
    others = 0 if shared else _forget_defaults(ctx, filter_id, only_others=True)
    ctx.session.flush()
    return Saved(filter_id, found.name, others)


@requires(Permission.KEEP_FILTERS)
def delete_filter(ctx: Context, filter_id: int) -> Saved:
    """Delete a filter of one's own; a shared one is gone for everybody, and tables that opened with it show everything.

    Raises:
        UserError: it is gone already, or somebody else's.
    """
    found = _own(ctx, filter_id)
    name = found.name
    others = _forget_defaults(ctx, filter_id)
    ctx.session.delete(found)
    ctx.session.flush()
    return Saved(filter_id, name, others)


@requires(Permission.KEEP_FILTERS)
def open_with(ctx: Context, page: str, filter_id: int | None) -> Saved:
    """Choose the filter with which a table opens for this officer; None for the whole table.

    Raises:
        UserError: the filter is gone, or its owner no longer shares it.
    """
    chosen = None
    if filter_id is not None:
        chosen = ctx.session.get(SavedFilter, filter_id)
        if chosen is None or chosen.page != page or not (chosen.shared or chosen.owner_id == ctx.officer.id):
            raise _gone()
    held = ctx.session.get(FilterDefault, (ctx.officer.id, page))
    if chosen is None:
        if held is not None:
            ctx.session.delete(held)
    elif held is None:
        ctx.session.add(FilterDefault(officer_id=ctx.officer.id, page=page, filter_id=chosen.id))
    else:
        held.filter_id = chosen.id
    ctx.session.flush()
    return Saved(filter_id or 0, chosen.name if chosen else "")


def _name(ctx: Context, name: str) -> tuple[str, str]:
    shown = " ".join(name.split())
    if not shown:
        raise UserError("The filter needs a name.", "Type what it shows, such as Garages in arrears.", "name")
    if len(shown) > LONGEST_NAME or len(shown.casefold()) > LONGEST_NAME:
        raise UserError(f"The name is over {LONGEST_NAME} characters.", "Shorten it.", "name")
    refuse_card_number(ctx, shown, "name", "name")
    return shown, shown.casefold()


def _of_name(ctx: Context, page: str, key: str) -> SavedFilter | None:
    return ctx.session.scalars(
        select(SavedFilter).where(
            SavedFilter.page == page, SavedFilter.owner_id == ctx.officer.id, SavedFilter.name_key == key
        )
    ).one_or_none()


def _own(ctx: Context, filter_id: int, version: int | None = None) -> SavedFilter:
    found = ctx.session.get(SavedFilter, filter_id)
    if found is None:
        raise _gone()
    if found.owner_id != ctx.officer.id:
        raise UserError("This filter is a colleague's.", "Save it under a name of your own, then change that.")
    if version is not None and found.version != version:
        raise ChangedMeanwhile(
            f"The filter {found.name} was changed in another window.", "Open the list of filters again."
        )
    return found


def _forget_defaults(ctx: Context, filter_id: int, *, only_others: bool = False) -> int:
    """No table opens with this filter any more; how many colleagues that touched."""
    theirs = (FilterDefault.filter_id == filter_id, FilterDefault.officer_id != ctx.officer.id)
    count = ctx.session.scalar(select(func.count()).select_from(FilterDefault).where(*theirs)) or 0
    gone = theirs if only_others else theirs[:1]
    ctx.session.execute(delete(FilterDefault).where(*gone))
    return count


def _taken(name: str) -> UserError:
    return UserError(f"You have a filter called {name} already.", "Choose another name, or replace it.", "name")


def _gone() -> UserError:
    return UserError("That filter is no longer there: it was deleted, or is no longer shared.", "Choose another.")
