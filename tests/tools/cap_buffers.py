# SPDX-License-Identifier: GPL-2.0-or-later
"""Short conversations of many protocols, for the buffers that rules read."""
import base64
import struct

import flows
import pcapgen as pg
import protocols

CLIENT, SERVER = "192.0.2.10", "198.51.100.20"

# self-signed, with every part of a name that is usual somewhere
CERTIFICATE = base64.b64decode(
    "MIIDTTCCAvKgAwIBAgIEAKGywzAKBggqhkjOPQQDAjCB7jELMAkGA1UEBhMCVVMxEzARBgNVBAgMClNvbWUgU3Rh"
    "dGUxDTALBgNVBAcMBENpdHkxFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xDDAKBgNVBAsMA09uZTESMBAGA1UEAwwJ"
    "YS5leGFtcGxlMR0wGwYJKoZIhvcNAQkBFg5yb290QGEuZXhhbXBsZTEXMBUGCgmSJomT8ixkARkWB2V4YW1wbGUx"
    "CzAJBgNVBAUTAjQyMQ4wDAYDVQQJDAVXYXkgMTENMAsGA1UEEQwEMTIzNDERMA8GCgmSJomT8ixkAQEMAXUxCjAI"
    "BgNVBAwMAVQwHhcNMjYxMTIzMDY1MjExWhcNMzYxMTIwMDY1MjExWjCB7jELMAkGA1UEBhMCVVMxEzARBgNVBAgM"
    "ClNvbWUgU3RhdGUxDTALBgNVBAcMBENpdHkxFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xDDAKBgNVBAsMA09uZTES"
    "MBAGA1UEAwwJYS5leGFtcGxlMR0wGwYJKoZIhvcNAQkBFg5yb290QGEuZXhhbXBsZTEXMBUGCgmSJomT8ixkARkW"
    "B2V4YW1wbGUxCzAJBgNVBAUTAjQyMQ4wDAYDVQQJDAVXYXkgMTENMAsGA1UEEQwEMTIzNDERMA8GCgmSJomT8ixk"
    "AQEMAXUxCjAIBgNVBAwMAVQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASIV+ZoXXGDinlbKTJaWLW9tE3g4uL9"
    "DU4zfLZcd21ftzL9w2DZSPwIkLBLhs9bgR4vD5ZgS5kefvPnZcn3HQpao3wwejAdBgNVHQ4EFgQUYbb5qfAnAzHi"
    "9e2r73SlzqAEtMkwHwYDVR0jBBgwFoAUYbb5qfAnAzHi9e2r73SlzqAEtMkwDwYDVR0TAQH/BAUwAwEB/zAnBgNV"
    "HREEIDAegglhLmV4YW1wbGWCCyouYi5leGFtcGxlhwTAAAIBMAoGCCqGSM49BAMCA0kAMEYCIQCzI/Dejc1lI3mp"
    "v6tro2IrLryeF3pyGYAaKByu7huxUAIhAMZXqZqigslgusIKHAAo7yisQNLOh4ADWUjW+5B3EzRm"
)


def tls_record(kind, body):
    return struct.pack("!BHH", kind, 0x0303, len(body)) + body


def tls_handshake(kind, body):
    return tls_record(22, struct.pack("!I", kind << 24 | len(body)) + body)


def tls_hello(kind, suites, extensions):
    """Kind 1: the client's, with a list of suites; 2: the server's, with the one."""
    random = bytes(range(32))
    body = b"\x03\x03" + random + b"\0"
    body += struct.pack("!H", len(suites)) + suites + b"\x01\0" if kind == 1 else suites + b"\0"
    extra = b"".join(struct.pack("!HH", i, len(data)) + data for i, data in extensions)
    return tls_handshake(kind, body + struct.pack("!H", len(extra)) + extra)


def tls_certificates(*certificates):
    chain = b"".join(struct.pack("!I", len(c))[1:] + c for c in certificates)
    return tls_handshake(11, struct.pack("!I", len(chain))[1:] + chain)


def tls_dialogue():
    name = b"a.example"
    sni = struct.pack("!HBH", len(name) + 3, 0, len(name)) + name
    yield 0, tls_hello(1, b"\xc0\x2f\x00\x2f", [(0, sni), (16, b"\0\x09\x08http/1.1")])
    yield 1, tls_hello(2, b"\xc0\x2f", [])
    yield 1, tls_certificates(CERTIFICATE, CERTIFICATE)


def http_dialogue():
    yield 0, (
        b"POST /a%20b/\xe9?q=1 HTTP/1.1\r\nHost: A.Example\r\nX-Odd:  \xff two\r\n"
        b"Cookie: c=1\r\nContent-Length: 5\r\n\r\nq\0=2!"
    )
    yield 1, protocols.http_response(b"<p>", "text/html", "404 Not here")


def ssh_dialogue():
    lists = [b"kex-a,kex-b", b"rsa", b"aes-c", b"aes-s", b"mac-c", b"mac-s", b"none", b"zlib", b"", b""]
    body = b"\x14" + bytes(16)
    body += b"".join(struct.pack("!I", len(text)) + text for text in lists) + bytes(5)
    packet = struct.pack("!IB", len(body) + 5, 4) + body + bytes(4)
    yield 0, b"SSH-2.0-Client_1.0 some words\r\n"
    yield 1, b"SSH-1.99-Server-2\r\n"
    yield 0, packet
    yield 1, packet


def ftp_dialogue():
    yield 1, b"220 Welcome here\r\n"
    yield 0, b"USER joe\r\n"
    yield 1, b"331 Password?\r\n"
    yield 0, b"PORT 192,0,2,10,200,10\r\n"
    yield 1, b"227 Passive (198,51,100,20,200,11)\r\n"


MAIL = b"""From: Joe <joe@a.example>
To: ann@b.example
Cc: c@b.example
Date: Mon, 23 Nov 2026 06:00:00 +0000
Subject: bill
Message-ID: <1@a.example>
X-Mailer: Pigeon 1
Received: from a by b
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=xx

--xx
Content-Type: text/plain

See http://c.example/x?y=1, or ftp://d.example.
--xx
Content-Type: application/octet-stream; name=other
Content-Disposition: attachment; filename="bill 1.exe"
Content-Transfer-Encoding: base64

TVoA
/w==
--xx--
""".replace(b"\n", b"\r\n")


def smtp_dialogue():
    yield 1, b"220 b.example\r\n"
    yield 0, b"EHLO a.example\r\n"
    yield 1, b"250 hello\r\n"
    yield 0, b"MAIL FROM:<joe@a.example> SIZE=9\r\n"
    yield 1, b"250 ok\r\n"
    yield 0, b"RCPT TO:<ann@b.example>\r\n"
    yield 1, b"250 ok\r\n"
    yield 0, b"DATA\r\n"
    yield 1, b"354 go\r\n"
    yield 0, MAIL + b".\r\n"
    yield 1, b"250 ok\r\n"


def smb2_write_dialogue():
    """A file that is opened, written from back to front and closed."""
    handle, name = b"\x33" * 16, "d\\new.exe".encode("utf-16-le")
    dialogue = list(protocols.smb2_read_dialogue("\\\\srv\\IPC$", "pipe", b""))
    yield from dialogue[:2]
    path = "\\\\srv\\C$".encode("utf-16-le")
    yield 0, protocols.smb2(3, 1, struct.pack("<HHHH", 9, 0, 72, len(path)) + path)
    yield dialogue[3]
    body = struct.pack("<HBBIQQIIIII", 57, 0, 0, 2, 0, 0, 0x120089, 0x80, 7, 1, 0x40)
    yield 0, protocols.smb2(5, 2, body + struct.pack("<HHII", 120, len(name), 0, 0) + name)
    body = struct.pack("<HBBI4QQQII", 89, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x80, 0)
    yield 1, protocols.smb2(5, 2, body + handle + struct.pack("<II", 0, 0), True)
    for message, (offset, data) in enumerate(((4, b"tail"), (0, b"MZ\0\0")), 3):
        head = struct.pack("<HHIQ16sIIHHI", 49, 112, len(data), offset, handle, 0, 0, 0, 0, 0)
        yield 0, protocols.smb2(9, message, head + data)
        yield 1, protocols.smb2(9, message, struct.pack("<HHIIHH", 17, 0, len(data), 0, 0, 0), True)
    yield 0, protocols.smb2(6, 5, struct.pack("<HHI16s", 24, 0, 0, handle))
    yield 1, protocols.smb2(6, 5, struct.pack("<HHI", 60, 0, 0) + b"\0" * 52, True)


def pipe_dialogue():
    return protocols.smb2_read_dialogue("\\\\srv\\IPC$", "pipe", b"MZ no file")


def mqtt(kind, body):
    return bytes([kind, len(body)]) + body


def text16(text):
    return struct.pack("!H", len(text)) + text


def mqtt_dialogue():
    head = text16(b"MQTT") + b"\x04\xc6\0\x3c"
    fields = (b"client", b"will/t", b"bye", b"joe", b"secret")
    yield 0, mqtt(0x10, head + b"".join(map(text16, fields)))
    yield 1, mqtt(0x20, b"\x01\0")
    yield 0, mqtt(0x82, b"\0\1" + text16(b"sub/t") + b"\0")
    yield 0, mqtt(0xA2, b"\0\2" + text16(b"unsub/t"))
    yield 0, mqtt(0x31, text16(b"pub/t") + b"message")


def sip_dialogue():
    head = "Via: SIP/2.0/UDP a\r\nFrom: <sip:a@a>\r\nTo: <sip:b@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n"
    tail = "User-Agent: phone\r\nContent-Type: application/sdp\r\nContent-Length: 52\r\n\r\n"
    sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=talk\r\nt=0 0\r\nu=x:y\r\n"
    yield 0, ("OPTIONS sip:b@b SIP/2.0\r\n" + head + tail + sdp).encode()
    yield 1, ("SIP/2.0 404 Not here\r\n" + head + "Content-Length: 0\r\n\r\n").encode()


def modbus_dialogue():
    yield 0, struct.pack("!HHHBBHH", 1, 0, 6, 17, 3, 107, 2)
    yield 1, struct.pack("!HHHBBBHH", 1, 0, 7, 17, 3, 4, 5, 6)


def snmp(version, community):
    pdu = b"\xa1\x0b\x02\x01\x01\x02\x01\x00\x02\x01\x00\x30\x00"
    body = b"\x02\x01" + bytes([version]) + b"\x04" + bytes([len(community)]) + community + pdu
    return b"\x30" + bytes([len(body)]) + body


def dns_sections(ident):
    """One question and a record in each section."""

    def record(name, kind, rdata):
        return protocols.dns_name(name) + struct.pack("!HHIH", kind, 1, 60, len(rdata)) + rdata

    out = struct.pack("!HHHHHH", ident, 0x8400, 1, 1, 1, 1)
    out += protocols.dns_name("q.example") + struct.pack("!HH", 1, 1)
    out += record("an.example", 5, protocols.dns_name("to.example"))
    out += record("au.example", 2, protocols.dns_name("ns.example"))
    return out + record("ad.example", 1, b"\xc0\0\2\1")


TCP = {
    "http": (80, http_dialogue),
    "tls": (443, tls_dialogue),
    "ssh": (22, ssh_dialogue),
    "ftp": (21, ftp_dialogue),
    "smtp": (25, smtp_dialogue),
    "smb2_write": (445, smb2_write_dialogue),
    "smb2_pipe": (445, pipe_dialogue),
    "mqtt": (1883, mqtt_dialogue),
    "sip": (5060, sip_dialogue),
    "modbus": (502, modbus_dialogue),
}

UDP = {
    "dns": (53, (SERVER, dns_sections(1))),
    "mdns": (5353, ("224.0.0.251", dns_sections(0))),
    "llmnr": (5355, ("224.0.0.252", dns_sections(2))),
    "snmp1": (161, (SERVER, snmp(0, b"public"))),
    "snmp2": (161, (SERVER, snmp(1, b"secret"))),
}

OTHER = {
    "igmp": (2, b"\x16\0\x09\xfe\xe0\0\0\1"),
    "sctp": (132, struct.pack("!HHII", 7, 8, 99, 0) + struct.pack("!BBH", 10, 0, 8) + b"data"),
    "unknown": (253, b"bare"),
    "unknown6": (253, b"six"),
}


def of_tcp(port, dialogue):
    capture = pg.Capture()
    flow = flows.Tcp(capture, ((CLIENT, 40000), (SERVER, port)), 0).open()
    flows.dialogue(flow, dialogue()).close()
    return capture


def of_udp(port, target, data):
    capture = pg.Capture()
    flows.datagram(capture, 0, ((CLIENT, port), (target, port)), data)
    return capture


def of_other(name, protocol, data):
    """For IPv6 behind an extension header."""
    capture = pg.Capture()
    if name.endswith("6"):
        data = bytes([protocol, 0, 1, 4, 0, 0, 0, 0]) + data
        packet = pg.ip6("2001:db8::1", "2001:db8::2", 0, data)
    else:
        packet = pg.ip4(CLIENT, SERVER, protocol, data)
    capture.add(0, pg.frame(packet))
    return capture


def of_vlans():
    capture = pg.Capture()
    packet = pg.ip4(CLIENT, SERVER, pg.UDP, pg.udp((CLIENT, 1), (SERVER, 2), b"x"))
    inner = pg.vlan(packet, pg.IPV4, 20)
    capture.add(0, pg.ether(pg.vlan(inner, 0x8100, 10), 0x8100))
    return capture


def build(name):
    """The capture NAME."""
    if name in TCP:
        return of_tcp(*TCP[name])
    if name in UDP:
        port, (target, data) = UDP[name]
        return of_udp(port, target, data)
    if name in OTHER:
        return of_other(name, *OTHER[name])
    return of_vlans()
