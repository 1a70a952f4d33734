"""What must not happen to the accounts of somebody who died or is away, for a while."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import or_, select

from app.models.holds import Hold
from app.models.values import HoldKind, LifeEvent
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.tenancies.life_events import registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import accounts_held, kind_of
from app.services.tenancies.life_events.registry import Hanging

_HOLDS: Final = "Holds"
_STOPPED: Final = {
    LifeEvent.DEATH: (HoldKind.RECOVERY, HoldKind.REFUNDS),
    LifeEvent.HOSPITAL: (HoldKind.RECOVERY,),
    LifeEvent.PRISON: (HoldKind.RECOVERY,),
}
_WORDS: Final = {HoldKind.RECOVERY: "recovery", HoldKind.REFUNDS: "refunds"}


def register() -> None:
    """Plug in holds, placed after the letters are drafted."""
    registry.register(Hanging("hold", _HOLDS, 70, _find, _apply))


def _find(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    """A hold for each account that has none of the kinds that the event asks for; others' debts are left alone."""
    kinds = _STOPPED.get(happened.kind, ())
    accounts = {
        account_id: (each, account)
        for account_id, (each, account) in accounts_held(ctx, happened).items()
        if not each.joint
    }
    standing = _standing(ctx, sorted(accounts))
    for account_id, (each, account) in accounts.items():
        wanted = [kind for kind in kinds if (account_id, kind) not in standing]
        if not wanted:
            continue
        do = Option(Choice.DO, f"No {' and no '.join(_WORDS[kind] for kind in wanted)} until it is released")
        keep = Option(Choice.KEEP, "No hold")
        yield Hangs(
            "hold",
            _HOLDS,
            f"Hold on the {kind_of(account)} of {each.address.split(',')[0]}",
            (do, keep) if happened.kind is LifeEvent.DEATH else (keep, do),
            account_id=account_id,
            reference=account.reference,
        )


def _apply(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    account_id = hangs.account_id
    if choice is Choice.KEEP or account_id is None:
        return Outcome("No hold")
    happened, today = new.happened, ctx.clock.today()
    standing = _standing(ctx, [account_id])
    placed = [kind for kind in _STOPPED[happened.kind] if (account_id, kind) not in standing]
    reason = f"{rules.WORDS[happened.kind]} on {written(happened.on)}"
    for kind in placed:
        holds.place(ctx, PlaceHold(account_id, kind, reason, today))
    words = f"No {' and no '.join(_WORDS[kind] for kind in placed)} from {written(today)}"
    return Outcome(words, account_ids=frozenset({account_id}))


def _standing(ctx: Context, account_ids: list[int]) -> set[tuple[int, HoldKind]]:
    """What is on hold from today, by account and kind."""
    today = ctx.clock.today()
    found: set[tuple[int, HoldKind]] = set()
    for chunk in in_chunks(account_ids):
        statement = select(Hold.account_id, Hold.kind).where(
            Hold.account_id.in_(chunk), or_(Hold.to_on.is_(None), Hold.to_on >= today)
        )
        found.update((row.account_id, row.kind) for row in ctx.session.execute(statement))
    return found
