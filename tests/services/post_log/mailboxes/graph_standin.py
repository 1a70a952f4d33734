"""A local stand-in of Microsoft's sign-in and of Graph's published mail calls, over TLS with a certificate of its own."""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from tests.services.post_log.mailboxes.certificates import certificate

ADDRESS, TENANT, SECRET = "rents@council.example", "11111111-2222-3333-4444-555555555555", "made-up secret"
_PAGE = 2


class GraphOffice:
    """The mailbox `ADDRESS`; `messages` are its MIME contents, `read` the names of those that are marked as read.

    The call of Graph number `cut_at` is answered by hanging up; `forgotten`: the next delta link is answered with 410.
    `drafts` and `sent` are what was put there and what went, by name; `loses`: a draft is sent and no answer given.
    """

    def __init__(self, folder):
        self.messages: dict[str, bytes] = {}
        self.read: set[str] = set()
        self.asked: list[str] = []
        self.cut_at = 0
        self.forgotten = False
        self.drafts: dict[str, bytes] = {}
        self.sent: dict[str, bytes] = {}
        self.loses = False
        context, self.trust = certificate(folder)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"office": self}))
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def put(self, *contents):
        for each in contents:
            self.messages[f"AAkALg{len(self.messages)}="] = each


class _Handler(BaseHTTPRequestHandler):
    office: GraphOffice
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = self._begin()
        if path is None:
            return
        office, base = self.office, f"{self.office.url}/v1.0/users/{ADDRESS}"
        if path.endswith("/.well-known/openid-configuration"):
            where = f"{office.url}/{TENANT}"
            self._answer({"issuer": where, "authorization_endpoint": f"{where}/authorize", "token_endpoint": f"{where}/token"})  # fmt: skip
        elif self.headers["Authorization"] != "Bearer made-up token":
            self._answer({}, 401)
        elif path.endswith("/messages/delta"):
            assert 'IdType="ImmutableId"' in self.headers["Prefer"]
            asked = parse_qs(urlsplit(self.path).query)
            if office.forgotten and "$deltatoken" in asked:
                office.forgotten = False
                self._answer({"error": {"code": "SyncStateNotFound"}}, 410)
                return
            start = int((asked.get("$skiptoken") or asked.get("$deltatoken") or ["0"])[0])
            names = list(office.messages)
            link = f"{base}/mailFolders/inbox/messages/delta"
            page = {"value": [{"id": each} for each in names[start : start + _PAGE]]}
            if start + _PAGE < len(names):
                page["@odata.nextLink"] = f"{link}?$skiptoken={start + _PAGE}"
            else:
                page["@odata.deltaLink"] = f"{link}?$deltatoken={len(names)}"
            self._answer(page)
        elif path.endswith("/messages"):
            asked = parse_qs(urlsplit(self.path).query)["$filter"][0]
            there = [(name, False, each) for name, each in office.sent.items()]
            there += [(name, True, each) for name, each in office.drafts.items()]
            found = [
                {"id": name, "isDraft": draft}
                for name, draft, each in there
                if asked == f"internetMessageId eq '{message_from_bytes(each)['Message-ID']}'"
            ]
            self._answer({"value": found})
        elif path.endswith("/$value") and (name := path.split("/")[-2]) in office.messages:
            self._answer(office.messages[name])
        else:
            self._answer({}, 404)

    def do_PATCH(self):
        path = self._begin()
        if path is not None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert body == {"isRead": True}
            self.office.read.add(path.rsplit("/", 1)[1])
            self._answer({})

    def do_POST(self):
        path = self._begin()
        body = self.rfile.read(int(self.headers["Content-Length"])) if path is not None else b""
        if path is not None and path.startswith("/v1.0/"):
            self._take(path, body)
        elif path is not None:
            asked = parse_qs(body.decode())
            right = asked.get("client_secret") == [SECRET]
            good = {"access_token": "made-up token", "token_type": "Bearer", "expires_in": 3599}
            bad = {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided."}
            self._answer(good if right else bad, 200 if right else 401)

    def _take(self, path, body):
        office = self.office
        if path.endswith("/messages"):
            assert self.headers["Content-Type"] == "text/plain"
            name = f"AAkDraft{len(office.drafts) + len(office.sent)}="
            office.drafts[name] = b64decode(body, validate=True)
            self._answer({"id": name, "isDraft": True}, 201)
            return
        name = path.split("/")[-2]
        if b"nobody@" in office.drafts[name]:
            self._answer({"error": {"code": "ErrorInvalidRecipients", "message": "At least one recipient is not valid."}}, 400)  # fmt: skip
            return
        office.sent[name] = office.drafts.pop(name)
        if office.loses:
            self.close_connection = True
            return
        self._answer(b"", 202)

    def _begin(self):
        path = unquote(urlsplit(self.path).path)
        if not path.startswith("/v1.0/"):
            return path
        self.office.asked.append(f"{self.command} {path}")
        if len(self.office.asked) == self.office.cut_at:
            self.close_connection = True
            return None
        return path

    def _answer(self, content, status=200):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
