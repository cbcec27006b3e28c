# Attendance on one machine and on AWS; docs/running-locally.md and docs/deploying.md say more.
# Set as you like: PORT, EDGE_PORT, ENGINE_PORT, DEMO=0, and for AWS: RUNTIME, PARAMETERS.
.DEFAULT_GOAL := help
.PHONY: help up down logs reset test check bench soak documents format lock build deploy

first = $(shell for p in $(1); do $$p -c 'import sys; sys.exit(not $(2) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
PYTHON ?= $(call first,python3 python3.13 python3.12 python3.11,(3$(comma) 11))
comma := ,
RUNTIME ?= $(call first,python3.13 python3.12,(3$(comma) 12))
VENV := .venv/bin
SAM := SAM_CLI_TELEMETRY=0 $(VENV)/sam
OWN_CODE := functions layers edge_agent local requirements tests

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

up: .venv/complete  ## start everything on this machine: API, demo company, terminals, edge agent
	@$(VENV)/python -m local up

down: .venv/complete  ## stop it, data kept
	@$(VENV)/python -m local down

logs: .venv/complete  ## follow all logs
	@$(VENV)/python -m local logs

reset: .venv/complete  ## stop it and forget the local data
	@$(VENV)/python -m local reset

test: .venv/complete  ## the whole suite, on ports and data of its own
	@$(VENV)/python -m pytest -n 3 --dist loadfile -m "not quiet"
	@$(VENV)/python -m pytest -m quiet

check: .venv/complete  ## lint, format, types, import arrows, template
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/mypy --platform win32 edge_agent/src
	PYTHONPATH=functions $(VENV)/lint-imports
	$(SAM) validate --lint --region us-east-1

bench: .venv/complete  ## measure, beside bounds and peers; build/bench.json and .svg
	@BOTO_DISABLE_CRT=true PYTHONPATH=functions $(VENV)/python -m tests.bench

soak: .venv/complete  ## kills, faults and simulated days for MINUTES=10, then everything must be there
	@$(VENV)/python -m tests.soak $(MINUTES)

documents: .venv/complete  ## renew what is made from the code: docs/openapi.json, schemas of events, events/asyncapi.json
	@PYTHONPATH=functions $(VENV)/python -m tests.kept_openapi
	@PYTHONPATH=functions $(VENV)/python -m tests.incoming_schemas
	@PYTHONPATH=functions $(VENV)/python -m tests.kept_asyncapi

format: .venv/complete  ## mend what ruff can mend
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

lock: .venv/complete  ## pin the newest versions that requirements/*.in allow
	@$(VENV)/python -m pip install --quiet --no-deps --require-hashes -r requirements/lock.txt
	PATH="$(CURDIR)/$(VENV):$$PATH" sh requirements/lock.sh

build: .venv/complete  ## what deploy uploads to AWS, in .aws-sam/build
	@test -n "$(RUNTIME)" || { echo "building for AWS needs python3.13 or python3.12 on the PATH"; exit 1; }
	$(SAM) build --parameter-overrides PythonRuntime=$(notdir $(RUNTIME)) $(PARAMETERS)
	$(RUNTIME) -m local.artifacts .aws-sam/build

deploy: build  ## the same template to AWS; asks its questions the first time
	$(SAM) deploy $$(test -e .aws-sam/answered || echo --guided) --parameter-overrides Target=aws PythonRuntime=$(notdir $(RUNTIME)) $(PARAMETERS)
	@touch .aws-sam/answered

.venv/complete: requirements/install.py requirements/pip.txt requirements/dev.txt $(wildcard layers/*/pyproject.toml) edge_agent/pyproject.toml
	@test -n "$(PYTHON)" || { echo "needs Python 3.11, 3.12 or 3.13 on the PATH (or make PYTHON=/path/to/python)"; exit 1; }
	@$(PYTHON) requirements/install.py
	@touch $@
