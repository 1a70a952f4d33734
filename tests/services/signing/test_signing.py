"""The office's certificate: loaded or refused, in force until another is, and what is signed with it holds."""

import io
import socket
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.diary import Task
from app.models.signing import SigningCertificate
from app.services.core import keys
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.documents import keeping as documents
from app.services.exports.dto import Column, Kind, Table
from app.services.exports.pdf import pdf_bytes
from app.services.exports.signing import Signature, sign
from app.services.signing import commands, keeping, queries
from app.services.signing.dto import NewOwn
from tests.certificates import ENCRYPTS, NOON, PASSWORD, SIGNER, checked, pfx, pfx_without_key, rsa_key

DAY = timedelta(days=1)


def paper(rows=1):
    return Table("Payment request 5", ("2 refunds",), (Column("Refund", Kind.INT),), [(each,) for each in range(rows)])


def made(desk):
    return desk.ask(keeping.signed_pdf, paper(), "Payment request 5").content


def at(desk, days):
    return Desk.sit_down(desk.database, "officer", FixedClock((NOON + timedelta(days)).date()))


def told_tasks(desk):
    tasks = select(Task.title, Task.due_on, Task.state).where(Task.kind == commands.TASK)
    return desk.ask(lambda ctx: [tuple(row) for row in ctx.session.execute(tasks)])


def test_what_is_made_is_signed_and_every_later_change_is_found(desk, monkeypatch):
    desk.do(commands.load, pfx(rsa_key()), PASSWORD)

    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    pdf = made(desk)
    found = checked(pdf)
    assert found.bottom_line
    assert found.signer_reported_dt == NOON
    assert found.md_algorithm == "sha256"
    at_text = pdf.index(b"/Title (") + len(b"/Title (")
    changed = checked(pdf[:at_text] + b"X" + pdf[at_text + 1 :])
    assert not changed.intact
    assert not changed.bottom_line


def test_a_paper_that_comes_back_is_looked_at(desk):
    file = pfx(password="")
    loaded = desk.do(commands.load, file, "")
    pdf = made(desk)
    found = desk.ask(queries.check, pdf)
    assert (found.ours, found.kept, found.sound) == (True, False, False)
    assert found.told.startswith(f"Payment request 5 was signed as {SIGNER} on 21 Nov 2026 at ")
    assert "compare it with what was approved" in found.told
    at_text = pdf.index(b"/Title (") + len(b"/Title (")
    changed = desk.ask(queries.check, pdf[:at_text] + b"X" + pdf[at_text + 1 :])
    assert not changed.ours
    assert "was changed after it was signed" in changed.told
    added = desk.ask(queries.check, with_a_note(pdf))
    assert not added.ours
    desk.do(documents.put, pdf, "application/pdf")
    desk.do(commands.end, loaded.certificate_id)
    assert desk.ask(queries.check, pdf).sound
    late = sign(pdf_bytes(paper()), file, Signature("Payment request 7", "", NOON + DAY))
    assert "after the office took its certificate out of use" in desk.ask(queries.check, late).told
    timeless = desk.ask(queries.check, sign(pdf_bytes(paper()), file, Signature("Payment request 8", "", None)))
    assert not timeless.ours
    assert "doesn't say when it was signed" in timeless.told
    assert "isn't signed" in desk.ask(queries.check, made(desk)).told
    stranger = sign(pdf_bytes(paper()), pfx(password=""), Signature("Payment request 6", "", NOON))
    assert "wasn't signed with a certificate of this office" in desk.ask(queries.check, stranger).told
    with pytest.raises(UserError, match="can't be read"):
        desk.ask(queries.check, pdf[:900])


def with_a_note(pdf):
    """Somebody writes on the first page afterwards, with a tool that keeps what was there."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.add_annotation(0, FreeText(text="And £1,000 more", rect=(50, 50, 250, 80)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_elliptic_curve_signs_too(desk):
    loaded = desk.do(commands.load, pfx(), PASSWORD)
    assert loaded.told == f"PDFs are signed as {SIGNER} until 26 Dec 2027."
    assert checked(made(desk)).bottom_line


def test_an_office_issues_its_own_and_hands_out_the_public_part(desk):
    with pytest.raises(UserError, match="There is no such certificate"):
        desk.ask(queries.public)
    for wrong, said in (
        (NewOwn(" ", 2), "Give it a name"),
        (NewOwn("x" * 65, 2), "up to 64"),
        (NewOwn("Rents", 4), "three"),
    ):
        with pytest.raises(UserError, match=said):
            desk.do(commands.make_own, wrong)
    loaded = desk.do(commands.make_own, NewOwn("Housing  rents", 2))
    (row,) = desk.ask(queries.listed)
    assert (row.signer, row.self_signed, row.key_type, row.days) == ("Housing rents", True, "RSA 3072", 730)
    assert checked(made(desk)).bottom_line
    public = x509.load_der_x509_certificate(desk.ask(queries.public))
    assert public.fingerprint(hashes.SHA256()).hex() == row.sha256
    assert desk.ask(queries.public, loaded.certificate_id) == desk.ask(queries.public)


def test_without_a_certificate_there_is_room_to_sign_by_hand(desk):
    pdf = made(desk)
    assert checked(pdf) is None
    said = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert all(
        each in said for each in ("To be signed by hand", "No certificate is loaded.", "Signature: ....", "Day: ....")
    )
    assert desk.ask(queries.standing).told.startswith("Sign the PDF by hand: no certificate is loaded.")


def test_an_expired_certificate_signs_nothing_and_says_so(desk):
    desk.do(commands.load, pfx(last=NOON + DAY), PASSWORD)
    later = at(desk, 3)
    assert checked(made(later)) is None
    assert "certificate expired on 22 Nov 2026" in later.ask(queries.standing).told
    assert later.ask(queries.listed)[0].expired


@pytest.mark.parametrize(
    ("content", "password", "said"),
    [
        (pfx, "another", "password doesn't open"),
        (pfx, "", "has a password"),
        (pfx_without_key, PASSWORD, "no private key"),
        (lambda: b"%PDF-1.7 this is none", PASSWORD, "not a file with a certificate"),
        (lambda: pfx()[:200], PASSWORD, "doesn't open"),
        (lambda: pfx(last=NOON - DAY), PASSWORD, "expired on 20 Nov 2026"),
        (lambda: pfx(first=NOON + DAY), PASSWORD, "isn't valid before 22 Nov 2026"),
        (lambda: pfx(rsa_key(1024)), PASSWORD, "too weak"),
        (lambda: pfx(usage=ENCRYPTS), PASSWORD, "isn't for signing"),
        (lambda: pfx(purposes=[ExtendedKeyUsageOID.SERVER_AUTH]), PASSWORD, "isn't for signing"),
    ],
    ids=["password", "closed", "key", "kind", "cut", "expired", "early", "weak", "usage", "server"],
)
def test_what_an_office_can_not_sign_with_is_refused(desk, content, password, said):
    with pytest.raises(UserError, match=said):
        desk.do(commands.load, content(), password)
    assert desk.ask(queries.listed) == ()


def test_one_is_in_force_and_the_keys_of_the_earlier_ones_are_gone(desk):
    file = pfx()
    desk.do(commands.load, file, PASSWORD)
    with pytest.raises(UserError, match="in force already"):
        desk.do(commands.load, file, PASSWORD)
    desk.do(commands.load, pfx(password="", last=NOON + 700 * DAY), "")
    new, old = desk.ask(queries.listed)
    assert (new.in_force, old.in_force, old.ended_by, old.self_signed) == (True, False, "Test Officer", True)
    assert (new.days, new.key_type, new.serial, new.expires_soon) == (700, "Elliptic curve 256", "5eed", False)
    kept = select(SigningCertificate.id, SigningCertificate.sealed)
    sealed = desk.ask(lambda ctx: {row.id: row.sealed for row in ctx.session.execute(kept)})
    assert sealed[old.certificate_id] is None
    assert SIGNER.encode() not in sealed[new.certificate_id]
    noted = select(AuditEntry.after).where(AuditEntry.table_name == "signing_certificate")
    assert not any("sealed" in each for each in desk.ask(lambda ctx: ctx.session.scalars(noted).all()))
    desk.do(commands.end, new.certificate_id)
    assert checked(made(desk)) is None
    with pytest.raises(UserError, match="out of use already"):
        desk.do(commands.end, new.certificate_id)


def test_the_office_is_told_once_before_it_expires(desk):
    desk.do(commands.load, pfx(last=NOON + 100 * DAY), PASSWORD)
    desk.do(commands.warn)
    assert told_tasks(desk) == []
    for later in (41, 42):
        at(desk, later).do(commands.warn)
    assert told_tasks(desk) == [(f"Get another signing certificate: {SIGNER}", (NOON + 70 * DAY).date(), "open")]
    at(desk, 43).do(commands.load, pfx(), PASSWORD)
    assert [state for *_, state in told_tasks(desk)] == ["done"]


def test_where_the_key_of_the_database_is_missing_it_is_signed_by_hand(desk, tmp_path):
    desk.do(commands.load, pfx(), PASSWORD)
    for each in (tmp_path / "home" / "xdg_config_home" / "Rentbook" / "keys").iterdir():
        each.unlink()
    keys.forget()
    assert checked(made(desk)) is None
    assert "the key that opens the certificate isn't here. Ask whoever has it" in desk.ask(queries.standing).told
    keys.forget()


@pytest.mark.logs
def test_what_a_library_can_not_sign_is_signed_by_hand(desk, monkeypatch):
    desk.do(commands.load, pfx(), PASSWORD)
    monkeypatch.setattr("tzlocal.get_localzone", lambda: {}["nowhere"])
    found = desk.ask(keeping.signed_pdf, paper(), "Payment request 5")
    assert checked(found.content) is None
    assert "It can't be signed with this certificate." in PdfReader(io.BytesIO(found.content)).pages[0].extract_text()
    assert found.standing.warning.startswith("Sign the PDF by hand: it can't be signed with this certificate.")


@pytest.mark.logs
def test_a_certificate_that_signs_nothing_is_not_loaded(desk, monkeypatch):
    monkeypatch.setattr("tzlocal.get_localzone", lambda: {}["nowhere"])
    with pytest.raises(UserError, match="can't be signed with this certificate"):
        desk.do(commands.load, pfx(), PASSWORD)
    assert desk.ask(queries.listed) == ()
