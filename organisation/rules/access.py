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
    WRITE_REPORT = "reports.write"
    SEE_REPORT = "reports.see"
    SEE_DELIVERED_REPORT = "reports.see_delivered"
    SEE_REPORT_SUMMARY = "reports.see_summary"
    RETURN_REPORT = "reports.return"
    APPROVE_REPORT = "reports.approve"
    CONSOLIDATE = "reports.consolidate"
    SEE_LEDGER = "ledger.see"
    SEE_SICK_LEAVE_SPLIT = "sick_leave.see_split"
    IMPORT_FILES = "files.import"
    SEE_IMPORTS = "files.see"
    EDIT_RULES = "rules.edit"
    SEE_ACTIONS = "actions.see"
    EDIT_ACTIONS = "actions.edit"
    SEE_CYCLE = "cycle.see"
    SEE_TASKS = "cycle.see_tasks"
    EDIT_CYCLE = "cycle.edit"
    # Answers for what is overdue in the units below: no page asks for it, messages go to those who hold it.
    FOLLOW_UP = "cycle.follow_up"


class Reach(StrEnum):
    """How far an assignment carries: its unit and everything below, or the whole district it belongs to."""

    OWN = "own"
    DISTRICT = "district"


P, OWN, DISTRICT = Permission, Reach.OWN, Reach.DISTRICT

_PUBLISHED = {P.SEE_PUBLISHED: DISTRICT, P.SEE_CYCLE: DISTRICT}
_WHEEL = {P.SEE_CYCLE: DISTRICT, P.SEE_TASKS: DISTRICT}
_READER = {**_PUBLISHED, **_WHEEL, P.SEE_SCORECARD: DISTRICT}
_ACTIONS = {P.SEE_ACTIONS: OWN, P.EDIT_ACTIONS: OWN}
_REPORTER = {**_READER, **_ACTIONS, P.ENTER_VALUES: OWN, P.ANNOTATE: OWN, P.SEE_REPORT: OWN, P.SEE_REPORT_SUMMARY: DISTRICT}
_SUB_LEADER = {**_REPORTER, P.SEE_RESTRICTED: OWN, P.SEE_LEDGER: OWN}
_LEADER = {**_SUB_LEADER, P.FOLLOW_UP: OWN, P.WRITE_REPORT: OWN, P.SEE_SICK_LEAVE_SPLIT: OWN, P.SEE_ROLES: OWN, P.PROPOSE_TARGETS: OWN}
_ALL_REPORTS = {P.SEE_DELIVERED_REPORT: OWN, P.SEE_REPORT_SUMMARY: DISTRICT, P.SEE_LEDGER: OWN, P.SEE_SICK_LEAVE_SPLIT: OWN}
_TOP = {
    **_READER,
    **_ACTIONS,
    P.FOLLOW_UP: OWN,
    **_ALL_REPORTS,
    P.RETURN_REPORT: OWN,
    P.APPROVE_REPORT: OWN,
    P.CONSOLIDATE: OWN,
    P.EDIT_CYCLE: OWN,
    P.SEE_IMPORTS: OWN,
    P.SEE_RESTRICTED: OWN,
    P.SEE_OVERVIEW: OWN,
    P.APPROVE_SCORECARD: OWN,
    P.ANNOTATE: OWN,
    P.ACCEPT_DEVIATION: OWN,
    P.SEE_ROLES: OWN,
    P.SEE_AUDIT: OWN,
}
_FIGURES = {**_READER, P.SEE_RESTRICTED: OWN, P.SEE_OVERVIEW: OWN, P.ENTER_VALUES: OWN, P.ANNOTATE: OWN, P.SEE_ACTIONS: OWN}
_FILES = {P.IMPORT_FILES: OWN, P.SEE_IMPORTS: OWN}

TABLE: dict[Role, dict[Permission, Reach]] = {
    Role.EMPLOYEE: {**_PUBLISHED, **_WHEEL, P.SEE_SCORECARD: OWN, P.SEE_ACTIONS: OWN, P.SEE_REPORT_SUMMARY: OWN},
    Role.REPORTER: {**_REPORTER, P.WRITE_REPORT: OWN},
    Role.SUB_UNIT_LEADER: _SUB_LEADER,
    Role.UNIT_LEADER: _LEADER,
    Role.LEADERSHIP: _TOP,
    Role.DIRECTOR: _TOP,
    Role.CONTROLLER: {**_FIGURES, **_ALL_REPORTS, **_FILES, P.RETURN_REPORT: OWN, P.CONSOLIDATE: OWN, P.EDIT_RULES: OWN},
    Role.QUALITY: {**_FIGURES, P.SEE_REPORT_SUMMARY: DISTRICT, P.EDIT_SCORECARD: OWN, P.EDIT_LIBRARY: OWN, P.EDIT_CYCLE: OWN},
    Role.HR: {**_READER, **_FILES, P.SEE_RESTRICTED: OWN, P.SEE_OVERVIEW: OWN, P.SEE_SICK_LEAVE_SPLIT: OWN, P.SEE_ACTIONS: OWN},
    Role.ADMINISTRATOR: {
        **_READER,
        P.EDIT_CYCLE: OWN,
        P.EDIT_SCORECARD: OWN,
        P.EDIT_TARGETS: OWN,
        P.EDIT_LIBRARY: OWN,
        P.EDIT_RULES: OWN,
        P.SEE_IMPORTS: OWN,
        P.MANAGE_ORGANISATION: OWN,
        P.SEE_ROLES: OWN,
        P.MANAGE_ROLES: OWN,
        P.SEE_AUDIT: OWN,
    },
    Role.SAFETY_REP: _READER,
    Role.CHIEF_SAFETY_REP: _READER,
    Role.UNION_REP: {**_READER, P.SEE_REPORT_SUMMARY: OWN},
    # As far as the unit it is given for: else whoever gives roles in one unit could open the district's trail.
    Role.PRIVACY_OFFICER: {**_WHEEL, P.SEE_AUDIT: OWN},
    Role.PROJECT_LEADER: {**_READER, P.SEE_ACTIONS: OWN},
    Role.POLITICIAN: _PUBLISHED,
    Role.RAPPORTEUR: _PUBLISHED,
    Role.AUDITOR: {
        **_READER,
        **_ALL_REPORTS,
        P.SEE_RESTRICTED: OWN,
        P.SEE_OVERVIEW: OWN,
        P.SEE_ROLES: OWN,
        P.SEE_AUDIT: OWN,
        P.SEE_ACTIONS: OWN,
    },
}

# What concerns every unit at once: a role below a district does not carry it.
EVERYWHERE = frozenset({P.EDIT_LIBRARY, P.EDIT_RULES})

# A session of somebody who can change the system or sees a whole district ends sooner, and needs a second factor where the setting says so.
SENSITIVE = frozenset(
    {P.APPROVE_SCORECARD, P.MANAGE_ORGANISATION, P.MANAGE_ROLES, P.SEE_OVERVIEW, P.APPROVE_REPORT, P.IMPORT_FILES, P.EDIT_RULES}
)


def reach_of(role: Role, permission: Permission) -> Reach | None:
    """How far the role carries the permission, or None where it does not have it."""
    return TABLE[role].get(permission)


def roles_with(permission: Permission) -> frozenset[Role]:
    return frozenset(role for role, permissions in TABLE.items() if permission in permissions)


def is_sensitive(role: Role) -> bool:
    return bool(SENSITIVE & TABLE[role].keys())
