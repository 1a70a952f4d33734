"""What Bacs reports back, as it was read: pure data, nothing of it kept or matched yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import Money, ReportKind
from app.services.bacs.dto.details import Destination
from app.services.bacs.dto.files import Fault


@dataclass(frozen=True, slots=True)
class ReportTotals:
    """How many, and how much, as a report says it."""

    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ClaimedDebit:
    """A collection that an indemnity claim names: the day on which it was taken from the payer, and how much."""

    on: date | None
    amount: Money | None


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One thing that a report tells. What its report doesn't have is empty or None.

    Attributes:
        place: its number in the report, from 1.
        reference: of the mandate or payment, as the report has it; `payer_reference` is the payer's own, where it has both.
        reason_code: one character; `raw_code` is the code as the report has it (ARUDD: four characters), `words` its meaning.
        effective_on: the day from which it counts; of a claim (DDICA) the day on which the council is debited.
        original_processing_on: of a return, the processing day of the collection.
        destination: the payer's account as it was; `new_destination` what takes its place (ADDACS, AWACS). Neither is kept
            unsealed, shown or logged.
        last_two: of the payer's account number.
        record_type: the letter of a message (A, N, D, W); of a claim, `new` or `cancelled`.
        aosn: the number that the message has at Bacs; of a claim, its number in the report.
        bank_reference: the paying bank's own, of a claim.
        debits: the collections that a claim names.
    """

    place: int
    reference: str
    reason_code: str
    raw_code: str
    words: str
    effective_on: date | None = None
    original_processing_on: date | None = None
    amount: Money | None = None
    transaction_code: str = ""
    payer_name: str = ""
    payer_reference: str = ""
    destination: Destination | None = None
    new_destination: Destination | None = None
    last_two: str = ""
    record_type: str = ""
    aosn: str = ""
    bank_reference: str = ""
    debits: tuple[ClaimedDebit, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryTotals:
    """What Bacs took and refused of one side of a file; `trailer` is what the file's own UTL1 says, where it is told."""

    accepted: ReportTotals
    rejected: ReportTotals
    trailer: ReportTotals | None = None


@dataclass(frozen=True, slots=True)
class AccountTotals:
    """The totals of one of the council's own accounts in a file, with the contra records that balance them apart."""

    account: Destination | None
    last_two: str
    credits_: EntryTotals
    debits: EntryTotals
    credit_contras: EntryTotals
    debit_contras: EntryTotals


@dataclass(frozen=True, slots=True)
class DayTotals:
    """The totals of one processing day of a file; the day is None where the report gives only the sum of all."""

    processing_on: date | None
    credits_: ReportTotals
    debits: ReportTotals


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file that we sent, as an Input, Withdrawal, AUDDIS accepted or AUDDIS rejected report tells of it.

    Attributes:
        serial: of the volume, as its VOL1 had it.
        file_number: of UHL1; `reference` is what Bacs called the file.
        processing_on: its processing day.
        accepted_instructions, rejected_instructions: of AUDDIS; None where the report doesn't count them.
        error_code: why the whole file was refused; empty if it wasn't. `file_type` is LIVE or TEST.
        accounts, days: the totals by our own accounts and by processing days.
        credits_, debits: of the whole file, contra records included (Input report).
    """

    serial: str
    file_number: str = ""
    reference: str = ""
    processing_on: date | None = None
    work_code: str = ""
    file_type: str = ""
    error_code: str = ""
    accepted_instructions: int | None = None
    rejected_instructions: int | None = None
    accounts: tuple[AccountTotals, ...] = ()
    days: tuple[DayTotals, ...] = ()
    credits_: EntryTotals | None = None
    debits: EntryTotals | None = None

    @property
    def is_test(self) -> bool:
        """Whether it was sent as a test, so that nothing of it counts."""
        return self.file_type.upper() == "TEST"


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report of Bacs, read.

    Attributes:
        sun: the Service User Number that it is of; empty where it names none.
        generated_on: the day that it says it is of; of claims (DDICA) the day on which the council is debited.
        key: its own identity, up to 120 characters: the same report fetched twice, with whatever signature, has the same.
        totals: of its items, as it says; it is refused where they don't agree. None where it says none.
        faults: what could not be read; `line` is the place of the item, 0 the whole report. The rest is right.
        submission_reference: what Bacs called the submission (Input, Withdrawal).
        files: the files of ours that it tells of.
        errors: what Bacs says was wrong with a file, in its words.
    """

    kind: ReportKind
    sun: str
    generated_on: date | None
    key: str
    items: tuple[ReportItem, ...] = ()
    totals: ReportTotals | None = None
    faults: tuple[Fault, ...] = ()
    submission_reference: str = ""
    files: tuple[ReportFile, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def serials(self) -> tuple[str, ...]:
        """The serial numbers of the volumes that it tells of, each once."""
        return tuple(dict.fromkeys(file.serial for file in self.files if file.serial))
