# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios for the bundled signatures, as data.

A Case names a rule, traffic that makes it fire and traffic that nearly does. Traffic is a function
of a Stage: one client and one server of its own, a capture, a time. The functions below make such
functions out of bytes, so that a case reads as what travels. Addresses tell the cases apart.
"""
import gzip
import struct
from dataclasses import dataclass

import flows
import pcapgen as pg
import protocols as proto

UP, DOWN = flows.CLIENT, flows.SERVER
GAP = 120  # seconds between two cases: longer than what any rule counts over
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
BROWSER = {
    "Host": "www.example.org",
    "User-Agent": FIREFOX,
    "Accept": "*/*",
    "Accept-Language": "en-US,en;q=0.5",
    "Referer": "http://www.example.org/start",
}


@dataclass(frozen=True)
class Case:
    """SID fires on FIRES beside the rules ALSO; on MISSES only the rules INSTEAD do.
    WHAT names it when a rule has several."""

    sid: int
    fires: object
    misses: object
    also: tuple = ()
    instead: tuple = ()
    what: str = ""


@dataclass(frozen=True)
class Stage:
    """Where one piece of traffic plays."""

    capture: pg.Capture
    number: int
    time: float

    @property
    def client(self):
        return "10.%d.%d.7" % (80 + self.number // 250, self.number % 250 + 1)

    @property
    def server(self):
        return "198.18.%d.%d" % (self.number // 250, self.number % 250 + 1)


# --- transport ------------------------------------------------------------------------------------


def tcp(port, *lines, source=49200):
    """LINES: (side, bytes) one after the other on one connection."""

    def play(stage):
        ends = (stage.client, source), (stage.server, port)
        link = flows.Tcp(stage.capture, ends, stage.time, step=0.001).open()
        flows.dialogue(link, lines).close()

    return play


def up(port, *parts):
    """The client speaks alone."""
    return tcp(port, *[(UP, part) for part in parts])


def down(port, *parts):
    """The server speaks alone."""
    return tcp(port, *[(DOWN, part) for part in parts])


def udp(port, *lines, source=50300, step=0.05):
    """LINES: (side, bytes) as datagrams."""

    def play(stage):
        ends = (stage.client, source), (stage.server, port)
        for index, (side, data) in enumerate(lines):
            flows.datagram(
                stage.capture, stage.time + index * step, ends[:: -1 if side else 1], data
            )

    return play


def echo(*payloads, step=0.5):
    """ICMP echo requests."""

    def play(stage):
        for index, payload in enumerate(payloads):
            message = pg.icmp(8, 0, 0x1234 << 16 | index + 1, payload)
            packet = pg.ip(stage.client, stage.server, pg.ICMP, message)
            stage.capture.add(stage.time + index * step, pg.frame(packet))

    return play


def repeated(times, traffic, step=0.5):
    """The same traffic TIMES over, STEP seconds apart, TCP from another port each time."""

    def play(stage):
        for index in range(times):
            traffic(index)(Stage(stage.capture, stage.number, stage.time + index * step))

    return play


# --- HTTP -----------------------------------------------------------------------------------------


def request(uri="/", method="GET", body=b"", **options):
    """A browser's request. Options: headers (name to text, None leaves one out), bare (only these
    headers), version."""
    headers = {} if options.get("bare") else dict(BROWSER)
    headers.update(options.get("headers", {}))
    if body:
        headers.setdefault("Content-Length", str(len(body)))
    lines = ["%s %s HTTP/%s" % (method, uri, options.get("version", "1.1"))]
    lines += ["%s: %s" % pair for pair in headers.items() if pair[1] is not None]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def response(body=b"OK", kind="text/html", **options):
    """Options: gzipped, chunked; headers (name to text); status."""
    headers = {"Server": "Apache", "Content-Type": kind, **options.get("headers", {})}
    if options.get("gzipped"):
        body = gzip.compress(body, mtime=0)
        headers["Content-Encoding"] = "gzip"
    if options.get("chunked"):
        headers["Transfer-Encoding"], body = "chunked", proto.chunked(body)
    else:
        headers["Content-Length"] = str(len(body))
    lines = ["HTTP/1.1 " + options.get("status", "200 OK")]
    lines += ["%s: %s" % pair for pair in headers.items() if pair[1] is not None]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def web(asked, answered=None, port=80):
    """One exchange of whole messages."""
    return tcp(port, (UP, asked), (DOWN, answered or response()))


def get(uri="/", **options):
    return web(request(uri, **options))


def post(uri, body, **options):
    options.setdefault("headers", {}).setdefault(
        "Content-Type", "application/x-www-form-urlencoded"
    )
    return web(request(uri, "POST", body, **options))


def fetched(body, kind="application/octet-stream", uri="/get/1", **options):
    """A body that a browser fetched, compressed on the wire so that only its decoded form shows."""
    options.setdefault("gzipped", True)
    return web(request(uri), response(body, kind, **options))


# --- other protocols ------------------------------------------------------------------------------


def dns(name, kind=1, times=1, rcode=3):
    """A query and a negative answer, TIMES over; %d in NAME counts."""
    lines = []
    for index in range(times):
        text = name % index if "%d" in name else name
        lines.append((UP, proto.dns_query(4096 + index, text, kind)))
        lines.append((DOWN, proto.dns_answer(4096 + index, text, (), kind, rcode)))
    return udp(53, *lines)


def irc(*lines, port=6667):
    """A registered user, then LINES: texts, those that begin with ':' come from the server."""
    out = [(UP, b"NICK visitor\r\nUSER visitor 0 * :A Visitor\r\n")]
    out.append((DOWN, b":irc.example.org 001 visitor :Welcome\r\n"))
    for line in lines:
        out.append((DOWN if line.startswith(":") else UP, line.encode() + b"\r\n"))
    return tcp(port, *out)


def smtp(headers, body):
    """A mail of HEADERS and BODY (texts with \\n)."""
    mail = (headers.strip() + "\n\n" + body.strip() + "\n").replace("\n", "\r\n").encode()
    return tcp(
        587,
        (DOWN, b"220 mail.example.org ESMTP\r\n"),
        (UP, b"EHLO desktop\r\n"),
        (DOWN, b"250 mail.example.org\r\n"),
        (UP, b"MAIL FROM:<a@example.org>\r\n"),
        (DOWN, b"250 OK\r\n"),
        (UP, b"RCPT TO:<b@example.net>\r\n"),
        (DOWN, b"250 OK\r\n"),
        (UP, b"DATA\r\n"),
        (DOWN, b"354 go on\r\n"),
        (UP, mail + b".\r\n"),
        (DOWN, b"250 OK\r\n"),
        (UP, b"QUIT\r\n"),
    )


def ftp(*commands):
    """A session that logs in and says COMMANDS (texts)."""
    lines = [(DOWN, b"220 ready\r\n"), (UP, b"USER joe\r\n"), (DOWN, b"331 password\r\n")]
    lines += [(UP, b"PASS secret\r\n"), (DOWN, b"230 in\r\n")]
    for command in commands:
        lines += [(UP, command.encode() + b"\r\n"), (DOWN, b"200 OK\r\n")]
    return tcp(21, *lines)


def netbios(message):
    return struct.pack("!I", len(message)) + message


def smb1(command, status=0, mid=64, body=b"\0\0\0", response=False):
    """An SMB1 message ([MS-CIFS] 2.2.3.1) in its NetBIOS frame."""
    head = b"\xffSMB" + struct.pack("<BIBH", command, status, 0x98 if response else 0x18, 0xC807)
    head += b"\0" * 12 + struct.pack("<HHHH", 2048, 0xFEFF, 2048, mid)
    return netbios(head + body)


def smb2_create(name, message=2):
    """An SMB2 CREATE of a file or pipe NAME."""
    text = name.encode("utf-16-le")
    body = struct.pack("<HBBIQQIIIII", 57, 0, 0, 2, 0, 0, 0x12019F, 0x80, 7, 2, 0x40)
    return proto.smb2(
        proto.SMB2_CREATE, message, body + struct.pack("<HHII", 120, len(text), 0, 0) + text
    )


def smb2_tree(share):
    path = share.encode("utf-16-le")
    return proto.smb2(proto.SMB2_TREE, 1, struct.pack("<HHHH", 9, 0, 72, len(path)) + path)


def smb2_write(data, message=3):
    """An SMB2 WRITE of DATA at offset 0."""
    body = struct.pack("<HHIQ16sIIHHI", 49, 112, len(data), 0, b"\x22" * 16, 0, 0, 0, 0, 0)
    return proto.smb2(9, message, body + data)


def wide(text):
    return text.encode("utf-16-le")


# --- TLS: a server's certificate in clear (up to TLS 1.2) -----------------------------------------


def _der(tag, content):
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x82" + struct.pack("!H", size)
    return bytes([tag]) + length + content


def _name(attributes):
    rows = [
        _der(0x31, _der(0x30, b"\x06\x03\x55\x04" + bytes([kind]) + _der(0x0C, text.encode())))
        for kind, text in attributes
    ]
    return _der(0x30, b"".join(rows))


def certificate(subject, issuer=None):
    """SUBJECT and ISSUER: ((attribute number, text), ...): 3 CN, 6 C, 10 O, 11 OU."""
    algorithm = _der(0x30, bytes.fromhex("06092a864886f70d01010b0500"))
    validity = _der(0x30, _der(0x17, b"240101000000Z") + _der(0x17, b"340101000000Z"))
    key = _der(0x30, b"\x02\x41\x00" + b"\xc5" * 64 + b"\x02\x03\x01\x00\x01")
    public = _der(0x30, bytes.fromhex("300d06092a864886f70d0101010500") + _der(3, b"\0" + key))
    body = b"\xa0\x03\x02\x01\x02\x02\x04\x12\x34\x56\x78" + algorithm
    body += _name(issuer or subject) + validity + _name(subject) + public
    return _der(0x30, _der(0x30, body) + algorithm + _der(3, b"\0" + b"\x5a" * 64))


def _record(kind, body):
    message = bytes([kind]) + struct.pack("!I", len(body))[1:] + body
    return b"\x16\x03\x03" + struct.pack("!H", len(message)) + message


def tls(subject, issuer=None, name="host.example.org", port=443):
    """Both hellos and the server's certificate."""
    host = name.encode()
    sni = struct.pack("!HHHBH", 0, len(host) + 5, len(host) + 3, 0, len(host)) + host
    hello = b"\x03\x03" + b"\x11" * 32 + b"\0\0\x02\x00\x2f\x01\0"
    cert = certificate(subject, issuer)
    chain = struct.pack("!I", len(cert))[1:] + cert
    chain = struct.pack("!I", len(chain))[1:] + chain
    answer = _record(2, b"\x03\x03" + b"\x22" * 32 + b"\0\0\x2f\0") + _record(11, chain)
    return tcp(
        port,
        (UP, _record(1, hello + struct.pack("!H", len(sni)) + sni)),
        (DOWN, answer + _record(14, b"")),
    )
