"""Loads every folder that it is given with `datasets`, and has TRL prepare what is TRL's.

Prints a line for each config; ends with 1 where anything was refused or differs from the manifest.
"""

import json
import pathlib
import sys

import datasets

datasets.disable_progress_bars()
datasets.logging.set_verbosity_error()
problems = 0


def complain(words):
    global problems
    problems += 1
    print(f"  WRONG: {words}")


def check_trl(target, rows):
    from trl.data_utils import is_conversational, maybe_extract_prompt, maybe_unpair_preference_dataset

    first = rows[0]
    if target != "trl-preference-standard" and not is_conversational(first):
        complain("TRL does not take the rows for conversations")
    if target == "trl-reward":
        extracted = maybe_extract_prompt(first)
        if not extracted["prompt"] or extracted["prompt"][-1]["role"] not in ("user", "tool"):
            complain(f"TRL finds this prompt: {extracted['prompt']}")
    if target in ("trl-preference", "trl-preference-standard"):
        unpaired = maybe_unpair_preference_dataset(rows)
        if len(unpaired) != 2 * len(rows) or set(unpaired["label"]) != {True, False}:
            complain("TRL does not make two labelled rows of each pair")
    if target == "trl-kto" and set(rows["label"]) - {True, False}:
        complain("labels are not booleans")


try:
    import trl.data_utils  # noqa: F401

    has_trl = True
except ImportError as error:
    has_trl = False
    print(f"TRL is not here ({error}); its preparation is not checked.")

for folder in map(pathlib.Path, sys.argv[1:]):
    manifest = json.loads((folder / ".meta" / "manifest.json").read_text())
    declared = {}
    for row in manifest["rows"]:
        declared.setdefault(row["config"], {})[row["split"]] = row["rows"]
    names = datasets.get_dataset_config_names(str(folder))
    if set(names) != {config for config, splits in declared.items() if any(splits.values())}:
        complain(f"{folder.name}: configs {names}, the manifest has {list(declared)}")
    for config in names:
        builder = datasets.load_dataset_builder(str(folder), config)
        loaded = datasets.load_dataset(str(folder), config)
        counts = {split: len(rows) for split, rows in loaded.items()}
        print(f"{folder.name}: {config} {counts}")
        if counts != declared[config]:
            complain(f"the manifest has {declared[config]}")
        rows = next(iter(loaded.values()))
        if builder.info.features is not None and rows.features != builder.info.features:
            complain(f"features {rows.features}, declared {builder.info.features}")
        for row in rows:
            json.dumps(row)
        if has_trl and manifest["target"].startswith("trl-") and config != "ties":
            check_trl(manifest["target"], rows)

print(f"{problems} wrong" if problems else "All as declared.")
sys.exit(1 if problems else 0)
