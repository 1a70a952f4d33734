"""What becomes of each text and each sealed column in an anonymised copy.

Words from fixed lists (`Word` columns), numbers, days and amounts stay: the ledger, the deadlines and the figures are those of
the source. Days of birth are moved by up to ten months.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Final

from app.services.moving.anonymous import columns_first, columns_second


class Fate(StrEnum):
    """What becomes of a column. Of two that say otherwise of one name, the audit follows the one that stands later here."""

    KEPT = "kept"
    """Words of the program or of the office that name nobody: codes, keys of lists, titles of reasons."""
    MADE = "made"
    """Sentences that the program writes: names, numbers, addresses and references in them become the made-up ones."""
    TAG = "tag"
    """Keys by which work is known again; one that holds something personal becomes a keyed hash."""
    DIGEST = "digest"
    """A hash of something: a keyed hash of it, or that of the document that took its place."""
    REFERENCE = "reference"
    """Digits exchanged one for one, so that each stays unique and can't be looked up elsewhere."""
    COMPUTER = "computer"
    LOGIN = "login"
    USERNAME = "username"
    TOWN = "town"
    STREET = "street"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"
    """Names of people and firms, word by word: the same word becomes the same made-up word everywhere."""
    LAST_TWO = "last two"
    """The end of a number at a bank, as the made-up one has it."""
    FINGERPRINT = "fingerprint"
    """The keyed hash of an account at a bank, made again for the made-up one with the copy's own key."""
    SEALED = "sealed"
    """Sealed again with the copy's own key: made-up numbers at a bank, or a sentence."""
    CONTENT = "content"
    """A document: another one of its kind, which says that it was left out."""
    VALUES = "values"
    """A value as text: amounts, days and numbers stay, other text goes."""
    JSON = "json"
    """Text inside goes by the names of its fields, as in the audit."""
    FREE = "free"
    """What somebody typed: a sentence that says that it was left out."""
    EMPTY = "empty"


_LETTERS: Final = {
    "K": Fate.KEPT,
    "M": Fate.MADE,
    "G": Fate.TAG,
    "D": Fate.DIGEST,
    "R": Fate.REFERENCE,
    "V": Fate.COMPUTER,
    "L": Fate.LOGIN,
    "U": Fate.USERNAME,
    "W": Fate.TOWN,
    "S": Fate.STREET,
    "A": Fate.ADDRESS,
    "P": Fate.POSTCODE,
    "H": Fate.PHONE,
    "E": Fate.EMAIL,
    "N": Fate.NAME,
    "T": Fate.LAST_TWO,
    "F": Fate.FINGERPRINT,
    "Z": Fate.SEALED,
    "C": Fate.CONTENT,
    "Q": Fate.VALUES,
    "J": Fate.JSON,
    "X": Fate.FREE,
    "Y": Fate.EMPTY,
}

EMPTIED: Final = {
    "account_search": "made again from the made-up names",
    "search_word": "made again from the made-up names",
    "database_backup": "backups of the source are not backups of the copy",
    "database_restore": "who put which file back at the source",
    "desk_session": "who sat where",
    "draft": "what officers had typed and not saved",
    "encryption_key": "the copy has a key of its own",
    "filter_default": "goes with the filters",
    "job_call": "which computer ran what",
    "job_run": "what jobs said of people's work",
    "officer_login": "logins of the source's server",
    "presence": "who has what open",
    "saved_filter": "officers search by names",
    "setting": "keys of providers, folders and addresses of this office",
    "signing_certificate": "the office's own signature",
}
"""Tables of which nothing is copied, and why."""


@cache
def fates() -> dict[tuple[str, str], Fate]:
    """What becomes of each declared column, by table and column."""
    found: dict[tuple[str, str], Fate] = {}
    for table, told in {**columns_first.COLUMNS, **columns_second.COLUMNS}.items():
        for each in told.split():
            letter, names = each.split("=")
            for name in names.split(","):
                assert (table, name) not in found, (table, name)
                found[table, name] = _LETTERS[letter]
    return found


@cache
def by_name() -> dict[str, Fate]:
    """What becomes of a field of the audit or of JSON, by its name alone: the most careful of all columns of that name."""
    order = list(Fate)
    found: dict[str, Fate] = {}
    for (_table, name), fate in fates().items():
        found[name] = max(found.get(name, Fate.KEPT), fate, key=order.index)
    return found
