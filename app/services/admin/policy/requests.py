"""A change of a policy value as a request for approval, and what happens when it is approved."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.models.policy import PolicyValue
from app.services.admin.policy import queries, rules
from app.services.admin.policy.dto import KIND, Action, NewValue
from app.services.approvals import kinds
from app.services.approvals.dto import Detail, Payload
from app.services.core import policy, policy_values
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.core.policy_values import Key, Value


def register() -> None:
    """Plug the kind in."""
    kinds.register(
        kinds.ApprovalKind(KIND, "Policy value", Permission.APPROVE_OFFICER_CHANGES, apply=_apply, details=_details)
    )


def payload_of(new: NewValue) -> dict[str, object]:
    """What the kind needs to carry a checked change out."""
    return {
        "action": new.action.value,
        "key": new.key,
        "scope": new.scope,
        "value": new.value,
        "effective_from": new.effective_from.isoformat(),
        "source": new.source,
        "row_id": new.row_id,
    }


def checked(ctx: Context, new: NewValue) -> NewValue:
    """The change with its value as it is kept.

    Raises:
        UserError: the value isn't of its type or outside its limits, the day has gone by or is taken, the scope is none
            of the policy's, or the value to be corrected is no longer to come.
    """
    key = _key(new.key)
    if new.action is not Action.ADD:
        standing = _coming(ctx, new)
        if new.action is Action.WITHDRAW:
            return NewValue(
                new.action, key.key, standing.scope, standing.value, standing.effective_from, "", new.reason, new.row_id
            )
    if new.scope not in rules.scopes_of(key, queries.scope_codes(ctx)):
        raise UserError(f"'{key.title}' can't be limited to {rules.scope_in_words(new.scope)}.", field="scope")
    if key.begins:
        rules.refuse_between(key, new.effective_from)
    else:
        rules.refuse_past(new.effective_from, queries.earliest(ctx))
    value = rules.read_value(key, new.value, ctx.clock.today())
    if not new.source.strip():
        raise UserError("Say where the value comes from: a decision, a minute, a regulation.", field="source")
    if len(new.source) > 400:
        raise UserError("The source is over 400 characters.", field="source")
    _refuse_taken(ctx, new)
    for other in _bounds_of(key):
        theirs = ctx.policy.find(other.key, new.effective_from, new.scope)
        rules.refuse_crossed(key, value, other, theirs.value if theirs else None)
    return NewValue(
        new.action, key.key, new.scope, value, new.effective_from, new.source.strip(), new.reason, new.row_id
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    new = checked(ctx, _read(payload))
    if new.action is Action.ADD:
        row = PolicyValue(key=new.key, scope=new.scope)
        ctx.session.add(row)
    else:
        row = _row(ctx, new)
    if new.action is Action.WITHDRAW:
        ctx.session.delete(row)
    else:
        row.effective_from, row.value, row.unit, row.source = (
            new.effective_from,
            new.value,
            _key(new.key).unit,
            new.source,
        )
        row.verified_by, row.verified_on = ctx.officer.name, ctx.clock.today()
    ctx.session.flush()
    return Changes(frozenset({"admin", "charges"}))


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    new = _read(payload)
    key = _key(new.key)
    before = (
        _coming(ctx, new) if new.action is not Action.ADD else ctx.policy.find(key.key, new.effective_from, new.scope)
    )
    withdrawn = new.action is Action.WITHDRAW
    stands_after = _without(ctx, new) if withdrawn else None
    after = rules.write_value(key, stands_after.value if stands_after else new.value)
    corrects = before is not None and new.action is Action.CORRECT
    return (
        Detail("Policy", "", f"{key.title} ({rules.scope_in_words(new.scope)})"),
        Detail("Value", rules.write_value(key, before.value) if before else "none", after),
        Detail(
            "From",
            rules.day_in_words(before.effective_from) if before and corrects else "",
            rules.day_in_words(new.effective_from),
        ),
        Detail("Source", before.source if before else "", "withdrawn" if withdrawn else new.source),
        Detail("Used by", "", key.used_by),
    )


def _read(payload: Payload) -> NewValue:
    row_id = payload["row_id"]
    return NewValue(
        Action(str(payload["action"])),
        str(payload["key"]),
        str(payload["scope"]),
        str(payload["value"]),
        date.fromisoformat(str(payload["effective_from"])),
        str(payload["source"]),
        "",
        int(str(row_id)) if row_id is not None else None,
    )


def _key(name: str) -> Key:
    found = policy_values.declared().get(name)
    if found is None:
        raise UserError(f"There is no policy '{name}'.", field="key")
    return found


def _row(ctx: Context, new: NewValue) -> PolicyValue:
    row = ctx.session.get(PolicyValue, new.row_id) if new.row_id is not None else None
    if row is None or (row.key, row.scope) != (new.key, new.scope):
        raise UserError("This value is no longer there.", "Look at the list again.")
    return row


def _coming(ctx: Context, new: NewValue) -> Value:
    """The value to come that a change is about.

    Raises:
        UserError: it has gone, or its day has come.
    """
    row = _row(ctx, new)
    if row.effective_from <= ctx.clock.today() or row.effective_from < queries.earliest(ctx):
        raise UserError(
            f"This value is in force since {rules.day_in_words(row.effective_from)}, so it stays.",
            "Add a new value from a later day instead.",
        )
    return Value(
        row.key, row.scope, row.effective_from, row.value, row.unit, row.source, row.verified_by, row_id=row.id
    )


def _without(ctx: Context, new: NewValue) -> Value | None:
    """What is in force on the day of a value once that is withdrawn."""
    left = [v for v in policy.edited(ctx.session) if v.row_id != new.row_id and v.key == new.key]
    return policy_values.resolve([*policy_values.shipped_of(new.key), *left], new.effective_from, new.scope)


def _refuse_taken(ctx: Context, new: NewValue) -> None:
    taken = ctx.session.scalar(
        select(PolicyValue.id).where(
            PolicyValue.key == new.key,
            PolicyValue.scope == new.scope,
            PolicyValue.effective_from == new.effective_from,
        )
    )
    if taken is not None and taken != new.row_id:
        raise UserError(
            f"There is a value from {rules.day_in_words(new.effective_from)} already.",
            "Correct that one instead.",
            "effective_from",
        )


def _bounds_of(key: Key) -> list[Key]:
    """The keys that a value is bounded by, above or below."""
    return [other for other in policy_values.declared().values() if key.below == other.key or other.below == key.key]
