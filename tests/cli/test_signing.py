"""`rentbook signing`: the certificate is loaded with its password, and its days are told."""

from tests.certificates import PASSWORD, SIGNER, pfx


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
    assert office("signing", "load", tmp_path / "none.pfx", "--password", "").code == 1
