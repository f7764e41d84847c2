"""The words the index speaks: what travels between reading, table understanding, facts and the stores.

Every value is frozen. Geometry is in PDF points with the origin at the top left of the page; money is `Decimal` beside
its printed text and its unit; a page number counts from 1 (a sheet, a chapter or a screenful where a format has no pages).
"""

from index.model.facts import Fact, FactQuery, Found, Printed, State, Term
from index.model.kept import CatalogueEntry, Chunk, Hit, IngestReport, Reading
from index.model.pages import BBox, Document, Finding, Grid, GridCell, Line, Locator, Page, Severity
from index.model.tables import Cell, Paragraph, Profile, Section, Table

__all__ = [
    "BBox",
    "CatalogueEntry",
    "Cell",
    "Chunk",
    "Document",
    "Fact",
    "FactQuery",
    "Finding",
    "Found",
    "Grid",
    "GridCell",
    "Hit",
    "IngestReport",
    "Line",
    "Locator",
    "Page",
    "Paragraph",
    "Printed",
    "Profile",
    "Reading",
    "Section",
    "Severity",
    "State",
    "Table",
    "Term",
]
