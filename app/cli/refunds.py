"""`rentbook refunds`: approved refunds sent for payment without the window."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import click

from app.cli.frame import DATE, FILE, Group, answer, open_desk
from app.models.values import RefundMethod
from app.services.adjustments.payments import commands
from app.services.adjustments.payments.dto import NewPayment, Profile
from app.services.core.errors import UserError
from app.services.exports.files import write_whole

_METHODS = [each.value for each in RefundMethod if each is not RefundMethod.CARD]


@click.group(cls=Group)
def refunds() -> None:
    """Send approved refunds for payment."""


@refunds.command("file")
@click.option(
    "--date", "pay_on", type=DATE, help="The day on which they are to be paid; of a Bacs file, its processing day."
)
@click.option("--out", type=FILE, required=True, help="Where the file goes (.xlsx or .csv); its PDF goes beside it.")
@click.option("--method", type=click.Choice(_METHODS), default=RefundMethod.FINANCE.value, show_default=True)
@click.option("--again", type=int, metavar="PAYMENT", help="Write the files of a payment that was sent before.")
def file(pay_on: date | None, out: Path, method: str, again: int | None) -> None:
    """Send the approved refunds of one way of paying: each is posted, and the file for finance, the cheques or Bacs written.

    All are posted with the file or none is. A file that is there already is not written over.
    """
    if (pay_on is None) == (again is None):
        raise click.UsageError(
            "Give either --date, to send what waits, or --again, for the files of an earlier payment."
        )
    pdf = out.with_name(f"{out.stem}.request.pdf")
    _refuse_place(out, pdf)
    profile = Profile.CSV if out.suffix.lower() == ".csv" else Profile.XLSX
    with open_desk() as desk:
        sent = None
        if pay_on is not None:
            new = NewPayment(f"command line:{uuid4().hex}", RefundMethod(method), pay_on, profile)
            sent = desk.do(commands.send, new)
        files = desk.do(commands.open_files, sent.payment_id if sent else again or 0)
    try:
        write_whole(out, files.content)
        write_whole(pdf, files.request)
    except UserError as error:
        hint = f"The payment is kept: rentbook refunds file --again {files.payment_id} --out FILE writes its files."
        raise UserError(error.message, hint) from error
    data = {"payment": files.payment_id, "sha256": files.sha256, "file": str(out), "request": str(pdf)}
    if sent is not None:
        data |= {"count": sent.count, "total_pence": sent.total.pence}
        data["left_out"] = [{"number": each.number, "why": each.why} for each in sent.left_out]
    answer(data, [*([sent.told] if sent else []), f"Written: {out} and {pdf.name}."])


def _refuse_place(out: Path, pdf: Path) -> None:
    """Refuse a place before anything is posted."""
    if not out.resolve().parent.is_dir():
        raise UserError(f"There is no folder {out.parent}.", "Make it first; nothing was sent.")
    for path in (out, pdf):
        if path.exists():
            raise UserError(f"{path} is there already.", "Choose another name; nothing was sent.")
