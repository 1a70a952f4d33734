"""The guides as HTML and PDF: `python3 build/dev.py guides FOLDER`.

The officer's guide is made of the help pages with pictures of the program's; the administrator's of the guide, the page about
the reporting views and the go-live pack.

`--words` leaves the pictures out. The page about the reporting views is written anew from its declaration by `--reporting`.
"""

from __future__ import annotations

import html
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from app import __version__
from app.services.reporting.documentation import markdown

ROOT = Path(__file__).resolve().parent.parent
HELP = ROOT / "resources" / "help"
GUIDES = ROOT / "resources" / "guides"
OFFICERS, ADMINISTRATORS = "Rentbook: the officer's guide", "Rentbook: administration and going live"
ADMINISTRATION = (
    "administrator/guide",
    "reporting",
    "go_live/impact_assessment",
    "go_live/record_of_processing",
    "go_live/security",
    "go_live/components",
    "go_live/restore_drill",
    "go_live/bank_test_plan",
    "go_live/exit_plan",
)
"""The pages of the administrator's guide, in their order."""
CHAPTERS = {
    "welcome": (),
    "sign_in": ("officers-sign-in",),
    "home": ("home",),
    "post_log": ("post", "post-mail"),
    "rent": ("rent", "rent-explained", "rent-hold"),
    "charges": ("charges",),
    "statements": ("statements",),
    "letters": ("letters",),
    "adjustments": ("adjustments", "adjustments-enter"),
    "direct_debits": ("direct-debits", "direct-debits-runs"),
    "purchase_orders": ("purchase-orders", "purchase-match"),
    "reception_payments": ("reception-take", "reception-till"),
    "approvals": ("approvals",),
    "officers": ("officers-roles",),
    "admin": ("admin-details", "admin-backups", "admin-exit"),
    "jobs": ("admin-jobs-failed",),
}
"""The help pages in the order of the guide, with the scenes that are pictured in each (`app/shots`)."""
CSS = """body{font:16px/1.5 "Open Sans",system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1a2b3c}
h1{margin-top:3rem;border-bottom:2px solid #ccd5de}h2{margin-top:2rem}img{max-width:100%;border:1px solid #ccd5de}
table{border-collapse:collapse}td,th{border:1px solid #ccd5de;padding:.3rem .6rem;text-align:left;vertical-align:top}
nav ul{list-style:none;padding-left:1rem}code{background:#eef2f6;padding:0 .2rem}@media print{h1{break-before:page}}"""
PRINTED = """h1{font-size:20pt;font-weight:600}h2{font-size:13pt;font-weight:600}h3{font-size:11pt;font-weight:600}
td,th{padding:3px 8px}p,li,td,th{font-size:10pt}"""
TABLE = '<table width="100%" border="1" cellspacing="0" style="border-collapse:collapse;margin-bottom:10px">'
LINED = 'style="border:1px solid #b8c4cf"'
MARGIN_MM, FOOT = 18, 28
WIDTH = 640
SMALLER = 0.6
"""A picture of a dialog is printed so much smaller than it is on the screen, so that its text is about that of a window's."""
_LINK = re.compile(r'<a href="(?:\.\./)?(?:[a-z_]+/)?([a-z_]+)(?:\.md)?">(.*?)</a>')
_WITHIN = re.compile(r'<a href="#[^"]*">(.*?)</a>')


@dataclass(frozen=True, slots=True)
class Chapter:
    """A help page: its name, its title, its text as HTML, and the headings under its title."""

    name: str
    title: str
    text: str
    headings: tuple[tuple[str, str], ...]


def chapters() -> list[Chapter]:
    """Every help page; one that the list doesn't name comes last, so that none is forgotten."""
    left = sorted(path.stem for path in HELP.glob("*.md") if path.stem not in CHAPTERS)
    return [_chapter(HELP / f"{name}.md") for name in [*CHAPTERS, *left]]


def administration() -> list[Chapter]:
    """The administrator's guide and the go-live pack; one that the list doesn't name comes last."""
    named = [GUIDES / f"{name}.md" for name in ADMINISTRATION]
    return [_chapter(path) for path in [*named, *sorted(set(GUIDES.rglob("*.md")) - set(named))]]


def _chapter(path: Path) -> Chapter:
    name = path.stem
    text = MarkdownIt("commonmark").enable("table").render(path.read_text("utf-8"))
    title = html.unescape(re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", text)[1]))
    headings: list[tuple[str, str]] = []

    def named(found: re.Match[str]) -> str:
        anchor = f"{name}-{len(headings) + 1}"
        headings.append((anchor, found[1]))
        return f'<h2 id="{anchor}">{found[1]}</h2>'

    text = re.sub(r"<h2>(.*?)</h2>", named, text)
    text = re.sub(r"<h3>([a-z_]+)</h3>", r'<h3 id="\1">\1</h3>', text)
    text = re.sub(r"<h1>.*?</h1>", f'<h1 id="{name}">{html.escape(title)}</h1>', text)
    text = text.replace('src="images/', 'src="pictures/')
    return Chapter(name, title, text, tuple(headings))


def pictured(chapter: Chapter, folder: Path) -> str:
    """The text with its pictures behind the first paragraph."""
    there = [name for name in CHAPTERS.get(chapter.name, ()) if (folder / f"{name}.png").exists()]
    images = "".join(f'<p><img src="pictures/{name}.png" alt="{chapter.title}"></p>' for name in there)
    first = chapter.text.find("</p>") + 4
    return chapter.text[:first] + images + chapter.text[first:]


def as_html(found: list[Chapter], folder: Path, title: str) -> str:
    """The whole guide as one page, with contents that lead to each heading."""
    names = {each.name for each in found}
    body = "".join(pictured(each, folder / "pictures") for each in found)
    body = _LINK.sub(lambda link: f'<a href="#{link[1]}">{link[2]}</a>' if link[1] in names else link[2], body)
    contents = "".join(
        f'<li><a href="#{each.name}">{html.escape(each.title)}</a><ul>'
        + "".join(f'<li><a href="#{anchor}">{words}</a></li>' for anchor, words in each.headings)
        + "</ul></li>"
        for each in found
    )
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title><style>{CSS}</style></head>'
        f"<body><header><p><b>{title}</b>, version {__version__}</p></header><nav><ul>{contents}</ul></nav>{body}</body></html>"
    )


def as_pdf(found: list[Chapter], folder: Path, title: str, file: str) -> int:
    """Write the guide as a PDF; how many pages it has. It is laid out twice: the first time tells the pages of the contents."""
    writer = QPdfWriter(str(folder / file))
    writer.setTitle(title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter)
    writer.setResolution(96)
    width, height = writer.width(), writer.height() - FOOT
    pages: dict[str, int] = {}
    for _ in range(2):
        document = _document(_printed(found, folder, title, pages), width, height, folder)
        pages = _places(document, found, height)
    painter = QPainter(writer)
    count = document.pageCount()
    for number in range(count):
        if number:
            writer.newPage()
        _page(painter, document, title, (number, count), QRectF(0, 0, width, height))
    painter.end()
    return count


def _document(text: str, width: float, height: float, folder: Path) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(QFont("Open Sans", 10))
    document.setDefaultStyleSheet(PRINTED)
    for path in (folder / "pictures").glob("*.png"):
        image = QImage(str(path))
        name = QUrl(f"pictures/{path.name}")
        document.addResource(QTextDocument.ResourceType.ImageResource, name, image)
    document.setHtml(text)
    document.setPageSize(QSizeF(width, height))
    return document


def _sized(image: re.Match[str], folder: Path) -> str:
    """A picture for paper: as wide as the text, or narrower where it is of a dialog."""
    wide = QImage(str(folder / image[1])).width()
    return f'<img src="{image[1]}" width="{min(WIDTH, round(wide * SMALLER))}">'


def _printed(found: list[Chapter], folder: Path, title: str, pages: dict[str, int]) -> str:
    """The guide for paper: each chapter on a new page, and a page number where the other has a link."""
    names = {each.name for each in found}
    body = ""
    for each in found:
        text = pictured(each, folder / "pictures").replace("<h1 ", '<h1 style="page-break-before:always" ')
        text = re.sub("<(t[dh])>", rf"<\1 {LINED}>", text.replace("<table>", TABLE))
        body += re.sub(r'<img src="([^"]+)"[^>]*>', lambda image: _sized(image, folder), text)

    def told(link: re.Match[str]) -> str:
        return f"{link[2]} (page {pages.get(link[1], 0)})" if link[1] in names else link[2]

    rows = "".join(
        f'<tr><td><b>{html.escape(each.title)}</b></td><td align="right">{pages.get(each.name, 0)}</td></tr>'
        + "".join(
            f'<tr><td>&nbsp;&nbsp;&nbsp;{words}</td><td align="right">{pages.get(anchor, 0)}</td></tr>'
            for anchor, words in each.headings
        )
        for each in found
    )
    body = _WITHIN.sub(r"\1", _LINK.sub(told, body))
    return (
        f'<div style="font-size:22pt;font-weight:600">{title}</div><p>Version {__version__}</p>'
        f'<h2>Contents</h2><table width="100%" cellspacing="0">{rows}</table>{body}'
    )


def _places(document: QTextDocument, found: list[Chapter], height: float) -> dict[str, int]:
    """The page of each heading, by its anchor."""
    layout, block, places = document.documentLayout(), document.begin(), {}
    headings = iter([name for each in found for name in (each.name, *(anchor for anchor, _ in each.headings))])
    began = False
    while block.isValid():
        level = block.blockFormat().headingLevel()
        began = began or level == 1
        if began and level in {1, 2}:
            places[next(headings)] = int(layout.blockBoundingRect(block).top() // height) + 1
        block = block.next()
    return places


def _page(painter: QPainter, document: QTextDocument, title: str, at: tuple[int, int], place: QRectF) -> None:
    """Paint one page, with its number and how many there are at the foot."""
    number, count = at
    painter.save()
    painter.translate(0, -number * place.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, number * place.height(), place.width(), place.height())
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()
    painter.setFont(QFont("Open Sans", 8))
    foot = QRectF(0, place.height(), place.width(), FOOT)
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, f"Page {number + 1} of {count}")
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, title)


def pictures(folder: Path) -> None:
    """Picture each scene of the guide once, light, at the size it was made for."""
    from app.offscreen import driven
    from app.shots.stage import Stage
    from app.shots.taking import MODULES, scenes, take
    from app.views.common.theme import Scheme

    wanted = {name for names in CHAPTERS.values() for name in names}
    with driven() as (program, theme):
        stage = Stage(program, theme)
        theme.choose(Scheme.LIGHT, 100)
        for scene in (each for module in MODULES for each in scenes(module)):
            if scene.name in wanted:
                stage.strike()
                take(stage, scene, folder / f"{scene.name}.png")
        stage.strike()


def main(arguments: list[str]) -> int:
    """Leave both guides in the folder as HTML and PDF, with their pictures."""
    if arguments == ["--reporting"]:
        (ROOT / "resources" / "guides" / "reporting.md").write_text(markdown(), "utf-8")
        return 0
    names = [each for each in arguments if not each.startswith("-")]
    if len(names) != 1:
        print("Say where the guide goes: python3 build/dev.py guides FOLDER")
        return 2
    folder = Path(names[0]).resolve()
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    for image in (HELP / "images").glob("*.png"):
        shutil.copy(image, folder / "pictures")
    if "--words" in arguments:
        from app.bootstrap import application

        _app = application()
    else:
        pictures(folder / "pictures")
    for title, file, found in (
        (OFFICERS, "officers-guide", chapters()),
        (ADMINISTRATORS, "administrators-guide", administration()),
    ):
        (folder / f"{file}.html").write_text(as_html(found, folder, title), "utf-8")
        print(f"{folder / file}: {as_pdf(found, folder, title, f'{file}.pdf')} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
