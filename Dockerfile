# One image for web, worker and beat; docker-compose.yml says which is which.

FROM node:22-bookworm-slim AS npm
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM python:3.12-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt
COPY . .
COPY --from=npm /app/node_modules node_modules
# LINTING: these two look at code and files only, so they need no secret.
RUN python -m mentoring.assets \
    && LINTING=1 python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules .trial

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin alongside \
    && install -d -o 10001 /ledger
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app .
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001
EXPOSE 8000
# The first of ALLOWED_HOSTS, since Django refuses a request that names no host of ours.
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=4 CMD ["python", "-c", \
  "import os, urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].lstrip('.')}), timeout=5)"]
# No access log: addresses and reset links are personal. WEB_CONCURRENCY is the number of processes.
CMD ["gunicorn", "mentoring.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--preload", \
  "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--max-requests", "5000", "--max-requests-jitter", "500"]
