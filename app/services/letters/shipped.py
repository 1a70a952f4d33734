"""The templates that come with the program: plain files with a small head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from app.services.core.resources import resource
from app.services.letters.dto import Channel, Wording

_HEAD: Final = frozenset({"key", "title", "channel", "approval", "subject"})


@dataclass(frozen=True, slots=True)
class Shipped:
    """A template as it is shipped."""

    key: str
    title: str
    channel: Channel
    wording: Wording


@cache
def shipped() -> Mapping[str, Shipped]:
    """The shipped templates by key, in the order of their titles, letters before e-mails before text messages."""
    found = [read_template(path) for path in resource("templates", "letters").glob("*.txt")]
    channels = list(Channel)
    return {each.key: each for each in sorted(found, key=lambda each: (channels.index(each.channel), each.title))}


def read_template(path: Path) -> Shipped:
    """One file.

    Raises:
        ValueError: its head lacks something or has something unknown.
    """
    head, _, body = path.read_text(encoding="utf-8").replace("\r\n", "\n").partition("\n\n")
    values = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        if key.strip() not in _HEAD:
            raise ValueError(f"{path.name}: '{key}' is not something that a template has.")
        values[key.strip()] = value.strip()
    missing = _HEAD - {"subject"} - values.keys()
    if missing:
        raise ValueError(f"{path.name}: {', '.join(sorted(missing))} is missing.")
    wording = Wording(values.get("subject", ""), body.strip(), values["approval"] == "yes")
    return Shipped(values["key"], values["title"], Channel(values["channel"]), wording)
