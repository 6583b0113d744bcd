#!/usr/bin/env python3
"""docs/ziping.schema.json against src/config/read.c and src/base/bounds.def: the same keys, the same limits, the same answers.

usage: config_schema.py ZIPING
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/ziping.schema.json").read_text(encoding="utf-8"))

# JSON is YAML, so each of these is a configuration as it stands; true where it is a good one.
CASES = [
    ({}, True),
    ({"lang": "zh", "profile": "default", "fail_on": "never", "show": "note"}, True),
    ({"rules": {"F01": "warning", "overspent": "off"}, "select": ["F", "S07", "ALL"], "ignore": ["execution-rate"]}, True),
    ({"limits": {"input_bytes": 1, "folder_depth": 64, "sarif_results": 25000}}, True),
    ({"limits": {"seconds": 60, "memory_bytes": 2147483648, "pages": 20000, "cells": 4000000, "depth": 1024}}, True),
    ({"limits": {"input_bytes": 134217728, "output_bytes": 268435456}}, True),
    ({"overrides": [{"path": "a/**", "rules": {"F01": "off"}}, {"template": "hubei", "ignore": ["C"]}]}, True),
    ({"suppressions": [{"rule": "F01", "project": "x", "reason": "y", "until": "2026-12-31"}]}, True),
    ({"require_sandbox": True}, True),
    ({"require_sandbox": "perhaps"}, False),
    ({"language": "zh"}, False),
    ({"lang": "fr"}, False),
    ({"fail_on": "off"}, False),
    ({"rules": {"F01": "fatal"}}, False),
    ({"rules": ["F01"]}, False),
    ({"select": "F01"}, False),
    ({"ignore": ["F_1"]}, False),
    ({"limits": {"input_bytes": 0}}, False),
    ({"limits": {"folder_depth": 65}}, False),
    ({"limits": {"sarif_results": 25001}}, False),
    ({"limits": {"seconds": 61}}, False),
    ({"limits": {"memory_bytes": 2147483649}}, False),
    ({"limits": {"memory_bytes": "1G"}}, False),
    ({"limits": {"pages": 20001}}, False),
    ({"limits": {"cells": 4000001}}, False),
    ({"limits": {"depth": 0}}, False),
    ({"limits": {"output_bytes": 268435457}}, False),
    ({"limits": {"lines": 1}}, False),
    ({"overrides": [{"rules": {"F01": "off"}}]}, False),
    ({"overrides": [{"path": "a", "lang": "zh"}]}, False),
    ({"suppressions": [{"rule": "F01", "path": "a"}]}, False),
    ({"suppressions": [{"rule": "F01", "reason": "y"}]}, False),
    ({"suppressions": [{"path": "a", "reason": "y"}]}, False),
    ({"suppressions": [{"rule": "F01", "path": "a", "reason": " "}]}, False),
    ({"suppressions": [{"rule": "F01", "path": "a", "reason": "y", "until": "soon"}]}, False),
]


def keys_of_schema(node, into):
    if isinstance(node, dict):
        into |= set(node.get("properties", {}))
        for value in node.values():
            keys_of_schema(value, into)
    elif isinstance(node, list):
        for value in node:
            keys_of_schema(value, into)
    return into


def accepts(ziping, config, folder):
    path = Path(folder) / "c.yaml"
    path.write_text(json.dumps(config), encoding="utf-8")
    done = subprocess.run([ziping, "check", "--show-config", "--config", path, path], capture_output=True, timeout=60)
    return done.returncode == 0


def main():
    bad = []
    keys = set(re.findall(r'^\s+\{"(\w+)", read_\w+, ', (ROOT / "src/config/read.c").read_text(encoding="utf-8"), re.M))
    keys |= set(re.findall(r'^ZP_BOUND\(.*(?:true|false), +"(\w+)"', (ROOT / "src/base/bounds.def").read_text(encoding="utf-8"), re.M))
    in_schema = keys_of_schema(SCHEMA, set())
    if keys != in_schema:
        bad.append(f"keys that only one of the two has: {sorted(keys ^ in_schema)}")
    validator = jsonschema.Draft7Validator(SCHEMA)
    with tempfile.TemporaryDirectory() as folder:
        for config, is_good in CASES:
            if validator.is_valid(config) != is_good:
                bad.append(f"the schema {'refuses' if is_good else 'takes'} {config}")
            if accepts(sys.argv[1], config, folder) != is_good:
                bad.append(f"ziping {'refuses' if is_good else 'takes'} {config}")
    print("\n".join(bad) or f"{len(CASES)} configurations judged alike")
    sys.exit(1 if bad else 0)


main()
