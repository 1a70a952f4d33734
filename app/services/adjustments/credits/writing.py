"""Letters about credits and refunds: which fit, how one would look, and written with what is known; what was sent is the attempt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.models.refunds import Refund
from app.models.values import AttemptWay, Money, RefundState, Subject
from app.services.adjustments.credits import fields, keeping
from app.services.adjustments.credits.dto import CreditLetter, LetterForm, Written
from app.services.adjustments.refunds.dto import STATES
from app.services.adjustments.refunds.gathering import credit_of
from app.services.adjustments.refunds.keeping import touch_account
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.letters import fields as merging
from app.services.letters import gathering, making, templates
from app.services.letters.dto import Channel, NewLetter, OutgoingState, Preview
from app.services.letters.keeping import make as make_letter
from app.services.letters.queries.templates import preview_to
from app.services.rent.header import account_header

_YOURS: Final = ("credit_yours", "credit_yours_email")
_NEEDED: Final = ("refund_more_needed", "refund_more_needed_email")
_MADE: Final = ("refund_made", "refund_made_email")
_REFUSED: Final = ("refund_refused",)
_FITTING: Final[Mapping[RefundState, tuple[str, ...]]] = {
    RefundState.DRAFT: _NEEDED,
    RefundState.RETURNED: _NEEDED,
    RefundState.SENT: _MADE,
    RefundState.REFUSED: _REFUSED,
    RefundState.WITHDRAWN: _REFUSED,
}
"""The templates of a refund by how far it has come; while it waits there is nothing to tell the tenant."""
_ATTEMPTS: Final = frozenset({*_YOURS, *_NEEDED})
"""What asks the tenant for something that the credit waits for."""
_MAY_BE_EMPTY: Final = "anything_else"
"""The blank that says nothing where nothing is typed."""
_WAYS: Final = {
    Channel.LETTER: AttemptWay.LETTER,
    Channel.EMAIL: AttemptWay.EMAIL,
    Channel.TEXT: AttemptWay.TEXT,
}
_AREAS: Final = frozenset({"adjustments", "letters"})


def form(ctx: Context, account_id: int, refund_id: int | None = None) -> LetterForm:
    """What the sheet of a letter about a credit begins with, or of one about a refund.

    Raises:
        UserError: there is no such account or refund, it isn't the officer's to open, or there is nothing to write.
    """
    header = account_header(ctx, account_id)
    refund = _refund(ctx, account_id, refund_id)
    amount = Money(refund.pence) if refund else credit_of(ctx, account_id)
    today = ctx.clock.today()
    rows = [templates.template(ctx, key, today) for key in _fitting(ctx, account_id, refund)]
    choices = tuple(row for row in rows if not row.retired and row.wording.body)
    if not choices:
        raise UserError("Every template for this is out of use.", "See Admin, Letter templates.", "template")
    about = f"Refund {refund.number} of {amount}: {STATES[refund.state].lower()}" if refund else f"{amount} in credit"
    account = f"{header.reference} {header.name}".strip()
    return LetterForm(account_id, refund_id, account, about, choices, choices[0].key)


def preview(ctx: Context, letter: CreditLetter) -> Preview:
    """A letter as it would reach the tenant, with what speaks against it.

    Raises:
        UserError: as `form`; or the template isn't one of its choices.
    """
    access.open_account(ctx, letter.account_id)
    row = templates.template(ctx, letter.template, ctx.clock.today())
    more = _fields(ctx, letter)
    to = gathering.recipient(ctx, letter.account_id)
    values = merging.values(ctx, [to], ctx.clock.today())[letter.account_id]
    found = preview_to(
        ctx, row.channel, row.wording, to, making.with_fields(values, more), letter.answers, letter.variant
    )
    may_be_empty = {title for key, title in row.blanks if key == _MAY_BE_EMPTY}
    return replace(found, missing=tuple(each for each in found.missing if each not in may_be_empty))


@requires(Permission.ASK_REFUNDS)
def write(ctx: Context, letter: CreditLetter) -> Written:
    """Write a letter or e-mail about a credit or a refund and put it in the queue; what was sent is an attempt to give it back.

    Raises:
        UserError: the account may not be worked on, there is nothing to write, the template isn't one of the choices, a blank
            isn't filled in, or the tenant can't be written to that way.
    """
    touch_account(ctx, letter.account_id)
    new = NewLetter(
        letter.template,
        letter.account_id,
        letter.answers,
        letter.variant,
        subject=Subject.REFUND if letter.refund_id is not None else Subject.ACCOUNT,
        subject_id=letter.refund_id or letter.account_id,
        fields=_fields(ctx, letter),
        idempotency_key=f"credit:{letter.entry_key}",
    )
    made = make_letter(ctx, new)
    attempt_id = None
    if letter.template in _ATTEMPTS:
        attempt = keeping.add(
            ctx,
            letter.entry_key,
            letter.account_id,
            _WAYS[Channel(made.channel)],
            made.letter_date,
            outgoing_id=made.id,
        )
        attempt_id = attempt.id
    waits = made.state == OutgoingState.WAITING.value
    told = f"{made.title} to {made.addressee} " + (
        "waits to be read by a second person." if waits else "is in the queue."
    )
    return Written(made.id, attempt_id, told, Changes(_AREAS, frozenset({letter.account_id})))


def _fields(ctx: Context, letter: CreditLetter) -> dict[str, str]:
    refund = _refund(ctx, letter.account_id, letter.refund_id)
    if letter.template not in _fitting(ctx, letter.account_id, refund):
        raise UserError("This letter doesn't fit any more.", "Choose one that the sheet offers now.", "template")
    return fields.of_refund(ctx, refund) if refund else fields.of_credit(ctx, letter.account_id)


def _refund(ctx: Context, account_id: int, refund_id: int | None) -> Refund | None:
    if refund_id is None:
        return None
    row = ctx.session.get(Refund, refund_id)
    if row is None or row.account_id != account_id:
        raise UserError("There is no such refund of this account.", "Look at the list again.")
    return row


def _fitting(ctx: Context, account_id: int, refund: Refund | None) -> tuple[str, ...]:
    if refund is not None:
        found = _FITTING.get(refund.state, ())
        if not found:
            raise UserError(
                f"Refund {refund.number} is {STATES[refund.state].lower()}: there is nothing to write about it yet.",
                "Write once it is paid or refused.",
            )
        if refund.state is RefundState.SENT and fields.paid_on(ctx, refund) is None:
            raise UserError(
                f"The Bacs file of refund {refund.number} isn't marked as sent: nothing is paid yet.",
                "Mark it as sent under Payments first.",
            )
        return found
    if not credit_of(ctx, account_id):
        raise UserError("This account isn't in credit: there is nothing to write about.", "Choose one that is.")
    return _YOURS
