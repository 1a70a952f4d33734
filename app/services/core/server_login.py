"""The password of a server's login: in the system's keyring, and nowhere else on a computer.

An address is kept and shown without it, and given it when a connection is made.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.engine import URL

_SERVICE: Final = "Rentbook server"


def without_password(url: URL) -> str:
    """An address as it is kept and shown, and as it is opened again."""
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string()


def with_password(url: URL) -> URL:
    """An address with the password of its login, if this computer's user keeps one for it."""
    if url.get_backend_name() == "sqlite" or not url.username or url.password:
        return url
    kept = _kept(_name(url))
    return url.set(password=kept) if kept else url


def keep_password(url: URL) -> bool:
    """Keep the password of an address; whether the system's keyring took it (it is read back, since some keep nothing)."""
    if not url.username or not url.password:
        return False
    try:
        import keyring

        keyring.set_password(_SERVICE, _name(url), str(url.password))
    except Exception:  # noqa: BLE001  a keyring that isn't there or is locked fails in ways of its own
        return False
    return _kept(_name(url)) == str(url.password)


def forget_password(url: URL) -> None:
    """Keep it no longer."""
    try:
        import keyring

        keyring.delete_password(_SERVICE, _name(url))
    except Exception:  # noqa: BLE001  as above, and where there was none
        return


def _name(url: URL) -> str:
    """What the keyring calls it; two databases of one server share a login."""
    return f"{url.username}@{(url.host or '').casefold()}:{url.port or ''}"


def _kept(name: str) -> str:
    try:
        import keyring

        return keyring.get_password(_SERVICE, name) or ""
    except Exception:  # noqa: BLE001  as above
        return ""
