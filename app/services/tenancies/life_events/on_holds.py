"""What must not happen to the accounts of somebody who died or is away: holds that stand, and those to be placed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from app.models.holds import Hold
from app.models.values import HoldKind, LifeEvent, Stop
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.holds import keeping as holds
from app.services.holds import rules as hold_rules
from app.services.holds.dto import KINDS, PlaceHold
from app.services.tenancies.life_events import registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import accounts_held, kind_of
from app.services.tenancies.life_events.registry import Hanging

_HOLDS: Final = "Holds"
_AWAY: Final = frozenset({LifeEvent.HOSPITAL, LifeEvent.PRISON})
_AWAY_WEEKS: Final = timedelta(weeks=13)
"""After so long an absence is looked at again: Housing Benefit runs no longer for most who are away from home."""


def register() -> None:
    """Plug in holds that stand, and new ones, which are placed after the letters are drafted: some stop letters."""
    registry.register(Hanging("standing_hold", 65, _find_standing, _apply_standing))
    registry.register(Hanging("hold", 70, _find_new, _apply_new))


def _find_standing(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    accounts = accounts_held(ctx, happened)
    for hold in holds.standing(ctx, sorted(accounts)):
        case = hold.case_id is not None
        keep, stop = Option(Choice.KEEP, "Goes on"), Option(Choice.STOP, "Released today")
        yield Hangs(
            "standing_hold",
            _HOLDS,
            f"{KINDS[hold.kind]} from {written(hold.from_on)}",
            (keep,) if case else (keep, stop),
            record_id=hold.id,
            account_id=hold.account_id,
            reference=accounts[hold.account_id][1].reference,
            why="It ends with its case, in the register of cases" if case else "",
        )


def _apply_standing(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.record_id is None:
        return Outcome("Goes on")
    hold = ctx.session.get_one(Hold, hangs.record_id)
    account_id = hold.account_id
    holds.lift(ctx, hold, f"{rules.WORDS[new.happened.kind]} on {written(new.happened.on)}")
    return Outcome("Released", account_ids=frozenset({account_id}))


def _find_new(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    """A hold for each account that only they answer for and that has none of the kind."""
    kind = _kind(happened)
    if kind is None:
        return
    accounts = {
        account_id: (each, account)
        for account_id, (each, account) in accounts_held(ctx, happened).items()
        if not each.joint
    }
    standing = {hold.account_id for hold in holds.standing(ctx, sorted(accounts)) if hold.kind is kind}
    stops = ", ".join(stop.value.replace("_", " ") for stop in hold_rules.in_order(_stops(happened)))
    do, keep = Option(Choice.DO, f"Stops {stops} until it is released"), Option(Choice.KEEP, "No hold")
    for account_id, (each, account) in accounts.items():
        if account_id not in standing:
            yield Hangs(
                "hold",
                _HOLDS,
                f"Hold on the {kind_of(account)} of {each.address.split(',')[0]}",
                (do, keep) if happened.kind is LifeEvent.DEATH else (keep, do),
                account_id=account_id,
                reference=account.reference,
            )


def _apply_new(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    happened, account_id = new.happened, hangs.account_id
    kind = _kind(happened)
    if choice is Choice.KEEP or account_id is None or kind is None:
        return Outcome("No hold")
    today = ctx.clock.today()
    reason = f"{rules.WORDS[happened.kind]} on {written(happened.on)}"
    review = today + _AWAY_WEEKS if happened.kind in _AWAY else None
    stops = _stops(happened)
    holds.place(ctx, PlaceHold(account_id, kind, reason, today, stops=stops, review_on=review))
    return Outcome(f"Placed on {written(today)}", account_ids=frozenset({account_id}))


def _kind(happened: Happened) -> HoldKind | None:
    if happened.kind is LifeEvent.DEATH:
        return HoldKind.DECEASED
    return HoldKind.OTHER if happened.kind in _AWAY else None


def _stops(happened: Happened) -> frozenset[Stop]:
    """What it stops: after a death what is usual, else recovery alone."""
    if happened.kind is LifeEvent.DEATH:
        return hold_rules.USUAL[HoldKind.DECEASED]
    return frozenset({Stop.RECOVERY})
