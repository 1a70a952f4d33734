"""A stand-in of the published API of GOV.UK Notify on 127.0.0.1, with its answers, its errors and its bad days.

What it knows of the API (https://docs.notifications.service.gov.uk/python.html): POST /v2/notifications/{email,sms} answers 201
with the message's id; GET /v2/notifications?reference= lists messages; GET /v2/notifications/{id} tells the status. Errors are
`{"status_code": 400, "errors": [{"error": "BadRequestError", "message": "..."}]}`.
"""

import json
import threading
import uuid
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

import jwt

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"sample-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE, TEXT_TEMPLATE = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))

ERRORS = {
    "rate": (429, "RateLimitError", "Exceeded rate limit for key type TEAM of 3000 requests per 60 seconds"),
    "day": (429, "TooManyRequestsError", "Exceeded send limits (sms: 50) for today"),
    "team": (400, "BadRequestError", "Can't send to this recipient using a team-only API key"),
    "trial": (400, "BadRequestError", "Can't send to this recipient when service is in trial mode"),
    "number": (400, "ValidationError", "phone_number Not enough digits"),
    "template": (400, "BadRequestError", "Template not found"),
    "key": (403, "AuthError", "Invalid token: API key not found"),
    "fault": (500, "Exception", "Internal server error"),
}


class Notify:
    """The stand-in; `plan` holds what it does with the next calls to send, then it behaves.

    Words of the plan: a key of ERRORS; `taken, no answer`: it takes the message and closes the connection; `no answer`: it
    closes the connection at once; `taken, fault`: it takes it and answers 500; `nonsense`: it answers 201 and no JSON.
    """

    def __init__(self):
        self.plan = deque()
        self.looking = deque()
        self.messages = []
        self.calls = []
        self.status = "delivered"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"standin": self}))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, kind, body):
        message = {"id": str(uuid.uuid4()), "type": kind, "status": "created", **body}
        self.messages.append(message)
        return message


class Handler(BaseHTTPRequestHandler):
    """Answers one request for its stand-in."""

    standin = None

    def log_message(self, *_):
        pass

    def answer(self, code, body):
        content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def fail(self, word):
        code, error, message = ERRORS[word]
        self.answer(code, {"status_code": code, "errors": [{"error": error, "message": message}]})

    def drop(self):
        self.close_connection = True

    def allowed(self):
        token = self.headers["Authorization"].removeprefix("Bearer ")
        return jwt.decode(token, SECRET, algorithms=["HS256"], leeway=30)["iss"] == SERVICE

    def do_POST(self):
        kind = urlparse(self.path).path.rsplit("/", 1)[1]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.standin.calls.append(("send", kind, body.get("reference")))
        word = self.standin.plan.popleft() if self.standin.plan else ""
        if not self.allowed() or word in ERRORS:
            return self.fail(word or "key")
        if word == "no answer":
            return self.drop()
        message = self.standin.take(kind, body)
        if word == "taken, no answer":
            return self.drop()
        if word == "taken, fault":
            return self.fail("fault")
        if word == "nonsense":
            return self.answer(201, "<html>")
        return self.answer(201, {"id": message["id"], "reference": body.get("reference"), "content": {}})

    def do_GET(self):
        parsed = urlparse(self.path)
        self.standin.calls.append(("look", parsed.path, parsed.query))
        word = self.standin.looking.popleft() if self.standin.looking else ""
        if word in ERRORS:
            return self.fail(word)
        if word == "no answer":
            return self.drop()
        if parsed.path == "/v2/notifications":
            wanted = parse_qs(parsed.query).get("reference")
            found = [each for each in self.standin.messages if [each.get("reference")] == wanted]
            return self.answer(200, {"notifications": found, "links": {"current": self.path}})
        found = [each for each in self.standin.messages if parsed.path.endswith(each["id"])]
        return self.answer(200, {**found[0], "status": self.standin.status}) if found else self.fail("number")
