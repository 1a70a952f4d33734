"""Templates as they are listed, checked and previewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.letters import LetterTemplate, LetterTemplateVersion, Outgoing
from app.models.officers import Officer
from app.models.values import AccountKind
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.files import safe_name
from app.services.exports.letter.markup import read_markup
from app.services.exports.letter.text import message_markup
from app.services.exports.letter.word import letter_docx as draw_docx
from app.services.letters import fields, filling, gathering, making, templates
from app.services.letters.dto import (
    Channel,
    Editing,
    Filled,
    LetterFile,
    Preview,
    TemplateRow,
    TemplateState,
    Variant,
    VersionRow,
    Wording,
)
from app.services.letters.rules import Recipient, judge
from app.services.letters.sender import sender
from app.services.letters.shipped import shipped

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXAMPLE_ADDRESS: Final = ("12 Example Court", "Exampletown", "EX1 1AA")


def listed(ctx: Context) -> tuple[TemplateRow, ...]:
    """Every template with its wording of today, those out of use last."""
    return templates.all_templates(ctx, ctx.clock.today())


def usable(ctx: Context, channel: Channel | None = None) -> tuple[TemplateRow, ...]:
    """The templates in use that an officer may write from, of one channel or of all."""
    return tuple(
        row
        for row in listed(ctx)
        if not row.retired
        and row.wording.body
        and channel in {None, row.channel}
        and not fields.needs_more(row.wording)
    )


def editing(ctx: Context, key: str) -> Editing:
    """A template as the editor shows it: its wording of today, every wording it had, the shipped one, the fields.

    Raises:
        UserError: there is no such template.
    """
    row = templates.template(ctx, key, ctx.clock.today())
    file = shipped().get(key)
    return Editing(row, _versions(ctx, key), file.wording if file else None, fields.listed())


def _versions(ctx: Context, key: str) -> tuple[VersionRow, ...]:
    """Every wording that is kept of a template, the newest first."""
    writer, approver = aliased(Officer), aliased(Officer)
    found = ctx.session.execute(
        select(LetterTemplateVersion, writer.name, approver.name)
        .join(LetterTemplate, LetterTemplate.id == LetterTemplateVersion.template_id)
        .join(writer, writer.id == LetterTemplateVersion.written_by)
        .outerjoin(approver, approver.id == LetterTemplateVersion.approved_by)
        .where(LetterTemplate.key == key)
        .order_by(LetterTemplateVersion.number.desc())
    )
    return tuple(
        VersionRow(
            version.id,
            version.number,
            version.from_on,
            templates.wording_of(version),
            version.shipped,
            TemplateState(version.state),
            version.reason,
            wrote,
            version.written_at,
            approved or "",
        )
        for version, wrote, approved in found
    )


def preview(
    ctx: Context,
    channel: Channel,
    wording: Wording,
    account_id: int | None,
    answers: Mapping[str, str],
    variant: Variant | None = None,
) -> Preview:
    """A wording as it would reach an account today (None: an example), with everything that is wrong with it.

    Blanks that are not filled in yet show their names; where the wording can't be filled in there is no page.

    Raises:
        UserError: the account is restricted and not the officer's to open, or a text message is too long.
    """
    to, values = _shown_for(ctx, account_id)
    return preview_to(ctx, channel, wording, to, values, answers, variant)


def preview_to(
    ctx: Context,
    channel: Channel,
    wording: Wording,
    to: Recipient,
    values: Mapping[str, Mapping[str, object]],
    answers: Mapping[str, str],
    variant: Variant | None = None,
) -> Preview:
    """`preview`, for somebody who was gathered already, with what the fields stand for there."""
    blanks = filling.blanks(wording)
    asked = {key: answers.get(key, "").strip() or f"[{title}]" for key, title in blanks}
    everything: filling.Values = {**values, filling.ASK: asked}
    verdict = judge(to, channel, variant)
    found = Preview(
        filling.problems(wording, everything, fields.known()),
        tuple(title for key, title in blanks if not answers.get(key, "").strip()),
        verdict.stops,
        verdict.look,
        making.variant_for(to, variant) if channel is Channel.LETTER else Variant.TEXT,
        to.name,
        {Channel.LETTER: ", ".join(to.address), Channel.EMAIL: to.email, Channel.TEXT: to.mobile}[channel],
    )
    if found.problems:
        return found
    filled = filling.fill(wording, everything, fields.known())
    if channel is not Channel.LETTER:
        return replace(found, text=_message_text(making.message_of(filled, channel), channel))
    today = ctx.clock.today()
    letter = making.letter_of(sender(ctx), to, filled, today, ctx.officer.name, draft=True)
    content = making.draw(letter, found.variant).content
    return replace(found, text=content.decode()) if found.variant is Variant.TEXT else replace(found, pdf=content)


def _shown_for(ctx: Context, account_id: int | None) -> tuple[Recipient, dict[str, dict[str, object]]]:
    """Who a preview is for, and what the fields stand for there."""
    today = ctx.clock.today()
    if account_id is None:
        return _example(), {**fields.examples(), "date": dict(fields.dates(today))}
    to = gathering.recipient(ctx, account_id)
    if to.closed:
        raise UserError("This is a restricted record: only named officers may open it.", "Ask your team leader.")
    return to, fields.values(ctx, [to], today)[account_id]


def _message_text(message: Filled, channel: Channel) -> str:
    if channel is Channel.TEXT:
        return message.body
    return f"{message.subject_line}\n\n{message_markup(read_markup(message.body))}"


def _example() -> Recipient:
    return Recipient(
        0,
        "0012 4471 03",
        AccountKind.RENT,
        "Ms A Example and Mr B Example",
        "Dear Ms Example and Mr Example",
        _EXAMPLE_ADDRESS,
        ", ".join(_EXAMPLE_ADDRESS),
        email="a.example@example.com",
        mobile="07700 900123",
    )


def letter_docx(ctx: Context, outgoing_id: int) -> LetterFile:
    """A letter of the register as a Word document, for somebody who finishes it in Word; the register keeps its own.

    Raises:
        UserError: there is no such letter, it is no letter, or it is restricted.
    """
    row = ctx.session.get(Outgoing, outgoing_id)
    if row is None or row.channel != Channel.LETTER or row.account_id is None:
        raise UserError("This was not a letter, so there is no Word document of it.")
    access.open_account(ctx, row.account_id)
    to = replace(gathering.recipient(ctx, row.account_id), name=row.addressee, address=tuple(row.address.splitlines()))
    writer = ctx.session.get_one(Officer, row.asked_by).name
    filled = Filled(row.subject_line, row.body)
    letter = making.letter_of(sender(ctx), to, filled, row.letter_date, writer)
    name = safe_name(f"{row.title} {row.reference} {row.letter_date.isoformat()}")
    return LetterFile(f"{name}.docx", DOCX, draw_docx(letter, Variant(row.format)))
