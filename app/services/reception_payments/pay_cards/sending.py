"""The file for the card supplier: the cards on order, each with whom and where it goes, made once and kept sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.pay_cards import PayCard, PayCardFile
from app.models.values import PayCardState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents import safe
from app.services.exports.csv import csv_bytes
from app.services.exports.dto import Column, Table
from app.services.ledger import numbering
from app.services.letters.gathering import recipients
from app.services.letters.rules import Recipient
from app.services.reception_payments.pay_cards import rules
from app.services.reception_payments.pay_cards.dto import REASONS

COUNTER: Final = "pay_card_file"
_MEDIA: Final = "text/csv"
_LINES: Final = 5


def make(ctx: Context, entry_key: str) -> tuple[PayCardFile, list[str]]:
    """Put every card on order into a file. Those that have no address, or whose letters are stopped, wait and are named.

    Raises:
        UserError: no card can be sent, or policy names columns that there aren't.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: no card goes into two files.
    standing = ctx.session.scalars(select(PayCardFile).where(PayCardFile.entry_key == entry_key)).first()
    if standing is not None:
        return standing, []
    on_order = select(PayCard).where(PayCard.state == PayCardState.ORDERED).order_by(PayCard.id)
    cards = ctx.session.scalars(on_order).all()
    to = {each.account_id: each for each in recipients(ctx, sorted({card.account_id for card in cards}))}
    waiting = [why for card in cards if (why := _why_not(to.get(card.account_id)))]
    ready = [card for card in cards if not _why_not(to.get(card.account_id))]
    if not ready:
        raise UserError("No card is on order that could be sent.", " ".join(waiting) or "Order cards first.")
    file = PayCardFile(
        number=numbering.take(ctx, COUNTER),
        entry_key=entry_key,
        count=len(ready),
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(file)
    ctx.session.flush()
    content = _content(_columns(ctx), ready, [to[card.account_id] for card in ready])
    file.sha256 = hashlib.sha256(content).hexdigest()
    file.document_sha256 = safe.keep(ctx, _about(file.id), content, _MEDIA)
    for card in ready:
        card.state = PayCardState.IN_FILE
        card.file_id = file.id
    ctx.session.flush()
    return file, waiting


def opened(ctx: Context, file: PayCardFile) -> bytes:
    """A file as it was made. Whoever hands it out audits it.

    Raises:
        UserError: the key isn't at this desk, or what is kept has been altered.
    """
    return safe.opened(ctx, _about(file.id), file.document_sha256 or "", file.sha256)


def name(file: PayCardFile) -> str:
    """What the file is called."""
    return f"Pay point cards {file.number}.csv"


def _about(file_id: int) -> str:
    return f"pay_card_file:{file_id}"


def _why_not(to: Recipient | None) -> str:
    if to is None:
        return ""
    if not to.address or to.closed:
        return f"The card of account {to.reference} waits: nobody knows where it goes."
    if to.hold:
        return f"The card of account {to.reference} waits: its letters are stopped."
    return f"The card of account {to.reference} waits: {to.suspect}" if to.suspect else ""


def _columns(ctx: Context) -> tuple[tuple[str, str], ...]:
    try:
        return rules.columns(ctx.policy.value("pay_cards.columns", ctx.clock.today()))
    except ValueError as error:
        hint = "An administrator puts it right in Admin, Policy: Columns of the file for the card supplier."
        raise UserError(f"The file can't be made: {error}", hint) from error


def _content(columns: Sequence[tuple[str, str]], cards: Sequence[PayCard], to: Sequence[Recipient]) -> bytes:
    rows = [_row(columns, card, each) for card, each in zip(cards, to, strict=True)]
    return csv_bytes(Table("Pay point cards", (), tuple(Column(heading) for _, heading in columns), rows))


def _row(columns: Sequence[tuple[str, str]], card: PayCard, to: Recipient) -> tuple[str, ...]:
    *lines, postcode = _address(to)
    values = {f"line{number}": line for number, line in enumerate(lines, 1)}
    values |= {"reference": card.reference, "account": to.reference, "name": to.name}
    values |= {"postcode": postcode, "reason": REASONS[card.reason]}
    return tuple(values[key] for key, _ in columns)


def _address(to: Recipient) -> tuple[str, ...]:
    """The lines before the postcode, those too many joined to the last, and the postcode."""
    *lines, postcode = to.address
    first, rest = lines[: _LINES - 1], lines[_LINES - 1 :]
    filled = [*first, ", ".join(rest)] if rest else first
    return (*filled, *[""] * (_LINES - len(filled)), postcode)
