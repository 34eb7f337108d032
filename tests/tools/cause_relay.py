# SPDX-License-Identifier: GPL-2.0-or-later
"""The same of what is passed on: mail, proxies, the data connections of FTP."""
from cause_base import DOWN, UP, Scenarios, data, maybe, page, url
from cause_url import FILE, GET

scenario = Scenarios()

# --- mail -----------------------------------------------------------------------------------------

MAIL = b"From: a@shop.example\r\nTo: joe@home.example\r\nSubject: Your parcel\r\n\r\n%s\r\n.\r\n"


@scenario
def relay_in_mail_read(s):
    """A mail fetched by POP3 has a link; the reader follows it."""
    post = s.connect(s.out(25), 110)
    post.say(DOWN, b"+OK ready\r\n")
    for ask in (b"USER joe\r\n", b"PASS secret\r\n"):
        post.say(UP, ask)
        post.say(DOWN, b"+OK\r\n")
    post.say(UP, b"RETR 1\r\n")
    mail = post.say(DOWN, b"+OK 200 octets\r\n" + MAIL % b"Track it: http://parcel.example/t?id=7")
    s.wait(9)
    s.visit("http://parcel.example/t?id=7", s.out(10), url(mail))


def mail_sent(s, client, server):
    """The mark of the mail's text, which names http://parcel.example/t."""
    post = s.connect(server, 25, host=client)
    post.say(DOWN, b"220 mail.home.example ESMTP\r\n")
    for ask in (b"EHLO pc", b"MAIL FROM:<a@shop.example>", b"RCPT TO:<joe@home.example>"):
        post.say(UP, ask + b"\r\n")
        post.say(DOWN, b"250 OK\r\n")
    post.say(UP, b"DATA\r\n")
    post.say(DOWN, b"354 go on\r\n")
    mail = post.say(UP, MAIL % b"Track it: http://parcel.example/t")
    post.say(DOWN, b"250 OK\r\n")
    return mail


@scenario
def relay_in_mail_received(s):
    """A mail server receives a link and looks at it, as filters do."""
    mail = mail_sent(s, s.out(25), s.inside(25))
    s.visit("http://parcel.example/t", s.out(10), url(mail), host=s.inside(25))


@scenario
def relay_in_mail_sent(s):
    """The host that sends the mail fetches what is in it: it did not learn it from the mail."""
    mail_sent(s, s.host, s.out(25))
    s.visit("http://parcel.example/t", s.out(10))


# --- proxies --------------------------------------------------------------------------------------


def tunnel(s, name, *causes):
    """TLS with the server NAME through the proxy."""
    link = s.connect(s.inside(3), 3128, *causes)
    ask = "CONNECT %s:443 HTTP/1.1\r\nHost: %s:443\r\n\r\n" % (name, name)
    link.say(UP, ask.encode())
    link.say(DOWN, b"HTTP/1.1 200 Connection established\r\n\r\n")
    s.tls(name, None, link=link)


@scenario
def relay_through_proxy(s):
    """The order's URL is asked of a proxy, whole; the proxy's own traffic is not in the capture."""
    order = s.irc(s.out(9)).hear(GET)
    s.fetch(FILE, s.inside(3), url(order), port=3128, asked=FILE)


@scenario
def relay_through_proxy_later(s):
    """The same as the second request on a connection to the proxy."""
    there = "http://www.news.example/"
    link = s.fetch(there, s.inside(3), port=3128, asked=there, keep=True, answer=page("news")).link
    order = s.irc(s.out(9)).hear(GET)
    s.fetch(FILE, None, url(order), link=link, asked=FILE)


@scenario
def relay_other_through_proxy(s):
    """After the order the proxy is asked for something else."""
    s.irc(s.out(9)).hear(GET)
    there = "http://www.news.example/"
    s.fetch(there, s.inside(3), port=3128, asked=there, answer=page("news"))


@scenario
def relay_other_through_tunnel(s):
    """The same with CONNECT."""
    s.irc(s.out(9)).hear("!get https://cdn.files.example/stage2")
    tunnel(s, "www.bank.example")


@scenario
def relay_through_tunnel(s):
    """An https URL through a proxy: CONNECT names the host."""
    order = s.irc(s.out(9)).hear("!get https://cdn.files.example/stage2")
    tunnel(s, "cdn.files.example", url(order))


@scenario
def relay_asked_of_proxy(s):
    """Both sides of a proxy: what the client asks for makes the proxy look it up and fetch it."""
    proxy = s.inside(3)
    link = s.connect(proxy, 3128)
    request = b"GET %s HTTP/1.1\r\nHost: files.example\r\n\r\n" % FILE.encode()
    asked = link.say(UP, request)
    s.visit(FILE, s.out(10), url(asked), host=proxy)
    link.say(DOWN, data())
    link.close()


# --- FTP ------------------------------------------------------------------------------------------


def ftp_login(s, server, *causes):
    control = s.connect(server, 21, *causes)
    control.say(DOWN, b"220 ready\r\n")
    control.say(UP, b"USER bot\r\n")
    control.say(DOWN, b"331 password\r\n")
    control.say(UP, b"PASS secret\r\n")
    control.say(DOWN, b"230 in\r\n")
    return control


def comma(address, port):
    return ("%s,%d,%d" % (address.replace(".", ","), port >> 8, port & 255)).encode()


@scenario
def relay_ftp_passive(s):
    """The order names an ftp URL; the server tells where its data waits."""
    order = s.irc(s.out(9)).hear("!get ftp://bot:secret@%s/a.bin" % s.out(10))
    control = ftp_login(s, s.out(10), url(order))
    control.say(UP, b"PASV\r\n")
    told = control.say(DOWN, b"227 Entering Passive Mode (%s)\r\n" % comma(s.out(10), 50001))
    control.say(UP, b"RETR a.bin\r\n")
    transfer = s.connect(s.out(10), 50001, url(told), maybe(url(order)))
    transfer.say(DOWN, b"\1\2\3" * 90)
    transfer.close(DOWN)


@scenario
def relay_ftp_active(s):
    """The client tells where it waits; the server connects."""
    control = ftp_login(s, s.out(10))
    told = control.say(UP, b"PORT %s\r\n" % comma(s.host, 5001))
    control.say(DOWN, b"200 OK\r\n")
    control.say(UP, b"RETR a.bin\r\n")
    transfer = s.connect(s.host, 5001, url(told), host=s.out(10))
    transfer.say(UP, b"\1\2\3" * 90)
    transfer.close()
