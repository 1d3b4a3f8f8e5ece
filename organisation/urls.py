"""Units, people, roles and the audit trail."""

from django.urls import URLPattern, path

from organisation.views import audit, imports, people, persons, reorganise, roles, unit, units

app_name = "organisation"
urlpatterns: list[URLPattern] = [
    path("enheter/", units.units, name="units"),
    path("enheter/fil/", units.units_export, name="units_export"),
    path("enheter/ny/", units.unit_new, name="unit_new"),
    path("enheter/les-inn/", imports.units_import, name="units_import"),
    path("enheter/les-inn/mal/", imports.units_sample, name="units_sample"),
    path("personer/les-inn/", imports.people_import, name="people_import"),
    path("personer/les-inn/mal/", imports.people_sample, name="people_sample"),
    path("opplasting/<int:upload_id>/", imports.import_check, name="import_check"),
    path("logg/", audit.audit, name="audit"),
    path("logg/fil/", audit.audit_export, name="audit_export"),
    path("det-jeg-har-gjort/", audit.my_acts, name="my_acts"),
    path("enheter/enhet/<str:unit_code>/", unit.unit, name="unit"),
    path("enheter/enhet/<str:unit_code>/navn/", unit.rename, name="unit_rename"),
    path("enheter/enhet/<str:unit_code>/flytt/", reorganise.move, name="unit_move"),
    path("enheter/enhet/<str:unit_code>/slaa-sammen/", reorganise.merge, name="unit_merge"),
    path("enheter/enhet/<str:unit_code>/del/", reorganise.split, name="unit_split"),
    path("enheter/enhet/<str:unit_code>/avslutt/", reorganise.close, name="unit_close"),
    path("enheter/enhet/<str:unit_code>/sted/", unit.site_new, name="site_new"),
    path("enheter/enhet/<str:unit_code>/sted/<int:site_id>/", unit.site_end, name="site_end"),
    path("enheter/enhet/<str:unit_code>/ansvar/", unit.cost_centre_new, name="cost_centre_new"),
    path("enheter/enhet/<str:unit_code>/ansvar/<int:centre_id>/", unit.cost_centre_end, name="cost_centre_end"),
    path("enheter/enhet/<str:unit_code>/aarsverk/", unit.staffing, name="staffing"),
    path("personer/", people.people, name="people"),
    path("personer/fil/", people.people_export, name="people_export"),
    path("personer/ny/", persons.person_new, name="person_new"),
    path("personer/<int:person_id>/", people.person, name="person"),
    path("personer/<int:person_id>/endre/", persons.person_edit, name="person_edit"),
    path("personer/<int:person_id>/steng/", persons.person_deactivate, name="person_deactivate"),
    path("personer/<int:person_id>/aapne/", persons.person_reactivate, name="person_reactivate"),
    path("personer/<int:person_id>/passordlenke/", persons.person_link, name="person_link"),
    path("personer/<int:person_id>/overdra/", roles.person_handover, name="person_handover"),
    path("personer/<int:person_id>/rolle/", roles.role_new, name="role_new"),
    path("personer/<int:person_id>/rolle/<int:assignment_id>/avslutt/", roles.role_end, name="role_end"),
    path("personer/<int:person_id>/rolle/<int:assignment_id>/stedfortreder/", roles.role_deputy, name="role_deputy"),
]
