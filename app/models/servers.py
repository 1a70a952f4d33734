"""What a database on a server needs beside what is kept in it."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base


class WriteTurn(Base):
    """One row, which every transaction that writes moves first: whoever comes second waits there until the first is done.

    So one desk writes at a time on a server, as on a file; whoever only reads waits for nobody.
    """

    __tablename__ = "write_turn"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    taken: Mapped[int] = mapped_column(BigInteger)
    """How often."""
