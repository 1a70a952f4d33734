"""`rentbook signing`: the certificate is loaded with its password, and its days are told."""

from app.services.exports.dto import Column, Table
from app.services.exports.pdf import pdf_bytes
from app.services.exports.signing import Signature, sign
from tests.certificates import NOON, PASSWORD, SIGNER, pfx


def test_a_certificate_is_loaded_and_its_days_told(office, tmp_path):
    assert "no certificate is loaded" in office("signing", "status").out
    file = tmp_path / "rents.pfx"
    file.write_bytes(pfx())
    refused = office("signing", "load", file, "--password", "another")
    assert (refused.code, refused.out) == (1, "")
    assert "The password doesn't open this file." in refused.err
    assert office("signing", "load", file, "--password", PASSWORD).out == (
        f"PDFs are signed as {SIGNER} until 26 Dec 2027.\n"
    )
    told = office("signing", "status", "--json").data
    assert told["signs"]
    assert [(each["days"], each["in_force"], each["serial"]) for each in told["certificates"]] == [(400, True, "5eed")]
    public = tmp_path / "rents.cer"
    assert office("signing", "save", public).code == 0
    assert SIGNER.encode() in public.read_bytes()
    assert office("signing", "load", tmp_path / "none.pfx", "--password", "").code == 1


def test_a_pdf_that_is_not_ours_is_told_by_the_exit_code(office, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf_bytes(Table("A paper", (), (Column("What"),), [("Something",)])))
    told = office("signing", "check", file, "--json")
    assert (told.code, told.data["ours"], told.data["kept"]) == (1, False, False)
    certificate = pfx(password="")
    (tmp_path / "rents.pfx").write_bytes(certificate)
    office("signing", "load", tmp_path / "rents.pfx", "--password", "")
    file.write_bytes(sign(file.read_bytes(), certificate, Signature("Payment request 12", "", NOON)))
    told = office("signing", "check", file, "--json")
    assert (told.code, told.data["ours"], told.data["kept"]) == (1, True, False)
    file.write_bytes(b"no PDF")
    assert "can't be read" in office("signing", "check", file).err
