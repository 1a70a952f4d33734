"""Payments to suppliers asked for, their files saved, sent, paid, cancelled and refused, and what comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.payments import SupplierPayment, SupplierRun
from app.models.values import FinanceFileKind, PaidBy, Subject, SupplierRunState
from app.services.approvals import keeping as approvals
from app.services.bacs.own import own_number
from app.services.bacs.reports.arucs import read_arucs
from app.services.core import audit
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import people_count
from app.services.core.permissions import Permission, requires
from app.services.core.private_files import own_folder, write_private
from app.services.core.search_index import index_record
from app.services.ledger import numbering
from app.services.purchase_orders.finance import profiles
from app.services.purchase_orders.finance.layouts import Profile
from app.services.purchase_orders.payments import (
    checking,
    files,
    gathering,
    keeping,
    leaving,
    payees,
    requests,
    returns,
    rows,
    settling,
    taking,
)
from app.services.purchase_orders.payments.dto import (
    AskRun,
    CameBack,
    PutBack,
    RunAsked,
    RunMoved,
    SavedFile,
    run_number,
)
from app.services.purchase_orders.payments.rules import Selection
from app.services.purchase_orders.suppliers.rules import spelt

_LONGEST_REFERENCE: Final = 40
_FOLDER: Final = "Bacs files"


@requires(Permission.PAY_SUPPLIERS)
def ask(ctx: Context, new: AskRun) -> RunAsked:
    """Ask a second officer for a run of what is selected now; nothing of it can be in another run from here on.

    The same key gives the run that it asked for before.

    Raises:
        UserError: nothing can be paid, the day has passed or Bacs can't meet it, what was declared isn't what is selected, Bacs
            files aren't authorised, or the office has one officer.
    """
    before = ctx.session.scalar(select(SupplierRun).where(SupplierRun.entry_key == new.entry_key))
    if before is not None:
        return checking.asked(ctx, before)
    approvals.refuse_alone(ctx)
    note = checking.words(ctx, new.note, "note", "note", checking.LONGEST)
    checking.refuse_day(ctx, new)
    number = numbering.take(ctx, "supplier_run")
    selection = gathering.selection(ctx, new.question)
    checking.refuse_faults(new, selection)
    run = _drafted(ctx, new, number, selection, note)
    ctx.session.add(run)
    ctx.session.flush()
    index_record(ctx, Subject.SUPPLIER_RUN, run.id, run_number(run.number))
    alike = payees.alike(ctx, selection.payments, but=run.id)
    remarks = {each.payee.supplier_id: rows.remarks(each, new.question, alike) for each in selection.payments}
    taking.take(ctx, run, selection, remarks)
    run.request_id = requests.ask(ctx, run, selection.largest)
    ctx.session.flush()
    return checking.asked(ctx, run, len(selection.left_out))


@requires(Permission.PAY_SUPPLIERS)
def save_file(ctx: Context, run_id: int, folder: str) -> SavedFile:
    """Write the file of a run to a folder that nobody but the officer reads; the audit says so.

    Where others may read the folder, it goes into one of its own in there.

    Raises:
        UserError: the run has no file that is to be sent, what is kept has been altered, or it can't be written.
    """
    try:
        own = own_folder(Path(folder), _FOLDER)
    except OSError as error:
        raise UserError(f"The folder can't be used: {error.strerror}.", "Choose another.", "folder") from error
    run = keeping.found(ctx, run_id)
    return _save(ctx, run, own / files.content(ctx, run)[1], "Delete it once it is sent.")


@requires(Permission.PAY_SUPPLIERS)
def save_as(ctx: Context, run_id: int, path: str) -> SavedFile:
    """Write the file of a run to a path, readable by the officer alone; the audit says so.

    Raises:
        UserError: as `save_file`.
    """
    return _save(ctx, keeping.found(ctx, run_id), Path(path), "")


@requires(Permission.PAY_SUPPLIERS)
def mark_sent(ctx: Context, run_id: int, reference: str) -> RunMoved:
    """The file of a run was sent, once; `reference` is what Bacs or the finance system gave it.

    Raises:
        UserError: it has no file that waits to be sent, an invoice in it is paid, or the reference is missing, long or holds a
            card number; or a supplier is stopped since and the file never was saved. One that was may have been sent, so it is
            marked, and told.
    """
    words = checking.words(ctx, reference, "reference", "reference", _LONGEST_REFERENCE)
    if not words:
        raise UserError(
            "The reference of the submission is missing.", "It is shown once the file is sent.", "reference"
        )
    run = keeping.found(ctx, run_id)
    leaving.refuse_paid(ctx, run)
    stopped = leaving.stopped(ctx, run) if run.state is SupplierRunState.MADE else []
    if stopped and not files.was_saved_by(ctx, run):
        leaving.refuse_file(ctx, run)
    settling.sent(ctx, run, words)
    run = keeping.found(ctx, run_id)
    then = f"suppliers have the money on {spelt(run.pay_on)}"
    if run.by is PaidBy.FINANCE:
        then = "its invoices are paid when the finance system replies, or on a day that you give"
    stop = f" Ask the bank to stop it: {' '.join(stopped)}" if stopped else ""
    return keeping.moved(run, f"{run_number(run.number)} is marked as sent; {then}.{stop}")


@requires(Permission.PAY_SUPPLIERS)
def mark_paid(ctx: Context, run_id: int, paid_on: date) -> RunMoved:
    """The suppliers of a run have the money since a day: its invoices are paid.

    Raises:
        UserError: it wasn't sent, or the day is to come, before that, or before the one on which its Bacs file pays.
    """
    if paid_on > ctx.clock.today():
        raise UserError("That day is to come.", "Give the day on which they were paid.", "paid_on")
    run = keeping.found(ctx, run_id)
    if run.by is PaidBy.BACS and paid_on < run.pay_on:
        raise UserError(
            f"Bacs moves its money on {spelt(run.pay_on)}, not before.", "Give that day, or a later one.", "paid_on"
        )
    if run.sent_at is not None and paid_on < run.sent_at.date():
        raise UserError("That day is before the file was sent.", "Give the day on which they were paid.", "paid_on")
    count = settling.paid(ctx, run, paid_on)
    run = keeping.found(ctx, run_id)
    return keeping.moved(run, f"{run_number(run.number)} is paid: {count:,} {'invoice' if count == 1 else 'invoices'}.")


@requires(Permission.PAY_SUPPLIERS)
def cancel(ctx: Context, run_id: int, reason: str) -> RunMoved:
    """The file of a run is not to be sent: its invoices are to be paid again, the serial number of a Bacs file stays used.

    Neither who asked for the run nor who saved its file cancels it: two people keep it from being paid twice.

    Raises:
        UserError: it was sent or cancelled before, the officer asked for it or saved its file, its day has come, or no reason
            is given.
    """
    run = keeping.found(ctx, run_id)
    why = checking.reason(ctx, reason)
    if run.state is SupplierRunState.MADE:
        _refuse_own(ctx, run.made_by, "asked for this run", "cancels it")
        if files.was_saved_by(ctx, run, ctx.officer.id):
            _refuse_own(ctx, ctx.officer.id, "saved this file", "cancels it")
    settling.cancelled(ctx, run, why)
    run = keeping.found(ctx, run_id)
    return keeping.moved(run, f"{run_number(run.number)} is cancelled: its invoices are to be paid in another run.")


@requires(Permission.PAY_SUPPLIERS)
def refused(ctx: Context, run_id: int, reason: str) -> RunMoved:
    """Bacs, the bank or the finance system refused a run whole: its invoices are to be paid again.

    Whoever asked for it or marked it as sent doesn't say so, for the same reason as with `cancel`.

    Raises:
        UserError: it wasn't sent, the officer asked for it or marked it, or no reason is given.
    """
    run = keeping.found(ctx, run_id)
    why = checking.reason(ctx, reason)
    if run.state in {SupplierRunState.SENT, SupplierRunState.PAID}:
        _refuse_own(ctx, run.sent_by, "marked this file as sent", "says that it was refused")
        _refuse_own(ctx, run.made_by, "asked for this run", "says that it was refused")
    settling.refused(ctx, run, why)
    run = keeping.found(ctx, run_id)
    return keeping.moved(run, f"{run_number(run.number)} was refused: its invoices are to be paid in another run.")


@requires(Permission.PAY_SUPPLIERS)
def came_back(ctx: Context, returned: CameBack) -> PutBack:
    """The bank sent a payment back: its invoices are to be paid again, and a task says to look at the bank details.

    Told twice, it is done once.

    Raises:
        UserError: its run wasn't sent, no reason is given, or the day can't be.
    """
    payment = returns.found(ctx, returned.payment_id)
    if payment.returned_on is not None:
        return returns.told(ctx, [], [payment], ())
    why = checking.reason(ctx, returned.why)
    run = keeping.found(ctx, payment.run_id)
    returns.refuse_faults(ctx, run, returned.returned_on)
    settling.came_back(ctx, run, payment, returned.returned_on, why)
    return returns.told(ctx, [payment], [], ())


@requires(Permission.PAY_SUPPLIERS)
def read_returns(ctx: Context, content: bytes) -> PutBack:
    """Read a report of returned credits (ARUCS) and put back every payment in it; the same report again does nothing more.

    A Bacs file that something came back of was sent, whether it was marked or not: it is now.

    Raises:
        UserError: it is another report, of another council, or spoilt. Nothing is done then.
    """
    items = read_arucs(content, own_number(ctx))
    put: list[SupplierPayment] = []
    before: list[SupplierPayment] = []
    unknown: list[str] = []
    for item, payment in zip(items, returns.known(ctx, items), strict=True):
        if payment is None:
            unknown.append(f"{item.reference or 'No reference'}, {item.amount}: {item.words}")
        elif payment.returned_on is not None:
            before.append(payment)
        else:
            run = keeping.found(ctx, payment.run_id)
            if run.state is SupplierRunState.MADE:
                settling.sent(ctx, run, "")
            settling.came_back(ctx, run, payment, item.returned_on or ctx.clock.today(), item.words)
            put.append(payment)
    return returns.told(ctx, put, before, tuple(unknown))


@requires(Permission.PAY_SUPPLIERS)
def keep_layout(ctx: Context, layout: Profile) -> Profile:
    """Keep a layout of the finance system's file of payments.

    Raises:
        UserError: as `profiles.keep`.
    """
    return profiles.keep(ctx, FinanceFileKind.PAYMENTS, layout)


def _drafted(ctx: Context, new: AskRun, number: int, selection: Selection, note: str) -> SupplierRun:
    """The row of a run, not kept yet."""
    profile = "" if new.question.by is PaidBy.BACS else checking.profile(ctx, new.profile)
    return SupplierRun(
        entry_key=new.entry_key,
        number=number,
        state=SupplierRunState.WAITING,
        by=new.question.by,
        due_to_on=new.question.due_to_on,
        pay_on=new.question.pay_on,
        count=len(selection.payments),
        pence=selection.pence,
        profile=profile,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
        note=note,
    )


def _save(ctx: Context, run: SupplierRun, path: Path, hint: str) -> SavedFile:
    content, _name = files.content(ctx, run)
    audit.record(ctx, "supplier_run", str(run.id), "reveal", opened_for="its file", sha256=run.sha256)
    try:
        write_private(path, content)
    except OSError as error:
        raise UserError(f"{path} can't be written: {error.strerror}.", "Choose another folder.", "folder") from error
    told = f"The file of {run_number(run.number)} is saved as {path}. {hint}".rstrip()
    return SavedFile(run.id, path, run.sha256, told, Changes(keeping.AREAS))


def _refuse_own(ctx: Context, officer_id: int | None, did: str, does: str) -> None:
    if officer_id != ctx.officer.id:
        return
    alone = " Nobody else is here: add an officer (Admin, Officers)." if people_count(ctx.session) < 2 else ""
    raise UserError(f"You {did}, so somebody else {does}.{alone}", "Ask a colleague who may pay suppliers.")
