"""The app, with a beat that looks every second: tests need not wait as people may."""

from mentoring.celery import app

for entry in app.conf.beat_schedule.values():
    entry["schedule"] = min(entry["schedule"], 1.0)
