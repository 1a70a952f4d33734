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
        self._keys: tuple[Key, ...] = ()
        """Those at this desk, the newest first. Files are sealed with the first, and opened with whichever they were."""

    def begin(self) -> None:
        """When the database is opened: have the keys at hand, throw away what is old, put back what was kept in files.

        What the database can't take, since its newest key isn't at this desk, stays in its file.

        Raises:
            UserError: none of the database's keys is at this desk.
        """
        self._keys = self._at_hand()
        self._desk.do(store.purge)
        oldest = min(self._desk.ask(store.oldest), self._desk.clock.now() - timedelta(days=store.KEPT_DAYS))
        for path, draft in list(self._files()):
            if draft.saved_at >= oldest:
                try:
                    kept = self._desk.ask(store.find, draft.key)
                    if kept is None or kept.saved_at < draft.saved_at:
                        self._desk.do(store.keep, draft)
                except UserError:
                    continue
            _remove(path)

    def keep(self, draft: Draft) -> None:
        """Keep a draft: first in a file, which goes when the database has it, so that a slow one loses nothing either.

        Raises:
            UserError: neither takes it, as where the key isn't at this desk.
        """
        in_file = self._write(draft)
        try:
            if not self._keys:
                self._keys = self._at_hand()
                in_file = self._write(draft)
            self._desk.do(store.keep, draft)
        except _GONE:
            if not in_file:
                raise
            return
        self._remove_all(draft.key)

    def find(self, key: DraftKey) -> Draft | None:
        """The draft of a form, wherever it is.

        Raises:
            UserError: it can't be opened at this desk.
        """
        here = self._here(key)
        try:
            kept = self._desk.ask(store.find, key)
        except _GONE:
            if here is None:
                raise
            return here
        return here if here and (kept is None or kept.saved_at <= here.saved_at) else kept

    def mine(self) -> tuple[Draft, ...]:
        """Every draft of the officer, the latest first."""
        files = sorted((draft for _, draft in self._files()), key=lambda draft: draft.saved_at)
        here = {draft.key: draft for draft in files}
        kept = [draft for draft in self._desk.ask(store.mine) if draft.key not in here]
        return tuple(sorted([*here.values(), *kept], key=lambda draft: draft.saved_at, reverse=True))

    def discard(self, key: DraftKey) -> None:
        """Throw a draft away, wherever it is."""
        self._remove_all(key)
        self._desk.do(store.discard, key)

    def _at_hand(self) -> tuple[Key, ...]:
        """The keys at this desk; a database that has none yet is given its first."""
        try:
            self._desk.do(store.key)
        except UserError:
            if here := self._desk.ask(store.keys_here):
                return here
            raise
        return self._desk.ask(store.keys_here)

    def _write(self, draft: Draft) -> bool:
        """Keep it in a file; False where that can't be, as before the key was ever read or on a full disk."""
        if not self._keys:
            return False
        newest, *others = self._keys
        try:
            write_private(self._path(newest, draft.key), newest.seal(store.packed(draft), self._about()))
        except OSError:
            return False
        for key in others:
            _remove(self._path(key, draft.key))
        return True

    def _here(self, key: DraftKey) -> Draft | None:
        """The latest of the files of a form."""
        found = [draft for each in self._keys if (draft := self._read(each, self._path(each, key)))]
        return max(found, key=lambda draft: draft.saved_at, default=None)

    def _read(self, key: Key, path: Path) -> Draft | None:
        if not path.is_file():
            return None
        try:
            return store.unpacked(key.unseal(path.read_bytes(), self._about()))
        except (UserError, OSError, ValueError, KeyError):
            return None

    def _files(self) -> Iterator[tuple[Path, Draft]]:
        for key in self._keys:
            if (folder := self._folder(key)).is_dir():
                for path in sorted(folder.glob("*.draft")):
                    if draft := self._read(key, path):
                        yield path, draft

    def _remove_all(self, key: DraftKey) -> None:
        for each in self._keys:
            _remove(self._path(each, key))

    def _folder(self, key: Key) -> Path:
        place = Path(platformdirs.user_data_dir("Rentbook", appauthor=False)) / "drafts"
        return place / key.key_id / str(self._desk.officer.id)

    def _path(self, key: Key, draft: DraftKey) -> Path:
        name = hashlib.sha256(f"{draft.form}:{draft.subject}:{draft.subject_id}".encode()).hexdigest()[:32]
        return self._folder(key) / f"{name}.draft"

    def _about(self) -> str:
        return f"local draft:{self._desk.officer.id}"


def _remove(path: Path) -> None:
    """What can't be removed is passed over at the next start: the database has it, or a newer one."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
