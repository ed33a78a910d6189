"""Agencies over the years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from ._gongkai import Frame

if TYPE_CHECKING:
    from ._many import Reports

__all__ = ["Panel", "panel"]


def panel(reports: Reports) -> Panel:
    """The years of each agency: one row an agency and year, with marks for what is only about the same, gaps, copies, revisions, and the checks
    across years.

    The documents are read once more, agency by agency, so that the years beside a report may decide what it alone leaves open.
    """
    return reports.panel()


class Panel:
    """Agencies over the years, as tables (see :class:`gongkai.Frame`)."""

    def __init__(self, indicators: Frame, years: Frame, checks: Frame, findings: Frame) -> None:
        self.indicators = indicators
        """A row an indicator of a report."""
        self.years = years
        """A row a year of an agency: ``standing`` is ``used``, ``copy``, ``revision``, ``undated``, or ``missing`` for a gap."""
        self.checks = checks
        """A row a rule across two years, with its verdict."""
        self.findings = findings
        """A row for what is wrong or odd between years."""

    def wide(self, what: Literal["value", "quality"] = "value") -> Any:
        """A ``pandas.DataFrame`` with a row an agency and year and a column an indicator: the numbers, or with ``what="quality"`` whether each is
        ``exact``, ``approximate`` or ``absent``. Gaps are rows of nothing; copies and replaced versions are left out."""
        import pandas

        years = self.years.to_pandas()
        indicators = self.indicators.to_pandas()
        # Counts and amounts as one number; amounts that are none stay none.
        indicators["value"] = indicators["value"].astype("Float64").fillna(pandas.to_numeric(indicators["amount"]).astype("Float64"))
        used = years[years["standing"] == "used"][["agency", "year", "file"]]
        found = used.merge(indicators[["file", "indicator", what]], on="file")
        table = found.pivot_table(index=["agency", "year"], columns="indicator", values=what, aggfunc="first", sort=False, dropna=False)
        gaps = years[years["standing"] == "missing"].set_index(["agency", "year"]).index
        names = list(dict.fromkeys(indicators["indicator"]))
        return table.reindex(columns=names).reindex(table.index[table.notna().any(axis=1)].append(gaps)).sort_index()

    def plot(
        self,
        indicator: str = "requests_received",
        *,
        agencies: Sequence[str] | None = None,
        kind: Literal["years", "agencies", "broken"] = "years",
        ax: Any = None,
    ) -> Any:
        """Draws a figure with matplotlib and gives its axes.

        ``years``: an indicator over the years, a line an agency, hollow where the number is only about the same, broken where a year is missing.
        ``agencies``: the agencies of the last year against each other. ``broken``: a heat map of rules across years that do not hold.
        """
        from ._plot import plot

        return plot(self, indicator, agencies, kind, ax)

    def __repr__(self) -> str:
        return f"Panel({len(self.years)} years, {len(self.checks)} checks, {len(self.findings)} findings)"
