"""Rentbook: the desktop workbench of a council's housing rents team."""

__version__ = "0.5.0"
