"""GOV.UK Notify, by its own client: the only place that knows how to reach it and what its answers mean."""

from __future__ import annotations

import io
import logging
import re
from typing import Any, Final, Self

from app.services.exports.letter.markup import read_markup
from app.services.exports.letter.text import message_markup
from app.services.letters.dto import Channel
from app.services.letters.sending import Taken

PUBLIC_URL: Final = "https://api.notifications.service.gov.uk"
_TIMEOUT_SECONDS: Final = 20
_KEY: Final = re.compile(r"\S*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RefusedError(Exception):
    """This message will never be taken: the words say why."""


class BusyError(Exception):
    """It was not taken, and may be later."""


class UnknownOutcomeError(Exception):
    """No answer, or one that doesn't say: it may have been taken."""


class StoppedError(Exception):
    """Nothing can be sent until somebody changes something: the key, the templates, the day's limit."""


class Notify:
    """A connection to GOV.UK Notify; closed when the block that it is used in ends."""

    def __init__(
        self,
        key: str,
        email_template: str,
        text_template: str,
        reply_to: str = "",
        url: str = PUBLIC_URL,
        timeout: float = _TIMEOUT_SECONDS,
        file_template: str = "",
    ) -> None:
        from notifications_python_client.notifications import NotificationsAPIClient

        logging.getLogger("notifications_python_client").setLevel(logging.ERROR)
        make: Any = NotificationsAPIClient
        self._client = make(key, base_url=url, timeout=timeout)
        self._templates = {Channel.EMAIL: email_template, Channel.TEXT: text_template}
        self._reply_to = reply_to
        self._file_template = file_template

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.request_session.close()

    def send(self, taken: Taken) -> str:
        """Hand a message over; returns the provider's own number for it.

        Raises:
            RefusedError, BusyError, UnknownOutcomeError, StoppedError: what came of it instead.
        """
        template = self._templates[taken.channel]
        if not template:
            raise StoppedError(f"The template for {_NAMES[taken.channel]} in GOV.UK Notify isn't set.")
        if taken.channel is Channel.EMAIL:
            said: dict[str, Any] = {"subject": taken.subject_line, "message": message_markup(read_markup(taken.body))}
            if taken.file:
                template, said["file"] = self._file_template, _upload(taken)
                if not template:
                    raise RefusedError("The template for e-mails with a file in GOV.UK Notify isn't set any more.")
            answer = self._ask(
                self._client.send_email_notification,
                email_address=taken.where,
                template_id=template,
                personalisation=said,
                reference=taken.reference,
                email_reply_to_id=self._reply_to or None,
            )
        else:
            answer = self._ask(
                self._client.send_sms_notification,
                phone_number=taken.where,
                template_id=template,
                personalisation={"message": taken.body},
                reference=taken.reference,
            )
        return _text(answer, "id")

    def look_up(self, reference: str) -> str | None:
        """The number of the message with our reference, or None if the provider has none.

        Raises:
            BusyError, UnknownOutcomeError, StoppedError: it could not be asked.
        """
        answer = self._ask(self._client.get_all_notifications, reference=reference)
        found = answer.get("notifications") if isinstance(answer, dict) else None
        if not isinstance(found, list):
            raise UnknownOutcomeError(_UNREADABLE)
        return _text(found[0], "id") if found else None

    def status(self, provider_id: str) -> str:
        """The delivery status of a message.

        Raises:
            RefusedError, BusyError, UnknownOutcomeError, StoppedError: it could not be asked.
        """
        return _text(self._ask(self._client.get_notification_by_id, provider_id), "status")

    def _ask(self, call: Any, *args: Any, **named: Any) -> Any:
        from notifications_python_client.errors import APIError, InvalidResponse

        try:
            return call(*args, **named)
        except InvalidResponse as error:
            raise UnknownOutcomeError(_UNREADABLE) from error
        except APIError as error:
            raise _meaning(error) from error


def _upload(taken: Taken) -> Any:
    """The file of an e-mail as the provider takes it: at most 2 MB, to be downloaded by whoever has the address."""
    from notifications_python_client.utils import prepare_upload

    upload: Any = prepare_upload
    try:
        return upload(io.BytesIO(taken.file), filename=taken.file_name)
    except ValueError as error:
        raise RefusedError("The file is larger than the 2 MB that GOV.UK Notify takes: send it another way.") from error


def looks_like_key(key: str) -> bool:
    """Whether the text is a key of GOV.UK Notify: a name, the service's id and a secret."""
    return _KEY.fullmatch(key.strip()) is not None


def _meaning(error: Any) -> Exception:
    """What an answer that is no success means: whether to try again, give up, or find out first."""
    if error.response is None:
        return UnknownOutcomeError("GOV.UK Notify did not answer.")
    code, message = error.status_code, _said(error)
    if code == 429:
        if "today" in message or "limits" in message:
            return StoppedError(
                "The office has reached what GOV.UK Notify sends for it in a day. The rest goes tomorrow."
            )
        return BusyError("GOV.UK Notify asks us to go slower.")
    if code >= 500:
        return UnknownOutcomeError("GOV.UK Notify has a fault of its own.")
    if code in {401, 403}:
        return StoppedError(f"GOV.UK Notify doesn't take our key: {message}")
    if code == 400 and re.search(r"template|missing personalisation", message, re.IGNORECASE):
        return StoppedError(f"The template in GOV.UK Notify doesn't fit: {message}")
    if "team-only" in message or "trial mode" in message:
        return RefusedError("The key is for tests: it only sends to the office's own team.")
    return RefusedError(f"GOV.UK Notify refused it: {message}")


def _said(error: Any) -> str:
    """The provider's own words, from either of the two shapes in which it gives them."""
    found = error.message
    if isinstance(found, list):
        return " ".join(str(each.get("message", "")) for each in found if isinstance(each, dict)).strip()[:300]
    return str(found)[:300]


def _text(answer: Any, key: str) -> str:
    value = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(value, str) or not value:
        raise UnknownOutcomeError(_UNREADABLE)
    return value


_UNREADABLE: Final = "GOV.UK Notify gave an answer that can't be read."
_NAMES: Final = {Channel.EMAIL: "e-mails", Channel.TEXT: "text messages", Channel.LETTER: "letters"}
