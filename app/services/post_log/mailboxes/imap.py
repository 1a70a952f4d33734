"""A mailbox over IMAP (RFC 3501), by `imap-tools`."""

from __future__ import annotations

import contextlib
import imaplib
import ipaddress
import ssl
from collections.abc import Iterator, Sequence
from typing import Any, Final

from app.models.values import MailSecurity, SignIn
from app.services.core.chunks import in_chunks
from app.services.post_log.mail.dto import Left, Original, Why
from app.services.post_log.mail.reading import too_large_by_size
from app.services.post_log.mailboxes.dto import Access
from app.services.post_log.mailboxes.server import ServerGoneError, ServerRefusedError, Step
from app.services.post_log.mailboxes.tokens import IMAP_SCOPE, token

PORTION: Final = 50
"""Messages that are fetched and stored together."""
_BULK: Final = 10
"""Messages that one command fetches."""
_TIMEOUT_SECONDS: Final = 60
_SEEN: Final = "\\Seen"


class ImapServer:
    """An open connection to a folder of an IMAP server.

    Args:
        access: where it is and how far it has come.
        largest_bytes: the most that an attachment may have; a message that is much larger is not fetched.
    """

    def __init__(self, access: Access, largest_bytes: int) -> None:
        self._access = access
        self._largest = largest_bytes
        with failures(access):
            self._box = connect(access)
        try:
            self._uids = self._new()
        except BaseException:
            self.close()
            raise

    @property
    def same(self) -> bool:
        """Whether the server's numbers still mean what they did."""
        return self._validity == self._access.validity

    def expected(self) -> int:
        """How many messages are new."""
        return len(self._uids)

    def steps(self) -> Iterator[Step]:
        """What is new, in the order it came."""
        for uids in in_chunks(self._uids, PORTION):
            yield Step([*self._fetch(uids)], self._validity, uids[-1] + 1)

    def one(self, place: str) -> Original | Left:
        """One message by its number.

        Raises:
            ServerRefusedError: it isn't there any more.
        """
        found = next(self._fetch([int(place)]), None)
        if found is None:
            raise ServerRefusedError("The message is no longer in the mailbox.")
        return found

    def mark(self, places: Sequence[str]) -> None:
        """Mark messages as read; not by the library, which would also expunge what colleagues have marked as deleted."""
        with failures(self._access):
            done, said = self._box.client.uid("STORE", ",".join(places), "+FLAGS.SILENT", f"({_SEEN})")
            if done != "OK":
                raise imaplib.IMAP4.error(said)

    def close(self) -> None:
        """Say goodbye, or hang up where nobody listens any more."""
        with contextlib.suppress(Exception):
            self._box.client.logout()
        with contextlib.suppress(Exception):
            self._box.client.shutdown()

    def _new(self) -> list[int]:
        """The numbers of the messages that weren't dealt with yet."""
        with failures(self._access):
            status = self._box.folder.status(self._access.folder, ["UIDVALIDITY"])
            self._validity = int(status["UIDVALIDITY"])
            first = self._access.next_uid if self.same else 1
            found = self._box.uids(f"UID {first}:*")
        return sorted(int(each) for each in found if int(each) >= first)

    def _fetch(self, uids: Sequence[int]) -> Iterator[Original | Left]:
        with failures(self._access):
            sizes = {
                int(head.uid): head.size_rfc822
                for head in self._box.fetch(
                    uid_list=[str(each) for each in uids], mark_seen=False, headers_only=True, bulk=PORTION
                )
                if head.uid
            }
            small: list[str] = []
            for uid, size in sorted(sizes.items()):
                large = too_large_by_size(str(uid), size, self._largest)
                if large is None:
                    small.append(str(uid))
                else:
                    yield large
            if small:
                for each in self._box.fetch(uid_list=small, mark_seen=False, bulk=_BULK):
                    yield _original(each)


def _original(each: Any) -> Original | Left:
    if not each.raw:
        return Left(each.uid or "", Why.UNREADABLE, "The server sent the message empty.", "Look at it in the mailbox.")
    return Original(each.uid, each.raw)


def connect(access: Access) -> Any:
    """Sign in and open the folder; the library's own message keeps the bytes as they came.

    Raises:
        ServerRefusedError: an unprotected connection to another computer.
    """
    import imap_tools

    class Raw(imap_tools.MailMessage):
        def __init__(self, fetch_data: list[Any]) -> None:
            """Not the library's own, which parses the message: one that can't be parsed would end the fetch."""
            self.raw, self._raw_uid_data, self._raw_flag_data = self._get_message_data_parts(fetch_data)

    context = ssl.create_default_context()
    where = {"host": access.host, "port": access.port, "timeout": _TIMEOUT_SECONDS}
    box: Any
    if access.security is MailSecurity.TLS:
        box = imap_tools.MailBox(**where, ssl_context=context)
    elif access.security is MailSecurity.STARTTLS:
        box = imap_tools.MailBoxStartTls(**where, ssl_context=context)
    elif on_this_computer(access.host):
        box = imap_tools.MailBoxUnencrypted(**where)
    else:
        raise ServerRefusedError("A connection without protection is only made to a server on this computer.")
    box.email_message_class = Raw
    try:
        if access.sign_in is SignIn.APP:
            _with_token(box, access)
        else:
            box.login(access.user, access.secret, initial_folder=access.folder)
    except BaseException:
        with contextlib.suppress(Exception):
            box.client.shutdown()
        raise
    return box


def _with_token(box: Any, access: Access) -> None:
    """Sign in with a token, then open the folder: what speaks against either is told apart."""
    try:
        box.xoauth2(access.user, token(access, IMAP_SCOPE), initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise ServerRefusedError(f"{access.host} doesn't take the token of the application.") from error
    box.folder.set(access.folder)


def on_this_computer(host: str) -> bool:
    """Whether a host is this computer itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextlib.contextmanager
def failures(access: Access) -> Iterator[None]:
    """What the library raises, as one of our two kinds."""
    import imap_tools

    try:
        yield
    except (imaplib.IMAP4.abort, OSError, EOFError) as error:
        if isinstance(error, ssl.SSLCertVerificationError):
            raise ServerRefusedError(
                f"The certificate of {access.host} is not valid; nothing was sent to it."
            ) from error
        raise ServerGoneError(f"The connection to {access.host} was lost or could not be made.") from error
    except imap_tools.MailboxLoginError as error:
        raise ServerRefusedError(f"{access.host} doesn't take the user name and password.") from error
    except imap_tools.MailboxFolderSelectError as error:
        raise ServerRefusedError(f"There is no folder {access.folder} in the mailbox.") from error
    except (imap_tools.ImapToolsError, imaplib.IMAP4.error, UnicodeError, ValueError) as error:
        raise ServerRefusedError(f"{access.host} gave an answer that can't be used: {str(error)[:200]}") from error
