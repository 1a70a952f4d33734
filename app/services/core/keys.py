"""Keys: made with the database, kept apart from it, and known in it by name and a check value only.

A key is 32 random bytes in the system's keyring, or where there is none (a server without a desktop) in a file beside
the user's settings that nobody else may read. What is sealed begins with the name of its key, so that keys can be
changed later; sealing is AES-GCM (`cryptography`), bound to what the text belongs to.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import platformdirs
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models.drafts import EncryptionKey
from app.services.core import audit
from app.services.core.clock import Clock
from app.services.core.context import Context
from app.services.core.errors import NotAllowed, UserError
from app.services.core.permissions import Permission, requires
from app.services.core.private_files import write_private

_SERVICE: Final = "Rentbook"
_SIZE: Final = 32
_NONCE: Final = 12
_MARK: Final = b"R1"
_LEAST_PASSPHRASE: Final = 12
_SCRYPT_N: Final = 2**15
_NEXT: Final = "Ask whoever has it for its file (rentbook key export), then read it in here: rentbook key import FILE."


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A key at hand. It is never shown: it has no readable form."""

    key_id: str
    secret: bytes

    def seal(self, plain: bytes, about: str) -> bytes:
        """Encrypt for one place: what is sealed about one record can't be opened as if it were another's."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE)
        head = _MARK + bytes.fromhex(self.key_id)
        return head + nonce + AESGCM(self.secret).encrypt(nonce, plain, head + about.encode())

    def unseal(self, sealed: bytes, about: str) -> bytes:
        """Decrypt.

        Raises:
            UserError: it was sealed with another key, about something else, or has been altered.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        head = len(_MARK) + len(self.key_id) // 2
        try:
            return AESGCM(self.secret).decrypt(
                sealed[head : head + _NONCE], sealed[head + _NONCE :], sealed[:head] + about.encode()
            )
        except (InvalidTag, ValueError) as error:
            raise altered() from error


def altered() -> UserError:
    """What is said of something sealed that no key opens."""
    return UserError("Something that was kept encrypted can't be opened: it has been altered.")


def key_named(sealed: bytes) -> str:
    """The name of the key that something is sealed with; nothing if it isn't sealed."""
    size = len(_MARK) + 8
    return sealed[len(_MARK) : size].hex() if sealed[: len(_MARK)] == _MARK and len(sealed) > size else ""


def make(session: Session, clock: Clock) -> Key:
    """Make a key, keep it at this desk, and note its name: what is sealed from now on is sealed with it."""
    key = Key(secrets.token_hex(8), secrets.token_bytes(_SIZE))
    _keep(key)
    last = session.scalar(select(EncryptionKey.number).order_by(EncryptionKey.number.desc()).limit(1))
    session.execute(
        insert(EncryptionKey).values(
            number=(last or 0) + 1, key_id=key.key_id, check_value=_check_value(key.secret), made_at=clock.now()
        )
    )
    return key


def current(ctx: Context) -> Key:
    """The key to seal with, in a transaction that writes; a database from before there were keys is given its first.

    Raises:
        UserError: the key isn't at this desk, another one is in its place, or a first one can't be kept.
    """
    key_id = ctx.session.scalar(select(EncryptionKey.key_id).order_by(EncryptionKey.number.desc()).limit(1))
    return make(ctx.session, ctx.clock) if key_id is None else held(ctx.session, key_id)


def held(session: Session, key_id: str) -> Key:
    """The key of this name, from this desk.

    Raises:
        UserError: it isn't here, another one is in its place, or the database knows of none of this name.
    """
    check = session.scalar(select(EncryptionKey.check_value).where(EncryptionKey.key_id == key_id))
    if check is None:
        raise UserError(f"The key {key_id} doesn't belong to this database.", "Read in the key of this database.")
    secret = _read(key_id)
    if not hmac.compare_digest(_check_value(secret), check):
        _read.cache_clear()
        raise UserError(f"What this desk keeps as the key {key_id} is not that key.", _NEXT)
    return Key(key_id, secret)


def is_held(session: Session, key_id: str) -> bool:
    """Whether this desk has the key of this name, and it is the right one."""
    try:
        held(session, key_id)
    except UserError:
        return False
    return True


def names(session: Session) -> tuple[str, ...]:
    """The names of the database's keys, the first first."""
    return tuple(session.scalars(select(EncryptionKey.key_id).order_by(EncryptionKey.number)))


def missing(session: Session) -> list[str]:
    """The names of those that this desk hasn't."""
    return [name for name in names(session) if not is_held(session, name)]


def unseal(session: Session, sealed: bytes, about: str) -> bytes:
    """Decrypt with whichever key it was sealed with.

    Raises:
        UserError: the key isn't here, or what was sealed has been altered.
    """
    if not key_named(sealed):
        raise altered()
    return held(session, key_named(sealed)).unseal(sealed, about)


def keyed_hash(ctx: Context, text: str, about: str) -> str:
    """A hash by which the same text is found again and that nobody without the key can make, of 64 characters.

    It is always made with the first key of the database: the same text has the same hash, whatever keys came later.

    Raises:
        UserError: the first key isn't at this desk.
    """
    return hasher(ctx, about)(text)


def hasher(ctx: Context, about: str) -> Callable[[str], str]:
    """`keyed_hash` for many texts: the key is looked up once.

    Raises:
        UserError: the first key isn't at this desk.
    """
    first = ctx.session.scalar(select(EncryptionKey.key_id).order_by(EncryptionKey.number).limit(1))
    key = make(ctx.session, ctx.clock) if first is None else held(ctx.session, first)
    own = hmac.new(key.secret, f"Rentbook hash {about}".encode(), hashlib.sha256).digest()
    return lambda text: hmac.new(own, text.encode(), hashlib.sha256).hexdigest()


def forget() -> None:
    """Read keys afresh when they are next needed."""
    _read.cache_clear()


# Another desk


@requires(Permission.EXPORT_KEY)
def export_key(ctx: Context, passphrase: str, key_id: str = "") -> str:
    """A key as the text of a file for another desk, encrypted with a passphrase; the audit notes who took it out.

    `key_id`: which one; the newest where none is named.

    Raises:
        UserError: the passphrase is short, or the key isn't at this desk.
    """
    if len(passphrase) < _LEAST_PASSPHRASE:
        raise UserError(
            f"The passphrase is shorter than {_LEAST_PASSPHRASE} characters.",
            "Whoever has the file and the passphrase can read what is encrypted: use four or five words.",
            "passphrase",
        )
    key = held(ctx.session, key_id) if key_id else current(ctx)
    salt = os.urandom(16)
    wrapped = Key(key.key_id, _stretched(passphrase, salt)).seal(key.secret, "export")
    audit.record_bulk(ctx, EncryptionKey.__tablename__, "export", key_id=key.key_id)
    packed = {"rentbook_key": 1, "salt": b64encode(salt).decode(), "sealed": b64encode(wrapped).decode()}
    return json.dumps(packed, indent=2)


def import_key(ctx: Context, text: str, passphrase: str) -> str:
    """Keep at this desk a key that another desk exported; its name. The passphrase is what allows it.

    Raises:
        UserError: the file isn't such a file, the passphrase is wrong, or the key is another database's.
    """
    try:
        packed = json.loads(text)
        salt, wrapped = b64decode(packed["salt"]), b64decode(packed["sealed"])
        key_id = key_named(wrapped)
        if packed["rentbook_key"] != 1 or not key_id:
            raise ValueError(text[:1])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError("That file doesn't hold a key of Rentbook.", "Choose the file that was exported.") from error
    try:
        secret = Key(key_id, _stretched(passphrase, salt)).unseal(wrapped, "export")
    except UserError as error:
        raise UserError("The passphrase doesn't open this key.", "Type it as it was given.", "passphrase") from error
    check = ctx.session.scalar(select(EncryptionKey.check_value).where(EncryptionKey.key_id == key_id))
    if check is None or not hmac.compare_digest(_check_value(secret), check):
        raise UserError("That is the key of another database.", "Choose the file that was exported from this one.")
    _keep(Key(key_id, secret))
    forget()
    return key_id


def _stretched(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt, _SIZE, n=_SCRYPT_N, r=8, p=1).derive(passphrase.encode())


def _check_value(secret: bytes) -> str:
    return hmac.new(secret, b"Rentbook key check", hashlib.sha256).hexdigest()


# Where keys are kept


def _folder() -> Path:
    return Path(platformdirs.user_config_dir("Rentbook", appauthor=False)) / "keys"


def _keep(key: Key) -> None:
    written = b64encode(key.secret).decode()
    if _keep_in_keyring(key.key_id, written):
        return
    path = _folder() / f"{key.key_id}.key"
    try:
        write_private(path, written)
    except OSError as error:
        raise UserError(
            f"The key that encrypts can't be kept at {path}: {error.strerror}.",
            "Make room or ask for write permission.",
        ) from error


def _keep_in_keyring(key_id: str, written: str) -> bool:
    """Whether the system's keyring took it; it is read back, since some say yes and keep nothing."""
    try:
        import keyring

        keyring.set_password(_SERVICE, key_id, written)
    except Exception:  # noqa: BLE001  a keyring that isn't there or is locked fails in ways of its own
        return False
    return _from_keyring(key_id) == written


def _from_keyring(key_id: str) -> str:
    try:
        import keyring

        return keyring.get_password(_SERVICE, key_id) or ""
    except Exception:  # noqa: BLE001  as above
        return ""


@lru_cache(maxsize=8)
def _read(key_id: str) -> bytes:
    path = _folder() / f"{key_id}.key"
    try:
        written = path.read_text("ascii") if path.is_file() else _from_keyring(key_id)
        secret = b64decode(written, validate=True)
    except (OSError, ValueError) as error:
        raise UserError(f"The key {key_id} can't be read from {path}.", _NEXT) from error
    if len(secret) != _SIZE:
        raise NotAllowed("The key that opens what is encrypted isn't kept at this desk.", _NEXT)
    return secret
