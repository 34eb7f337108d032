# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures of hosts that call home, and of hosts that only ask regularly."""
import flows
import pcapgen as pg
import protocols as proto

HOME = ("203.0.113.66", 80)
VICTIM = "10.1.1.5"


def call_home(capture, number, time, request, body):
    """One connection with one request; NUMBER makes its port."""
    link = flows.Tcp(capture, ((VICTIM, 2000 + number), HOME), time).open()
    link.send(0, request).send(1, proto.http_response(body, "text/html")).close()


def poll(number):
    return proto.http_request("home.example", "/gate.php?n=%d" % number)


def beacon(count):
    capture = pg.Capture()
    for i in range(count):
        call_home(capture, i, 60.0 * i + i % 3 * 0.9, poll(1000 + i), b"sleep")
    return capture


def beacon_below():
    """Five calls, a minute apart: one short of a beacon."""
    return beacon(5)


def beacon_at():
    """Six calls, a minute apart: a beacon."""
    return beacon(6)


def beacon_orders():
    """40 calls, a minute apart; the 11th asks for something else, the 21st gets an executable, the
    31st a long answer. Another host browses the same server."""
    capture = pg.Capture()
    for i in range(40):
        request, body = poll(1000 + i), b"sleep"
        if i == 10:
            request = proto.http_request("home.example", "/orders.php")
        if i == 20:
            body = proto.pe(1024)
        if i == 30:
            body = b"x" * 5000
        call_home(capture, i, 60.0 * i + i % 3 * 0.9, request, body)
    for i, time in enumerate((3, 5, 19, 200, 201, 600, 603, 604, 1500, 2000)):
        link = flows.Tcp(capture, (("10.1.1.6", 3000 + i), HOME), time).open()
        link.send(0, proto.http_request("home.example", "/page%d" % i))
        link.send(1, proto.http_response(b"y" * 100 * (i + 1), "text/html")).close()
    return capture


def beacon_dead():
    """A SYN from a new port every 30 seconds to a host that is gone."""
    capture = pg.Capture()
    for i in range(12):
        flows.Tcp(capture, ((VICTIM, 2000 + i), ("203.0.113.66", 8443)), 30.0 * i).syn()
    return capture


def beacon_none():
    """A resolver and a clock asked every minute: ordinary operation."""
    capture = pg.Capture()
    for i in range(20):
        ends = ((VICTIM, 2000 + i), ("10.1.1.1", 53))
        flows.datagram(capture, 60.0 * i, ends, proto.dns_query(i, "mail.example"))
        answer = proto.dns_answer(i, "mail.example", ["192.0.2.7"])
        flows.datagram(capture, 60.0 * i + 0.01, ends[::-1], answer)
        clock = ((VICTIM, 123), ("192.0.2.123", 123))
        flows.datagram(capture, 64.0 * i + 0.5, clock, b"\x23" + bytes(47))
    return capture


CAPTURES = {
    function.__name__: function
    for function in (beacon_below, beacon_at, beacon_orders, beacon_dead, beacon_none)
}
