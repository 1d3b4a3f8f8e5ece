"""What the tests of setting up a year share."""

PLAN = {
    "version": "0",
    "title": "Årsplan levert",
    "short": "Årsplan",
    "description": "",
    "lane": "plan",
    "rule": "fixed",
    "month": "2",
    "day": "28",
    "moves": "before",
    "responsible": "unit_leader",
    "scope": "units",
    "lead_days": "14, 3",
    "link_kind": "none",
    "do": "save",
}
