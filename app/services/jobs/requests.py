"""A change of a job that puts figures on accounts or guards the books, as a request for approval, and what happens when it is approved."""

from __future__ import annotations

import zlib
from typing import Final

from app.services.approvals import kinds
from app.services.approvals.dto import Detail, Payload
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.jobs import keeping, rules
from app.services.jobs.declared import job_of
from app.services.jobs.dto import AREAS, Change

KIND: Final = "job"


def register() -> None:
    """Plug the kind in."""
    approve = Permission.APPROVE_OFFICER_CHANGES
    kinds.register(kinds.ApprovalKind(KIND, "Scheduled job", approve, apply=_apply, details=_details))


def number_of(name: str) -> int:
    """The number by which requests know a job."""
    return zlib.crc32(f"job|{name}".encode())


def payload_of(change: Change) -> dict[str, object]:
    """What the kind needs to carry a checked change out."""
    return {
        "name": change.name,
        "schedule": change.schedule,
        "folder": change.folder,
        "active": change.active,
    }


def _apply(ctx: Context, payload: Payload) -> Changes:
    keeping.apply(ctx, keeping.checked(ctx, _read(payload)))
    return Changes(AREAS)


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    new, row = _read(payload), keeping.row_of(ctx, str(payload["name"]))
    before = rules.in_words(keeping.schedule_of(row))
    after = rules.in_words(rules.read(new.schedule)) if new.schedule else rules.in_words(job_of(new.name).schedule)
    found = [
        Detail("Job", "", job_of(new.name).title),
        Detail("What it does", "", job_of(new.name).does),
        Detail("Runs by itself", _yes(row.active), _yes(new.active)),
        Detail("When", before, after),
    ]
    if row.folder or new.folder:
        found.append(Detail("Folder", row.folder, new.folder))
    return tuple(found)


def _yes(active: bool) -> str:
    return "yes" if active else "no"


def _read(payload: Payload) -> Change:
    return Change(
        str(payload["name"]),
        0,
        str(payload["schedule"]),
        str(payload["folder"]),
        bool(payload["active"]),
        "",
    )
