"""Where each line of a file goes, worked out the same way for the preview and for loading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.models.reception_payments.files import ReceiptFile
from app.models.values import ExplainGroup, LineMatch, ReceiptFileState, ReceiptLineState
from app.services.core.context import Context
from app.services.core.garbage import search_paused
from app.services.imports.dto import Mistake
from app.services.ledger import writing
from app.services.reception_payments.files import doubled, matching, returned, rules
from app.services.reception_payments.files.doubled import Alike, Key
from app.services.reception_payments.files.dto import Placed
from app.services.reception_payments.files.dto_read import FileRead, ReadLine
from app.services.reception_payments.files.layouts import Negatives
from app.services.reception_payments.files.matching import Found


@dataclass(frozen=True, slots=True)
class Plan:
    """A file with where each of its lines goes, and what keeps it from being loaded."""

    file: FileRead
    placed: tuple[Placed, ...]
    faults: tuple[Mistake, ...]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of payment."""
        days = {each.line.paid_on for each in self.placed}
        return (min(days), max(days)) if days else None


@search_paused()
def plan(ctx: Context, file: FileRead) -> Plan:
    """Work out where each line goes; nothing is written."""
    faults = (*file.mistakes, *_faults(ctx, file))
    if faults or not file.lines:
        return Plan(file, (), faults)
    found = matching.accounts(ctx, _references(file.lines))
    ctx.progress(0, 0, "Looking for payments that are there already")
    days = {line.paid_on for line in file.lines}
    first, last = min(days), max(days)
    known = doubled.known(ctx, file.profile.layout.channel, [line.once for line in file.lines], first, last)
    plain = {line.once for line in file.lines if not line.marker and line.once in known}
    maybe = doubled.maybe_new(ctx, file.profile.layout.channel, plain, first, last)
    back = returned.receipts(ctx, file.lines, found) if _gives_back(file) else {}
    groups = doubled.groups(ctx)
    whose = [found.get(line.reference) or found.get(line.second) for line in file.lines]
    keys = [_key(line, each, groups) for line, each in zip(file.lines, whose, strict=True)]
    there = doubled.alike(ctx, (key for key in keys if key is not None))
    placed: list[Placed] = []
    for line, each, key in zip(file.lines, whose, keys, strict=True):
        if line.once in known:
            placed.append(_known(line, each, maybe_new=line.once in maybe))
        elif line.place in back:
            placed.append(_returned(line, back[line.place]))
        else:
            placed.append(_new(line, each, _twin(there, key)))
    return Plan(file, tuple(placed), ())


def loaded_before(ctx: Context, sha256: str) -> ReceiptFile | None:
    """The file with the very same content that stands."""
    same = select(ReceiptFile).where(ReceiptFile.sha256 == sha256, ReceiptFile.state == ReceiptFileState.LOADED)
    return ctx.session.scalars(same).first()


def before_words(before: ReceiptFile) -> str:
    """What is said of a file that was loaded before."""
    on = rules.spelt(before.loaded_at.date())
    return f"This file was loaded on {on}, as file {before.number} ({before.file_name})."


def _faults(ctx: Context, file: FileRead) -> Iterator[Mistake]:
    codes = writing.code_rules(ctx.session)
    yield from rules.faults(file.lines, codes, doubled.groups(ctx), ctx.clock.today())


def _references(lines: Sequence[ReadLine]) -> set[str]:
    return {line.reference for line in lines} | {line.second for line in lines}


def _gives_back(file: FileRead) -> bool:
    return file.profile.layout.negatives is Negatives.RETURNED


def _key(line: ReadLine, whose: Found | None, groups: Mapping[str, ExplainGroup]) -> Key | None:
    """By what a payment is compared with what is there."""
    return (whose.account_id, line.paid_on, line.pence, groups[line.code]) if whose is not None else None


def _twin(there: Mapping[Key, list[Alike]], key: Key | None) -> Alike | None:
    """An entry that a line looks like; each entry is looked like once."""
    left = there.get(key) if key is not None else None
    return left.pop(0) if left else None


def _known(line: ReadLine, whose: Found | None, *, maybe_new: bool) -> Placed:
    account_id, matched_by, _ = _place(line, whose)
    if maybe_new:
        words = "An earlier file has the very same line, and no number tells them apart: it may be a second payment."
        return Placed(line, ReceiptLineState.SUSPECT, account_id, matched_by, words)
    return Placed(line, ReceiptLineState.KNOWN, account_id, matched_by, "An earlier file has the very same line.")


def _returned(line: ReadLine, receipt_id: int) -> Placed:
    return Placed(line, ReceiptLineState.POSTED, None, LineMatch.RECEIPT, "", None, None, receipt_id)


def _new(line: ReadLine, whose: Found | None, twin: Alike | None) -> Placed:
    account_id, matched_by, why = _place(line, whose)
    if account_id is None:
        return Placed(line, ReceiptLineState.SUSPENSE, None, None, why)
    if twin is not None:
        words = "Same account, amount and day."
        return Placed(line, ReceiptLineState.SUSPECT, account_id, matched_by, words, *twin)
    return Placed(line, ReceiptLineState.POSTED, account_id, matched_by)


def _place(line: ReadLine, whose: Found | None) -> tuple[int | None, LineMatch | None, str]:
    """The account, by what it was found, and why there is none."""
    if whose is None:
        return None, None, "Nobody has this reference." if line.given else "It has no reference."
    refused = rules.refused_by(line.code, whose.kind)
    return (None, None, refused) if refused else (whose.account_id, whose.matched_by, "")
