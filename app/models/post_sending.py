"""E-mails that go out from the office's own mailboxes."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models import documents, letters, post_log  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, UtcDateTime


class PostSending(Base):
    """An e-mail from one of the office's mailboxes, beside its line of the outgoing register: an answer, or post passed on."""

    __tablename__ = "post_sending"

    outgoing_id: Mapped[int] = mapped_column(Id, ForeignKey("outgoing.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("post_item.id"), index=True)
    mailbox_id: Mapped[int] = mapped_column(Id, ForeignKey("post_mailbox.id"))
    message_id: Mapped[str] = mapped_column(Text_(400))
    """Its Message-ID, without brackets; the same however often it is tried."""
    key: Mapped[str] = mapped_column(Text_(64), unique=True)
    """SHA-256 of its Message-ID: what answers it joins the item."""
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"), index=True)
    """The message as it goes, whole; none once the content of its item was deleted."""
    forward: Mapped[bool] = mapped_column(default=False)
    """Whether it passes the item on; else it answers it."""
    doubtful: Mapped[bool] = mapped_column(default=False)
    """Nobody knows whether it went: an officer says so, or has it sent again."""
    filed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its copy stood in the folder of sent e-mail."""
