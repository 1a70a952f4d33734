"""What an officer does with documents."""

from __future__ import annotations

from typing import Final

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewLink
from app.services.documents.keeping import link, put

LARGEST_ATTACHED: Final = 50 * 1024 * 1024
"""Bytes of a file that an officer attaches."""


@requires(Permission.WRITE_NOTES)
def attach(ctx: Context, account_id: int, file_name: str, media_type: str, content: bytes, title: str = "") -> Changes:
    """Keep a file that an officer attaches to an account.

    Raises:
        UserError: the file is empty or larger than 50 MB.
    """
    if not content:
        raise UserError(f"{file_name} is empty.", "Choose the file again.")
    if len(content) > LARGEST_ATTACHED:
        raise UserError(f"{file_name} is larger than 50 MB.", "Scan it at a lower resolution or attach it in parts.")
    sha256 = put(ctx, content, media_type)
    link(ctx, sha256, NewLink(Subject.ACCOUNT, account_id, "file", title or file_name, file_name))
    return Changes(frozenset({"rent"}), frozenset({account_id}))
