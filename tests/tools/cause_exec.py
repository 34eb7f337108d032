# SPDX-License-Identifier: GPL-2.0-or-later
"""What a host did first after an executable had arrived, and what it did without one."""
import protocols as proto
from cause_base import DOWN, UP, Scenarios, after, data, executable, maybe, sig_base, text, url
from cause_drop import tftp
from cause_relay import comma, ftp_login

scenario = Scenarios()


def arrived(s, **options):
    """An executable comes by HTTP from an address that nobody named: the frame that ends it."""
    answer = options.pop("answer", None) or executable(options.pop("size", 1024))
    return s.fetch("http://%s/a.exe" % s.out(10), s.out(10), answer=answer, **options).done


def beacon(s, address, *causes, **options):
    link = s.connect(address, options.pop("port", 8443), *causes, **options)
    link.say(UP, b"\0\1beacon")
    link.say(DOWN, b"\0\2ok")
    link.close()
    return link


@scenario
def exec_beacon(s):
    """An executable by HTTP, then a connection to an address never seen before."""
    done = arrived(s)
    s.wait(4)
    link = beacon(s, s.out(11), after(done))
    s.root(link.start, link.start)


@scenario
def exec_long(s):
    """The executable comes in many segments: the last one completes it."""
    done = arrived(s, size=20000)
    s.wait(4)
    beacon(s, s.out(11), after(done))


@scenario
def exec_compressed(s):
    """The executable is compressed on its way."""
    body = sig_base.response(proto.pe(9000), "text/html", gzipped=True, chunked=True)
    done = arrived(s, answer=body)
    s.wait(4)
    beacon(s, s.out(11), after(done))


@scenario
def exec_as_picture(s):
    """The executable claims to be a picture."""
    done = arrived(s, answer=sig_base.response(proto.pe(3000), "image/jpeg"))
    s.wait(2)
    beacon(s, s.out(11), after(done))


@scenario
def exec_first_contact_only(s):
    """Two connections to the new address: the first is the first contact."""
    done = arrived(s)
    s.wait(2)
    beacon(s, s.out(11), after(done))
    s.wait(3)
    beacon(s, s.out(11))


@scenario
def exec_two_destinations(s):
    """Two new addresses: each has its first contact."""
    done = arrived(s)
    s.wait(2)
    beacon(s, s.out(11), after(done))
    beacon(s, s.out(12), after(done))


@scenario
def exec_look_up(s):
    """The new address is looked up at the usual resolver: not the query, the connection is new."""
    s.visit("http://www.news.example/", s.out(20))
    done = arrived(s)
    s.wait(2)
    found = s.look_up("c2.example", s.out(11))
    beacon(s, found, after(done))


@scenario
def exec_two_files(s):
    """Two executables before one contact: the newer is best."""
    older = arrived(s)
    s.wait(1)
    newer = s.fetch("http://%s/b.exe" % s.out(10), s.out(10), answer=executable(2000)).done
    s.wait(2)
    link = beacon(s, s.out(11), after(newer), maybe(after(older)))
    s.first(link.start, newer)


@scenario
def exec_by_ftp(s):
    """The executable comes over a data connection of FTP."""
    control = ftp_login(s, s.out(10))
    control.say(UP, b"PASV\r\n")
    told = control.say(DOWN, b"227 Entering Passive Mode (%s)\r\n" % comma(s.out(10), 50003))
    control.say(UP, b"RETR a.exe\r\n")
    transfer = s.connect(s.out(10), 50003, url(told))
    end = transfer.say(DOWN, proto.pe(5000))
    close = s.mark()
    transfer.close(DOWN)
    s.wait(2)
    beacon(s, s.out(11), after(end, close, close + 1, close + 2, close + 3))


@scenario
def exec_by_tftp(s):
    """The executable comes by TFTP."""
    done = tftp(s, s.out(10), "bling.exe")
    s.wait(2)
    beacon(s, s.out(11), after(done))


@scenario
def exec_from_share(s):
    """The executable is read from a share."""
    link = s.connect(s.inside(30), 445)
    share = "\\\\%s\\C$" % s.inside(30)
    marks = [
        link.say(side, message)
        for side, message in proto.smb2_read_dialogue(share, "temp\\tool.exe", proto.pe(3000))
    ]
    link.close()
    s.wait(2)
    beacon(s, s.out(11), after(*marks[-3:]))


@scenario
def exec_told_where(s):
    """After the executable, an answer of its server names where to go: content is better."""
    done = arrived(s)
    s.wait(1)
    there = "http://%s/gate" % s.out(12)
    told = s.fetch("http://%s/cfg" % s.out(10), s.out(10), answer=text(b"next=" + there.encode()))
    page = s.fetch(there, s.out(12), url(told.done), maybe(after(done)))
    s.first(page.start, told.done)


# --- what is none ---------------------------------------------------------------------------------


@scenario
def exec_known_address(s):
    """The address contacted after the executable was contacted before it too."""
    beacon(s, s.out(11))
    s.wait(60)
    arrived(s)
    s.wait(3)
    beacon(s, s.out(11))


@scenario
def exec_same_server(s):
    """After the executable the host fetches a second file from the same server."""
    arrived(s)
    s.wait(2)
    s.fetch("http://%s/b.dat" % s.out(10), s.out(10), answer=data())


@scenario
def exec_after_window(s):
    """The new address is contacted 70 seconds after the executable."""
    arrived(s)
    s.wait(70)
    beacon(s, s.out(11))


@scenario
def exec_another_host(s):
    """One host gets the executable, another one contacts a new address."""
    arrived(s)
    s.wait(3)
    beacon(s, s.out(11), host=s.other)


@scenario
def exec_broken_off(s):
    """The executable breaks off after its first segment: it cannot have run."""
    link = s.connect(s.out(10), 80)
    link.say(UP, sig_base.request("/a.exe", headers={"Host": s.out(10), "Referer": None}))
    link.say(DOWN, executable(50000)[:1460])
    link.rst(DOWN)
    s.wait(3)
    beacon(s, s.out(11))


@scenario
def exec_no_executable(s):
    """A picture, then a new address."""
    body = sig_base.response(b"\x89PNG\r\n\x1a\n" + proto.noise(3000), "image/png")
    arrived(s, answer=body)
    s.wait(3)
    beacon(s, s.out(11))


@scenario
def exec_inbound(s):
    """After the executable somebody new connects to the host: that is not its doing."""
    arrived(s)
    s.wait(3)
    beacon(s, s.host, port=3389, host=s.out(11))


@scenario
def exec_resolver_only(s):
    """After the executable only names are looked up, at the usual resolver, and do not exist."""
    s.visit("http://www.news.example/", s.out(20))
    arrived(s)
    for i in range(4):
        s.look_up("dga%d.example" % (i * 7919), None, rcode=3)


@scenario
def exec_sent_away(s):
    """The host serves an executable to somebody, and contacts a new address."""
    s.fetch("http://%s/a.exe" % s.host, s.host, host=s.out(10), answer=executable())
    s.wait(2)
    beacon(s, s.out(11))
