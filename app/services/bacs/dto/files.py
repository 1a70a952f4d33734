"""Payment files, their days and what Bacs reports of them, as they cross layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.models.values import BacsCode, Money, PaymentFileKind, PaymentFileState
from app.services.bacs.dto.details import Destination


@dataclass(frozen=True, slots=True)
class ProcessingDays:
    """The three days of a Bacs file.

    Attributes:
        submit_on: the last day on which it may be sent (the working day before).
        processing_on: the day that the file names (positions 6 to 10 of UHL1).
        entry_on: the day that the money moves on both accounts (the working day after).
    """

    submit_on: date
    processing_on: date
    entry_on: date


@dataclass(frozen=True, slots=True)
class BacsDay:
    """A day in the calendar of Bacs.

    Attributes:
        why_not: why it doesn't work, such as `Christmas Day` or `Sunday`; empty where it does.
        file: the days of the file that it processes; None where it doesn't work.
    """

    on: date
    why_not: str
    file: ProcessingDays | None

    @property
    def works(self) -> bool:
        """Whether Bacs works on it."""
        return self.file is not None


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The council's own account at its bank, which payments come from and collections go to."""

    sort_code: str
    account_number: str
    name: str


@dataclass(frozen=True, slots=True)
class OwnAccounts:
    """The council's accounts on a day, by the scope that policy gives them; the one of everything else has the scope ""."""

    by_scope: Mapping[str, OwnAccount]

    def scope(self, wanted: str) -> str:
        """The scope that has an account of its own: `rent_group:HRA` where it has one, else ""."""
        return wanted if wanted in self.by_scope else ""

    def of(self, wanted: str) -> OwnAccount:
        """The account that collections of a scope go to."""
        return self.by_scope[self.scope(wanted)]


@dataclass(frozen=True, slots=True)
class OwnSide:
    """The council as a Bacs service user, by policy.

    Attributes:
        sun: its Service User Number, six digits.
        user_name: its name in each record, up to 18 characters.
        makes_credit_files: finance has authorised this office to make files of credits.
    """

    account: OwnAccount
    sun: str
    user_name: str
    makes_credit_files: bool


@dataclass(frozen=True, slots=True)
class Credit:
    """A payment to somebody: how many pence, and what their statement says.

    Attributes:
        reference: up to 18 characters; a roll number takes its place.
        name: of the payee; the first 18 characters are carried.
    """

    destination: Destination
    pence: int
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a Standard 18 file, whichever way the money goes; instructions carry no pence."""

    destination: Destination
    code: BacsCode
    pence: int
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one of the council's own accounts on one day, which a contra record each way balances.

    `processing_on` is needed where a file is for several days; else it is the submission's.
    """

    own: OwnAccount
    lines: tuple[Line, ...]
    processing_on: date | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """All that a Standard 18 file is made of; the same submission gives the same bytes.

    Attributes:
        serial: of the volume, 1 to 999,999; never used again.
        processing_on: of the sections that name no day of their own; sections of several days make a file of several days.
        contra_narrative: what the council's own statement says beside the total; its own name if empty.
    """

    sun: str
    user_name: str
    serial: int
    created_on: date
    processing_on: date
    sections: tuple[Section, ...]
    contra_narrative: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of a file, contra records included, so that debits and credits are the same."""

    debit_pence: int
    debit_count: int
    credit_pence: int
    credit_count: int
    instruction_count: int = 0


@dataclass(frozen=True, slots=True)
class CreditFile:
    """A file of credits as it was made; whoever asked for it keeps the bytes.

    Attributes:
        count, amount: of the payments, without the contra.
        sha256: of the bytes.
    """

    file_id: int
    serial: int
    content: bytes
    sha256: str
    days: ProcessingDays
    count: int
    amount: Money
    totals: Totals


@dataclass(frozen=True, slots=True)
class PaymentFileRow:
    """A payment file as listed. `reference` is of the submission, `reason` says why it was cancelled or refused."""

    file_id: int
    kind: PaymentFileKind
    serial: int
    processing_on: date
    entry_on: date
    count: int
    amount: Money
    sha256: str
    state: PaymentFileState
    made_by: str
    made_at: datetime
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file. `line` and `position` count from 1; position 0 is the whole line, line 0 the whole file."""

    line: int
    position: int
    message: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A data record as it was read, contra records included; `number` is its line in the file."""

    number: int
    destination: Destination
    code: str
    own: OwnAccount
    pence: int
    user_name: str
    reference: str
    name: str
    is_contra: bool
    processing_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A Standard 18 file read back.

    Attributes:
        serial, sun, work_code: as its labels have them, empty where they can't be read.
        processing_on: the date of UHL1.
        lines: its data records in order.
        totals: counted over the records; the labels' own are compared with them among the faults.
        faults: all that is wrong, in order; empty of a good file.
    """

    serial: str
    sun: str
    work_code: str
    created_on: date | None
    processing_on: date | None
    lines: tuple[ReadLine, ...]
    totals: Totals
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class ReturnedCredit:
    """A credit that came back (ARUCS).

    Attributes:
        reference: of the credit, as it was sent.
        code: the reason, one character; `words` say it.
        returned_on: the day that the report is of.
        paid_on: the processing day of the credit, where the report has it.
        name: of the payee, as the report has it.
        last_two: of the account number, the only digits of it that are handed on.
    """

    reference: str
    amount: Money
    code: str
    words: str
    returned_on: date | None
    paid_on: date | None
    name: str
    last_two: str
