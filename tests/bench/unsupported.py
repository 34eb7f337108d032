#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Which rules of a set are not run, and why: keywords with how many rules each keeps out.

Reads `-z malflow,rules`. Without a set it takes ../shared's. Environment as for the golden tests:
MALFLOW_PLUGIN, MALFLOW_SIGNATURES, MALFLOW_SHARED. Nothing is asserted.

usage: unsupported.py [RULES]
"""
import collections
import re
import sys
from pathlib import Path

import bench  # noqa: F401  (adds tests/golden to the path)
import harness

import alerts

AT_RULE = re.compile(r"^\s*(?P<file>\S.*?\.rules):(?P<line>\d+):(?P<column>\d+): (?P<why>.*)$")
KEYWORD = re.compile(r"the keyword '([^']*)'")


def rules_file():
    if len(sys.argv) > 1:
        return harness.room().put(Path(sys.argv[1]))
    path = alerts.et_open()
    if path is None:
        sys.exit("unsupported.py: ../shared/rules is absent: name a file of rules")
    return path


def report(rules):
    preference = "malflow.signatures:%s" % rules
    run = harness.room().run(
        "-q", "-r", harness.own("midstream"), "-o", preference, "-z", "malflow,rules", err=None
    )
    return run.out.splitlines()


def main():
    rules = rules_file()
    total = sum(1 for line in rules.read_bytes().splitlines() if re.match(rb"\s*\w+\s.*\(", line))
    reasons, keywords = collections.Counter(), collections.Counter()
    for found in filter(None, map(AT_RULE.match, report(rules))):
        keyword = KEYWORD.search(found["why"])
        (keywords if keyword else reasons)[keyword[1] if keyword else found["why"]] += 1
    missing = sum(keywords.values()) + sum(reasons.values())
    print("%d rules, %d not run (%.2f %% are)" % (total, missing, 100 * (1 - missing / total)))
    for title, counter in (("keyword", keywords), ("reason", reasons)):
        for name, count in counter.most_common():
            print("%7d  %s: %s" % (count, title, name))


if __name__ == "__main__":
    main()
