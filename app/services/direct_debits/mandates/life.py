"""What a life event does to the mandates that hang on somebody: those that they pay, and those of a tenancy that only they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import or_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.values import LifeEvent, Subject, ToldBy
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.direct_debits.mandates import keeping
from app.services.direct_debits.mandates.rules import OVER
from app.services.tenancies.life_events import registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import accounts_held
from app.services.tenancies.life_events.registry import Hanging

_SOON: Final = 1


def register() -> None:
    """Plug mandates in, among how they pay."""
    registry.register(Hanging("mandate", 39, _find, _apply))


def _find(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    held = accounts_held(ctx, happened)
    alone = sorted(account_id for account_id, (each, _) in held.items() if not each.joint)
    paying = select(MandateAccount.mandate_id).where(MandateAccount.account_id.in_(alone))
    theirs = or_(Mandate.person_id == happened.person_id, Mandate.id.in_(paying))
    rows = (
        select(Mandate, Account.payment_reference)
        .join(Account, Account.id == Mandate.account_id)
        .where(theirs, Mandate.state.not_in(sorted(OVER)))
        .order_by(Mandate.id)
    )
    for mandate, reference in ctx.session.execute(rows):
        pays = mandate.person_id == happened.person_id
        words = {
            Choice.STOP: _stops(happened.kind, pays=pays),
            Choice.KEEP: "Goes on",
            Choice.LATER: "A task to ask whether it goes on",
        }
        yield Hangs(
            "mandate",
            "Paying",
            f"Direct Debit {mandate.reference}",
            tuple(Option(choice, words[choice]) for choice in rules.payment(happened.kind)),
            record_id=mandate.id,
            account_id=mandate.account_id,
            reference=reference or "",
            why="" if pays else "Somebody else pays it",
        )


def _stops(kind: LifeEvent, *, pays: bool) -> str:
    if kind is LifeEvent.DEATH:
        who = "" if pays else " until its payer is asked"
        return f"Suspended today: nothing more is collected{who}; a task asks who pays from now on"
    return "Cancelled today; the bank is told by the next lodgement run"


def _apply(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.record_id is None:
        return Outcome("Goes on")
    mandate = keeping.found(ctx, hangs.record_id)
    kind = new.happened.kind
    why = f"{rules.WORDS[kind]} on {diary.written(new.happened.on)}"
    accounts = frozenset({mandate.account_id})
    if kind is not LifeEvent.DEATH:
        keeping.cancel(ctx, mandate, why, ToldBy.OFFICER)
        return Outcome(f"Cancelled on {diary.written(ctx.clock.today())}", account_ids=accounts)
    keeping.suspend(ctx, mandate, why)
    task = NewTask(
        f"Ask who pays {hangs.reference} from now on, and end mandate {mandate.reference}",
        diary.due_in(ctx, _SOON),
        why,
        Subject.MANDATE,
        mandate.id,
        "mandate_cancel",
    )
    diary.add_task(ctx, task)
    return Outcome(f"Suspended on {diary.written(ctx.clock.today())}", account_ids=accounts)
