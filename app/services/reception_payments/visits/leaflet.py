"""A leaflet that says where somebody turns who needs another service: handed over at the desk, addressed to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.reception_payments.visits import Signpost
from app.models.values import AccountKind
from app.services.core.context import Context
from app.services.core.records import record
from app.services.exports.letter.dto import Letter, Variant
from app.services.exports.letter.markup import read_markup
from app.services.exports.letter.pdf import letter_pdf
from app.services.letters import making, templates
from app.services.letters.rules import Recipient
from app.services.letters.sender import sender
from app.services.reception_payments.visits.telling import fields_of

TEMPLATE: Final = "signpost_leaflet"
_NOBODY: Final = Recipient(0, "", AccountKind.SUNDRY, "", "", (), "")


def draw(ctx: Context, signpost_ids: Sequence[int], *, large: bool = False) -> bytes:
    """A PDF in the style of the office's letters, with each signpost under its heading; nothing of it is kept.

    Args:
        ctx: who asks, and when.
        signpost_ids: what the leaflet names, in this order.
        large: in large print.

    Raises:
        UserError: there is no such signpost, or the office's own wording of the leaflet can't be filled in.
    """
    day = ctx.clock.today()
    wording = templates.template(ctx, TEMPLATE, day).wording
    found = [record(ctx, Signpost, each, "signpost") for each in signpost_ids]
    filled = [making.fill_for(ctx, _NOBODY, wording, {}, day, fields_of(each)) for each in found]
    subject = filled[0].subject_line if filled else ""
    body = read_markup("\n\n".join(each.body for each in filled))
    letter = Letter(sender(ctx), "", (), "", day, subject, "", body, ())
    return letter_pdf(letter, Variant.LARGE_PRINT if large else Variant.STANDARD)
