"""Where there is no screen, the window says so instead of ending without a word."""

import sys

from app import __main__ as program


def test_without_a_screen_it_says_so(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert program.main([]) == 1
    said = capsys.readouterr()
    assert (said.out, "no screen to open a window on" in said.err) == ("", True)
