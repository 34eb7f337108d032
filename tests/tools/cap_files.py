# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures of executables in transfer, by every road that malflow follows, and of none."""
import struct

import flows
import pcapgen as pg
import protocols as proto

CLIENT, WEB = "10.1.1.5", "198.51.100.7"
KEEPALIVE = [  # name, bytes
    ("/go.exe", 20480),
    ("/hosts2.exe", 2048),
    ("/fb.exe", 6144),
    ("/web.exe", 4608),
    ("/check.exe", 1536),
    ("/captcha.exe", 2560),
    ("/prx.exe", 7168),
    ("/pp.exe", 3584),
]


def web(capture, client_port=1050, time=0.0):
    return flows.Tcp(capture, ((CLIENT, client_port), (WEB, 80)), time).open()


def fetched(uri, response, client_port=1050):
    """One GET and what comes back."""
    capture = pg.Capture()
    link = web(capture, client_port)
    link.send(0, proto.http_request("files.example.org", uri)).send(1, response)
    link.close()
    return capture


def http_keepalive():
    """Eight executables on one connection, after a DNS answer."""
    capture = pg.Capture()
    ends = ((CLIENT, 1040), ("10.1.1.1", 53))
    flows.datagram(capture, 0.0, ends, proto.dns_query(7, "files.example.org"))
    answer = proto.dns_answer(7, "files.example.org", [WEB])
    flows.datagram(capture, 0.1, ends[::-1], answer)
    link = web(capture, time=0.2)
    for seed, (uri, size) in enumerate(KEEPALIVE):
        link.send(0, proto.http_request("files.example.org", uri))
        link.send(1, proto.http_response(proto.pe(size, seed + 1), "application/octet-stream"))
        link.wait(1)
    link.close()
    return capture


def http_pe_image():
    """A PE that claims to be a picture, by name and by type."""
    return fetched("/tablone.png", proto.http_response(proto.pe(5000), "image/png"))


def http_pe_broken():
    """50,000 bytes announced, one segment seen, then a reset."""
    capture = pg.Capture()
    link = web(capture)
    link.send(0, proto.http_request("files.example.org", "/a.exe"))
    whole = proto.http_response(proto.pe(50000), "application/octet-stream")
    link.send(1, whole[: link.mss]).rst(0)
    return capture


def http_pe_chunked():
    """A PE in chunks that cut through its headers."""
    response = proto.http_response(proto.pe(5000), "application/octet-stream", chunked=True)
    return fetched("/c.bin", response)


def http_pe_gzip():
    """A PE that is compressed on the wire."""
    response = proto.http_response(proto.pe(5000), "application/octet-stream", gzipped=True)
    return fetched("/z.bin", response)


def http_pe_gzip_chunked():
    """A PE that is compressed, then chunked."""
    kinds = {"gzipped": True, "chunked": True}
    return fetched("/cz.bin", proto.http_response(proto.pe(5000), "text/html", **kinds))


def http_no_pe():
    """Not executables: an .exe that is text, an MZ without a PE header, and e_lfanew past the end."""
    capture = pg.Capture()
    link = web(capture)
    fake = b"MZ" + b"\x90" * 58 + struct.pack("<I", 0x80)
    for uri, body in (
        ("/setup.exe", b"This program cannot be run in DOS mode. MZ PE"),
        ("/dos.exe", fake.ljust(0x80, b"\0") + b"NE\0\0" + b"\0" * 600),
        ("/far.exe", b"MZ" + b"\x90" * 58 + struct.pack("<I", 0x7FFFFFF0) + b"PE\0\0" * 50),
    ):
        link.send(0, proto.http_request("files.example.org", uri))
        link.send(1, proto.http_response(body, "application/octet-stream"))
    link.close()
    return capture


def ftp_pe():
    """RETR over a passive data connection."""
    capture = pg.Capture()
    control = flows.Tcp(capture, ((CLIENT, 1050), (WEB, 21)), 0.0).open()
    flows.dialogue(
        control,
        [
            (1, b"220 ready\r\n"),
            (0, b"USER bot\r\n"),
            (1, b"331 password\r\n"),
            (0, b"PASS secret\r\n"),
            (1, b"230 in\r\n"),
            (0, b"TYPE I\r\n"),
            (1, b"200 binary\r\n"),
            (0, b"PASV\r\n"),
            (1, b"227 Entering Passive Mode (198,51,100,7,195,80)\r\n"),
            (0, b"RETR bot.exe\r\n"),
            (1, b"150 here it comes\r\n"),
        ],
    )
    data = flows.Tcp(capture, ((CLIENT, 1051), (WEB, 50000)), control.now).open()
    data.send(1, proto.pe(5000)).close(1)
    control.now = data.now
    control.send(1, b"226 done\r\n").close()
    return capture


def smb2_pe():
    """A file read from a share, in blocks."""
    capture = pg.Capture()
    link = flows.Tcp(capture, (("10.1.1.31", 49200), ("10.1.1.30", 445)), 0.0).open()
    share = "\\\\10.1.1.30\\C$"
    flows.dialogue(link, proto.smb2_read_dialogue(share, "temp\\tool.exe", proto.pe(20000)))
    link.close()
    return capture


def tftp_pe():
    """512-byte blocks from a port of the server's choice."""
    capture = pg.Capture()
    client, server, chosen = (CLIENT, 1050), (WEB, 69), (WEB, 3456)
    flows.datagram(capture, 0.0, (client, server), proto.tftp_read("eraseme.exe"))
    body = proto.pe(5000)
    for number in range(len(body) // 512 + 1):
        block = proto.tftp_data(number + 1, body[number * 512 : number * 512 + 512])
        flows.datagram(capture, 0.1 + number * 0.02, (chosen, client), block)
        flows.datagram(capture, 0.11 + number * 0.02, (client, chosen), proto.tftp_ack(number + 1))
    return capture


def raw_tcp_pe():
    """Four bytes of length, then a PE, on a port that means nothing."""
    capture = pg.Capture()
    link = flows.Tcp(capture, ((CLIENT, 1050), (WEB, 4444)), 0.0).open()
    link.send(1, struct.pack("<I", 9000) + proto.pe(9000)).close()
    return capture


def raw_tcp_pe_cut():
    """The same, its first 200 bytes one by one: what is found does not depend on the cutting."""
    capture = pg.Capture()
    link = flows.Tcp(capture, ((CLIENT, 1050), (WEB, 4444)), 0.0, step=0.001).open()
    whole = struct.pack("<I", 9000) + proto.pe(9000)
    link.mss = 1
    link.send(1, whole[:200])
    link.mss = 1460
    link.send(1, whole[200:]).close()
    return capture


def raw_udp_pe():
    """A PE that fits into one datagram."""
    capture = pg.Capture()
    ends = ((CLIENT, 1050), (WEB, 5555))
    flows.datagram(capture, 0.0, ends, b"get\n")
    flows.datagram(capture, 0.1, ends[::-1], proto.pe(1024))
    return capture


CAPTURES = {
    function.__name__: function
    for function in (
        http_keepalive,
        http_pe_image,
        http_pe_broken,
        http_pe_chunked,
        http_pe_gzip,
        http_pe_gzip_chunked,
        http_no_pe,
        ftp_pe,
        smb2_pe,
        tftp_pe,
        raw_tcp_pe,
        raw_tcp_pe_cut,
        raw_udp_pe,
    )
}
