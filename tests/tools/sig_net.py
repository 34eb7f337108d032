# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of network.rules and theft.rules."""
import struct

import protocols as proto

from sig_base import (
    UP, Case, dns, down, echo, fetched, ftp, get, post, smb2_create, smb2_write, smtp,
    tls, udp, up, wide,
)  # fmt: skip
from sig_files import entry

NULL, TXT = 10, 16
SUBSCRIBE = b'{"id":1,"method":"mining.%s","params":["cpuminer/2.5"]}\n'
NOTIFY = b'{"id":null,"method":"mining.%s","params":["1","2","3"]}\n'
LOGIN = b'{"id":1,"jsonrpc":"2.0","method":"login","params":{"login":"4A","pass":"x","%s":"a/6"}}\n'
JOB = b'{"jsonrpc":"2.0","result":{"id":"1","job":{"%s":"10","job_id":"7","target":"b8"}}}\n'
ETH = b'{"id":1,"method":"eth_%s","params":["0x1"]}\n'
MINE = b"<script>var m=new CoinHive.%s('k');m.start();</script>"
ONION = "expyuzz4wqqyqhjn"
DATA = "a1b2c3d4e5" * 4
LONG_DATA = DATA + "f6a7b8c9d0e1f2a3"


def raw_iodine(command):
    return udp(53, (UP, b"\x10\xd1\x9e" + command + proto.noise(40)))


def relay(issuer, subject):
    return tls(((3, subject),), ((3, issuer),), name="www.kq3xz7bnma2pvd5.com", port=9001)


NETWORK = [
    Case(9001300, up(3333, SUBSCRIBE % b"subscribe"), up(3333, SUBSCRIBE % b"subscriber")),
    Case(9001301, down(3333, NOTIFY % b"notify"), down(3333, NOTIFY % b"notifyall")),
    Case(9001302, up(3333, LOGIN % b"agent"), up(3333, LOGIN % b"agency")),
    Case(9001303, down(3333, JOB % b"blob"), down(3333, JOB % b"blot")),
    Case(9001304, up(3333, ETH % b"submitLogin"), up(3333, ETH % b"blockNumber")),
    Case(9001305, dns("pool.supportxmr.com"), dns("pool.supportxmr.com.example.org")),
    Case(
        9001306, fetched(MINE % b"Anonymous", "text/html"), fetched(MINE % b"Article", "text/html")
    ),
    Case(9001310, get("/tor/status-vote/current/consensus"), get("/tor/server-room.html")),
    Case(
        9001311, relay("www.kq3xz7bnma2pvd5.com", "www.bz5rqfa2t.net"),
        relay("www.kq3xz7bnma2pvd5.com", "www.bz5rqfa2t.org"),
    ),
    Case(9001312, dns(ONION + ".onion.ws"), dns("www.onion.example.org")),
    Case(9001313, dns("contacts.example.bit"), dns("bit.example.org")),
    Case(9001320, raw_iodine(b"\x20"), raw_iodine(b"\0")),
    Case(9001321, dns("a%d.t.example.org", NULL, 10), dns("a%d.t.example.org", NULL, 9)),
    Case(9001321, dns("b%d.t.example.org", NULL, 10), dns("b%d.t.example.org", 1, 10), what="type"),
    Case(
        9001322, dns("dnscat.06f4011a8e3c00.example.org"), dns("dnscat.example.org"),
    ),
    Case(
        9001323, dns("%d" + LONG_DATA[1:44] + "." + DATA + ".example.org", 1, 10),
        dns("%d" + LONG_DATA[1:44] + "." + DATA + ".example.org", 1, 9),
    ),
    Case(
        9001323, dns("x%d" + DATA + "." + DATA + ".t.example.org", 1, 10),
        dns("x%d" + DATA + "." + DATA + ".avqs.mcafee.com", 1, 10), what="scanner",
    ),
    Case(
        9001324, dns("%d." + DATA + "." + DATA[:30] + ".txt.example.org", TXT, 20),
        dns("%d." + DATA + "." + DATA[:30] + ".txt.example.org", TXT, 19),
    ),
    Case(
        9001324, dns("%d." + DATA + "." + DATA[:31] + ".txt.example.org", TXT, 20),
        dns("s%d._domainkey.mail.example.org", TXT, 20), what="length",
    ),
    Case(9001330, echo(*[proto.noise(900, i + 1) for i in range(10)]), echo(*[proto.noise(900)] * 9)),
    Case(
        9001330, echo(*[proto.noise(601, i + 1) for i in range(10)]),
        echo(*[proto.noise(600, i + 1) for i in range(10)]), what="size",
    ),
    Case(
        9001330, echo(*[proto.noise(700, i + 1) for i in range(10)]),
        echo(*[b"abcdefghijklmnopqrstuvwabcdefghi" * 40] * 10), what="ping",
    ),
    Case(9001331, echo(b"\xd5\x20\x08\x80" + b"\1" * 24), echo(b"\1\xd5\x20\x08\x80" + b"\1" * 24)),
    Case(9001332, echo(b"\0\0\0\1SSH-2.0-OpenSSH_9.2\r\n"), echo(b"\0\0\0\1SSH-2.0 tutorial")),
    Case(
        9001333, get("/", headers={"Sec-WebSocket-Protocol": "chisel-v3"}),
        get("/", headers={"Sec-WebSocket-Protocol": "chess-v3"}),
    ),
    Case(9001334, dns("2.tcp.eu.ngrok.io"), dns("demo.ngrok.io")),
]  # fmt: skip

MAIL = "From: a@example.org\nTo: b@example.net\nSubject: %s"
BODY = "Time: 01/01/2024 10:00:00<br>User Name: joe<br>Computer Name: PC<br>%s: Windows 10<br>"
NOTE = b"Attention! All your files have been %s. Pay in Bitcoin to get the decryptor.\r\n"


def rename(count, kind=10):
    """COUNT renames by SMB2 SET_INFO."""
    target = wide("a.locked")
    info = struct.pack("<BxxxxxxxQI", 0, 0, len(target)) + target
    body = struct.pack("<HBBIHHI16s", 33, 1, kind, len(info), 96, 0, 0, b"\x22" * 16) + info
    return up(445, *[proto.smb2(17, message, body) for message in range(count)])


def words(text):
    return up(445, smb2_write(text))


THEFT = [
    Case(
        9001400, smtp(MAIL % "PW_joe/DESKTOP-1", "hello"), smtp(MAIL % "PW_joe DESKTOP-1", "hello")
    ),
    Case(9001401, smtp(MAIL % "x", BODY % "OSFullName"), smtp(MAIL % "x", BODY % "OS Name")),
    Case(
        9001402, smtp(MAIL % "HawkEye Keylogger | PC", "hello"),
        smtp(MAIL % "Hawk's eye and keyloggers", "hello"),
    ),
    Case(
        9001402, smtp(MAIL % "PC - Stealer Logs", "hello"),
        smtp(MAIL % "Your password was changed", "hello"), what="logs",
    ),
    Case(
        9001403, ftp("STOR PW_joe-DESKTOP_2024_01_01.html"), ftp("STOR PWD_joe-DESKTOP_2024.html")
    ),
    Case(9001403, ftp("STOR /a/PC keylog 1.txt"), ftp("STOR /a/catalog 1.txt"), what="keylog"),
    Case(9001404, up(8010, entry("1/Passwords.txt")), up(8010, entry("1/Passwords.pdf"))),
    Case(9001405, up(445, smb2_create("temp\\lsass_1.dmp")), up(445, smb2_create("temp\\lsass.txt"))),
    Case(9001406, up(445, smb2_create("a\\ntds.dit")), up(445, smb2_create("a\\ntds.dot"))),
    Case(
        9001407, down(4444, wide("mimikatz 2.2 by gentilkiwi ")),
        down(4444, wide("mimikatz 2.2 by gentle kiwi ")),
    ),
    Case(
        9001420, up(445, smb2_create("a\\HOW_TO_DECRYPT.txt")), up(445, smb2_create("a\\HOW_TO.txt"))
    ),
    Case(
        9001425,
        up(445, smb2_create("a\\@Please_Read_Me@.txt")),
        up(445, smb2_create("a\\Please_Read_Me.txt")),
    ),
    Case(9001426, up(445, smb2_create("RyukReadMe.txt")), up(445, smb2_create("ReadMe.txt"))),
    Case(
        9001427,
        up(445, smb2_create("Restore-My-Files.txt")),
        up(445, smb2_create("Restore-Files.txt")),
    ),
    Case(9001421, words(NOTE % b"encrypted"), words(NOTE % b"archived")),
    Case(9001422, rename(200), rename(199)),
    Case(9001422, rename(201), rename(250, 13), what="other information"),
    Case(9001423, up(445, smb2_create("a.txt.WNCRY")), up(445, smb2_create("a.txt.WNCR"))),
    Case(
        9001424, post("/main.php", b"id=1&act=getkey&affid=3&lang=de"),
        post("/main.php", b"id=1&act=getkeys&affid=3&lang=de"),
    ),
]  # fmt: skip

CASES = NETWORK + THEFT
