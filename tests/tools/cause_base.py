# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of what caused what: a capture each, and the complete list of links that are in it.

A scenario is a function of a Scene. It plays traffic and says with it what caused it; what it does
not say must not be linked. A mark is the index of a frame in the order of writing. Everything plays
on one clock (Scene.now), each scene between addresses of its own, so that all of them can be played
in one capture too.
"""
import itertools
import struct
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import cap_scans
import flows
import pcapgen as pg
import protocols as proto
import sig_base

UP, DOWN = flows.CLIENT, flows.SERVER
A, CNAME, PTR, AAAA = 1, 5, 12, 28
NXDOMAIN = 3


class Scenarios:
    """The scenarios of a file: @scenario above each."""

    def __init__(self):
        self.functions = []

    def __call__(self, function):
        self.functions.append(function)
        return function


# --- truth ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cause:
    """One of these frames (marks), as one of these kinds. Not required: counts neither way."""

    marks: tuple
    kinds: tuple
    required: bool = True


def url(*marks):
    return Cause(marks, ("url",))


def redirect(*marks):
    return Cause(marks, ("redirect",))


def followed(*marks):
    """The page names the URL as a plain link, and the request names the page as its Referer."""
    return Cause(marks, ("redirect", "url"))


def command(*marks):
    return Cause(marks, ("command",))


def drop(*marks):
    return Cause(marks, ("drop",))


def ordered(*marks):
    """A shell command on an inbound session that names the address: both kinds are right."""
    return Cause(marks, ("drop", "url"))


def after(*marks):
    return Cause(marks, ("exec",))


def dns(look_up):
    return Cause((look_up.answer,), ("dns",))


def maybe(cause):
    return replace(cause, required=False)


@dataclass(frozen=True)
class Query:
    """A DNS query on its way."""

    mark: int
    ends: tuple
    ident: int
    name: str
    kind: int


@dataclass(frozen=True)
class LookUp:
    """Marks of the query and of the first answer; an address that the answer gave."""

    query: int
    answer: int
    address: str


@dataclass(frozen=True)
class Fetch:
    """Marks of a connection's first frame, a request, and the frame that completes its answer."""

    link: object
    start: int
    request: int
    done: int


# --- messages -------------------------------------------------------------------------------------


def dns_reply(ident, question, records, kind=A, rcode=0):
    """RECORDS: (owner, type, seconds to live, address or name)."""
    out = struct.pack("!HHHHHH", ident, 0x8180 | rcode, 1, len(records), 0, 0)
    out += proto.dns_name(question) + struct.pack("!HH", kind, 1)
    for owner, rtype, ttl, text in records:
        data = pg.packed(text) if rtype in (A, AAAA) else proto.dns_name(text)
        out += proto.dns_name(owner) + struct.pack("!HHIH", rtype, 1, ttl, len(data)) + data
    return out


def page(body, **options):
    """An answer with HTML; options as in sig_base.response()."""
    if isinstance(body, str):
        body = ("<html><body>%s</body></html>" % body).encode()
    return sig_base.response(body, "text/html", **options)


def moved(location, status="302 Found"):
    return sig_base.response(b"", "text/html", status=status, headers={"Location": location})


def text(body):
    return sig_base.response(body, "text/plain")


def data(size=600, seed=1):
    """A file that is nothing malflow knows."""
    return sig_base.response(proto.noise(size, seed), "application/octet-stream")


def executable(size=1024):
    return sig_base.response(proto.pe(size), "application/octet-stream")


def client_hello(name):
    host = name.encode()
    sni = struct.pack("!HHHBH", 0, len(host) + 5, len(host) + 3, 0, len(host)) + host
    body = b"\x03\x03" + b"\x11" * 32 + b"\0\0\x02\x00\x2f\x01\0"
    body += struct.pack("!H", len(sni)) + sni
    message = b"\1" + struct.pack("!I", len(body))[1:] + body
    return b"\x16\x03\1" + struct.pack("!H", len(message)) + message


SERVER_HELLO = b"\x16\3\3\0\x2a\2\0\0\x26\3\3" + b"\x22" * 32 + b"\0\0\x2f\0"
CIPHER = b"\x17\3\3\0\x40" + proto.noise(64)


# --- the stage ------------------------------------------------------------------------------------


class Talk(flows.Tcp):
    """A connection on the scene's clock, opened at once."""

    def __init__(self, scene, ends, **options):
        self.scene = scene
        self.told = None
        super().__init__(scene.capture, ends, scene.now, step=0.004, **options)
        self.start = scene.mark()
        self.open()

    @property
    def now(self):
        return self.scene.now

    @now.setter
    def now(self, time):
        self.scene.now = time

    def segment(self, side, flags, payload=b"", seq=None):
        if payload:
            self.told = self.scene.mark()
        super().segment(side, flags, payload, seq)

    def say(self, side, data):
        """The mark of the last frame that carried it."""
        self.send(side, data)
        return self.told

    def hear(self, words):
        """A chat's server passes on what somebody said."""
        return self.say(DOWN, b":boss!b@host.example PRIVMSG #x :" + words.encode() + b"\r\n")

    def topic(self, words):
        return self.say(DOWN, b":irc.example.org 332 visitor #x :" + words.encode() + b"\r\n")


class Scene:
    """One scenario being played: its capture, its addresses, its clock, its truth."""

    def __init__(self, number=0):
        self.number = number
        self.capture = pg.Capture()
        self.now = 0.0
        self.links = []  # (mark of the effect, Cause)
        self.firsts = []  # (mark of the effect, mark of its best cause)
        self.roots = []  # (mark of a session's first frame, the same of its root)
        self.ports = itertools.count(1040)
        self.idents = itertools.count(100)
        self.host, self.other = self.inside(5), self.inside(6)
        self.host6 = "fd00:%x::5" % number
        self.resolver = self.inside(1)

    def inside(self, i):
        return "10.1.%d.%d" % (self.number, i)

    def out(self, i):
        return "198.18.%d.%d" % (self.number, i)

    def out6(self, i):
        return "2001:db8:%x::%x" % (self.number, i)

    def mark(self):
        return len(self.capture.frames)

    def wait(self, seconds):
        self.now += seconds

    def caused(self, effect, *causes):
        self.links += [(effect, cause) for cause in causes]

    def first(self, effect, cause):
        """CAUSE is the best of the causes of EFFECT."""
        self.firsts.append((effect, cause))

    def root(self, session, root):
        self.roots.append((session, root))

    # Traffic. CAUSES are those of the session that is opened.

    def connect(self, target, port, *causes, **options):
        """Options: host (who connects), those of flows.Tcp. TARGET: an address or a LookUp."""
        if isinstance(target, LookUp):
            causes, target = (*causes, dns(target)), target.address
        host = options.pop("host", self.host)
        self.now += 0.02
        link = Talk(self, ((host, next(self.ports)), (target, port)), **options)
        self.caused(link.start, *causes)
        return link

    def send(self, source, target, payload, *causes):
        """One datagram; SOURCE and TARGET are (address, port)."""
        mark = self.mark()
        flows.datagram(self.capture, self.now, (source, target), payload)
        self.now += 0.03
        self.caused(mark, *causes)
        return mark

    def ask(self, name, *causes, **options):
        """The query. Options: host, resolver, kind, asked (how often it is sent)."""
        host = options.get("host", self.host)
        ends = (host, next(self.ports)), (options.get("resolver", self.resolver), 53)
        asked = Query(self.mark(), ends, next(self.idents), name, options.get("kind", A))
        for _ in range(options.get("asked", 1)):
            self.send(*ends, proto.dns_query(asked.ident, name, asked.kind))
        self.caused(asked.mark, *causes)
        return asked

    def answer(self, query, address, **options):
        """Options: ttl, chain (names that the name is an alias of), more (further addresses),
        rcode, answered (how often it is sent)."""
        owners = (query.name, *options.get("chain", ()))
        ttl = options.get("ttl", 300)
        records = [(owner, CNAME, ttl, alias) for owner, alias in zip(owners, owners[1:])]
        given = ([address] if address else []) + list(options.get("more", ()))
        records += [(owners[-1], query.kind, ttl, item) for item in given]
        rcode = options.get("rcode", 0)
        first = self.mark()
        for _ in range(options.get("answered", 1)):
            reply = dns_reply(query.ident, query.name, records, query.kind, rcode)
            self.send(*query.ends[::-1], reply)
        return LookUp(query.mark, first, address)

    def look_up(self, name, address, *causes, **options):
        """Query and answer; options of both."""
        return self.answer(self.ask(name, *causes, **options), address, **options)

    def fetch(self, address, to, *causes, **options):
        """Asks for the URL ADDRESS of TO (a LookUp or an address; None: on options["link"], as a
        later request). Options: host, port, answer, referer, link, keep (leaves it open),
        asked (the request's target in place of the path)."""
        parts = urlsplit(address)
        link = options.get("link")
        if not link:
            port = options.get("port", parts.port or 80)
            link = self.connect(to, port, *causes, host=options.get("host", self.host))
        path = parts.path + ("?" + parts.query if parts.query else "")
        headers = {"Host": parts.netloc, "Referer": options.get("referer")}
        request = link.say(UP, sig_base.request(options.get("asked", path or "/"), headers=headers))
        if options.get("link"):
            self.caused(request, *causes)
        self.now += 0.05
        done = link.say(DOWN, options.get("answer", data()))
        if not options.get("keep"):
            link.close()
        return Fetch(link, link.start, request, done)

    def visit(self, address, server, *causes, **options):
        """Looks the name in ADDRESS up, which is SERVER, and fetches it; both for CAUSES."""
        host = options.get("host", self.host)
        found = self.look_up(urlsplit(address).hostname, server, *causes, host=host)
        return self.fetch(address, found, *causes, **options)

    def irc(self, server, *causes, **options):
        """A chat with somebody logged in. Options: host, port."""
        port = options.get("port", 6667)
        link = self.connect(server, port, *causes, host=options.get("host", self.host))
        link.say(UP, b"NICK visitor\r\nUSER visitor 0 * :A Visitor\r\n")
        link.say(DOWN, b":irc.example.org 001 visitor :Welcome\r\n")
        link.say(UP, b"JOIN #x\r\n")
        return link

    def tls(self, name, to, *causes, **options):
        """Options: host, link (an open connection through a proxy)."""
        link = options.get("link") or self.connect(
            to, options.get("port", 443), *causes, host=options.get("host", self.host)
        )
        link.say(UP, client_hello(name))
        link.say(DOWN, SERVER_HELLO)
        link.say(UP, CIPHER)
        link.say(DOWN, CIPHER)
        link.close()
        return link

    def scan(self, port, *causes, **options):
        """A spread scan: its first frame. Options: host, count, net, pace."""
        first, net = self.mark(), options.get("net", 1)
        count, pace = options.get("count", 14), options.get("pace", 0.1)
        cap_scans.spread(
            self.capture,
            options.get("host", self.host),
            port,
            count,
            start=self.now,
            pace=pace,
            net="198.%d.%d" % (50 + net, self.number),
        )
        self.now += count * pace
        self.caused(first, *causes)
        return first
