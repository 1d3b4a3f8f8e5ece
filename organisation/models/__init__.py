"""Units over time, people, roles and the audit trail."""

from organisation.models.audit import AuditEntry
from organisation.models.changes import TreeChange, UploadedTable
from organisation.models.people import RoleAssignment, User
from organisation.models.units import CostCentre, OrganisationVersion, ParentLink, ServiceSite, Staffing, Succession, Unit, UnitName

__all__ = [
    "AuditEntry",
    "CostCentre",
    "OrganisationVersion",
    "ParentLink",
    "RoleAssignment",
    "ServiceSite",
    "Staffing",
    "Succession",
    "TreeChange",
    "Unit",
    "UnitName",
    "UploadedTable",
    "User",
]
