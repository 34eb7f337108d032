# SPDX-License-Identifier: GPL-2.0-or-later
"""What a DNS answer led to, and what it did not."""
import cap_scans
import pcapgen as pg
from cause_base import AAAA, NXDOMAIN, PTR, Scenarios, dns, maybe

scenario = Scenarios()
SITE = "http://www.site.example/"


@scenario
def dns_then_page(s):
    """A name is looked up and the page fetched."""
    found = s.look_up("www.site.example", s.out(10))
    page = s.fetch(SITE, found)
    s.root(page.start, page.start)
    s.root(found.query, page.start)


@scenario
def dns_nobody_asked(s):
    """A look-up, then a connection to another address that nobody looked up."""
    s.look_up("www.site.example", s.out(10))
    s.fetch("http://%s/" % s.out(11), s.out(11))


@scenario
def dns_alias_chain(s):
    """The name is an alias of an alias; the address stands at the end of the chain."""
    chain = ("site.cdn.example", "edge7.cdn.example")
    s.fetch(SITE, s.look_up("www.site.example", s.out(10), chain=chain))


@scenario
def dns_six(s):
    """An AAAA answer, then a connection over IPv6."""
    found = s.look_up("www.site.example", s.out6(10), kind=AAAA, host=s.host6, resolver=s.out6(1))
    s.fetch(SITE, found, host=s.host6)


@scenario
def dns_both_families(s):
    """A and AAAA are asked at once; IPv4 is used, so only the A answer led to it."""
    s.look_up("www.site.example", s.out6(10), kind=AAAA)
    s.fetch(SITE, s.look_up("www.site.example", s.out(10)))


@scenario
def dns_answer_twice(s):
    """The answer comes three times: one link, to the first."""
    s.fetch(SITE, s.look_up("www.site.example", s.out(10), answered=3))


@scenario
def dns_asked_twice(s):
    """The query is repeated before two answers come."""
    s.fetch(SITE, s.look_up("www.site.example", s.out(10), asked=2, answered=2))


@scenario
def dns_many_connections(s):
    """A browser opens four connections after one answer: each has it as its cause."""
    found = s.look_up("www.site.example", s.out(10))
    for i in range(4):
        s.fetch(SITE + str(i), found)


@scenario
def dns_within_life(s):
    """200 seconds later the answer is still good (it lives for 300)."""
    found = s.look_up("www.site.example", s.out(10), ttl=300)
    s.wait(200)
    s.fetch(SITE, found)


@scenario
def dns_within_window(s):
    """An answer that lives for 5 seconds led to the connection 20 seconds later."""
    found = s.look_up("www.site.example", s.out(10), ttl=5)
    s.wait(20)
    s.fetch(SITE, found)


@scenario
def dns_expired(s):
    """Beyond its life of 10 seconds and beyond the window."""
    s.look_up("www.site.example", s.out(10), ttl=10)
    s.wait(60)
    s.fetch(SITE, s.out(10))


@scenario
def dns_expired_long(s):
    """Beyond a life of 300 seconds."""
    s.look_up("www.site.example", s.out(10), ttl=300)
    s.wait(420)
    s.fetch(SITE, s.out(10))


@scenario
def dns_of_another_host(s):
    """Another host looked the name up; this one knows the address from elsewhere."""
    s.look_up("www.site.example", s.out(10), host=s.other)
    s.fetch(SITE, s.out(10))


@scenario
def dns_two_hosts(s):
    """Two hosts ask for the same name at once and get different addresses."""
    one = s.look_up("www.site.example", s.out(10))
    two = s.look_up("www.site.example", s.out(11), host=s.other)
    s.fetch(SITE, two, host=s.other)
    s.fetch(SITE, one)


@scenario
def dns_two_hosts_one_address(s):
    """Two hosts get the same address: each connection belongs to its own host's answer."""
    one = s.look_up("www.site.example", s.out(10))
    two = s.look_up("www.site.example", s.out(10), host=s.other)
    s.fetch(SITE, one)
    s.fetch(SITE, two, host=s.other)


@scenario
def dns_dead_then_live(s):
    """The first name does not exist, the second one does."""
    s.look_up("dead.example", None, rcode=NXDOMAIN)
    s.wait(1)
    s.visit("http://live.example/", s.out(10))


@scenario
def dns_newest(s):
    """The same name is asked again before its life ends: the newer answer is the cause."""
    s.look_up("www.site.example", s.out(10), ttl=300)
    s.wait(100)
    s.fetch(SITE, s.look_up("www.site.example", s.out(10), ttl=300))


@scenario
def dns_two_names(s):
    """Two names of one address: the name that was asked for just before leads to it."""
    older = s.look_up("old.site.example", s.out(10))
    s.wait(2)
    found = s.look_up("www.site.example", s.out(10))
    page = s.fetch(SITE, found, maybe(dns(older)))
    s.first(page.start, found.answer)


@scenario
def dns_one_of_many(s):
    """Four addresses in one answer; the third is tried."""
    found = s.look_up("pool.example", s.out(10), more=[s.out(11), s.out(12), s.out(13)])
    s.fetch("http://pool.example/", s.out(12), dns(found))


@scenario
def dns_fails_over(s):
    """Two addresses: the first refuses, the second answers; both attempts come of the answer."""
    found = s.look_up("pool.example", s.out(10), more=[s.out(11)])
    s.caused(s.mark(), dns(found))
    cap_scans.attempt(s.capture, ((s.host, 1900), (s.out(10), 80)), s.now, "refused")
    s.wait(0.5)
    s.fetch("http://pool.example/", s.out(11), dns(found))


@scenario
def dns_answer_too_late(s):
    """The connection begins before the answer comes: it knew the address already."""
    asked = s.ask("www.site.example")
    link = s.connect(s.out(10), 80)
    s.answer(asked, s.out(10))
    s.fetch(SITE, None, link=link)


@scenario
def dns_forwarder(s):
    """The resolver passes the query on: its own query has no cause, the client's answer counts."""
    asked = s.ask("www.site.example")
    s.look_up("www.site.example", s.out(10), host=s.resolver, resolver=s.out(53))
    found = s.answer(asked, s.out(10))
    page = s.fetch(SITE, found)
    s.root(asked.mark, page.start)


@scenario
def dns_reverse(s):
    """The name of an address is asked for (PTR): no answer that gives an address."""
    name = ".".join(reversed(s.out(10).split("."))) + ".in-addr.arpa"
    s.look_up(name, "www.site.example", kind=PTR)
    s.fetch("http://%s/" % s.out(10), s.out(10))


@scenario
def dns_then_clock(s):
    """Not only TCP: the time server's name, then NTP."""
    found = s.look_up("time.example", s.out(10))
    ask = b"\x1b" + b"\0" * 47
    s.send((s.host, 123), (s.out(10), 123), ask, dns(found))
    s.send((s.out(10), 123), (s.host, 123), b"\x1c" + b"\1" * 47)


@scenario
def dns_then_ping(s):
    """A name is looked up and pinged."""
    found = s.look_up("www.site.example", s.out(10))
    s.caused(s.mark(), dns(found))
    for kind, ends in ((8, (s.host, s.out(10))), (0, (s.out(10), s.host))):
        message = pg.icmp(kind, 0, 0x0200 << 16 | 1, b"abcdefgh")
        s.capture.add(s.now, pg.frame(pg.ip4(*ends, pg.ICMP, message)))
        s.wait(0.02)


@scenario
def dns_inbound(s):
    """The address that was looked up connects to the host: that is not the look-up's doing."""
    s.look_up("www.site.example", s.out(10))
    s.wait(1)
    s.fetch("http://%s:8080/" % s.host, s.host, host=s.out(10))
