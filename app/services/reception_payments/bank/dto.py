"""What a bank statement says, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import Money


class StatementFormat(StrEnum):
    """The formats in which banks give statements."""

    MT940 = "mt940"
    BAI2 = "bai2"
    CAMT053 = "camt053"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A movement on a bank account.

    Attributes:
        number: its place in the file, from 1.
        on: the day on which the bank booked it; `value_on`: from which it counts, where the bank says so.
        amount: more than nothing came in, less went out.
        reference: what the payer gave, or the bank.
        narrative: all else that the bank says.
        kind: the bank's own word for what it is, such as NTRF, 165 or PMNT-RCDT.
    """

    number: int
    on: date
    value_on: date | None
    amount: Money
    reference: str
    narrative: str
    kind: str


@dataclass(frozen=True, slots=True)
class AccountStatement:
    """The statement of one account, its pages joined.

    Attributes:
        account: the account as the bank names it: a sort code with a number, an IBAN; empty where the file doesn't say.
        opening, closing: what was on it before the first line and after the last, credit positive; None where the file
            doesn't say.
    """

    account: str
    opening: Money | None
    closing: Money | None
    from_on: date | None
    to_on: date | None
    lines: tuple[StatementLine, ...]

    @property
    def moved(self) -> Money:
        """What the lines add up to."""
        return Money(sum(line.amount.pence for line in self.lines))


@dataclass(frozen=True, slots=True)
class StatementFile:
    """A file of the bank, read whole.

    Attributes:
        faults: what doesn't add up in it, as sentences; a file with one is not taken.
    """

    format: StatementFormat
    statements: tuple[AccountStatement, ...]
    faults: tuple[str, ...]

    @property
    def lines(self) -> tuple[StatementLine, ...]:
        """Every line of every account."""
        return tuple(line for statement in self.statements for line in statement.lines)
