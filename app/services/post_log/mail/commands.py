"""Taking e-mail into the log."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.post_log.mail import taking
from app.services.post_log.mail.dto import Imported, Message, Original


@requires(Permission.LOG_POST)
def take_in(ctx: Context, read: Sequence[tuple[Original, Message]]) -> Imported:
    """Log messages that were read, all of them together; those that may not be kept are told of and stay where they are."""
    return taking.take_in(ctx, read)
