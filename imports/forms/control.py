"""The control page as finished values: what was read, whether sums hold, what is unknown, what is unusual."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.periods import Period
from imports.forms import words
from imports.forms.problem_words import problem
from imports.models import Batch
from imports.rules.findings import ERROR, Change, ControlSum, Findings, Problem
from imports.rules.looking import SHOWN_REASONS
from imports.rules.states import SourceKind
from organisation.queries.tree import history
from organisation.rules.tree import UnitTree

MOST_CHANGES, MOST_TICKS, MOST_PROBLEMS = 5, 5, 50
BAR, EDGE, HALF = Decimal(180), Decimal(4), Decimal(2)
ALL_SUMS = "sums"
THOUSAND = Decimal(1000)


@dataclass(frozen=True)
class SumRow:
    """One printed sum against what was read."""

    name: str
    in_file: str
    read: str
    difference: str
    ok: bool


@dataclass(frozen=True)
class ChangeRow:
    """A unit's month against its usual month, with a bar to the right for more."""

    name: str
    code: str
    now: str
    usual: str
    difference: str
    x: str
    width: str
    zero: str
    is_more: bool


@dataclass(frozen=True)
class ProblemRow:
    """One row that could not be read."""

    row: str
    column: str
    said: str
    text: str


def period_text(batch: Batch) -> str:
    """«september 2026», «periode 13 i 2025», or that the file says it itself."""
    if batch.year is None or batch.number is None:
        return _("perioden står i filen")
    if batch.number > 12:
        return _("periode %(number)s i %(year)s") % {"number": batch.number, "year": batch.year}
    return formats.period_label(Period.month(batch.year, batch.number))


def facts(batch: Batch) -> str:
    """«UBW budsjettoppfølging. September 2026. 1,4 MB. Lastet opp av Siv Ødegård 7. oktober 2026 kl. 10.12»"""
    who = {"name": batch.received_by.name, "at": formats.moment(batch.received_at)} if batch.received_by else {}
    came = _("Lastet opp av %(name)s %(at)s") % who if who else f"{batch.get_way_display()} {formats.moment(batch.received_at)}"
    period = period_text(batch)
    return f"{batch.source.name}. {period[:1].upper()}{period[1:]}. {words.size(batch.size)}. {came}"


def skipped(findings: Findings) -> list[tuple[str, int, str, str]]:
    """(reason, how many, the first row numbers, the reason's code where its rows can be shown)"""
    rows = []
    for group in sorted(findings.left_out, key=lambda group: -group.count):
        numbers = ", ".join(str(row) for row in group.rows)
        if group.count > len(group.rows):
            numbers = _("%(rows)s og %(more)s til") % {"rows": numbers, "more": group.count - len(group.rows)}
        rows.append((words.skipped(group.reason), group.count, numbers, group.reason if group.reason in SHOWN_REASONS else ""))
    return rows


def sum_rows(findings: Findings, *, amounts: bool) -> list[SumRow]:
    """The totals of the file, and the part sums that do not hold."""
    shown = [each for each in findings.sums if not each.scope or not each.ok]
    return [_sum_row(each, findings.kind, amounts=amounts) for each in shown]


def _sum_row(each: ControlSum, kind: str, *, amounts: bool) -> SumRow:
    name = words.field_name(each.what)
    name = f"{name}, {each.scope}" if each.scope else name
    if not amounts:
        return SumRow(name, formats.MISSING, formats.MISSING, formats.MISSING, each.ok)
    # Øre are told only where they are what differs.
    places = 0 if kind == SourceKind.ECONOMY and (not each.difference or abs(each.difference) >= 1) else 2
    shown = [formats.number(value, places) for value in (each.in_file, each.read, abs(each.difference))]
    return SumRow(name, shown[0], shown[1], shown[2], each.ok)


def sums_say(findings: Findings) -> str:
    """«Tre av fire summer stemmer.»"""
    total = findings.sums
    good = sum(each.ok for each in total)
    if not total:
        return _("Filen har ingen egne summer å kontrollere mot.")
    if good == len(total):
        return ngettext("Summen stemmer med filen.", "Alle %(count)s summer stemmer med filen.", good) % {"count": formats.count_word(good)}
    count = {"good": formats.count_word(good), "all": formats.count_word(len(total))}
    text = _("%(good)s av %(all)s summer stemmer.") % count
    return text[:1].upper() + text[1:]


def difference_say(findings: Findings) -> tuple[str, str, str] | None:
    """(what, how much, which way) of the one total that differs most; None where all hold."""
    differing = [each for each in findings.sums_differ if not each.scope] or findings.sums_differ
    if not differing:
        return None
    worst = max(differing, key=lambda each: abs(each.difference))
    name = words.field_name(worst.what)
    name = f"{name} ({worst.scope})" if worst.scope else name
    return name, formats.money(abs(worst.difference)), _("lavere enn") if worst.in_file < worst.read else _("høyere enn")


def ticks(needed: Sequence[str]) -> list[tuple[str, str]]:
    """(value, sentence) for everything somebody must say to have seen. Many sums are one tick."""
    sums = [key for key in needed if key.startswith("sum:")]
    found = []
    if len(sums) > MOST_TICKS:
        found.append((ALL_SUMS, _("Jeg har sett at %(count)s summer ikke stemmer med filen") % {"count": len(sums)}))
    else:
        found += [(key, _("Jeg har sett at %(sum)s ikke stemmer med filen") % {"sum": _sum_name(key)}) for key in sums]
    if "unmapped" in needed:
        found.append(("unmapped", _("Jeg har sett at beløpene ikke er fordelt på noen enhet, og vil lagre likevel")))
    if "lost_rows" in needed:
        found.append(("lost_rows", _("Jeg har sett at rader ikke hører til noen enhet, og at de ikke blir lagret")))
    return found


def _sum_name(key: str) -> str:
    _prefix, scope, what = [*key.split(":", 2), "", ""][:3]
    name = words.field_name(what)
    name = name[:1].lower() + name[1:]
    return f"{name} ({scope})" if scope else name


def acknowledged(ticked: Iterable[str], needed: Sequence[str]) -> set[str]:
    """The keys that the ticks stand for."""
    found = set(ticked)
    return found | {key for key in needed if key.startswith("sum:")} if ALL_SUMS in found else found


def change_rows(changes: Sequence[Change], tree: UnitTree) -> list[ChangeRow]:
    """The largest changes since the months before. In thousands."""
    shown = sorted(changes, key=lambda each: -abs(each.difference))[:MOST_CHANGES]
    low = min([each.difference for each in shown] + [Decimal(0)])
    high = max([each.difference for each in shown] + [Decimal(0)])
    scale = (BAR - HALF * EDGE) / (high - low) if high > low else Decimal(0)
    zero = EDGE - low * scale
    return [
        ChangeRow(
            name=unit_name(tree, each.unit_id),
            code=tree.nodes[each.unit_id].code if each.unit_id in tree.nodes else "",
            now=formats.number(each.now / THOUSAND, 0),
            usual=formats.number(each.usual / THOUSAND, 0),
            difference=formats.number(each.difference / THOUSAND, 0, signed=True),
            x=f"{zero if each.difference > 0 else zero - abs(each.difference) * scale:.1f}",
            width=f"{abs(each.difference) * scale:.1f}",
            zero=f"{zero:.1f}",
            is_more=each.difference > 0,
        )
        for each in shown
    ]


def unit_name(tree: UnitTree, unit_id: int | None) -> str:
    if unit_id is None:
        return _("Ikke fordelt")
    node = tree.nodes.get(unit_id) or history().by_id.get(unit_id)
    return node.name if node else _("En enhet som ikke finnes lenger")


def difference_rows(batch: Batch, tree: UnitTree) -> list[tuple[str, str, str, str]]:
    """(unit, before, after, difference) of units whose figures become others, the largest first. In thousands."""
    rows: list[tuple[Decimal, str, Decimal, Decimal]] = []
    for each in batch.differences:
        before, after = Decimal(each["before"]), Decimal(each["after"])
        rows.append((after - before, unit_name(tree, each["unit_id"]), before, after))
    rows.sort(key=lambda row: -abs(row[0]))
    return [
        (name, formats.number(before / THOUSAND, 0), formats.number(after / THOUSAND, 0), formats.number(moved / THOUSAND, 1, signed=True))
        for moved, name, before, after in rows
    ]


def problem_rows(problems: Sequence[Problem], *, amounts: bool) -> list[ProblemRow]:
    """Rows with faults first."""
    ordered = sorted(problems, key=lambda each: (each.severity != ERROR, each.row))
    return [
        ProblemRow(
            row=str(each.row) if each.row else _("Hele filen"),
            column=words.field_name(each.column),
            said=problem(each, amounts=amounts),
            text=each.text if amounts else "",
        )
        for each in ordered[:MOST_PROBLEMS]
    ]


def took(batch: Batch) -> str:
    """«Ferdig på fire sekunder»; nothing where it waited long for its turn."""
    if batch.checked_at is None:
        return ""
    seconds = max(1, round((batch.checked_at - batch.received_at).total_seconds()))
    if seconds > 600:
        return ""
    return ngettext("Ferdig på ett sekund", "Ferdig på %(count)s sekunder", seconds) % {"count": formats.count_word(seconds)}


def lead(findings: Findings, open_codes: int) -> str:
    """What stands in the way, in one sentence."""
    parts = []
    if findings.errors:
        parts.append(ngettext("%(count)s rad kan ikke leses", "%(count)s rader kan ikke leses", findings.errors) % _count(findings.errors))
    differing = len(findings.sums_differ)
    if differing:
        parts.append(ngettext("%(count)s sum stemmer ikke", "%(count)s summer stemmer ikke", differing) % _count(differing))
    if open_codes:
        parts.append(ngettext("%(count)s kode er ukjent", "%(count)s koder er ukjente", open_codes) % _count(open_codes))
    if not parts and findings.warnings:
        return _("Ingenting er lagret ennå. Se merknadene før du lagrer.")
    if not parts:
        return _("Ingenting er lagret ennå. Alt stemmer.")
    text = parts[0] if len(parts) == 1 else _("%(first)s, og %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
    return _("Ingenting er lagret ennå. %(text)s.") % {"text": text[:1].upper() + text[1:]}


def _count(number: int) -> dict[str, str]:
    return {"count": formats.count_word(number)}


def suggestion(code: str, name: str, units: Mapping[str, str]) -> tuple[str, str]:
    """(unit code, why) for a code nobody knows: a unit whose name begins alike, or whose code the code begins with."""
    wanted = name.casefold()
    for unit_code, unit in sorted(units.items(), key=lambda item: -len(item[1])):
        if wanted and (wanted.startswith(unit.casefold()) or unit.casefold().startswith(wanted)):
            return unit_code, _("Forslag etter navnet")
    for unit_code in sorted(units, key=len, reverse=True):
        if len(unit_code) >= 3 and code.startswith(unit_code):
            return unit_code, _("Forslag etter koden")
    return "", _("Ingen likner")


def first_day(batch: Batch, today: date) -> date:
    """From when a code is most likely valid: the first day of the file's month."""
    if batch.year is None or batch.number is None:
        return today.replace(day=1)
    return date(batch.year, min(batch.number, 12), 1)
