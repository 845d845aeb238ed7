# `make run` opens the program, and without a terminal shows the main job; `make test` runs every check. Both set up
# .venv first when it is missing or out of date.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/ready
CODE := $(wildcard kvaltui tests benchmarks docs delivery)
# What only Windows' Python runs, and so only Windows' types can be right for.
WITHIN_WINDOWS := tests/windows/programs $(wildcard tests/windows/*_in_windows.py)
# What is set in the program that runs from here. config.toml is the sample that it begins with, and never written.
SETTINGS := db/config.toml

.PHONY: run test thorough windows variant coverage look expected bench reliability mutants pictures themes commands schema catalogue clean
.PHONY: package zipapp folder ways wheels licences pythons lowest
.DELETE_ON_ERROR:

run: $(READY) catalogue
	@$(PY) -m kvaltui --config=$(SETTINGS) --begin-with=nacka-2022

# Every check is run, whatever the others say. pytest is the last, so that its summary is the last thing printed.
test: $(READY) catalogue
	@status=0; \
	check() { echo "$$*"; "$$@" || status=1; }; \
	check $(VENV)/bin/ruff check $(CODE) setup.py; \
	check $(VENV)/bin/ruff format --check $(CODE) setup.py; \
	check $(PY) -m mypy $(CODE); \
	for system in win32 darwin; do check $(PY) -m mypy --platform=$$system --cache-dir=.mypy_cache/$$system kvaltui $(WITHIN_WINDOWS); done; \
	check $(VENV)/bin/lint-imports; \
	check $(PY) -m pytest --numprocesses=2 --dist=worksteal -m 'not thorough'; \
	exit $$status

# The other tests: the rest of each walk that `make test` takes a sample of, what takes long, and more of what has sizes.
thorough: $(READY) catalogue
	KVALTUI_TESTS=thorough $(PY) -m pytest --numprocesses=2 --dist=worksteal -m 'thorough or property or reliability'

# The tests on Windows' own Python, under Wine; `make thorough` runs them too. `.ci/tools` installs Wine where it can be had.
windows: $(READY) catalogue
	$(PY) -m pytest --numprocesses=2 --dist=worksteal -m windows tests/windows

# The tests as they run for somebody else: `make variant VARIANT=stockholm`; without a name, the one whose turn it is.
variant: $(READY) catalogue
	@.ci/variant $(VARIANT)

# At the end it names each branch that refuses something and that no test has gone through.
coverage: $(READY) catalogue
	COVERAGE_FILE=$(CURDIR)/.coverage $(PY) -m pytest --numprocesses=2 --dist=worksteal --cov --cov-report=term
	$(PY) -m tests.error_branches $(CURDIR)/.coverage

# What the screens look like, as SVG in build/pictures; and what they are expected to look like from now on.
PICTURE_TESTS := $(wildcard tests/tui/test_*pictures.py)
look: $(READY) catalogue
	KVALTUI_PICTURES=look $(PY) -m pytest --quiet --numprocesses=2 $(PICTURE_TESTS)

expected: $(READY) catalogue
	rm -f tests/tui/expected/*.txt
	KVALTUI_PICTURES=write $(PY) -m pytest --quiet $(PICTURE_TESTS)

bench: $(READY) catalogue
	$(PY) -m benchmarks

reliability: $(READY) catalogue
	KVALTUI_TESTS=full $(PY) -m pytest --numprocesses=2 --dist=worksteal -m 'reliability or property'

# What it needs is not needed for anything else, and is fetched the first time.
mutants: $(READY) catalogue
	$(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[mutants]'
	$(PY) -m tests.mutation $(MUTANTS)

pictures: $(READY) catalogue
	$(PY) -m docs.take_pictures

# The ten screens in every theme, side by side in build/themes/index.html.
themes: $(READY) catalogue
	$(PY) -m docs.take_pictures build/themes

commands: $(READY)
	$(PY) -m docs.write_commands

schema: $(READY)
	$(PY) -m docs.write_schema

# How the program reaches a computer (delivery/). All but `package` and `licences` fetch what they need from a package index.
package: $(READY)
	rm -rf build/package && mkdir -p build/package dist
	$(PY) -c 'from delivery.scratch import BUILD, package; package(BUILD / "package")'
	mv build/package/*.whl build/package/*.tar.gz dist

zipapp: $(READY)
	$(PY) -m delivery.zipapp

folder: $(READY)
	$(PY) -m delivery.windows_folder $(patsubst %,--python=%,$(EMBEDDABLE))

ways: $(READY)
	$(PY) -m delivery.ways_in $(WAYS)

wheels: $(READY)
	$(PY) -m delivery.wheels

licences: $(READY)
	$(PY) -m delivery.licences

pythons: $(READY)
	$(PY) -m delivery.pythons $(TESTS)

lowest: $(READY)
	$(PY) -m delivery.pythons --lowest $(TESTS)

# The compiled catalogue is made, never committed: several people append to its source.
catalogue: kvaltui/locale/sv/LC_MESSAGES/kvaltui.mo

kvaltui/locale/sv/LC_MESSAGES/kvaltui.mo: kvaltui/locale/sv.po kvaltui/catalogue.py | $(READY)
	@$(PY) -m kvaltui.catalogue $< $@

$(SETTINGS):
	@if test -e config.toml; then sed 's|"db/kvaltui.db"|"kvaltui.db"|' config.toml; else printf '[database]\npath = "kvaltui.db"\n'; fi > $@

$(READY): pyproject.toml setup.py constraints.txt | $(SETTINGS)
	@$(PYTHON) -c 'import sys; sys.exit("kvaltui needs Python 3.11 or later") if sys.version_info < (3, 11) else None'
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -rf kvaltui/locale/sv
	find kvaltui tests delivery -name __pycache__ -type d -prune -exec rm -rf {} +
