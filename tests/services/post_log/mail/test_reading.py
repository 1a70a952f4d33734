"""Messages are read however broken they are, and nothing in them is believed."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.core.errors import UserError
from app.services.post_log.mail import html, reading
from app.services.post_log.mail.dto import Original, Why
from app.services.post_log.mail.headers import key_of
from app.services.post_log.mail.reading import read, refused
from tests.services.post_log.mail import outlook_files
from tests.services.post_log.mail.messages import CARD, SENT, eml


def of(content, place="a.eml"):
    return read(Original(place, content))


def test_a_plain_message():
    found = of(eml(text="Ärger mit £5", subject="Rückstand – Miete", answers="<m0@example.org>"))
    assert (found.subject, found.sender, found.sender_address) == ("Rückstand – Miete", "Ada Sample", "ada@example.org")
    assert (found.text, found.sent_at, found.message_id) == ("Ärger mit £5", SENT, "m1@example.org")
    assert found.answers == (key_of("m0@example.org"),)
    assert found.remarks == ()


def test_attachments_lose_their_folders_and_marks():
    found = of(eml(files=(("..\\..\\windows\\a\u202efdp.exe", b"%PDF-1"), ("../../etc/passwd", b"x"))))
    assert [each.name for each in found.attachments] == ["afdp.exe", "passwd"]


def test_a_message_in_a_message_is_an_attachment_that_is_read_too():
    inner = eml(2, f"my card is {CARD}", subject="Inner")
    outer = (
        b"From: a@example.org\r\nSubject: Outer\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain\r\n\r\nsee below\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"
    ) + inner + b"\r\n--x--\r\n"  # fmt: skip
    found = of(outer)
    assert (found.text, [each.name for each in found.attachments]) == ("see below", ["Inner.eml"])
    left = refused(Original("a.eml", outer), found, 10**9, ())
    assert left.why is Why.CARD
    assert CARD not in left.message


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        ("us-ascii", "£5 and ü".encode(), "£5 and ü"),
        ("utf-8", "£5 and ü".encode("cp1252"), "£5 and ü"),
        ("iso-8859-1", "Arrears “£5”".encode(), "Arrears “£5”"),
        ("iso-8859-1", "“£5”".encode("cp1252"), "“£5”"),
        ("no-such-set", "£5".encode("cp1252"), "£5"),
        ("base64", b"plain", "plain"),
        ("koi8-r", "Аренда".encode("koi8-r"), "Аренда"),
        ("punycode", b"plain-text", "plain-text"),
        ("unicode_escape", rb"C:\new", r"C:\new"),
    ],
)
def test_wrong_charsets(charset, content, text):
    head = (
        f"From: a@example.org\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    assert of(head.encode() + content).text == text


def test_raw_bytes_and_broken_words_in_headers():
    found = of(b"From: J\xc3\xb6rg <j@example.org>\r\nSubject: =?utf-8?b?not base64?= \xa35\r\n\r\nhello")
    assert (found.sender, found.text) == ("Jörg", "hello")
    assert "£5" in found.subject


def test_broken_mime_is_read_as_far_as_it_goes():
    content = (
        b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain\r\n\r\nfirst\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n%%%not base64"
    )
    found = of(content)
    assert found.text == "first"
    assert any("damaged" in each for each in found.remarks)


def test_no_message_id_no_subject_no_text_and_no_date():
    content = b"From: a@example.org\r\nDate: Not a date\r\n\r\n"
    found, again = of(content), of(content.replace(b"\r\n", b"\n"))
    assert (found.subject, found.sent_at, found.message_id) == ("", None, "")
    assert found.key == again.key
    assert found.remarks == ("There is nothing written in it.",)


@pytest.mark.parametrize("content", [b"", b"just some words", b"\x00\x01\x02" * 100, b"PK\x03\x04 zip"])
def test_what_is_no_message_is_refused(content):
    with pytest.raises(UserError):
        of(content)


def test_parts_in_parts_without_end():
    content = b"From: a@example.org\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000)
    )
    with pytest.raises(UserError, match="packed into itself"):
        of(content)


def test_html_only_is_read_as_text_and_shown_safely():
    source = (
        "<html><head><title>t</title><style>p{}</style></head><body onload='x()'><script>alert(1)</script>"
        "<p>Dear team,</p><p>I owe <b>£5</b>&nbsp;&amp; more<br>thanks</p>"
        "<img src='http://track.example/x.gif'><a href='javascript:x()'>a</a><a href='https://example.org'>b</a>"
        "<div style='background:url(http://x.example/y)'>end</div></body></html>"
    )
    found = of(f"From: a@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{source}".encode())
    assert found.text == "Dear team,\nI owe £5\xa0& more\nthanks\nabend"
    shown = html.safe(found.html)
    for bad in ("script", "alert", "onload", "img", "track", "javascript", "style", "url("):
        assert bad not in shown
    assert '<a href="https://example.org"' in shown
    assert html.left_out(found.html) == 2


@pytest.mark.parametrize("body", [" ", "<br", "<br ", "</td ", "<div>", "<ul><li>", "&#x20;"])
def test_html_without_end_is_read_all_the_same(body):
    content = b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n<p>First line</p>" + body.encode() * 60_000
    found = of(content)
    assert found.text.startswith("First line")
    assert html.safe(found.html).startswith("<p>First line</p>")


def test_html_packed_into_itself_is_read_from_its_beginning():
    content = b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n<p>First</p>" + b"<div>" * 2_000 + b"Last"
    found = of(content)
    assert found.text == "First"
    assert any("only its beginning is read" in each for each in found.remarks)
    correspondence = b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n" + b"<div><p>so<br>" * 300 + b"Last"
    assert of(correspondence).text.endswith("Last")
    assert of(correspondence).remarks == ()


def test_tables_in_tables_are_shown_as_lines_and_words_without_end_are_parted():
    shown = html.safe("<table><tr><td>one" * 30 + "two</td></tr></table>" * 30)
    assert shown.count("<table>") == shown.count("</table>") == 4
    assert shown.count("two") == 30
    assert html.safe('<table><tr><td colspan="2">a</td><td colspan="99999">b</td></tr></table>').count("span") == 1
    assert max(map(len, html.safe(f"<p>{'w' * 1_000}</p>").split("\u200b"))) < 310
    link = f'<a href="https://example.org/{"x" * 500}"'
    assert link in html.safe(f"{link}>here</a>")


@pytest.mark.parametrize("header", ["(" * 5_000, "a:" * 5_000, '"' * 5_000, "<" * 5_000])
@pytest.mark.parametrize("name", ["From", "To", "Reply-To"])
def test_addresses_without_end_are_none(name, header):
    content = f"Subject: hello\r\n{name}: {header}\r\n\r\nwords".encode()
    found = of(content)
    assert (found.subject, found.text, found.sender_address, found.recipients) == ("hello", "words", "", ())


def test_figures_without_end_are_looked_through_for_card_numbers():
    original = Original("a.eml", eml(text="1 " * 20_000 + CARD))
    assert refused(original, read(original), 10**9, ()).why is Why.CARD


def test_a_large_attachment():
    original = Original("a.eml", eml(files=(("scan.pdf", b"x" * 1_000),)))
    left = refused(original, read(original), 999, ())
    assert (left.why, left.message.split()[0]) == (Why.LARGE, "scan.pdf")


def test_a_payment_reference_that_looks_like_a_card_is_none():
    original = Original("a.eml", eml(text=f"ref {CARD}"))
    assert refused(original, read(original), 10**9, {CARD.replace(" ", "")}) is None


def test_an_outlook_file():
    inner = outlook_files.message(subject="Inner", text="what was forwarded", sender="B. Sample")
    content = outlook_files.outlook_file(
        subject="Rent – query",
        html="<p>Hello <b>£5</b></p>".encode(),
        sender="Ada Sample",
        address="ada@example.org",
        message_id="<x1@example.org>",
        answers="<x0@example.org>",
        sent=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        files=(outlook_files.File("..\\scan.pdf", b"%PDF-1.4" + b"x" * 9_000),),
        inner=(inner,),
    )
    found = of(content, "a.msg")
    assert (found.subject, found.text, found.sender_address) == ("Rent – query", "Hello £5", "ada@example.org")
    assert (found.message_id, found.answers) == ("x1@example.org", (key_of("x0@example.org"),))
    assert found.sent_at == datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    scan, message = found.attachments
    assert (scan.name, len(scan.content)) == ("scan.pdf", 9_008)
    assert (message.name, message.text) == ("Inner.txt", "From: B. Sample\nSubject: Inner\n\nwhat was forwarded")


@pytest.mark.parametrize("cut", [0, 600, 1_500, 2_000])
def test_an_outlook_file_that_is_none_or_is_cut(cut):
    content = outlook_files.outlook_file(subject="S", text="t")[:cut] or b"From: a@example.org\r\n\r\nhello"
    with pytest.raises(UserError, match="is not one, or it is damaged"):
        of(content, "a.msg")


@given(st.binary(max_size=400), st.sampled_from(["quoted-printable", "base64", "8bit", "x-uuencode", "what"]))
def test_whatever_comes_is_text_that_a_database_keeps(body, encoding):
    head = f"From: a@example.org\r\nContent-Type: text/plain; charset=utf-7\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    for content in (head.encode() + body, b"Subject: " + body, base64.b64encode(body) + head.encode()):
        try:
            found = of(content)
        except UserError:
            continue
        f"{found.text}{found.subject}{found.sender}".encode()
        assert "\x00" not in found.text + found.subject


@pytest.mark.logs
def test_what_cannot_be_read_is_logged_without_its_name(monkeypatch, caplog):
    def breaks(_content):
        raise LookupError("of Winifred Sample")

    monkeypatch.setattr(reading, "read_eml", breaks)
    with pytest.raises(UserError, match="can't be read"):
        read(Original("Complaint of Winifred Sample.eml", b"From: somebody"))
    assert [each.getMessage() for each in caplog.records] == ["A message of 14 bytes can't be read"]
