"""What is refused of a run before it is asked for, and of the words that are kept with it."""

from __future__ import annotations

from typing import Final

from app.models.purchase_orders.payments import SupplierRun
from app.models.values import FinanceFileKind, Money, PaidBy
from app.services.bacs import queries as council
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.finance import profiles
from app.services.purchase_orders.payments import files, keeping, returns, rules
from app.services.purchase_orders.payments.dto import AskRun, RunAsked, run_number
from app.services.purchase_orders.payments.rules import Selection

LONGEST: Final = 400


FINANCE_PAYS: Final = "By policy orders are kept in the finance system, which pays suppliers."


def finance_pays(ctx: Context) -> bool:
    """Whether by policy the finance system has the orders, so that no Bacs file of ours pays suppliers."""
    return ctx.policy.value("purchasing.master", ctx.clock.today()) == "finance"


def refuse_day(ctx: Context, new: AskRun) -> None:
    """Refuse a day of payment that has passed, or a Bacs file where the office can't pay by one.

    Raises:
        UserError: what is wrong with it.
    """
    if new.question.pay_on < ctx.clock.today():
        raise UserError("That day has passed.", "Give the day on which suppliers are to have the money.", "pay_on")
    if new.question.by is PaidBy.BACS:
        if finance_pays(ctx):
            raise UserError(f"{FINANCE_PAYS} A Bacs file would pay again.", "Pay by the finance system.", "by")
        days = files.days_for(ctx, new.question.pay_on)
        if not council.own_side(ctx, days.processing_on).makes_credit_files:
            raise UserError(
                "Finance hasn't authorised this office to make files of payments.",
                "Pay by the finance system; or have the policy changed in Admin, Policy values.",
                "by",
            )


def refuse_faults(new: AskRun, selection: Selection) -> None:
    """Refuse a run that pays nothing, or another amount than was declared.

    Raises:
        UserError: which.
    """
    if not selection.payments:
        left = len(selection.left_out)
        told = f" {left:,} {'is' if left == 1 else 'are'} left out: look at why." if left else ""
        raise UserError(f"Nothing is to be paid.{told}", "Choose a later day, or invoices.", "due_to_on")
    fault = rules.declared_fault(len(selection.payments), selection.pence, new.declared_count, new.declared_total)
    if fault:
        raise UserError(fault, "Look at the run again, and declare what it is now.", "declared_total")


def profile(ctx: Context, key: str) -> str:
    """The key of the layout that is asked for; of the first one, if empty.

    Raises:
        UserError: there is none.
    """
    return profiles.profile(ctx, FinanceFileKind.PAYMENTS, key).key


def asked(ctx: Context, run: SupplierRun, left_out: int | None = None) -> RunAsked:
    """A run that was asked for, with a sentence for the message bar."""
    total, number = Money(run.pence), run_number(run.number)
    left = returns.left_out_count(ctx, run.id) if left_out is None else left_out
    suppliers = "supplier" if run.count == 1 else "suppliers"
    told = f"{number}, {total} to {run.count:,} {suppliers}, waits for a second officer."
    return RunAsked(
        run.id, number, run.request_id or 0, run.count, total, left, told, Changes(keeping.AREAS | {"approvals"})
    )


def reason(ctx: Context, typed: str) -> str:
    """Why a step is taken, as it is kept.

    Raises:
        UserError: it is missing, long, or holds a card number.
    """
    said = words(ctx, typed, "reason", "reason", LONGEST)
    if not said:
        raise UserError("Say why.", "It stays with the run.", "reason")
    return said


def words(ctx: Context, typed: str, what: str, field: str, longest: int) -> str:
    """Typed words as they are kept, on one line.

    Raises:
        UserError: they are long, or hold a card number.
    """
    said = " ".join(typed.split())
    if len(said) > longest:
        raise UserError(f"The {what} has over {longest} characters.", "Shorten it.", field)
    refuse_card_number(ctx, said, what, field)
    return said
