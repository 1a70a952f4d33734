"""Asking for a policy value to be changed, and verifying one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.models.policy import PolicyValue
from app.models.values import Subject
from app.services.admin.policy import rules
from app.services.admin.policy.dto import KIND, Action, Asked, NewValue, number_of
from app.services.admin.policy.requests import checked, payload_of
from app.services.approvals.dto import NewRequest
from app.services.approvals.keeping import ask
from app.services.core import policy_values
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires

_SAID = {Action.ADD: "", Action.CORRECT: ", corrected", Action.WITHDRAW: ", withdrawn"}


@requires(Permission.EDIT_POLICY)
def ask_change(ctx: Context, new: NewValue) -> Asked:
    """Ask a second officer for a value from a day on, or for one to come to be corrected or withdrawn.

    Raises:
        UserError: the value can't be so (see `requests.checked`), no reason is given, or nobody else could approve it.
    """
    for text, field in ((new.value, "value"), (new.source, "source")):
        refuse_card_number(ctx, text, field, field)
    made = checked(ctx, new)
    key = policy_values.declared()[made.key]
    scope = f", {rules.scope_in_words(made.scope).lower()}" if made.scope else ""
    words = rules.listed_value(key, made.value)
    day = rules.day_in_words(made.effective_from)
    request_id = ask(
        ctx,
        NewRequest(
            KIND,
            Subject.POLICY,
            number_of(made.key, made.scope),
            f"{key.title}{scope}: {words} from {day}{_SAID[made.action]}",
            new.reason,
            payload_of(made),
        ),
    )
    return Asked(request_id, Changes(frozenset({"admin", "approvals"})))


@requires(Permission.EDIT_POLICY)
def verify(ctx: Context, key: str, scope: str, effective_from: date, source: str) -> Changes:
    """Mark a value as verified for this landlord, with where it was looked up; the value stays as it is.

    Raises:
        UserError: there is no such value, or no source is given.
    """
    source = source.strip()
    if not source:
        raise UserError("Say where it was looked up: a regulation, a minute, a page.", field="source")
    if len(source) > 400:
        raise UserError("The source is over 400 characters.", field="source")
    refuse_card_number(ctx, source, "source", "source")
    row = ctx.session.scalar(
        select(PolicyValue).where(
            PolicyValue.key == key, PolicyValue.scope == scope, PolicyValue.effective_from == effective_from
        )
    )
    if row is None:
        known = (v for v in policy_values.shipped_of(key) if (v.scope, v.effective_from) == (scope, effective_from))
        value = next(known, None)
        if value is None:
            raise UserError("This value is no longer there.", "Look at the list again.")
        row = PolicyValue(key=key, scope=scope, effective_from=effective_from, value=value.value, unit=value.unit)
        ctx.session.add(row)
    row.source, row.verified_by, row.verified_on = source, ctx.officer.name, ctx.clock.today()
    ctx.session.flush()
    return Changes(frozenset({"admin"}))
