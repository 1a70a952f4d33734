"""Files of receipts, away from the window: read by a profile, and looked at before they are loaded."""

from __future__ import annotations

from pathlib import Path

from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.reception_payments.files import matching
from app.services.reception_payments.files.dto_read import FileRead, Sample, Typed
from app.services.reception_payments.files.layouts import Layout
from app.services.reception_payments.files.profiles import queries as profiles
from app.services.reception_payments.files.reading import whole
from app.services.reception_payments.files.sampling import sample


def read_file(
    desk: Desk,
    path: Path,
    profile: str,
    typed: Typed | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> FileRead:
    """Read a file by a profile, named by its key or its name; no transaction is open while it is read.

    Raises:
        UserError: it can't be read, or there is no such profile.
        Cancelled: `cancel` was used.
    """
    found = desk.ask(profiles.profile, profile)
    return whole.read(path, found, typed, lambda numbers: desk.ask(matching.ours, numbers), progress, cancel)


def try_file(
    desk: Desk, path: Path, layout: Layout, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> Sample:
    """Read a file by a layout that isn't kept yet.

    Raises:
        UserError: as `sampling.sample`.
        Cancelled: `cancel` was used.
    """
    return sample(path, layout, desk.clock.today(), progress, cancel)
