"""A file of adjustments: read whole, every fault with its row; nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from app.models.values import Money
from app.services.adjustments.batches.dto import BatchFile, BatchForm, BatchRow
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports.dto import Column, Kind, Layout, Mistake, Table
from app.services.imports.fingerprints import file_sha256
from app.services.imports.one_sheet import Wanted
from app.services.imports.one_sheet import read as read_sheet
from app.services.imports.values import fold

NAME: Final = "Adjustments"
MOST_ROWS: Final = 20_000
"""A file of more is loaded in parts: somebody has to look through what is approved."""
_AMOUNTS: Final = ("amount", "debit", "credit")
_FIELDS: Final[Mapping[str, str]] = {
    "reference": "account",
    "to_account": "other",
    "date": "effective_on",
    "from": "from_on",
    "to": "to_on",
    "debit": "amount",
    "credit": "amount",
    "why_not_the_same": "like_reason",
    "": "file",
}
"""The columns of a file by the fields of a row, where their names differ."""
_COLUMNS: Final = (
    Column(
        "reference",
        Kind.CODE,
        required=True,
        length=40,
        synonyms=("payment reference", "account", "rent account", "account number", "account reference"),
        may_look_like_card=True,
        note="The payment reference of the account. As text, so that leading zeros stay.",
    ),
    Column(
        "amount",
        Kind.MONEY,
        synonyms=("value", "sum", "pounds"),
        note="Pounds and pence, without a sign: it goes the way its kind goes. Of a kind that goes either way a credit is "
        "below nothing.",
    ),
    Column(
        "debit",
        Kind.MONEY,
        synonyms=("debit amount", "dr"),
        note="A debit without a sign, in place of the amount.",
    ),
    Column(
        "credit",
        Kind.MONEY,
        synonyms=("credit amount", "cr"),
        note="A credit without a sign, in place of the amount.",
    ),
    Column(
        "to_account",
        Kind.CODE,
        length=40,
        synonyms=("other account", "other reference", "to reference", "second account"),
        may_look_like_card=True,
        note="Of a transfer: the payment reference of the account that takes the other side.",
    ),
    Column(
        "kind",
        Kind.CHOICE,
        synonyms=("type", "adjustment type", "kind of adjustment"),
        note="One of the list; left empty, the kind that is chosen for the whole batch.",
    ),
    Column(
        "reason",
        Kind.CHOICE,
        synonyms=("reason code", "why"),
        note="One of the list; left empty, the reason that is chosen for the whole batch.",
    ),
    Column(
        "date",
        Kind.DATE,
        synonyms=("effective date", "effective on", "effective", "day"),
        note="The day that it belongs to, day first, as 06/04/2026; left empty, the day of the whole batch.",
    ),
    Column(
        "from",
        Kind.DATE,
        synonyms=("from date", "period from", "first day"),
        note="The first day that it puts right, where its kind needs one.",
    ),
    Column(
        "to",
        Kind.DATE,
        synonyms=("to date", "period to", "last day"),
        note="The last day that it puts right, included.",
    ),
    Column(
        "narrative",
        Kind.TEXT,
        length=200,
        synonyms=("description", "details", "text", "comment"),
        note="As the statement shows it, in up to 200 characters; never a name of a person.",
    ),
    Column(
        "why_not_the_same",
        Kind.TEXT,
        length=200,
        synonyms=("why not the same again", "not the same"),
        note="Only where the same was entered before: why it is not the same again.",
    ),
)
"""The columns that a file may have: reference, and amount or debit and credit; the others may be said once for all."""


def layout(form: BatchForm) -> Layout:
    """The columns, with the kinds and reasons in use as the words of theirs."""
    words = {
        "kind": {fold(word): each.key for each in form.kinds for word in (each.key, each.title)},
        "reason": {fold(word): each.key for each in form.reasons for word in (each.key, each.title)},
    }
    return Layout(NAME, tuple(replace(each, words=words.get(each.name, {})) for each in _COLUMNS))


def read(
    path: Path,
    form: BatchForm,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BatchFile:
    """Read a workbook or a .csv file of adjustments.

    Args:
        path: the file.
        form: the kinds and reasons that it may name.
        columns: its own headings, and which of our columns each is (empty: left out), where they don't match by themselves.
        progress: told how many rows are read.
        cancel: stops it.

    Raises:
        UserError: it can't be read at all, has no sheet with a reference and an amount, or too many rows.
        Cancelled: `cancel` was used.
    """
    wanted = Wanted(layout(form), _fits, "reference and amount (or debit and credit)", MOST_ROWS)
    table, means = read_sheet(path, wanted, columns or {}, progress, cancel or CancelToken())
    mistakes = sorted(_mistakes(table), key=lambda each: each.row)
    rows = tuple(_rows(table))
    return BatchFile(file_sha256(path), path.name, path.read_bytes(), rows, tuple(mistakes), table.notes(), means)


def _fits(found: AbstractSet[str]) -> bool:
    """Whether a sheet with these columns is one of adjustments."""
    return "reference" in found and not found.isdisjoint(_AMOUNTS)


def _mistakes(table: Table) -> Iterator[Mistake]:
    yield from table.mistakes(_FIELDS)
    columns = table.columns
    for row, amount, debit, credit in zip(table.rows, *(columns[each] for each in _AMOUNTS), strict=True):
        if debit is None and credit is None:
            continue
        if sum(each is not None for each in (amount, debit, credit)) > 1:
            yield Mistake(row, "amount", "It has more than one amount.", "Leave all but one of them empty.")
        elif (debit or credit or 0) < 0:
            yield Mistake(row, "amount", "A debit or credit is written without a sign.", "Take the sign out.")


def _rows(table: Table) -> Iterator[BatchRow]:
    for number, row in table.by_name():
        yield BatchRow(
            row=number,
            amount=_amount(row),
            reference=row["reference"] or "",
            other_reference=row["to_account"] or "",
            kind=row["kind"] or "",
            reason=row["reason"] or "",
            effective_on=row["date"],
            from_on=row["from"],
            to_on=row["to"],
            narrative=row["narrative"] or "",
            like_reason=row["why_not_the_same"] or "",
            debit=row["amount"] is None and row["debit"] is not None,
        )


def _amount(row: Mapping[str, Any]) -> Money | None:
    pence = row["amount"]
    if pence is None and row["debit"] is not None:
        pence = row["debit"]
    elif pence is None and row["credit"] is not None:
        pence = -row["credit"]
    return None if pence is None else Money(pence)
