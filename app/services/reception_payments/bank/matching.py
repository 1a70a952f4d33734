"""Lines of a statement matched with what they are: what was receipted before comes to the bank, what wasn't is receipted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import ColumnElement, delete, insert, select

from app.models.reception_payments.bank import (
    BankCleared,
    BankLine,
    BankMatch,
    BankMatchPart,
    BankStatement,
    BoardDay,
    CouncilBank,
)
from app.models.values import BankLineState, BankPart, BoardState, Fund, JournalKind, SuspenseSource
from app.services.core.calendars import week_monday
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.ledger import clearing, numbering, periods, reversing
from app.services.ledger.controls import CONTRA, control, fund_of
from app.services.ledger.dto import ControlEntry, JournalHeader, Line
from app.services.ledger.posting import append, append_received, append_reversal
from app.services.reception_payments.bank import chosen, transit
from app.services.reception_payments.bank.channels import BY_KEY, KEYS
from app.services.reception_payments.bank.kept import NewMatch, Straight
from app.services.reception_payments.suspense import holding
from app.services.reception_payments.suspense.dto import NewSuspense
from app.services.reception_payments.tills import banked

_SUSPENSE_CODE: Final = "RBP"
_STRAIGHT: Final = "Bank payment"
_CONTROLS: Final = {
    BankPart.FEE: "settlement_fees",
    BankPart.DIFFERENCE: "unders_overs",
    BankPart.ELSEWHERE: "bank_elsewhere",
}
_MOST_WORDS: Final = 200


def register() -> None:
    """Tell the ledger which journals are of matches: they are taken back where they were made.

    A payment that a match put on a wrong account is put right by itself, also when its day's board is signed.
    """
    reversing.register(reversing.Keeper(_made, lambda _ctx, _journal: "", "Reception"))
    reversing.register(reversing.Keeper(_receipted, lambda _ctx, _journal: "", "Reception", lines_move=True))


def make(ctx: Context, new: NewMatch, in_transit: transit.Found | None = None) -> BankMatch:
    """Match lines; asks no permission of its own. The same entry key gives the match that it made before.

    `in_transit`: what stands in transit, where it was read once for several matches while other writers were held off; what the
    match brings to the bank is taken out of it.

    Raises:
        UserError: as `chosen.lines`, `chosen.entries` and `chosen.refuse`.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: nothing is matched twice.
    before = ctx.session.scalars(select(BankMatch).where(BankMatch.entry_key == new.entry_key)).one_or_none()
    if before is not None:
        return before
    bank = record(ctx, CouncilBank, new.bank_id, "bank account")
    lines = chosen.lines(ctx, new)
    entries = chosen.entries(ctx, new, in_transit)
    chosen.refuse(ctx, new, lines, entries)
    posted = _post_straight(ctx, new, lines[0])
    held = _hold(ctx, new, lines[0], fund_of(ctx, bank.account_id))
    entries += clearing.of_journals(ctx, KEYS, [each for each in (posted, held) if each is not None])
    journal, own = _post(ctx, bank, new, lines, entries)
    match = BankMatch(
        entry_key=new.entry_key,
        bank_id=bank.id,
        on=lines[0].on,
        pence=sum(line.pence for line in lines),
        words=_words(ctx, new),
        journal=journal,
        posted_journal=posted,
        to_suspense=held is not None,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(match)
    ctx.session.flush()
    _keep(ctx, match, new, lines, [*((each.journal, each.line) for each in entries), *own])
    _mark(ctx, match, new, entries)
    transit.take_out(in_transit, entries)
    ctx.session.flush()
    return match


def check(ctx: Context, new: NewMatch) -> list[BankLine]:
    """Refuse a match that can't be made as things stand; its lines.

    Raises:
        UserError: as `make`.
    """
    lines = chosen.lines(ctx, new)
    chosen.refuse(ctx, new, lines, chosen.entries(ctx, new))
    _words(ctx, new)
    return lines


def undo(ctx: Context, match: BankMatch, why: str) -> None:
    """Take a match back: its lines are open again, and its entries in transit; asks no permission of its own.

    Raises:
        UserError: it was taken back, its day's board was signed with it, some of it went into suspense, or nothing says why.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    words = why.strip()
    if match.undone_journal is not None:
        raise UserError("This match was taken back already.")
    signed = select(BoardDay.id).where(
        BoardDay.state == BoardState.SIGNED, BoardDay.on >= match.on, BoardDay.signed_at >= match.made_at
    )
    if ctx.session.scalars(signed).first() is not None:
        raise UserError(
            "The board of its day is signed.", "What is signed doesn't change: match the difference by itself."
        )
    if match.to_suspense:
        raise UserError("Some of it went into suspense.", "Put it right from there: Suspense.")
    if not words or len(words) > _MOST_WORDS:
        raise UserError(f"Say why in at most {_MOST_WORDS} characters.", field="why")
    refuse_card_number(ctx, words, "reason", "why")
    match.undone_journal = append_reversal(ctx, match.journal, words, f"bank_match:{match.id}:undone").journal
    reversals = [match.undone_journal]
    if match.posted_journal is not None:
        reversals.append(append_reversal(ctx, match.posted_journal, words, f"bank_match:{match.id}:straight").journal)
    match.undone_by, match.undone_at, match.undone_why = ctx.officer.id, ctx.clock.now(), words
    _free(ctx, match, reversals)
    ctx.session.flush()


def _post_straight(ctx: Context, new: NewMatch, line: BankLine) -> int | None:
    """Receipt what came straight to the bank on its accounts; the journal."""
    if not new.straight:
        return None
    header = _header(ctx, JournalKind.RECEIPTS, line, f"bank_match:{new.entry_key}:straight", _STRAIGHT)
    return append_received(ctx, header, [_straight(each, line) for each in new.straight]).journal


def _straight(each: Straight, line: BankLine) -> Line:
    on = line.on
    return Line(each.account_id, BY_KEY[each.channel].code, -each.pence, on, week_monday(on), _STRAIGHT)


def _hold(ctx: Context, new: NewMatch, line: BankLine, fund: Fund) -> int | None:
    if not new.to_suspense:
        return None
    item = NewSuspense(
        SuspenseSource.BANK,
        line.statement_id,
        line.place,
        new.to_suspense,
        _SUSPENSE_CODE,
        line.on,
        reference_given=line.reference,
        narrative=line.narrative[:200],
    )
    header = _header(ctx, JournalKind.RECEIPTS, line, f"bank_match:{new.entry_key}:suspense", holding.NARRATIVE)
    return holding.hold(ctx, header, [item], fund).journal


def _header(ctx: Context, kind: JournalKind, line: BankLine, key: str, narrative: str) -> JournalHeader:
    statement = ctx.session.get_one(BankStatement, line.statement_id)
    accounted = periods.first_open_day(ctx.session, line.on)
    return JournalHeader(kind, accounted, f"bank statement {statement.id} line {line.place}", key, narrative=narrative)


def _post(
    ctx: Context, bank: CouncilBank, new: NewMatch, lines: Sequence[BankLine], entries: Iterable[ControlEntry]
) -> tuple[int, list[tuple[int, int]]]:
    """Post what came to the bank; the journal, and those of its lines that are on channels' accounts."""
    on = lines[0].on
    made = [Line(bank.account_id, CONTRA, line.pence, line.on, None, "At the bank") for line in lines]
    first = len(made) + 1
    by_account: Counter[int] = Counter()
    for each in entries:
        by_account[each.account_id] += each.amount.pence
    cleared = [
        Line(account_id, CONTRA, -pence, on, None, "At the bank") for account_id, pence in by_account.items() if pence
    ]
    made += cleared
    fund = fund_of(ctx, bank.account_id)
    made += [
        Line(control(ctx, _CONTROLS[each.part], fund), CONTRA, -each.pence, on, None, "At the bank")
        for each in new.parts
        if each.pence
    ]
    header = _header(ctx, JournalKind.BANKING, lines[0], f"bank_match:{new.entry_key}", "At the bank")
    journal = append(ctx, header, made, contras=False).journal
    return journal, [(journal, first + place) for place in range(len(cleared))]


def _words(ctx: Context, new: NewMatch) -> str:
    words = new.words.strip()
    for text in (words, *(part.words for part in new.parts)):
        if len(text) > _MOST_WORDS:
            raise UserError(f"The words are longer than {_MOST_WORDS} characters.", "Shorten them.", "words")
        refuse_card_number(ctx, text, "note", "words")
    return words


def _keep(
    ctx: Context, match: BankMatch, new: NewMatch, lines: Iterable[BankLine], cleared: Iterable[tuple[int, int]]
) -> None:
    for line in lines:
        line.state, line.match_id = BankLineState.MATCHED, match.id
    rows = [{"journal": journal, "line": line, "match_id": match.id} for journal, line in cleared]
    if rows:
        ctx.session.execute(insert(BankCleared), rows)
    parts = [each for each in new.parts if each.pence]
    ctx.session.add_all(
        BankMatchPart(match_id=match.id, place=place, part=each.part, pence=each.pence, words=each.words.strip())
        for place, each in enumerate(parts, 1)
    )


def _mark(ctx: Context, match: BankMatch, new: NewMatch, entries: Sequence[ControlEntry]) -> None:
    """Say of each deposit what the bank counted: what went into its bag, and of the only one what the bank found otherwise."""
    if not new.banking_ids:
        return
    otherwise = sum(part.pence for part in new.parts if part.part is BankPart.DIFFERENCE)
    for banking_id, journals in banked.journals(ctx, new.banking_ids).items():
        pence = sum(each.amount.pence for each in entries if each.journal in set(journals))
        banked.mark(ctx, banking_id, match.id, match.on, pence + (otherwise if len(new.banking_ids) == 1 else 0))


def _free(ctx: Context, match: BankMatch, reversals: Sequence[int]) -> None:
    """Its lines are open and its entries in transit again; its own journals stay cleared, and so do their opposites."""
    for line in ctx.session.scalars(select(BankLine).where(BankLine.match_id == match.id)).all():
        line.state, line.match_id = BankLineState.OPEN, None
    own = [each for each in (match.journal, match.posted_journal) if each is not None]
    freed = delete(BankCleared).where(BankCleared.match_id == match.id, BankCleared.journal.not_in(own))
    ctx.session.execute(freed)
    opposites = clearing.of_journals(ctx, KEYS, reversals)
    ctx.session.add_all(BankCleared(journal=each.journal, line=each.line, match_id=match.id) for each in opposites)
    banked.unmark(ctx, match.id)


def _made(ctx: Context, journal: int) -> str:
    return _of_match(ctx, BankMatch.journal == journal)


def _receipted(ctx: Context, journal: int) -> str:
    return _of_match(ctx, BankMatch.posted_journal == journal)


def _of_match(ctx: Context, of_it: ColumnElement[bool]) -> str:
    match = ctx.session.scalars(select(BankMatch).where(of_it)).first()
    return f"a match of the bank's lines of {match.on.day} {match.on:%b %Y}" if match else ""
