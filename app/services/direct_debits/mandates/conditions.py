"""What speaks against a mandate on an account: what refuses it, and what the officer must have read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import or_, select

from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.direct_debits.mandates import Mandate, MandateAccount, MandateBank
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, ArrangementState
from app.services.bacs.dto import Checked
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.mandates.dto import STATES
from app.services.direct_debits.mandates.rules import OVER

BOTH: Final = "Cancel one of the two, or change one of them and tick that both collect."
"""What to do where two mandates pay one account."""


def refusal(ctx: Context, account: Account) -> str:
    """Why no mandate can be set up on an account, as a sentence; empty if one can.

    A former tenant who pays off a debt by an arrangement may: the rent has ended, the debt hasn't.
    """
    today = ctx.clock.today()
    if account.kind is AccountKind.CONTROL:
        return "That is a control account: nobody pays it by Direct Debit."
    tenancy = ctx.session.get(Tenancy, account.tenancy_id) if account.tenancy_id is not None else None
    last = tenancy.end_on if tenancy is not None and account.kind in _ENDS_WITH_TENANCY else account.closed_on
    if last is not None and last < today and not _arranged(ctx, account.id):
        what = "The tenancy ended" if tenancy is not None and tenancy.end_on == last else "The account was closed"
        return f"{what} on {last.day} {last:%b %Y}: a mandate needs an arrangement off what is owed first."
    return ""


def paid_account(ctx: Context, account_id: int, field: str = "account_id") -> Account:
    """An account that a mandate may be on or pay.

    Raises:
        UserError: there is none, it has ended, or the officer may not work on it.
    """
    access.touch(ctx, (account_id,))
    account = ctx.session.get(Account, account_id)
    if account is None:
        raise UserError("There is no such account.", "Choose it by its reference or name.", field)
    why = refusal(ctx, account)
    if why:
        raise UserError(why, "Look at the account.", field)
    return account


def warnings(
    ctx: Context,
    account_ids: Collection[int],
    print_: str,
    payer: tuple[int | None, str],
    checked: Checked | None = None,
    besides: int | None = None,
) -> Iterator[str]:
    """What the officer reads before a mandate is kept, as sentences.

    Args:
        ctx: the transaction.
        account_ids: the accounts that it pays.
        print_: the keyed hash of its bank account; empty where none is typed yet.
        payer: the person and the name of whoever pays.
        checked: what the modulus check says of its bank account.
        besides: the mandate that is changed.
    """
    if checked is not None and checked.verdict.value == "invalid":
        yield checked.words
    for row in standing(ctx, account_ids):
        if row.id != besides:
            yield f"The account has mandate {row.reference} already: {STATES[row.state].lower()}, paid by {_name(ctx, row)}."
    if not print_:
        return
    same = (
        select(Mandate)
        .join(MandateBank, MandateBank.mandate_id == Mandate.id)
        .where(MandateBank.fingerprint == print_, MandateBank.to_on.is_(None), Mandate.state.not_in(sorted(OVER)))
        .order_by(Mandate.id)
    )
    for row in ctx.session.scalars(same):
        theirs = row.person_id == payer[0] if None not in (row.person_id, payer[0]) else row.payer_name == payer[1]
        if row.id != besides and not theirs:
            yield f"The same bank account pays mandate {_reference(ctx, row)} of another payer."


def standing(ctx: Context, account_ids: Collection[int]) -> list[Mandate]:
    """The mandates that some accounts have and that aren't over."""
    paying = select(MandateAccount.mandate_id).where(MandateAccount.account_id.in_(sorted(account_ids)))
    rows = select(Mandate).where(
        or_(Mandate.account_id.in_(sorted(account_ids)), Mandate.id.in_(paying)), Mandate.state.not_in(sorted(OVER))
    )
    return list(ctx.session.scalars(rows.order_by(Mandate.id)))


def others(ctx: Context, mandate: Mandate) -> Iterator[str]:
    """The other mandates that pay one of its accounts, of which nobody has said that both collect, as sentences."""
    paid = {*ctx.session.scalars(select(MandateAccount.account_id).where(MandateAccount.mandate_id == mandate.id))}
    return standing_beside(ctx, mandate, {mandate.account_id, *paid}, ())


def standing_beside(
    ctx: Context, mandate: Mandate, account_ids: Collection[int], added: Collection[int]
) -> Iterator[str]:
    """The other mandates of the accounts that a mandate is to pay, unless an officer has said that both collect; no names.

    An officer's word counts for the mandates that stood when they gave it: for none that was set up since, and for no account
    that is `added` now.
    """
    new = {row.id for row in standing(ctx, added)} if added else frozenset()
    for row in standing(ctx, account_ids):
        said = max((at for at in (row.despite_at, mandate.despite_at) if at is not None), default=None)
        known = said is not None and said >= max(row.made_at, mandate.made_at)
        if row.id != mandate.id and (row.id in new or not known):
            yield f"Mandate {row.reference} pays the same account: {STATES[row.state].lower()}."


def refuse_others(ctx: Context, mandate: Mandate, hint: str = BOTH) -> None:
    """Refuse that a mandate goes on where another would collect the same instalment.

    Raises:
        UserError: another pays one of its accounts, and nobody has said that both collect.
    """
    found = " ".join(others(ctx, mandate))
    if found:
        raise UserError(found, hint)


_ENDS_WITH_TENANCY = (AccountKind.RENT, AccountKind.GARAGE, AccountKind.LEASEHOLD, AccountKind.FORMER_TENANT)


def _arranged(ctx: Context, account_id: int) -> bool:
    live = select(Arrangement.id).where(
        Arrangement.account_id == account_id, Arrangement.state == ArrangementState.LIVE
    )
    return ctx.session.scalars(live).first() is not None


def _name(ctx: Context, row: Mandate) -> str:
    return access.RESTRICTED_NAME if row.account_id in access.restricted_accounts(ctx) else row.payer_name


def _reference(ctx: Context, row: Mandate) -> str:
    return access.RESTRICTED_NAME.lower() if row.account_id in access.restricted_accounts(ctx) else row.reference
