"""A stand-in of the published API of GOV.UK Pay on 127.0.0.1, with its answers, its errors and its bad days.

What it knows of the API (https://docs.payments.service.gov.uk/api_reference): POST /v1/payments answers 201; GET /v1/payments/ID, GET
/v1/payments?reference=&from_date=&to_date=&page=&display_size=, POST /v1/payments/ID/cancel (204), POST and GET
/v1/payments/ID/refunds, GET /v1/payments/ID/refunds/ID, GET /v1/refunds. Errors are `{"code": "P0102", "description": "..."}`; too many
calls answer 429 and P0900. What it answers of a finished payment holds digits of the card, as the real one does.
"""

import json
import threading
import uuid
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

KEY = "api_test_0123456789abcdefghij"
CREATED = "2026-11-21T12:00:00.000Z"
ERRORS = {
    "rate": (429, "P0900", "Too many requests"),
    "amount": (422, "P0102", "Invalid attribute value: amount. Must be less than or equal to 10000000"),
    "moto": (422, "P0196", "Moto payments are not enabled"),
    "key": (401, "", "Credentials are required"),
    "firewall": (403, "P0920", "Request blocked by firewall rules"),
    "fault": (500, "P0198", "Downstream system error"),
    "down": (503, "P0999", "GOV.UK Pay is temporarily down"),
    "cancelled": (400, "P0501", "Cancellation of payment failed"),
    "missing": (404, "P0200", "Not found"),
    "mismatch": (412, "P0604", "Refund amount available mismatch."),
    "unrefundable": (400, "P0603", "The payment is not available for refund"),
}
OPEN = {"created", "started", "submitted"}


class Pay:
    """The stand-in. `plan` holds what it does with its next POSTs, `looking` with its next GETs; then it behaves.

    Words of a plan: a key of ERRORS; `taken, no answer`: it does what it is asked and closes the connection; `no answer`: it closes
    the connection at once; `taken, fault`: it does it and answers 500; `nonsense`: it does it and answers no JSON; `slow`: it waits
    for `hurry` first; empty: it behaves.
    """

    def __init__(self):
        self.plan, self.looking = deque(), deque()
        self.payments, self.given_back, self.calls = {}, {}, []
        self.challenged = []
        self.hurry = threading.Event()
        self.hidden = False
        self.page_size = 500
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"standin": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self):
        self.hurry.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def make(self, body, created=CREATED):
        payment_id = uuid.uuid4().hex[:26]
        self.payments[payment_id] = {**body, "payment_id": payment_id, "created_date": created, "status": "created"}
        self.payments[payment_id]["code"] = None
        return payment_id

    def only(self):
        """The one payment that there is."""
        (payment_id,) = self.payments
        return payment_id

    def become(self, status, code=None, payment_id=None):
        """The officer typed the card, or whatever else became of a payment."""
        row = self.payments[payment_id or self.only()]
        row["status"], row["code"] = status, code

    def left(self, payment_id):
        given = sum(each["amount"] for each in self.refunds_of(payment_id) if each["status"] != "error")
        return self.payments[payment_id]["amount"] - given

    def refunds_of(self, payment_id):
        return [each for each in self.given_back.values() if each["payment_id"] == payment_id]

    def give_back(self, payment_id, amount, status="submitted"):
        refund_id = uuid.uuid4().hex[:26]
        row = {"refund_id": refund_id, "payment_id": payment_id, "amount": amount, "status": status}
        self.given_back[refund_id] = {**row, "created_date": CREATED}
        return refund_id

    def posts(self, ending="/v1/payments"):
        return [path for method, path in self.calls if method == "POST" and path.endswith(ending)]


class Handler(BaseHTTPRequestHandler):
    """Answers one request for its stand-in."""

    standin = None

    def log_message(self, *_):
        pass

    def answer(self, code, body=None):
        content = b"" if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def fail(self, word):
        status, code, description = ERRORS[word]
        self.answer(status, {"code": code, "description": description})

    def allowed(self):
        return self.headers["Authorization"] == f"Bearer {KEY}"

    def begins_badly(self, plan):
        """What the plan has for this call; true where that answered it already."""
        self.word = plan.popleft() if plan else ""
        if not self.allowed():
            self.fail("key")
        elif self.word in ERRORS:
            self.fail(self.word)
        elif self.word == "no answer":
            self.close_connection = True
        else:
            if self.word == "slow":
                self.standin.hurry.wait(30)
            return False
        return True

    def done(self, code, body=None):
        """What was asked is done; answer as the plan says."""
        if self.word == "taken, no answer":
            self.close_connection = True
        elif self.word == "taken, fault":
            self.fail("fault")
        elif self.word == "nonsense":
            self.answer(code, "<html>")
        else:
            self.answer(code, body)

    def shown(self, payment_id):
        row = self.standin.payments[payment_id]
        finished = row["status"] not in OPEN
        here = f"{self.standin.url}/v1/payments/{payment_id}"
        links = {"self": {"href": here, "method": "GET"}}
        if not finished:
            links["next_url"] = {"href": f"{self.standin.url}/secure/{payment_id}", "method": "GET"}
            links["cancel"] = {"href": f"{here}/cancel", "method": "POST"}
        state = {"status": row["status"], "finished": finished}
        if row["code"]:
            state |= {"code": row["code"], "message": "Payment method rejected"}
        left = self.standin.left(payment_id)
        known = (
            "pending"
            if not finished
            else "unavailable"
            if row["status"] != "success"
            else "available"
            if left
            else "full"
        )
        found = {key: row[key] for key in ("amount", "reference", "description", "payment_id", "created_date")}
        found |= {"state": state, "_links": links, "refund_summary": {"status": known, "amount_available": left}}
        if row["status"] == "success":
            found["card_details"] = {
                "last_digits_card_number": "1111",
                "first_digits_card_number": "444433",
                "cardholder_name": "Test Holder",
                "expiry_date": "10/29",
            }
            found |= {"fee": 35, "settlement_summary": {"settled_date": "2026-11-24"}}
        return found

    def do_POST(self):
        path = urlparse(self.path).path
        self.standin.calls.append(("POST", path))
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.begins_badly(self.standin.plan):
            return
        if path == "/v1/payments":
            assert body["moto"] is True
            self.done(201, self.shown(self.standin.make(body)))
            return
        payment_id, action = path.removeprefix("/v1/payments/").split("/")
        row = self.standin.payments[payment_id]
        if action == "cancel":
            if row["status"] not in OPEN:
                self.fail("cancelled")
                return
            row["status"], row["code"] = "cancelled", "P0040"
            self.done(204)
        elif body["refund_amount_available"] != self.standin.left(payment_id):
            self.fail("mismatch")
        else:
            refund_id = self.standin.give_back(payment_id, body["amount"])
            self.done(202, self.standin.given_back[refund_id])

    def do_GET(self):
        parsed = urlparse(self.path)
        self.standin.calls.append(("GET", self.path))
        if self.begins_badly(self.standin.looking):
            return
        asked = {key: values[0] for key, values in parse_qs(parsed.query).items()}
        parts = parsed.path.removeprefix("/v1/").split("/")
        if parts == ["disputes"]:
            self.listed(asked, self.standin.challenged)
        elif parts == ["refunds"]:
            self.listed(asked, [*self.standin.given_back.values()])
        elif parts == ["payments"]:
            self.listed(asked, [self.shown(each) for each in self.standin.payments if not self.standin.hidden])
        elif parts[1] not in self.standin.payments:
            self.fail("missing")
        elif len(parts) == 2:
            self.done(200, self.shown(parts[1]))
        elif len(parts) == 3:
            self.done(200, {"payment_id": parts[1], "_embedded": {"refunds": self.standin.refunds_of(parts[1])}})
        else:
            self.done(200, self.standin.given_back[parts[3]])

    def listed(self, asked, rows):
        first, last = asked.get("from_date", ""), asked.get("to_date", "9")
        found = [each for each in rows if first <= each["created_date"] < last]
        found = [each for each in found if "reference" not in asked or each["reference"] == asked["reference"]]
        page, size = int(asked.get("page", 1)), min(int(asked.get("display_size", 500)), self.standin.page_size)
        part = found[(page - 1) * size : page * size]
        self.done(200, {"total": len(found), "count": len(part), "page": page, "results": part})
