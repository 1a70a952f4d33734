"""Queueing letters, for commands of other services that have asked for a permission of their own."""

from __future__ import annotations

import secrets
from dataclasses import replace

from sqlalchemy import select

from app.models.letters import LetterTemplate, LetterTemplateVersion, Outgoing
from app.models.values import Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import NewRequest
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.files import safe_name
from app.services.letters import gathering, making, templates
from app.services.letters.approving import LETTER_KIND
from app.services.letters.dto import Channel, Filled, NewLetter, OutgoingState, Variant
from app.services.letters.rules import Recipient, Verdict, address_key, is_email, judge, mobile_number, tidy_address
from app.services.letters.sender import sender
from app.services.letters.stopped import ONLY_TENANT


def queue_letter(ctx: Context, new: NewLetter) -> int:
    """Make a letter, e-mail or text message and put it in the queue, as the officer; returns its number in the register.

    A letter is drawn and kept now, so that what is approved and printed is what was made. The same `idempotency_key`
    again returns the letter that is there.

    Raises:
        UserError: there is no such template or account, letters to it are on hold, it can't be reached that way, a blank
            isn't filled in or a field is empty, or the letter needs a second person and the office has one.
    """
    return make(ctx, new).id


def make(ctx: Context, new: NewLetter) -> Outgoing:
    """`queue_letter`, with the whole row."""
    made = standing(ctx, new.idempotency_key)
    if made is not None:
        return made
    access.touch(ctx, (new.account_id,))
    to = gathering.recipient(ctx, new.account_id)
    if new.addressee:
        to = to_somebody_else(to, new.addressee, new.address)
    return _make(ctx, new, to)


def make_to(ctx: Context, new: NewLetter, to: Recipient) -> Outgoing:
    """`make`, to somebody who was gathered already; one without an account has no number above 0 for it.

    Raises:
        UserError: as `queue_letter`, but for the account, which the caller may touch.
    """
    return standing(ctx, new.idempotency_key) or _make(ctx, new, to)


def _make(ctx: Context, new: NewLetter, to: Recipient) -> Outgoing:
    day = new.letter_date or ctx.clock.today()
    version = templates.version_to_use(ctx, new.template, day)
    kept = ctx.session.get_one(LetterTemplate, version.template_id)
    channel = Channel(kept.channel)
    if new.recipient:
        to = _sent_elsewhere(to, channel, new.recipient)
    _refuse_stopped(judge(to, channel, new.variant))
    wording = new.wording or templates.wording_of(version)
    for text in (wording.subject_line, wording.body, *new.answers.values()):
        refuse_card_number(ctx, text, "letter", "body")
    filled = making.fill_for(ctx, to, wording, new.answers, day, new.fields)
    variant = making.variant_for(to, new.variant) if channel is Channel.LETTER else Variant.TEXT
    row = outgoing_row(ctx, new, to, version, kept.title, channel, variant, making.message_of(filled, channel))
    ctx.session.add(row)
    ctx.session.flush()
    link_id = _keep_file(ctx, row, to, filled) if channel is Channel.LETTER else None
    if version.needs_approval:
        _ask(ctx, row, link_id)
    ctx.session.flush()
    return row


def letter_instead(ctx: Context, message: Outgoing) -> Outgoing:
    """The letter, queued to be printed, that says what an e-mail or text message could not; asked again, the same one.

    It has the words that were approved with the message, so it waits for nobody.

    Raises:
        UserError: the message belongs to no account, or letters can't go to its address or are on hold.
    """
    made = standing(ctx, key := f"instead of {message.id}")
    if made is not None:
        return made
    version = ctx.session.get(LetterTemplateVersion, message.template_version_id or 0)
    if message.account_id is None or version is None:
        raise UserError(f"{message.title} belongs to no account, so there is nobody to write to.")
    to = gathering.recipient(ctx, message.account_id)
    _refuse_stopped(judge(to, Channel.LETTER, None))
    new = NewLetter("", message.account_id, subject=Subject(message.subject), subject_id=message.subject_id)
    filled = Filled(message.subject_line or message.title, message.body)
    variant = making.variant_for(to, None)
    row = outgoing_row(
        ctx, replace(new, idempotency_key=key), to, version, message.title, Channel.LETTER, variant, filled
    )
    ctx.session.add(row)
    ctx.session.flush()
    _keep_file(ctx, row, to, filled)
    ctx.session.flush()
    return row


def outgoing_row(
    ctx: Context,
    new: NewLetter,
    to: Recipient,
    version: LetterTemplateVersion,
    title: str,
    channel: Channel,
    variant: Variant,
    filled: Filled,
) -> Outgoing:
    """The line of the register for a letter that is queued now."""
    where = _where(to, channel)
    return Outgoing(
        template_version_id=version.id,
        title=title,
        subject=new.subject.value,
        subject_id=new.subject_id or to.account_id,
        account_id=to.account_id if to.account_id > 0 else None,
        person_id=to.person_id,
        reference=to.reference,
        channel=channel.value,
        format=variant.value,
        addressee=to.name[:200],
        address=where[:600],
        address_key=address_key(to.address) if channel is Channel.LETTER else where[:200],
        letter_date=new.letter_date or ctx.clock.today(),
        subject_line=filled.subject_line,
        body=filled.body,
        state=OutgoingState.QUEUED.value,
        idempotency_key=new.idempotency_key or None,
        asked_by=ctx.officer.id,
        asked_at=ctx.clock.now(),
        client_reference=None if channel is Channel.LETTER else secrets.token_hex(16),
        document_sha256=new.attached if channel is Channel.EMAIL else None,
    )


def _where(to: Recipient, channel: Channel) -> str:
    """Where something goes: the lines of the address, the e-mail address, or the number."""
    if channel is Channel.LETTER:
        return "\n".join(to.address)
    return to.email if channel is Channel.EMAIL else mobile_number(to.mobile)


def standing(ctx: Context, key: str) -> Outgoing | None:
    """The letter that was made with this idempotency key, if one was."""
    return ctx.session.scalar(select(Outgoing).where(Outgoing.idempotency_key == key)) if key else None


def _sent_elsewhere(to: Recipient, channel: Channel, where: str) -> Recipient:
    """To another e-mail address or number than the one on the record."""
    good = is_email(where) if channel is Channel.EMAIL else bool(mobile_number(where))
    if channel is Channel.LETTER or not good:
        raise UserError(f"'{where}' is not somewhere that this can be sent to.", field="recipient")
    return replace(to, email=where.strip()) if channel is Channel.EMAIL else replace(to, mobile=where.strip())


def to_somebody_else(to: Recipient, name: str, address: tuple[str, ...] = ()) -> Recipient:
    """To an executor or next of kin: what the tenants asked for, and that their post came back, is nothing to them.

    Nor are letters to them stopped because the tenant has died or wants none; a breathing space stops them too.
    """
    open_to = to.hold_kind in ONLY_TENANT
    return replace(
        to,
        hold="" if open_to else to.hold,
        hold_kind=None if open_to else to.hold_kind,
        name=name.strip(),
        greeting=f"Dear {name.strip()}",
        address=tidy_address(address) if address else to.address,
        person_id=None,
        elsewhere=bool(address),
        needs=frozenset(),
        languages=frozenset(),
        do_not_contact=False,
        suspect="" if address else to.suspect,
    )


def _refuse_stopped(verdict: Verdict) -> None:
    if verdict.stops:
        raise UserError(
            f"This can't be sent. {verdict.stops[0]}",
            "Put it right on the account first, or reach them another way.",
            "account",
        )


def _keep_file(ctx: Context, row: Outgoing, to: Recipient, filled: Filled) -> int:
    """Draw the letter and keep it, linked to the account and to its line of the register."""
    letter = making.letter_of(sender(ctx), to, filled, row.letter_date, ctx.officer.name)
    variant = Variant(row.format)
    drawn = making.draw(letter, variant)
    row.document_sha256 = documents.put(ctx, drawn.content, drawn.media_type)
    row.first_page, row.pages = 1, making.page_count(drawn)
    name = safe_name(f"{row.title} {row.reference} {row.letter_date.isoformat()}") + drawn.suffix
    if row.account_id is not None:
        documents.link(ctx, row.document_sha256, NewLink(Subject.ACCOUNT, row.account_id, "letter", row.title, name))
    return documents.link(ctx, row.document_sha256, NewLink(Subject.LETTER, row.id, "letter", row.title, name))


def _ask(ctx: Context, row: Outgoing, link_id: int | None) -> None:
    row.state = OutgoingState.WAITING.value
    ctx.session.flush()
    row.request_id = approvals.ask(
        ctx,
        NewRequest(
            LETTER_KIND,
            Subject.LETTER,
            row.id,
            f"{row.title}, account {row.reference}",
            "Letters from this template are read by a second person before they go.",
            {"outgoing": row.id},
            evidence=(link_id,) if link_id is not None else (),
        ),
    )
