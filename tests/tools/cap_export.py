# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures of files to be exported: broken off on every road, several in one message, odd names."""
import base64
import struct

import cap_files
import flows
import pcapgen as pg
import protocols as proto

CLIENT, SERVER = "10.1.1.5", "198.51.100.7"
LARGE = 400000
NAMES = [  # as asked for
    "/../../../etc/passwd",
    "/",
    "/a%2f..%2fb.exe",
    "/\x01\x1b[31m\u202egpj.exe",
    "/" + "x" * 300 + ".exe",
    "/..",
    "/con.exe",
    "/a:b*c?.exe",
    "/$(id);`id`.exe",
]


def export_broken():
    """Large executables over HTTP that break off: plain, in chunks, closed without a reset; then
    another response with a hole in it."""
    capture = pg.Capture()
    body = proto.pe(LARGE)
    for port, chunked in ((1050, False), (1051, True)):
        link = cap_files.web(capture, port, time=port - 1050)
        link.acks = False
        link.send(0, proto.http_request("files.example.org", "/%d.exe" % port))
        whole = proto.http_response(body, "application/octet-stream", chunked=chunked)
        link.send(1, whole[: 150 * link.mss]).rst(1)
    link = cap_files.web(capture, 1052, time=5)
    link.send(0, proto.http_request("files.example.org", "/1052.exe"))
    link.send(1, proto.http_response(body[:3000], "application/octet-stream", length=LARGE)).close(1)
    return capture


def export_broken_ftp():
    """A data connection that is reset; one with a hole in it."""
    capture = pg.Capture()
    for port in (50000, 50001):
        data = flows.Tcp(capture, ((CLIENT, port), (SERVER, 4444)), port - 50000.0).open()
        data.send(1, proto.pe(LARGE)[: 10 * data.mss])
        if port == 50001:
            data.seq[1] += data.mss
            data.send(1, b"behind the hole").close(1)
        else:
            data.rst(1)
    return capture


def export_broken_smb():
    """A file of which the last block is never read, closed; one whose connection ends."""
    capture = pg.Capture()
    share = "\\\\10.1.1.30\\C$"
    for port, name in ((49200, "closed.exe"), (49201, "lost.exe")):
        link = flows.Tcp(capture, (("10.1.1.31", port), ("10.1.1.30", 445)), port - 49200.0).open()
        lines = list(proto.smb2_read_dialogue(share, name, proto.pe(20000, port)))
        close, read = lines[-2:], lines[:-4]
        flows.dialogue(link, read + close if name == "closed.exe" else read)
        link.rst(0)
    return capture


def export_broken_tftp():
    """Half of a file."""
    capture = pg.Capture()
    client, server, chosen = (CLIENT, 1050), (SERVER, 69), (SERVER, 3456)
    flows.datagram(capture, 0.0, (client, server), proto.tftp_read("half.exe"))
    for number in range(5):
        block = proto.tftp_data(number + 1, proto.pe(5000)[number * 512 : number * 512 + 512])
        flows.datagram(capture, 0.1 + number * 0.02, (chosen, client), block)
    return capture


def attachment(name, data):
    head = "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
    head += 'Content-Disposition: attachment; filename="%s"\r\n\r\n' % name
    return b"--part\r\n" + head.encode() + base64.encodebytes(data).replace(b"\n", b"\r\n")


def export_mail():
    """One mail with three attachments, of which the second and the third are executables."""
    capture = pg.Capture()
    mail = b"Subject: hello\r\nMIME-Version: 1.0\r\n"
    mail += b'Content-Type: multipart/mixed; boundary="part"\r\n\r\n'
    mail += attachment("readme.txt", b"hello " * 200)
    mail += attachment("one.exe", proto.pe(3000, 1)) + attachment("two.exe", proto.pe(4000, 2))
    link = flows.Tcp(capture, ((CLIENT, 1100), ("198.51.100.25", 25)), 0.0).open()
    lines = [
        (1, b"220 mx.example.org ESMTP\r\n"),
        (0, b"EHLO desktop\r\n"),
        (1, b"250 mx.example.org\r\n"),
        (0, b"MAIL FROM:<a@example.org>\r\n"),
        (1, b"250 ok\r\n"),
        (0, b"RCPT TO:<b@example.net>\r\n"),
        (1, b"250 ok\r\n"),
        (0, b"DATA\r\n"),
        (1, b"354 go on\r\n"),
        (0, mail + b"--part--\r\n.\r\n"),
        (1, b"250 ok\r\n"),
        (0, b"QUIT\r\n"),
        (1, b"221 bye\r\n"),
    ]
    flows.dialogue(link, lines).close()
    return capture


def export_names():
    """Executables by names that would do harm, if they were taken as they are."""
    capture = pg.Capture()
    for i, name in enumerate(NAMES):
        link = cap_files.web(capture, 1050 + i, time=float(i))
        link.send(0, proto.http_request("files.example.org", name))
        link.send(1, proto.http_response(proto.pe(1024 + i, i + 1), "application/octet-stream"))
        link.close()
    return capture


def export_twice():
    """The same executable three times, and two that answer two requests in one segment."""
    capture = pg.Capture()
    for i in range(3):
        link = cap_files.web(capture, 1050 + i, time=float(i))
        link.send(0, proto.http_request("files.example.org", "/same.exe"))
        link.send(1, proto.http_response(proto.pe(5000), "application/octet-stream")).close()
    link = cap_files.web(capture, 1060, time=5.0)
    link.send(0, b"".join(proto.http_request("files.example.org", uri) for uri in ("/a", "/b.exe")))
    both = proto.http_response(b"only text", "text/plain")
    both += proto.http_response(proto.pe(800, 3), "application/octet-stream")
    link.send(1, both).close()
    return capture


def export_nested():
    """An executable in another one, and one behind it, on raw TCP."""
    capture = pg.Capture()
    link = flows.Tcp(capture, ((CLIENT, 1050), (SERVER, 4444)), 0.0).open()
    link.send(1, struct.pack("<I", 1) + proto.pe(3000, 1) + proto.pe(2000, 2)).close(1)
    return capture


CAPTURES = {
    function.__name__: function
    for function in (
        export_broken,
        export_broken_ftp,
        export_broken_smb,
        export_broken_tftp,
        export_mail,
        export_names,
        export_twice,
        export_nested,
    )
}
