"""What is attached is what its content says, within limits; everything else is refused with a sentence."""

import pytest
from sqlalchemy import func, select

from app.models.documents import Document
from app.models.policy import PolicyValue
from app.models.values import Subject
from app.services.core import finding
from app.services.core.errors import UserError
from app.services.documents import commands, queries, sources
from app.services.documents.dto import NewFile
from app.services.documents.recognising import recognise, safe_name
from tests.factories import lettings
from tests.services.documents.conftest import bomb, pdf, picture, word

CARD = "4111 1111 1111 1111"


def attach(desk, account, *files):
    return desk.do(commands.attach, Subject.ACCOUNT, account, [NewFile(*file) for file in files])


def listed(desk, account):
    return [row.title for row in desk.ask(queries.listed, Subject.ACCOUNT, account)]


@pytest.mark.parametrize(
    ("name", "content", "media_type", "shape"),
    [
        ("letter.pdf", pdf(), "application/pdf", "pdf"),
        ("scan.png", picture(), "image/png", "picture"),
        ("photo.JPG", picture("JPEG"), "image/jpeg", "picture"),
        ("fax.tif", picture("TIFF"), "image/tiff", "picture"),
        ("photo.jpg", picture("WEBP"), "image/webp", "picture"),
        ("note.txt", "Rang Mrs Tést".encode(), "text/plain", "text"),
        ("old note.txt", "£12 owed".encode("cp1252"), "text/plain", "text"),
        ("unicode.txt", "£12".encode("utf-16"), "text/plain", "text"),
        ("rows.csv", b"a,b\n1,2\n", "text/csv", "text"),
        ("page.htm", b"<html><img src='http://127.0.0.1/x.png'></html>", "text/html", "text"),
        ("mail.eml", b"From: a@b.test\nTo: c@d.test\nSubject: Rent\n\nHello", "message/rfc822", "text"),
        ("letter.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""),
        ("scan", picture(), "image/png", "picture"),
    ],
)
def test_a_document_is_known_by_its_content(desk, account, name, content, media_type, shape):
    done = attach(desk, account, (name, content))
    assert done.refused == ()
    (row,) = desk.ask(queries.listed, Subject.ACCOUNT, account)
    assert (row.media_type, row.shape, row.size, row.removable) == (media_type, shape, len(content), True)
    assert done.changes.account_ids == {account}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nothing.pdf", b"", "nothing.pdf is empty"),
        ("photo.png", b"just words", "photo.png is not a picture, whatever its name says: what is in it is text."),
        ("photo.png", pdf(), "photo.png is not a picture, whatever its name says: what is in it is a PDF."),
        ("letter.pdf", picture(), "letter.pdf is not a PDF, whatever its name says: what is in it is a PNG picture."),
        ("invoice.pdf", b"MZ\x90\x00" + bytes(200), "invoice.pdf is a program, whatever its name says"),
        ("run.bat", b"echo hello", "run.bat is a program"),
        ("setup\u202efdp.exe", b"text", "is a program"),
        ("photo.png", picture()[:60], "photo.png is damaged: it begins like a PNG picture"),
        ("photo.jpg", picture("JPEG", (400, 400))[:900], "photo.jpg is damaged: it begins like a JPEG picture"),
        ("letter.pdf", pdf()[:400], "letter.pdf is damaged: it begins like a PDF"),
        ("letter.pdf", b"%PDF-1.4 nonsense %%EOF", "letter.pdf is damaged: it begins like a PDF"),
        ("huge.png", bomb(), "huge.png has too many pixels, and pictures of at most 60 megapixels are kept"),
        ("large.png", bomb(8_000), "large.png has 8,000 x 8,000 pixels, and pictures of at most 60 megapixels"),
        ("files.zip", word(more=())[:2] + b"\x03\x04" + bytes(40), "files.zip is an archive"),
        ("letter.docm", word(more=[("word/vbaProject.bin", b"x")]), "letter.docm holds macros"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + bytes(20), "can't be shown"),
        ("what.bin", bytes(range(256)), "what.bin is not a PDF, a picture, text or an office file"),
        ("note.txt", f"Card {CARD}".encode(), "note.txt holds what looks like a card number, ending 1111"),
        ("letter.docx", word(f"Paid with {CARD}"), "letter.docx holds what looks like a card number"),
        (f"{CARD}.txt", b"words", "The name of the file holds what looks like a card number"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_a_sentence(desk, account, name, content, said):
    done = attach(desk, account, (name, content), ("good.txt", b"This one is kept."))
    (refused,) = done.refused
    assert said in refused.message
    assert listed(desk, account) == ["good.txt"]


def test_a_file_over_the_limit_is_refused_by_its_size_alone(desk, account):
    def lower(ctx):
        ctx.session.add(
            PolicyValue(
                key="documents.largest_mb",
                scope="",
                effective_from=ctx.clock.today(),
                value="1",
                unit="MB",
                source="test",
                verified_by="",
            )
        )

    desk.do(lower)
    assert desk.ask(queries.limits_of_today).largest_bytes == 1_000_000
    (refused,) = attach(desk, account, ("huge.pdf", pdf() + bytes(1_000_001))).refused
    assert refused.message.startswith("huge.pdf is 1 MB, and files of at most 1 MB are kept.")


def test_a_payment_reference_is_no_card_number(desk):
    made = desk.do(lambda ctx: lettings.letting(ctx, reference="4111111111111111").account.id)
    assert attach(desk, made, ("note.txt", b"Reference 4111111111111111")).refused == ()


def test_the_same_bytes_are_kept_once_and_linked_to_many_records(desk, account):
    other = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    (link,) = attach(desk, account, ("scan.png", picture(), "Tenancy agreement")).link_ids
    again = attach(desk, account, ("copy of scan.png", picture()))
    assert again.refused[0].message.startswith("copy of scan.png is there already, as 'Tenancy agreement'")
    desk.do(commands.link_to, link, Subject.ACCOUNT, other)
    with pytest.raises(UserError, match="is there already"):
        desk.do(commands.link_to, link, Subject.ACCOUNT, other)
    assert listed(desk, other) == ["Tenancy agreement"]
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Document))) == 1


def test_a_document_is_taken_away_with_a_reason_and_leaves_its_trail(desk, account):
    (link,) = attach(desk, account, ("scan.png", picture(), "Tenancy agreement")).link_ids
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.unlink, link, " ")
    desk.do(commands.unlink, link, "Another tenant's")
    assert listed(desk, account) == []
    steps = desk.ask(queries.trail, link)
    assert [(step.action, step.officer, step.reason) for step in steps] == [
        ("attached", "Test Officer", ""),
        ("taken away", "Test Officer", "Another tenant's"),
    ]
    with pytest.raises(UserError, match="no longer there"):
        desk.do(commands.unlink, link, "Again")
    assert attach(desk, account, ("scan.png", picture())).refused == ()


def test_what_rentbook_made_stays(desk, account):
    from app.services.documents import keeping
    from app.services.documents.dto import NewLink

    def make(ctx):
        sha256 = keeping.put(ctx, pdf(), "application/pdf")
        return keeping.link(ctx, sha256, NewLink(Subject.ACCOUNT, account, "statement", "Statement", "statement.pdf"))

    made = desk.do(make)
    with pytest.raises(UserError, match="Rentbook made this document"):
        desk.do(commands.unlink, made, "Not wanted")


def test_an_attached_document_is_found_by_its_title_until_it_is_taken_away(desk, account):
    sources.register()
    (link,) = attach(desk, account, ("scan.png", picture(), "Tenancy agreement")).link_ids
    (group,) = desk.ask(finding.find, "agreement ten")
    assert [(found.subject, found.subject_id, found.title) for found in group.found] == [
        (Subject.ACCOUNT, account, "Tenancy agreement")
    ]
    desk.do(commands.unlink, link, "Another tenant's")
    assert desk.ask(finding.find, "agreement") == ()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\scans\\letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd"),
        ("fdp\u202egpj.exe", "fdpgpj.exe"),
        ("a\nb.txt", "ab.txt"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_file_name_hides_nothing(given, kept):
    assert safe_name(given) == kept


def test_recognising_reads_no_further_than_it_must():
    with pytest.raises(UserError, match="is a program"):
        recognise("a.pdf", b"MZ" + bytes(30_000_000))
