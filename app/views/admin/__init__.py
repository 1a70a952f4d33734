"""Administration: the landlord, the office's rules and calendars, its officers, and the audit.

The page is a list of sections. A section is a `Page` of its own (`<section>.py`) with a controller of its own
(`controller/<section>.py`), named in `sections.py` and made when it is first opened.
"""
