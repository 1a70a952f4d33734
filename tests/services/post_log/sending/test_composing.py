"""An e-mail as it is written: read back by the standard library, it says what was meant."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

from hypothesis import given
from hypothesis import strategies as st

from app.services.post_log.mail.eml import read_eml
from app.services.post_log.sending.composing import compose, forward_subject, references, reply_subject, with_quote
from app.services.post_log.sending.dto import Attached, NewMail
from tests.services.post_log.mail.messages import eml, pdf

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


def mail(**more):
    whole = {"sender": "Rents", "sender_address": "rents@council.example", "to": "ada@example.org", "subject": "Re: My rent", "text": "Nothing is owed.\n", "message_id": "a1@council.example", "written_at": AT}  # fmt: skip
    return compose(NewMail(**whole | more))


def test_an_answer_names_what_it_answers_and_its_conversation():
    long_id = f"{'x' * 200}@example.org"
    made = mail(answers="m2@example.org", before=("m1@example.org", long_id))
    read = message_from_bytes(made, policy=policy.default)
    assert read["From"] == "Rents <rents@council.example>"
    assert (read["In-Reply-To"], read["References"]) == (
        "<m2@example.org>",
        f"<m1@example.org> <{long_id}> <m2@example.org>",
    )
    assert read["Message-ID"] == "<a1@council.example>"
    assert read.get_content().splitlines() == ["Nothing is owed."]
    assert made.isascii()


def test_what_they_wrote_stands_under_the_answer():
    text = with_quote("Nothing is owed.", read_eml(eml(1, "Please look.\n\nAda")))
    assert text.startswith("Nothing is owed.\n\nOn 09 November 2026 at ")
    assert text.endswith("Ada Sample wrote:\n> Please look.\n>\n> Ada\n")


def test_a_message_goes_with_it_byte_for_byte_and_files_too():
    broken = (
        b"From: a@example.org\nSubject: caf\xe9 \x80\nContent-Type: text/plain; charset=nonsense\n\n\xff line\n.dot\n"
    )
    files = (Attached("original.eml", "message/rfc822", broken), Attached("a.pdf", "application/pdf", pdf()))
    made = mail(attached=files)
    assert broken.replace(b"\n", b"\r\n") in made
    parts = list(message_from_bytes(made, policy=policy.compat32).walk())
    kinds = [each.get_content_type() for each in parts]
    assert kinds == ["multipart/mixed", "text/plain", "message/rfc822", "text/plain", "application/pdf"]
    assert parts[4].get_payload(decode=True) == pdf()


def test_subjects_say_so_once():
    assert [reply_subject(each) for each in ("My rent", "RE: My rent", "Re :x")] == [
        "Re: My rent",
        "RE: My rent",
        "Re :x",
    ]
    assert [forward_subject(each) for each in ("My rent", "FW: x")] == ["Fwd: My rent", "FW: x"]
    assert reply_subject("a\r\nBcc: b@example.org") == "Re: a Bcc: b@example.org"


@given(st.lists(st.from_regex(r"[a-z]{1,60}@[a-z]{1,40}\.example", fullmatch=True), max_size=60))
def test_a_long_conversation_keeps_its_first_and_its_last(ids):
    found = references(tuple(ids), "last@example.org").replace("<", "").replace(">", "").split()
    assert len(" ".join(found)) < 900
    assert found[-1] == "last@example.org"
    assert not ids or found[0] == ids[0]
    assert len(set(found)) == len(found)


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=100))
def test_whatever_is_written_no_line_of_it_becomes_a_header(subject, text, name):
    clean = "".join(each for each in text if not 0xD800 <= ord(each) <= 0xDFFF)
    safe = "".join(each for each in subject + name if not 0xD800 <= ord(each) <= 0xDFFF)
    read = message_from_bytes(mail(subject=safe, text=clean, sender=safe), policy=policy.default)
    assert set(read.keys()) <= {"From", "To", "Subject", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}  # fmt: skip
