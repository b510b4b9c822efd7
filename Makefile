# Thin aliases: what a target does stands in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run dev test bench plants faults browser screens lighthouse clean-demo

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | while IFS="$$(printf '\t')" read -r t d; do printf '  make %-11s %s\n' "$$t" "$$d"; done

run: ## build everything and serve the demo city on http://127.0.0.1:3000
	@scripts/run.sh

dev: ## the same with the quick build, the data kept
	@scripts/run.sh --dev

test: ## every check: lint, both engines, browser, faults
	@scripts/test.sh

bench: ## measure and append a dated table to docs/BENCHMARKS.md
	@scripts/bench.sh

plants: ## plant each fault of docs/abuse.csv and see its test go red
	@scripts/plants.sh

faults: ## kill -9, power cut, disk full, I/O error (part of make test)
	@scripts/test.sh --only build,faults

browser: ## the journeys in Chromium (part of make test)
	@scripts/test.sh --only build,browser

screens: ## pictures of every page for docs/screens
	@scripts/screens.sh

lighthouse: ## Lighthouse on the main pages, as a phone on slow 4G
	@scripts/lighthouse.sh

clean-demo: ## forget the data of the demo city
	@rm -rf data/demo && echo "The demo city's data is gone; make run starts a fresh one."
