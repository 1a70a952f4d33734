"""Of this part of Qt, what is in use."""

from packing import qt_parts
from PyInstaller.utils.hooks.qt import add_qt6_dependencies

hiddenimports, binaries, datas = add_qt6_dependencies(__file__)
binaries, datas = list(qt_parts(binaries)), list(qt_parts(datas))
