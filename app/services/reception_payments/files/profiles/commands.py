"""Profiles are made, changed, looked at by a second officer, and taken out of use."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import select

from app.models.codes import TransactionCode
from app.models.reception_payments.files import ReceiptProfile, ReceiptProfileEdition
from app.models.values import CodeKind, Subject
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.core.versions import refuse_old
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.reception_payments.files.layouts import dumped, loaded
from app.services.reception_payments.files.profiles import rules
from app.services.reception_payments.files.profiles.dto import Kept, NewProfile
from app.services.reception_payments.files.profiles.shipped import SHIPPED
from app.services.reception_payments.files.profiles.widening import widened

_CHANGES: Final = Changes(frozenset({"reception_payments", "diary"}))
_MOST_NAME, _MOST_WHY, _MOST_WIDENS, _MOST_KEY = 60, 200, 400, 30
_NOT_KEY: Final = re.compile(r"[^a-z0-9]+")
_LOOK: Final = "receipt_profile_widened"
_IN_DAYS: Final = 2


@requires(Permission.KEEP_RECEIPT_PROFILES)
def keep(ctx: Context, new: NewProfile) -> Kept:
    """Keep a profile, a new one or the next edition of one. What accepts more than before is told to a second officer.

    Raises:
        UserErrors: what is wrong with it, each beside its field.
        UserError: there is another of that name.
        ChangedMeanwhile: somebody else changed it in between.
    """
    name, why = _checked(ctx, new)
    before = None
    if new.profile_id is None:
        row = ReceiptProfile(key=_key(ctx, name), name=name, edition=0)
        ctx.session.add(row)
    else:
        row = record(ctx, ReceiptProfile, new.profile_id, "profile")
        refuse_old(row.version, new.version)
        before = loaded(_newest(ctx, row).layout)
    if before == new.layout and row.name == name:
        return Kept(row.id, row.key, row.edition, f"Nothing of {name} was changed.", _CHANGES)
    row.name, row.edition = name, row.edition + 1
    ctx.session.flush()
    widens = " ".join(widened(before, new.layout))[:_MOST_WIDENS]
    ctx.session.add(
        ReceiptProfileEdition(
            profile_id=row.id,
            number=row.edition,
            layout=dumped(new.layout),
            why=why,
            widens=widens,
            officer_id=ctx.officer.id,
            at=ctx.clock.now(),
        )
    )
    ctx.session.flush()
    told = f"{name} is kept, edition {row.edition}."
    if widens:
        _tell(ctx, row, widens)
        told += " A second officer is asked to look at what it takes now."
    return Kept(row.id, row.key, row.edition, told, _CHANGES)


@requires(Permission.KEEP_RECEIPT_PROFILES)
def see(ctx: Context, profile_id: int, edition: int) -> Changes:
    """Another officer has looked at what an edition takes that was refused before.

    Raises:
        UserError: the officer made it, there is a newer one, or nothing is to be looked at.
    """
    row = record(ctx, ReceiptProfile, profile_id, "profile")
    newest = _newest(ctx, row)
    if newest.number != edition:
        raise UserError("There is a newer edition.", "Look at that one.")
    if not newest.widens or newest.seen_by is not None:
        raise UserError("Nothing of it is to be looked at.", "Look at the list again.")
    if newest.officer_id == ctx.officer.id:
        raise UserError("Nobody looks at their own change.", "Another officer does.")
    newest.seen_by, newest.seen_at = ctx.officer.id, ctx.clock.now()
    diary.finish_for(ctx, *_about(row), _LOOK, "Looked at")
    ctx.session.flush()
    return _CHANGES


@requires(Permission.KEEP_RECEIPT_PROFILES)
def set_active(ctx: Context, profile_id: int, version: int, *, active: bool) -> Changes:
    """Take a profile out of use, or into use again; files that were read by it stay as they are.

    Raises:
        ChangedMeanwhile: somebody else changed it in between.
    """
    row = record(ctx, ReceiptProfile, profile_id, "profile")
    refuse_old(row.version, version)
    row.active = active
    ctx.session.flush()
    return _CHANGES


def _checked(ctx: Context, new: NewProfile) -> tuple[str, str]:
    name, why = " ".join(new.name.split()), " ".join(new.why.split())
    found = list(rules.faults(new.layout))
    if not name or len(name) > _MOST_NAME:
        found.append(UserError(f"Give it a name of up to {_MOST_NAME} characters.", field="name"))
    if len(why) > _MOST_WHY:
        found.append(UserError(f"That has {len(why)} characters, and {_MOST_WHY} fit.", "Shorten it.", "why"))
    same = select(ReceiptProfile.id).where(ReceiptProfile.name == name, ReceiptProfile.id != (new.profile_id or 0))
    if ctx.session.scalars(same).first() is not None or name in {each.name for each in SHIPPED}:
        found.append(UserError(f"There is a profile called {name} already.", "Give it another name.", "name"))
    codes = {new.layout.code, *(code for _, code in new.layout.codes)} - {""}
    known = set(ctx.session.scalars(select(TransactionCode.code).where(TransactionCode.kind == CodeKind.RECEIPT)))
    found += [UserError(f"{code} isn't a code of receipts.", field="code") for code in sorted(codes - known)]
    if found:
        raise UserErrors(found)
    for field, text in (("name", name), ("why", why), ("columns", dumped(new.layout))):
        refuse_card_number(ctx, text, "profile", field)
    return name, why


def _tell(ctx: Context, row: ReceiptProfile, widens: str) -> None:
    subject, subject_id = _about(row)
    diary.finish_for(ctx, subject, subject_id, _LOOK, "There is a newer edition")
    title = f"Look at the profile {row.name}: it takes more than before"
    details = f"{widens} Reception, Files, Profiles. It takes somebody else than {ctx.officer.name}."
    due = diary.due_in(ctx, _IN_DAYS)
    diary.add_task(ctx, NewTask(title, due, details, subject, subject_id, _LOOK))


def _about(row: ReceiptProfile) -> tuple[Subject, int]:
    return Subject.RECEIPT_PROFILE, row.id


def _newest(ctx: Context, row: ReceiptProfile) -> ReceiptProfileEdition:
    return ctx.session.get_one(ReceiptProfileEdition, (row.id, row.edition))


def _key(ctx: Context, name: str) -> str:
    """A key of its own, made of the name."""
    base = _NOT_KEY.sub("_", name.casefold()).strip("_")[:_MOST_KEY] or "profile"
    taken = set(ctx.session.scalars(select(ReceiptProfile.key))) | {each.key for each in SHIPPED}
    return next(key for at in range(1, len(taken) + 2) if (key := base if at == 1 else f"{base}_{at}") not in taken)
