"""The month: the leader's report, the director's list, the figures behind them, and what an administrator decides."""

from django.urls import URLPattern, path, register_converter

from common.addresses import MonthConverter
from reporting.views import (
    approval,
    approval_acts,
    approval_lock,
    consolidated,
    economy,
    economy_district,
    index,
    output,
    output_accuracy,
    output_reports,
    production,
    report,
    report_reading,
    report_times,
    setup,
    setup_lists,
    sick_leave,
    sick_leave_limits,
    trace,
)

register_converter(MonthConverter, "month")

app_name = "reporting"

# report
report_urls: list[URLPattern] = [
    path("rapportering/", index.index, name="index"),
    path("rapportering/<str:unit_code>/<month:month>/", report.report, name="report"),
    path("rapportering/<str:unit_code>/<month:month>/felt/", report.report_field, name="report_field"),
    path("rapportering/<str:unit_code>/<month:month>/send/", report_reading.report_sent, name="report_sent"),
    path("rapportering/<str:unit_code>/<month:month>/angre/", report_reading.report_undo, name="report_undo"),
    path("rapportering/<str:unit_code>/<month:month>/les/", report_reading.report_read, name="report_read"),
]

# director
_APPROVAL = "rapportering/godkjenning/<str:district>/<month:month>/"
_WHOLE = "rapportering/samlet/<str:district>/<month:month>/"
director_urls: list[URLPattern] = [
    path(_APPROVAL, approval.approval, name="approval"),
    path(f"{_APPROVAL}eksport.<str:form>", approval.approval_export, name="approval_export"),
    path(f"{_APPROVAL}godkjenn/", approval_acts.approval_approve, name="approval_approve"),
    path(f"{_APPROVAL}gronne/", approval_acts.approval_green, name="approval_green"),
    path(f"{_APPROVAL}angre/", approval_acts.approval_undo, name="approval_undo"),
    path(f"{_APPROVAL}apne/", approval_acts.approval_open_again, name="approval_open_again"),
    path(f"{_APPROVAL}returner/", approval_acts.approval_return, name="approval_return"),
    path(f"{_APPROVAL}minn/", approval_acts.approval_remind, name="approval_remind"),
    path(f"{_APPROVAL}las/", approval_lock.approval_lock, name="approval_lock"),
    path(f"{_APPROVAL}<str:unit_code>/rett/", approval_lock.approval_correct, name="approval_correct"),
    path(f"{_APPROVAL}<str:unit_code>/versjoner/", approval_lock.approval_versions, name="approval_versions"),
    path(f"{_APPROVAL}<str:unit_code>/avtal/", approval_lock.approval_agree, name="approval_agree"),
    path(_WHOLE, consolidated.consolidated, name="consolidated"),
    path(f"{_WHOLE}<str:area>/", consolidated.consolidated_edit, name="consolidated_edit"),
    path(f"{_WHOLE}<str:area>/bygg/", consolidated.consolidated_build, name="consolidated_build"),
]

# ledger and tracing
ledger_urls: list[URLPattern] = [
    path("rapportering/okonomi/", economy.economy_index, name="economy_index"),
    path("rapportering/okonomi/<str:unit_code>/", economy.economy_unit, name="economy_unit"),
    path("rapportering/okonomi/<str:unit_code>/<month:month>/", economy.economy, name="economy"),
    path("rapportering/okonomi/<str:unit_code>/<month:month>/linjer/", economy.ledger_lines, name="ledger_lines"),
    path("rapportering/okonomi/<str:unit_code>/<month:month>/ikke-fordelt/", economy.unallocated_lines, name="unallocated_lines"),
    path("rapportering/okonomi/<str:unit_code>/<month:month>/eksport.<str:form>", economy_district.economy_export, name="economy_export"),
    path("rapportering/rad/<int:delivery>/<int:row>/", trace.ledger_row, name="ledger_row"),
]

# set-up
setup_urls: list[URLPattern] = [
    path("administrasjon/rapportering/", setup_lists.setup_rules, name="setup_rules"),
    path("administrasjon/rapportering/vanlige/", setup_lists.setup_defaults, name="setup_defaults"),
    path("administrasjon/rapportering/regler/<slug:rule>/", setup.setup_rule, name="setup_rule"),
    path("administrasjon/rapportering/trekk-tilbake/<slug:what>/<int:pk>/", setup.setup_withdraw, name="setup_withdraw"),
    path("administrasjon/rapportering/frister/", setup_lists.setup_deadlines, name="setup_deadlines"),
    path("administrasjon/rapportering/frister/ny/", setup.setup_deadline_new, name="setup_deadline_new"),
    path("administrasjon/rapportering/frister/<slug:step>/<int:number>/", setup.setup_deadline, name="setup_deadline"),
    path("administrasjon/rapportering/arsaker/", setup_lists.setup_causes, name="setup_causes"),
    path("administrasjon/rapportering/arsaker/ny/", setup.setup_cause, name="setup_cause_new"),
    path("administrasjon/rapportering/arsaker/<int:pk>/", setup.setup_cause, name="setup_cause"),
    path("administrasjon/rapportering/paminnelser/", report_times.setup_times, name="setup_times"),
    path("administrasjon/rapportering/omrader/", setup_lists.setup_areas, name="setup_areas"),
    path("administrasjon/rapportering/omrader/nytt/", setup.setup_area, name="setup_area_new"),
    path("administrasjon/rapportering/omrader/<int:pk>/", setup.setup_area, name="setup_area"),
    path("administrasjon/rapportering/kontogrupper/", setup_lists.setup_groups, name="setup_groups"),
    path("administrasjon/rapportering/kontogrupper/ny/", setup.setup_group, name="setup_group_new"),
    path("administrasjon/rapportering/kontogrupper/<int:pk>/", setup.setup_group, name="setup_group"),
    path("administrasjon/rapportering/oremerkede/", setup_lists.setup_projects, name="setup_projects"),
    path("administrasjon/rapportering/oremerkede/nytt/", setup.setup_project, name="setup_project_new"),
    path("administrasjon/rapportering/oremerkede/<int:pk>/", setup.setup_project, name="setup_project"),
    path("administrasjon/rapportering/indikatorer/", setup_lists.setup_feeds, name="setup_feeds"),
    path("administrasjon/rapportering/indikatorer/<slug:feed>/", setup.setup_feed, name="setup_feed"),
]

# documents, accuracy
output_urls: list[URLPattern] = [
    path("rapportering/treffsikkerhet/<str:unit_code>/", output_accuracy.accuracy, name="accuracy"),
    path("rapportering/sak/<str:unit_code>/<month:month>/", output.case_page, name="case_page"),
    path("rapportering/sak/<str:unit_code>/<month:month>/pdf/", output.case_pdf, name="case_pdf"),
    path("rapportering/sak/<str:unit_code>/<month:month>/word/", output.case_word, name="case_word"),
    path("rapportering/sak/<str:unit_code>/<month:month>/xlsx/", output.case_xlsx, name="case_xlsx"),
    path("rapportering/hefte/<str:unit_code>/<month:month>/", output_reports.pack_pdf, name="pack_pdf"),
    path("rapportering/<str:unit_code>/<month:month>/pdf/", output_reports.report_pdf, name="report_pdf"),
]

# sick leave, production
figure_urls: list[URLPattern] = [
    path("rapportering/sykefravar/", sick_leave.sick_leave_index, name="sick_leave_index"),
    path("rapportering/sykefravar/<str:unit_code>/<month:month>/", sick_leave.sick_leave, name="sick_leave"),
    path("rapportering/sykefravar/<str:unit_code>/<month:month>/eksport.csv", sick_leave.sick_leave_export, name="sick_leave_export"),
    path("administrasjon/rapportering/sykefravar/", sick_leave_limits.setup_sick_leave, name="setup_sick_leave"),
    path("rapportering/produksjon/", production.production_index, name="production_index"),
    path("rapportering/produksjon/<str:unit_code>/<month:month>/", production.production, name="production"),
]

urlpatterns = [*director_urls, *ledger_urls, *setup_urls, *output_urls, *figure_urls, *report_urls]
