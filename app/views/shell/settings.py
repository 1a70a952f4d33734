"""What this computer remembers for the officer, declared once: key, default, label."""

from __future__ import annotations

from dataclasses import dataclass

from app.views.common.remembered import store
from app.views.common.theme import Scheme, Theme


@dataclass(frozen=True, slots=True)
class Setting:
    """A remembered text and what it is for."""

    key: str
    default: str
    label: str

    def read(self) -> str:
        """The remembered value, or the default."""
        return str(store().value(self.key, self.default))

    def write(self, value: str) -> None:
        """Remember a value."""
        store().setValue(self.key, value)


SCHEME = Setting("look/scheme", Scheme.SYSTEM.value, "Colours: system, light or dark")
TEXT_SIZE = Setting("look/text_size", "100", "Text size in per cent")
DATABASE = Setting("database/last", "", "The database that was open last")


def restore_look(theme: Theme) -> None:
    """Dress the application as the officer left it."""
    scheme = SCHEME.read()
    size = TEXT_SIZE.read()
    theme.choose(
        Scheme(scheme) if scheme in {each.value for each in Scheme} else Scheme.SYSTEM,
        int(size) if size.isdigit() else 100,
    )
