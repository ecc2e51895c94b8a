# JobFair alone; compose.yaml puts the rest around it. `make pin` writes newer digests into both.

FROM python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b AS packages
RUN python -m venv /srv/jobfair/.venv
COPY requirements.lock /
RUN /srv/jobfair/.venv/bin/pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes -r /requirements.lock

FROM python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b
# A volume takes over who owns the folder it is first mounted on.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin jobfair \
    && install -d -o jobfair -g jobfair /srv/jobfair/instance /run/jobfair
WORKDIR /srv/jobfair
COPY --from=packages /srv/jobfair/.venv .venv
COPY gunicorn.conf.py wsgi.py ./
COPY tools/preflight.py tools/
COPY migrations migrations
COPY jobfair jobfair
ENV PATH=/srv/jobfair/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FLASK_APP=wsgi \
    JOBFAIR_PRODUCTION=true
USER jobfair
CMD ["python", "-m", "gunicorn", "wsgi:app"]
