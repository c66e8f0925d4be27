"""Tables and curves of figures, as one page or as a workbook: of teams, scenarios, rehearsals."""

from campaign.outputs.figures.page_of import render_figures
from campaign.outputs.figures.values import Cell, Curves, Line, Table
from campaign.outputs.figures.workbook_of import render_figures_workbook

__all__ = ["Cell", "Curves", "Line", "Table", "render_figures", "render_figures_workbook"]
