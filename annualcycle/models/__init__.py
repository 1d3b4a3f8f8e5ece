"""What the annual cycle keeps."""

from annualcycle.models.activities import Activity, CycleSetting, ReminderRun, Task
from annualcycle.models.feeds import CalendarFeed

__all__ = ["Activity", "CalendarFeed", "CycleSetting", "ReminderRun", "Task"]
