"""Those who set up one district's wheel take turns."""

from organisation.models import Unit


def one_at_a_time(district: Unit) -> None:
    """Whoever comes next waits until this transaction is done, since days follow from each other and from what is there already.

    SQLite has one writer at a time anyway; elsewhere the district's row is locked. Ask before anything is read.
    """
    list(Unit.objects.select_for_update(no_key=True).filter(pk=district.pk).values("pk"))
