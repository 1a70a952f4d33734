"""What the sheets of an adjustment begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import AccountKind, LineFix, Money
from app.services.adjustments.dto.shown import KindRow, ReasonRow


@dataclass(frozen=True, slots=True)
class Face:
    """An account as a sheet names it."""

    account_id: int
    reference: str
    name: str
    kind: AccountKind
    balance: Money


@dataclass(frozen=True, slots=True)
class EntryForm:
    """What the entry sheet begins with.

    Attributes:
        account: the account that it was opened from, if it was opened from one.
        kinds: those in use that are entered on this sheet (an adjustment or a transfer), of the account where there is one.
        reasons: those in use; `ReasonRow.kinds` says which kinds each fits.
    """

    today: date
    account: Face | None
    kinds: tuple[KindRow, ...]
    reasons: tuple[ReasonRow, ...]


@dataclass(frozen=True, slots=True)
class FixForm:
    """A line of the ledger that is to be moved, reversed or corrected.

    Attributes:
        amount: as it stands, a debit positive.
        offers: what can be done about it, for `rules.proposed`; empty where nothing can.
        debit_kind, credit_kind, move_kind: keys of the kinds that debit its account, credit it and move it elsewhere.
        fix_code: what a debit or credit posts by, so that the same control account is put right; empty: the kind's own.
        adjustment_id: the adjustment that posted it, which can be reversed whole; None of any other line.
        shut: why nothing can be done about it by itself, as a sentence.
        entry: the entry sheet's own choices for its account.
    """

    journal: int
    line: int
    account: Face
    code: str
    what: str
    effective_on: date
    rent_week: date | None
    narrative: str
    amount: Money
    offers: tuple[LineFix, ...]
    debit_kind: str
    credit_kind: str
    move_kind: str
    fix_code: str
    adjustment_id: int | None
    shut: str
    entry: EntryForm
