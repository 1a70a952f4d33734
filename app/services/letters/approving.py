"""The kinds of request that letters plug into approvals: one letter, a batch of letters, a wording of a template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import func, select

from app.models.letters import LetterBatch, LetterTemplate, LetterTemplateVersion, Outgoing
from app.models.values import ApprovalState
from app.services.approvals import kinds
from app.services.approvals.dto import Detail, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.letters import posted
from app.services.letters.dto import OutgoingState, TemplateState

LETTER_KIND: Final = "letter"
BATCH_KIND: Final = "letter_batch"
WORDING_KIND: Final = "letter_wording"
AREAS: Final = frozenset({"letters"})
_SHOWN: Final = 2_000


def register() -> None:
    """Plug the three kinds in."""
    for kind in (
        ApprovalKind(
            LETTER_KIND,
            "Letter",
            Permission.APPROVE_LETTERS,
            _approve_letter,
            _letter_details,
            ended=_letter_refused,
        ),
        ApprovalKind(
            BATCH_KIND,
            "Batch of letters",
            Permission.APPROVE_LETTERS,
            _approve_batch,
            _batch_details,
            ended=_batch_refused,
        ),
        ApprovalKind(
            WORDING_KIND,
            "Wording of a letter",
            Permission.EDIT_TEMPLATES,
            _approve_wording,
            _wording_details,
            ended=_wording_refused,
        ),
    ):
        kinds.register(kind)


def _approve_letter(ctx: Context, payload: Payload) -> Changes:
    row = ctx.session.get_one(Outgoing, _number(payload, "outgoing"))
    if row.state != OutgoingState.WAITING:
        raise UserError(f"The letter is {row.state} already.", "Look at it on the page Letters.")
    if row.account_id is not None:
        access.touch(ctx, (row.account_id,))
    _let_go(ctx, posted.with_behind(ctx, (row,)))
    return Changes(AREAS, frozenset({row.account_id} if row.account_id else ()))


def _letter_details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    row = ctx.session.get_one(Outgoing, _number(payload, "outgoing"))
    where = f"{row.addressee}, {', '.join(row.address.splitlines())}"
    return (
        Detail("Letter", "", row.title),
        Detail("Account", "", row.reference),
        Detail("To", "", where),
        Detail("Heading", "", row.subject_line),
        Detail("Text", "", row.body[:_SHOWN]),
    )


def _letter_refused(ctx: Context, payload: Payload, _state: ApprovalState, reason: str) -> None:
    row = ctx.session.get_one(Outgoing, _number(payload, "outgoing"))
    _cancel(ctx, posted.with_behind(ctx, (row,)), reason)


def _approve_batch(ctx: Context, payload: Payload) -> Changes:
    waiting = _waiting(ctx, _number(payload, "batch"))
    if not waiting:
        raise UserError("No letter of this batch waits any more.", "Look at it on the page Letters.")
    access.touch(ctx, [row.account_id for row in waiting if row.account_id is not None])
    _let_go(ctx, waiting)
    return Changes(AREAS)


def _batch_details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    batch = ctx.session.get_one(LetterBatch, _number(payload, "batch"))
    version = ctx.session.get_one(LetterTemplateVersion, batch.template_version_id)
    made = ctx.session.scalar(select(func.count()).select_from(Outgoing).where(Outgoing.batch_id == batch.id)) or 0
    return (
        Detail("Batch", "", batch.title),
        Detail("Letters", "", f"{made:,}"),
        Detail("Date of the letters", "", f"{batch.letter_date.day} {batch.letter_date:%b %Y}"),
        Detail("Wording", "", version.body[:_SHOWN]),
    )


def _batch_refused(ctx: Context, payload: Payload, _state: ApprovalState, reason: str) -> None:
    _cancel(ctx, _waiting(ctx, _number(payload, "batch")), reason)


def _approve_wording(ctx: Context, payload: Payload) -> Changes:
    version = ctx.session.get_one(LetterTemplateVersion, _number(payload, "version"))
    if version.state != TemplateState.WAITING:
        raise UserError(f"The wording is {version.state} already.")
    version.state = TemplateState.APPROVED.value
    version.approved_by = ctx.officer.id
    version.from_on = max(version.from_on, ctx.clock.today())
    ctx.session.flush()
    return Changes(AREAS)


def _wording_details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    version = ctx.session.get_one(LetterTemplateVersion, _number(payload, "version"))
    template = ctx.session.get_one(LetterTemplate, version.template_id)
    before = ctx.session.scalars(
        select(LetterTemplateVersion)
        .where(
            LetterTemplateVersion.template_id == template.id,
            LetterTemplateVersion.number < version.number,
            LetterTemplateVersion.state == TemplateState.APPROVED.value,
        )
        .order_by(LetterTemplateVersion.number.desc())
    ).first()
    return (
        Detail("Template", template.title, template.title),
        Detail("From", "", f"{version.from_on.day} {version.from_on:%b %Y}"),
        Detail("Heading", before.subject_line if before else "", version.subject_line),
        Detail("Wording", (before.body if before else "")[:_SHOWN], version.body[:_SHOWN]),
        Detail(
            "Each letter needs a second person",
            _yes(before.needs_approval) if before else "",
            _yes(version.needs_approval),
        ),
    )


def _wording_refused(ctx: Context, payload: Payload, _state: ApprovalState, reason: str) -> None:
    version = ctx.session.get_one(LetterTemplateVersion, _number(payload, "version"))
    version.state = TemplateState.REFUSED.value
    version.reason = f"{version.reason} Refused: {reason}".strip()[:400]
    ctx.session.flush()


def _let_go(ctx: Context, rows: Sequence[Outgoing]) -> None:
    for row in rows:
        row.state = OutgoingState.QUEUED.value
        row.approved_by, row.approved_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()


def _cancel(ctx: Context, rows: Sequence[Outgoing], reason: str) -> None:
    for row in rows:
        if row.state == OutgoingState.WAITING:
            row.state = OutgoingState.CANCELLED.value
            row.ended_by = ctx.officer.id
            row.error = f"Not approved: {reason}".rstrip(": ")[:400]
    ctx.session.flush()


def _waiting(ctx: Context, batch_id: int) -> Sequence[Outgoing]:
    statement = select(Outgoing).where(Outgoing.batch_id == batch_id, Outgoing.state == OutgoingState.WAITING.value)
    return ctx.session.scalars(statement.order_by(Outgoing.id)).all()


def _number(payload: Payload, key: str) -> int:
    value: Any = payload[key]
    return int(value)


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
