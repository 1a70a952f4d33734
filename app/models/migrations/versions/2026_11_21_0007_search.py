"""The words by which records are found, made from the accounts, people, properties and documents that are there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ROWS = 20_000
_SPACED = 4
"""A reference or postcode has at most so many parts; an account's text, already unspaced, has more."""
_SOURCES = (
    ("account", "SELECT account_id, text FROM account_search"),
    ("person", "SELECT id, ref, title, first_name, last_name, mobile, phone, email FROM person"),
    ("property", "SELECT id, ref, uprn, address_1, address_2, town, postcode FROM property"),
    (
        "document",
        "SELECT id, title, file_name FROM document_link WHERE kind = 'file' AND subject <> 'approval' AND unlinked_at IS NULL",
    ),
)


def upgrade() -> None:
    table = op.create_table(
        "search_word",
        sa.Column("subject", sa.Unicode(20), nullable=False),
        sa.Column(
            "subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "word",
            sa.Unicode(40).with_variant(sa.Unicode(40, collation="Latin1_General_100_BIN2"), "mssql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("subject", "subject_id", "word", name="pk_search_word"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    for subject, statement in _SOURCES:
        rows = connection.execute(sa.text(statement)).all()
        for first in range(0, len(rows), _ROWS):
            made = [
                {"subject": subject, "subject_id": row[0], "word": word}
                for row in rows[first : first + _ROWS]
                for word in sorted(set(_words(row[1:])))
            ]
            connection.execute(table.insert(), made)
    op.create_index("ix_search_word_subject_word_subject_id", "search_word", ["subject", "word", "subject_id"])


def _words(texts: sa.Row[tuple[object, ...]] | tuple[object, ...]) -> Iterator[str]:
    for text in texts:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", str(text or "")).casefold())
        plain = "".join(letter for letter in folded if not unicodedata.combining(letter) and letter not in "'’`")
        whole = plain.split()
        yield from (word[:40] for word in whole)
        yield from (part[:40] for word in whole for part in re.findall(r"\w+", word))
        if len(whole) <= _SPACED and any(letter.isdigit() for letter in plain):
            yield "".join(whole)[:40]
