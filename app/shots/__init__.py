"""Pictures of every page and dialog: a module of scenes for each area.

`python3 build/dev.py shots FOLDER` pictures every scene, light and dark, at 100 and 150 per cent; names after the
folder picture only the scenes whose names begin so. The test that walks every page for names, tab order and cut text
walks the same scenes.
"""

from app.shots.taking import run

__all__ = ["run"]
