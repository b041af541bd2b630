# `make briefing` sets everything up and makes an edition of the sample corpus; `make test` runs the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: briefing test test-slow fuzz check lint types layers wheel bench pictures lock clean system help
.DEFAULT_GOAL := help

help: ## show what can be made
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

briefing: $(STAMP) ## set everything up and make an edition of the sample corpus in output/
	@$(BIN)/briefing demo --output output

test: $(STAMP) ## run the tests (under five minutes)
	@$(BIN)/python -m pytest -q -n 2

test-slow: $(STAMP) ## run the slow tests as well: servers, faults, large inputs
	@$(BIN)/python -m pytest -q --slow -m slow

fuzz: $(STAMP) ## repeat what readers may choke on until it is a megabyte, for half an hour
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-1800} FUZZ_SEED=$${FUZZ_SEED:-$$RANDOM} $(BIN)/python -m pytest -q --slow tests/system/test_slow_fuzz.py

check: lint types layers test wheel ## everything a change must pass

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)
	@$(BIN)/mypy

layers: $(STAMP)
	@$(BIN)/lint-imports --no-cache > $(VENV)/layers.log || (cat $(VENV)/layers.log; exit 1)

wheel: $(STAMP) ## build the wheel, install it in a clean environment, run it
	@scripts/check-wheel $(PYTHON)

bench: $(STAMP) ## measure: reading, summaries, storylines
	@$(BIN)/python -m benchmarks

pictures: $(STAMP) ## take the pictures of docs/images anew, from the sample edition
	@$(BIN)/python scripts/pictures

lock: $(STAMP) ## write requirements.lock and requirements-dev.lock anew
	@scripts/lock

clean: ## remove the environment and what was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(STAMP): pyproject.toml requirements-dev.lock | system
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || (echo "python3 cannot make an environment; on Debian: apt-get install python3-venv" >&2; exit 1)
	@echo "installing the locked packages (two to three minutes the first time)" >&2
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

system:
	@scripts/system-libraries
