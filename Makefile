# The project's commands. Each sets up what it needs first; nothing has to be installed by hand.
.DEFAULT_GOAL := help
.PHONY: help setup book serve offline site test release bundle lock clean

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000

# One BLAS thread: two on the course's small matrices can be ten times slower.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
export MKL_NUM_THREADS := 1

# The environment is named by its requirements, so that changed ones are installed anew.
HASH  := $(shell cat requirements.txt pyproject.toml | cksum | cut -d' ' -f1)
READY := $(VENV)/.ready-$(HASH)

help:            ## say what the commands are
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/  /' | awk '{printf "  make %-9s", $$1; $$1=""; print}'

setup: $(READY)  ## install everything into .venv

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12 …"; exit 1; }
	@echo "Setting up $(VENV) (once for each change of requirements.txt) …"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "Python's venv module is missing (Debian: apt install python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: "$$(grep -o '^uv==[0-9.]*' requirements.txt)"
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --only-binary :all: -r requirements.txt || \
	  { echo "uv could not; trying pip, which is slower …"; $(BIN)/python -m pip install --only-binary :all: -r requirements.txt; }
	@$(BIN)/uv pip install --quiet --offline --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

book: $(READY)   ## build the book to _build/html/index.html, every chapter executed
	$(BIN)/python book/_ext/build.py

serve: book      ## build the book, serve it and print its address
	@echo "The book is at http://127.0.0.1:$(PORT)/ (end with Ctrl+C)"
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html 2>_build/serve.log || \
	  { tail -n 1 _build/serve.log; echo "Is the port taken? Name another one: make serve PORT=8001"; exit 1; }

offline: book    ## the whole book in one file: _build/lstm-course.html and, with Chromium, .pdf
	$(BIN)/python book/_ext/offline.py

site: offline    ## what is published: the book, and on its start page itself in one file, in _build/site
	$(BIN)/python book/_ext/publish.py

test: $(READY)   ## run every test
	$(BIN)/python -m pytest -n 2

release: $(READY) ## regenerate book/exercises/ from solutions/
	$(BIN)/python -m autograder release

bundle: $(READY) ## make the file that students download, book/student/lstm-exercises.zip
	$(BIN)/python book/_ext/bundle.py

lock: $(READY)   ## pin the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate --group dev pyproject.toml -o requirements.txt

clean:           ## remove all that was built
	rm -rf _build .pytest_cache
