"""Templates and their dated wordings: which one is in force, and the row that stands for a shipped one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.models.letters import LetterTemplate, LetterTemplateVersion
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.letters.dto import Channel, TemplateRow, TemplateState, Wording
from app.services.letters.filling import blanks
from app.services.letters.shipped import shipped


def template(ctx: Context, key: str, day: date) -> TemplateRow:
    """A template with the wording in force on a day.

    Raises:
        UserError: there is no such template.
    """
    kept = ctx.session.scalar(select(LetterTemplate).where(LetterTemplate.key == key))
    if kept is None:
        return _as_shipped(key)
    return template_row(kept, versions_of(ctx, [kept.id]), day)


def all_templates(ctx: Context, day: date) -> tuple[TemplateRow, ...]:
    """Every template: letters, then e-mails, then text messages, by title."""
    kept = {each.key: each for each in ctx.session.scalars(select(LetterTemplate))}
    versions = versions_of(ctx, [each.id for each in kept.values()])
    rows = [template_row(each, versions, day) for each in kept.values()]
    rows += [_as_shipped(key) for key in shipped() if key not in kept]
    channels = list(Channel)
    return tuple(sorted(rows, key=lambda row: (row.retired, channels.index(row.channel), row.title.casefold())))


def version_to_use(ctx: Context, key: str, day: date) -> LetterTemplateVersion:
    """The wording in force on a day as a row that a letter can point to; a shipped one gets its row now.

    Raises:
        UserError: there is no such template, or it isn't used any more.
    """
    kept = kept_template(ctx, key)
    if kept.retired:
        raise UserError(f"The template '{kept.title}' isn't used any more.", "Choose another.", "template")
    current = current_version(versions_of(ctx, [kept.id]), kept.id, day)
    file = shipped().get(key)
    if current is not None and not (current.shipped and file and wording_of(current) != file.wording):
        return current
    if file is None:
        raise UserError(f"The template '{kept.title}' has no approved wording yet.", field="template")
    return add_version(ctx, kept, file.wording, day, shipped=True, reason="As it came with the program")


def kept_template(ctx: Context, key: str) -> LetterTemplate:
    """The row of a template; a shipped one gets its row now.

    Raises:
        UserError: there is no such template.
    """
    kept = ctx.session.scalar(select(LetterTemplate).where(LetterTemplate.key == key))
    if kept is not None:
        return kept
    file = shipped().get(key)
    if file is None:
        raise UserError(f"There is no template '{key}'.", "Choose one from the list.", "template")
    kept = LetterTemplate(key=key, title=file.title, channel=file.channel.value)
    ctx.session.add(kept)
    ctx.session.flush()
    return kept


def add_version(
    ctx: Context,
    kept: LetterTemplate,
    wording: Wording,
    from_on: date,
    *,
    shipped: bool = False,
    reason: str = "",
    state: TemplateState = TemplateState.APPROVED,
) -> LetterTemplateVersion:
    """Keep a new wording of a template."""
    numbers = select(LetterTemplateVersion.number).where(LetterTemplateVersion.template_id == kept.id)
    made = LetterTemplateVersion(
        template_id=kept.id,
        number=max(ctx.session.scalars(numbers), default=0) + 1,
        from_on=from_on,
        subject_line=wording.subject_line,
        body=wording.body,
        needs_approval=wording.needs_approval,
        shipped=shipped,
        state=state.value,
        reason=reason[:400],
        written_by=ctx.officer.id,
        written_at=ctx.clock.now(),
        approved_by=None,
        request_id=None,
    )
    ctx.session.add(made)
    ctx.session.flush()
    return made


def versions_of(ctx: Context, template_ids: Sequence[int]) -> list[LetterTemplateVersion]:
    """Every wording of some templates, the oldest first (an office has a few dozen templates)."""
    statement = (
        select(LetterTemplateVersion)
        .where(LetterTemplateVersion.template_id.in_(template_ids[:900]))
        .order_by(LetterTemplateVersion.number)
    )
    return list(ctx.session.scalars(statement))


def current_version(
    versions: Sequence[LetterTemplateVersion], template_id: int, day: date
) -> LetterTemplateVersion | None:
    """The approved wording in force on a day: the latest start, then the latest number."""
    fitting = [
        each
        for each in versions
        if each.template_id == template_id and each.state == TemplateState.APPROVED and each.from_on <= day
    ]
    return max(fitting, key=lambda each: (each.from_on, each.number), default=None)


def wording_of(version: LetterTemplateVersion) -> Wording:
    """What a version says."""
    return Wording(version.subject_line, version.body, version.needs_approval)


def template_row(kept: LetterTemplate, versions: Sequence[LetterTemplateVersion], day: date) -> TemplateRow:
    """A kept template as listed."""
    own = [each for each in versions if each.template_id == kept.id]
    current = current_version(own, kept.id, day)
    file = shipped().get(kept.key)
    coming = [each.from_on for each in own if each.state == TemplateState.APPROVED and each.from_on > day]
    if file is not None and (current is None or current.shipped):
        wording, is_shipped = file.wording, True
    else:
        wording, is_shipped = (wording_of(current) if current else Wording("", "")), False
    return TemplateRow(
        kept.id,
        kept.key,
        kept.title,
        Channel(kept.channel),
        wording,
        current.number if current else 0,
        is_shipped,
        current.from_on if current else None,
        min(coming, default=None),
        waiting=any(each.state == TemplateState.WAITING for each in own),
        retired=kept.retired,
        blanks=blanks(wording),
    )


def _as_shipped(key: str) -> TemplateRow:
    file = shipped().get(key)
    if file is None:
        raise UserError(f"There is no template '{key}'.", "Choose one from the list.", "template")
    return TemplateRow(
        0, key, file.title, file.channel, file.wording, 0, shipped=True, from_on=None, blanks=blanks(file.wording)
    )
