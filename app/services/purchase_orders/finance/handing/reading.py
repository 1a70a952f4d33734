"""A file of the finance system's replies: read whole, every fault with its row."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports.dto import Column, Kind, Layout, Mistake
from app.services.imports.fingerprints import file_sha256
from app.services.imports.one_sheet import Wanted
from app.services.imports.one_sheet import read as read_sheet
from app.services.purchase_orders.finance.handing.dto import Reply, ReplyFile

NAME: Final = "Replies"
MOST_ROWS: Final = 50_000
_TAKEN, _REJECTED = "taken", "rejected"
_STATUS: Final = {
    **dict.fromkeys(("taken", "accepted", "ok", "created", "loaded", "approved", "paid", "posted", "success"), _TAKEN),
    **dict.fromkeys(("rejected", "error", "failed", "refused", "invalid", "reject", "fail"), _REJECTED),
}
LAYOUT: Final = Layout(
    NAME,
    (
        Column(
            "reference",
            Kind.CODE,
            required=True,
            length=40,
            synonyms=(
                "our reference",
                "requisition",
                "external reference",
                "source reference",
                "invoice",
                "your reference",
            ),
            note="Our number: S00012, RQ00012, PO00012, GR00012 or IN00012.",
        ),
        Column(
            "number",
            Kind.CODE,
            length=40,
            synonyms=(
                "finance number",
                "order number",
                "purchase order",
                "supplier id",
                "system number",
                "document number",
            ),
            note="What the finance system calls it.",
        ),
        Column(
            "paid",
            Kind.DATE,
            synonyms=("paid on", "payment date", "date paid", "cleared", "pay date"),
            note="Of an invoice, the day on which the supplier was paid.",
        ),
        Column(
            "status", Kind.CHOICE, words=_STATUS, synonyms=("result", "outcome", "state"), note="Taken or rejected."
        ),
        Column("reason", Kind.TEXT, length=200, synonyms=("error", "message", "comment", "rejection reason")),
    ),
    synonyms=("responses", "results"),
)


def fits(columns: AbstractSet[str]) -> bool:
    """Whether a sheet with these columns of ours is one of replies."""
    return "reference" in columns and bool({"number", "paid", "status"} & columns)


NEEDS: Final = "the reference, and a number, a day of payment or a status"
_WANTED: Final = Wanted(LAYOUT, fits, NEEDS, MOST_ROWS)


def read(
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> ReplyFile:
    """Read a workbook or a .csv file of replies.

    Args:
        path: the file.
        columns: its own headings, and which of our columns each is, where they don't match by themselves.
        progress: told how many rows are read.
        cancel: stops it.

    Raises:
        UserError: it can't be read at all, has no sheet with the columns that are needed, or too many rows.
        Cancelled: `cancel` was used.
    """
    table, means = read_sheet(path, _WANTED, columns or {}, progress, cancel or CancelToken())
    mistakes = table.mistakes()
    wrong = {each.row for each in mistakes}
    rows = []
    for number, found in table.by_name():
        reply = _reply(number, found)
        if reply.row in wrong:
            continue
        if not (reply.number or reply.paid_on or reply.rejected or found.get("status")):
            mistakes.append(
                Mistake(number, "number", "It says nothing of it: no number, no day of payment, no status.")
            )
        elif reply.rejected and not reply.reason:
            mistakes.append(Mistake(number, "reason", "It is rejected without a reason.", "Ask finance for it."))
        else:
            rows.append(reply)
    told = tuple(sorted(mistakes, key=lambda each: each.row))
    return ReplyFile(path.name, file_sha256(path), path.read_bytes(), tuple(rows), told, means)


def _reply(number: int, row: Mapping[str, Any]) -> Reply:
    return Reply(
        number,
        row["reference"] or "",
        row.get("number") or "",
        row.get("paid"),
        row.get("status") == _REJECTED,
        row.get("reason") or "",
    )
