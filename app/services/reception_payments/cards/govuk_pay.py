"""GOV.UK Pay, over its published API (docs.payments.service.gov.uk/api_reference): the only place that knows its words.

The card is typed on its page, in the officer's browser: no call here carries a card number, nor is one read. A call is made
once: what might make a second payment is never repeated here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import quote

from app.services.reception_payments.cards import rules
from app.services.reception_payments.cards.dto.answers import Asked, DisputeAnswer, PaymentAnswer, RefundAnswer
from app.services.reception_payments.cards.provider import NotTakenError, SlowerError, UnheardError

if TYPE_CHECKING:
    from requests import Response

PUBLIC_URL: Final = "https://publicapi.payments.service.gov.uk"
_TIMEOUT_SECONDS: Final = (5, 20)
"""To connect, and between two parts of an answer."""
_PAGE_SIZE: Final = 500
"""Results of a search at once: the most there are."""
_UNREADABLE: Final = "GOV.UK Pay gave an answer that can't be read."


class GovukPay:
    """A connection to GOV.UK Pay; closed when the block that it is used in ends.

    Args:
        key: of the service, for payments by telephone.
        url: where the API is; the key is sent nowhere else.
    """

    def __init__(self, key: str, url: str = PUBLIC_URL) -> None:
        import requests

        self._url = url.rstrip("/")
        self._session = requests.Session()
        self._session.headers.update({"Authorization": f"Bearer {key}", "Accept": "application/json"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def begin(self, asked: Asked) -> PaymentAnswer:
        """Make a payment by telephone (`moto`), whose card is typed on the page of the answer."""
        body = {
            "amount": asked.pence,
            "reference": asked.reference,
            "description": asked.words,
            "return_url": asked.return_url,
            "moto": True,
        }
        return _payment(_object(self._ask("POST", "/v1/payments", json=body)))

    def state(self, provider_id: str) -> PaymentAnswer:
        """A payment as it stands."""
        return _payment(_object(self._ask("GET", f"/v1/payments/{quote(provider_id)}")))

    def find(self, reference: str) -> PaymentAnswer | None:
        """The payment with our reference; references are unique here, though not there."""
        page = _object(self._ask("GET", "/v1/payments", params={"reference": reference}))
        found = [_payment(each) for each in _results(page)]
        return next((each for each in found if each.reference == reference), None)

    def cancel(self, provider_id: str) -> None:
        """Cancel a payment that isn't confirmed yet."""
        self._ask("POST", f"/v1/payments/{quote(provider_id)}/cancel", json={}).close()

    def refund(self, provider_id: str, pence: int, available_pence: int) -> RefundAnswer:
        """Give back part of a payment; refused unless what is left is what we believe (P0604)."""
        body = {"amount": pence, "refund_amount_available": available_pence}
        return _refund(_object(self._ask("POST", f"/v1/payments/{quote(provider_id)}/refunds", json=body)), provider_id)

    def refund_state(self, provider_id: str, refund_id: str) -> RefundAnswer:
        """A refund as it stands."""
        where = f"/v1/payments/{quote(provider_id)}/refunds/{quote(refund_id)}"
        return _refund(_object(self._ask("GET", where)), provider_id)

    def refunds(self, provider_id: str) -> tuple[RefundAnswer, ...]:
        """Every refund of a payment."""
        page = _object(self._ask("GET", f"/v1/payments/{quote(provider_id)}/refunds"))
        embedded = page.get("_embedded")
        listed = embedded.get("refunds") if isinstance(embedded, dict) else None
        if not isinstance(listed, list):
            raise UnheardError(_UNREADABLE)
        return tuple(_refund(each, provider_id) for each in listed if isinstance(each, dict))

    def search(self, start: datetime, end: datetime) -> Iterator[PaymentAnswer]:
        """Every payment made from a moment until before another."""
        for each in self._pages("/v1/payments", start, end):
            yield _payment(each)

    def search_refunds(self, start: datetime, end: datetime) -> Iterator[RefundAnswer]:
        """Every refund made from a moment until before another."""
        for each in self._pages("/v1/refunds", start, end):
            yield _refund(each, str(each.get("payment_id", "")))

    def search_disputes(self, start: datetime, end: datetime) -> Iterator[DisputeAnswer]:
        """Every payment that was challenged from a moment until before another."""
        for each in self._pages("/v1/disputes", start, end):
            yield _dispute(each)

    def _pages(self, where: str, start: datetime, end: datetime) -> Iterator[dict[str, Any]]:
        number = read = 0
        total = 1
        while read < total:
            number += 1
            asked = {"from_date": _moment(start), "to_date": _moment(end), "display_size": _PAGE_SIZE, "page": number}
            page = _object(self._ask("GET", where, params=asked))
            found = _results(page)
            total = page["total"] if isinstance(page.get("total"), int) else 0
            read += len(found)
            yield from found
            if not found and read < total:
                raise UnheardError("GOV.UK Pay left out part of what it found.")

    def _ask(self, method: str, where: str, **more: Any) -> Response:
        with _failures():
            answer = self._session.request(
                method, f"{self._url}{where}", timeout=_TIMEOUT_SECONDS, allow_redirects=False, **more
            )
        if answer.ok and not answer.is_redirect:
            return answer
        code, said = _said(answer)
        answer.close()
        if answer.status_code == 429:
            raise SlowerError("GOV.UK Pay asks us to go slower.", code)
        if 400 <= answer.status_code < 500:
            raise NotTakenError(_meaning(answer.status_code, code, said), code)
        raise UnheardError("GOV.UK Pay has a fault of its own.")


def _meaning(status: int, code: str, said: str) -> str:
    if status in {401, 403}:
        return "GOV.UK Pay doesn't take the office's key. Whoever looks after Rentbook enters another one."
    told = _MEANINGS.get(code)
    if told:
        return told
    return f"GOV.UK Pay refused it ({code or status}){f': {said}' if said else '.'}"


_MEANINGS: Final = {
    "P0196": "GOV.UK Pay isn't set up for payments by telephone: the council asks it to switch them on.",
    "P0199": "GOV.UK Pay has a problem with the council's account there.",
    "P0200": "GOV.UK Pay knows no such payment.",
    "P0500": "GOV.UK Pay knows no such payment.",
    "P0501": "GOV.UK Pay can't cancel this payment any more.",
    "P0502": "GOV.UK Pay can't cancel this payment any more.",
    "P0600": "GOV.UK Pay knows no such payment.",
    "P0603": "GOV.UK Pay can't give this payment back to the card.",
    "P0604": "At GOV.UK Pay another amount is left of this payment: something of it was given back there.",
    "P0700": "GOV.UK Pay knows no such refund.",
    "P0920": "GOV.UK Pay's firewall stopped it.",
    "P0940": "The council's account at GOV.UK Pay isn't finished: its bank side is to be set up.",
    "P0941": "GOV.UK Pay has stopped payments and refunds of the council's account.",
    "P0999": "GOV.UK Pay is down for the moment.",
}
"""What its error codes mean for an officer."""


def _said(answer: Response) -> tuple[str, str]:
    """The provider's own code and words about what it refuses."""
    try:
        found: Any = answer.json()
    except ValueError:
        return "", ""
    if not isinstance(found, dict):
        return "", ""
    return str(found.get("code") or "")[:8], str(found.get("description") or "")[:200]


def _object(answer: Response) -> dict[str, Any]:
    try:
        found: Any = answer.json()
    except ValueError as error:
        raise UnheardError(_UNREADABLE) from error
    if not isinstance(found, dict):
        raise UnheardError(_UNREADABLE)
    return found


def _results(page: dict[str, Any]) -> list[dict[str, Any]]:
    found = page.get("results")
    if not isinstance(found, list):
        raise UnheardError(_UNREADABLE)
    return [each for each in found if isinstance(each, dict)]


def _payment(body: dict[str, Any]) -> PaymentAnswer:
    """A payment out of its JSON. Of the card's details only the last four digits are read."""
    state = _part(body, "state")
    code = str(state.get("code") or "")[:8]
    known = rules.state_of(str(state.get("status")), code)
    pence, provider_id = body.get("amount"), body.get("payment_id")
    if known is None or not isinstance(pence, int) or not isinstance(provider_id, str) or not provider_id:
        raise UnheardError(_UNREADABLE)
    links, refunds = _part(body, "_links"), _part(body, "refund_summary")
    left = refunds.get("amount_available") if refunds.get("status") == "available" else None
    last_four = str(_part(body, "card_details").get("last_digits_card_number") or "")
    fee = body.get("fee")
    return PaymentAnswer(
        provider_id[:40],
        str(body.get("reference") or "")[:255],
        known,
        pence,
        _when(body.get("created_date")),
        _page(links),
        code,
        str(state.get("message") or "")[:200],
        last_four if len(last_four) == 4 and last_four.isdigit() else "",
        isinstance(links.get("cancel"), dict),
        left if isinstance(left, int) else None,
        fee if isinstance(fee, int) else None,
        _day(_part(body, "settlement_summary").get("settled_date")),
    )


def _refund(body: dict[str, Any], payment_id: str) -> RefundAnswer:
    state = rules.refund_state_of(str(body.get("status")))
    pence, refund_id = body.get("amount"), body.get("refund_id")
    if state is None or not isinstance(pence, int) or not isinstance(refund_id, str) or not refund_id:
        raise UnheardError(_UNREADABLE)
    return RefundAnswer(refund_id[:40], state, pence, _when(body.get("created_date")), payment_id[:40])


def _dispute(body: dict[str, Any]) -> DisputeAnswer:
    known, pence = rules.dispute_state_of(str(body.get("status"))), body.get("amount")
    dispute_id, payment_id = body.get("dispute_id"), body.get("payment_id")
    if known is None or not isinstance(pence, int) or not isinstance(dispute_id, str) or not dispute_id:
        raise UnheardError(_UNREADABLE)
    due, fee = body.get("evidence_due_date"), body.get("fee")
    return DisputeAnswer(
        dispute_id[:40],
        str(payment_id or "")[:40],
        known,
        pence,
        _when(body.get("created_date")),
        fee if isinstance(fee, int) else None,
        str(body.get("reason") or "")[:60],
        _when(due) if due else None,
        _day(_part(body, "settlement_summary").get("settled_date")),
    )


def _page(links: dict[str, Any]) -> str:
    """The page for the card, if it leads where a browser may be sent."""
    found = str(_part(links, "next_url").get("href") or "")
    return found if rules.safe_url(found) else ""


def _part(body: dict[str, Any], name: str) -> dict[str, Any]:
    found = body.get(name)
    return found if isinstance(found, dict) else {}


def _when(text: object) -> datetime:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise UnheardError(_UNREADABLE) from error
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10]) if text else None
    except ValueError:
        return None


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    import requests

    try:
        yield
    except requests.RequestException as error:
        raise UnheardError("GOV.UK Pay didn't answer, or the connection to it was cut.") from error
