#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What rules can read: each buffer is fed, and says what the packets say."""
import unittest

import probe

import harness

# "frame name value", bytes outside printable ASCII as \xNN. Of each name that stands here, nothing
# else may be told in that capture.
EXPECTED = {
    "http": r"""
        4 http.request 1
        4 http.start_line POST /a%20b/\xe9?q=1 HTTP/1.1
        4 http.method POST
        4 http.uri /a%20b/\xe9?q=1
        4 http.header_line Host: A.Example\x0d\x0a
        4 http.header_line X-Odd:  \xff two\x0d\x0a
        4 http.header_line Cookie: c=1\x0d\x0a
        4 http.header_line Content-Length: 5\x0d\x0a
        4 file.data q\x00=2!
        4 http.protocol HTTP/1.1
        6 http.start_line HTTP/1.1 404 Not here
        6 http.protocol HTTP/1.1
        6 http.stat_code 404
        6 http.status 404
        6 http.stat_msg Not here
        6 http.response 1
        6 http.response_for http://A.Example/a%20b/\xef\xbf\xbd?q=1
        6 http.header_line Server: Apache\x0d\x0a
        6 http.header_line Content-Type: text/html\x0d\x0a
        6 http.header_line Content-Length: 3\x0d\x0a
        6 file.data <p>
    """,
    "tls": r"""
        4 tls.sni a.example
        4 tls.alpn http/1.1
        4 ja3.string 771,49199-47,0-16,,
        4 ja3.hash 7eae0af172acf94539549e40fe3d5882
        6 ja3s.string 771,49199,
        6 ja3s.hash 174e7e4992a63f6d419626d97363adb8
        4 tls.random_time \x00\x01\x02\x03
        6 tls.random_time \x00\x01\x02\x03
        10 tls.cert_fingerprint 70:82:88:29:34:a1:b9:24:22:c8:fc:62:57:53:99:bd:bb:58:78:d6
        10 tls.cert_subject C=US, ST=Some State, L=City, O=Example, Inc., OU=One, CN=a.example, Email=root@a.example, DC=example, serialNumber=42, streetAddress=Way 1, postalCode=1234, uid=u, title=T
        10 tls.cert_issuer C=US, ST=Some State, L=City, O=Example, Inc., OU=One, CN=a.example, Email=root@a.example, DC=example, serialNumber=42, streetAddress=Way 1, postalCode=1234, uid=u, title=T
        10 tls.cert_serial 00:A1:B2:C3
        10 tls.subjectaltname a.example
        10 tls.subjectaltname *.b.example
        10 tls_cert_notbefore 1795416731
        10 tls_cert_notafter 2110776731
        10 tls.cert_chain_len 2
    """,
    "ssh": r"""
        4 ssh.proto 2.0
        4 ssh.software Client_1.0
        6 ssh.proto 1.99
        6 ssh.software Server-2
        8 ssh.hassh.string kex-a,kex-b;aes-c;mac-c;none
        8 ssh.hassh d5e8eb5753fa0e4ec7de60a15da7ef1b
        10 ssh.hassh.server.string kex-a,kex-b;aes-s;mac-s;zlib
        10 ssh.hassh.server 498032e9b14f1099a14aadb37da90791
    """,
    "ftp": r"""
        4 ftp.completion_code 220
        4 ftp.reply Welcome here
        6 ftp.command USER
        6 ftp.command_data joe
        8 ftp.completion_code 331
        8 ftp.reply Password?
        10 ftp.command PORT
        10 ftp.command_data 192,0,2,10,200,10
        10 ftp.dynamic_port 51210
        12 ftp.completion_code 227
        12 ftp.reply Passive (198,51,100,20,200,11)
        12 ftp.dynamic_port 51211
    """,
    "smtp": r"""
        6 smtp.helo a.example
        10 smtp.mail_from <joe@a.example>
        14 smtp.rcpt_to <ann@b.example>
        22 email.from Joe <joe@a.example>
        22 email.to ann@b.example
        22 email.cc c@b.example
        22 email.date Mon, 23 Nov 2026 06:00:00 +0000
        22 email.subject bill
        22 email.message_id <1@a.example>
        22 email.x_mailer Pigeon 1
        22 email.received from a by b
        22 email.url c.example/x?y=1,
        22 email.url d.example.
        22 file.name bill 1.exe
        22 file.data MZ\x00\xff
    """,
    "smb2_write": r"""
        8 smb.share \x5c\x5csrv\x5cC$
        24 file.name d\x5cnew.exe
        24 file.data MZ\x00\x00tail
    """,
    "smb2_pipe": r"""
        8 smb.named_pipe \x5c\x5csrv\x5cIPC$
    """,
    "mqtt": r"""
        4 mqtt.type 1
        4 mqtt.flags 16
        4 mqtt.protocol_version 4
        4 mqtt.connect.protocol_string MQTT
        4 mqtt.connect.flags 198
        4 mqtt.connect.clientid client
        4 mqtt.connect.willtopic will/t
        4 mqtt.connect.willmessage bye
        4 mqtt.connect.username joe
        4 mqtt.connect.password secret
        6 mqtt.type 2
        6 mqtt.flags 32
        6 mqtt.connack.session_present 1
        6 mqtt.reason_code 0
        8 mqtt.type 8
        8 mqtt.flags 130
        8 mqtt.subscribe.topic sub/t
        10 mqtt.type 10
        10 mqtt.flags 162
        10 mqtt.unsubscribe.topic unsub/t
        12 mqtt.type 3
        12 mqtt.flags 49
        12 mqtt.qos 0
        12 mqtt.publish.topic pub/t
        12 mqtt.publish.message message
    """,
    "sip": r"""
        4 sip.request_line OPTIONS sip:b@b SIP/2.0
        4 sip.method OPTIONS
        4 sip.uri sip:b@b
        4 sip.protocol SIP/2.0
        4 sip.via SIP/2.0/UDP a
        4 sip.from <sip:a@a>
        4 sip.to <sip:b@b>
        4 sip.user_agent phone
        4 sip.content_type application/sdp
        4 sip.content_length 52
        4 sdp.origin - 1 1 IN IP4 192.0.2.1
        4 sdp.session_name talk
        4 sdp.uri x:y
        6 sip.response_line SIP/2.0 404 Not here
        6 sip.protocol SIP/2.0
        6 sip.stat_code 404
        6 sip.stat_msg Not here
        6 sip.via SIP/2.0/UDP a
        6 sip.from <sip:a@a>
        6 sip.to <sip:b@b>
        6 sip.content_length 0
    """,
    "modbus": r"""
        4 modbus.unit 17
        4 modbus.function 3
        4 modbus.address 107
        4 modbus.quantity 2
        6 modbus.unit 17
        6 modbus.function 3
    """,
    "snmp1": r"""
        1 snmp.version 1
        1 snmp.community public
        1 snmp.pdu_type 1
    """,
    "snmp2": r"""
        1 snmp.version 2
        1 snmp.community secret
    """,
    "sctp": r"""
        1 sctp.vtag 99
        1 sctp.chunk_type 10
        1 sctp.chunk_data data
        1 @l4 \x00\x07\x00\x08\x00\x00\x00c\x00\x00\x00\x00
        1 @payload \x0a\x00\x00\x08data
        1 @protocol 132
    """,
    "igmp": r"""
        1 igmp.type 22
        1 @l4 \x16\x00\x09\xfe\xe0\x00\x00\x01
        1 @protocol 2
    """,
    "unknown": r"""
        1 @protocol 253
        1 @payload bare
    """,
    "unknown6": r"""
        1 @protocol 253
        1 @payload six
    """,
    "vlans": r"""
        1 vlan.id 10
        1 vlan.id 20
        1 @payload x
    """,
}

SECTIONS = r"""
        1 L.queries.rrname q.example
        1 L.answers.rrname an.example
        1 L.authorities.rrname au.example
        1 L.additionals.rrname ad.example
        1 L.response.rrname q.example
        1 L.response.rrname an.example
        1 L.response.rrname to.example
        1 L.response.rrname au.example
        1 L.response.rrname ns.example
        1 L.response.rrname ad.example
        1 dns.rcode 0
        1 dns.opcode 0
"""
for layer in ("dns", "mdns", "llmnr"):
    EXPECTED[layer] = SECTIONS.replace("L.", layer + ".")


def lines_of(text):
    return [tuple(line.split(" ", 2)) for line in map(str.strip, text.splitlines()) if line]


class Values(unittest.TestCase):
    def test_own_captures(self):
        for name, text in EXPECTED.items():
            expected = lines_of(text)
            names = {row[1] for row in expected}
            told = [row for row in probe.ask(probe.own(name)) if row[1] in names]
            self.assertEqual(sorted(told), sorted(expected), name)

    def test_pipes_are_no_files(self):
        told = [row[1] for row in probe.ask(probe.own("smb2_pipe"))]
        self.assertIn("smb.data", told)
        self.assertNotIn("file.data", told)

    def test_files_in_pieces(self):
        """Of what is read over SMB2 and TFTP the whole is told, once."""
        for name, file in (("smb2_pe", r"temp\x5ctool.exe"), ("tftp_pe", "eraseme.exe")):
            told = probe.ask(harness.own(name), wants=("file.data", "file.name"))
            self.assertEqual([row[2] for row in told if row[1] == "file.name"], [file])
            data = [row[2] for row in told if row[1] == "file.data"]
            self.assertEqual([text[:2] for text in data], ["MZ"])

    def test_ftp_names_its_file_once(self):
        told = probe.ask(harness.own("ftp_pe"))
        self.assertEqual([row[2] for row in told if row[1] == "file.name"], ["bot.exe"])

    def test_certificates_as_suricata_prints_them(self):
        told = probe.ask(harness.shared("dridex-tls.pcap"))
        self.assertIn(("63", "tls.cert_subject", "CN=13.107.3.128"), told)
        issuer = "C=AU, ST=Some-State, L=City, O=Some Company"
        self.assertIn(("63", "tls.cert_issuer", issuer), told)
        self.assertIn(("63", "tls.cert_serial", "0E:6C:13:39:C6:A7"), told)


class Wanted(unittest.TestCase):
    """Only what is read is asked for."""

    def test_nothing_else_is_told(self):
        told = probe.ask(probe.own("mqtt"), wants=("mqtt.publish.topic",))
        names = {row[1] for row in told if row[1][0] != "@"}
        self.assertEqual(names, {"mqtt", "mqtt.type", "mqtt.publish.topic"})

    def test_sessions_are_told_without_rules(self):
        told = probe.ask(probe.own("http"), wants=())
        self.assertIn(("4", "http.uri", r"/a%20b/\xe9?q=1"), told)
        self.assertNotIn("http.header_line", {row[1] for row in told})

    def test_marks_last(self):
        """What is marked again after each frame is enough."""
        path = harness.own("everything")
        self.assertEqual(probe.ask(path), probe.ask(path, mark_all="1"))

    def test_two_passes(self):
        path = harness.own("everything")
        self.assertEqual(probe.ask(path), probe.ask(path, "-2"))


class OwnWords(unittest.TestCase):
    """wireshark.field and wireshark.filter."""

    def test_fields(self):
        fields = ("tcp.flags.syn", "http.x_forwarded_for", "ip.ttl", "http.cookie", "tcp.payload")
        told = probe.ask(probe.own("http"), fields=fields)
        self.assertEqual(
            [row for row in told if row[0] == "4" and row[1] in fields],
            [
                ("4", "ip.ttl", "128"),
                ("4", "tcp.flags.syn", "False" if harness.tshark_is(4, 2) else "0"),
                ("4", "tcp.payload", told[[r[:2] for r in told].index(("4", "@payload"))][2]),
                ("4", "http.cookie", "c=1"),
            ],
        )

    def test_filters(self):
        filters = ("tcp.flags.syn == 1", 'http.cookie contains "c"', "ip.ttl < 100")
        told = probe.ask(probe.own("http"), filters=filters)
        held = {name: [f for f, n, v in told if n == "@filter " + name and v == "1"] for name in filters}
        self.assertEqual(held[filters[0]], ["1", "2"])
        self.assertEqual(held[filters[1]], ["4"])
        self.assertEqual(held[filters[2]], [])

    def test_refused(self):
        """With the reason, in Wireshark's words."""
        filters, fields = ("ip.nothing == 1", "tcp", "malflow.probe", "ip.src == "), ("no.field",)
        told = probe.ask(probe.own("http"), filters=filters, fields=fields)
        refused = {name[len("@refused ") :]: why for _, name, why in told if "@refused" in name}
        self.assertEqual(set(refused), {filters[0], filters[2], filters[3], fields[0]})
        self.assertIn("ip.nothing", refused[filters[0]])
        self.assertIn("malflow.probe", refused[filters[2]])
        self.assertIn("no.field", refused[fields[0]])
        self.assertEqual([f for f, n, v in told if n == "@filter tcp" and v == "0"], [])


# Fields that came with Wireshark 4.2.
ABSENT = set() if harness.tshark_is(4, 2) else {"ja4.hash"}

# Fed by forms that fill several buffers; each is in EXPECTED, or below.
SPECIAL = {"tls.cert", "tls_cert", "tls.subjectaltname", "dns.", "mdns.", "llmnr.", "smtp."}
SPECIAL |= {"file.name", "file.data", "smb.named_pipe"}


class Table(unittest.TestCase):
    def test_every_buffer_is_fed(self):
        rows = probe.ask(probe.own("http"), table="1")
        fed = {buffer for field, buffer, there in rows if field and there == "1"}
        names = {buffer for field, buffer, there in rows if not field and not there}
        self.assertGreater(len(names), 250)
        missing = {n for n in names - fed if not any(n.startswith(s) for s in SPECIAL)}
        self.assertEqual(missing, ABSENT)

    def test_special_ones_are_in_a_capture(self):
        rows = probe.ask(probe.own("http"), table="1")
        fed = {buffer for field, buffer, there in rows if field and there == "1"}
        names = {buffer for field, buffer, there in rows if not field and not there}
        told = {row[1] for text in EXPECTED.values() for row in lines_of(text)}
        self.assertEqual(names - fed - told, ABSENT)


if __name__ == "__main__":
    harness.main()
