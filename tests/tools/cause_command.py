# SPDX-License-Identifier: GPL-2.0-or-later
"""Orders to scan, the scans that came of them, and those that did not."""
import cap_scans
from cause_base import DOWN, UP, Scenarios, after, command, executable, maybe, url

scenario = Scenarios()
ORDER = ".advscan lsass_445 150 5 0"


@scenario
def command_topic(s):
    """The topic names exploit and port; the scan starts 0.1 seconds later."""
    boss = s.irc(s.out(9))
    order = boss.topic("xvv asn139 150 0 -b -r -s")
    scan = s.scan(139, command(order))
    s.first(scan, order)
    s.root(scan, boss.start)


@scenario
def command_advscan(s):
    """An order of Rbot, three seconds before the scan."""
    order = s.irc(s.out(9)).hear(ORDER)
    s.wait(3)
    s.scan(445, command(order))


@scenario
def command_service(s):
    """The order names a service, not a number."""
    order = s.irc(s.out(9)).hear(".advscan netbios 100 5 0 -r")
    s.wait(1)
    s.scan(139, command(order))


@scenario
def command_port_alone(s):
    """The order names the port as a number of its own."""
    order = s.irc(s.out(9)).hear("!scan 23 198.51.0.0/16")
    s.wait(1)
    s.scan(23, command(order))


@scenario
def command_verb_alone(s):
    """The order names no port: the scan that starts right after is its effect."""
    order = s.irc(s.out(9)).hear(".scan start")
    s.wait(1)
    s.scan(2967, command(order))


@scenario
def command_bot_shell(s):
    """A bot of routers: plain lines on a connection, no IRC."""
    boss = s.connect(s.out(9), 666)
    boss.say(UP, b"BUILD MIPS\n")
    boss.say(DOWN, b"PING\n")
    order = boss.say(DOWN, b"!* SCANNER ON\n")
    s.wait(1)
    s.scan(23, command(order))


@scenario
def command_odd_port(s):
    """The chat is on a port that means nothing."""
    order = s.irc(s.out(9), port=65520).hear(".advscan dcom135 200 3 0")
    s.scan(135, command(order))


@scenario
def command_cut(s):
    """The order is cut before its port: the second segment completes it."""
    boss = s.irc(s.out(9))
    boss.say(DOWN, b":boss!b@host.example PRIVMSG #x :.advscan lsa")
    s.wait(0.5)
    order = boss.say(DOWN, b"ss_445 150 5 0\r\n")
    s.scan(445, command(order))


@scenario
def command_port_scan(s):
    """The order names one address; the scan is of its ports."""
    target = "198.51.%d.9" % s.number
    order = s.irc(s.out(9)).hear("!portscan " + target)
    s.wait(1)
    first = s.mark()
    for i, port in enumerate(range(20, 34)):
        ends = (s.host, 3000 + i), (target, port)
        cap_scans.attempt(s.capture, ends, s.now + i * 0.05, "refused")
    s.caused(first, command(order), maybe(url(order)))


@scenario
def command_udp(s):
    """The scan that the order names the port of is by UDP."""
    order = s.irc(s.out(9)).hear(".scan 1434 100 5")
    s.wait(1)
    s.caused(s.mark(), command(order))
    for i in range(14):
        s.send((s.host, 3000), ("198.51.%d.%d" % (s.number, i + 1), 1434), b"\x02")


@scenario
def command_ping(s):
    """The order names no port; the host pings its way through a network."""
    order = s.irc(s.out(9)).hear(".scan start")
    s.wait(1)
    s.caused(s.mark(), command(order))
    for i in range(14):
        pair = s.host, "198.51.%d.%d" % (s.number, i + 1)
        cap_scans.echo(s.capture, pair, s.now + i * 0.1, False)


@scenario
def command_two_orders(s):
    """Two orders with two ports, and two scans that run at once."""
    boss = s.irc(s.out(9))
    first = boss.hear(ORDER)
    second = boss.hear(".advscan dcom135 200 3 0")
    begin = s.now
    s.scan(135, command(second))
    s.now = begin + 0.05
    s.scan(445, command(first), net=2)


@scenario
def command_two_hosts(s):
    """Two bots with two orders; the scans interleave."""
    first = s.irc(s.out(9)).hear(ORDER)
    second = s.irc(s.out(8), host=s.other).hear(".advscan asn139 150 5 0")
    begin = s.now
    s.scan(445, command(first))
    s.now = begin + 0.03
    s.scan(139, command(second), host=s.other, net=2)


@scenario
def command_told_twice(s):
    """The same order twice before one scan: the newer is best."""
    boss = s.irc(s.out(9))
    older = boss.hear(ORDER)
    s.wait(4)
    newer = boss.hear(ORDER)
    s.wait(1)
    scan = s.scan(445, command(newer), maybe(command(older)))
    s.first(scan, newer)


@scenario
def command_scan_then_fetch(s):
    """One line each: a scan and a download, one after the other."""
    boss = s.irc(s.out(9))
    scan = boss.hear(ORDER)
    fetch = boss.hear("!get http://files.example/upd.bin")
    found = s.look_up("files.example", s.out(10), url(fetch))
    s.fetch("http://files.example/upd.bin", found, url(fetch))
    s.scan(445, command(scan))


@scenario
def command_whole_story(s):
    """Chat, order to fetch, download of an executable; its own chat, whose topic orders a scan."""
    boss = s.irc(s.look_up("irc.boss.example", s.out(9)), port=65520)
    order = boss.hear("!get http://files.example/wr.jpg")
    found = s.look_up("files.example", s.out(10), url(order))
    file = s.fetch("http://files.example/wr.jpg", found, url(order), answer=executable(5000))
    s.wait(1)
    second = s.irc(s.out(8), after(file.done), port=6668)
    topic = second.topic("xvv asn139 150 0 -b -r -s")
    scan = s.scan(139, command(topic), maybe(after(file.done)))
    s.root(file.start, boss.start)
    s.root(scan, second.start)


# --- what is none ---------------------------------------------------------------------------------


@scenario
def command_other_port(s):
    """The order names port 445, the scan is of port 23."""
    s.irc(s.out(9)).hear(ORDER)
    s.wait(1)
    s.scan(23)


@scenario
def command_none(s):
    """A scan of a host that nobody ordered anything."""
    s.scan(445)


@scenario
def command_chat_only(s):
    """A chat without any order, then a scan."""
    chat = s.irc(s.out(9))
    chat.hear("hello, how are you?")
    chat.hear("fine, and you")
    s.wait(1)
    s.scan(445)


@scenario
def command_chat_of_scanning(s):
    """Somebody will scan a document; the scan has nothing to do with it."""
    s.irc(s.out(9)).hear("I will scan the document tomorrow and send it")
    s.wait(2)
    s.scan(445)


@scenario
def command_without_scan(s):
    """The order is given, nothing happens."""
    s.irc(s.out(9)).hear(ORDER)
    s.wait(5)
    s.visit("http://www.news.example/", s.out(10))


@scenario
def command_too_few(s):
    """Six attempts after the order are no scan."""
    s.irc(s.out(9)).hear(ORDER)
    s.wait(1)
    s.scan(445, count=6)


@scenario
def command_after_window(s):
    """The scan starts 45 seconds after the order."""
    s.irc(s.out(9)).hear(ORDER)
    s.wait(45)
    s.scan(445)


@scenario
def command_scan_was_running(s):
    """The scan began before the order came."""
    chat = s.irc(s.out(9))
    begin = s.now
    s.scan(445, count=60)
    s.now = begin + 4
    chat.hear(ORDER)


@scenario
def command_to_another(s):
    """The order goes to one host, another one scans."""
    s.irc(s.out(9)).hear(ORDER)
    s.wait(1)
    s.scan(445, host=s.other)


@scenario
def command_said_by_host(s):
    """The host itself says the words in the chat, before a scan of its own."""
    s.irc(s.out(9)).say(UP, b"PRIVMSG #x :" + ORDER.encode() + b"\r\n")
    s.wait(1)
    s.scan(445)
