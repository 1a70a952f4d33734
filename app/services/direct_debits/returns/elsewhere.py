"""What a bank tells of an account that a mandate isn't on, as it has left it: the mandate stays, and somebody looks.

The bank that it is on now said nothing, and holds its instruction still. Only what the other one holds is put right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import select

from app.models.direct_debits.mandates import Mandate, MandateBank
from app.models.direct_debits.reports import BankReportItem
from app.models.values import ReturnEffect, ToldBy
from app.services.bacs import keeping as bacs
from app.services.bacs.dto import Destination
from app.services.core.context import Context
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.mandates.rules import OVER
from app.services.direct_debits.returns import reading, rules
from app.services.direct_debits.returns.rules import Rule

TASK: Final = "A bank tells of an account that a Direct Debit has left: look at it"
STAYS: Final = "It is of an account that the mandate isn't on, so the mandate stays as it is and you get a task."
_OTHERWISE: Final = frozenset({ReturnEffect.NONE, ReturnEffect.CLAIM})
"""What changes no mandate, whichever account it is of."""
_NEW_DETAILS: Final = frozenset({ReturnEffect.TRANSFER, ReturnEffect.AMEND, ReturnEffect.CORRECT})
_GIVEN_UP: Final = frozenset({ReturnEffect.CANCEL, ReturnEffect.DEATH, ReturnEffect.TRANSFER})
"""The bank holds the instruction no more."""


def is_left(item: BankReportItem, current: str | None, rule: Rule) -> bool:
    """Whether an item is of another account than its mandate is on, by their keyed hashes, and would change something of it."""
    known = bool(item.fingerprint) and bool(current) and item.fingerprint != current
    return known and (rule.again or rule.step not in _OTHERWISE)


def of_left(rule: Rule) -> Rule:
    """What is done in place of a rule: the payment is reversed where it came back, and somebody looks; the mandate stays."""
    reverses = rule.effect is ReturnEffect.REVERSE
    money = "The payment is taken off the accounts again. " if reverses else ""
    return replace(
        rule,
        effect=ReturnEffect.REVERSE if reverses else ReturnEffect.NONE,
        mandate=ReturnEffect.NONE,
        again=False,
        letter=rule.letter if rule.letter == rules.RETURNED else "",
        task=rule.task or TASK,
        words=f"{money}{STAYS}",
        source="only the bank of an account speaks for it",
    )


def put_right(
    ctx: Context, item: BankReportItem, mandate: Mandate, rule: Rule, why: str
) -> tuple[Rule, tuple[str, ...]]:
    """Where an item is of another account, put right what that bank holds; the rule that is followed then, and what was done.

    Raises:
        UserError: the mandate was moved or reinstated there, and an instruction of it is in a lodgement run.
    """
    if not is_left(item, mandates.bank_of(ctx, mandate.id).fingerprint, rule):
        return rule, ()
    step = rule.step
    if step in {ReturnEffect.TRANSFER, ReturnEffect.REINSTATE}:
        mandates.refuse_in_run(ctx, mandate, "apply the report")
    known = step in _NEW_DETAILS and is_on(ctx, mandate, new_details(ctx, item))
    old = mandates.last_on(ctx, mandate, item.fingerprint)
    if old is not None and step not in _OTHERWISE:
        _heard(ctx, item, mandate, old, ReturnEffect.TRANSFER if known else step, why)
    if known:
        return replace(of_left(rule), task=""), (already(item),)
    stays = f"It is of the account ending {item.last_two}, which the mandate isn't on: the mandate stays as it is."
    if step is ReturnEffect.DEATH and mandate.state not in OVER:
        mandates.suspend(ctx, mandate, why, told_by=ToldBy.BANK, on=item.effective_on, report_item_id=item.id)
        stays = f"It is of the account ending {item.last_two}, which the mandate isn't on: the mandate is suspended."
    return of_left(rule), (stays,)


def new_details(ctx: Context, item: BankReportItem) -> Destination:
    """The account that an item gives in place of the one that it is of, unmasked."""
    sealed = ctx.session.scalar(select(BankReportItem.new_sealed).where(BankReportItem.id == item.id))
    return bacs.open_account(ctx, reading.item_about(item.id), sealed)


def is_on(ctx: Context, mandate: Mandate, destination: Destination) -> bool:
    """Whether a mandate is on an account already."""
    return bacs.fingerprint(ctx, destination) == mandates.bank_of(ctx, mandate.id).fingerprint


def already(item: BankReportItem) -> str:
    """That a mandate is on the account already to which an item moves it, as a sentence."""
    return f"The mandate is on the account ending {item.new_last_two} already: nothing is done."


def _heard(
    ctx: Context, item: BankReportItem, mandate: Mandate, old: MandateBank, step: ReturnEffect, why: str
) -> None:
    on = item.effective_on or ctx.clock.today()
    if step in {ReturnEffect.REJECT, ReturnEffect.EXPIRE}:
        mandates.returned(ctx, mandate, why, bank=old, on=on, report_item_id=item.id)
        return
    held = step is ReturnEffect.REINSTATE or (old.held and step not in _GIVEN_UP)
    mandates.hear(ctx, mandate, old, why, held=held, gone=step in _GIVEN_UP, on=on, report_item_id=item.id)
