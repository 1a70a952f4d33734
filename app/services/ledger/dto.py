"""What goes into the ledger and what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app.models.values import ZERO, Basis, CodeKind, ExplainGroup, Fund, JournalKind, Money, PeriodState


@dataclass(frozen=True, slots=True)
class JournalHeader:
    """A posting that is asked for.

    Attributes:
        accounting_on: the day it is reported in; its period must be open.
        source: where it came from: a file's hash, a batch, a request.
        idempotency_key: the caller's own name for this posting; the same key never posts twice.
        declared_count, declared_pence: number and signed sum of the caller's lines, where known beforehand;
            a posting that comes out otherwise is refused.
        authorised_by: the second officer, where one was needed.
        approval: the request that they approved; left out while it is being carried out.
    """

    kind: JournalKind
    accounting_on: date
    source: str
    idempotency_key: str
    declared_count: int | None = None
    declared_pence: int | None = None
    narrative: str = ""
    authorised_by: int | None = None
    approval: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line on one account; a positive amount is a debit. `rent_week` is the Monday of the week it belongs to."""

    account_id: int
    code: str
    pence: int
    effective_on: date
    rent_week: date | None = None
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted: the journal's number, the caller's lines (contras not counted) and their signed sum.

    `duplicate` says that the key had been used: the journal named is the first one and nothing was posted now.
    """

    journal: int
    lines: int
    total_pence: int
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of an account with the balance after it, in order of the date it belongs to."""

    journal: int
    line: int
    effective_on: date
    accounting_on: date
    recorded_at: datetime
    rent_week: date | None
    code: str
    what: str
    kind: CodeKind
    group: ExplainGroup
    narrative: str
    amount: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """An account's lines for a span of days (both inclusive; None means from the first, to the last)."""

    account_id: int
    from_on: date | None
    to_on: date | None
    brought_forward: Money = ZERO
    lines: tuple[LedgerLine, ...] = ()
    carried_forward: Money = ZERO


class BriefLine(NamedTuple):
    """A line as a statement shows it, in order of the date it belongs to (a tuple: runs read millions of them)."""

    effective_on: date
    rent_week: date | None
    what: str
    narrative: str
    pence: int


@dataclass(frozen=True, slots=True)
class BriefPage:
    """An account's lines for a span of days, after what was brought forward, in pence."""

    brought_forward_pence: int
    lines: tuple[BriefLine, ...]


@dataclass(frozen=True, slots=True)
class ExplainPart:
    """One part of a balance: so many lines in so many weeks, adding up to an amount."""

    group: ExplainGroup
    code: str
    label: str
    weeks: int
    count: int
    amount: Money

    @property
    def how_often(self) -> str:
        """`33 weeks` of what is charged by the week, `8 times` of anything that came more than once, else nothing."""
        if self.group is ExplainGroup.CHARGES:
            return f"{self.weeks:,} {'week' if self.weeks == 1 else 'weeks'}"
        return f"{self.count:,} times" if self.count > 1 else ""


@dataclass(frozen=True, slots=True)
class WeekSum:
    """What one week did to the balance, part by part, and the balance after it."""

    week_on: date
    charges: Money
    housing_benefit: Money
    universal_credit: Money
    direct_debit: Money
    cash: Money
    adjustments: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class Explanation:
    """A balance as a sum: brought forward, plus the parts, is the balance; the weeks tell the same sum by week."""

    account_id: int
    as_at: date
    basis: Basis
    from_on: date
    brought_forward: Money
    parts: tuple[ExplainPart, ...]
    weeks: tuple[WeekSum, ...]
    balance: Money


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the ledger should not contain."""

    check: str
    message: str


@dataclass(frozen=True, slots=True)
class PreCheck:
    """A question asked before a period closes; `stops` says that a no refuses the closing."""

    name: str
    passed: bool
    message: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period as listed, with the change that waits for a second officer, if one does (`request_id` is the request)."""

    period_id: int
    name: str
    starts_on: date
    ends_on: date
    state: PeriodState
    waiting: PeriodState | None = None
    waiting_since: datetime | None = None
    requested_by: str = ""
    request_id: int | None = None
    journals: int = 0
    checks: tuple[PreCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A journal as listed."""

    number: int
    kind: JournalKind
    accounting_on: date
    recorded_at: datetime
    posted_by: str
    source: str
    narrative: str
    lines: int
    total: Money
    reverses: int | None
    reversed_by: int | None


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A line that credited an account; its amount is below nothing."""

    journal: int
    effective_on: date
    code: str
    kind: CodeKind
    group: ExplainGroup
    amount: Money


@dataclass(frozen=True, slots=True)
class StandingCredit:
    """An account in credit: the first day of it without a break, and the lines that credited it from that day on."""

    since: date
    lines: tuple[CreditLine, ...]


@dataclass(frozen=True, slots=True)
class ControlEntry:
    """An entry of a control account; `amount` is a debit where it is more than nothing: money that is on its way to the bank.

    Attributes:
        key: of the control account, such as `cash:card`.
        on: the day that it belongs to.
        source: what made its journal, such as a file or a receipt.
        reverses: the journal that its own takes back.
    """

    journal: int
    line: int
    account_id: int
    key: str
    fund: Fund
    amount: Money
    on: date
    kind: JournalKind
    source: str
    narrative: str
    reverses: int | None


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """What a control account took, in pence: what was receipted, of it what belongs to one day, and what went to the bank."""

    receipted: int
    of_day: int
    banked: int


@dataclass(frozen=True, slots=True)
class CodeReceived:
    """What came in by a receipt code: how many lines on accounts, and what they come to less what went back."""

    code: str
    name: str
    count: int
    total: Money
