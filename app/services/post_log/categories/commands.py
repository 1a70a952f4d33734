"""Changing the categories."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import func, select

from app.models.post_log import PostCategory
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.post_log.categories.dto import USUAL, CategoryForm
from app.services.post_log.categories.queries import FIXED, acknowledgements
from app.services.post_log.leavers import refuse_left

_LONGEST_NAME: Final = 80
_LONGEST_KEY: Final = 40
_MOST_MONTHS: Final = 1_200
_CHANGED: Final = Changes(frozenset({"post_log", "post_rules"}))


@requires(Permission.KEEP_POST_RULES)
def save(ctx: Context, form: CategoryForm) -> Changes:
    """Keep a category as written; a new one is listed last, with the standard of every category that has none of its own.

    Raises:
        UserError: it has no name or another's, it is kept for no time, it goes to somebody who left, Rentbook needs it, or no
            letter that could acknowledge it has the template's key.
        ChangedMeanwhile: a colleague changed it.
    """
    name = _name(ctx, form)
    if form.months is None or not 1 <= form.months <= _MOST_MONTHS:
        raise UserError(
            f"Content is kept for 1 to {_MOST_MONTHS:,} months after an item was closed.",
            "Type the months, such as 72 for six years.",
            "months",
        )
    refuse_left(ctx, form.holder.officer_id)
    row = _row(ctx, form, name)
    if form.retired and row.key in FIXED:
        raise UserError(f"Rentbook files post under '{row.name}' by itself.", "It can't be retired.", "retired")
    row.name, row.high, row.retention_months, row.retired = name, form.high, form.months, form.retired
    row.officer_id, row.team_id = form.holder.officer_id, form.holder.team_id
    if form.acknowledgement != row.acknowledgement:
        row.acknowledgement = _acknowledgement(ctx, form.acknowledgement)
    ctx.session.add(row)
    ctx.session.flush()
    return _CHANGED


def _row(ctx: Context, form: CategoryForm, name: str) -> PostCategory:
    if form.category_id is not None:
        row = ctx.session.get(PostCategory, form.category_id)
        if row is None:
            raise UserError("That category is no longer there.", "Look at the list again.")
        refuse_old(form.version, row.version)
        return row
    last = ctx.session.scalar(select(func.max(PostCategory.position))) or 0
    return PostCategory(
        key=_key(ctx, name), name=name, position=last + 1, acknowledgement=USUAL, work="", retired=False
    )


def _acknowledgement(ctx: Context, key: str) -> str:
    """A template that may acknowledge; empty for none."""
    if key and key not in dict(acknowledgements(ctx)):
        raise UserError(
            "No letter in use has that key, or something has to be typed into it each time.",
            "Choose another, or change its wording in Admin, Letter templates.",
            "acknowledgement",
        )
    return key


def _name(ctx: Context, form: CategoryForm) -> str:
    name = " ".join(form.name.split())
    if not name:
        raise UserError("The category has no name.", "Say in a few words what its post is about.", "name")
    if len(name) > _LONGEST_NAME:
        raise UserError(f"The name has more than {_LONGEST_NAME} characters.", "Shorten it.", "name")
    refuse_card_number(ctx, name, "name", "name")
    same = select(PostCategory.id).where(func.lower(PostCategory.name) == name.lower())
    if any(each != form.category_id for each in ctx.session.scalars(same)):
        raise UserError(f"There is a category '{name}' already.", "Give it another name.", "name")
    return name


def _key(ctx: Context, name: str) -> str:
    """A key made of a name: `Lost keys` becomes `lost_keys`."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[: _LONGEST_KEY - 4] or "category"
    taken = set(ctx.session.scalars(select(PostCategory.key)))
    return (
        plain if plain not in taken else next(f"{plain}_{at}" for at in range(2, 1_000) if f"{plain}_{at}" not in taken)
    )
