"""What somebody is charged for of their own, beside the rent of the home: insurance, a parking place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import or_, select

from app.models.charges import Charge
from app.models.codes import TransactionCode
from app.models.values import Money
from app.services.charges.elements import commands as elements
from app.services.charges.elements.dto import SetCharge
from app.services.core.calendars import WEEK, week_monday
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.tenancies.life_events import registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import accounts_held
from app.services.tenancies.life_events.registry import Hanging

_CHARGES: Final = "Charges"
_OWN: Final = frozenset({"DCI", "DCP", "DPP"})
"""Contents insurance, car ports and parking places: what somebody chose for themselves."""


def register() -> None:
    """Plug in charges, before the tenancies themselves change."""
    registry.register(Hanging("charge", 27, _find, _apply))


def _find(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    accounts = accounts_held(ctx, happened)
    from_on = _first_without(happened)
    keep, stop = Option(Choice.KEEP, "Goes on"), Option(Choice.STOP, f"Ends before the week of {written(from_on)}")
    for chunk in in_chunks(sorted(accounts)):
        statement = (
            select(Charge, TransactionCode.name)
            .join(TransactionCode, TransactionCode.code == Charge.code)
            .where(
                Charge.account_id.in_(chunk),
                Charge.code.in_(sorted(_OWN)),
                Charge.from_on < from_on,
                or_(Charge.to_on.is_(None), Charge.to_on >= from_on),
            )
            .order_by(Charge.account_id, Charge.code)
        )
        for charge, name in ctx.session.execute(statement):
            yield Hangs(
                "charge",
                _CHARGES,
                f"{name}, {Money(charge.amount_pence)} a week",
                (keep, stop),
                record_id=charge.id,
                account_id=charge.account_id,
                reference=accounts[charge.account_id][1].reference,
            )


def _apply(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.record_id is None:
        return Outcome("Goes on")
    charge = ctx.session.get_one(Charge, hangs.record_id)
    from_on = _first_without(new.happened)
    reason = f"{rules.WORDS[new.happened.kind]} on {written(new.happened.on)}"
    done = elements.set_charge(
        ctx, SetCharge(charge.account_id, charge.code, None, from_on, reason=reason, notify=False)
    )
    waits = done.request_id is not None
    words = "Waits for approval: it is above your limit" if waits else f"Ended before the week of {written(from_on)}"
    return Outcome(words, done=not waits, account_ids=frozenset({charge.account_id}))


def _first_without(happened: Happened) -> date:
    """The Monday after the event."""
    return week_monday(happened.on) + WEEK
