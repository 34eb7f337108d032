# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what malflow tells: timeline text into rows, display fields into sessions."""
import re
from dataclasses import dataclass, field

import harness

HEAD = re.compile(r"^\[ *(\d+) \| *([^|]+?) \| *([^|\]]+?) *\] (.*)$")
ENDS = re.compile(r"^(\S+) -> (\S+) \(([^:)]+)(?::([^)]*))?\) ?(.*)$")
SCAN = re.compile(r"=== Aggregated Session: (\d+) \((\w+) Scan\) ===(?: (.*))?$")
BEACON = re.compile(r"=== Aggregated Session: (\d+) \(Beacon\) ===(?: (.*))?$")
FOLD = re.compile(r"^(\S+) === Folded: (\d+) sessions \((.*?)\) ===(?: (.*))?$")
SPEECH = re.compile(r"^\((.*?)\) (To >>|From <<) (.*)$")
HIT = re.compile(r"\*\*\* (.*?) \*\*\*(?: x(\d+))?")
CAUSES = re.compile(r"(?: <= (\[\d+\] frame \d+ \w+(?:, \[\d+\] frame \d+ \w+)*))?"
                    r"(?: after (\[\d+\] frame \d+ exec))?$")  # fmt: skip
CAUSE = re.compile(r"\[(\d+)\] frame (\d+) (\w+)")
COUNTS = re.compile(r"\[(\d+) byte \((\d+) pkt\) <-> (\d+) byte \((\d+) pkt\)\]")

SESSION_FIELDS = (
    "id", "orig", "resp", "app", "state", "start", "duration", "orig_bytes", "resp_bytes",
    "orig_pkts", "resp_pkts", "orig_wire_bytes", "resp_wire_bytes", "summary", "first_frame",
)  # fmt: skip


@dataclass
class Row:
    """One line. kind: session, scan, beacon, fold, payload or request. causes: (session, frame, kind)
    each, best first; what it came after is one of kind exec. details do not hold them."""

    line: str
    session: int
    time: str
    span: str
    text: str
    kind: str = "session"
    source: str = ""
    target: str = ""
    l4: str = ""
    app: str = ""
    details: str = ""
    scan_sessions: int = 0
    scan_kind: str = ""
    scan_details: str = ""
    beacon_sessions: int = 0
    beacon_details: str = ""
    fold_sessions: int = 0
    fold_purpose: str = ""
    fold_details: str = ""
    way: str = ""
    hits: dict = field(default_factory=dict)
    causes: list = field(default_factory=list)
    counts: tuple = ()


def parse_row(line):
    """The Row of LINE, or None if it is no row."""
    head = HEAD.match(line)
    if not head:
        return None
    session, time, span, text = head.groups()
    row = Row(line, int(session), time, span, text)
    if span != "PACKET":
        row.text = text = _take_causes(row, text)
    if span in ("PACKET", "REQUEST"):
        row.kind = "payload" if span == "PACKET" else "request"
        speech = SPEECH.match(text)
        if speech:
            row.app, row.way, row.details = speech.groups()
    else:
        _parse_session(row)
    row.hits = {message: int(count or 1) for message, count in HIT.findall(text)}
    return row


def _take_causes(row, text):
    """TEXT without the causes at its end, which go into ROW."""
    told = CAUSES.search(text)
    for session, frame, kind in CAUSE.findall(told.group(0)):
        row.causes.append((int(session), int(frame), kind))
    return text[: told.start()]


def _parse_fold(row, fold):
    row.kind = "fold"
    row.source, count, row.fold_purpose, details = fold.groups()
    row.fold_sessions = int(count)
    row.fold_details = details or ""


def _parse_session(row):
    fold = FOLD.match(row.text)
    if fold:
        _parse_fold(row, fold)
        return
    ends = ENDS.match(row.text)
    assert ends, "not a session row: " + row.line
    row.source, row.target, row.l4, app, row.details = ends.groups()
    row.app = app or ""
    scan = SCAN.search(row.text)
    if scan:
        row.kind = "scan"
        row.scan_sessions = int(scan.group(1))
        row.scan_kind = scan.group(2).lower()
        row.scan_details = scan.group(3) or ""
    beacon = BEACON.search(row.text)
    if beacon:
        row.kind = "beacon"
        row.beacon_sessions = int(beacon.group(1))
        row.beacon_details = beacon.group(2) or ""
    counts = COUNTS.search(row.text)
    if counts:
        row.counts = tuple(map(int, counts.groups()))


class Timeline:
    """rows, and the other lines that the output held."""

    def __init__(self, text):
        self.text = text
        self.rows, self.others = [], []
        for line in text.splitlines():
            row = parse_row(line)
            if row:
                self.rows.append(row)
            else:
                self.others.append(line)

    def of_kind(self, kind):
        return [row for row in self.rows if row.kind == kind]

    def session(self, number):
        """The session or scan row of session NUMBER."""
        found = [r for r in self.rows if r.session == number and r.kind in ("session", "scan")]
        assert len(found) == 1, "session %d has %d rows" % (number, len(found))
        return found[0]

    def find(self, words):
        return [row for row in self.rows if words in row.line]


def tell(path, options="", *arguments, **checks):
    """The timeline of the capture PATH."""
    name = "malflow,timeline" + ("," + options if options else "")
    checks = {**harness.checks_for(path), **checks}
    result = harness.room().run("-q", "-r", path, "-z", name, *arguments, **checks)
    return Timeline(result.out)


def frames(path, names, *arguments, **checks):
    """Per frame a dict of field NAME to the list of its values (texts), in the final state.

    Beside the options of run(): room, one_pass (the state at that packet instead), others (lines
    that listeners print come too, as texts)."""
    wanted = []
    for name in names:
        wanted += ["-e", name]
    shape = ["-T", "fields", "-E", "separator=\x1e", "-E", "aggregator=\x1f", "-E", "occurrence=a"]
    room = checks.pop("room", None) or harness.room()
    checks = {**harness.checks_for(path), **checks}
    passes = () if checks.pop("one_pass", False) else ("-2",)
    others = checks.pop("others", False)
    result = room.run("-r", path, *passes, *shape, *wanted, *arguments, **checks)
    out = []
    for line in result.out.split("\n"):
        values = line.split("\x1e")
        if len(values) != len(names):
            out += [line] if others else []
        elif line:
            out.append({n: v.split("\x1f") if v else [] for n, v in zip(names, values)})
    return out


def sessions(path, *arguments, extra=()):
    """Session id to {field: text} in the final state; the short field names of SESSION_FIELDS."""
    names = ["malflow.session." + name for name in SESSION_FIELDS] + list(extra)
    out = {}
    for row in frames(path, names, "-Y", "malflow.session.id", *arguments):
        flat = {name.replace("malflow.session.", ""): v[-1] if v else "" for name, v in row.items()}
        out[int(flat["id"])] = flat
    return out


def hits(path, *arguments):
    """(frame, session, message) of every hit, in order of frame."""
    names = ("frame.number", "malflow.session.id", "malflow.hit.msg")
    return [
        (int(row["frame.number"][0]), int(row["malflow.session.id"][-1]), message)
        for row in frames(path, names, "-Y", "malflow.hit.msg", *arguments)
        for message in row["malflow.hit.msg"]
    ]


PE = "Detect Windows Executable File"


def pe_frames(path, *arguments):
    return [frame for frame, _, message in hits(path, *arguments) if message == PE]
