"""Names of holidays, looked up once a year and language."""

from datetime import UTC, date, datetime, timedelta

import holidays

from common.workdays import holiday_name


def test_a_holiday_has_its_name_in_both_languages_and_other_days_none():
    assert holiday_name(date(2026, 5, 25)) == "Andre pinsedag"
    assert holiday_name(date(2026, 5, 25), "en") == "Pentecost Monday"
    assert holiday_name(datetime(2026, 5, 25, 12, tzinfo=UTC), "en") == "Pentecost Monday"
    assert holiday_name(date(2026, 5, 26)) == ""


def test_a_month_asks_for_the_year_once(monkeypatch):
    asked = []
    real = holidays.country_holidays
    monkeypatch.setattr(holidays, "country_holidays", lambda *args, **more: asked.append(more) or real(*args, **more))
    for language in ("nb", "en"):
        for offset in range(31):
            holiday_name(date(1961, 5, 1) + timedelta(days=offset), language)
    assert len(asked) == 2
