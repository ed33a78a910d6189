"""PDF files as other programs than offices and browsers make them: `heads.pdf`, a small page whose tables repeat their heads; `sideways.pdf`, text
that runs up the page; `packed.pdf`, objects in streams; `locked.pdf`, encrypted but open to readers. Fonts are named, not embedded.

    pip install lxml==6.1.3 reportlab==5.1.0 pikepdf==10.18.0 && python tests/formats/pdfs.py
"""

import pathlib

import lxml.html
import pikepdf
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

HERE = pathlib.Path(__file__).resolve().parent
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
PROSE = ParagraphStyle("prose", fontName=FONT, fontSize=10.5, leading=16, wordWrap="CJK")
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=7.5, leading=9, wordWrap="CJK")


def words(element):
    return "".join(element.itertext()).strip().replace("\u00a0", "").replace("<", "&lt;")


def table(element, width, heads):
    """The rows of a table with an empty field for each place that a merged cell covers."""
    rows, spans, covered = [], [], set()
    for y, row in enumerate(element.iter("tr")):
        fields, x = {}, 0
        for cell in row.iterchildren("td", "th"):
            while (y, x) in covered:
                x += 1
            across, down = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            fields[x] = words(cell)
            spans.append(("SPAN", (x, y), (x + across - 1, y + down - 1)))
            covered.update((y + j, x + i) for i in range(across) for j in range(down))
            x += across
        rows.append(fields)
    count = 1 + max(x for _, x in covered)
    single = lambda x: [len(row.get(x, "")) for y, row in enumerate(rows) if ("SPAN", (x, y), (x, y)) in spans]
    sizes = [min(max(single(x) + [2]), 14) for x in range(count)]
    style = [("FONT", (0, 0), (-1, -1), FONT, 7.5), ("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans]
    cells = [[Paragraph(row.get(x, ""), CELL) for x in range(count)] for row in rows]
    return Table(cells, [width * size / sum(sizes) for size in sizes], style=style, repeatRows=heads if len(rows) > 20 else 0)


def story(element, width, heads):
    for child in element.iterchildren(tag=lxml.html.etree.Element):
        if child.tag == "table":
            yield table(child, width, heads)
        elif child.tag in ("p", "h1", "h2", "h3", "li") or not child.xpath(".//p|.//table|.//h1|.//h2|.//h3|.//li|.//div"):
            yield Paragraph(words(child), PROSE)
        else:
            yield from story(child, width, heads)


def make(edition, name, size, heads=0):
    body = lxml.html.parse(HERE / ".." / "pages" / f"{edition}.html", lxml.html.HTMLParser(encoding="utf-8")).find("body")
    path = HERE / edition / name
    SimpleDocTemplate(str(path), pagesize=size, leftMargin=40, rightMargin=40, invariant=1).build(list(story(body, size[0] - 80, heads)))
    return path


make("2008-fujian", "heads.pdf", (842, 420), 1)
for edition in ("2008-fujian", "2021"):
    plain = make(edition, "packed.pdf", (842, 595))
    with pikepdf.open(plain) as pdf:
        pdf.save(HERE / edition / "locked.pdf", encryption=pikepdf.Encryption(owner="owner", user="", R=6))
    with pikepdf.open(plain) as pdf:
        for page in pdf.pages:
            page.contents_add(b"q 0 1 -1 0 595 0 cm\n", prepend=True)
            page.contents_add(b"\nQ")
            page.MediaBox = [0, 0, 595, 842]
        pdf.save(HERE / edition / "sideways.pdf")
    with pikepdf.open(plain, allow_overwriting_input=True) as pdf:
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.generate)
