# Everything a newcomer needs: `make demo`, `make test`. The rest is for contributors.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
# The tests run with the network cut off where the system lets us cut it: nothing may need it.
OFFLINE := $(shell unshare -rn true 2>/dev/null && echo unshare -rn)

.PHONY: demo test quick lint types layers docs floors bench lock sbom clean chromium

demo: $(VENV)/run.done  ## install what it needs, compile the invented story, say which file to open
	$(BIN)/onrecord demo -o demo.html
	@echo "Open $(CURDIR)/demo.html in a browser."

test: $(VENV)/dev.done chromium  ## all tests; those that need Chromium are skipped, and named, without it
	$(OFFLINE) $(BIN)/python -m pytest -rs

quick: $(VENV)/dev.done  ## the tests that take seconds
	$(BIN)/python -m pytest -q -m "not slow and not browser"

lint: $(VENV)/dev.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.done
	$(BIN)/mypy -p onrecord

layers: $(VENV)/dev.done
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/lint-imports --no-cache

docs: $(VENV)/dev.done  ## the documentation site, in site/
	$(BIN)/python docs/generate.py --check
	$(BIN)/mkdocs build --strict --quiet

floors: $(VENV)/dev.done  ## every figure the docs name, against eval/floors.json
	$(BIN)/python eval/gate.py --shared $(SHARED)

bench: $(VENV)/dev.done
	$(BIN)/python bench/compile_speed.py --shared $(SHARED)

# pip 23.2, which Python 3.11 brings, cannot resolve the readers' extras: install from the lock.
$(VENV)/run.done: requirements/run.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/dev.done: requirements/dev.lock $(VENV)/run.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

chromium:  ## install Debian's Chromium where that is allowed; elsewhere the browser tests are skipped
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
		|| echo "Chromium is not here and cannot be installed: the browser tests will be skipped."

lock: $(VENV)/dev.done  ## resolve the requirements anew
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-trusted-host \
		--no-emit-find-links --strip-extras --allow-unsafe --no-header -o requirements/run.lock pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-trusted-host \
		--no-emit-find-links --strip-extras --allow-unsafe --no-header --extra dev \
		-c requirements/run.lock -o requirements/dev.lock pyproject.toml

sbom: requirements/run.lock requirements/sbom.py  ## the bill of materials, from the locked requirements alone
	rm -rf .sbom && $(PYTHON) -m venv .sbom/run && $(PYTHON) -m venv .sbom/tool
	.sbom/run/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	.sbom/tool/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0
	.sbom/tool/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible \
		.sbom/run/bin/python | $(PYTHON) requirements/sbom.py > .sbom/sbom.json
	mv .sbom/sbom.json requirements/sbom.cdx.json && rm -rf .sbom

clean:
	rm -rf $(VENV) site demo.html .pytest_cache .mypy_cache .ruff_cache .hypothesis
