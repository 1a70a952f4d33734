"""What the database writes itself: whose login is which officer's, and what of a journal needed a second officer."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime


class OfficerLogin(Base):
    """A login of the shared server and whose it is. The owner of the database writes it, by the script of `rentbook db grants`.

    While there is none, logins are not told apart: as in a SQLite file, which has none, two officers count by their rows.
    """

    __tablename__ = "officer_login"

    login: Mapped[str] = mapped_column(Text_(128), primary_key=True)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class JournalGuard(Base):
    """What of a journal may need a second officer, worked out by a trigger from its entries when it is posted.

    Append only, and written by triggers alone. A row of the family `before` names the last journal from before there were any.
    """

    __tablename__ = "journal_guard"

    journal: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    family: Mapped[str] = mapped_column(Text_(20), primary_key=True)
    """`adjustment`, `refund`, `write_off`, `suspense`, `receipt` (one that is void) or `before`."""
    debit_pence: Mapped[int] = mapped_column(Pence)
    credit_pence: Mapped[int] = mapped_column(Pence)
    """The sums of the debits and of the credits, both without a sign."""
    needed: Mapped[bool]
    """Another officer had to approve it: always, but for adjustments within the limits of who posted it."""
