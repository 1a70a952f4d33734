"""Who is at the computer: the operating system's word, not what a variable claims."""

from __future__ import annotations

import os
import sys


def system_user() -> tuple[str, str]:
    """The sign-in name of the operating-system user, and their full name if the system keeps one (else the sign-in name)."""
    if sys.platform == "win32":
        name = os.getlogin()
        return name, name
    import pwd

    try:
        entry = pwd.getpwuid(os.getuid())
    except KeyError:
        return f"user-{os.getuid()}", f"User {os.getuid()}"
    return entry.pw_name, entry.pw_gecos.split(",")[0] or entry.pw_name
