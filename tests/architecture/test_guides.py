"""The officer's guide is made of all help pages, the administrator's of all of its own; links and pictures are there."""

import re

from app.shots.taking import MODULES, scenes
from tests.architecture.repository import ROOT

HELP = {path.stem: path.read_text("utf-8") for path in (ROOT / "resources" / "help").glob("*.md")}
GUIDES = {path: path.read_text("utf-8") for path in (ROOT / "resources" / "guides").rglob("*.md")}
TOLD = (ROOT / "build" / "guides.py").read_text("utf-8")


def test_every_help_page_has_its_place_in_the_guide():
    named = re.findall(r'^    "([a-z_]+)": \(', TOLD, re.MULTILINE)
    assert sorted(named) == sorted(HELP)


def test_every_picture_of_the_guide_is_of_a_scene():
    told = TOLD[TOLD.index("CHAPTERS = {") : TOLD.index("CSS = ")]
    wanted = {name for line in re.findall(r": \((.*?)\)", told) for name in re.findall(r'"([a-z-]+)"', line)}
    assert wanted
    assert wanted <= {scene.name for module in MODULES for scene in scenes(module)}


def test_a_link_from_a_help_page_leads_to_one():
    for name, text in HELP.items():
        for topic in re.findall(r"(?<!!)\[[^\]]+\]\(([a-z_]+)(?:\.md)?\)", text):
            assert topic in HELP, f"{name} names {topic}"


def test_every_page_of_the_administrators_guide_has_its_place_in_it():
    told = TOLD[TOLD.index("ADMINISTRATION = (") : TOLD.index('"""The pages of the administrator')]
    pages = {path.relative_to(ROOT / "resources" / "guides").with_suffix("").as_posix() for path in GUIDES}
    assert set(re.findall(r'"([a-z_/]+)"', told)) == pages


def test_a_link_from_a_guide_leads_to_a_page_or_a_heading():
    for path, text in GUIDES.items():
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", text):
            there = f"### {target[1:]}\n" in text if target.startswith("#") else (path.parent / target).is_file()
            assert there, f"{path.name} names {target}"
