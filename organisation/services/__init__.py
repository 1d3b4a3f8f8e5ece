"""Everything that changes units, people, roles and the audit trail."""
