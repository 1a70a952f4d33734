"""Issuing statements, and the steps of a run, each one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select

from app.models.documents import DocumentLink
from app.models.statements import StatementItem, StatementRun
from app.models.values import Subject
from app.services.core import audit
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.files import safe_name
from app.services.letters import posted
from app.services.statements import keeping, rules
from app.services.statements.dto import Begun, Candidate, Decision, Drawn, Issued, RunRequest, RunState, Variant
from app.services.statements.keeping import AREAS


@requires(Permission.ISSUE_STATEMENTS)
def issue(ctx: Context, account_id: int, from_on: date, to_on: date, variant: Variant = Variant.STANDARD) -> Issued:
    """Make the statement of one account and keep it, linked to the account, exactly as it is handed over.

    It stands in the register of what goes out; the same one again that day is no second line.

    Raises:
        UserError: there is no such account, or the period ends before it starts.
    """
    return keeping.make(ctx, account_id, from_on, to_on, variant, printed=True)


@requires(Permission.ISSUE_STATEMENTS)
def begin_run(ctx: Context, request: RunRequest) -> Begun:
    """Begin a run, or take up the same one where it stopped.

    Raises:
        UserError: the period ends before it starts, or the same run has been made and `again` doesn't ask for it.
    """
    rules.check_period(request.from_on, request.to_on)
    key = rules.request_key(request)
    last = ctx.session.scalars(
        select(StatementRun).where(StatementRun.request_key == key).order_by(StatementRun.id.desc())
    ).first()
    if last is not None and last.state != RunState.DONE:
        last.state = RunState.RUNNING
        ctx.session.flush()
        return Begun(last.id, carried_on=True)
    if last is not None and not request.again:
        raise UserError(
            f"These statements were made before, as run {last.id} on {last.started_at:%d/%m/%Y}: nobody is sent one twice.",
            "Reprint from that run, or ask for the run to be made again.",
            "again",
        )
    run = StatementRun(
        from_on=request.from_on,
        to_on=request.to_on,
        request=rules.request_json(request),
        request_key=key,
        state=RunState.RUNNING,
        started_at=ctx.clock.now(),
        ended_at=None,
        officer_id=ctx.officer.id,
    )
    ctx.session.add(run)
    ctx.session.flush()
    return Begun(run.id, carried_on=False)


@requires(Permission.ISSUE_STATEMENTS)
def leave_out(ctx: Context, run_id: int, accounts: Sequence[tuple[Candidate, Decision]]) -> Changes:
    """Note the accounts that a run sends nothing, with the reason of each; those noted before are let be."""
    done = _dealt_with(ctx, run_id)
    _keep(
        ctx,
        run_id,
        [
            _item(run_id, each.account_id, each.group_name, decision.variant, sent=False, exception=decision.note)
            for each, decision in accounts
            if each.account_id not in done
        ],
    )
    return Changes(AREAS)


@requires(Permission.ISSUE_STATEMENTS)
def keep_group(ctx: Context, run_id: int, drawn: Drawn) -> str | None:
    """Keep a group's file with the pages of each account in it; returns the file's name.

    Nothing is kept, and None returned, where somebody else running the same run was first.
    """
    done = _dealt_with(ctx, run_id)
    if any(placed.account_id in done for placed in drawn.placed):
        return None
    group = drawn.group
    name = _free_name(ctx, run_id, safe_name(group.title), drawn.suffix)
    sha256 = documents.put(ctx, drawn.content, drawn.media_type)
    documents.link(ctx, sha256, NewLink(Subject.STATEMENT_RUN, run_id, "statements", group.title, name))
    rows = []
    page = 1
    for placed in drawn.placed:
        rows.append(
            _item(
                run_id,
                placed.account_id,
                group.name,
                group.variant,
                sent=True,
                exception=group.notes.get(placed.account_id, ""),
                document_sha256=sha256,
                first_page=page,
                pages=placed.pages,
                brought_forward_pence=placed.brought_forward_pence,
                carried_forward_pence=placed.carried_forward_pence,
            )
        )
        page += placed.pages
    _keep(ctx, run_id, rows)
    return name


@requires(Permission.ISSUE_STATEMENTS)
def end_run(ctx: Context, run_id: int, state: RunState) -> Changes:
    """Say that a run is done, with which it stands in the register of what goes out, or was cancelled."""
    run = ctx.session.get_one(StatementRun, run_id)
    run.state = state
    run.ended_at = ctx.clock.now()
    ctx.session.flush()
    if state is RunState.DONE:
        posted.note_run(ctx, run_id)
    return Changes(AREAS | {"letters", "post_log"})


def _dealt_with(ctx: Context, run_id: int) -> set[int]:
    """The accounts that a run has sent to or left out, perhaps at another desk."""
    return set(ctx.session.scalars(select(StatementItem.account_id).where(StatementItem.run_id == run_id)))


def _free_name(ctx: Context, run_id: int, stem: str, suffix: str) -> str:
    """A file name that no other file of the run has: a group that gained accounts after a stop has a second file."""
    taken = ctx.session.scalar(
        select(func.count())
        .select_from(DocumentLink)
        .where(
            DocumentLink.subject == Subject.STATEMENT_RUN.value,
            DocumentLink.subject_id == run_id,
            DocumentLink.file_name.startswith(stem, autoescape=True),
        )
    )
    return f"{stem} {taken + 1}{suffix}" if taken else f"{stem}{suffix}"


def _item(run_id: int, account_id: int, group_name: str, variant: Variant, **values: Any) -> dict[str, Any]:
    empty = dict.fromkeys(
        ("document_sha256", "first_page", "pages", "brought_forward_pence", "carried_forward_pence"), None
    )
    given = {"run_id": run_id, "account_id": account_id, "group_name": group_name, "variant": variant.value}
    return empty | given | values


def _keep(ctx: Context, run_id: int, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        ctx.session.execute(insert(StatementItem), list(rows))
        audit.record_bulk(ctx, "statement_item", "insert", run_id=run_id, rows=len(rows))
