"""What the templates of big tables may call: the same marks as everywhere, by the same functions."""

from __future__ import annotations

from types import SimpleNamespace

from django.utils.safestring import SafeString, mark_safe

from common import formats, icons, marks
from common.sparklines import Sparkline, sparkline_svg


def spark_mark(line: Sparkline | None, label: str, cell: bool = False) -> SafeString:
    """The small line chart with its words; the label is escaped."""
    return mark_safe(sparkline_svg(line, label, cell=cell))


def table_globals() -> dict[str, object]:
    """Globals of the Jinja environment; templates/jinja2/components.html builds its macros on `ui`."""
    ui = SimpleNamespace(
        icon=icons.icon_mark,
        status=marks.status_mark,
        status_cell=marks.status_cell,
        status_count=marks.status_tally,
        trend=marks.trend_mark,
        quality=marks.quality_mark,
        missing=marks.missing_mark,
        spark=spark_mark,
        number=formats.number,
        percent=formats.percent,
        period=formats.period_label,
    )
    return {"ui": ui}
