"""`rentbook approve`: what waits for a second person, decided on without the window."""

from __future__ import annotations

import click

from app.cli.frame import Group, answer, open_desk, table
from app.services.approvals import commands, queries
from app.services.approvals.dto import Decided, Request, RequestRow, View
from app.services.core.errors import UserError

_VIEWS = {"mine": View.FOR_ME, "asked": View.MINE, "all": View.WAITING, "decided": View.DECIDED}


@click.group(cls=Group)
def approve() -> None:
    """List requests for approval; show, approve or refuse one."""


@approve.command("list")
@click.option(
    "--which",
    type=click.Choice(list(_VIEWS)),
    default="mine",
    help="What waits for you (mine), what you asked for, all that waits, or what was decided.",
)
def list_(which: str) -> None:
    """What waits for your approval, the oldest first."""
    with open_desk() as desk:
        found = desk.ask(queries.queue, _VIEWS[which])
    rows = [
        (str(row.request_id), row.kind_title, row.summary, _total(row), row.asked_by, _state(row)) for row in found.rows
    ]
    headings = ("Request", "Kind", "What", "Total", "Asked by", "State")
    nothing = "Nothing waits for your approval." if which == "mine" else "There are none."
    answer(
        {"requests": [_data(row) for row in found.rows]}, table(headings, rows, frozenset({0, 3})) if rows else nothing
    )


@approve.command()
@click.argument("request", type=int)
def show(request: int) -> None:
    """One REQUEST: what it changes, why, and its trail."""
    with open_desk() as desk:
        found = desk.ask(queries.request, request)
    answer(_whole(found), _lines(found))


@approve.command("approve")
@click.argument("requests", type=int, nargs=-1, required=True)
@click.option("--reason", default="", help="A note for the trail.")
def approve_(requests: tuple[int, ...], reason: str) -> None:
    """Approve REQUESTS and carry them out; each is done whole or not at all."""
    with open_desk() as desk:
        decided = desk.do(commands.approve, requests, reason)
    _tell(decided, "Approved and done")
    if decided.refused:
        raise UserError(f"{len(decided.refused)} of {len(requests)} requests were not approved; they wait as they did.")


@approve.command()
@click.argument("requests", type=int, nargs=-1, required=True)
@click.option("--reason", required=True, help="Why; whoever asked will read it.")
def refuse(requests: tuple[int, ...], reason: str) -> None:
    """Refuse REQUESTS for good."""
    with open_desk() as desk:
        decided = desk.do(commands.refuse, requests, reason)
    _tell(decided, "Refused")


def _tell(decided: Decided, word: str) -> None:
    lines = [f"{word}: request {request}." for request in decided.done]
    lines += [f"Not approved: request {each.request_id}. {each.message}" for each in decided.refused]
    refused = [{"request": each.request_id, "message": each.message} for each in decided.refused]
    answer({"done": decided.done, "refused": refused}, lines)


def _total(row: RequestRow) -> str:
    return row.total.plain() if row.total is not None else ""


def _state(row: RequestRow) -> str:
    return "expired" if row.expired else row.state.value


def _lines(found: Request) -> list[str]:
    row = found.row
    lines = [f"Request {row.request_id}: {row.summary}", f"{row.kind_title}, {_state(row)}"]
    lines += [f"Total {row.total}"] if row.total is not None else []
    lines += [f"Asked by {row.asked_by} on {row.asked_at:%d %b %Y}: {row.reason}", ""]
    lines += [f"{each.label}: {each.before or 'nothing'} -> {each.after or 'nothing'}" for each in found.details]
    lines += [f"Changed since: {each}" for each in found.overtaken]
    lines += [f"Evidence: {each.title} ({each.file_name})" for each in found.evidence]
    lines.append("")
    for step in found.trail:
        acting = f" for {step.acting_for}" if step.acting_for else ""
        lines.append(f"{step.at:%d %b %Y %H:%M}  {step.officer}{acting}: {step.action}. {step.reason}".rstrip())
    if row.why_not:
        lines += ["", row.why_not]
    return lines


def _data(row: RequestRow) -> dict[str, object]:
    return {
        "request": row.request_id,
        "kind": row.kind,
        "summary": row.summary,
        "reason": row.reason,
        "state": _state(row),
        "total": row.total,
        "asked_by": row.asked_by,
        "asked_at": row.asked_at,
        "decided_by": row.decided_by or None,
        "may_approve": row.may_decide,
        "why_not": row.why_not,
    }


def _whole(found: Request) -> dict[str, object]:
    return _data(found.row) | {
        "changes": [{"what": each.label, "before": each.before, "after": each.after} for each in found.details],
        "overtaken": found.overtaken,
        "evidence": [each.file_name for each in found.evidence],
        "trail": [
            {"at": step.at, "officer": step.officer, "action": step.action, "reason": step.reason}
            for step in found.trail
        ],
    }
