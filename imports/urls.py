"""Files in: what is expected, bringing one, its control page, codes nobody knew, and how files are read."""

from django.urls import path

from imports.views import acts, batch, codes, links, lists, profiles, rows

app_name = "imports"

urlpatterns = [
    path("", lists.index, name="index"),
    path("ny/", lists.upload, name="upload"),
    path("ukjente/", codes.unknown_codes, name="unknown_codes"),
    path("profiler/", profiles.profiles, name="profiles"),
    path("profiler/ny/", profiles.profile_edit, name="profile_new"),
    path("profiler/<slug:code>/", profiles.profile, name="profile"),
    path("profiler/<slug:code>/fil/", profiles.profile_file, name="profile_file"),
    path("profiler/<slug:code>/endre/", profiles.profile_edit, name="profile_edit"),
    path("kilder/ny/", profiles.source, name="source_new"),
    path("kilder/<slug:code>/", profiles.source, name="source"),
    path("leveranse/<int:pk>/", links.of_delivery, name="of_delivery"),
    path("tall/<int:pk>/", links.of_measurement, name="of_measurement"),
    path("<int:pk>/", batch.batch, name="batch"),
    path("<int:pk>/rader/", rows.rows, name="rows"),
    path("<int:pk>/fremdrift/", batch.progress, name="progress"),
    path("<int:pk>/bestem/", acts.decide_file, name="decide"),
    path("<int:pk>/avbryt/", acts.cancel, name="cancel"),
    path("<int:pk>/igjen/", acts.check_again, name="check_again"),
    path("<int:pk>/angre/", acts.roll_back, name="roll_back"),
    path("<int:pk>/varsle/", acts.tell, name="tell"),
]
