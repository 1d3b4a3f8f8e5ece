"""One activity, and what each unit does about it."""

from django.urls import URLPattern, path

from annualcycle.views import activity, mine, task

urlpatterns: list[URLPattern] = [
    path("mine-frister/", mine.mine, name="mine"),
    path("aktivitet/<int:pk>/", activity.activity, name="activity"),
    path("aktivitet/<int:pk>/ferdig/", activity.finish_chosen, name="finish_chosen"),
    path("oppgave/<int:task_id>/", task.task, name="task"),
    path("oppgave/<int:task_id>/gjelder-ikke/", task.not_needed, name="task_not_needed"),
    path("oppgave/<int:task_id>/apne/", task.open_again, name="task_open"),
]
