"""Words of scheduled jobs."""

from enum import StrEnum


class JobState(StrEnum):
    """How a job went when it was run last."""

    NEVER = "never"
    """It was never run."""
    DONE = "done"
    FAILED = "failed"
    WAITS = "waits"
    """Somebody has to do something first; it is looked at again by itself."""
    STOPPED = "stopped"
    """An officer stopped it, or the computer was shut down in order."""
    LOST = "lost"
    """Whoever ran it was gone before it had ended, as after a power cut."""


class JobWay(StrEnum):
    """By what way a job is run."""

    SCHEDULER = "scheduler"
    """`rentbook jobs run --due`, called every few minutes by the system's scheduler."""
    OFFICER = "officer"
    """Somebody asked for it by name."""
    WINDOW = "window"
    """An open window does it by itself."""
