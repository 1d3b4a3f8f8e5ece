"""What files of units and people call their columns, kinds and roles. Read without regard to capitals, spaces and hyphens."""

from organisation.rules.access import Role

UNIT_COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("enhetskode", "kode", "enhetsnummer", "unit code", "code"),
    "name": ("enhet", "navn", "enhetsnavn", "unit", "name"),
    "kind": ("type", "enhetstype", "kind"),
    "parent": ("overordnet", "overordnet enhet", "enhet over", "overordnet kode", "parent"),
    "from": ("gjelder fra", "fra", "fra dato", "valid from", "from"),
    "fte": ("årsverk", "arsverk", "antall årsverk", "fte"),
}
UNIT_REQUIRED = ("code", "name")

PEOPLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("navn", "fullt navn", "name"),
    "email": ("e-post", "epost", "e-postadresse", "epostadresse", "mail", "email", "e-mail"),
    "role": ("rolle", "role"),
    "unit": ("enhetskode", "kode", "enhet", "unit code"),
    "from": ("fra", "gjelder fra", "fra dato", "from"),
    "to": ("til", "gjelder til", "til dato", "til og med", "to"),
    "deputy_for": ("stedfortreder for", "vikar for", "deputy for"),
}
PEOPLE_REQUIRED = ("name", "email", "role", "unit")

KINDS: dict[str, tuple[str, ...]] = {
    "city": ("kommune", "by", "city"),
    "district": ("bydel", "district"),
    "result_unit": ("resultatenhet", "enhet", "result unit"),
    "sub_unit": ("avdeling", "underenhet", "sub unit"),
    "staff_unit": ("stab", "staff unit"),
}

ROLES: dict[Role, tuple[str, ...]] = {
    Role.EMPLOYEE: ("ansatt",),
    Role.REPORTER: ("rapportør", "enhetsrapportør"),
    Role.SUB_UNIT_LEADER: ("avdelingsleder", "underenhetsleder"),
    Role.UNIT_LEADER: ("resultatenhetsleder", "enhetsleder"),
    Role.LEADERSHIP: ("lederteam", "ledergruppe"),
    Role.DIRECTOR: ("bydelsdirektør", "direktør"),
    Role.CONTROLLER: ("controller", "økonomirådgiver"),
    Role.QUALITY: ("kvalitetsrådgiver",),
    Role.HR: ("hr", "personalrådgiver"),
    Role.ADMINISTRATOR: ("systemadministrator", "administrator"),
    Role.SAFETY_REP: ("verneombud",),
    Role.CHIEF_SAFETY_REP: ("hovedverneombud",),
    Role.UNION_REP: ("tillitsvalgt", "hovedtillitsvalgt"),
    Role.PRIVACY_OFFICER: ("personvernombud",),
    Role.PROJECT_LEADER: ("prosjektleder",),
    Role.POLITICIAN: ("medlem av bydelsutvalget", "politiker", "bydelsutvalget"),
    Role.RAPPORTEUR: ("saksordfører",),
    Role.AUDITOR: ("revisor",),
}

# Numbers that say who somebody is beyond name and address: such a file is not read at all.
NATIONAL_IDENTITY = ("fødselsnummer", "fodselsnummer", "fødselsnr", "fnr", "personnummer", "personnr", "d-nummer", "dnr", "ssn")


def folded(text: str) -> str:
    """Small letters and single spaces, hyphens and full stops left out: «E-post» is «epost»."""
    return " ".join(text.casefold().replace("-", "").replace(".", "").replace("*", "").split())


def column_of(head: str, columns: dict[str, tuple[str, ...]]) -> str | None:
    """Which column a head stands for, or None."""
    return next((key for key, names in columns.items() if folded(head) in map(folded, names)), None)


def kind_of(text: str) -> str | None:
    """The kind of unit a word stands for, or None."""
    return next((kind for kind, names in KINDS.items() if folded(text) in map(folded, (kind, *names))), None)


def role_of(text: str) -> Role | None:
    """The role a word stands for, or None."""
    return next((role for role, names in ROLES.items() if folded(text) in map(folded, (role.value, *names))), None)


def looks_like_national_identity(cell: str) -> bool:
    """Eleven digits, however they are grouped: a birth number, a D-number, or nothing this file should have."""
    digits = cell.replace(" ", "").replace("\u00a0", "").replace("-", "").replace(".", "")
    return len(digits) == 11 and digits.isdigit()


def names_national_identity(head: str) -> bool:
    """Whether a column says by its head that it has such numbers."""
    return folded(head) in map(folded, NATIONAL_IDENTITY)
