"""Half a million items of post in a database of their own, of which one in fifty is open; and 100,000 letters."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.services.core import database as databases
from app.services.core.clock import SystemClock
from app.services.core.sign_in import system_user

MANY = 500_000
LETTERS = 100_000
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
_ITEMS = (
    _NUMBERS
    + """INSERT INTO post_item (year, number, channel, received_at, received_on, sender, sender_address, subject_line, text,
    category_id, reference, priority, format, language, guessed, officer_id, state, acknowledge_by, reply_by, outcome,
    logged_at, logged_by, version)
SELECT 2022 + i / 125000, i % 125000 + 1, CASE i % 4 WHEN 0 THEN 'email' WHEN 1 THEN 'letter' ELSE 'telephone' END,
    strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '-' || (i * 7919 % 500000 * 4) || ' minutes'),
    date('now', '-' || (i * 7919 % 500000 / 360) || ' days'), 'Sample Person ' || (i * 7919 % 100003), '',
    'A question about the rent, ' || i, '', i % 20 + 1, '', i % 3 + 1, 'standard', '',
    CASE i % 400 WHEN 0 THEN 'account_id' ELSE '' END, CASE i % 3 WHEN 0 THEN 1 END,
    CASE i % 50 WHEN 0 THEN 'open' ELSE 'closed' END, date('now', '+' || (i % 20 - 8) || ' days'),
    date('now', '+' || (i % 30 - 8) || ' days'), '', strftime('%Y-%m-%d %H:%M:%S.000000', 'now'), 1, 1
FROM n"""
)
_WORDS = """INSERT INTO search_word (subject, subject_id, word)
SELECT 'post_item', id, 'person' FROM post_item UNION ALL SELECT 'post_item', id, 'rent' FROM post_item
UNION ALL SELECT 'post_item', id, substr(sender, 15) FROM post_item"""
_LETTERS = (
    _NUMBERS
    + """INSERT INTO outgoing (title, subject, subject_id, reference, channel, format, addressee, address, address_key,
    letter_date, subject_line, body, state, asked_by, asked_at, provider_status, tries, error, return_reason, version)
SELECT 'Your rent account', 'account', 1, '', 'letter', 'standard', 'Sample Person ' || (i * 7919 % 100003), '', '',
    date('now', '-' || (i / 72) || ' days'), 'Your rent account', '', 'printed', 1,
    strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '-' || (i * 20) || ' minutes'), '', 0, '', '', 1
FROM n"""
)


def make(path: Path) -> None:
    """A database with the items and the letters, at which whoever runs this is an officer."""
    name, full_name = system_user()
    databases.create(path, name, full_name, SystemClock()).close()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute(_ITEMS, (MANY,))
        plain.execute(_WORDS)
        plain.execute(_LETTERS, (LETTERS,))
        plain.commit()
