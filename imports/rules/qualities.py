"""What other systems call the qualities of a figure."""

QUALITIES = {
    "": "final",
    "endelig": "final",
    "final": "final",
    "foreløpig": "preliminary",
    "forelopig": "preliminary",
    "preliminary": "preliminary",
    "anslag": "estimate",
    "estimat": "estimate",
    "estimate": "estimate",
    "mangler": "missing",
    "missing": "missing",
    "ikke målt": "not_measured",
    "not_measured": "not_measured",
    "ikke relevant": "not_relevant",
    "not_relevant": "not_relevant",
}
