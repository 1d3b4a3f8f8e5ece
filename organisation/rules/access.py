"""Who may do what. The one table that joins role and permission; nothing else in the application names a role."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a unit, for a time."""

    EMPLOYEE = "employee"
    REPORTER = "reporter"
    SUB_UNIT_LEADER = "sub_unit_leader"
    UNIT_LEADER = "unit_leader"
    LEADERSHIP = "leadership"
    DIRECTOR = "director"
    CONTROLLER = "controller"
    QUALITY = "quality"
    HR = "hr"
    ADMINISTRATOR = "administrator"
    SAFETY_REP = "safety_rep"
    CHIEF_SAFETY_REP = "chief_safety_rep"
    UNION_REP = "union_rep"
    PRIVACY_OFFICER = "privacy_officer"
    PROJECT_LEADER = "project_leader"
    POLITICIAN = "politician"
    RAPPORTEUR = "rapporteur"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One thing one may do. A page or a service asks for one of these, never for a role."""

    SEE_SCORECARD = "scorecard.see"
    SEE_RESTRICTED = "scorecard.see_restricted"
    SEE_PUBLISHED = "scorecard.see_published"
    SEE_OVERVIEW = "overview.see"
    EDIT_SCORECARD = "scorecard.edit"
    APPROVE_SCORECARD = "scorecard.approve"
    EDIT_TARGETS = "targets.edit"
    PROPOSE_TARGETS = "targets.propose"
    EDIT_LIBRARY = "indicators.edit"
    ENTER_VALUES = "values.enter"
    ANNOTATE = "values.annotate"
    ACCEPT_DEVIATION = "values.accept"
    MANAGE_ORGANISATION = "organisation.manage"
    SEE_ROLES = "roles.see"
    MANAGE_ROLES = "roles.manage"
    SEE_AUDIT = "audit.see"


class Reach(StrEnum):
    """How far an assignment carries: its unit and everything below, or the whole district it belongs to."""

    OWN = "own"
    DISTRICT = "district"


P, OWN, DISTRICT = Permission, Reach.OWN, Reach.DISTRICT

_READER = {P.SEE_SCORECARD: DISTRICT, P.SEE_PUBLISHED: DISTRICT}
_LEADER = {**_READER, P.SEE_RESTRICTED: OWN, P.ENTER_VALUES: OWN, P.ANNOTATE: OWN, P.SEE_ROLES: OWN}
_TOP = {
    **_READER,
    P.SEE_RESTRICTED: OWN,
    P.SEE_OVERVIEW: OWN,
    P.APPROVE_SCORECARD: OWN,
    P.ANNOTATE: OWN,
    P.ACCEPT_DEVIATION: OWN,
    P.SEE_ROLES: OWN,
    P.SEE_AUDIT: OWN,
}
_FIGURES = {**_READER, P.SEE_RESTRICTED: OWN, P.SEE_OVERVIEW: OWN, P.ENTER_VALUES: OWN, P.ANNOTATE: OWN}

TABLE: dict[Role, dict[Permission, Reach]] = {
    Role.EMPLOYEE: {P.SEE_SCORECARD: OWN, P.SEE_PUBLISHED: DISTRICT},
    Role.REPORTER: {**_READER, P.ENTER_VALUES: OWN, P.ANNOTATE: OWN},
    Role.SUB_UNIT_LEADER: {**_READER, P.SEE_RESTRICTED: OWN, P.ENTER_VALUES: OWN, P.ANNOTATE: OWN},
    Role.UNIT_LEADER: {**_LEADER, P.PROPOSE_TARGETS: OWN},
    Role.LEADERSHIP: _TOP,
    Role.DIRECTOR: _TOP,
    Role.CONTROLLER: _FIGURES,
    Role.QUALITY: {**_FIGURES, P.EDIT_SCORECARD: OWN, P.EDIT_LIBRARY: OWN},
    Role.HR: {**_READER, P.SEE_RESTRICTED: OWN, P.SEE_OVERVIEW: OWN},
    Role.ADMINISTRATOR: {
        **_READER,
        P.EDIT_SCORECARD: OWN,
        P.EDIT_TARGETS: OWN,
        P.EDIT_LIBRARY: OWN,
        P.MANAGE_ORGANISATION: OWN,
        P.SEE_ROLES: OWN,
        P.MANAGE_ROLES: OWN,
        P.SEE_AUDIT: OWN,
    },
    Role.SAFETY_REP: _READER,
    Role.CHIEF_SAFETY_REP: _READER,
    Role.UNION_REP: _READER,
    # As far as the unit it is given for: else whoever gives roles in one unit could open the district's trail.
    Role.PRIVACY_OFFICER: {P.SEE_AUDIT: OWN},
    Role.PROJECT_LEADER: _READER,
    Role.POLITICIAN: {P.SEE_PUBLISHED: DISTRICT},
    Role.RAPPORTEUR: {P.SEE_PUBLISHED: DISTRICT},
    Role.AUDITOR: {**_READER, P.SEE_RESTRICTED: OWN, P.SEE_OVERVIEW: OWN, P.SEE_ROLES: OWN, P.SEE_AUDIT: OWN},
}

# What concerns every unit at once: a role below a district does not carry it.
EVERYWHERE = frozenset({P.EDIT_LIBRARY})

# A session of somebody who can change the system or sees a whole district ends sooner, and needs a second factor where the setting says so.
SENSITIVE = frozenset({P.APPROVE_SCORECARD, P.MANAGE_ORGANISATION, P.MANAGE_ROLES, P.SEE_OVERVIEW})


def reach_of(role: Role, permission: Permission) -> Reach | None:
    """How far the role carries the permission, or None where it does not have it."""
    return TABLE[role].get(permission)


def roles_with(permission: Permission) -> frozenset[Role]:
    return frozenset(role for role, permissions in TABLE.items() if permission in permissions)


def is_sensitive(role: Role) -> bool:
    return bool(SENSITIVE & TABLE[role].keys())
