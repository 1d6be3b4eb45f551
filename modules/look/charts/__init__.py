"""Charts over all rows of a table: binned here, so that only what is drawn travels."""

from modules.look.charts.chart import chart

__all__ = ["chart"]
