"""The supplier's answer: which cards were issued, and which were refused and why; read whole, taken whole, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.pay_cards import PayCard, PayCardAnswer
from app.models.values import PayCardState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.imports import one_sheet
from app.services.imports.dto import Column, Kind, Layout, Mistake, Table
from app.services.imports.fingerprints import file_sha256
from app.services.ledger import numbering
from app.services.letters.dto import NewLetter
from app.services.letters.keeping import queue_letter
from app.services.reception_payments.pay_cards import ordering
from app.services.reception_payments.pay_cards.dto import AnsweredCard, AnswerFile

LETTER: Final = "pay_card"
MOST_ROWS: Final = 50_000
_ISSUED, _REFUSED = "issued", "refused"
LAYOUT: Final = Layout(
    "Answer of the card supplier",
    (
        Column(
            "card_reference",
            Kind.CODE,
            required=True,
            length=30,
            synonyms=("reference", "card number", "card no", "payment reference number", "prn", "swipe card"),
            may_look_like_card=True,
        ),
        Column(
            "result",
            Kind.CHOICE,
            required=True,
            synonyms=("status", "outcome", "state"),
            words={
                **dict.fromkeys(("issued", "produced", "made", "sent", "despatched", "dispatched", "ok"), _ISSUED),
                **dict.fromkeys(("refused", "rejected", "failed", "error", "invalid"), _REFUSED),
            },
        ),
        Column("reason", Kind.TEXT, length=200, synonyms=("message", "rejection reason", "error text", "note")),
        Column("date", Kind.DATE, synonyms=("issue date", "date issued", "despatch date", "produced on")),
    ),
    synonyms=("cards", "card return"),
)


def _fits(columns: AbstractSet[str]) -> bool:
    return {"card_reference", "result"} <= columns


_WANTED: Final = one_sheet.Wanted(LAYOUT, _fits, "the card reference and the result", MOST_ROWS)


def read(
    path: Path,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> AnswerFile:
    """Read an answer, a workbook or a .csv file.

    Raises:
        UserError: it can't be read at all, or has no sheet with the columns that are needed.
        Cancelled: `cancel` was used.
    """
    table, means = one_sheet.read(path, _WANTED, columns or {}, progress, cancel or CancelToken())
    mistakes = table.mistakes()
    wrong = {each.row for each in mistakes}
    rows = tuple(row for row in _rows(table) if row.row not in wrong)
    return AnswerFile(path, file_sha256(path), rows, tuple(mistakes), means)


def check(ctx: Context, file: AnswerFile) -> tuple[Mistake, ...]:
    """What keeps an answer from being taken, by its rows; nothing where it can be.

    Raises:
        UserError: it was read before.
    """
    _refuse_read(ctx, file)
    return tuple(_mistakes(file, _cards(ctx, file)))


def take(ctx: Context, file: AnswerFile) -> tuple[int, int, int, list[str]]:
    """Take an answer: cards issued and refused, letters queued, and why others weren't.

    Raises:
        UserError: it was read before, has mistakes, or tells of a card that isn't with the supplier; nothing is taken.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: the same answer from two desks is taken once.
    _refuse_read(ctx, file)
    cards = _cards(ctx, file)
    if mistakes := _mistakes(file, cards):
        raise one_sheet.refusal(mistakes)
    not_written: list[str] = []
    letters = 0
    for row in file.rows:
        card = cards[row.reference]
        card.answered_on = row.on or ctx.clock.today()
        if not row.issued:
            card.state = PayCardState.REFUSED
            card.refused_words = row.words
            continue
        card.state = PayCardState.ISSUED
        _end_old(ctx, card)
        why = _write(ctx, card)
        letters += not why
        not_written += [why] if why else []
    issued = sum(row.issued for row in file.rows)
    refused = len(file.rows) - issued
    _note(ctx, file, issued, refused)
    return issued, refused, letters, not_written


def _refuse_read(ctx: Context, file: AnswerFile) -> None:
    if ctx.session.get(PayCardAnswer, file.sha256) is not None:
        raise UserError(f"{file.path.name} was read before.", "Nothing is taken twice.", "path")


def _mistakes(file: AnswerFile, cards: Mapping[str, PayCard]) -> list[Mistake]:
    return sorted([*file.mistakes, *_unknown(file, cards)], key=lambda each: each.row)


def _note(ctx: Context, file: AnswerFile, issued: int, refused: int) -> None:
    """Note that an answer was taken, so that it isn't again."""
    ctx.session.add(
        PayCardAnswer(
            sha256=file.sha256,
            file_name=file.path.name[:200],
            read_by=ctx.officer.id,
            read_at=ctx.clock.now(),
            issued=issued,
            refused=refused,
        )
    )
    ctx.session.flush()


def _rows(table: Table) -> Iterator[AnsweredCard]:
    for number, row in table.by_name():
        reference = (row["card_reference"] or "").replace(" ", "")
        issued = row["result"] == _ISSUED
        yield AnsweredCard(number, reference, issued, row.get("reason") or "", row.get("date"))


def _cards(ctx: Context, file: AnswerFile) -> dict[str, PayCard]:
    found: dict[str, PayCard] = {}
    for chunk in in_chunks(sorted({row.reference for row in file.rows})):
        rows = select(PayCard).where(PayCard.reference.in_(chunk))
        found.update((card.reference, card) for card in ctx.session.scalars(rows))
    return found


def _unknown(file: AnswerFile, cards: Mapping[str, PayCard]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for row in file.rows:
        card = cards.get(row.reference)
        if card is None:
            yield Mistake(row.row, "card_reference", "No card of ours has this reference.", "Ask the supplier.")
        elif card.state is not PayCardState.IN_FILE:
            yield Mistake(row.row, "card_reference", "This card isn't with the supplier.", "Look at it in the list.")
        elif row.reference in seen:
            yield Mistake(row.row, "card_reference", "This card is in the file twice.", "Leave it once.")
        seen.add(row.reference)


def _end_old(ctx: Context, card: PayCard) -> None:
    old = ctx.session.get(PayCard, card.replaces_id) if card.replaces_id else None
    if old is not None and old.state is PayCardState.ISSUED:
        ordering.end(ctx, old, f"Replaced by {card.reference}")


def _write(ctx: Context, card: PayCard) -> str:
    """Queue the letter that goes with a card; why it couldn't be, where it couldn't."""
    new = NewLetter(
        LETTER,
        card.account_id,
        idempotency_key=f"pay card {card.id}",
        fields={"pay_card.reference": card.reference},
    )
    try:
        with ctx.session.begin_nested():
            card.letter_id = queue_letter(ctx, new)
    except UserError as refused:
        return f"No letter goes with card {card.reference}: {refused}"
    return ""
