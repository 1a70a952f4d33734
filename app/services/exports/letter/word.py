"""The letter as a Word document with real styles, for those who finish it in Word."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from app.services.exports.letter.dto import Block, BlockKind, Letter, Run, Variant, long_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document

_FONT: Final = "Open Sans"
_SIZES: Final = {Variant.STANDARD: 11, Variant.LARGE_PRINT: 16, Variant.TEXT: 11}
_ADDRESS_TOP_CM: Final = 5.3
_CLEAN: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))
"""What an XML document may not hold."""


def letter_docx(letter: Letter, variant: Variant = Variant.STANDARD) -> bytes:
    """The letter as .docx: the address where the window shows it, headings, lists and tables by Word's own styles."""
    import docx

    made = docx.Document()
    size = _SIZES[variant]
    _set_styles(made, size)
    _set_page(made, letter, size)
    _head(made, letter, size)
    if letter.greeting:
        _paragraph(made, [Run(f"{letter.greeting},")])
    if letter.subject_line:
        made.add_heading(_clean(letter.subject_line), level=1)
    for block in letter.body:
        _block(made, block)
    _sign_off(made, letter)
    return _saved(made, letter)


def _set_styles(made: Document, size: int) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, points, after in (("Normal", size, size * 0.75), ("Heading 1", size * 1.15, 6), ("Heading 2", size, 4)):
        style: Any = made.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
        style.font.size = Pt(points)
        style.font.color.rgb = RGBColor(0x1B, 0x26, 0x31)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.15


def _set_page(made: Document, letter: Letter, size: int) -> None:
    from docx.shared import Cm, Pt

    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(2)
    foot = section.footer.paragraphs[0]
    foot.text = _clean(f"Our reference {letter.reference}    " if letter.reference else "")
    _page_numbers(foot)
    for run in foot.runs:
        run.font.size = Pt(max(9, size - 4) if size < 16 else size)


def _page_numbers(paragraph: Any) -> None:
    """`Page 1 of 2` as fields that Word counts."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for words, code in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)
        run = paragraph.add_run()
        for kind, text in (("begin", ""), ("", code), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = text
            run._r.append(part)  # noqa: SLF001  python-docx has no call for fields


def _head(made: Document, letter: Letter, size: int) -> None:
    """Who it is from, then the address: one table row of a fixed height keeps it in the window whatever stands above."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Cm, Pt

    section = made.sections[0]
    above = Cm(_ADDRESS_TOP_CM) - (section.top_margin or 0)
    table = made.add_table(rows=2, cols=2)
    table.autofit = False
    for column, wide in zip(table.columns, (Cm(10.4), Cm(6.2)), strict=True):
        for cell in column.cells:
            cell.width = wide
    for row, high in zip(table.rows, (above, Cm(3.9)), strict=True):
        row.height, row.height_rule = high, WD_ROW_HEIGHT_RULE.EXACTLY
    sender = letter.sender
    _lines(table.cell(0, 0), [sender.name, sender.office], size + 3, first_bold=True)
    _lines(table.cell(0, 1), [*sender.address, sender.phone, sender.email, sender.website], min(size, 11) - 3)
    _lines(table.cell(1, 0), [letter.addressee, *letter.address], size)
    reference = [f"Our reference: {letter.reference}"] if letter.reference else []
    _lines(table.cell(1, 1), [*reference, f"Date: {long_date(letter.letter_date)}"], size)
    made.add_paragraph().paragraph_format.space_after = Pt(0)


def _lines(cell: Any, lines: Iterable[str], size: float, *, first_bold: bool = False) -> None:
    from docx.shared import Pt

    shown = [line for line in lines if line]
    for at, line in enumerate(shown):
        paragraph = cell.paragraphs[0] if not at else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = 1
        run = paragraph.add_run(_clean(line))
        run.font.size = Pt(size if not first_bold or not at else size - 4)
        run.bold = first_bold and not at


def _block(made: Document, block: Block) -> None:
    if block.kind is BlockKind.HEADING:
        made.add_heading(_clean("".join(run.text for run in block.lines[0])), level=2)
    elif block.kind is BlockKind.BULLETS:
        for item in block.lines:
            _add_runs(made.add_paragraph(style="List Bullet"), item)
    elif block.kind is BlockKind.TABLE:
        table = made.add_table(rows=0, cols=2, style="Table Grid")
        for label, value in zip(block.lines, block.values, strict=True):
            cells = table.add_row().cells
            _add_runs(cells[0].paragraphs[0], label)
            _add_runs(cells[1].paragraphs[0], value)
        made.add_paragraph()
    else:
        paragraph = made.add_paragraph()
        for at, line in enumerate(block.lines):
            if at:
                paragraph.add_run().add_break()
            _add_runs(paragraph, line)


def _paragraph(made: Document, runs: Iterable[Run]) -> None:
    _add_runs(made.add_paragraph(), runs)


def _add_runs(paragraph: Any, runs: Iterable[Run]) -> None:
    for run in runs:
        added = paragraph.add_run(_clean(run.text))
        if run.bold:
            added.bold = True


def _sign_off(made: Document, letter: Letter) -> None:
    from docx.shared import Pt

    shown = [line for line in letter.sign_off if line]
    for at, line in enumerate(shown):
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0 if at else 36)
        paragraph.paragraph_format.keep_with_next = at < len(shown) - 1
        paragraph.add_run(_clean(line)).bold = at == 1


def _saved(made: Document, letter: Letter) -> bytes:
    """The file, with what Word shows of it; its moment is the letter's date, so the same letter is the same document."""
    about = made.core_properties
    about.title, about.author, about.comments = _clean(letter.title)[:250], _clean(letter.sender.name)[:250], ""
    about.last_modified_by = "Rentbook"
    about.language = "en-GB"
    about.created = about.modified = datetime.combine(letter.letter_date, time(), UTC)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    """Text without what an XML document may not hold."""
    return text.translate(_CLEAN)
