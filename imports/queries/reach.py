"""Which sources and files a person may see: by district, by kind, and with or without amounts. What is not reached does not exist."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from imports.models import Batch, FileCode, Profile, Source, UnknownCode
from imports.rules.reach import AMOUNTS, ROWS_OF_FEW, SEES_EVERY_KIND
from imports.rules.states import SourceKind
from organisation.queries.access import Access
from organisation.rules.access import Permission

MOST = 2**62


@dataclass(frozen=True)
class Reach:
    """What of files one person may see and do.

    Whoever sets up the system sees that files came and how they were read, of every kind, but no amounts.
    """

    access: Access

    def sees_amounts(self, kind: str, district_id: int) -> bool:
        return self.access.may_in(AMOUNTS[kind], district_id)

    def may_import(self, kind: str, district_id: int) -> bool:
        return self.access.may_in(Permission.IMPORT_FILES, district_id) and self.sees_amounts(kind, district_id)

    def sees_rows(self, kind: str, district_id: int) -> bool:
        """Whether the person may read rows and cells of such files as they stand."""
        asked = self.may_import if kind in ROWS_OF_FEW else self.sees_amounts
        return asked(kind, district_id)

    def may_map(self, row: UnknownCode, in_economy: Collection[tuple[int, str]]) -> bool:
        """Whose a code is decides whose ledger it is: what economy asks about, too, is for those who bring in its files.

        `in_economy` is what `asked_by_economy` says of the row.
        """
        of_economy = row.kind == SourceKind.ECONOMY or (row.district_id, row.code) in in_economy
        return self.may_import(row.kind, row.district_id) and (not of_economy or self.may_import(SourceKind.ECONOMY, row.district_id))

    def may_edit(self, profile: Profile) -> bool:
        """Whether every source whose files it reads is the person's to set up. One SQL statement."""
        districts = set(Source.objects.filter(profile=profile).values_list("district_id", flat=True))
        return self.access.may(Permission.EDIT_RULES) and all(self.access.may_in(Permission.EDIT_RULES, each) for each in districts)

    @cached_property
    def _kinds(self) -> dict[str, frozenset[int]]:
        """The districts in which files of each kind are seen."""
        access = self.access
        seen, all_kinds = access.unit_ids(Permission.SEE_IMPORTS), access.unit_ids(SEES_EVERY_KIND)
        return {kind.value: seen & (access.unit_ids(AMOUNTS[kind]) | all_kinds) for kind in SourceKind}

    def _seen(self, prefix: str = "") -> Q:
        found = Q(pk__in=[])
        for kind, districts in self._kinds.items():
            found |= Q(**{f"{prefix}kind": kind, f"{prefix}district_id__in": districts})
        return found

    def sources(self) -> QuerySet[Source]:
        return Source.objects.filter(self._seen()).select_related("district", "profile")

    def importable(self) -> list[Source]:
        """Sources in use that the person may bring files to."""
        return [source for source in self.sources().filter(is_active=True) if self.may_import(source.kind, source.district_id)]

    def batches(self) -> QuerySet[Batch]:
        return Batch.objects.filter(self._seen("source__")).select_related("source__district", "source__profile", "received_by")

    def batch(self, pk: int) -> Batch | None:
        related = ("saved_by", "rolled_back_by", "delivery")
        return self.batches().select_related(*related).filter(pk=pk).first() if pk < MOST else None

    def unknown_codes(self) -> QuerySet[UnknownCode]:
        return UnknownCode.objects.filter(self._seen()).select_related("district", "batch", "decided_by")


def mapped_codes(reach: Reach) -> list[FileCode]:
    """What codes of files that are no ledgers mean, as far as the person brings in such files. One SQL statement."""
    rows = FileCode.objects.select_related("unit", "district")
    return [row for row in rows if reach.may_import(row.kind, row.district_id)]


def asked_by_economy(rows: Iterable[UnknownCode]) -> frozenset[tuple[int, str]]:
    """(district, code) of those that a ledger has asked about, decided or not. One SQL statement, none where all are of a ledger."""
    others = {(row.district_id, row.code) for row in rows if row.kind != SourceKind.ECONOMY}
    if not others:
        return frozenset()
    districts, codes = zip(*others, strict=True)
    asked = UnknownCode.objects.filter(kind=SourceKind.ECONOMY, district_id__in=set(districts), code__in=set(codes))
    return frozenset(others & set(asked.values_list("district_id", "code")))
