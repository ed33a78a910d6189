"""Figures of a panel, drawn with matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .panel import Panel

FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei", "WenQuanYi Zen Hei")
"""Fonts that have Chinese characters, the first of them that is there is used."""


def plot(panel: Panel, indicator: str, agencies: Sequence[str] | None, kind: str, ax: Any) -> Any:
    """See :meth:`Panel.plot`."""
    import matplotlib.font_manager
    import matplotlib.pyplot

    there = {font.name for font in matplotlib.font_manager.fontManager.ttflist}
    chosen = [font for font in FONTS if font in there][:1]
    with matplotlib.rc_context({"font.sans-serif": [*chosen, "DejaVu Sans"], "font.family": "sans-serif", "axes.unicode_minus": False}):
        ax = ax or matplotlib.pyplot.subplots(layout="constrained")[1]
        if kind == "broken":
            _broken(panel, agencies, ax)
        elif kind == "agencies":
            _agencies(panel, indicator, agencies, ax)
        elif kind == "years":
            _years(panel, indicator, agencies, ax)
        else:
            raise ValueError(f"kind must be 'years', 'agencies' or 'broken', not {kind!r}")
    return ax


def _table(panel: Panel, indicator: str, agencies: Sequence[str] | None) -> tuple[Any, Any]:
    values, quality = panel.wide(), panel.wide("quality")
    if indicator not in values.columns:
        raise ValueError(f"no indicator {indicator!r}; there are {', '.join(values.columns)}")
    if agencies is not None:
        values, quality = (table[table.index.get_level_values("agency").isin(agencies)] for table in (values, quality))
    return values[indicator], quality[indicator]


def _years(panel: Panel, indicator: str, agencies: Sequence[str] | None, ax: Any) -> None:
    values, quality = _table(panel, indicator, agencies)
    for agency, series in values.groupby(level="agency"):
        years = series.index.get_level_values("year").astype(int)
        (line,) = ax.plot(years, series.astype("float64"), marker="o", label=agency)
        about = (quality[agency] == "approximate").to_numpy()
        ax.plot(years[about], series.astype("float64")[about], "o", color=line.get_color(), markerfacecolor="white", zorder=3)
    ax.set_title(indicator)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set_ylim(bottom=0)
    ax.legend()


def _agencies(panel: Panel, indicator: str, agencies: Sequence[str] | None, ax: Any) -> None:
    values, quality = _table(panel, indicator, agencies)
    year = int(values.dropna().index.get_level_values("year").max())
    of_year = values.xs(year, level="year").dropna().astype("float64").sort_values()
    about = quality.xs(year, level="year")[of_year.index] == "approximate"
    ax.barh(of_year.index, of_year, hatch=["//" if each else "" for each in about])
    ax.set_title(f"{indicator} {year}")


def _broken(panel: Panel, agencies: Sequence[str] | None, ax: Any) -> None:
    checks = panel.checks.to_pandas()
    if agencies is not None:
        checks = checks[checks["agency"].isin(agencies)]
    checks["broken"] = checks["verdict"] == "broken"
    table = checks.pivot_table(index="agency", columns="year_after", values="broken", aggfunc="sum", fill_value=0)
    image = ax.imshow(table.to_numpy(dtype="float64"), aspect="auto", cmap="Reds", vmin=0)
    ax.set_xticks(range(len(table.columns)), [str(year) for year in table.columns])
    ax.set_yticks(range(len(table.index)), list(table.index))
    for row, counts in enumerate(table.to_numpy(dtype="int64")):
        for column, count in enumerate(counts):
            ax.text(column, row, str(count), ha="center", va="center")
    ax.figure.colorbar(image, ax=ax, label="broken")
