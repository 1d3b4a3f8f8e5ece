"""What the tests of pasted tables share."""

HEAD = "Enhetskode;Indikator;Periode;Teller;Nevner;Verdi;Kvalitet;Merknad"


def table(*rows):
    return "\n".join([HEAD, *rows])


def check(client, world, text, **more):
    return client.post(world.paste_url, {"text": text, "do": "check", **more})


def save(client, world, text, **more):
    """Checks, and sends the form of the preview back."""
    page = check(client, world, text, **more)
    assert page.context["found"].can_save, [row.sentences for row in page.context["found"].rows]
    return client.post(world.paste_url, {"text": text, "do": "save", "digest": page.context["found"].digest, **more})


def states(page):
    return [(row.line, row.state.value) for row in page.context["found"].rows]


def sentences(page):
    return [sentence for row in page.context["found"].rows for sentence in row.sentences]


def row(world, indicator, period="2026-09", cells=";;100;endelig;", unit=None):
    return f"{(unit or world.unit).code};{indicator.code};{period};{cells}"
