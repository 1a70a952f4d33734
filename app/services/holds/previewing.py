"""What placing, changing or releasing a hold will do, without doing it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from app.models.holds import Hold
from app.models.values import Stop
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.holds import keeping, rules
from app.services.holds.dto import STOPS, ChangeHold, PlaceHold, ReleaseHold

_STOPS = "Stops"
_GOES_ON = "Goes on"
_ALREADY = "Stopped already"
_WHEN = "When"


def preview_place(ctx: Context, new: PlaceHold) -> tuple[Effect, ...]:
    """What a new hold stops, until when, and which other holds stop the same.

    Raises:
        UserError: as the command, but for a missing reason.
    """
    from_on = new.from_on or ctx.clock.today()
    stops = rules.USUAL[new.kind] if new.stops is None else new.stops
    keeping.check(ctx, new.reason or "-", from_on, new.to_on, stops)
    keeping.refuse_early(ctx, new.account_id, from_on)
    keeping.refuse_same(ctx, new, from_on)
    until = f"until {written(new.to_on)}" if new.to_on else "until it is released"
    first = "at once" if from_on <= ctx.clock.today() else f"from {written(from_on)}"
    others = keeping.standing(ctx, [new.account_id], from_on)
    return (
        *(Effect(_STOPS, STOPS[stop], after=f"{first}, {until}") for stop in rules.in_order(stops)),
        *_already(ctx, others, stops, from_on, new.to_on),
        *_goes_on(stops),
        *([Effect(_WHEN, "A task to look at it", after=f"by {written(new.review_on)}")] if new.review_on else []),
        *([] if new.to_on or new.review_on else [_no_end()]),
    )


def preview_change(ctx: Context, new: ChangeHold) -> tuple[Effect, ...]:
    """What a standing hold will stop from now on, and until when.

    Raises:
        UserError: there is no such hold, or as the command.
    """
    hold = _hold(ctx, new.hold_id)
    keeping.check(ctx, new.reason or "-", hold.from_on, new.to_on, new.stops)
    before = keeping.stops_of(ctx, [hold.id])[hold.id]
    effects = [
        Effect(_STOPS, STOPS[stop], "goes on", "stopped") for stop in rules.in_order(new.stops) if stop not in before
    ]
    effects += [Effect(_STOPS, STOPS[stop], "stopped", "goes on again") for stop in before if stop not in new.stops]
    if new.to_on != hold.to_on:
        effects.append(Effect(_WHEN, "It ends", _day(hold.to_on), _day(new.to_on)))
    if new.review_on != hold.review_on:
        effects.append(Effect(_WHEN, "It is looked at", _looked(hold.review_on), _looked(new.review_on)))
    if not (new.to_on or new.review_on):
        effects.append(_no_end())
    return tuple(effects)


def preview_release(ctx: Context, new: ReleaseHold) -> tuple[Effect, ...]:
    """What goes on again once a hold is released, and what another one still stops."""
    hold = _hold(ctx, new.hold_id)
    stops = keeping.stops_of(ctx, [hold.id])[hold.id]
    others = [each for each in keeping.standing(ctx, [hold.account_id]) if each.id != hold.id]
    today = ctx.clock.today()
    stopping = keeping.stops_of(ctx, [each.id for each in others])
    still = {stop for each in others for stop in stopping[each.id] if rules.is_live(each.from_on, each.to_on, today)}
    free = [stop for stop in stops if stop not in still]
    effects = [Effect("Goes on again today", STOPS[stop]) for stop in free]
    if hold.case_id is not None:
        words = "Only this account is released; the case stands. To end the case, use its own sheet."
        effects.append(Effect(_WHEN, words, warns=True))
    return (*effects, *_already(ctx, others, [stop for stop in stops if stop in still], today, today))


def preview_standing(ctx: Context, command: ChangeHold | ReleaseHold) -> tuple[Effect, ...]:
    """What saving the sheet of a standing hold will do."""
    return preview_release(ctx, command) if isinstance(command, ReleaseHold) else preview_change(ctx, command)


def _hold(ctx: Context, hold_id: int) -> Hold:
    hold = ctx.session.get(Hold, hold_id)
    if hold is None:
        raise UserError("That hold has already ended.", "Look at the list again.")
    return hold


def _already(
    ctx: Context, others: Collection[Hold], stops: Collection[Stop], from_on: date, to_on: date | None
) -> Iterator[Effect]:
    """Each other hold on these days that stops some of the same: it stays stopped until the last of them ends."""
    stopping = keeping.stops_of(ctx, [each.id for each in others])
    for each in others:
        same = [stop for stop in stopping[each.id] if stop in stops]
        if same and rules.overlaps(from_on, to_on, each.from_on, each.to_on):
            yield Effect(
                _ALREADY,
                f"{rules.listed(same)}: {rules.why(each.kind, each.reason)}. It goes on again when the last hold ends.",
                after=f"until {written(each.to_on)}" if each.to_on else "until that is released",
            )


def _goes_on(stops: Collection[Stop]) -> Iterator[Effect]:
    if Stop.ARREARS_COLLECTION in stops:
        yield Effect(_GOES_ON, "The current rent is charged and collected as always")
    left = [stop for stop in STOPS if stop not in stops]
    if left:
        yield Effect(_GOES_ON, rules.listed(left))


def _no_end() -> Effect:
    return Effect(_WHEN, "It has no end and no day to look at it: nobody is reminded of it", warns=True)


def _day(day: date | None) -> str:
    return written(day) if day else "when it is released"


def _looked(day: date | None) -> str:
    return f"by {written(day)}" if day else "no day"
