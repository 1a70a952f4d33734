"""What the gate will say of a refund, told before it is asked for."""

from __future__ import annotations

from app.models.accounts import Account
from app.models.refunds import Refund
from app.models.values import GateState, Money, RefundState
from app.services.adjustments.refunds import checks
from app.services.adjustments.refunds.dto import ChangedRefund, NewRefund
from app.services.adjustments.refunds.gathering import gather
from app.services.benefits.dto import KINDS
from app.services.benefits.keeping import live_kinds
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.records import record


def preview(ctx: Context, asked: NewRefund | ChangedRefund) -> tuple[Effect, ...]:
    """The account before and after, and what would stop it at the gate.

    Raises:
        UserError: there is no such refund, or its account is restricted and not the officer's to open.
    """
    facts = gather(ctx, _as_row(ctx, asked))
    credit = facts.credit
    account = ctx.session.get_one(Account, _account_id(ctx, asked))
    after = asked.amount - credit
    effects = [
        Effect(
            "The account", account.payment_reference or account.name, (-credit).dr_cr(), after.dr_cr(), after > Money(0)
        )
    ]
    if facts.kept:
        effects.append(Effect("The account", f"The policy keeps {facts.kept} of rent in advance."))
    found = checks.checks(facts)
    new = isinstance(asked, NewRefund)
    left_out = {"evidence"} if new else set()
    stops = [check for check in found if check.state is GateState.STOP and check.key not in left_out]
    effects += [Effect("What stops it", f"{check.title}: {check.words}", warns=True) for check in stops]
    effects += [
        Effect("When it is paid", f"{KINDS[kind]} is claimed: a task asks to tell whoever pays it.")
        for kind in live_kinds(ctx, [account.tenancy_id or 0]).get(account.tenancy_id or 0, ())
    ]
    clear = sum(check.state is GateState.CLEAR for check in found)
    effects.append(Effect("At the gate", f"{clear} of {len(found)} checks are clear."))
    effects.append(Effect("At the gate", "A second officer approves it once nothing stops it."))
    return tuple(effects)


def _account_id(ctx: Context, asked: NewRefund | ChangedRefund) -> int:
    if isinstance(asked, NewRefund):
        return asked.account_id
    return record(ctx, Refund, asked.refund_id, "refund").account_id


def _as_row(ctx: Context, asked: NewRefund | ChangedRefund) -> Refund:
    """The refund as it would be; it is not kept."""
    return Refund(
        id=None if isinstance(asked, NewRefund) else asked.refund_id,
        account_id=_account_id(ctx, asked),
        pence=asked.amount.pence,
        state=RefundState.DRAFT,
        method=asked.method,
        payee=asked.payee,
        person_id=asked.person_id,
        payee_name=asked.payee_name,
        bank_detail_id=asked.bank_detail_id,
    )
