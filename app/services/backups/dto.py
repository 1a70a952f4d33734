"""Backups as they are made, listed, tried and rehearsed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.models.values.backups import BackupState
from app.services.core.changes import Changes

AREAS = frozenset({"backups"})


@dataclass(frozen=True, slots=True)
class Keep:
    """How many backups stay: the last of each of so many days, weeks (Monday to Sunday) and months that have one."""

    daily: int
    weekly: int
    monthly: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in a database, by which a copy of it is known.

    Attributes:
        revision: of its schema.
        last_journal, last_digest: number and digest of the last journal; 0 and 64 zeros where nothing is posted.
        counts: rows by table, of every table of this program that it has.
        keys: the names of its keys, the first first.
    """

    revision: str
    last_journal: int
    last_digest: str
    counts: dict[str, int] = field(default_factory=dict)
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of restoring a backup to a scratch file; `words` is a sentence for the list."""

    state: BackupState
    words: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewBackup:
    """A backup to be noted: where it lies, what it is, and what came of trying it."""

    made_at: datetime
    file: Path
    regular: bool
    size_bytes: int
    sha256: str
    facts: Facts
    tried: Tried
    seconds: int


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made, or on a shared server the words about its own.

    Attributes:
        file: where it lies; none on a shared server.
        good: it was restored and found whole.
        told: it in two or three sentences.
        removed: the names of older ones that were cleared away.
    """

    file: Path | None
    good: bool
    told: str
    removed: tuple[str, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup as it is listed."""

    backup_id: int
    made_at: datetime
    made_by: str
    folder: str
    file_name: str
    regular: bool
    size_bytes: int
    sha256: str
    last_journal: int
    state: BackupState
    words: str
    seconds: int
    checked_at: datetime | None
    removed_at: datetime | None

    @property
    def there(self) -> bool:
        """Whether its file should be in its folder."""
        return self.removed_at is None and self.state is not BackupState.FAILED

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self.folder) / self.file_name


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether there is a good backup that is new enough.

    Attributes:
        last: when the last good one was made; none if there is none, or nobody can know.
        warning: what is wrong, as a sentence; empty where nothing is.
        told: how things stand, as a sentence.
        server: a shared server, whose own backups are used.
    """

    last: datetime | None
    warning: str
    told: str
    server: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """What the section shows: the backups, how things stand, and where they go.

    Attributes:
        folder: where they go.
        chosen: the office chose it; else it is the one beside the database.
        keep: how many stay.
        key: about the key, which no backup holds.
        key_missing: this desk hasn't it.
        restored: the last backup that was put back, if any was.
    """

    rows: tuple[BackupRow, ...]
    standing: Standing
    folder: str
    chosen: bool
    keep: Keep
    key: str
    key_missing: bool = False
    restored: RestoreRow | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """What the database's own list holds of a backup, by which its bytes are known again."""

    file_name: str
    made_at: datetime
    last_journal: int
    sha256: str


@dataclass(frozen=True, slots=True)
class By:
    """Who puts a backup back, by their sign-in name, and why."""

    username: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PutBack:
    """A backup that was put back.

    Attributes:
        kept: the copy of what was there; none where nothing was.
        doubt: that nothing proves the backup unchanged, as a sentence; empty where it is proven, or nobody asked.
        to_look_up: messages that waited in it to be sent: whether they went since is looked up before any is sent.
    """

    kept: Path | None
    doubt: str
    to_look_up: int = 0


@dataclass(frozen=True, slots=True)
class RestoreRow:
    """A backup that was put back, as what was put back tells it; see `DatabaseRestore`."""

    restored_at: datetime
    by: str
    reason: str
    file_name: str
    last_journal: int
    journal_before: int | None
    kept_as: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of one kind: how many there are now, and how many after a restore."""

    what: str
    now: int
    then: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What putting a backup back would do.

    Attributes:
        file: the backup.
        made_at: when it was made, where the file beside it says so.
        tried: what came of restoring it to a scratch file.
        same: its last journal is one of the database's own past, or the database's is of its past; none where there is no
            database to compare with, or nothing is posted in one of them.
        facts: of the backup.
        now_journal: the last journal of the database as it is.
        lost_from: the day on which the first journal that would be lost was recorded (UTC).
        differences: where the database and the backup hold different numbers of rows.
        key: whether the key of the backup is at this desk, as a sentence.
        behind: it is of an older version, and would be upgraded when it is opened.
        told: all of it, line by line.
        doubt: that nothing proves it unchanged, as a sentence; empty where its seal or the database's own list does.
        unlike: the database's own list has backups that end with the same journal, and all have other bytes.
    """

    file: Path
    made_at: str
    tried: Tried
    same: bool | None
    facts: Facts
    now_journal: int
    lost_from: datetime | None
    differences: tuple[Difference, ...]
    key: str
    behind: bool
    told: tuple[str, ...]
    doubt: str = ""
    unlike: bool = False

    @property
    def good(self) -> bool:
        """Whether it may be put back without a second thought."""
        return self.tried.state is BackupState.GOOD and self.same is not False and not self.unlike

    @property
    def lost(self) -> int:
        """How many journals of now it doesn't hold."""
        return max(0, self.now_journal - self.facts.last_journal)

    @property
    def refused(self) -> str:
        """Why it isn't put back from a window, as a sentence; nothing where it may be, if after a second thought."""
        if self.tried.state not in {BackupState.GOOD, BackupState.FAULTS}:
            return "It can't be put back."
        if self.same is False or self.unlike:
            return "It isn't put back here: it isn't known to be of this database."
        return ""
