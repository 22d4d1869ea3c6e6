# Each of these is the only command needed on a machine with python3, make and git: what is missing
# is set up first (scripts/setup.py). The work itself is in scripts/ and in manage.py's commands.
PORT ?= 8000
DATA_DIR ?= var
export PORT DATA_DIR

PYTHON3 ?= python3
SETUP := $(PYTHON3) scripts/setup.py
PYTHON := .venv/bin/python
MESSAGES := $(PYTHON) -m exchange.config.catalogues
DICTIONARY := $(PYTHON) -m exchange.languages.dictionary_build

.PHONY: run test walks check faults soak bench screenshots manage messages lock clean

# ARTICLE=FILE pins that file's article; DEMO=0 leaves the sample people and their talk out.
run:
	@$(SETUP) run
	@$(MESSAGES)
	@$(DICTIONARY)
	@DEMO=$${DEMO:-1} exec $(PYTHON) manage.py serve

test walks check faults soak bench screenshots:
	@$(SETUP) dev
	@$(MESSAGES)
	@$(DICTIONARY)
	@exec $(PYTHON) -m scripts.$@

# make manage ARGS="appoint lin moderator"
manage:
	@$(SETUP) run
	@$(MESSAGES)
	@$(DICTIONARY)
	@exec $(PYTHON) manage.py $(ARGS)

messages:
	@$(SETUP) run
	@$(PYTHON) manage.py messages extract
	@$(MESSAGES)

lock:
	@$(SETUP) lock

clean:
	rm -rf .venv .tools exchange/locale/zh_Hant exchange/languages/data .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find exchange tests scripts -name __pycache__ -prune -exec rm -rf {} +
	find exchange/locale -name '*.mo' -delete
