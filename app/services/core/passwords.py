"""Passwords: how they are kept, and which are refused.

Argon2id with the parameters that argon2-cffi recommends (RFC 9106, the low-memory set); a password whose hash was made with
others is hashed anew when it is next used. Length is what counts, and not being one of the commonest (NCSC, Three random
words); there are no rules of capitals or signs.
"""

from __future__ import annotations

import functools
import secrets
from typing import TYPE_CHECKING, Final

from app.services.core.errors import UserError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LONGEST: Final = 200
_COMMON: Final = (
    "password qwerty azerty abc123 123456 letmein welcome iloveyou admin monkey dragon football liverpool arsenal chelsea "
    "sunshine princess charlie ashley summer winter spring autumn monday friday housing council rentbook changeme secret "
    "trustno1 superman batman master shadow michael jennifer"
).split()
"""The commonest words of passwords; one alone, repeated, or followed by figures and signs is refused."""
_DISGUISED: Final = str.maketrans("@013$!57", "aoiesist")
_ROWS: Final = (
    "01234567890123456789",
    "98765432109876543210",
    "qwertyuiopasdfghjklzxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)
_FEW_SIGNS: Final = 3
_WORDS: Final = (
    "amber apple autumn badger basil beacon birch bramble bridge button candle canal cedar cherry clover cobble copper "
    "cotton cricket daisy dolphin elder ember falcon feather fern fiddle garnet ginger glacier harbour hazel heather "
    "heron hollow honey ivory jasper juniper kettle lantern larch lavender lemon linen magnet maple marble meadow mill "
    "mustard nettle nutmeg oak olive orchard otter paddle pebble pepper pigeon pine plover poppy quarry quill raven reed "
    "ribbon river robin rowan saddle saffron salmon sparrow spruce stable sycamore tansy teal thimble thistle thunder "
    "timber tulip tunnel velvet violet walnut willow winter wren"
).split()


def make_hash(password: str) -> str:
    """What is kept of a password."""
    return _hasher().hash(password)


def fits(kept: str, password: str) -> bool:
    """Whether this is the password; no password fits where none is kept, and that takes as long."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than those in force."""
    return _hasher().check_needs_rehash(kept)


def temporary() -> str:
    """A password to be told to somebody once: four words, such as `heron-cotton-larch-otter`."""
    return "-".join(secrets.choice(_WORDS) for _ in range(4))


def check(password: str, *, least: int, username: str = "") -> None:
    """Refuse a password that is too short, too long or one that everybody tries first.

    Raises:
        UserError: with what to do instead.
    """
    hint = "Three words that have nothing to do with each other are long and easy to remember."
    if len(password) < least:
        raise UserError(f"The password has {len(password)} letters; it needs {least} or more.", hint, "password")
    if len(password) > LONGEST:
        raise UserError(f"The password has more than {LONGEST} letters.", "Choose a shorter one.", "password")
    if is_common(password, username):
        raise UserError("This is one of the passwords that are tried first.", hint, "password")


def is_common(password: str, username: str = "") -> bool:
    """Whether a password is a common word, the sign-in name, one letter again and again, or figures in a row."""
    typed = password.casefold()
    if len(set(typed)) <= _FEW_SIGNS or any(typed in row for row in _ROWS):
        return True
    core = typed.strip("0123456789 .,-_!?#*$@£%&+")
    words = [*_COMMON, *([username.casefold()] if len(username) > _FEW_SIGNS else [])]
    for letters in (_letters(typed), _letters(core.translate(_DISGUISED))):
        for word in words:
            if letters and not letters.replace(word, ""):
                return True
    return not core


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalpha())


@functools.cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # loaded with the first password: most desks start without one

    return PasswordHasher()


@functools.cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_hex(16))
