# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what -z malflow,findings tells, and holds every report to what all of them promise."""
import hashlib
import re
import shutil
from dataclasses import dataclass, field

import harness

LINES, WIDTH = 40, 116  # one screen

JUDGED = re.compile(r"(\d+) hosts? (infected|suspicious|of note)")
HOST = re.compile(r"^\* (\S+)(?: \(([^)]*)\))?: ((infected|suspicious|of note): .*)$")
SECTION = re.compile(r"^  (\S.*?)(?: \((\d+)\))?$")
ENTRY = re.compile(r"^    +(\d+\.\d{3}) frame (\d+) +\[(\d+)\] (.*)$")
BELOW = re.compile(r"^ {12}(\S.*)$")
MORE_ENTRIES = re.compile(r"^    and (\d+) more .*, see -z malflow,chains$")
MORE_HOSTS = re.compile(r"^and (\d+) more hosts?, see -z malflow,chains$")
SHA = re.compile(r"^SHA-256 ([0-9a-f]{64}), from (\S+)$")
PROGRAMS, WAY = "executables that arrived", "what led to it"


@dataclass
class Entry:
    time: str
    frame: int
    session: int
    text: str
    below: list = field(default_factory=list)

    def sha(self):
        """Of an executable; None where it was not seen whole."""
        found = SHA.match(self.below[0])
        return found.group(1) if found else None


@dataclass
class Host:
    """sections: name to its entries; more: name to how many of them are only counted; counts: what
    the section's head says."""

    names: str
    verdict: str
    judged: str
    sections: dict = field(default_factory=dict)
    more: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)

    def frames(self, section):
        return [entry.frame for entry in self.sections.get(section, [])]

    def at(self, section, frame):
        """The only entry of FRAME in SECTION."""
        found = [e for e in self.sections.get(section, []) if e.frame == frame]
        assert len(found) == 1, "%s has no frame %d: %s" % (section, frame, self.sections)
        return found[0]


class Report:
    """hosts: address to Host, in order of their lines; more: hosts that are only counted; judged:
    word to the number in the head."""

    def __init__(self, text):
        self.text = text
        self.lines = text.splitlines()
        self.hosts, self.more = {}, 0
        head = self.lines[0]
        assert head.startswith("malflow findings: "), head
        self.judged = {word: int(n) for n, word in JUDGED.findall(head)}
        self.nothing = head == "malflow findings: nothing was found"
        for line in self.lines[1:]:
            self._take(line)
        self._check()

    def _take(self, line):
        host, more = HOST.match(line), MORE_HOSTS.match(line)
        if host:
            self.host = Host(*host.group(2, 3, 4))
            self.hosts[host.group(1)] = self.host
        elif more:
            self.more = int(more.group(1))
        elif line.startswith(" "):
            self._take_section(self.host, line)

    def _take_section(self, host, line):
        entry, below, more = ENTRY.match(line), BELOW.match(line), MORE_ENTRIES.match(line)
        if below:
            host.sections[self.section][-1].below.append(below.group(1))
        elif entry:
            time, frame, session, text = entry.groups()
            host.sections[self.section].append(Entry(time, int(frame), int(session), text))
        elif more:
            host.more[self.section] = int(more.group(1))
        else:
            found = SECTION.match(line)
            assert found, "not a line of a report: %r" % line
            self.section = found.group(1)
            host.sections[self.section] = []
            if found.group(2):
                host.counts[self.section] = int(found.group(2))

    def _check(self):
        assert len(self.lines) <= LINES, "%d lines\n%s" % (len(self.lines), self.text)
        for line in self.lines:
            assert len(line) <= WIDTH and line.isascii() and line.isprintable(), repr(line)
        assert sum(self.judged.values()) == len(self.hosts) + self.more, self.text
        assert self.nothing == (not self.judged), self.text
        for host in self.hosts.values():
            for section, n in host.counts.items():
                told = len(host.sections[section])
                assert told + host.more.get(section, 0) == n, self.text


def tell(path, options="", *arguments, **checks):
    """The Report of the capture PATH."""
    name = "malflow,findings" + ("," + options if options else "")
    checks = {**harness.checks_for(path), **checks}
    return Report(harness.room().run("-q", "-r", path, "-z", name, *arguments, **checks).out)


def objects(path, protocol, *arguments):
    """SHA-256 to size of what a tshark without our plugin exports from PATH."""
    folder = harness.stock().home / ("objects-" + path.name)
    harness.stock().run("-q", "-r", path, "--export-objects", "%s,%s" % (protocol, folder),
                        *arguments, **harness.checks_for(path))  # fmt: skip
    contents = [item.read_bytes() for item in folder.iterdir()]
    shutil.rmtree(folder)
    return {hashlib.sha256(data).hexdigest(): len(data) for data in contents}
