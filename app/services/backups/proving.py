"""What proves that nobody changed a backup: the database's own list, or the seal beside it that needs the first key."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from app.models.values.backups import BackupState
from app.services.backups import facts as facts_of
from app.services.backups import files
from app.services.backups.dto import Noted, Tried
from app.services.core import database as databases
from app.services.core import sqlite_files
from app.services.core.errors import UserError
from app.services.core.session import Database


class Seal(Enum):
    """What the seal beside a backup proves."""

    WHOLE = auto()
    ALTERED = auto()
    NONE = auto()
    NO_KEY = auto()


ALTERED: Final = "The file beside it was altered: it doesn't bear the seal of this database's key."
UNLIKE: Final = "Every backup of the list that ends with the same journal has other bytes."
NO_SEAL: Final = "It bears no seal, so nothing will prove that nobody changed it."
_DOUBTS: Final = {
    Seal.NONE: "Nothing proves that nobody changed it: it bears no seal.",
    Seal.NO_KEY: "Whether anybody changed it could not be told: this desk doesn't have the key of its seal.",
}


def as_sealed(told: Mapping[str, Any]) -> str:
    """What stands in the file beside a backup, as the text that its seal is made over."""
    return json.dumps({name: value for name, value in told.items() if name != "seal"}, sort_keys=True)


def seal_of(scratch: Path, told: Mapping[str, Any]) -> Seal:
    """What the seal beside a backup proves, by the keys named in the scratch file to which it was brought back."""
    if not told.get("seal"):
        return Seal.NONE
    if not sqlite_files.is_whole(scratch):
        return Seal.NO_KEY
    database = Database(databases.database_url(scratch))
    try:
        names = database.read(facts_of.key_names)
        seal = database.read(lambda session: facts_of.seal(session, names, as_sealed(told)))
    except RecursionError:
        return Seal.ALTERED
    except (UserError, SQLAlchemyError):
        return Seal.NO_KEY
    finally:
        database.close()
    if not seal:
        return Seal.NO_KEY
    return Seal.WHOLE if seal == told["seal"] else Seal.ALTERED


def doubt(seal: Seal) -> str:
    """That nothing proves a backup unchanged, as a sentence; nothing where its seal does."""
    return _DOUBTS.get(seal, "")


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether anything proves a backup unchanged; see `Rehearsal`."""

    doubt: str = ""
    unlike: bool = False


def proven(
    scratch: Path, file: Path, told: Mapping[str, Any], tried: Tried, alike: Collection[str], *, known: bool
) -> tuple[Tried, Proof]:
    """What the seal and the database's own list prove of a backup that was tried.

    Args:
        scratch: the file to which it was brought back.
        file: the backup.
        told: what stands beside it.
        tried: what came of trying it; nothing more is said of one that could not be restored.
        alike: the SHA-256 of those of the list that end with the same journal, by which a renamed one is known.
        known: its bytes are those that the list has for its name or its time.
    """
    if tried.state not in {BackupState.GOOD, BackupState.FAULTS}:
        return tried, Proof()
    seal = seal_of(scratch, told)
    if seal is Seal.ALTERED:
        return Tried(BackupState.CHANGED, ALTERED), Proof()
    if known or seal is Seal.WHOLE or (alike and files.digest_of(file) in alike):
        return tried, Proof()
    return tried, Proof(doubt(seal), bool(alike))


def known(noted: Iterable[Noted], file: Path, told: Mapping[str, Any]) -> frozenset[str]:
    """The SHA-256 that a backup should have by the database's own list: that of its name, or of when it was made."""
    at = made_at(told)
    return frozenset(each.sha256 for each in noted if each.file_name == file.name or each.made_at == at)


def of_journal(noted: Iterable[Noted], number: int) -> frozenset[str]:
    """The SHA-256 of those of the database's own list that end with this journal."""
    return frozenset(each.sha256 for each in noted if each.last_journal == number)


def made_at(told: Mapping[str, Any]) -> datetime | None:
    """When a backup was made, where the file beside it says so."""
    with contextlib.suppress(TypeError, ValueError):
        at = datetime.fromisoformat(told["made_at"]) if "made_at" in told else None
        return at if at and at.tzinfo else None
    return None


def claimed(told: Mapping[str, Any]) -> frozenset[str]:
    """The SHA-256 that a backup should have by the file beside it; whoever changes one can change both."""
    sha256 = told.get("sha256")
    return frozenset({sha256} if isinstance(sha256, str) and sha256 else ())
