"""The library of indicators: defined once, changed with care, taken out of use but never deleted."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from organisation.models import User
from organisation.services import audit
from scorecard.models import Indicator, Measurement, Scorecard
from scorecard.queries.formula_parts import resting_on
from scorecard.rules import formulas
from scorecard.services import derive
from scorecard.services.editing import StaleVersion

# What the figures mean: with figures in the house, a change of these asks for a reason.
MEANING = frozenset({"measure", "direction", "rollup", "factor", "frequency", "formula"})
# What the kept period values and cells are computed with.
COMPUTED = MEANING | {"window", "places", "scale_min", "scale_max", "score_floor", "change_gap", "info_below"}


class CodeTaken(Exception):
    """Another indicator has the code."""


class ReasonNeeded(Exception):
    """The indicator has figures; `fields` say what of its meaning would change."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(fields)
        self.fields = fields


class FormulaRefused(Exception):
    """`code` says why, `position` where (0 is the first character), `path` the circle."""

    def __init__(self, code: str, position: int | None = None, path: list[str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.position = position
        self.path = path or []


def check_formula(*, code: str, measure: str, text: str) -> None:
    """Refuses what cannot be read, unknown codes, different measures added, and circles. Raises FormulaRefused. One SQL statement."""
    if not text.strip():
        return
    others = {row[0]: row[1:] for row in Indicator.objects.exclude(code=code).values_list("code", "measure", "formula")}
    try:
        formula = formulas.parse(text)
        formulas.check_measures(formula, {**{known: row[0] for known, row in others.items()}, code: measure})
    except formulas.FormulaError as error:
        raise FormulaRefused(error.code.value, error.position) from error
    graph = {known: formulas.parse(row[1]).codes for known, row in others.items() if row[1]}
    circle = formulas.find_cycle({code: formula.codes, **graph})
    if circle:
        raise FormulaRefused("cycle", path=circle)


@transaction.atomic
def add_indicator(*, fields: Mapping[str, object], actor: User) -> Indicator:
    """A new indicator. Raises CodeTaken, FormulaRefused."""
    indicator = Indicator(**fields)
    check_formula(code=indicator.code, measure=indicator.measure, text=indicator.formula)
    try:
        with transaction.atomic():
            indicator.save()
    except IntegrityError as error:
        raise CodeTaken from error
    audit.record(actor=actor, action="indicator.added", target=indicator, details={"code": indicator.code})
    if indicator.formula:
        derive.rebuild(indicators=[indicator])
    return indicator


@transaction.atomic
def change_indicator(*, indicator: Indicator, version: int, fields: Mapping[str, object], reason: str, actor: User) -> list[str]:
    """Changes a definition; the names of the fields that are others now. The code itself stays.

    Raises ReasonNeeded (a change of meaning while there are figures), FormulaRefused, StaleVersion.
    """
    stored = Indicator.objects.get(pk=indicator.pk)
    changed = {name: value for name, value in fields.items() if name != "code" and getattr(stored, name) != value}
    meaning = sorted(MEANING & changed.keys())
    if meaning and not reason.strip() and Measurement.objects.filter(indicator=stored).exists():
        raise ReasonNeeded(meaning)
    if "formula" in changed or "measure" in changed:
        check_formula(code=stored.code, measure=str(fields.get("measure", stored.measure)), text=str(fields.get("formula", stored.formula)))
    if not Indicator.objects.filter(pk=stored.pk, version=version).update(version=F("version") + 1):
        raise StaleVersion
    stored.refresh_from_db()
    before = {name: getattr(stored, name) for name in changed}
    for name, value in changed.items():
        setattr(stored, name, value)
    stored.save()
    if changed:
        audit.record(
            actor=actor,
            action="indicator.changed",
            target=stored,
            details={"reason": reason.strip(), "changes": {name: [before[name], value] for name, value in changed.items()}},
        )
        _pages_changed(stored, recompute=bool(COMPUTED & changed.keys()))
    return sorted(changed)


def _pages_changed(indicator: Indicator, *, recompute: bool) -> None:
    """Cards with the indicator, or with what is computed from it: that is shielded as soon as the indicator is."""
    if recompute:
        derive.rebuild(indicators=[indicator])
    placed = [indicator, *resting_on([indicator])]
    units = Scorecard.objects.filter(areas__factors__placements__indicator__in=placed).order_by().values_list("unit_id", flat=True)
    for unit_id in set(units):
        derive.structure_changed(unit_id=unit_id)


@transaction.atomic
def retire(*, indicator: Indicator, version: int, on: date, reason: str, actor: User) -> None:
    """From this day it is placed on no new scorecard; figures, targets and old cards keep it. Raises StaleVersion."""
    _set_retired(indicator, version, on)
    audit.record(actor=actor, action="indicator.retired", target=indicator, details={"on": on, "reason": reason.strip()})


@transaction.atomic
def take_back(*, indicator: Indicator, version: int, actor: User) -> None:
    """In use again. Raises StaleVersion."""
    _set_retired(indicator, version, None)
    audit.record(actor=actor, action="indicator.taken_back", target=indicator)


def _set_retired(indicator: Indicator, version: int, on: date | None) -> None:
    if not Indicator.objects.filter(pk=indicator.pk, version=version).update(version=F("version") + 1):
        raise StaleVersion
    indicator.refresh_from_db()
    indicator.retired_on = on
    indicator.save()
