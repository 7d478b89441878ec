# make demo: everything set up, the example exported. make test: the same, and the whole suite.

PYTHON ?= python3
export PYTHON
BIN := .venv/bin
READY := .venv/ready

.DEFAULT_GOAL := help
# Whatever the list of "make help" names is no file.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' $(firstword $(MAKEFILE_LIST))) system system-test system-deposit

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(READY)  ## set everything up and export the example to all formats
	$(BIN)/pubtool export examples/chapters/*.xml --format all -o build
	@echo "The results are in build/."

test: system-test $(READY) browser  ## set everything up and run the whole suite
	PATH="$(CURDIR)/tests/browser/node_modules/.bin:$$PATH" $(BIN)/python -m pytest -n 2 --dist worksteal

test-ace: $(READY) browser  ## Ace over every EPUB of the tests, not over one alone
	PATH="$(CURDIR)/tests/browser/node_modules/.bin:$$PATH" PUBTOOL_ACE=all \
	  $(BIN)/python -m pytest -n 2 tests/test_epub_books.py

lint: $(READY)  ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

wheel: $(READY)  ## build the wheel and the source archive
	$(BIN)/python -m build --no-isolation

pictures: $(READY) browser  ## render the pictures of the documentation from the example
	$(BIN)/python -m docs.pictures

docs: $(READY)  ## write docs/reference.md from the schema
	$(BIN)/python docs/reference.py
	$(BIN)/python docs/metadata.py

verapdf: $(READY)  ## fetch veraPDF, the archives' validator of PDF, through Maven
	mvn -q -B -f scripts/verapdf.xml dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/.venv/verapdf

test-verapdf: verapdf  ## what veraPDF says of the PDFs; fails where it cannot be fetched
	CI=true $(BIN)/python -m pytest -n 0 tests/test_verapdf.py

bench: $(READY)  ## measure, as ratios within one run
	for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

bench-short: $(READY)  ## the benchmarks that take seconds
	for name in start jats epub; do $(BIN)/python benchmarks/$$name.py || exit 1; done

fuzz: $(READY)  ## 20,000 spoilt manuscripts, chapters, settings, styles, references: each taken or refused
	$(BIN)/python -m tests.fuzz

test-faults: $(READY)  ## kill -9 at 200 random moments of a run: nothing broken, nothing lost
	PUBTOOL_KILLS=200 $(BIN)/python -m pytest -n 2 tests/faults

properties: $(READY)  ## the property tests with twenty times as many examples: 200 chapters as PDF
	PUBTOOL_EXAMPLES=20 $(BIN)/python -m pytest -n 2 tests/property

thousand: $(READY)  ## a thousand generated chapters in every XML format: valid, and JATS and BITS come back
	PUBTOOL_CHAPTERS=1000 $(BIN)/python -m pytest -n 2 tests/property -k "xml_format or comes_back"

fuzz-import: $(READY)  ## 5,000 damaged manuscripts, each read or refused, on all processors
	$(BIN)/python -m tests.fuzz 5000 text,xml,word

lock: $(READY)  ## pin the dependencies of pyproject.toml, with hashes
	$(BIN)/pip-compile --quiet --upgrade --extra dev --generate-hashes --strip-extras --allow-unsafe \
	  --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --output-file requirements.txt pyproject.toml

clean:  ## remove what make made
	rm -rf .venv dist build/*

repository: .venv-repository/ready  ## an InvenioRDM of its own on loopback, to try deposits with
	.venv-repository/bin/python tests/repository/serve.py .venv-repository/data

# Each server is started once: the tests of one file stay together.
SERVERS := $(BIN)/python -m pytest -n 2 --dist loadfile -m servers tests/deposit

test-deposit: $(READY) .venv-repository/ready .venv-sword/ready  ## deposits in real servers: InvenioRDM, SWORD 2, SFTP, S3
	$(SERVERS)
	PUBTOOL_FAULTS=300 $(BIN)/python -m pytest -n 2 tests/deposit/test_faults.py
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/deposit/test_sftp.py tests/deposit/test_s3.py

# What CI runs: the suite of every day has SFTP, S3 and sixty of the 300 faults already.
test-deposit-short: $(READY) .venv-repository/ready .venv-sword/ready  ## the same with two faults in place of sixteen
	PUBTOOL_REAL_FAULTS=2 $(SERVERS)

.venv-sword/ready: | system-deposit
system-deposit:
	@scripts/system.sh deposit

# Of a server's hundreds of megabytes little is ever imported, and that is compiled then.
.venv-%/ready: tests/%/requirements.txt
	$(PYTHON) -m venv .venv-$*
	.venv-$*/bin/python -m pip install --quiet --no-compile --require-hashes --requirement $<
	touch $@

browser: tests/browser/node_modules/ready  ## what the tests look at EPUBs with: Ace and epub.js, from npm

tests/browser/node_modules/ready: tests/browser/package-lock.json
	@if command -v npm >/dev/null; then \
	  cd tests/browser && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --silent && touch node_modules/ready; \
	else \
	  echo "npm is missing: tests with Ace and epub.js are left out" >&2; \
	fi

system:
	@scripts/system.sh demo

system-test:
	@scripts/system.sh test

# Compiled bytecode makes the first start three times as fast.
$(READY): requirements.txt requirements-schemas.txt pyproject.toml | system
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	  { echo "pubtool needs Python 3.11 or newer; name one: make PYTHON=python3.12 …" >&2; exit 3; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements-schemas.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q $$($(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))") >/dev/null || true
	touch $@
