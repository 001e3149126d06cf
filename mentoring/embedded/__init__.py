"""Runs the app, the tests or any command beside a PostgreSQL and a Valkey of their own.

    python -m mentoring.embedded run                     the app: web, worker, beat (make run)
    python -m mentoring.embedded test [-- pytest args]   the suite, on throw-away servers (make test)
    python -m mentoring.embedded shell -- COMMAND …      any command, on the servers of `run`
    python -m mentoring.embedded clean                   forget every trial database (make clean)

With DATABASE_URL and REDIS_URL in the environment no server is launched.

No Django here: the servers must be there before the settings can be used. Nothing found on the PATH is used
either, since another PostgreSQL or Redis may be of another version with other rights: the programs come from
the wheels that requirements/trial.txt pins.
"""
