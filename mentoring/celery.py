"""The Celery application. Beat says only "look now"; what is due is decided by rows in PostgreSQL."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")

app = Celery("mentoring")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "send-due-messages": {"task": "mentoring.tasks.send_due_messages", "schedule": 10.0},
    "take-people-imports": {"task": "mentoring.tasks.take_people_imports", "schedule": 5.0},
    "forget-gone-mentors": {"task": "matching.tasks.forget_gone", "schedule": 3600.0},
    "refresh-expected": {"task": "matching.tasks.refresh_expected", "schedule": 3600.0},
    "work-out-rounds": {"task": "matching.tasks.work_out_rounds", "schedule": 5.0},
    "tend-rounds": {"task": "matching.tasks.tend_rounds", "schedule": 600.0},
    "file-erasures": {"task": "mentoring.tasks.file_erasures", "schedule": 60.0},
    "count-feedback": {"task": "mentoring.tasks.count_feedback", "schedule": 3600.0},
    "keep-no-longer": {"task": "mentoring.tasks.keep_no_longer", "schedule": 3600.0},
    "forget-old": {"task": "mentoring.tasks.forget_old", "schedule": 3600.0},
}
