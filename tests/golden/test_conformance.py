# SPDX-License-Identifier: GPL-2.0-or-later
"""The conformance cases of Suricata's own test suite, each with its own result.

usage: test_conformance.py                      all cases and the summary
       test_conformance.py --record FILE        all cases; what became of each goes to FILE
       test_conformance.py --result FILE        the summary, from FILE
       test_conformance.py --result FILE CASE   tells what became of CASE

A case that is known to fail stands in conformance.known with the reason. It is told as skipped, never
as passed; once it passes its line has to go. At least FLOOR cases must pass.
"""
import json
import re
import sys
from pathlib import Path

import alerts
import harness

CASES = alerts.SHARED / "suricata-verify"
KNOWN = Path(__file__).with_name("conformance.known")
FLOOR = 165

PASSED, KNOWN_TO_FAIL, FAILED, FIXED = "passed", "known to fail", "FAILED", "PASSES NOW"


def names():
    return sorted(path.parent.name for path in CASES.glob("*/expected"))


def expected(case):
    """Sid to the number of alerts that are to come."""
    lines = (CASES / case / "expected").read_text().split("\n")
    return {int(sid): int(count) for sid, count in (line.split() for line in lines if line)}


def copied(case, name):
    return harness.room().put_bytes(case + "-" + name, (CASES / case / name).read_bytes())


def differences(case):
    """What CASE gives instead of what is expected; empty if it passes."""
    run = alerts.alerts(copied(case, "input.pcap"), copied(case, "test.rules"))
    out = [
        "sid %d: %d instead of %d" % (sid, run.counts[sid], count)
        for sid, count in expected(case).items()
        if run.counts[sid] != count
    ]
    if run.code != 0:
        out.append("exit code %d" % run.code)
    out += rules_not_run(run.said)
    return out


def rules_not_run(said):
    """A rule that is not run passes no case, not even where it is not to fire."""
    return [
        line.rpartition("test.rules:")[2] for line in said.splitlines() if "test.rules:" in line
    ]


class Outcome:
    def __init__(self, case, known):
        self.case = case
        self.details = "; ".join(differences(case))
        if self.details:
            self.state = KNOWN_TO_FAIL if case in known else FAILED
        else:
            self.state = FIXED if case in known else PASSED
        if case in known:
            self.details = "%s (%s)" % (known[case], self.details or "conformance.known")

    def __str__(self):
        return "%-13s %s%s" % (self.state, self.case, self.details and ": " + self.details)


def holds(reason):
    """With this Wireshark, should it be about one version of it."""
    version = re.match(r"Wireshark (\d+\.\d+) ", reason)
    return version is None or version.group(1) == harness.tshark_version()


def outcomes():
    known = alerts.reasons(KNOWN)
    unknown = set(known) - set(names())
    if unknown:
        sys.exit("%s names no case: %s" % (KNOWN, ", ".join(sorted(unknown))))
    known = {case: reason for case, reason in known.items() if holds(reason)}
    told = alerts.in_parallel(lambda case: Outcome(case, known), names())
    return {one.case: (one.state, str(one)) for one in told}


def summary(told):
    """Tells all that did not pass, and how many did. Exit code."""
    states = [state for state, _ in told.values()]
    for state, text in told.values():
        if state != PASSED:
            print(text)
    passed = states.count(PASSED) + states.count(FIXED)
    print("%d of %d cases pass (at least %d must)" % (passed, len(told), FLOOR))
    return 0 if passed >= FLOOR and FAILED not in states and FIXED not in states else 1


def result(told, case):
    state, text = told[case]
    print(text)
    return {PASSED: 0, KNOWN_TO_FAIL: harness.SKIPPED}.get(state, 1)


def main(arguments):
    if not CASES.is_dir():
        print("no conformance cases: %s is absent" % CASES)
        return harness.SKIPPED
    if arguments[:1] == ["--record"]:
        Path(arguments[1]).write_text(json.dumps(outcomes()))
        return 0
    if arguments[:1] == ["--result"]:
        told = json.loads(Path(arguments[1]).read_text())
        return result(told, arguments[2]) if len(arguments) > 2 else summary(told)
    return summary(outcomes())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
