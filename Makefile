.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test lint format serve bench lock messages environment

PYTHON3 = sh scripts/python.sh
VENV = .venv/bin/python

help: ## this list
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## /\1	/p' Makefile | while IFS='	' read -r name what; do printf '%-11s %s\n' "$$name" "$$what"; done

demo: ## try the site on http://localhost:8000 (PORT=9000 make demo: elsewhere)
	@$(PYTHON3) scripts/demo.py

demo-reset: ## throw the demo's data away; the next make demo starts over
	@$(PYTHON3) scripts/demo.py --reset

test: environment ## lint, Django's checks, translations and every test
	@sh scripts/test.sh

lint: environment ## ruff and djlint, changing nothing
	@sh scripts/test.sh lint

format: environment ## put the Python code in its form
	@$(VENV) -m ruff check --quiet --fix-only .
	@$(VENV) -m ruff format .

serve: environment ## the site itself, from the environment (docs/host.md)
	@sh scripts/serve.sh

bench: environment ## how fast it is, at 100, 1,000 and 10,000 participants (ARGS=--help: choices)
	@$(VENV) scripts/bench.py $(ARGS)

lock: ## write requirements.lock anew from pyproject.toml (UPGRADE=1: newest versions)
	@sh scripts/lock.sh

messages: environment ## bring locale/ up to date with the texts in code and templates
	@$(VENV) scripts/messages.py

environment:
	@$(PYTHON3) scripts/environment.py
