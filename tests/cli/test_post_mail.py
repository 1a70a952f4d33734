"""`rentbook post import`, `rentbook post fetch` and `rentbook post send`."""

from dataclasses import replace

from app.models.values import MailboxKind, MailSecurity
from app.services.post_log.mailboxes.commands import save
from app.services.post_log.mailboxes.dto import MailboxForm
from tests.services.letters.conftest import landlord as _landlord
from tests.services.post_log.mail.messages import CARD, eml
from tests.services.post_log.mailboxes.imap_office import PASSWORD, USER, ImapOffice
from tests.services.post_log.sending.conftest import answer, arrive, mailbox
from tests.services.post_log.sending.conftest import secured as _secured
from tests.services.post_log.sending.smtp_office import SmtpOffice

landlord, secured = _landlord, _secured


def test_files_are_logged_once_and_what_is_left_is_told(office, tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.eml").write_bytes(eml(number))
    (tmp_path / "card.eml").write_bytes(eml(3, f"take {CARD}"))
    found = office("post", "import", tmp_path, "--json")
    assert (found.code, found.data["logged"], found.data["known"], found.data["items"]) == (1, 2, 0, [1, 2])
    (left,) = found.data["left"]
    assert (left["place"], left["why"]) == (str(tmp_path / "card.eml"), "card")
    again = office("post", "import", tmp_path, "--blank-cards")
    assert again.code == 0
    assert again.out.startswith("1 logged, 0 joined a conversation, 2 were there before, 0 left")


def test_a_mailbox_is_fetched(office, desk):
    assert "No mailbox is set up yet" in office("post", "fetch").err
    with ImapOffice() as server:
        server.put(eml(1), eml(2))
        form = MailboxForm("Rents", MailboxKind.IMAP, USER, "127.0.0.1", server.port, MailSecurity.NONE)
        desk.do(save, replace(form, secret=PASSWORD))
        found = office("post", "fetch", "rents", "--json")
    assert (found.code, found.data["mailboxes"][0]["logged"]) == (0, 2)
    assert office("post", "fetch", "--due").out.strip() == "No mailbox is due."


def test_what_waits_goes_out_from_the_mailbox(office, desk, landlord, secured):
    with SmtpOffice(secured) as server:
        mailbox(desk, server)
        answer(desk, arrive(desk, eml(1)))
        found = office("post", "send", "--json")
        assert (found.code, found.data["sent"], found.data["left"]) == (0, 1, 0)
        server.answers = {"RCPT": "550 no such user"}
        answer(desk, arrive(desk, eml(2, sender="b@example.org")), key="b")
        told = office("post", "send")
        assert (told.code, "0 sent, 1 failed, 0 wait." in told.out, "no such user" in told.out) == (1, True, True)
        assert len(server.messages) == 1
