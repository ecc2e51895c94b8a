# The everyday commands. `make` alone lists them.

PORT ?= 8000
BASE_URL ?= http://127.0.0.1:$(PORT)
export PORT
# Else each server that a test starts compiles the app again, and each run the tests.
unexport PYTHONDONTWRITEBYTECODE

# Through the interpreter, so that the directory may be moved.
PYTHON := .venv/bin/python
FLASK := $(PYTHON) -m flask --app wsgi
BABEL := $(PYTHON) -m babel.messages.frontend
TRANSLATIONS := jobfair/translations
CODE := jobfair tests bench tools migrations wsgi.py gunicorn.conf.py docs/example.py

.PHONY: help run test test-system test-domain bench lint lint-api format lock audit pin messages clean
.DELETE_ON_ERROR:

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-14s%s\n", $$1, $$2}' Makefile

run: .venv/run.stamp  ## Install, migrate, load the demo fair and serve it to this machine (PORT=8000)
	@$(PYTHON) -m tools.preflight
	@echo "Preparing the database and the demo fair (a few seconds the first time)…"
	@$(FLASK) db upgrade
	@$(FLASK) fair demo --base-url $(BASE_URL)
	@exec $(PYTHON) -m gunicorn wsgi:app

test: .venv/dev.stamp  ## Run every test but the long ones (browser tests need Chromium)
	@if sh tools/chromium.sh; then set -- "not system"; else set -- "not system and not browser"; fi; \
	exec $(PYTHON) -m pytest -n 4 $(AGAIN) -m "$$@"

test-system: .venv/dev.stamp  ## Run the long tests: real servers, races, faults, whole fairs, every page by axe
	@sh tools/nginx.sh || true; \
	if sh tools/chromium.sh; then set -- "system"; else set -- "system and not browser"; fi; \
	exec $(PYTHON) -m pytest -n 2 $(AGAIN) -m "$$@"

test-domain: .venv/dev.stamp  ## Run the rules' own tests, in under a second
	@$(PYTHON) -m pytest -q tests/domain

bench: .venv/dev.stamp  ## Measure how fast it is, on PostgreSQL, then on SQLite (a quarter of an hour)
	@exec $(PYTHON) -m bench --set-up postgresql --set-up sqlite

lint: .venv/dev.stamp  ## Check style, types, layers and the vendored files
	$(PYTHON) -m ruff check $(CODE)
	$(PYTHON) -m ruff format --check $(CODE)
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	cd jobfair/static/vendor && sha256sum --quiet -c SHA256SUMS

lint-api: .venv/run.stamp  ## Check the description of the JSON interface by Redocly (needs node and the network)
	@sh tools/lint_api.sh

format: .venv/dev.stamp  ## Rewrite the code in the house style
	$(PYTHON) -m ruff check --fix $(CODE)
	$(PYTHON) -m ruff format $(CODE)

lock: .venv/run.stamp  ## Lock what requirements*.txt name, and what that needs, with hashes (some minutes)
	@sh tools/lock.sh

audit: .venv/run.stamp  ## Look the locked versions up among the known vulnerabilities (needs the network)
	@sh tools/audit.sh

pin:  ## Write the images' digests into Dockerfile and compose.yaml (needs Docker)
	@sh tools/pin_images.sh

messages: .venv/run.stamp  ## Collect the words to translate, and compile the translations
	@$(BABEL) -q extract -F pyproject.toml -k lazy_gettext --no-location --sort-output \
		--omit-header -o messages.pot jobfair
	@$(BABEL) -q update -i messages.pot -d $(TRANSLATIONS) --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date
	@$(BABEL) compile -d $(TRANSLATIONS)
	@rm messages.pot

clean:  ## Remove what was installed and cached; instance/ and its database stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run.stamp: requirements.lock
	@echo "Installing into .venv (once, some seconds)…"
	@sh tools/venv.sh
	@sh tools/install.sh requirements.lock
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	@echo "Installing the test tools into .venv (once)…"
	@sh tools/install.sh requirements-dev.lock
	@touch $@
