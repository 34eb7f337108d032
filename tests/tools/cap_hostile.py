# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures that would disturb a terminal, or hold nothing, or are broken."""
import flows
import pcapgen as pg
import protocols as proto

HOSTILE = (
    b"PRIVMSG #x :\x1b[2J\x1b]0;owned\x07\x08\x08\r\n",
    "PRIVMSG #x :\u202egpj.exe \u65e5\u672c\u8a9e \u200b\u00e9 \U0001f41b\r\n".encode(),
    b"PRIVMSG #x :" + bytes(range(256)) + b"\r\n",
    b"PRIVMSG #x :\x9b31m\xff\xfe\xc0\x80\x7f%s%n%d ]] >> *** no hit ***\r\n",
)


def control_bytes():
    """Terminal control, wide and bidirectional text in IRC payload, a URI and a DNS name."""
    capture = pg.Capture()
    link = flows.Tcp(capture, (("10.1.1.5", 1050), ("198.51.100.7", 6667)), 0.0).open()
    link.send(0, b"NICK zombie\r\nUSER z 0 * :z\r\n")
    for line in HOSTILE:
        link.send(1, b":boss!b@c " + line)
    link.close()
    web = flows.Tcp(capture, (("10.1.1.5", 1051), ("198.51.100.7", 80)), 2.0).open()
    web.send(0, b"GET /\x1b[31m\xe2\x80\xae\xff HTTP/1.1\r\nHost: a\x07b.example.org\r\n\r\n")
    web.send(
        1,
        b"HTTP/1.1 200 \x1b[0m\r\nContent-Type: te\x1bxt/\xe6\x97\xa5\r\nContent-Length: 2\r\n\r\nok",
    )
    web.close()
    ends = (("10.1.1.5", 1030), ("10.1.1.1", 53))
    query = proto.dns_query(1, "abcdefg.example.org").replace(b"abcdefg", b"a\x1b[31m\xff")
    flows.datagram(capture, 3.0, ends, query)
    return capture


MARKUP = (
    b"<script>document.title='owned'</script>\"'><img src=http://203.0.113.1/x onerror=alert(1)>"
    b"</td></table></style></script><!--\x00\x1b[31m\xe2\x80\xae\xe2\x81\xa6\xff\xc0\x80&lt;\r\n"
)


def markup():
    """Markup, control and bidirectional characters and no UTF-8 in every field that is printed."""
    capture = pg.Capture()
    line = MARKUP.replace(b"\r\n", b"").replace(b"\0", b"")
    word = line.replace(b" ", b"/")
    link = flows.Tcp(capture, (("10.1.1.5", 1050), ("198.51.100.7", 6667)), 0.0).open()
    link.send(0, b"NICK " + word + b"\r\nUSER z 0 * :" + line + b"\r\nJOIN #" + word + b"\r\n")
    link.send(1, b":b!b@c PRIVMSG z :!get http://" + word[:40] + b".example.org/" + word + b"\r\n")
    link.send(1, b":b!b@c TOPIC #c :advscan asn139 150 0 -b -r " + line + b"\r\n")
    link.send(1, b":b!b@c PRIVMSG z :!get http://web.example.org/" + word + b".exe\r\n").close()
    web = flows.Tcp(capture, (("10.1.1.5", 1051), ("198.51.100.8", 80)), 2.0).open()
    web.send(0, b"GET /" + word + b".exe HTTP/1.1\r\nHost: web.example.org\r\nUser-Agent: " + line
             + b"\r\nReferer: http://" + word + b"\r\n\r\n")  # fmt: skip
    body = proto.pe(3000)
    web.send(1, b"HTTP/1.1 200 " + line + b"\r\nContent-Type: image/" + word + b"\r\n"
             b"Content-Disposition: attachment; filename=\"" + word.replace(b'"', b"'") + b".jpg\"\r\n"
             b"Content-Length: %d\r\n\r\n" % len(body) + body).close()  # fmt: skip
    mail = flows.Tcp(capture, (("10.1.1.5", 1052), ("198.51.100.9", 25)), 4.0).open()
    mail.send(1, b"220 " + line + b"\r\n")
    mail.send(0, b"HELO " + word + b"\r\nMAIL FROM:<" + word + b">\r\nRCPT TO:<a@example.org>\r\nDATA\r\n")
    mail.send(0, b"Subject: " + line + b"\r\nFrom: " + line + b"\r\n\r\n" + MARKUP + b".\r\n").close()
    ends = (("10.1.1.5", 1030), ("10.1.1.1", 53))
    query = proto.dns_query(1, "x" * 60 + ".example.org").replace(b"x" * 60, line[:60])
    flows.datagram(capture, 6.0, ends, query)
    flows.datagram(capture, 6.1, ends, proto.dns_query(2, "y" * 60 + ".example.org").replace(b"y" * 60, line[60:120].ljust(60, b"<")))
    return capture


def empty():
    """No frame at all."""
    return pg.Capture()


def no_ip():
    """LLDP and spanning tree only."""
    capture = pg.Capture()
    lldp = b"\x02\x07\x04\x02\0\0\0\0\x01\x04\x02\x07x\x06\x02\0\x78\0\0".ljust(46, b"\0")
    bpdu = b"\x42\x42\x03" + bytes(35)
    for i in range(3):
        to = b"\x01\x80\xc2\0\0"
        capture.add(i * 2.0, pg.ether(lldp, 0x88CC, dst=to + b"\x0e"))
        capture.add(i * 2.0 + 1, pg.ether(bpdu.ljust(46, b"\0"), len(bpdu), dst=to + b"\0"))
    return capture


def truncated():
    """A capture file that ends inside a record."""
    capture = pg.Capture()
    link = flows.Tcp(capture, (("10.1.1.5", 1050), ("198.51.100.7", 80)), 0.0).open()
    link.send(0, proto.http_request("www.example.org", "/x.exe"))
    link.send(1, proto.http_response(proto.pe(5000), "application/octet-stream")).close()
    return capture.pcap()[:-30]


CAPTURES = {function.__name__: function for function in (control_bytes, markup, empty, no_ip, truncated)}
