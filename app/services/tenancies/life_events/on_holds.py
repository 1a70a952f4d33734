"""What must not happen to the accounts of somebody who died or is away, for a while."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.models.values import HoldKind, LifeEvent, Stop
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.holds import commands as holds
from app.services.holds.dto import PlaceHold
from app.services.holds.queries import stops as stopping
from app.services.holds.rules import listed
from app.services.tenancies.life_events import registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import accounts_held, kind_of
from app.services.tenancies.life_events.registry import Hanging

_HOLDS: Final = "Holds"
_STOPPED: Final[dict[LifeEvent, tuple[Stop, ...]]] = {
    LifeEvent.DEATH: (Stop.RECOVERY, Stop.ARREARS_COLLECTION, Stop.REFUNDS),
    LifeEvent.HOSPITAL: (Stop.RECOVERY,),
    LifeEvent.PRISON: (Stop.RECOVERY,),
}


def register() -> None:
    """Plug in holds, placed after the letters are drafted."""
    registry.register(Hanging("hold", _HOLDS, 70, _find, _apply))


def _find(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    """A hold for each account that has none of the kinds that the event asks for; others' debts are left alone."""
    stops = _STOPPED.get(happened.kind, ())
    accounts = {
        account_id: (each, account)
        for account_id, (each, account) in accounts_held(ctx, happened).items()
        if not each.joint
    }
    standing = _standing(ctx, sorted(accounts))
    for account_id, (each, account) in accounts.items():
        wanted = [stop for stop in stops if (account_id, stop) not in standing]
        if not wanted:
            continue
        do = Option(Choice.DO, f"{listed(wanted)} stopped until it is released")
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
    wanted = frozenset(stop for stop in _STOPPED[happened.kind] if (account_id, stop) not in standing)
    reason = f"{rules.WORDS[happened.kind]} on {written(happened.on)}"
    kind = HoldKind.DECEASED if happened.kind is LifeEvent.DEATH else HoldKind.OTHER
    holds.place(ctx, PlaceHold(account_id, kind, reason, today, stops=wanted))
    words = f"{listed(wanted)} stopped from {written(today)}"
    return Outcome(words, account_ids=frozenset({account_id}))


def _standing(ctx: Context, account_ids: list[int]) -> set[tuple[int, Stop]]:
    """What is stopped from today, by account."""
    return {(account_id, stop) for stop in Stop for account_id in stopping(ctx, account_ids, stop)}
