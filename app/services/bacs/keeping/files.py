"""Bacs files made, numbered and settled. Whoever asks keeps the bytes, by `documents`, in the same transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Final

from app.models.bacs import PaymentFile
from app.models.values import BacsCode, Money, PaymentFileKind, PaymentFileState
from app.services.bacs import processing, writing
from app.services.bacs.dto import Credit, CreditFile, Line, OwnSide, Section, Submission
from app.services.bacs.own import own_side
from app.services.bacs.standard18.writing import totals, write
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.ledger import numbering

_AREAS: Final = frozenset({"payment_files"})
_SERIAL: Final = "bacs serial"
_LONGEST_REFERENCE: Final = 40


def make_credit_file(ctx: Context, credits_: Sequence[Credit], processing_on: date) -> CreditFile:
    """A file of payments from the council's account, with the next serial number; `rules.credit` makes each payment.

    Raises:
        UserError: finance hasn't authorised this office, the council's details aren't set, Bacs doesn't process on that day or
            takes no file for it, or a payment can't be carried.
    """
    own = own_side(ctx, processing_on)
    if not own.makes_credit_files:
        raise UserError(
            "Finance hasn't authorised this office to make files of payments.",
            "Hand the payments over as a request to finance; or have the policy changed in Admin, Policy values.",
        )
    lines = tuple(Line(each.destination, BacsCode.CREDIT, each.pence, each.reference, each.name) for each in credits_)
    return make_file(ctx, PaymentFileKind.CREDITS, (Section(own.account, lines),), processing_on, own)


def make_file(
    ctx: Context,
    kind: PaymentFileKind,
    sections: Sequence[Section],
    processing_on: date,
    own: OwnSide,
) -> CreditFile:
    """A Bacs file of any kind, with the next serial number; a transaction that is rolled back gives the number back.

    Of a file for several days (sections with days of their own) the first is told.

    Raises:
        UserError: Bacs doesn't process on that day or takes no file for it, or something can't be carried.
    """
    today = ctx.clock.today()
    furthest = ctx.policy.number("bacs.furthest_days", today)
    bacs = bacs_days(ctx.policy, today)
    every = sorted({section.processing_on or processing_on for section in sections} or {processing_on})
    days, *_ = [processing.checked_days(day, today, furthest, bacs) for day in every]
    submission = Submission(own.sun, own.user_name, _serial(ctx), today, processing_on, tuple(sections))
    content = write(submission)
    count = sum(len(section.lines) for section in sections)
    pence = sum(line.pence for section in sections for line in section.lines)
    row = PaymentFile(
        kind=kind,
        serial=submission.serial,
        processing_on=days.processing_on,
        entry_on=days.entry_on,
        count=count,
        pence=pence,
        sha256=hashlib.sha256(content).hexdigest(),
        state=PaymentFileState.MADE,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    return CreditFile(row.id, row.serial, content, row.sha256, days, count, Money(pence), totals(submission))


def mark_sent(ctx: Context, file_id: int, reference: str = "") -> Changes:
    """The file was sent to Bacs, once; `reference` is what the submission was given there.

    Raises:
        UserError: it was sent or cancelled before, or the reference is long or holds a card number.
    """
    row = _made(ctx, file_id)
    text = " ".join(reference.split())
    if len(text) > _LONGEST_REFERENCE:
        raise UserError(f"The reference has over {_LONGEST_REFERENCE} characters.", "Shorten it.", "reference")
    refuse_card_number(ctx, text, "reference", "reference")
    row.state, row.reference = PaymentFileState.SENT, text
    row.settled_by, row.settled_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return Changes(_AREAS)


def cancel_file(ctx: Context, file_id: int, reason: str) -> Changes:
    """The file is not to be sent; its serial number stays used.

    Raises:
        UserError: it was sent or cancelled before, or no reason is given.
    """
    row = _made(ctx, file_id)
    row.reason = writing.reason(ctx, reason)
    row.state = PaymentFileState.CANCELLED
    row.settled_by, row.settled_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return Changes(_AREAS)


def refuse_file(ctx: Context, file_id: int, reason: str) -> Changes:
    """The bank or Bacs refused a file that was sent, whole: nothing in it was paid; its serial number stays used.

    Raises:
        UserError: it wasn't sent, was refused before, or no reason is given.
    """
    row = record(ctx, PaymentFile, file_id, "Bacs file")
    if row.state is not PaymentFileState.SENT:
        raise UserError(
            f"Bacs file {row.serial} is {row.state.value}, not sent.", "One that wasn't sent is cancelled instead."
        )
    row.reason = writing.reason(ctx, reason)
    row.state = PaymentFileState.REFUSED
    row.settled_by, row.settled_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return Changes(_AREAS)


def _serial(ctx: Context) -> int:
    """The next serial number: one more than the last, and never below the first that the policy names."""
    last = numbering.move(ctx, _SERIAL, 0) or 0
    ahead = max(1, ctx.policy.number("bacs.first_serial", ctx.clock.today()) - last)
    return numbering.take(ctx, _SERIAL, ahead) + ahead - 1


def _made(ctx: Context, file_id: int) -> PaymentFile:
    row = record(ctx, PaymentFile, file_id, "Bacs file")
    if row.state is not PaymentFileState.MADE:
        raise UserError(f"Bacs file {row.serial} was {row.state.value} already.", "Look at the list again.")
    return row
