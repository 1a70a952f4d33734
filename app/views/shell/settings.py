"""What this computer remembers from day to day, declared once: key, default, label."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.views.common.remembered import Memory
from app.views.common.theme import Scheme, Theme


@dataclass(frozen=True, slots=True)
class Setting:
    """A remembered text and what it is for."""

    key: str
    default: str
    label: str

    def read(self, memory: Memory | None = None) -> str:
        """The remembered value, or the default; of this computer where no officer's memory is given."""
        return (memory or Memory()).read(self.key, self.default)

    def write(self, value: str, memory: Memory | None = None) -> None:
        """Remember a value."""
        (memory or Memory()).write(self.key, value)


SCHEME = Setting("look/scheme", "", "Colours: system, light or dark")
TEXT_SIZE = Setting("look/text_size", "", "Text size in per cent")
DATABASE = Setting("database/last", "", "The database that was open last")
LEFT_AT = Setting("tab/left_at", "", "The tab that the officer left, after the day")
TOURED = Setting("tour/seen", "", "Whether the first-day tour was shown")


def keep_tab(name: str, today: date, memory: Memory) -> None:
    """Remember where the officer left."""
    LEFT_AT.write(f"{today.isoformat()} {name}", memory)


def tab_left(today: date, memory: Memory) -> str:
    """The area that the officer left earlier the same day; empty on another day, which begins at the first tab."""
    day, _, name = LEFT_AT.read(memory).partition(" ")
    return name if day == today.isoformat() else ""


def keep_look(theme: Theme, memory: Memory) -> None:
    """Remember colours and text size for the officer, and for this computer until an officer sits down."""
    for each in (memory, Memory()):
        SCHEME.write(theme.wanted.value, each)
        TEXT_SIZE.write(str(theme.text_size), each)


def restore_look(theme: Theme, memory: Memory | None = None) -> None:
    """Dress the application as the officer left it; what isn't remembered stays as it is."""
    scheme, size = SCHEME.read(memory), TEXT_SIZE.read(memory)
    wanted = Scheme(scheme) if scheme in {each.value for each in Scheme} else theme.wanted
    larger = int(size) if size.isdigit() else theme.text_size
    if (wanted, larger) != (theme.wanted, theme.text_size):
        theme.choose(wanted, larger)
