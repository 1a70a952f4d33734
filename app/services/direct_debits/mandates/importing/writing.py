"""Loaded mandates kept many at a time: each table by one statement, however many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateAccount, MandateBank, MandateStep
from app.models.tenancies import Tenancy
from app.models.values import MandateEvent, PaymentMethod, Subject, ToldBy
from app.services.bacs import keeping as bacs
from app.services.core import audit
from app.services.core.context import Context
from app.services.core.search_index import fill
from app.services.direct_debits.mandates.keeping import banks, paying
from app.services.direct_debits.mandates.writing import Made, columns_of

_BANKS: Final[Any] = MandateBank.__table__


def keep_all(ctx: Context, every: Sequence[Made], words: str) -> dict[str, int]:
    """Keep loaded mandates, at most a chunk of them: live, with the account that the bank has the instruction for.

    Returns:
        Their ids by their entry keys.
    """
    before = _methods(ctx, every)
    rows = [columns_of(ctx, made) | {"method_before": before.get(made.account_id)} for made in every]
    ctx.session.execute(insert(Mandate), rows)
    ids = _ids(ctx, every)
    ctx.session.execute(insert(MandateAccount), [*_accounts(every, ids)])
    ctx.session.execute(insert(MandateBank), [*_bank_rows(ctx, every, ids)])
    _seal(ctx, every, ids)
    ctx.session.execute(insert(MandateStep), [_step(ctx, made, ids[made.entry_key], words) for made in every])
    _pay_by_debit(ctx, before)
    fill(ctx, Subject.MANDATE, {ids[made.entry_key]: (made.reference, made.payer_name) for made in every})
    audit.record_bulk(ctx, "mandate", "insert", rows=len(every), why=words)
    return ids


def _ids(ctx: Context, every: Sequence[Made]) -> dict[str, int]:
    keys = [made.entry_key for made in every]
    found = ctx.session.execute(select(Mandate.entry_key, Mandate.id).where(Mandate.entry_key.in_(keys)))
    return {row.entry_key: row.id for row in found}


def _accounts(every: Sequence[Made], ids: dict[str, int]) -> Iterator[dict[str, int]]:
    for made in every:
        for account_id in dict.fromkeys((made.account_id, *made.beside)):
            yield {"mandate_id": ids[made.entry_key], "account_id": account_id}


def _bank_rows(ctx: Context, every: Sequence[Made], ids: dict[str, int]) -> Iterator[dict[str, Any]]:
    prints, sorts = bacs.fingerprinter(ctx), banks.sort_hasher(ctx)
    today = ctx.clock.today()
    for made in every:
        yield {
            "mandate_id": ids[made.entry_key],
            "fingerprint": prints(made.destination),
            "sort_hash": sorts(made.destination.sort_code),
            "held": True,
            "last_two": made.destination.account_number[-2:],
            "holder": made.payer_name,
            "bank_name": made.texts.get("bank_name", ""),
            "branch": made.texts.get("branch", ""),
            "verdict": made.checked.verdict,
            "told_by": ToldBy.PAYER,
            "from_on": min(made.given_on, today),
            "made_by": ctx.officer.id,
            "made_at": ctx.clock.now(),
        }


def _seal(ctx: Context, every: Sequence[Made], ids: dict[str, int]) -> None:
    """Seal each account for its row, which has its number now."""
    rows = select(MandateBank.mandate_id, MandateBank.id).where(MandateBank.mandate_id.in_(sorted(ids.values())))
    bank_ids = {row.mandate_id: row.id for row in ctx.session.execute(rows)}
    seal = bacs.sealer(ctx)
    numbered = [(bank_ids[ids[made.entry_key]], made.destination) for made in every]
    statement = update(_BANKS).where(_BANKS.c.id == bindparam("one")).values(sealed=bindparam("kept"))
    sealed = [{"one": bank_id, "kept": seal(banks.about(bank_id), to)} for bank_id, to in numbered]
    ctx.session.connection().execute(statement, sealed)


def _step(ctx: Context, made: Made, mandate_id: int, words: str) -> dict[str, Any]:
    return {
        "mandate_id": mandate_id,
        "event": MandateEvent.SET_UP,
        "to_state": made.state,
        "effective_on": ctx.clock.today(),
        "told_by": ToldBy.OFFICER,
        "words": words,
        "officer_id": ctx.officer.id,
        "recorded_at": ctx.clock.now(),
    }


def _methods(ctx: Context, every: Sequence[Made]) -> dict[int, PaymentMethod]:
    """How the tenancies of some accounts are paid for, where that isn't by Direct Debit; by main account."""
    rows = (
        select(Account.id, Tenancy.payment_method)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(
            Account.id.in_(sorted({made.account_id for made in every})),
            Account.kind.in_(paying.MAIN),
            Tenancy.payment_method != PaymentMethod.DIRECT_DEBIT,
        )
    )
    return {row.id: row.payment_method for row in ctx.session.execute(rows)}


def _pay_by_debit(ctx: Context, before: dict[int, PaymentMethod]) -> None:
    if not before:
        return
    tenancies = select(Account.tenancy_id).where(Account.id.in_(sorted(before)))
    values = {"payment_method": PaymentMethod.DIRECT_DEBIT, "version": Tenancy.version + 1}
    changed = update(Tenancy).where(Tenancy.id.in_(tenancies)).values(**values)
    ctx.session.execute(changed.execution_options(synchronize_session=False))
    audit.record_bulk(ctx, "tenancy", "update", rows=len(before), payment_method=PaymentMethod.DIRECT_DEBIT.value)
    ctx.session.expire_all()
