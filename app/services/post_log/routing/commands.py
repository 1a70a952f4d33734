"""Changing the routing rules."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.post_log import PostRule
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.post_log.leavers import refuse_left
from app.services.post_log.routing.dto import LONGEST_WORDS, RuleForm
from app.services.post_log.routing.rules import phrases

_CHANGED = Changes(frozenset({"post_rules"}))


@requires(Permission.KEEP_POST_RULES)
def save(ctx: Context, form: RuleForm) -> Changes:
    """Keep a rule as written; a new one is tried last.

    Raises:
        UserError: it looks for nothing, proposes nothing, gives to somebody who left, or was changed meanwhile.
    """
    _check(ctx, form)
    row = PostRule(position=_last(ctx) + 1) if form.rule_id is None else _rule(ctx, form.rule_id, form.version)
    row.field = form.field
    row.words = ", ".join(phrases(form.words))
    row.category_id = form.category_id
    row.officer_id, row.team_id = form.holder.officer_id, form.holder.team_id
    row.priority = None if form.priority is None else int(form.priority)
    ctx.session.add(row)
    ctx.session.flush()
    return _CHANGED


@requires(Permission.KEEP_POST_RULES)
def remove(ctx: Context, rule_id: int, version: int) -> Changes:
    """Use a rule no more; what it proposed stays."""
    _rule(ctx, rule_id, version).retired = True
    ctx.session.flush()
    return _CHANGED


@requires(Permission.KEEP_POST_RULES)
def move(ctx: Context, rule_id: int, by: int) -> Changes:
    """Try a rule earlier (`by` negative) or later; at the end of the list it stays where it is."""
    rows = list(ctx.session.scalars(select(PostRule).where(~PostRule.retired).order_by(PostRule.position, PostRule.id)))
    at = next((place for place, row in enumerate(rows) if row.id == rule_id), None)
    if at is None:
        raise _gone()
    rows.insert(max(0, min(len(rows) - 1, at + by)), rows.pop(at))
    for position, row in enumerate(rows, start=1):
        row.position = position
    ctx.session.flush()
    return _CHANGED


def _check(ctx: Context, form: RuleForm) -> None:
    if not phrases(form.words):
        raise UserError("Write at least one word to look for.", "Several are parted by commas.", "words")
    if len(form.words) > LONGEST_WORDS:
        raise UserError(f"That is more than {LONGEST_WORDS} characters.", "Make two rules of it.", "words")
    refuse_card_number(ctx, form.words, "rule", "words")
    nobody = form.holder.officer_id is None and form.holder.team_id is None
    if form.category_id is None and nobody and form.priority is None:
        raise UserError("The rule proposes nothing.", "Choose a category, who gets it, or a priority.", "category")
    refuse_left(ctx, form.holder.officer_id)


def _rule(ctx: Context, rule_id: int, version: int) -> PostRule:
    row = ctx.session.get(PostRule, rule_id)
    if row is None or row.retired:
        raise _gone()
    refuse_old(row.version, version)
    return row


def _gone() -> UserError:
    return UserError("That rule is no longer there.", "Look at the list again.")


def _last(ctx: Context) -> int:
    return ctx.session.scalar(select(func.max(PostRule.position))) or 0
