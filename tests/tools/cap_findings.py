# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures of what makes a host infected, suspicious, or neither (test_findings.py)."""
import flows
import pcapgen as pg
import protocols as proto
from cap_scans import spread

WEB, PEER = "198.51.100.7", "203.0.113.66"
REFERER = b"Referer: http://files.example.org/page.html\r\n"


def look_up(capture, client, time, name, address):
    ends = ((client, 1040), ("10.1.0.1", 53))
    ident = int(time * 10) % 65536
    flows.datagram(capture, time, ends, proto.dns_query(ident, name))
    flows.datagram(capture, time + 0.01, ends[::-1], proto.dns_answer(ident, name, [address]))


def ask(capture, ends, time, request, response):
    link = flows.Tcp(capture, ends, time).open()
    link.send(0, request).send(1, response)
    link.close()


def refer(request):
    return request.replace(b"User-Agent:", REFERER + b"User-Agent:", 1)


def fetch(capture, client, time, port=1050, uri="/go.exe", referred=False, seed=1):
    request = proto.http_request("files.example.org", uri)
    answer = proto.http_response(proto.pe(2048, seed), "application/octet-stream")
    ends = ((client, port), (WEB, 80))
    ask(capture, ends, time, refer(request) if referred else request, answer)


def post(capture, client, time, port, host="home.example", peer=PEER, referred=False):
    request = b"POST /save HTTP/1.1\r\nHost: %s\r\nUser-Agent: Updater/1.0\r\n" % host.encode()
    request += b"Accept: */*\r\nContent-Length: 4\r\n\r\nid=1"
    ends = ((client, port), (peer, 80))
    answer = proto.http_response(b"ok", "text/plain")
    ask(capture, ends, time, refer(request) if referred else request, answer)


def findings_many():
    """60 hosts with an executable and a scan, 40 with an executable alone."""
    capture = pg.Capture()
    for i in range(100):
        client = "10.1.%d.%d" % (1 + i // 50, 10 + i % 50)
        look_up(capture, client, i * 5.0, "files.example.org", WEB)
        fetch(capture, client, i * 5.0 + 0.1)
        if i < 60:
            spread(capture, client, 445, 12, start=i * 5.0 + 1, net="192.0.2")
    return capture


def findings_browsing():
    """A browser that downloads two programs that a page offers, and what it posts where it was."""
    capture = pg.Capture()
    client = "10.1.1.5"
    page = b'<html><a href="/a.exe">a</a> <a href="http://files.example.org/b.exe">b</a></html>'
    look_up(capture, client, 0.0, "files.example.org", WEB)
    ask(capture, ((client, 1049), (WEB, 80)), 0.1,
        proto.http_request("files.example.org", "/page.html"),
        proto.http_response(page, "text/html"))  # fmt: skip
    post(capture, client, 2.0, 1050, "mail.example.org")
    fetch(capture, client, 5.0, 1051, "/a.exe", True, 1)
    fetch(capture, client, 9.0, 1052, "/b.exe", True, 2)
    for i in range(3):
        post(capture, client, 20.0 + i * 7, 1060 + i, "mail.example.org")
        post(capture, client, 22.0 + i * 7, 1070 + i, "shop.example.org", "203.0.113.67", True)
    return capture


def findings_list():
    """A bot that asks for its work and gets a list of executables, which it fetches."""
    capture = pg.Capture()
    client = "10.1.1.5"
    work = b"http://files.example.org/a.exe\r\nhttp://files.example.org/b.exe\r\n"
    look_up(capture, client, 0.0, "home.example", PEER)
    ask(capture, ((client, 1049), (PEER, 80)), 0.1,
        proto.http_request("home.example", "/work?id=7"),
        proto.http_response(work, "text/html"))  # fmt: skip
    look_up(capture, client, 1.0, "files.example.org", WEB)
    fetch(capture, client, 1.2, 1051, "/a.exe", False, 1)
    fetch(capture, client, 3.0, 1052, "/b.exe", False, 2)
    return capture


def findings_posts():
    """10.1.1.5 posts to somebody new after an executable arrived, 10.1.1.6 only once."""
    capture = pg.Capture()
    for client in ("10.1.1.5", "10.1.1.6"):
        fetch(capture, client, 0.0)
        post(capture, client, 20.0, 1060)
    post(capture, "10.1.1.5", 50.0, 1061)
    return capture


def findings_programs():
    """31 different executables, the first of them twice."""
    capture = pg.Capture()
    for i in range(32):
        fetch(capture, "10.1.1.5", i * 2.0, 1050 + i, "/%d.exe" % i, False, 1 + i % 31)
    return capture


def mail(capture, client, server, time, recipients=1):
    link = flows.Tcp(capture, ((client, 1100 + int(time)), (server, 25)), time).open()
    link.send(1, b"220 mx.example.org ESMTP\r\n").send(0, b"HELO lab-xp\r\n")
    link.send(1, b"250 mx.example.org\r\n").send(0, b"MAIL FROM:<a@example.org>\r\n")
    link.send(1, b"250 ok\r\n")
    for i in range(recipients):
        link.send(0, b"RCPT TO:<b%d@example.net>\r\n" % i).send(1, b"250 ok\r\n")
    link.send(0, b"DATA\r\n").send(1, b"354 go on\r\n")
    link.send(0, b"Subject: hello\r\n\r\nhello\r\n.\r\n").send(1, b"250 ok\r\n")
    link.send(0, b"QUIT\r\n").send(1, b"221 bye\r\n")
    link.close()


def findings_spam():
    """10.1.1.5 mails to five servers, 10.1.1.6 to four, 10.1.1.7 to fifty people at once; 10.1.1.8
    is a mail server."""
    capture = pg.Capture()
    for i in range(5):
        server = "198.51.100.%d" % (20 + i)
        mail(capture, "10.1.1.5", server, i * 5.0)
        mail(capture, "10.1.1.8", server, i * 5.0 + 2)
        if i < 4:
            mail(capture, "10.1.1.6", server, i * 5.0 + 1)
    mail(capture, "10.1.1.7", "198.51.100.20", 40.0, 50)
    mail(capture, "10.1.1.9", "10.1.1.8", 60.0)
    return capture


CAPTURES = {
    function.__name__: function
    for function in (
        findings_many,
        findings_browsing,
        findings_list,
        findings_posts,
        findings_programs,
        findings_spam,
    )
}
