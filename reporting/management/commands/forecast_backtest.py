"""How far from the truth each way of forecasting was, on what has been delivered: `manage.py forecast_backtest --json`."""

import json
from argparse import ArgumentTypeError
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.formats import number
from organisation.models import Unit
from reporting.queries.trials import finished_years, trials_of
from reporting.rules.accuracy import Accuracy, Method, Trial, accuracy_of, by_month, with_combined
from scorecard.rules.stored import plain_number

WRONG_ARGUMENT = 2
THOUSAND = 1000
ALL = "all"


def years_of(text: str) -> list[int]:
    """«2024,2025» or «2023-2025» as years."""
    try:
        first, _dash, last = text.partition("-")
        found = list(range(int(first), int(last) + 1)) if last else [int(each) for each in text.split(",")]
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a list of years; write 2024,2025 or 2023-2025") from error
    if not found or not all(1900 <= year <= 2199 for year in found) or len(found) > 100:
        raise ArgumentTypeError(f"{text!r} is not a list of years; write 2024,2025 or 2023-2025")
    return found


class Command(BaseCommand):
    help = (
        "Prints bias and mean absolute error of the suggestions, the leaders' forecasts and the combined suggestion, on delivered figures."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--years", type=years_of, metavar="YEARS", help="2024,2025 or 2023-2025; else every year that is finished")
        parser.add_argument("--district", metavar="CODE", help="code of one district; else all of them")
        parser.add_argument("--json", action="store_true", help="as JSON instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        trials: list[Trial] = []
        for district in _districts(options["district"]):
            finished = finished_years(district.pk)
            wanted = [year for year in finished if options["years"] is None or year in options["years"]]
            trials += with_combined(trials_of(district_id=district.pk, years=finished), wanted)
        if not trials:
            raise CommandError("No year with a delivered December and monthly figures before it was found.", returncode=WRONG_ARGUMENT)
        found = {method: _figures(trials, method) for method in Method}
        self.stdout.write(json.dumps(_document(trials, found), indent=2) if options["json"] else _table(trials, found))


def _districts(code: str | None) -> Sequence[Unit]:
    rows = list(Unit.objects.filter(kind=Unit.Kind.DISTRICT).order_by("code"))
    if code is None:
        return rows
    found = [unit for unit in rows if unit.code == code]
    if not found:
        raise CommandError(f"There is no district with the code {code!r}.", returncode=WRONG_ARGUMENT)
    return found


Found = dict[int | str, Accuracy]


def _figures(trials: Sequence[Trial], method: Method) -> Found:
    """By month of the year, and in all."""
    whole = accuracy_of(trials, method)
    found: Found = dict(by_month(trials, method).items())
    return found | {ALL: whole} if whole else found


def _document(trials: Sequence[Trial], found: dict[Method, Found]) -> dict[str, Any]:
    return {
        "years": sorted({trial.year for trial in trials}),
        "units": len({trial.unit_id for trial in trials}),
        "forecasts": len(trials),
        "methods": {
            method.value: {
                ALL: _plain(rows[ALL]),
                "months": {str(month): _plain(row) for month, row in rows.items() if month != ALL},
            }
            for method, rows in found.items()
            if ALL in rows
        },
    }


def _plain(row: Accuracy) -> dict[str, Any]:
    return {
        "forecasts": row.months,
        "bias": plain_number(row.bias),
        "error": plain_number(row.error),
        "percent": plain_number(row.percent),
    }


def _table(trials: Sequence[Trial], found: dict[Method, Found]) -> str:
    """For the eye: the mean absolute error in 1000 kr, and last the error in percent of the budget and the bias."""
    years = sorted({trial.year for trial in trials})
    said = [method for method in Method if ALL in found[method]]
    lines = [
        f"{len(trials)} months of {len({trial.unit_id for trial in trials})} units, {years[0]}-{years[-1]}. Mean absolute error, 1000 kr",
        "".join(["month".ljust(10), *(method.value.rjust(12) for method in said)]),
    ]
    for month in range(1, 12):
        errors = [found[method].get(month) for method in said]
        if any(errors):
            lines.append("".join([str(month).ljust(10), *(_cell(row.error / THOUSAND if row else None) for row in errors)]))
    whole = [found[method][ALL] for method in said]
    lines.append("".join(["all".ljust(10), *(_cell(row.error / THOUSAND) for row in whole)]))
    lines.append("".join(["percent".ljust(10), *(_cell(row.percent, 2) for row in whole)]))
    lines.append("".join(["bias".ljust(10), *(_cell(row.bias / THOUSAND) for row in whole)]))
    return "\n".join(lines)


def _cell(value: Any, places: int = 0) -> str:
    return number(value, places).rjust(12)
