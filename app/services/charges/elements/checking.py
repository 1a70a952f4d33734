"""What a charge that is set must be: its code, its amount, its days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.codes import TransactionCode
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, CodeKind, Money
from app.services.charges.elements import rules
from app.services.charges.elements.dto import Dated, SetCharge
from app.services.charges.facts import elements_of
from app.services.charges.rules import VAT_CODE
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors

_LONGEST_REASON: Final = 200
_UNCHARGED: Final = (AccountKind.CONTROL, AccountKind.FORMER_TENANT)


@dataclass(frozen=True, slots=True)
class Checked:
    """A charge that may be set: its account, code and tenancy, what is recorded of the code and what will be."""

    account: Account
    code: TransactionCode
    tenancy: Tenancy
    standing: tuple[Dated, ...]
    after: tuple[Dated, ...]

    def before_on(self, day: date) -> Money | None:
        """The amount recorded for a day."""
        return rules.amount_on(self.standing, day)


def checked(ctx: Context, new: SetCharge) -> Checked:
    """What is needed to set a charge.

    Raises:
        UserError: a code that can't be charged, an amount, day or account that won't do, or nothing changes; each beside
            its field.
    """
    account, tenancy = charged_account(ctx, new.account_id)
    code = charge_code(ctx, new.code)
    faults = [*amount_faults(code, new.weekly), *_day_faults(ctx, new, tenancy), *_text_faults(ctx, new)]
    if faults:
        raise UserErrors(faults)
    standing = rules.dated(elements_of(ctx, [new.account_id]).get(new.account_id, ()), new.code)
    after = rules.set_from(standing, new.from_on, new.weekly, new.to_on)
    if rules.merged(after) == rules.merged(standing):
        raise UserError(_nothing_changes(code, new, standing), field="weekly")
    return Checked(account, code, tenancy, standing, after)


def charged_account(ctx: Context, account_id: int) -> tuple[Account, Tenancy]:
    """An account that is charged week by week, and its tenancy.

    Raises:
        UserError: there is no such account, or nothing is charged to one of its kind.
    """
    account = ctx.session.get(Account, account_id)
    if account is None or account.kind in _UNCHARGED or account.tenancy_id is None:
        raise UserError("Nothing is charged to this account week by week.", "Open the account of the tenancy.")
    return account, ctx.session.get_one(Tenancy, account.tenancy_id)


def charge_code(ctx: Context, key: str) -> TransactionCode:
    """A code that may be charged every week.

    Raises:
        UserError: it is no charge, it is no longer in use, or it is VAT, which is worked out and never set.
    """
    code = ctx.session.get(TransactionCode, key.strip().upper())
    if code is None or code.kind is not CodeKind.CHARGE or code.code == VAT_CODE:
        raise UserError(f"'{key}' is not a charge that can be set.", "Choose one from the list.", "code")
    if not code.active:
        raise UserError(f"{code.name} ({code.code}) is no longer in use.", "Choose another charge.", "code")
    return code


def charge_codes(ctx: Context) -> tuple[TransactionCode, ...]:
    """The codes that may be charged every week, by name."""
    found = select(TransactionCode).where(
        TransactionCode.kind == CodeKind.CHARGE, TransactionCode.active, TransactionCode.code != VAT_CODE
    )
    return tuple(ctx.session.scalars(found.order_by(TransactionCode.name)))


def amount_faults(code: TransactionCode, weekly: Money | None) -> Iterator[UserError]:
    """Why an amount a week won't do."""
    if weekly is not None and weekly.pence < 0 and not code.allows_negative:
        yield UserError(f"{code.name} can't be a credit.", "Type an amount above nothing.", "weekly")
    if weekly is not None and abs(weekly.pence) > _MOST_WEEKLY.pence:
        yield UserError(f"{weekly} a week is more than any charge.", "Type pounds and pence.", "weekly")


_MOST_WEEKLY: Final = Money(5_000_00)


def _day_faults(ctx: Context, new: SetCharge, tenancy: Tenancy) -> Iterator[UserError]:
    latest = ctx.clock.today() + timedelta(days=ctx.policy.number("charges.set_ahead_days", ctx.clock.today()))
    if new.from_on < tenancy.start_on:
        yield UserError(
            f"The tenancy begins on {_day(tenancy.start_on)}: nothing is charged before.",
            "Type that day or a later one.",
            "from_on",
        )
    elif tenancy.end_on is not None and new.from_on > tenancy.end_on:
        yield UserError(
            f"The tenancy ended on {_day(tenancy.end_on)}: nothing is charged after it.",
            "Type that day or an earlier one.",
            "from_on",
        )
    elif new.from_on > latest:
        yield UserError(
            f"{_day(new.from_on)} is more than a year ahead.",
            f"Look at the year; the latest day is {_day(latest)}.",
            "from_on",
        )
    if new.to_on is not None and new.to_on < new.from_on:
        yield UserError("The last day is before the first.", "Type a later one, or leave it empty.", "to_on")


def _text_faults(ctx: Context, new: SetCharge) -> Iterator[UserError]:
    if not new.reason.strip():
        yield UserError("Say in a few words why it changes.", field="reason")
    for field, text in (("reason", new.reason), ("excuse", new.excuse)):
        if len(text.strip()) > _LONGEST_REASON:
            yield UserError(f"{len(text.strip())} characters; {_LONGEST_REASON} is the most.", "Shorten it.", field)
        refuse_card_number(ctx, text, field, field)


def _nothing_changes(code: TransactionCode, new: SetCharge, standing: tuple[Dated, ...]) -> str:
    if new.weekly is None:
        return f"{code.name} isn't charged on {_day(new.from_on)} or later."
    return f"{code.name} is {rules.amount_on(standing, new.from_on)} a week from {_day(new.from_on)} already."


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
