# SPDX-License-Identifier: GPL-2.0-or-later
"""What rules read of real dissections: a conversation, and for each rule how often it fires on it."""
import gzip
import struct
import unittest

import alerts
import flows
import harness
import pcapgen as pg

ENDS = (("10.1.1.5", 1050), ("198.51.100.7", 80))
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

REQUESTS = [
    b"GET /a%20b/../c?d=%41 HTTP/1.1\r\nHost: WWW.Example.org:80\r\nAgent: x\r\n\r\n",
    b"NOTIFY /event HTTP/1.1\r\nHost: a.example\r\nNT: upnp:event\r\n\r\n",
    b"GET  /two\tspaces  HTTP/1.1\r\nHost: b.example\r\n\r\n",
    b"GET /folded HTTP/1.1\r\nHost: c.example\r\nX: a\r\n b\r\nY: z\r\n\r\n",
    b"GET /newlines HTTP/1.1\nHost: d.example\n\n",
]
HTTP_RULES = {
    'http.uri; content:"/c?d=A"; startswith; endswith;': 1,
    'http.uri.raw; content:"/a%20b/../c?d=%41"; startswith; endswith;': 1,
    'http.host; content:"www.example.org"; startswith; endswith;': 1,
    'http.host.raw; content:"WWW.Example.org:80"; startswith; endswith;': 1,
    'http.method; content:"NOTIFY"; http.header; content:"NT: upnp:event|0d 0a|"; endswith;': 1,
    'http.uri; content:"/two|09|spaces"; startswith; endswith; http.host; content:"b.ex";': 1,
    'http.request_line; content:"GET  /two|09|spaces  HTTP/1.1"; startswith; endswith;': 1,
    'http.header; content:"X: a b|0d 0a|Y: z|0d 0a|"; endswith;': 1,
    'http.header_names; content:"|0d 0a|Host|0d 0a|X|0d 0a|Y|0d 0a 0d 0a|"; startswith;': 1,
    'http.header.raw; content:"Host: d.example|0a 0a|"; startswith; endswith;': 1,
    'http.stat_msg; content:"OK"; file.name; content:"/newlines"; startswith;': 1,
    'http.response_body; content:"ok"; startswith; endswith;': len(REQUESTS),
    'http.request_body; content:"ok";': 0,
    'http.response_line; content:"GET";': 0,
}

HTTP2_RULES = {
    'http.uri; content:"/a"; startswith; endswith; http.host; content:"h.example";': 1,
    'http.request_line; content:"GET /b HTTP/2|0d 0a|"; startswith; endswith;': 1,
    'http.header; content:"content-encoding: gzip|0d 0a|"; endswith;': 2,
    'file.data; content:"one frame"; startswith; endswith;': 1,
    'file.data; content:"two frames"; startswith; endswith;': 1,
    'file.data; content:"packed packed"; startswith; endswith;': 2,
    'file.data; content:"|1f 8b|"; startswith;': 0,
}
HEADERS, SETTINGS, DATA, END_STREAM, END_HEADERS = 1, 4, 0, 1, 4


def http():
    capture = pg.Capture()
    link = flows.Tcp(capture, ENDS, 0.0).open()
    for request in REQUESTS:
        link.send(0, request).send(1, OK)
    link.close()
    return capture


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def headers(flags, stream, **fields):
    """Literal fields that no table keeps (RFC 7541, 6.2.2); a leading "_" stands for ":"."""
    block = b""
    for name, value in fields.items():
        name = name.replace("_", ":", 1) if name.startswith("_") else name.replace("_", "-")
        block += b"\0%c%s%c%s" % (len(name), name.encode(), len(value), value.encode())
    return frame(HEADERS, flags | END_HEADERS, stream, block)


def http2():
    """On a port that says nothing: four answers, in one frame and in two, packed and not."""
    capture = pg.Capture()
    link = flows.Tcp(capture, (ENDS[0], (ENDS[1][0], 8443)), 0.0).open()
    packed = gzip.compress(b"packed packed", mtime=0)
    bodies = [[b"one frame"], [b"two ", b"frames"], [packed], [packed[:9], packed[9:]]]
    link.send(0, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0))
    link.send(1, frame(SETTINGS, 0, 0))
    for index, pieces in enumerate(bodies):
        stream = 2 * index + 1
        path = "/" + "abcd"[index]
        link.send(0, headers(END_STREAM, stream, _method="GET", _path=path, _authority="h.example"))
        coding = {"content_encoding": "gzip"} if pieces[0][:1] == b"\x1f" else {}
        link.send(1, headers(0, stream, _status="200", content_type="text/html", **coding))
        for piece in pieces:
            end = END_STREAM if piece is pieces[-1] else 0
            link.send(1, frame(DATA, end, stream, piece))
    link.close()
    return capture


class Buffers(unittest.TestCase):
    def check(self, name, capture, expected):
        """EXPECTED: options of a rule to how often it fires on CAPTURE."""
        rules = "".join(
            "alert http any any -> any any (%s sid:%d;)\n" % (options, sid)
            for sid, options in enumerate(expected, 1)
        )
        path = harness.room().put_bytes(name + ".pcap", capture.pcap())
        run = alerts.alerts(path, harness.room().put_bytes(name + ".rules", rules.encode()))
        self.assertEqual(run.said, "")
        for sid, (options, count) in enumerate(expected.items(), 1):
            with self.subTest(options):
                self.assertEqual(run.counts[sid], count)

    def test_http(self):
        self.check("http-buffers", http(), HTTP_RULES)

    def test_http2(self):
        self.check("http2-buffers", http2(), HTTP2_RULES)


if __name__ == "__main__":
    harness.main()
