"""The bank's report of returned credits (ARUCS), read and put back, whatever was paid by them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtWidgets import QWidget

from app.views.common.dialogs import ask_open
from app.views.common.files import read_file
from app.views.common.office import Office

_REPORTS: Final = "Reports of Bacs (*.xml);;All files (*)"
_TOLD: Final = 5


class _PutBack(Protocol):
    """What became of the credits of a report."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """Those that aren't ours, a sentence each."""

    @property
    def told(self) -> str:
        """A sentence for the message bar."""


def read_returns(office: Office, page: QWidget, puts_back: Callable[..., _PutBack], then: Callable[[], object]) -> None:
    """Ask for the report, put back what it names by a command, and say what is in it that isn't ours; `then` follows."""

    def read(path: str) -> None:
        office.elsewhere(page, lambda: read_file(Path(path)), then=put_back)

    def put_back(content: bytes) -> None:
        office.do(page, puts_back, content, then=tell)

    def tell(done: _PutBack) -> None:
        more = f" {'; '.join(done.unknown[:_TOLD])}" if done.unknown else ""
        (office.messages.info if done.unknown else office.messages.good)(f"{done.told}{more}")
        then()

    ask_open(page, "The report of returned credits (ARUCS)", _REPORTS).fileSelected.connect(read)
