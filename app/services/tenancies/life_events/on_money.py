"""What hangs on somebody's accounts: how they pay, and what was agreed of their debts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import or_, select

from app.models.arrangements import Arrangement, ArrangementDebt
from app.models.direct_debits.mandates import Mandate
from app.models.values import ArrangementState, Frequency, LifeEvent, MandateState, Money, PaymentMethod, Subject
from app.services.arrangements.commands import end
from app.services.arrangements.dto import EndArrangement
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.tenancies.life_events import registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import Held, accounts_held, held
from app.services.tenancies.life_events.registry import Hanging

_PAYING: Final = "Paying"
_ARRANGEMENTS: Final = "Arrangements"
_ASKED_FOR: Final = {
    PaymentMethod.DIRECT_DEBIT: ("Direct Debit", "mandate_cancel", "Cancel the Direct Debit mandate"),
    PaymentMethod.PAYMENT_CARD: ("Payment card", "payment_card_cancel", "Cancel the payment card"),
}
"""What has to be cancelled, the kind of its task and the task's title, by how a tenancy is paid for."""
_EVERY: Final = {
    Frequency.WEEKLY: "a week",
    Frequency.FORTNIGHTLY: "a fortnight",
    Frequency.FOUR_WEEKLY: "every four weeks",
    Frequency.MONTHLY: "a month",
}


def register() -> None:
    """Plug in how they pay, and their repayment arrangements."""
    registry.register(Hanging("payment", 40, _find_payment, _apply_payment))
    registry.register(Hanging("arrangement", 45, _find_arrangements, _apply_arrangement))


def _find_payment(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    for each in held(ctx, happened):
        if each.payment_method not in _ASKED_FOR or each.main is None or _passes_on(happened, each):
            continue
        if each.payment_method is PaymentMethod.DIRECT_DEBIT and _has_mandate(ctx, each.main.account_id):
            continue
        name = _ASKED_FOR[each.payment_method][0]
        words = {
            Choice.STOP: "A task to cancel it",
            Choice.KEEP: "Stays as it is",
            Choice.LATER: "A task to ask whether it goes on",
        }
        yield Hangs(
            "payment",
            _PAYING,
            f"{name} for {each.address.split(',')[0]}",
            tuple(Option(choice, words[choice]) for choice in rules.payment(happened.kind)),
            record_id=each.tenancy_id,
            account_id=each.main.account_id,
            reference=each.main.reference,
        )


def _has_mandate(ctx: Context, account_id: int) -> bool:
    """A mandate that is kept here hangs on them by itself: it is suspended or cancelled, and needs no task."""
    over = (MandateState.CANCELLED, MandateState.DORMANT, MandateState.EXPIRED)
    standing = select(Mandate.id).where(Mandate.account_id == account_id, Mandate.state.not_in(over))
    return ctx.session.scalars(standing).first() is not None


def _passes_on(happened: Happened, each: Held) -> bool:
    """A change of tenants asks for a new mandate by itself; a card carries no name."""
    return happened.kind is LifeEvent.DEATH and each.joint


def _apply_payment(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.account_id is None:
        return Outcome("Stays as it is")
    method = _method(ctx, new.happened, hangs.record_id)
    _, kind, title = _ASKED_FOR[method]
    diary.add_task(
        ctx,
        NewTask(
            title=title,
            due_on=diary.due_in(ctx, 1),
            details=f"{rules.WORDS[new.happened.kind]} on {diary.written(new.happened.on)}.",
            subject=Subject.ACCOUNT,
            subject_id=hangs.account_id,
            kind=kind,
        ),
    )
    return Outcome("A task to cancel it was made")


def _method(ctx: Context, happened: Happened, tenancy_id: int | None) -> PaymentMethod:
    return next(each.payment_method for each in held(ctx, happened) if each.tenancy_id == tenancy_id)


def _find_arrangements(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    accounts = accounts_held(ctx, happened)
    for found in _live(ctx, sorted(accounts)):
        each, account = accounts[found.account_id]
        amount = f"{Money(found.amount_pence)} {_EVERY[found.frequency]}"
        words = {Choice.STOP: "Cancelled", Choice.KEEP: "Goes on"}
        yield Hangs(
            "arrangement",
            _ARRANGEMENTS,
            f"Arrangement of {amount} from {diary.written(found.starts_on)}",
            tuple(Option(choice, words[choice]) for choice in rules.arrangement(happened.kind, joint=each.joint)),
            record_id=found.id,
            account_id=found.account_id,
            reference=account.reference,
            why=_liable(each),
        )


def _liable(each: Held) -> str:
    return "Whoever else holds the tenancy owes all of a joint debt" if each.joint else ""


def _apply_arrangement(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.record_id is None:
        return Outcome("Goes on")
    found = ctx.session.get_one(Arrangement, hangs.record_id)
    reason = f"{rules.WORDS[new.happened.kind]} on {diary.written(new.happened.on)}"
    ended = end(ctx, EndArrangement(found.id, found.version, reason))
    return Outcome(f"Cancelled on {diary.written(ctx.clock.today())}", account_ids=ended.changes.account_ids)


def _live(ctx: Context, account_ids: list[int]) -> Iterator[Arrangement]:
    """The arrangements in force on these accounts, or covering them."""
    today = ctx.clock.today()
    seen: set[int] = set()
    for chunk in in_chunks(account_ids):
        covering = select(ArrangementDebt.arrangement_id).where(ArrangementDebt.account_id.in_(chunk))
        statement = (
            select(Arrangement)
            .where(
                or_(Arrangement.account_id.in_(chunk), Arrangement.id.in_(covering)),
                Arrangement.state == ArrangementState.LIVE,
                or_(Arrangement.ends_on.is_(None), Arrangement.ends_on >= today),
            )
            .order_by(Arrangement.id)
        )
        for found in ctx.session.scalars(statement):
            if found.id not in seen and found.account_id in set(account_ids):
                seen.add(found.id)
                yield found
