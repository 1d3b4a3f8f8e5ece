# syntax=docker/dockerfile:1

# ---- The environment, the front-end files and the catalogues are made here and copied below.
FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements/ requirements/
RUN python -m venv /opt/alna && /opt/alna/bin/pip install --require-hashes -r requirements/core.txt
# Node is needed for one step; its wheel lives in an environment that stays behind.
RUN python -m venv /opt/node && /opt/node/bin/pip install --require-hashes -r requirements/node.txt

COPY package.json package-lock.json ./
RUN PATH="/opt/node/bin:$PATH" npm ci --ignore-scripts --no-audit --no-fund

COPY . .
RUN python scripts/vendor_assets.py && rm -rf node_modules \
    && /opt/alna/bin/python -m scripts.compile_messages \
    && ALNA_MODE=demo ALNA_DATA_DIR=/tmp/build ALNA_STATIC_DIR=/app/staticfiles \
       /opt/alna/bin/python manage.py collectstatic --no-input --verbosity 0

# ---- What runs: no compiler, no Node, no package index, and no root.
FROM python:3.11-slim-bookworm

ENV PATH="/opt/alna/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=alna.settings \
    ALNA_MODE=production \
    ALNA_DATA_DIR=/data \
    ALNA_STATIC_DIR=/app/staticfiles \
    ALNA_PORT=8000

# What documents are set with: Pango, and a font for machines without the design system's own (docs/decisions/0015-documents.md).
RUN apt-get update && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation \
    && rm -rf /var/lib/apt/lists/*

RUN groupadd --system --gid 10001 alna && useradd --system --uid 10001 --gid alna --home-dir /data --no-create-home alna \
    && mkdir -p /data && chown alna:alna /data

WORKDIR /app
COPY --from=build /opt/alna /opt/alna
COPY --from=build /app /app

USER alna
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=4 \
    CMD ["python", "-m", "scripts.healthy", "web"]

# More processes or threads: GUNICORN_CMD_ARGS="--workers 4 --threads 4".
CMD ["gunicorn", "alna.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--max-requests", "5000", "--max-requests-jitter", "500", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
