"""The reporting views: what other programs may read, declared once and compiled for both engines."""
