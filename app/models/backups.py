"""The backups that were made of this database, what became of them when they were tried, and those that were put back."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the table that this points to
from app.models.db import Base, Id, Text_, UtcDateTime, Word
from app.models.values.backups import BackupState


class DatabaseBackup(Base):
    """One backup of a local file, or one that could not be made. A backup doesn't hold the row about itself.

    Its digest stands here and in the file beside the backup: whoever changes the backup has to change both.
    """

    __tablename__ = "database_backup"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    folder: Mapped[str] = mapped_column(Text_(400))
    file_name: Mapped[str] = mapped_column(Text_(200))
    regular: Mapped[bool] = mapped_column()
    """In the office's folder, where what is no longer needed is cleared away; one that was made elsewhere stays."""
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(Text_(64))
    revision: Mapped[str] = mapped_column(Text_(20))
    last_journal: Mapped[int] = mapped_column(BigInteger)
    last_digest: Mapped[str] = mapped_column(Text_(64))
    """Of the last journal in it: by this it is known to be of this database's own past."""
    state: Mapped[BackupState] = mapped_column(Word(BackupState))
    words: Mapped[str] = mapped_column(Text_(400))
    seconds: Mapped[int] = mapped_column()
    """How long making and trying it took."""
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was cleared away, as the office's rules say how many are kept."""

    __table_args__ = (Index("ix_database_backup_made_at", "made_at"),)


class DatabaseRestore(Base):
    """A backup that was put in the place of this database, written into what was put back: what came after it isn't here.

    What was there before is the file `kept_as` beside the database.
    """

    __tablename__ = "database_restore"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    restored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    restored_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    """The officer of jobs where the one who did it isn't known in what was put back."""
    username: Mapped[str] = mapped_column(Text_(120))
    """The sign-in name of whoever did it."""
    reason: Mapped[str] = mapped_column(Text_(400))
    file_name: Mapped[str] = mapped_column(Text_(200))
    sha256: Mapped[str] = mapped_column(Text_(64))
    last_journal: Mapped[int] = mapped_column(BigInteger)
    """The last journal of what was put back; 0 where nothing is posted in it."""
    journal_before: Mapped[int | None] = mapped_column(BigInteger)
    """The last journal of what was there before; none where nothing was there, or it couldn't be read."""
    kept_as: Mapped[str] = mapped_column(Text_(400))
    to_look_up: Mapped[int] = mapped_column()
    """Messages that waited in it to be sent: whether they went out since is looked up before any is sent."""
