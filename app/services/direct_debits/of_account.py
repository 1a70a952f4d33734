"""The Direct Debits of one account: the mandates that pay it, their next collections, and how the instalment comes about."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.core.context import Context
from app.services.direct_debits.mandates import queries as mandates
from app.services.direct_debits.mandates.dto import OfAccount
from app.services.direct_debits.mandates.rules import OVER
from app.services.direct_debits.schedules import queries as schedules
from app.services.direct_debits.schedules.dto import CollectionRow, Explained


@dataclass(frozen=True, slots=True)
class MandateOf:
    """A mandate that pays the account, with what comes next; a mandate that is over has neither."""

    mandate: OfAccount
    collections: tuple[CollectionRow, ...] = ()
    explained: Explained | None = None


@dataclass(frozen=True, slots=True)
class DebitsOfAccount:
    """What pays an account by Direct Debit."""

    mandates: tuple[MandateOf, ...]


def of_account(ctx: Context, account_id: int) -> DebitsOfAccount:
    """The mandates that pay an account, those in force first.

    Raises:
        UserError: the account is restricted, and not theirs to open.
    """
    return DebitsOfAccount(tuple(_of(ctx, each) for each in mandates.of_account(ctx, account_id)))


def _of(ctx: Context, mandate: OfAccount) -> MandateOf:
    if mandate.state in OVER:
        return MandateOf(mandate)
    schedule_id = schedules.collected_by(ctx, mandate.mandate_id)
    explained = schedules.explain(ctx, schedule_id) if schedule_id is not None else None
    return MandateOf(mandate, schedules.next_collections(ctx, mandate.mandate_id), explained)
