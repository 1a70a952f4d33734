"""Without a certificate nothing is signed, and whoever asks for a signature can't miss it."""

import pytest


@pytest.fixture
def sign(built, monkeypatch):
    for name in ("CERTIFICATE", "THUMBPRINT", "PASSWORD", "TIMESTAMP"):
        monkeypatch.delenv(f"RENTBOOK_SIGN_{name}", raising=False)
    return built("sign")


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "rentbook.exe"
    made.write_bytes(b"MZ")
    return made


def test_no_certificate(sign, file, capsys):
    assert sign.main([str(file)]) == 1
    assert capsys.readouterr().err.startswith("NOT SIGNED. There is no certificate")
    assert file.read_bytes() == b"MZ"


def test_a_certificate_that_is_not_there_and_no_time_stamp(sign, file, monkeypatch, capsys):
    monkeypatch.setenv("RENTBOOK_SIGN_CERTIFICATE", str(file.with_name("none.pfx")))
    assert sign.main([str(file)]) == 1
    assert "no certificate at" in capsys.readouterr().err
    monkeypatch.setenv("RENTBOOK_SIGN_CERTIFICATE", str(file))
    assert sign.main([str(file)]) == 1
    assert "time-stamp" in capsys.readouterr().err


@pytest.mark.parametrize("files", [[], ["nowhere.exe"]])
def test_nothing_to_sign(sign, files, capsys):
    assert sign.main(files) == 1
    assert "NOT SIGNED" in capsys.readouterr().err


def test_a_program_that_fails_to_sign_is_a_failure(sign, file, monkeypatch, tmp_path, capsys):
    tool = tmp_path / "osslsigncode"
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("RENTBOOK_SIGN_CERTIFICATE", str(file))
    monkeypatch.setenv("RENTBOOK_SIGN_TIMESTAMP", "http://stamp.example")
    assert sign.main([str(file)]) == 1
    assert "Nothing here signs" in capsys.readouterr().err
    tool.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    tool.chmod(0o755)
    assert sign.main([str(file)]) == 1
    assert "did not sign it" in capsys.readouterr().err
    tool.write_text('#!/bin/sh\nfor last; do :; done\nprintf signed > "$last"\n', "utf-8")
    assert sign.main([str(file)]) == 0
    assert file.read_text("utf-8") == "signed"


def test_an_installer_that_should_be_signed_is_not_made_without_a_certificate(sign, built, capsys):
    assert built("installer").main(["--sign"]) == 1
    assert "NOT SIGNED. There is no certificate" in capsys.readouterr().err
