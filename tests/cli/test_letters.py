"""`rentbook letters`: written, listed, printed to a file, and sent."""

from pypdf import PdfReader

from app.models.landlord import Landlord
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def tenant(desk):
    """Robin Sample of the account 7000 0123."""

    def make(ctx):
        ctx.session.add(Landlord(name="Sample District Council", office="Rents team"))
        people = [lettings.person(ctx, "Robin", "Sample", email="robin@example.com")]
        return lettings.letting(ctx, "100.00", people=people, reference="7000 0123").account.id

    return desk.do(make)


def test_a_letter_is_written_queued_printed_and_gone_from_the_queue(office, tenant, tmp_path):
    made = office("letters", "write", "7000 0123", "account_balance", "--json")
    assert (made.code, made.data["state"]) == (0, "queued")
    listed = office("letters", "queue", "--json").data["letters"]
    assert [(each["title"], each["reference"]) for each in listed] == [("Account balance", "7000 0123")]
    out = tmp_path / "letters.pdf"
    printed = office("letters", "print", "--out", out, "--two-sided", "--mark", "--json")
    assert (printed.data["letters"], printed.data["pages"] % 2) == (1, 0)
    assert "Dear Mx Sample," in PdfReader(out).pages[0].extract_text()
    assert office("letters", "queue", "--json").data["letters"] == []
    refused = office("letters", "print", "--out", out)
    assert (refused.code, refused.err.splitlines()[0]) == (1, "None of these can be printed.")


def test_what_a_template_asks_for_is_given_by_key(office, tenant):
    wrong = office("letters", "write", "7000 0123", "general_letter", "--set", "subject=Hello")
    assert wrong.code == 1
    assert "'Text' is not filled in." in wrong.err
    assert office("letters", "write", "7000 0123", "general_letter", "--set", "subject").code == 2
    made = office(
        "letters", "write", "7000 0123", "general_letter", "--set", "subject=Hello", "--set", "text=Thank you."
    )
    assert made.code == 0
    listed = office("letters", "templates", "--json").data["templates"]
    assert {
        "key": "general_letter",
        "title": "General letter",
        "channel": "letter",
        "asks": ["subject", "text"],
    } in listed


def test_sending_without_a_key_says_so(office, tenant):
    office("letters", "write", "7000 0123", "email_balance")
    sent = office("letters", "send", "--json")
    assert sent.code == 0
    assert (sent.data["sent"], sent.data["left"]) == (0, 1)
    assert sent.data["stopped"] == "Not sent: the office has no key for GOV.UK Notify."
