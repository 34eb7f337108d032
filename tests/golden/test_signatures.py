# SPDX-License-Identifier: GPL-2.0-or-later
"""Every bundled signature fires on what it is for, and on nothing that only looks like it.

All scenarios of tests/tools/sig_*.py stand in one capture, each between two addresses of its own.
The sids that fire there must be exactly those that the scenario names: so a rule that fires on
another rule's traffic is seen too.
"""
import collections
import functools
import os
import re
import unittest
from pathlib import Path

import harness
import sig_all
import story

SIGNATURES = Path(os.environ.get("MALFLOW_SIGNATURES", harness.REPO / "signatures"))
RULE = re.compile(r"^alert\s.*?\((.*?)\)\s*$", re.S | re.M)
OPTION = re.compile(r"\s*([\w.]+)(?:\s*:\s*((?:\"(?:\\.|[^\"\\])*\"|[^\";\\]|\\.)*))?;")
CLASSTYPES = {
    "attempted-admin", "attempted-recon", "attempted-user", "bad-unknown", "coin-mining",
    "command-and-control", "credential-theft", "default-login-attempt", "exploit-kit",
    "external-ip-check", "misc-activity", "non-standard-protocol", "policy-violation",
    "protocol-command-decode", "shellcode-detect", "successful-admin", "trojan-activity",
    "web-application-attack",
}  # fmt: skip


def options_of(text):
    """(name, value) of a rule's options, in order."""
    return [(name, value.strip().strip('"')) for name, value in OPTION.findall(text)]


@functools.lru_cache(maxsize=None)
def bundled():
    """(file name, options) of every bundled rule."""
    out = []
    for path in sorted(SIGNATURES.glob("*.rules")):
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        out += [(path.name, options_of(body)) for body in RULE.findall(text)]
    return out


def values(options, name):
    return [value for option, value in options if option == name]


def sid_of(options):
    return int(values(options, "sid")[0])


def silent(options):
    """A rule that only marks a connection for another one."""
    return "noalert" in values(options, "flowbits")


@functools.lru_cache(maxsize=None)
def played():
    """The plays, and per address of a client the sids that fired."""
    capture, plays = sig_all.build()
    path = harness.room().put_bytes("signatures.pcap", capture.pcap())
    fired = collections.defaultdict(set)
    names = ("ip.src", "ip.dst", "malflow.hit.sid")
    for row in story.frames(path, names, "-Y", "malflow.hit.sid"):
        for address in row["ip.src"][:1] + row["ip.dst"][:1]:
            fired[address].update(map(int, row["malflow.hit.sid"]))
    return plays, fired


class Signatures(unittest.TestCase):
    def check(self, kind):
        plays, fired = played()
        for play in plays:
            if play.kind == kind:
                with self.subTest(rule=play.name, client=play.client):
                    self.assertEqual(sorted(fired[play.client]), sorted(play.expected))

    def test_each_fires_on_what_it_is_for(self):
        self.check("fires")

    def test_none_fires_on_what_only_looks_like_it(self):
        self.check("misses")

    def test_none_fires_on_ordinary_traffic(self):
        path = harness.shared("benign-irc-skype.cap")
        self.assertEqual(story.hits(path), [])


class Form(unittest.TestCase):
    """What every bundled rule has, besides its meaning."""

    def test_every_rule_is_read_here(self):
        text = "".join(p.read_text(encoding="utf-8") for p in SIGNATURES.glob("*.rules"))
        self.assertEqual(len(bundled()), len(re.findall(r"^alert ", text, re.M)))
        self.assertGreater(len(bundled()), 0)

    def test_every_rule_has_its_tests(self):
        """Both kinds; a rule that only marks has them in the rule that reads its mark."""
        tested = {case.sid for case in sig_all.CASES}
        rules = {sid_of(options) for _, options in bundled() if not silent(options)}
        self.assertEqual(sorted(rules - tested), [])
        self.assertEqual(sorted(tested - rules), [])

    def test_marks_are_read(self):
        """Each silent rule sets a mark that a rule with tests asks for."""
        asked = {v for _, options in bundled() for v in values(options, "flowbits")}
        for _, options in bundled():
            if silent(options):
                mark = [v for v in values(options, "flowbits") if v.startswith("set,")][0]
                self.assertIn(mark.replace("set,", "isset,"), asked)

    def test_sids_are_ours_and_unique(self):
        sids = [sid_of(options) for _, options in bundled()]
        self.assertEqual(len(sids), len(set(sids)))
        self.assertTrue(all(9000000 <= sid <= 9009999 for sid in sids))

    def test_every_rule_says_what_it_must(self):
        for name, options in bundled():
            with self.subTest(file=name, sid=sid_of(options)):
                self.check_form(options)

    def check_form(self, options):
        message = values(options, "msg")[0]
        self.assertTrue(message.startswith("malflow ") or message == story.PE, message)
        self.assertEqual(values(options, "rev"), [str(int(values(options, "rev")[0]))])
        self.assertIn(values(options, "classtype")[0], CLASSTYPES)
        metadata = values(options, "metadata")[0]
        self.assertRegex(metadata, r"(^|[ ,])mitre_technique_id T\d{4}(\.\d{3})?(,|$)")
        self.assertRegex(
            metadata, r"(^|[ ,])signature_severity (Informational|Minor|Major|Critical)(,|$)"
        )
        self.assertTrue(values(options, "reference"))
        for reference in values(options, "reference"):
            self.assertRegex(reference, r"^(url,[a-z0-9.\-]+/\S*|cve,\d{4}-\d{4,})$")

    def test_one_message_tells_one_thing(self):
        """Rules share a message only if one reads the payload and the other the decoded file."""
        by_message = collections.defaultdict(list)
        for _, options in bundled():
            by_message[values(options, "msg")[0]].append(("file.data", "") in options)
        for message, decoded in by_message.items():
            self.assertIn(decoded, ([True], [False], [False, True]), message)


if __name__ == "__main__":
    harness.main()
