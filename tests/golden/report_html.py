# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs -z malflow,html beside the timeline and the JSON, and reads what it says."""
import base64
import hashlib
import html.parser
import json
import re

import harness
import story

# Elements that HTML lets stay open, and what then closes them.
CLOSED_BY = {"td": ("td", "th", "tr", "tbody"), "th": ("td", "th", "tr", "tbody"), "tr": ("tr", "tbody"),
             "tbody": ("tbody",), "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}  # fmt: skip
CLOSED_WITH = {"td": "table", "th": "table thead", "tr": "table thead", "tbody": "table",
               "li": "ul ol", "dt": "div dl", "dd": "div dl"}  # fmt: skip
VOID = ("meta", "br")
ALLOWED = set("html head meta title style body header p h1 h2 h3 h4 dl div dt dd nav a main section details "
              "summary span strong small b i em ul ol li table thead tbody tr th td code br footer script".split())  # fmt: skip


class Row:
    """One row of the table: cells as text, in which hits have their stars and no members stand."""

    def __init__(self, attributes):
        self.id = attributes.get("id")
        self.attributes = attributes
        self.cells, self.links, self.payload, self.members = [], [], None, 0

    @property
    def line(self):
        """The line of the text timeline."""
        time, session, span, *rest = self.cells
        if len(rest) == 1:
            text = rest[0]
        elif rest[1] == rest[2] == "":
            text = "%s %s" % (rest[0], rest[3])
        else:
            text = "%s -> %s (%s) %s" % tuple(rest)
        inside = span.center(8) if span == "PACKET" else span + " " if span == "REQUEST" else span.rjust(8)
        time = time if " " in time else time.rjust(8)
        return "[%3d | %s | %s ] %s" % (int(session), time, inside, text)


class Parser(html.parser.HTMLParser):
    """Reads a report strictly: every element that must be closed is, in its turn."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.stack, self.rows, self.faults, self.ids, self.links = [], [], [], [], []
        self.script = self.style = self.policy = self.title = ""
        self.text = []
        self.feed(text)
        self.close()
        if self.stack:
            self.faults.append("not closed: %s" % self.stack)

    @property
    def row(self):
        in_rows = "table#rows" in self.stack and "tbody" in self.stack and "tr" in self.stack
        return self.rows[-1] if in_rows else None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in ALLOWED:
            self.faults.append("element %s" % tag)
        while self.stack and tag in CLOSED_BY.get(self.stack[-1], ()):
            self.stack.pop()
        self.check_attributes(tag, attributes)
        if tag not in VOID:
            self.stack.append("table#rows" if attributes.get("id") == "rows" else tag)
        if tag == "tr" and self.stack[-2] == "tbody" and "table#rows" in self.stack:
            self.rows.append(Row(attributes))
        if self.row:
            self.start_in_row(tag, attributes)

    def start_in_row(self, tag, attributes):
        row = self.row
        if tag == "td":
            row.cells.append("")
            row.payload = attributes.get("data-b", row.payload)
        elif tag == "b":
            row.cells[-1] += "*** "
        elif tag == "li":
            row.members += 1
        elif tag == "a":
            row.links.append(attributes["href"])

    def check_attributes(self, tag, attributes):
        if len(attributes) != len(set(attributes)):
            self.faults.append("attribute twice in %s" % tag)
        for name, value in attributes.items():
            if name not in ("id", "class", "href", "title", "colspan", "data-b", "data-g", "lang", "charset",
                            "http-equiv", "content", "name", "open", "aria-label"):  # fmt: skip
                self.faults.append("attribute %s of %s" % (name, tag))
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]

    def handle_endtag(self, tag):
        if tag == "b" and self.row:
            self.row.cells[-1] += " ***"
        while self.stack and tag in CLOSED_WITH.get(self.stack[-1], "").split():
            self.stack.pop()
        if self.stack and self.stack[-1].split("#")[0] == tag:
            self.stack.pop()
        else:
            self.faults.append("</%s> in %s" % (tag, self.stack))

    def handle_data(self, data):
        tag = self.stack[-1] if self.stack else ""
        if tag in ("script", "style", "title"):
            setattr(self, tag, getattr(self, tag) + data)
            return
        self.text.append(data)
        if self.row and "td" in self.stack and "div" not in self.stack:
            self.row.cells[-1] += data.rstrip("\n")

    def handle_comment(self, data):
        self.faults.append("comment")


class Report:
    """The document of one run, with the timeline and the JSON that the same run wrote."""

    def __init__(self, path, options="", *arguments):
        behind = "," + options if options else ""
        room = harness.room()
        targets = [room.home / name for name in ("report.html", "report.json")]
        outputs = ("timeline", "html,%s" % targets[0], "json,%s" % targets[1])
        wanted = [word for name in outputs for word in ("-z", "malflow," + name + behind)]
        run = room.run("-q", "-r", path, *wanted, *arguments, **harness.checks_for(path))
        self.told = story.Timeline(run.out)
        self.bytes, told = (target.read_bytes() for target in targets)
        self.objects = [json.loads(line) for line in told.decode("utf-8").splitlines()]
        for target in targets:
            target.unlink()
        self.text = self.bytes.decode("utf-8")
        self.parsed = Parser(self.text)

    @property
    def rows(self):
        return self.parsed.rows

    @property
    def json_rows(self):
        return [one for one in self.objects if "row" in one.get("malflow", {})]


def policy_hash(text):
    return "'sha256-%s'" % base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def squeezed(text):
    """Runs of blanks count as one: HTML makes no difference."""
    return re.sub(" +", " ", text).strip()
