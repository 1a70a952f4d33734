"""A statement put into the database: each file once, each line once, and nothing missing before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, insert, select

from app.models.reception_payments.bank import BankLine, BankStatement, CouncilBank
from app.models.values import BankLineState
from app.services.core import audit
from app.services.core.card_refusal import refuse_card_number
from app.services.core.cards import holds_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents import safe
from app.services.imports.fingerprints import file_sha256, line_fingerprints, occurrences
from app.services.ledger import numbering
from app.services.reception_payments.bank import accounts
from app.services.reception_payments.bank.dto import AccountStatement, StatementFile, StatementLine
from app.services.reception_payments.bank.kept import AREAS, StatementLoaded

_MEDIA: Final = "application/octet-stream"
_REFERENCE, _NARRATIVE, _KIND, _WHY = 60, 400, 40, 200


@requires(Permission.LOAD_RECEIPTS)
def load(
    ctx: Context, path: Path, file: StatementFile, *, gap_why: str = "", bank_id: int | None = None
) -> StatementLoaded:
    """Load a statement that was read: all of it, or nothing.

    Args:
        ctx: the officer who loads it.
        path: the file, kept sealed.
        file: what it says (`reading.read`).
        gap_why: why it doesn't begin where the statement before it ended, where it doesn't.
        bank_id: whose statement it is, where the file doesn't say.

    Raises:
        UserError: it doesn't add up, was loaded before, is of an account that isn't set up, has no balances, doesn't begin
            where the one before ended and nothing says why, or holds a card number.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: the same file from two desks is loaded once.
    if file.faults:
        raise UserError(" ".join(file.faults), "Download it from the bank again; nothing was loaded.", "path")
    sha256 = file_sha256(path)
    document = safe.keep(ctx, f"bank_statement:{sha256}", path.read_bytes(), _MEDIA)
    ids: list[int] = []
    new = repeated = 0
    for statement in file.statements:
        bank = _bank(ctx, statement, bank_id)
        row = _row(ctx, bank, statement, gap_why.strip())
        row.format, row.file_name = file.format.value, path.name[:200]
        row.sha256, row.document_sha256 = sha256, document
        added = _add(ctx, row, bank, statement)
        ids.append(row.id)
        new, repeated = new + added, repeated + row.repeated
    audit.record_bulk(ctx, "bank_line", "insert", file=path.name, count=new)
    return StatementLoaded(tuple(ids), new, repeated, Changes(AREAS))


def _add(ctx: Context, row: BankStatement, bank: CouncilBank, statement: AccountStatement) -> int:
    """Add a statement with its lines; how many are new."""
    _refuse_again(ctx, row)
    after = not row.gap_why and follows(ctx, bank, statement)
    ctx.session.add(row)
    ctx.session.flush()
    new = _new_lines(ctx, row, statement.lines, after=after)
    row.repeated = row.count - len(new)
    if new:
        ctx.session.execute(insert(BankLine), new)
    ctx.session.flush()
    return len(new)


def _bank(ctx: Context, statement: AccountStatement, bank_id: int | None) -> CouncilBank:
    bank = accounts.find(ctx, statement.account)
    if bank is None and statement.account:
        tail = accounts.digits_of(statement.account)[-2:]
        raise UserError(
            f"The account ending {tail} isn't one of the council's that are set up.",
            "Set it up under Bank accounts, or leave it out of the file.",
            "path",
        )
    if bank is None:
        bank = ctx.session.get(CouncilBank, bank_id) if bank_id is not None else None
    if bank is None:
        raise UserError("The file doesn't say whose statement it is.", "Choose the bank account.", "bank_id")
    if not bank.active:
        raise UserError(f"{bank.name} isn't used any more.", "Set it up as used first.", "path")
    return bank


def _row(ctx: Context, bank: CouncilBank, statement: AccountStatement, gap_why: str) -> BankStatement:
    if statement.opening is None or statement.closing is None or statement.from_on is None or statement.to_on is None:
        raise UserError(
            f"The statement of {bank.name} has no balances, or no lines.",
            "Ask the bank for one with its opening and closing balance.",
            "path",
        )
    said = gap(ctx, bank, statement)
    if said and not gap_why:
        raise UserError(said, "Load the missing one first, or say why it doesn't follow.", "gap_why")
    if not said:
        gap_why = ""
    refuse_card_number(ctx, gap_why, "reason", "gap_why")
    return BankStatement(
        bank_id=bank.id,
        from_on=statement.from_on,
        to_on=statement.to_on,
        opening_pence=statement.opening.pence,
        closing_pence=statement.closing.pence,
        count=len(statement.lines),
        gap_why=gap_why[:_WHY],
        loaded_by=ctx.officer.id,
        loaded_at=ctx.clock.now(),
    )


def gap(ctx: Context, bank: CouncilBank, statement: AccountStatement) -> str:
    """How a statement doesn't begin where the one before it ended, as a sentence; empty where it does."""
    before, last = accounts.closed_with(ctx, bank)
    if statement.opening is None or statement.opening.pence == before:
        return ""
    after = f"that of {last.to_on.day} {last.to_on:%b %Y} closed" if last else "the account began"
    return (
        f"The statement of {bank.name} opens with {statement.opening}; {after} with {accounts.shown(before)}. "
        "A statement between them is missing, or this one was loaded in part."
    )


def _refuse_again(ctx: Context, row: BankStatement) -> None:
    same = select(BankStatement).where(BankStatement.sha256 == row.sha256, BankStatement.bank_id == row.bank_id)
    before = ctx.session.scalars(same).first()
    if before is not None:
        raise UserError(
            f"{row.file_name} was loaded before, as {before.file_name}.", "Nothing is loaded twice.", "path"
        )


def follows(ctx: Context, bank: CouncilBank, statement: AccountStatement) -> bool:
    """Whether a statement that opens with what the last one closed with comes after it, so that all of its lines are new.

    One whose lines come to nothing opens so also when it is the last one again, in another file: where it has days that the
    last one had too, its lines are held against those that are there.
    """
    _, last = accounts.closed_with(ctx, bank)
    later = last is None or statement.from_on is None or statement.from_on > last.to_on
    return later or statement.opening != statement.closing


def _new_lines(
    ctx: Context, row: BankStatement, lines: Sequence[StatementLine], *, after: bool
) -> list[dict[str, Any]]:
    """The lines that no earlier statement of the account had, as rows."""
    found = fresh(ctx, row.bank_id, lines, follows=after)
    return [_line(ctx, row, line, fingerprint, time) for line, fingerprint, time in found]


def fresh(
    ctx: Context, bank_id: int, lines: Sequence[StatementLine], *, follows: bool
) -> list[tuple[StatementLine, str, int]]:
    """The lines that no earlier statement of an account had, each with its fingerprint and which of its like it is.

    A statement that `follows` the last has new lines alone, also where a payment is like an earlier one of the same day.
    """
    columns = (
        [line.on for line in lines],
        [line.amount.pence for line in lines],
        [line.reference for line in lines],
        [line.narrative for line in lines],
        [line.kind for line in lines],
    )
    prints = list(line_fingerprints(f"bank:{bank_id}", columns))
    known = _known(ctx, bank_id, prints)
    numbered = zip(lines, prints, occurrences(prints), strict=True)
    if follows:
        return [(line, fingerprint, known[fingerprint] + time) for line, fingerprint, time in numbered]
    return [(line, fingerprint, time) for line, fingerprint, time in numbered if time > known[fingerprint]]


def _known(ctx: Context, bank_id: int, prints: Sequence[str]) -> Counter[str]:
    """How often each line is there already."""
    found: Counter[str] = Counter()
    for chunk in in_chunks(sorted(set(prints))):
        rows = (
            select(BankLine.fingerprint, func.count())
            .where(BankLine.bank_id == bank_id, BankLine.fingerprint.in_(chunk))
            .group_by(BankLine.fingerprint)
        )
        found.update(dict(ctx.session.execute(rows).all()))
    return found


def _line(ctx: Context, row: BankStatement, line: StatementLine, fingerprint: str, time: int) -> dict[str, Any]:
    for text in _texts(line):
        if holds_card_number(text):
            refuse_card_number(ctx, text, f"line {line.number}", "path")
    return {
        "statement_id": row.id,
        "bank_id": row.bank_id,
        "place": line.number,
        "on": line.on,
        "value_on": line.value_on,
        "pence": line.amount.pence,
        "reference": line.reference[:_REFERENCE],
        "narrative": line.narrative[:_NARRATIVE],
        "kind": line.kind[:_KIND],
        "fingerprint": fingerprint,
        "occurrence": time,
        "state": BankLineState.OPEN,
    }


def _texts(line: StatementLine) -> Iterator[str]:
    yield line.reference
    yield line.narrative
