"""Bulk changes as they are asked for, listed and looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.values import ChargeChangeState, Money, Tenure
from app.services.charges.elements.dto import CodeChoice
from app.services.core.changes import Changes
from app.services.imports.dto import Problem


class Step(StrEnum):
    """What a rule does to an amount."""

    PERCENT = "percent"
    ADD = "add"
    SET = "set"
    END = "end"


@dataclass(frozen=True, slots=True)
class BulkRule:
    """Which charges change, and how; a list that is left empty doesn't matter.

    Attributes:
        codes: the charge codes.
        step: what is done to each amount.
        by: hundredths of a percent (4.8% is 480), or pence; may be below nothing but for SET; 0 of END.
        rent_groups: by code.
        tenures, areas: any of these. Homes that were sold are left out unless their tenure is named.
    """

    codes: tuple[str, ...]
    step: Step
    by: int = 0
    rent_groups: tuple[str, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row of a spreadsheet: whose charge becomes what; no amount ends it."""

    row: int
    reference: str
    code: str
    weekly: Money | None


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A spreadsheet of charges as it was read: its rows, or what is wrong with them; the file itself is kept as evidence."""

    sha256: str
    lines: tuple[SheetLine, ...]
    problems: tuple[Problem, ...] = ()
    file_name: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class NewChange:
    """A bulk change to be rehearsed: by a rule, or by the rows of a spreadsheet.

    `name` is what the office calls it: `Rent review 2027-28`.
    """

    name: str
    effective_on: date
    rule: BulkRule | None = None
    sheet: SheetRead | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A bulk change as listed: what a charge week comes to before and after, of the lines that change."""

    change_id: int
    name: str
    effective_on: date
    state: ChargeChangeState
    lines: int
    before: Money
    after: Money
    made_by: str
    made_at: datetime
    request_id: int | None = None


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What one code comes to before and after."""

    code: str
    what: str
    lines: int
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class Notices:
    """How the notices of a change stand.

    Attributes:
        needed: accounts that must be given notice.
        valid: those of them whose notice is in time.
        post_by: the last day to post it.
        served_on: when the notices of its batch count as served, if they were made.
        batch_id: that batch of letters.
    """

    needed: int
    valid: int
    post_by: date
    served_on: date | None
    batch_id: int | None

    @property
    def missing(self) -> int:
        """Accounts for which no notice is in time."""
        return self.needed - self.valid


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A charge that the change doesn't touch, and why, as a sentence."""

    reference: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class ChangeDetail:
    """Everything about a bulk change.

    Attributes:
        rule: the rule in words; empty of a spreadsheet.
        accounts: how many accounts change.
        moved: charges that are no longer what they were when it was rehearsed: rehearse it again.
        charged: the weeks from its day on that were charged already, which applying it puts right.
        left_out: at most the first hundred.
    """

    row: ChangeRow
    rule: str
    accounts: int
    by_code: tuple[CodeChange, ...]
    notices: Notices
    moved: int
    charged: int
    left_out: tuple[LeftOut, ...]
    excuse: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A line of the difference list: an amount a charge week before (None: not charged) and after (None: it ends)."""

    account_id: int
    reference: str
    name: str
    address: str
    code: str
    what: str
    before: Money | None
    after: Money | None

    @property
    def difference(self) -> Money:
        """By how much the week becomes dearer."""
        return Money((self.after.pence if self.after else 0) - (self.before.pence if self.before else 0))


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """What a new bulk change begins with.

    Attributes:
        codes: the charges that may change, by name.
        rent_groups: code and name.
        first_day: the Monday that it is likely meant for: the first of the next rent year.
    """

    codes: tuple[CodeChoice, ...]
    rent_groups: tuple[tuple[str, str], ...]
    first_day: date


@dataclass(frozen=True, slots=True)
class Apply:
    """A bulk change to be applied.

    Attributes:
        excuse: why it stands for those without a notice in time.
        leave_out: leave those without a notice in time out of it instead.
    """

    change_id: int
    excuse: str = ""
    leave_out: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying did: lines written and the journal that put charged weeks right, or the request that waits."""

    change_id: int
    lines: int
    changes: Changes
    journal: int | None = None
    request_id: int | None = None


@dataclass(frozen=True, slots=True)
class NoticesGiven:
    """What giving notice made: letters, accounts left out of the batch, and the day they count as served."""

    change_id: int
    batch_id: int
    made: int
    left_out: int
    served_on: date
    changes: Changes
