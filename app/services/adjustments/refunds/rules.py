"""What a refund must be, what a credit was made of, and what of it is kept. Pure functions."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from app.models.values import ZERO, AccountKind, CodeKind, ExplainGroup, Money, Payee, PaymentMethod, RefundMethod
from app.services.adjustments.refunds.dto import AgeBand, Cause, ChangedRefund, NewRefund
from app.services.core.errors import UserError, UserErrors
from app.services.ledger.dto import CreditLine

MOST: Final = Money(1_000_000_00)
"""No refund is for more: a figure like that is a slip of the hand."""
MONTHLY: Final = frozenset(
    {
        PaymentMethod.DIRECT_DEBIT,
        PaymentMethod.STANDING_ORDER,
        PaymentMethod.UNIVERSAL_CREDIT,
        PaymentMethod.SALARY,
    }
)
"""Ways of paying that pay for a month at once, so that more is kept in advance (rules.md 2.9)."""
UNCLAIMED_YEARS: Final = 6
"""After so many years nobody can sue for a credit any more, so that it may be written on (Limitation Act 1980)."""
BANDS: Final = ((28, "Up to 4 weeks"), (91, "4 to 13 weeks"), (365, "3 to 12 months"))
OLD: Final = "1 to 6 years"
OLDEST: Final = "Over 6 years"
"""The ages that credits are counted by, the first up to so many days; after six years a credit may be written on."""
CARD: Final = "RCP"
REFUNDED: Final = frozenset({"RDR", "REF"})
"""What refunds post by; where one of them credits an account, a refund was undone, and says nothing of what made the credit."""
MOST_REASON: Final = 400
_MOST_NAME: Final = 200
_NEEDS_BANK: Final = frozenset({RefundMethod.FINANCE, RefundMethod.BACS})


def refuse_faults(asked: NewRefund | ChangedRefund, today: date) -> None:
    """Refuse a refund whose fields can't be as they are.

    Raises:
        UserErrors: one for each field that has a fault.
    """
    errors = _amount(asked.amount) + _texts(asked)
    if isinstance(asked, NewRefund) and asked.asked_on > today:
        errors.append(UserError("That day is to come.", "Give the day on which it was asked for.", "asked_on"))
    if asked.method is RefundMethod.CHEQUE and not asked.payee_address.strip():
        errors.append(UserError("A cheque needs an address to go to.", field="payee_address"))
    if asked.payee is not Payee.OTHER and asked.person_id is None:
        errors.append(UserError("Choose the tenant that it is about.", field="payee"))
    if errors:
        raise UserErrors(errors)


def needs_bank(method: RefundMethod) -> bool:
    """Whether a refund is paid to a bank account."""
    return method in _NEEDS_BANK


def reference(number: int) -> str:
    """What the payee's bank statement says of a refund; what comes back is known again by it."""
    return f"REFUND {number}"


def made_of(lines: Iterable[CreditLine], credit: Money) -> tuple[tuple[CreditLine, Money], ...]:
    """The lines that a credit is made of, the newest first, each with its part of it: last in, first out.

    The newest credits are what is in excess: what came before them paid what was owed then. A refund undone made nothing: what
    it had given back is a credit again.
    """
    left = credit
    parts: list[tuple[CreditLine, Money]] = []
    made = [line for line in lines if line.code not in REFUNDED]
    for line in sorted(made, key=lambda each: (each.effective_on, each.journal), reverse=True):
        if left <= ZERO:
            break
        part = min(-line.amount, left)
        parts.append((line, part))
        left -= part
    return tuple(parts)


def shares(parts: Iterable[tuple[CreditLine, Money]]) -> dict[Cause, Money]:
    """What of a credit came from where."""
    found: dict[Cause, Money] = {}
    for line, part in parts:
        cause = cause_of(line)
        found[cause] = found.get(cause, ZERO) + part
    return found


def cause_of(line: CreditLine) -> Cause:
    """What a line that credits an account says of the cause."""
    if line.group is ExplainGroup.HOUSING_BENEFIT:
        return Cause.HOUSING_BENEFIT
    if line.group is ExplainGroup.UNIVERSAL_CREDIT:
        return Cause.UNIVERSAL_CREDIT
    if line.code == CARD:
        return Cause.CARD_MISTAKE
    if line.kind in {CodeKind.CHARGE, CodeKind.ADJUSTMENT}:
        return Cause.CHARGE_CHANGE
    return Cause.OVERPAID


def main_cause(found: Mapping[Cause, Money], *, former: bool) -> Cause:
    """What most of a credit came from; what a former tenant paid is a credit because the tenancy ended."""
    if not found:
        return Cause.ENDED if former else Cause.OVERPAID
    most = max(found, key=lambda cause: (found[cause], cause.value))
    return Cause.ENDED if former and most is Cause.OVERPAID else most


def kept(weekly: Money, method: PaymentMethod | None, weeks: int, weeks_monthly: int) -> Money:
    """The rent in advance that stays on a live account: a payer's own cycle of charges (rules.md 2.9)."""
    return weekly * (weeks_monthly if method in MONTHLY else weeks)


def ended(kind: AccountKind, ended_on: date | None, today: date) -> bool:
    """Whether the tenancy of an account has ended, or the account is a former tenant's."""
    return kind is AccountKind.FORMER_TENANT or (ended_on is not None and ended_on < today)


def unclaimed_from(since: date) -> date:
    """The first day on which a credit has stood for six years; of 29 February, in a common year, 1 March."""
    year = since.year + UNCLAIMED_YEARS
    leap_day = (since.month, since.day) == (2, 29)
    return date(year, 3, 1) if leap_day and not isleap(year) else since.replace(year=year)


def bands(credits_: Sequence[tuple[date, Money]], today: date) -> tuple[AgeBand, ...]:
    """Credits, each with its first day, counted by age; every band, the youngest first."""
    titles = [*(title for _, title in BANDS), OLD, OLDEST]
    counts, totals = dict.fromkeys(titles, 0), dict.fromkeys(titles, ZERO)
    for since, credit in credits_:
        old = OLDEST if unclaimed_from(since) <= today else OLD
        title = next((title for most, title in BANDS if (today - since).days <= most), old)
        counts[title] += 1
        totals[title] += credit
    return tuple(AgeBand(title, counts[title], totals[title]) for title in titles)


def _amount(amount: Money) -> list[UserError]:
    if amount <= ZERO:
        return [UserError("A refund is for more than nothing.", "Give the amount that is paid back.", "amount")]
    if amount > MOST:
        return [UserError(f"{amount} is more than a refund may be ({MOST}).", "Look at the figure.", "amount")]
    return []


def _texts(asked: NewRefund | ChangedRefund) -> list[UserError]:
    errors: list[UserError] = []
    if not asked.payee_name.strip():
        errors.append(UserError("Say who is paid, as the bank or the cheque has it.", field="payee_name"))
    if not asked.reason.strip():
        errors.append(UserError("Say why it is paid back.", "Whoever approves it reads this.", "reason"))
    for name, most in (("reason", MOST_REASON), ("payee_name", _MOST_NAME), ("payee_address", MOST_REASON)):
        if len(getattr(asked, name)) > most:
            errors.append(UserError(f"This is longer than {most} characters.", "Shorten it.", name))
    return errors
