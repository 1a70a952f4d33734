"""The Standard 18 file of a run: made once, read back before it is kept, sealed, and opened again byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from app.models.bacs import PaymentFile
from app.models.direct_debits.runs import DebitRun
from app.models.values import DebitRunKind, PaymentFileKind, PaymentFileState
from app.services.bacs import keeping as bacs
from app.services.bacs import queries as council
from app.services.bacs.dto import CreditFile, Line, OwnAccounts, Section
from app.services.bacs.standard18.reading import read
from app.services.core import audit
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.runs.dto import KINDS
from app.services.direct_debits.runs.gathering import reference_fault
from app.services.direct_debits.runs.selecting import Record, Selection
from app.services.documents import safe

_TEXT: Final = "text/plain"
_KINDS: Final = {
    DebitRunKind.LODGEMENT: PaymentFileKind.INSTRUCTIONS,
    DebitRunKind.COLLECTION: PaymentFileKind.COLLECTIONS,
}
_VOID: Final = frozenset({PaymentFileState.CANCELLED, PaymentFileState.REFUSED})


def make(ctx: Context, run: DebitRun, selection: Selection) -> CreditFile:
    """Make the file of what was selected, with the next serial number, and keep it sealed.

    Raises:
        UserError: the council's own side isn't set, the day can't be met any more, or what was written doesn't read back
            without a fault.
    """
    own = council.own_side(ctx, run.processing_on)
    owns = council.own_accounts(ctx, run.processing_on)
    made = bacs.make_file(ctx, _KINDS[run.kind], tuple(_sections(selection, owns)), run.processing_on, own)
    audit.record_bulk(
        ctx, "mandate_bank", "reveal", rows=len(selection.records), opened_for=f"the file of run {run.number}"
    )
    _read_back(made, own.sun)
    run.payment_file_id = made.file_id
    run.document_sha256 = safe.keep(ctx, _about(run), made.content, _TEXT)
    return made


def content(ctx: Context, run: DebitRun) -> tuple[bytes, PaymentFile]:
    """The file of a run, the bytes that were made, and its row. Whoever hands it out audits it.

    Raises:
        UserError: none was made, it isn't to be sent, the key isn't at this desk, or what is kept has been altered.
    """
    file = file_of(ctx, run)
    if file is None or run.document_sha256 is None:
        raise UserError(f"Run {run.number} has no file: a second officer approves the run first.")
    if file.state in _VOID:
        raise UserError(
            f"Bacs file {file.serial} was {file.state.value}: it isn't opened any more.",
            "What was in it goes in another run.",
        )
    return safe.opened(ctx, _about(run), run.document_sha256, file.sha256), file


def file_of(ctx: Context, run: DebitRun) -> PaymentFile | None:
    """The row of a run's file, if one was made."""
    return None if run.payment_file_id is None else ctx.session.get_one(PaymentFile, run.payment_file_id)


def was_saved_by(ctx: Context, run: DebitRun, officer_id: int) -> bool:
    """Whether an officer had the file of a run out, as the audit has it: they may have sent it."""
    return safe.was_handed_out(ctx, "debit_run", run.id, officer_id)


def name(run: DebitRun, file: PaymentFile) -> str:
    """What a file is called where it is saved."""
    return f"Bacs {file.serial:06} {KINDS[run.kind].lower()} {run.processing_on:%Y-%m-%d}.txt"


def _sections(selection: Selection, owns: OwnAccounts) -> Iterator[Section]:
    """The records as they stand, a section for each day and each of the council's accounts."""
    for (day, scope), records in groupby(selection.records, key=lambda each: (each.days.processing_on, each.own_scope)):
        yield Section(owns.of(scope), tuple(_line(record) for record in records), day)


def _line(record: Record) -> Line:
    destination = record.bank.destination
    assert destination is not None  # what has none is left out
    return Line(destination, record.code, record.pence, reference_fault(record.reference)[0], record.bank.name)


def _read_back(made: CreditFile, sun: str) -> None:
    """Read what was written as Bacs would.

    Raises:
        UserError: it has a fault, or its totals aren't those that were meant.
    """
    found = read(made.content, sun)
    if found.faults or found.totals != made.totals:
        first = found.faults[0] if found.faults else None
        where = f"Line {first.line}, position {first.position}: {first.message}" if first else "Its totals differ."
        raise UserError(f"The file that was made isn't one that Bacs takes, so it wasn't kept. {where}")


def _about(run: DebitRun) -> str:
    return f"debit_run:{run.id}"
