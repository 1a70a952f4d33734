"""Changing the wording of templates: always a new version from a day on, approved by a second person where policy says so."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.letters import LetterTemplate, LetterTemplateVersion
from app.models.values import Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import NewRequest
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.letters import fields, filling
from app.services.letters.approving import AREAS, WORDING_KIND
from app.services.letters.dto import Channel, SavedWording, TemplateState, Wording
from app.services.letters.shipped import shipped
from app.services.letters.templates import add_version, kept_template

NEEDS_SECOND: Final = "letters.wording_needs_second_person"


@requires(Permission.EDIT_TEMPLATES)
def save_wording(ctx: Context, key: str, wording: Wording, from_on: date, reason: str) -> SavedWording:
    """Keep a new wording of a template from a day on; it waits for a second person where policy says so.

    Raises:
        UserError: something in it is wrong (the first thing, with its line), it says what the last one says, the day is
            past, no reason is given, another wording waits already, or the office has one officer.
    """
    kept = kept_template(ctx, key)
    _check(ctx, wording, Channel(kept.channel), from_on, reason)
    return _keep(ctx, kept, wording, from_on, reason, shipped_one=False)


@requires(Permission.EDIT_TEMPLATES)
def restore_shipped(ctx: Context, key: str, from_on: date, reason: str) -> SavedWording:
    """Go back to the wording that came with the program, from a day on.

    Raises:
        UserError: the template is the office's own, or as `save_wording`.
    """
    file = shipped().get(key)
    if file is None:
        raise UserError("This template is the office's own: none came with the program.")
    kept = kept_template(ctx, key)
    _check(ctx, file.wording, file.channel, from_on, reason)
    return _keep(ctx, kept, file.wording, from_on, reason, shipped_one=True)


@requires(Permission.EDIT_TEMPLATES)
def add_template(
    ctx: Context, title: str, channel: Channel, wording: Wording, from_on: date, reason: str
) -> SavedWording:
    """Make a template of the office's own.

    Raises:
        UserError: it has no title or one that is taken, or as `save_wording`.
    """
    name = " ".join(title.split())
    key = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:60]
    if not key or len(name) > 120:
        raise UserError("Give the template a title of at most 120 characters.", field="title")
    taken = {file.title.casefold() for file in shipped().values()} | {
        each.casefold() for each in ctx.session.scalars(select(LetterTemplate.title))
    }
    standing = ctx.session.scalar(select(LetterTemplate.id).where(LetterTemplate.key == key))
    if name.casefold() in taken or key in shipped() or standing is not None:
        raise UserError(f"There is a template '{name}' already.", "Give it another title, or change that one.", "title")
    _check(ctx, wording, channel, from_on, reason)
    kept = LetterTemplate(key=key, title=name, channel=channel.value)
    ctx.session.add(kept)
    ctx.session.flush()
    return _keep(ctx, kept, wording, from_on, reason, shipped_one=False)


@requires(Permission.EDIT_TEMPLATES)
def set_retired(ctx: Context, key: str, *, retired: bool) -> Changes:
    """Take a template out of use, or back into it; its letters and wordings stay.

    Raises:
        UserError: there is no such template.
    """
    kept_template(ctx, key).retired = retired
    ctx.session.flush()
    return Changes(AREAS)


def _check(ctx: Context, wording: Wording, channel: Channel, from_on: date, reason: str) -> None:
    if not wording.body.strip():
        raise UserError("The wording is empty.", "Write what the letter says.", "body")
    if channel is not Channel.TEXT and not wording.subject_line.strip():
        raise UserError("The letter needs a heading.", "It stands in bold above the text.", "subject_line")
    if len(wording.subject_line) > 200:
        raise UserError("The heading is over 200 characters.", field="subject_line")
    if from_on < ctx.clock.today():
        raise UserError(
            f"{from_on.day} {from_on:%b %Y} is past: letters of that day have gone.",
            "Choose today or a later day.",
            "from_on",
        )
    if not reason.strip():
        raise UserError("Say why the wording changes, for the officer who reads it.", field="reason")
    for text, field in ((wording.subject_line, "subject_line"), (wording.body, "body"), (reason, "reason")):
        refuse_card_number(ctx, text, "wording", field)
    asked = {key: f"[{title}]" for key, title in filling.blanks(wording)}
    wrong = filling.problems(wording, {**fields.examples(), filling.ASK: asked}, fields.known())
    if wrong:
        raise UserError(str(wrong[0]), field="body" if wrong[0].line else "subject_line")


def _keep(
    ctx: Context, kept: LetterTemplate, wording: Wording, from_on: date, reason: str, *, shipped_one: bool
) -> SavedWording:
    versions = ctx.session.scalars(
        select(LetterTemplateVersion)
        .where(LetterTemplateVersion.template_id == kept.id)
        .order_by(LetterTemplateVersion.number.desc())
    ).all()
    if any(each.state == TemplateState.WAITING for each in versions):
        raise UserError(
            "Another wording of this template waits for approval.", "It has to be approved or refused first."
        )
    last = next((each for each in versions if each.state == TemplateState.APPROVED), None)
    before = Wording(last.subject_line, last.body, last.needs_approval) if last else _shipped_wording(kept.key)
    if before == wording and (last is None or last.shipped == shipped_one):
        raise UserError("Nothing has been changed.", "The wording is the one in use.", "body")
    second = ctx.policy.value(NEEDS_SECOND, ctx.clock.today()) == "yes"
    state = TemplateState.WAITING if second else TemplateState.APPROVED
    made = add_version(ctx, kept, wording, from_on, shipped=shipped_one, reason=reason.strip(), state=state)
    if second:
        made.request_id = approvals.ask(
            ctx,
            NewRequest(
                WORDING_KIND,
                Subject.LETTER_TEMPLATE,
                kept.id,
                f"{kept.title}: new wording from {from_on.day} {from_on:%b %Y}",
                reason.strip(),
                {"version": made.id},
            ),
        )
    ctx.session.flush()
    return SavedWording(kept.key, made.number, state, Changes(AREAS | {"approvals"}))


def _shipped_wording(key: str) -> Wording | None:
    file = shipped().get(key)
    return file.wording if file else None
