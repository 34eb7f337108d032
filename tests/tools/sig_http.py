# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of http.rules."""
from sig_base import DOWN, UP, Case, get, post, request, response, tcp
from sig_files import PE

BARE = {"User-Agent": None}
FORGED = {name: None for name in ("Accept", "Accept-Language", "Referer")}
WINHTTP = "Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)"
POWERSHELL = "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041"
OFFICE = "Mozilla/4.0 (compatible; ms-office; MSOffice 16)"
TOKEN = "123456789:AAF0123456789abcdefghijklmnopqrstuv"
HOOK = "/api/webhooks/123456789012345678/" + "aB3" * 22


def agent(text, uri="/", **headers):
    return get(uri, headers={"User-Agent": text, **headers})


def java(body):
    """A PE that is compressed, so that only its decoded form counts, after Java asked."""
    asked = request("/get/3", headers={"User-Agent": "Mozilla/4.0 (Windows 7) Java/1.6.0_20"})
    return tcp(80, (UP, asked), (DOWN, response(body, "application/x-java", gzipped=True)))


CASES = [
    Case(9000600, get("/a/b.exe", headers=BARE), get("/a/exe", headers=BARE)),
    Case(9000600, get("/a/b.ps1?x=1", headers=BARE), get("/a/b.ps1?x=1"), what="PowerShell"),
    Case(9000601, agent("ie"), agent("ie7"), (9000602,)),
    Case(9000601, agent("a"), agent("abc"), what="one"),
    Case(9000602, agent("Internet Explorer"), agent("Internet Explorer 11")),
    Case(9000603, agent("User-Agent: Mozilla/5.0 (X11)"), agent("User-Agents of the world")),
    Case(
        9000604,
        agent("Mozilla/4.0 (compatible; MSIE 6.1; Windows NT)"),
        agent("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)"),
    ),
    Case(
        9000604,
        agent("Mozilla/5.0 (Windows NT 7.1; Win64) Gecko/20100101 Firefox/70.0"),
        agent("Mozilla/5.0 (Windows NT 6.3; Win64) Gecko/20100101 Firefox/70.0"),
        what="Windows",
    ),
    Case(9000605, agent("CertUtil URL Agent"), agent("Microsoft-CryptoAPI/10.0")),
    Case(9000606, agent(POWERSHELL, "/a.ps1"), agent(POWERSHELL, "/feed.xml")),
    Case(9000607, agent(WINHTTP, "/a.exe"), agent(WINHTTP, "/version.txt")),
    Case(
        9000608,
        agent("Microsoft BITS/7.8", "/a", Host="192.0.2.9"),
        agent("Microsoft BITS/7.8", "/a", Host="download.example.com"),
    ),
    Case(
        9000609,
        get("/a.dll", headers={"Host": "192.0.2.9"}),
        get("/a.dll", headers={"Host": "192.0.2.9.example.org"}),
    ),
    Case(
        9000610,
        agent("Wget/1.20", "/bins/sora.mips", Host="192.0.2.9"),
        agent("Wget/1.20", "/pool/mips", Host="deb.example.org"),
    ),
    Case(
        9000611,
        post("/a.php", b"a=1", headers=FORGED),
        post("/a.php", b"a=1", headers={"Accept-Language": None, "Referer": None}),
    ),
    Case(
        9000612,
        post("/panel/gate.php", b"a=1", headers={"Referer": None}),
        post("/panel/gate.php", b"a=1"),
    ),
    Case(
        9000613,
        get("/r?hwid=8F3A11&os=Win10", headers={"Referer": None}),
        get("/r?hwid=8F3A11&page=2", headers={"Referer": None}),
    ),
    Case(9000614, get("/bot%s/sendDocument" % TOKEN), get("/bot%s/getUpdates" % TOKEN)),
    Case(9000615, post(HOOK, b"{}"), get(HOOK)),
    Case(9000617, java(PE), java(b"MZ" + PE[2:64] + b"none" * 99), (9000002,)),
    Case(
        9000618,
        agent(OFFICE, "/t.dotm", Host="192.0.2.9"),
        agent(OFFICE, "/t.dotm", Host="templates.example.org"),
    ),
]
