/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sessions of what has no connections: DNS transactions, ICMP, ARP, other IP protocols. */
#include "engine_fixture.h"

/* --- transactions --- */

/* A DNS packet; ID: transaction. Returns the id of its session. */
static uint32_t
dns(struct engine_fixture *f, enum mf_direction from, uint32_t id)
{
    struct mf_packet packet = timeline_packet(&f->tuple, from, f->ms);

    packet.l4 = MF_L4_UDP;
    packet.has_transaction = true;
    packet.is_reply = from == MF_RESP;
    packet.transaction = id;
    return engine_feed(f, packet);
}

static void
test_transactions(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    f.tuple = (struct timeline_tuple){MF_L4_UDP, "192.0.2.1", 1025, "198.51.100.2", 53};
    g_assert_cmpuint(dns(&f, MF_ORIG, 0x10001), ==, 1);
    g_assert_cmpuint(dns(&f, MF_ORIG, 0x20001), ==, 2);
    g_assert_cmpuint(dns(&f, MF_ORIG, 0x10002), ==, 3); /* same id, another name */
    g_assert_cmpuint(dns(&f, MF_ORIG, 0x10001), ==, 1); /* asked again */
    g_assert_cmpuint(dns(&f, MF_RESP, 0x20001), ==, 2);
    g_assert_cmpuint(dns(&f, MF_RESP, 0x10001), ==, 1); /* late */
    g_assert_cmpuint(dns(&f, MF_RESP, 0x10001), ==, 1); /* twice */
    g_assert_cmpuint(dns(&f, MF_RESP, 0x30001), ==, 4); /* nobody asked */
    g_assert_true(engine_session(&f, 4)->flipped);
    g_assert_cmpuint(engine_session(&f, 4)->port[MF_RESP], ==, 53);
    g_assert_cmpuint(engine_say(&f, MF_ORIG, "no DNS"), ==, 5);
    g_assert_false(engine_session(&f, 5)->has_transaction);
    f.ms += 61000;
    g_assert_cmpuint(dns(&f, MF_ORIG, 0x10001), ==, 6);
    g_assert_cmpuint(engine_session(&f, 1)->packets[MF_ORIG], ==, 2);
    g_assert_cmpuint(engine_session(&f, 1)->packets[MF_RESP], ==, 2);
    engine_tear_down(&f);
}

/* A server that asks back from its own port is told by the message, not by the ports. */
static void
test_reply_from_high_port(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    f.tuple = (struct timeline_tuple){MF_L4_UDP, "192.0.2.1", 53, "198.51.100.2", 40000};
    dns(&f, MF_RESP, 1);
    g_assert_cmpuint(engine_only(&f)->port[MF_RESP], ==, 40000);
    engine_tear_down(&f);
}

/* --- ICMP, ARP, others --- */

static uint32_t
icmp(struct engine_fixture *f, enum mf_direction from, unsigned type_and_code, uint16_t id)
{
    struct mf_packet packet = timeline_packet(&f->tuple, from, f->ms);

    packet.icmp_type = (uint8_t)(type_and_code >> 8);
    packet.icmp_code = (uint8_t)type_and_code;
    packet.icmp_id = id;
    return engine_feed(f, packet);
}

static void
test_icmp(void)
{
    enum { ECHO = 0x0800, REPLY = 0, PORT_UNREACHABLE = 0x0303, HOST_UNREACHABLE = 0x0301 };
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    f.tuple.l4 = MF_L4_ICMP;
    g_assert_cmpuint(icmp(&f, MF_ORIG, ECHO, 7), ==, 1);
    g_assert_cmpuint(icmp(&f, MF_ORIG, ECHO, 8), ==, 2);
    g_assert_cmpuint(icmp(&f, MF_RESP, REPLY, 7), ==, 1);
    g_assert_cmpuint(icmp(&f, MF_RESP, ECHO, 7), ==, 1); /* the other host's own, same id */
    g_assert_cmpuint(icmp(&f, MF_RESP, PORT_UNREACHABLE, 0), ==, 3);
    g_assert_cmpuint(icmp(&f, MF_RESP, HOST_UNREACHABLE, 0), ==, 4);
    g_assert_cmpuint(icmp(&f, MF_RESP, REPLY, 9), ==, 5); /* nobody asked */
    g_assert_true(engine_session(&f, 1)->answered);
    g_assert_false(engine_session(&f, 2)->answered);
    g_assert_false(engine_session(&f, 3)->flipped); /* who tells of an error is its originator */
    g_assert_true(engine_session(&f, 5)->flipped);
    g_assert_cmpuint(engine_session(&f, 5)->port[MF_ORIG], ==, 9);
    g_assert_cmpstr(engine_session(&f, 5)->history, ==, "");
    f.tuple.l4 = MF_L4_ICMPV6;
    g_assert_cmpuint(icmp(&f, MF_ORIG, 128 << 8, 7), ==, 6);
    g_assert_cmpuint(icmp(&f, MF_RESP, 129 << 8, 7), ==, 6);
    engine_tear_down(&f);
}

static uint32_t
arp(struct engine_fixture *f, enum mf_direction from, uint16_t opcode)
{
    struct mf_packet packet = timeline_packet(&f->tuple, from, f->ms);

    packet.arp_opcode = opcode;
    return engine_feed(f, packet);
}

static void
test_arp(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    f.tuple = (struct timeline_tuple){MF_L4_ARP, "192.0.2.1", 0, "192.0.2.2", 0};
    g_assert_cmpuint(arp(&f, MF_ORIG, 1), ==, 1);
    g_assert_cmpuint(arp(&f, MF_RESP, 2), ==, 1);
    g_assert_cmpint(mf_session_state(engine_only(&f)), ==, MF_STATE_SF);
    g_assert_cmpint(mf_session_port(engine_only(&f), MF_RESP), ==, -1);
    f.tuple.to = "198.51.100.3";
    g_assert_cmpuint(arp(&f, MF_RESP, 2), ==, 2); /* nobody asked */
    g_assert_true(engine_session(&f, 2)->flipped);
    f.tuple.to = f.tuple.from;
    g_assert_cmpuint(arp(&f, MF_ORIG, 1), ==, 3); /* tells of itself */
    engine_tear_down(&f);
}

static void
test_other_protocols(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    f.tuple.l4 = MF_L4_OTHER;
    f.tuple.from_port = f.tuple.to_port = 47;
    g_assert_cmpuint(engine_say(&f, MF_ORIG, "x"), ==, 1);
    g_assert_cmpuint(engine_say(&f, MF_RESP, "x"), ==, 1);
    f.tuple.from_port = f.tuple.to_port = 50;
    g_assert_cmpuint(engine_say(&f, MF_ORIG, "x"), ==, 2);
    f.tuple.l4 = MF_L4_UDP;
    g_assert_cmpuint(engine_say(&f, MF_ORIG, "x"), ==, 3);
    engine_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sessions_kinds/transactions", test_transactions);
    g_test_add_func("/sessions_kinds/reply_from_high_port", test_reply_from_high_port);
    g_test_add_func("/sessions_kinds/icmp", test_icmp);
    g_test_add_func("/sessions_kinds/arp", test_arp);
    g_test_add_func("/sessions_kinds/other_protocols", test_other_protocols);
    return g_test_run();
}
