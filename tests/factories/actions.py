"""Actions for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from actions.models import Action
from actions.rules.states import EffectKind
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)


class ActionFactory(factory.django.DjangoModelFactory[Action]):
    """600 000 kr less this year, due on 1 November 2026."""

    class Meta:
        model = Action

    title = factory.Sequence(lambda number: f"Tiltak nummer {number}")
    unit = factory.LazyFunction(lambda: UnitFactory(parent=DistrictFactory()))
    owner = factory.SubFactory(UserFactory)
    due_on = date(2026, 11, 1)
    effect_kind = EffectKind.AMOUNT
    effect_amount = Decimal("600000.00")
    effect_from = date(2026, 10, 1)
    created_at = NOW
    created_by = factory.SelfAttribute("owner")
