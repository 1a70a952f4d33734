"""Words of backups."""

from enum import StrEnum


class BackupState(StrEnum):
    """What became of a backup when it was made, or looked at again."""

    GOOD = "good"
    """It was restored to a scratch file, and every check found it whole."""
    FAULTS = "faults"
    """It was restored, and the checks found faults: the database had them too."""
    CHANGED = "changed"
    """Its bytes are not those that were written: it was tampered with, or its disk spoils it."""
    MISSING = "missing"
    """The file isn't where it was put."""
    FAILED = "failed"
    """It could not be made."""
