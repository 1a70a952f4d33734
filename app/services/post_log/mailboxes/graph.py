"""A mailbox of Microsoft 365, over Microsoft Graph's mail calls (v1.0), by `requests`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from app.services.core.chunks import in_chunks
from app.services.post_log.mail.dto import Left, Original
from app.services.post_log.mail.reading import too_large_by_size
from app.services.post_log.mailboxes.dto import Access
from app.services.post_log.mailboxes.server import ServerGoneError, ServerRefusedError, Step
from app.services.post_log.mailboxes.tokens import GRAPH_SCOPE, token

if TYPE_CHECKING:
    from requests import Response

BASE = "https://graph.microsoft.com/v1.0"
"""Where Graph is."""
PORTION: Final = 15
"""Messages that are stored together."""
_PAGE: Final = 50
_TIMEOUT_SECONDS: Final = 60
_BLOCK: Final = 1 << 20
_PREFER: Final = f'IdType="ImmutableId", odata.maxpagesize={_PAGE}'
_FOLDERS: Final = {"INBOX": "inbox"}


class GraphServer:
    """An open session with a folder of a mailbox at Microsoft.

    Args:
        access: which mailbox, and where to go on.
        largest_bytes: the most that an attachment may have; a message that is much larger isn't fetched to its end.
    """

    def __init__(self, access: Access, largest_bytes: int) -> None:
        import requests

        self._access = access
        self._largest = largest_bytes
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token(access, GRAPH_SCOPE)}"
        self._session.headers["Prefer"] = _PREFER

    @property
    def same(self) -> bool:
        """A message keeps its name for good."""
        return True

    def expected(self) -> int:
        """Graph doesn't say how many are new."""
        return 0

    def steps(self) -> Iterator[Step]:
        """What is new since the last fetch, page by page; where to go on is only kept once a page is stored."""
        where = self._access.delta or self._first()
        while where:
            page = self._page(where)
            ids = [str(each["id"]) for each in page.get("value", []) if "id" in each and "@removed" not in each]
            where = page.get("@odata.nextLink", "")
            goes_on = str(where or page.get("@odata.deltaLink", ""))
            chunks = [*in_chunks(ids, PORTION)] or [[]]
            for chunk in chunks:
                yield Step([self.one(each) for each in chunk], delta=goes_on if chunk is chunks[-1] else None)

    def one(self, place: str) -> Original | Left:
        """One message as it came (its MIME content).

        Raises:
            ServerRefusedError: it isn't there any more.
        """
        with self._ask("GET", f"{self._messages()}/{quote(place)}/$value", stream=True) as answer:
            content = bytearray()
            with _failures():
                for block in answer.iter_content(_BLOCK):
                    content += block
                    large = too_large_by_size(place, len(content), self._largest)
                    if large is not None:
                        return large
        return Original(place, bytes(content))

    def mark(self, places: Sequence[str]) -> None:
        """Mark messages as read; one that has gone meanwhile needs no mark."""
        for each in places:
            try:
                self._ask("PATCH", f"{self._messages()}/{quote(each)}", json={"isRead": True}).close()
            except ServerRefusedError:
                continue

    def close(self) -> None:
        """End the session."""
        self._session.close()

    def _first(self) -> str:
        folder = _FOLDERS.get(self._access.folder.upper(), self._access.folder)
        return f"{self._user()}/mailFolders/{quote(folder)}/messages/delta?changeType=created&$select=id"

    def _page(self, where: str) -> dict[str, Any]:
        try:
            found = self._ask("GET", where)
        except _ForgottenError:
            found = self._ask("GET", self._first())
        try:
            page: Any = found.json()
        except ValueError as error:
            raise ServerRefusedError("Microsoft gave an answer that can't be read.") from error
        if not isinstance(page, dict):
            raise ServerRefusedError("Microsoft gave an answer that can't be read.")
        return page

    def _user(self) -> str:
        return f"{BASE}/users/{quote(self._access.address)}"

    def _messages(self) -> str:
        return f"{self._user()}/messages"

    def _ask(self, method: str, where: str, **more: Any) -> Response:
        """Ask Graph; what it hands us to go on with must lead back to Graph, since our token goes with it."""
        if not where.startswith(f"{BASE}/"):
            raise ServerRefusedError("Microsoft's answer leads to another server; nothing was sent there.")
        with _failures():
            answer = self._session.request(method, where, timeout=_TIMEOUT_SECONDS, allow_redirects=False, **more)
        if answer.ok:
            return answer
        answer.close()
        if answer.status_code == 410:
            raise _ForgottenError("Microsoft has forgotten where to go on.")
        if answer.status_code == 429 or answer.status_code >= 500:
            raise ServerGoneError("Microsoft is busy or has a fault of its own.")
        raise ServerRefusedError(_MEANINGS.get(answer.status_code, f"Microsoft refused it ({answer.status_code})."))


class _ForgottenError(ServerRefusedError):
    """The place to go on from is too old: everything is listed anew, and what is logged already is known."""


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    import requests

    try:
        yield
    except requests.RequestException as error:
        raise ServerGoneError("The connection to Microsoft was lost or could not be made.") from error


_MEANINGS: Final = {
    401: "Microsoft doesn't take the application's token.",
    403: "The application may not read this mailbox: it needs Mail.ReadWrite for it.",
    404: "There is no such mailbox, folder or message at Microsoft.",
}
