# Everything sets up what it needs; the second time it finds it there.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
STORE  ?= $(CURDIR)/.store
DOCS   := eval_sets/documents

.PHONY: run test lint bench smoke clean

run: $(STAMP)
	@$(BIN)/mingzhang ingest $(DOCS) --store "$(STORE)" --jobs 2
	@$(BIN)/mingzhang ui --store "$(STORE)" $(UI)

test: $(STAMP)
	@$(BIN)/python -m pytest $(ARGS)

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(STAMP)
	@$(BIN)/python -m tests.bench

# The small question set as a gate: no wrong figure marked as verified, and nearly all of it right.
smoke: $(STAMP)
	@$(BIN)/mingzhang ingest $(DOCS) --store "$(STORE)" --jobs 2
	@$(BIN)/mingzhang eval eval_sets/smoke.jsonl --store "$(STORE)" --max-wrong-verified 0 --min-accuracy 0.9

# torch first: left to a resolver it would bring several gigabytes of GPU libraries.
$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade pip
	@$(BIN)/python -m pip install --quiet -c constraints.txt torch==2.13.0
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet -c constraints.txt --editable ".[ocr,dev]"
	@touch $@

clean:
	rm -rf $(VENV) .store build *.egg-info
