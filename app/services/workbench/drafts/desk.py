"""Drafts as a window keeps them: in the database, and while that is gone in a sealed file of the user's own."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import platformdirs
from sqlalchemy.exc import SQLAlchemyError

from app.services.core.errors import UserError
from app.services.core.keys import Key
from app.services.core.private_files import write_private
from app.services.core.session import Desk
from app.services.workbench.drafts import store
from app.services.workbench.drafts.dto import Draft, DraftKey

_GONE: Final = (UserError, SQLAlchemyError, OSError)
"""What a database that is gone, locked or full may raise."""


class DeskDrafts:
    """One officer's drafts at one desk. Every method is called off the GUI thread, one at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._key: Key | None = None

    def begin(self) -> None:
        """When the database is opened: have the key at hand, throw away what is old, put back what was kept in files."""
        self._key = self._desk.do(store.key)
        self._desk.do(store.purge)
        oldest = min(self._desk.ask(store.oldest), self._desk.clock.now() - timedelta(days=store.KEPT_DAYS))
        for path, draft in list(self._files()):
            kept = self._desk.ask(store.find, draft.key)
            if draft.saved_at >= oldest and (kept is None or kept.saved_at < draft.saved_at):
                self._desk.do(store.keep, draft)
            _remove(path)

    def keep(self, draft: Draft) -> None:
        """Keep a draft: first in a file, which goes when the database has it, so that a slow one loses nothing either.

        Raises:
            UserError: neither takes it, as where the key isn't at this desk.
        """
        in_file = self._write(draft)
        try:
            if self._key is None:
                self._key = self._desk.do(store.key)
            self._desk.do(store.keep, draft)
        except _GONE:
            if not in_file:
                raise
            return
        _remove(self._path(draft.key))

    def find(self, key: DraftKey) -> Draft | None:
        """The draft of a form, wherever it is.

        Raises:
            UserError: it can't be opened at this desk.
        """
        here = self._read(self._path(key))
        try:
            kept = self._desk.ask(store.find, key)
        except _GONE:
            if here is None:
                raise
            return here
        return here if here and (kept is None or kept.saved_at <= here.saved_at) else kept

    def mine(self) -> tuple[Draft, ...]:
        """Every draft of the officer, the latest first."""
        here = {draft.key: draft for _, draft in self._files()}
        kept = [draft for draft in self._desk.ask(store.mine) if draft.key not in here]
        return tuple(sorted([*here.values(), *kept], key=lambda draft: draft.saved_at, reverse=True))

    def discard(self, key: DraftKey) -> None:
        """Throw a draft away, wherever it is."""
        _remove(self._path(key))
        self._desk.do(store.discard, key)

    def _write(self, draft: Draft) -> bool:
        """Keep it in a file; False where that can't be, as before the key was ever read or on a full disk."""
        if self._key is None:
            return False
        try:
            write_private(self._path(draft.key), self._key.seal(store.packed(draft), self._about()))
        except OSError:
            return False
        return True

    def _read(self, path: Path) -> Draft | None:
        if self._key is None or not path.is_file():
            return None
        try:
            return store.unpacked(self._key.unseal(path.read_bytes(), self._about()))
        except (UserError, OSError, ValueError, KeyError):
            return None

    def _files(self) -> Iterator[tuple[Path, Draft]]:
        if self._key is not None and (folder := self._folder()).is_dir():
            for path in sorted(folder.glob("*.draft")):
                if draft := self._read(path):
                    yield path, draft

    def _folder(self) -> Path:
        place = Path(platformdirs.user_data_dir("Rentbook", appauthor=False)) / "drafts"
        return place / (self._key.key_id if self._key else "none") / str(self._desk.officer.id)

    def _path(self, key: DraftKey) -> Path:
        name = hashlib.sha256(f"{key.form}:{key.subject}:{key.subject_id}".encode()).hexdigest()[:32]
        return self._folder() / f"{name}.draft"

    def _about(self) -> str:
        return f"local draft:{self._desk.officer.id}"


def _remove(path: Path) -> None:
    """What can't be removed is passed over at the next start: the database has it, or a newer one."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
