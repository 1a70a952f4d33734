"""Scenes of the Statements page."""

from __future__ import annotations

from app.shots.stage import tab

SCENES = (tab("statements"),)
