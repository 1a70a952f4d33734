"""A second copy of the program on the same file: the first is brought to the front, the second says so.

Two copies damage nothing (each change is one transaction, and a record changed meanwhile is never overwritten), but an
officer with two windows on one file by mistake looks at old figures in one of them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLockFile, QObject, Signal


class Copies(QObject):
    """Holds a lock for the file that is open, in the user's own folder, and listens for other copies.

    Signals:
        called: another copy was started on the same file.
    """

    called = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock: QLockFile | None = None
        self._server: QObject | None = None

    def take(self, place: str) -> bool:
        """Hold the file at this place; False if another copy of this user holds it. Lets go of one held before.

        The lock of a copy that crashed is taken over.
        """
        self.release()
        folder = Path(platformdirs.user_state_dir("Rentbook", appauthor=False)) / "open"
        folder.mkdir(parents=True, exist_ok=True)
        lock = QLockFile(str(folder / f"{_name(place)}.lock"))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError:
            return False
        self._lock = lock
        return True

    def listen(self, place: str) -> None:
        """Be called to the front from now on."""
        from PySide6.QtNetwork import QLocalServer

        if self._lock is None or self._server is not None:
            return
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(place))
        server.newConnection.connect(self._answer)
        server.listen(_name(place))
        self._server = server

    def call_first(self, place: str) -> None:
        """Ask the copy that holds the file to come to the front."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket(self)
        socket.connected.connect(socket.disconnectFromServer)
        socket.disconnected.connect(socket.deleteLater)
        socket.errorOccurred.connect(lambda _error: socket.deleteLater())
        socket.connectToServer(_name(place))

    def release(self) -> None:
        """Let go of the file."""
        if self._server is not None:
            self._server.deleteLater()
            self._server = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _answer(self) -> None:
        from PySide6.QtNetwork import QLocalServer

        assert isinstance(self._server, QLocalServer)
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
        self.called.emit()


def _name(place: str) -> str:
    """A name for the file that no other user's copy has."""
    whose = f"{Path.home()}\n{Path(place).absolute()}"
    return "rentbook-" + hashlib.sha256(whose.encode()).hexdigest()[:16]
