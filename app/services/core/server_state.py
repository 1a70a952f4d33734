"""How a database on a server is set up, as far as Rentbook depends on it, and what its administrator is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

_DATABASES: Final = table(
    "databases",
    column("database_id"),
    column("is_read_committed_snapshot_on"),
    column("snapshot_isolation_state"),
    column("collation_name"),
    schema="sys",
)


@dataclass(frozen=True, slots=True)
class ServerState:
    """What a server says of a database.

    Attributes:
        readers_pass: whoever reads doesn't wait for whoever writes (READ_COMMITTED_SNAPSHOT).
        one_state: a query may see one state of the database from beginning to end (ALLOW_SNAPSHOT_ISOLATION).
        collation: how text is compared; Rentbook's searches take capital and small letters as the same.
    """

    readers_pass: bool
    one_state: bool
    collation: str = ""

    @property
    def any_case(self) -> bool:
        """Whether capital and small letters compare as the same."""
        return not self.collation or "_CI" in self.collation.upper()


def look(session: Session) -> ServerState:
    """How the database of a session is set up. Everybody may see it of the database that they are in."""
    found = session.execute(
        select(
            _DATABASES.c.is_read_committed_snapshot_on,
            _DATABASES.c.snapshot_isolation_state,
            _DATABASES.c.collation_name,
        ).where(_DATABASES.c.database_id == func.db_id())
    ).first()
    return ServerState(bool(found[0]), found[1] == 1, found[2] or "") if found else ServerState(False, False)


def advice(state: ServerState, database: str) -> tuple[str, ...]:
    """The statements that an administrator of the server runs once, when nobody is at work; none where all is well."""
    name = f"[{database.replace(']', ']]')}]"
    found = []
    if not state.one_state:
        found.append(f"ALTER DATABASE {name} SET ALLOW_SNAPSHOT_ISOLATION ON;")
    if not state.readers_pass:
        found.append(f"ALTER DATABASE {name} SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;")
    return tuple(found)


def warnings(state: ServerState) -> tuple[str, ...]:
    """What is amiss, in words; nothing where all is well."""
    found = []
    if not state.readers_pass:
        found.append("Whoever reads waits for whoever writes: READ_COMMITTED_SNAPSHOT is off.")
    if not state.one_state:
        found.append("A long list may show two states of the accounts at once: ALLOW_SNAPSHOT_ISOLATION is off.")
    if not state.any_case:
        found.append(
            f"Text is compared with its capitals ({state.collation}): a search finds nothing that is written otherwise. "
            "Make the database anew with a collation without case, such as Latin1_General_100_CI_AS."
        )
    return tuple(found)
