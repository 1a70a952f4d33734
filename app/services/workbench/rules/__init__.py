"""Rules of forms: what a typed date means, and how two officers' changes of one record go together."""
