"""Signs the executables, the uninstaller and the installer: `python build/sign.py FILE...`.

Nothing is signed without a certificate, and whoever asks for a signature is told so: the exit code is 1. What it needs:

    RENTBOOK_SIGN_CERTIFICATE   the certificate with its key (.pfx); or
    RENTBOOK_SIGN_THUMBPRINT    of a certificate in the store of this Windows, such as one on a token
    RENTBOOK_SIGN_PASSWORD      of the .pfx, if it has one
    RENTBOOK_SIGN_TIMESTAMP     the address of a time-stamp server, so that the signature outlives the certificate

On Windows signtool of the Windows SDK signs, elsewhere osslsigncode.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "Rentbook"


def main(files: list[str]) -> int:
    """Sign each file; 1 if any isn't signed."""
    missing = [name for name in files if not Path(name).is_file()]
    if missing or not files:
        return fail(f"There is no file {', '.join(missing)}." if missing else "Say which files to sign.")
    try:
        command = signing(os.environ)
    except LookupError as error:
        return fail(str(error.args[0]))
    for name in files:
        if not signed(command, Path(name)):
            return fail(f"{name}: {command[0]} did not sign it.")
    return 0


def signing(settings: Mapping[str, str]) -> list[str]:
    """The command that signs, without the file.

    Raises:
        LookupError: there is no certificate, no time-stamp server, or no program to sign with; its text says which.
    """
    certificate, thumbprint = settings.get("RENTBOOK_SIGN_CERTIFICATE"), settings.get("RENTBOOK_SIGN_THUMBPRINT")
    if not certificate and not thumbprint:
        raise LookupError("There is no certificate: set RENTBOOK_SIGN_CERTIFICATE or RENTBOOK_SIGN_THUMBPRINT.")
    if certificate and not Path(certificate).is_file():
        raise LookupError(f"There is no certificate at {certificate}.")
    stamp = settings.get("RENTBOOK_SIGN_TIMESTAMP")
    if not stamp:
        raise LookupError("There is no time-stamp server: set RENTBOOK_SIGN_TIMESTAMP.")
    password = settings.get("RENTBOOK_SIGN_PASSWORD", "")
    if signtool := shutil.which("signtool"):
        key = (
            ["/f", certificate, *(["/p", password] if password else [])] if certificate else ["/sha1", f"{thumbprint}"]
        )
        return [signtool, "sign", "/fd", "SHA256", "/td", "SHA256", "/tr", stamp, "/d", NAME, *key]
    if (other := shutil.which("osslsigncode")) and certificate:
        secret = ["-pass", password] if password else []
        return [other, "sign", "-pkcs12", certificate, *secret, "-h", "sha256", "-ts", stamp, "-n", NAME]
    raise LookupError("Nothing here signs: install signtool (Windows SDK), or osslsigncode and use a .pfx.")


def signed(command: list[str], file: Path) -> bool:
    """Sign one file in its place; osslsigncode writes a new one beside it first."""
    if "osslsigncode" not in command[0]:
        return subprocess.run([*command, file], check=False).returncode == 0
    fresh = file.with_name(f"{file.name}.signed")
    done = subprocess.run([*command, "-in", file, "-out", fresh], check=False).returncode == 0
    if done:
        fresh.replace(file)
    return done


def fail(words: str) -> int:
    """Say so, loudly; the exit code."""
    print(f"NOT SIGNED. {words}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
