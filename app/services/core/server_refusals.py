"""What an officer is told of each kind of trouble with a server, and the way out."""

from __future__ import annotations

from typing import Final

from sqlalchemy.engine import URL

from app.services.core.errors import UserError
from app.services.core.server_words import Trouble


class ServerRefusal(UserError):  # noqa: N818  as UserError, of which it is one kind
    """A server can't be worked on, and why.

    Attributes:
        trouble: the kind.
    """

    def __init__(self, trouble: Trouble, message: str, hint: str, field: str = "") -> None:
        super().__init__(message, hint, field or None)
        self.trouble = trouble


def refusal(trouble: Trouble, url: URL, said: str = "") -> ServerRefusal:
    """The sentence for a kind of trouble with the server of an address, its way out, and the field that it is about.

    Args:
        trouble: the kind.
        url: the address; its password is never shown.
        said: what the driver said, for what nobody foresaw.
    """
    message, hint, field = _SENTENCES[trouble]
    names = {
        "host": url.host or "the server",
        "port": url.port or 1433,
        "database": url.database or "master",
        "login": f"the login '{url.username}'" if url.username else "your Windows sign-in",
        "said": said or "nothing",
    }
    return ServerRefusal(trouble, message.format(**names), hint.format(**names), field)


_SENTENCES: Final[dict[Trouble, tuple[str, str, str]]] = {
    Trouble.DRIVER: (
        "The driver for SQL Server can't be loaded on this computer.",
        "On Debian and Ubuntu it needs the package libltdl7; rentbook doctor names what is missing.",
        "",
    ),
    Trouble.NAME: (
        "No computer of the name {host} is known on this network.",
        "Check how the server is spelt. Away from the office, connect the VPN first.",
        "host",
    ),
    Trouble.INSTANCE: (
        "{host} is there, but tells of no such instance.",
        "Check the name of the instance, or ask for its port: the service that tells it (SQL Server Browser) may be off.",
        "instance",
    ),
    Trouble.PORT: (
        "{host} is there, but nothing listens at its port {port}.",
        "Ask the administrator which port the server uses, and whether it takes connections by TCP/IP.",
        "port",
    ),
    Trouble.NO_ANSWER: (
        "{host} doesn't answer at its port {port}.",
        "A firewall may be in the way, or the server is switched off: ask the administrator.",
        "host",
    ),
    Trouble.NOT_SQL_SERVER: (
        "What answers at port {port} of {host} is not a SQL Server.",
        "Check the server and its port with the administrator.",
        "port",
    ),
    Trouble.CERTIFICATE: (
        "The certificate of {host} isn't trusted by this computer, so the connection was not made.",
        "Ask for the authority's certificate to be installed here, or for the name that stands in the server's certificate.",
        "certificate_name",
    ),
    Trouble.ENCRYPTION: (
        "{host} and this computer can't agree on how to encrypt.",
        "Ask the administrator whether the server is up to date (TLS 1.2 or later).",
        "encryption",
    ),
    Trouble.WINDOWS: (
        "{host} doesn't take your Windows sign-in.",
        "The computer has to belong to the server's domain, or to one that it trusts; else ask for a login of the server.",
        "sign_in",
    ),
    Trouble.PASSWORD_EXPIRED: (
        "The password of {login} has expired or must be changed first.",
        "Ask the server's administrator for a new one.",
        "password",
    ),
    Trouble.LOCKED_OUT: (
        "{host} has locked or disabled {login}.",
        "Ask the server's administrator to unlock it.",
        "login",
    ),
    Trouble.LOGIN: (
        "{host} refuses {login}.",
        "Check the name and the password, with Caps Lock off. The administrator may not have made the login yet.",
        "login",
    ),
    Trouble.DATABASE: (
        "There is no database '{database}' on {host}, or {login} may not open it.",
        "Check its name; the administrator makes it once: rentbook db create.",
        "database",
    ),
    Trouble.NO_ACCESS: (
        "The database '{database}' on {host} doesn't know {login}.",
        "Ask the administrator to let it in with the role of your work (rentbook db grants).",
        "login",
    ),
    Trouble.RIGHTS: (
        "In the database '{database}' {login} may not do this.",
        "Ask the administrator for the role of your work (rentbook db grants).",
        "login",
    ),
    Trouble.FULL: (
        "The disk of the server is full; nothing was saved.",
        "Tell the server's administrator; what you typed is kept here.",
        "",
    ),
    Trouble.READ_ONLY: (
        "The database '{database}' may only be read just now, so nothing was saved.",
        "Ask the server's administrator why.",
        "",
    ),
    Trouble.SETTING: (
        "The driver doesn't understand a part of the server's address.",
        "Check what stands behind the question mark: {said}",
        "",
    ),
    Trouble.UNKNOWN: (
        "{host} can't be worked with, for a reason that Rentbook doesn't know.",
        "Show this to the administrator: {said}",
        "",
    ),
}
