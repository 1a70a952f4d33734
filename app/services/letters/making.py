"""From a template and an account to a letter: fields filled in, laid out, drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.letter.dto import Letter, Sender
from app.services.exports.letter.markup import read_markup
from app.services.exports.letter.pdf import letter_pdf
from app.services.exports.letter.text import letter_text, text_words
from app.services.exports.pages import count_pages
from app.services.letters import fields, filling
from app.services.letters.dto import Channel, Filled, Variant, Wording
from app.services.letters.rules import LONGEST_TEXT, Recipient, form_needed

_CLOSING = "Yours sincerely"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A letter as a file."""

    content: bytes
    media_type: str
    suffix: str


def answers_filled(values: Mapping[str, Mapping[str, object]], answers: Mapping[str, str]) -> filling.Values:
    """The fields of an account with what the officer typed; an answer left empty is not there."""
    return {**values, filling.ASK: {key: text.strip() for key, text in answers.items() if text.strip()}}


def with_fields(values: Mapping[str, Mapping[str, object]], more: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """The fields of an account with those that the asking area brings, by field key (`refund.amount`); empty takes one out."""
    result = {group: dict(found) for group, found in values.items()}
    for key, value in more.items():
        group, _, name = key.partition(".")
        if value:
            result.setdefault(group, {})[name] = value
        else:
            result.get(group, {}).pop(name, None)
    return result


def fill_for(
    ctx: Context, to: Recipient, wording: Wording, answers: Mapping[str, str], day: date, more: Mapping[str, str]
) -> Filled:
    """A wording filled in for one account.

    Raises:
        UserError: a blank isn't filled in, a field is empty or unknown, or the letter becomes too long.
    """
    found = with_fields(fields.values(ctx, [to], day)[to.account_id], more)
    return filling.fill(wording, answers_filled(found, answers), fields.known() | frozenset(more))


def letter_of(sender: Sender, to: Recipient, filled: Filled, day: date, officer: str, *, draft: bool = False) -> Letter:
    """The letter, ready to be laid out."""
    return Letter(
        sender,
        to.name,
        to.address,
        to.reference,
        day,
        filled.subject_line,
        to.greeting,
        read_markup(filled.body),
        (_CLOSING, officer, sender.office or sender.name),
        draft,
    )


def variant_for(to: Recipient, wanted: Variant | None) -> Variant:
    """The form of a letter: as asked for, else as the people need it."""
    return wanted or form_needed(to.needs)


def draw(letter: Letter, variant: Variant) -> Drawn:
    """The letter as a PDF, or as plain text."""
    if variant is Variant.TEXT:
        return Drawn(letter_text(letter).encode("utf-8"), "text/plain", ".txt")
    return Drawn(letter_pdf(letter, variant), "application/pdf", ".pdf")


def page_count(drawn: Drawn) -> int:
    """How many pages a drawn letter has; plain text counts as one."""
    return count_pages(drawn.content) if drawn.suffix == ".pdf" else 1


def message_of(filled: Filled, channel: Channel) -> Filled:
    """An e-mail or text message as it is kept: of a text message only its words.

    Raises:
        UserError: a text message is too long.
    """
    if channel is not Channel.TEXT:
        return filled
    words = text_words(read_markup(filled.body))
    if len(words) > LONGEST_TEXT:
        raise UserError(
            f"The text message has {len(words):,} characters; {LONGEST_TEXT} is the most.", "Shorten it.", "body"
        )
    return replace(filled, subject_line="", body=words)
