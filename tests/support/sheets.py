"""Files as an organiser's spreadsheet saves them, and reads ours."""

from io import BytesIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

STUDENTS = [
    ("Prénom", "Nom", "Courriel"),
    ("Élodie", "Lefèvre", "elodie.lefevre@example.org"),
    ("Noël", "N'Guyen", "noel.nguyen@example.org"),
    ("Anaïs", "d'Août", "anais@example.org"),
]
COMPANIES = [
    ("Entreprise", "Emplacement", "Entretiens simultanés", "Limite"),
    ("Énergies du Large", "B 12", "2", "40"),
    ("TechCorp", "", "", ""),
]


def csv(rows, separator=";", encoding="utf-8", end="\r\n"):
    """The bytes of a list."""
    return "".join(separator.join(row) + end for row in rows).encode(encoding)


def many(number):
    """A list of this many students."""
    people = ((f"Ana{n}", "Lima", f"ana{n}@example.org") for n in range(number))
    return [STUDENTS[0], *people]


def xlsx(rows, *others):
    """The bytes of a workbook of Excel; `others` are further sheets, as names and rows."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        for name, lines in (("Liste", rows), *others):
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(lines):
                for column, cell in enumerate(row):
                    # `write` would make numbers and formulas of texts that look so.
                    write = sheet.write_string if isinstance(cell, str) else sheet.write
                    write(at, column, cell)
    return file.getvalue()


def ods(rows):
    """The bytes of a workbook of LibreOffice."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(str(cell))}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    named = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{named}:office:1.0" '
        f'xmlns:table="{named}:table:1.0" xmlns:text="{named}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Liste">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
        archive.writestr("content.xml", content)
    return file.getvalue()


def workbook(content):
    """The cells of a workbook of ours, all of them text and none a formula."""
    with ZipFile(BytesIO(content)) as book:
        strings = ["".join(each.itertext()) for each in _xml(book, "sharedStrings")]
        sheet = _xml(book, "worksheets/sheet1")
    assert not list(sheet.iter(f"{_SHEET}f"))
    assert all(each.get("t") == "s" for each in sheet.iter(f"{_SHEET}c") if len(each))
    return [
        [strings[int(cell[0].text)] if len(cell) else "" for cell in row]
        for row in sheet.iter(f"{_SHEET}row")
    ]


def _xml(book, part):
    return ElementTree.fromstring(book.read(f"xl/{part}.xml"))  # noqa: S314 - a file of our own
