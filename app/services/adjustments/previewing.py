"""What an adjustment would do, told before it is submitted: every account before and after, who approves, what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.values import ZERO, AccountKind, AdjustmentSheet, Money
from app.services.adjustments import alike, fixing, keeping, kinds, posting, queries, rules
from app.services.adjustments.dto import Alike, Effect, Face, NewAdjustment, NewLine, Preview
from app.services.approvals import third
from app.services.benefits import keeping as benefits
from app.services.benefits.dto import KINDS as BENEFITS
from app.services.core import effects as core
from app.services.core.context import Context
from app.services.core.errors import UserErrors
from app.services.core.officers import people_count
from app.services.holds import queries as holds
from app.services.holds.dto import KINDS as HOLDS
from app.services.ledger import periods
from app.services.rent.header import account_header

_LINKED_OF: Final = 4
"""Of an adjustment of more accounts than these the linked ones are not shown."""
_SHOWN: Final = 60
_ALONE: Final = "This Rentbook has one officer, so nothing is posted: add a second one first (Admin, Officers)."
_TWO: Final = "A third officer posts it then, and this Rentbook has two: add one (Admin, Officers)."


def preview(ctx: Context, new: NewAdjustment) -> Preview:
    """What an adjustment would do as things stand. Lines that look like earlier ones are told, not refused.

    Raises:
        UserErrors: lines have faults, each with its field.
        UserError: an account is restricted and not the officer's to open.
    """
    errors = tuple(keeping.faults_in(ctx, new.lines, kinds.kinds(ctx)))
    if errors:
        raise UserErrors(errors)
    fixing.refuse_fixed_again(ctx, new.lines)
    moved = _moved(new.lines)
    faces = {account_id: queries.face(ctx, account_id) for account_id in list(moved)[:_SHOWN]}
    linked = _linked(ctx, faces, moved) if len(moved) <= _LINKED_OF else ()
    come_to = rules.sums(new.lines)
    return Preview(
        effects=(*(_effect(face, moved[face.account_id]) for face in faces.values()), *linked),
        alike=alike.alike(ctx, new.lines),
        needs=_needs(ctx, new.lines, come_to),
        warnings=tuple(_warnings(ctx, new.lines, faces)),
        debit=come_to.debit,
        credit=come_to.credit,
    )


def effects(ctx: Context, new: NewAdjustment) -> tuple[core.Effect, ...]:
    """The same as the panel beside a sheet shows it.

    Raises:
        UserErrors, UserError: as `preview`.
    """
    found = preview(ctx, new)
    return (
        *(_of_account(each) for each in found.effects),
        *(_of_alike(at, line, len(new.lines)) for at, same in sorted(found.alike.items()) for line in same[:3]),
        *(core.Effect("To look at", each, warns=True) for each in found.warnings),
        core.Effect("Approval", found.needs or "It is posted at once, by you.", warns=bool(found.needs)),
    )


def _moved(lines: Iterable[NewLine]) -> dict[int, Money]:
    """What the lines come to on each account, in the order in which the accounts first come."""
    moved: dict[int, Money] = {}
    for line in lines:
        moved[line.account_id] = moved.get(line.account_id, ZERO) + line.amount
        if line.other_account_id is not None:
            moved[line.other_account_id] = moved.get(line.other_account_id, ZERO) - line.amount
    return moved


def _effect(face: Face, moved: Money) -> Effect:
    after = face.balance + moved
    return Effect(face.account_id, face.reference, face.name, face.kind, face.balance, after)


def _linked(ctx: Context, faces: Iterable[int], moved: Mapping[int, Money]) -> tuple[Effect, ...]:
    """The accounts of the same tenancies and people, which stay as they are."""
    found: dict[int, Effect] = {}
    for account_id in faces:
        for each in account_header(ctx, account_id).linked:
            if each.account_id not in moved:
                found[each.account_id] = Effect(
                    each.account_id, each.reference, each.address, each.kind, each.balance, each.balance, linked=True
                )
    return tuple(found.values())


def _needs(ctx: Context, lines: Sequence[NewLine], come_to: rules.Sums) -> str:
    """Who has to approve it and post it, in sentences."""
    used = {line.kind for line in lines}
    why = keeping.second_officer(ctx, used, come_to)
    if not why:
        return ""
    people = people_count(ctx.session)
    said = [f"{why[0].upper()}{why[1:]}"]
    if people < third.THIRD - 1:
        said.append(_ALONE)
    elif third.posts(ctx, used):
        said.append(_TWO if people < third.THIRD else "A third officer posts it then.")
    return " ".join(said)


def _warnings(ctx: Context, lines: Sequence[NewLine], faces: Mapping[int, Face]) -> Iterable[str]:
    today = ctx.clock.today()
    posts_on = periods.first_open_day(ctx.session, today)
    if late := posting.reported_later(ctx, [line.effective_on for line in lines], posts_on):
        yield late
    if posts_on != today:
        yield f"Today's period is closed, so it is accounted for on {_day(posts_on)}."
    ahead = max(line.effective_on for line in lines)
    if ahead > today:
        yield f"{_day(ahead)} is still to come."
    yield from _of_benefits(ctx, lines, faces)
    for account_id, face in list(faces.items())[:_LINKED_OF]:
        yield from _of_standing(ctx, account_id, face, min(line.effective_on for line in lines))


def _of_benefits(ctx: Context, lines: Sequence[NewLine], faces: Mapping[int, Face]) -> Iterable[str]:
    """Who is told of a change of rent that benefit is worked out on; a recalculation says so beside its working."""
    known = kinds.kinds(ctx)
    entered = (line for line in lines if known[line.kind].sheet is not AdjustmentSheet.RECALCULATION)
    told = {line.account_id for line in entered if known[line.kind].tells_benefit}
    for account_id in sorted(told & faces.keys()):
        tenancy_id = ctx.session.scalar(select(Account.tenancy_id).where(Account.id == account_id))
        for benefit in benefits.live_kinds(ctx, () if tenancy_id is None else (tenancy_id,)).get(tenancy_id or 0, ()):
            yield f"{BENEFITS[benefit]} is claimed on {faces[account_id].reference}: a task asks to tell them."


def _of_standing(ctx: Context, account_id: int, face: Face, first: date) -> Iterable[str]:
    """What the officer should know of an account."""
    header = account_header(ctx, account_id)
    today = ctx.clock.today()
    if header.declared:
        yield f"{face.reference}: {header.declared}"
    if face.kind is AccountKind.FORMER_TENANT or (header.ended_on is not None and header.ended_on < today):
        yield f"{face.reference} is a former tenant's account."
    if first < header.started_on:
        yield f"{_day(first)} is before the tenancy of {face.reference} began, on {_day(header.started_on)}."
    for hold in holds.live(ctx, account_id, today):
        until = f"until {_day(hold.to_on)}" if hold.to_on else "without an end"
        yield f"{face.reference} is on hold {until}: {HOLDS[hold.kind].lower()}."


def _of_account(each: Effect) -> core.Effect:
    group = "Linked accounts" if each.linked else "Balances"
    after = "" if each.linked else each.after.dr_cr()
    return core.Effect(group, f"{each.reference} {each.name}".strip(), each.before.dr_cr(), after)


def _of_alike(at: int, earlier: Alike, lines: int) -> core.Effect:
    place = f"Line {at + 1}. " if lines > 1 else ""
    return core.Effect("Entered before?", f"{place}{alike.told(earlier)}", warns=True)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
