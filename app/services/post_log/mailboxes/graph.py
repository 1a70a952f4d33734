"""A mailbox of Microsoft 365, over Microsoft Graph's mail calls (v1.0), by `requests`."""

from __future__ import annotations

import contextlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from app.services.core.chunks import in_chunks
from app.services.post_log.mail.dto import Left, Original
from app.services.post_log.mail.reading import too_large_by_size
from app.services.post_log.mailboxes.dto import Access
from app.services.post_log.mailboxes.server import MessageRefusedError, ServerGoneError, ServerRefusedError, Step
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


@dataclass(frozen=True, slots=True)
class Found:
    """A message of ours in the mailbox: its name there, and whether it went or is a draft still."""

    place: str
    went: bool


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

    def find(self, message_id: str) -> Found | None:
        """What the mailbox has under the Message-ID of something that we sent or meant to; none where there is nothing."""
        asked = {"$filter": f"internetMessageId eq '<{message_id}>'", "$select": "id,isDraft", "$top": "5"}
        page = _read(self._ask("GET", self._messages(), params=asked))
        there = [each for each in page.get("value", []) if isinstance(each, dict) and "id" in each]
        went = next((each for each in there if not each.get("isDraft", False)), None)
        found = went or next(iter(there), None)
        return Found(str(found["id"]), went is not None) if found else None

    def draft(self, content: bytes) -> str:
        """Put a message among the drafts as it is; returns its name there.

        Raises:
            MessageRefusedError: Microsoft can't use it.
        """
        head = {"Content-Type": "text/plain"}
        return str(_read(self._ask("POST", self._messages(), data=b64encode(content), headers=head)).get("id", ""))

    def send(self, place: str) -> None:
        """Send a draft; Microsoft keeps the copy among what was sent.

        Raises:
            MessageRefusedError: Microsoft doesn't send it, such as to an address that is none.
        """
        self._ask("POST", f"{self._messages()}/{quote(place)}/send", headers={"Content-Length": "0"}).close()

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
        return _read(found)

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
        said = _said(answer)
        answer.close()
        if method == "POST" and answer.status_code in _THIS_ONE:
            raise MessageRefusedError(f"Microsoft doesn't take it: {said or answer.status_code}")
        if answer.status_code == 410:
            raise _ForgottenError("Microsoft has forgotten where to go on.")
        if answer.status_code == 429 or answer.status_code >= 500:
            raise ServerGoneError("Microsoft is busy or has a fault of its own.")
        raise ServerRefusedError(_MEANINGS.get(answer.status_code, f"Microsoft refused it ({answer.status_code})."))


class _ForgottenError(ServerRefusedError):
    """The place to go on from is too old: everything is listed anew, and what is logged already is known."""


def _read(answer: Response) -> dict[str, Any]:
    """What Graph answers, as an object."""
    try:
        found: Any = answer.json()
    except ValueError as error:
        raise ServerRefusedError("Microsoft gave an answer that can't be read.") from error
    if not isinstance(found, dict):
        raise ServerRefusedError("Microsoft gave an answer that can't be read.")
    return found


def _said(answer: Response) -> str:
    """Graph's own words about what it refuses."""
    try:
        return str(answer.json()["error"]["message"])[:200]
    except (ValueError, KeyError, TypeError):
        return ""


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    import requests

    try:
        yield
    except requests.RequestException as error:
        raise ServerGoneError("The connection to Microsoft was lost or could not be made.") from error


_THIS_ONE: Final = frozenset({400, 413, 422})
"""What is answered where the message is at fault, not the mailbox."""
_MEANINGS: Final = {
    401: "Microsoft doesn't take the application's token.",
    403: "The application may not use this mailbox: it needs Mail.ReadWrite for it, and Mail.Send to answer from it.",
    404: "There is no such mailbox, folder or message at Microsoft.",
}
