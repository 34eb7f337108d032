/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What rules remember for other rules and for themselves, tried with packets. */
#include "rules_kit.h"

/* One packet of payload TEXT at second AT; sets kit->fired by the index of the rule's sid. */
static void
send_at(struct kit *kit, enum mf_direction direction, const char *text, int64_t at)
{
    GByteArray *bytes = kit_bytes(text);
    const struct mf_packet packet = {.l4 = MF_L4_UDP,
                                     .frame = 1,
                                     .time = at * MF_NS_PER_S,
                                     .payload = bytes->data,
                                     .payload_captured = bytes->len,
                                     .payload_length = bytes->len};

    kit->session.l4 = MF_L4_UDP;
    kit->session.packets[direction]++;
    kit->session.wire_bytes[direction] += 100;
    mf_inspector_at(kit->inspector, &packet);
    mf_inspect_packet(kit->inspector, &kit->session, direction, &packet);
    g_byte_array_unref(bytes);
}

static void
send(struct kit *kit, const char *text)
{
    send_at(kit, MF_ORIG, text, 1000);
}

/* How often the rule with SID fired. */
static unsigned
fired(const struct kit *kit, uint32_t sid)
{
    for (unsigned i = 0; i < mf_ruleset_count(kit->set); i++)
        if (mf_ruleset_info(kit->set, i)->sid == sid)
            return kit->fired[i];
    g_assert_not_reached();
}

static void
open_good(struct kit *kit, const char *rules)
{
    kit_open(kit, rules);
    for (unsigned i = 0; i < mf_diags_count(kit->diags); i++)
        g_error("%s", mf_diag_format(mf_diags_get(kit->diags, i)));
    kit->session.id = 1;
    kit->session.start = 1000 * MF_NS_PER_S;
    kit->session.addr[MF_ORIG] = mf_addr_from_ipv4((const uint8_t[]){192, 0, 2, 1});
    kit->session.addr[MF_RESP] = mf_addr_from_ipv4((const uint8_t[]){198, 51, 100, 9});
}

static void
test_flowbits(void)
{
    struct kit kit;

    open_good(&kit, "alert udp any any -> any any (content:\"x\"; flowbits:isset,b; sid:1;)\n"
                    "alert udp any any -> any any (content:\"u\"; flowbits:unset,b; sid:2;)\n"
                    "alert udp any any -> any any (content:\"s\"; flowbits:set,b; flowbits:noalert;"
                    " sid:3;)\n"
                    "alert udp any any -> any any (content:\"x\"; flowbits:isnotset, b; sid:4;)\n"
                    "alert udp any any -> any any (content:\"t\"; flowbits:toggle,b; sid:5;)\n");
    send(&kit, "x");
    g_assert_cmpuint(fired(&kit, 1), ==, 0);
    g_assert_cmpuint(fired(&kit, 4), ==, 1);
    send(&kit, "s");
    g_assert_cmpuint(fired(&kit, 3), ==, 0); /* noalert */
    send(&kit, "x");
    g_assert_cmpuint(fired(&kit, 1), ==, 1);
    g_assert_cmpuint(fired(&kit, 4), ==, 1);
    send(&kit, "u");
    send(&kit, "x");
    g_assert_cmpuint(fired(&kit, 1), ==, 1);
    g_assert_cmpuint(fired(&kit, 4), ==, 2);
    send(&kit, "t");
    send(&kit, "x");
    g_assert_cmpuint(fired(&kit, 1), ==, 2);
    kit.session.id = 2;
    send(&kit, "x");
    g_assert_cmpuint(fired(&kit, 1), ==, 2); /* another session has none */
    kit_close(&kit);
}

/* The order in the file does not matter: what sets comes before what asks, in one packet. */
static void
test_flowbits_order(void)
{
    struct kit kit;

    open_good(&kit,
              "alert udp any any -> any any (content:\"x\"; flowbits:isset,b; sid:1;)\n"
              "alert udp any any -> any any (content:\"x\"; flowbits:isset,a; flowbits:set,b; "
              "sid:2;)\n"
              "alert udp any any -> any any (content:\"x\"; flowbits:set,a; sid:3;)\n");
    send(&kit, "x");
    g_assert_cmpuint(fired(&kit, 1), ==, 1);
    g_assert_cmpuint(fired(&kit, 2), ==, 1);
    g_assert_cmpuint(fired(&kit, 3), ==, 1);
    kit_close(&kit);
}

static void
test_flowbits_lists(void)
{
    struct kit kit;

    open_good(&kit,
              "alert udp any any -> any any (content:\"x\"; flowbits:isset,a|b|c; sid:1;)\n"
              "alert udp any any -> any any (content:\"b\"; flowbits:set,b; sid:2;)\n"
              "alert udp any any -> any any (content:\"x\"; flowbits:isset,a | c; sid:3;)\n"
              "alert udp any any -> any any (content:\"x\"; flowbits:isnotset,b|a; sid:4;)\n");
    send(&kit, "bx");
    g_assert_cmpuint(fired(&kit, 1), ==, 1);
    g_assert_cmpuint(fired(&kit, 3), ==, 0);
    g_assert_cmpuint(fired(&kit, 4), ==, 1);
    kit_close(&kit);
}

/* A rule on a bit alone is tried on every packet. */
static void
test_flowbits_alone(void)
{
    struct kit kit;

    open_good(&kit, "alert udp any any -> any any (content:\"s\"; flowbits:set,b; sid:1;)\n"
                    "alert udp any any -> any any (flowbits:isset,b; sid:2;)\n"
                    "alert udp any any -> any any (flowbits:set,c; sid:3;)\n");
    send(&kit, "x");
    send(&kit, "s");
    send(&kit, "x");
    g_assert_cmpuint(fired(&kit, 2), ==, 2);
    g_assert_cmpuint(fired(&kit, 3), ==, 1); /* nothing but addresses: once per direction */
    kit_close(&kit);
}

static void
test_flowint(void)
{
    struct kit kit;

    open_good(&kit, "alert udp any any -> any any (content:\"+\"; flowint:n,+,1; sid:1;)\n"
                    "alert udp any any -> any any (content:\"-\"; flowint:n,-,2; sid:2;)\n"
                    "alert udp any any -> any any (content:\"=\"; flowint:n,=,7; sid:3;)\n"
                    "alert udp any any -> any any (content:\"?\"; flowint: n , >= , 3; sid:4;)\n"
                    "alert udp any any -> any any (content:\"?\"; flowint:n,==,max; sid:5;)\n"
                    "alert udp any any -> any any (content:\"?\"; flowint:n,isset; sid:6;)\n"
                    "alert udp any any -> any any (content:\"?\"; flowint:n,isnotset; sid:7;)\n"
                    "alert udp any any -> any any (content:\"m\"; flowint:max,=,n; sid:8;)\n");
    send(&kit, "?");
    g_assert_cmpuint(fired(&kit, 5), ==, 0); /* not set: no comparison holds */
    g_assert_cmpuint(fired(&kit, 7), ==, 1);
    send(&kit, "+");
    send(&kit, "+?");
    g_assert_cmpuint(fired(&kit, 4), ==, 0); /* 2 */
    g_assert_cmpuint(fired(&kit, 6), ==, 1);
    send(&kit, "+?");
    g_assert_cmpuint(fired(&kit, 4), ==, 1); /* 3 */
    send(&kit, "-?");
    g_assert_cmpuint(fired(&kit, 4), ==, 1); /* 1 */
    send(&kit, "=?");
    g_assert_cmpuint(fired(&kit, 4), ==, 2); /* 7 */
    g_assert_cmpuint(fired(&kit, 5), ==, 0);
    send(&kit, "m?");
    g_assert_cmpuint(fired(&kit, 5), ==, 1);
    kit_close(&kit);
}

static void
test_hostbits(void)
{
    struct kit kit;

    open_good(&kit, "alert udp any any -> any any (content:\"s\"; hostbits:set,b; sid:1;)\n"
                    "alert udp any any -> any any (content:\"x\"; hostbits:isset,b,src; sid:2;)\n"
                    "alert udp any any -> any any (content:\"x\"; hostbits:isset,b,dst; sid:3;)\n"
                    "alert udp any any -> any any (content:\"x\"; xbits:isset,b,track ip_src; "
                    "sid:4;)\n"
                    "alert udp any any -> any any (content:\"x\"; xbits:isset,b,track ip_pair; "
                    "sid:5;)\n");
    send(&kit, "s");
    kit.session.id = 2; /* bits of hosts outlive sessions */
    send(&kit, "x");
    g_assert_cmpuint(fired(&kit, 2), ==, 1);
    g_assert_cmpuint(fired(&kit, 3), ==, 0);
    g_assert_cmpuint(fired(&kit, 4), ==, 1);
    send_at(&kit, MF_RESP, "x", 1000);
    g_assert_cmpuint(fired(&kit, 2), ==, 1);
    g_assert_cmpuint(fired(&kit, 3), ==, 1);
    g_assert_cmpuint(fired(&kit, 5), ==, 0);
    send_at(&kit, MF_ORIG, "x", 1300);
    g_assert_cmpuint(fired(&kit, 2), ==, 2);
    send_at(&kit, MF_ORIG, "x", 1301);
    g_assert_cmpuint(fired(&kit, 2), ==, 2);
    kit_close(&kit);
}

static void
test_xbits(void)
{
    struct kit kit;

    open_good(&kit, "alert udp any any -> any any (content:\"s\"; xbits:set,b,track ip_pair,expire "
                    "10; sid:1;)\n"
                    "alert udp any any -> any any (content:\"x\"; xbits:isset,b,track ip_pair; "
                    "sid:2;)\n"
                    "alert udp any any -> any any (content:\"t\"; xbits:toggle,b, track ip_pair; "
                    "sid:3;)\n");
    send(&kit, "s");
    send_at(&kit, MF_RESP, "x", 1010);
    g_assert_cmpuint(fired(&kit, 2), ==, 1);
    send_at(&kit, MF_RESP, "x", 1011);
    g_assert_cmpuint(fired(&kit, 2), ==, 1);
    send_at(&kit, MF_RESP, "t", 1011);
    send_at(&kit, MF_RESP, "x", 1012);
    g_assert_cmpuint(fired(&kit, 2), ==, 2);
    send_at(&kit, MF_RESP, "t", 1012);
    send_at(&kit, MF_RESP, "x", 1012);
    g_assert_cmpuint(fired(&kit, 2), ==, 2);
    kit_close(&kit);
}

static void
test_thresholds(void)
{
    struct kit kit;

    open_good(&kit, "alert udp any any -> any any (content:\"x\"; threshold: type limit, track "
                    "by_src, seconds 60, count 2; sid:1;)\n"
                    "alert udp any any -> any any (content:\"x\"; threshold:type threshold,track "
                    "by_dst,count 3,seconds 60; sid:2;)\n"
                    "alert udp any any -> any any (content:\"x\"; threshold: type both, track "
                    "by_rule, count 2 , seconds 60; sid:3;)\n"
                    "alert udp any any -> any any (content:\"x\"; detection_filter:track by_both, "
                    "count 4, seconds 60; sid:4;)\n"
                    "alert udp any any -> any any (content:\"x\"; threshold:type backoff, track "
                    "by_flow, count 1, multiplier 3; sid:5;)\n");
    for (unsigned i = 0; i < 6; i++)
        send(&kit, "x");
    g_assert_cmpuint(fired(&kit, 1), ==, 2);
    g_assert_cmpuint(fired(&kit, 2), ==, 2);
    g_assert_cmpuint(fired(&kit, 3), ==, 1);
    g_assert_cmpuint(fired(&kit, 4), ==, 2);
    g_assert_cmpuint(fired(&kit, 5), ==, 2);
    kit_close(&kit);
}

/* What a rule sets does not depend on whether it is told. */
static void
test_threshold_sets(void)
{
    struct kit kit;

    open_good(&kit, "alert udp any any -> any any (content:\"x\"; flowint:n,+,1; threshold: type "
                    "limit, track by_src, seconds 60, count 1; sid:1;)\n"
                    "alert udp any any -> any any (content:\"x\"; flowint:n,==,3; sid:2;)\n");
    for (unsigned i = 0; i < 3; i++)
        send(&kit, "x");
    g_assert_cmpuint(fired(&kit, 1), ==, 1);
    g_assert_cmpuint(fired(&kit, 2), ==, 1);
    kit_close(&kit);
}

static void
test_flow_statistics(void)
{
    struct kit kit;

    open_good(&kit, "alert udp any any -> any any (flow.pkts:toserver,2; sid:1;)\n"
                    "alert udp any any -> any any (flow.pkts:either,>=2; sid:2;)\n"
                    "alert udp any any -> any any (flow.pkts:both,>=1; sid:3;)\n"
                    "alert udp any any -> any any (flow.bytes_toserver:>200; sid:4;)\n"
                    "alert udp any any -> any any (flow.age:>=10; sid:5;)\n"
                    "alert udp any any -> any any (flow.pkts_toclient:1; content:\"q\"; sid:6;)\n");
    send_at(&kit, MF_ORIG, "x", 1000);
    g_assert_cmpuint(kit.total, ==, 0);
    send_at(&kit, MF_ORIG, "x", 1009);
    g_assert_cmpuint(fired(&kit, 1), ==, 1);
    g_assert_cmpuint(fired(&kit, 2), ==, 1);
    g_assert_cmpuint(fired(&kit, 4), ==, 0);
    g_assert_cmpuint(fired(&kit, 5), ==, 0);
    send_at(&kit, MF_RESP, "q", 1010);
    g_assert_cmpuint(fired(&kit, 3), ==, 1);
    g_assert_cmpuint(fired(&kit, 5), ==, 1);
    g_assert_cmpuint(fired(&kit, 6), ==, 1);
    send_at(&kit, MF_ORIG, "x", 1010);
    g_assert_cmpuint(fired(&kit, 1), ==, 2); /* the answer came while it was 2 */
    g_assert_cmpuint(fired(&kit, 4), ==, 1);
    kit_close(&kit);
}

/* The SYN counts as one byte; of a session that began before the capture nothing is known. */
static void
test_stream_size(void)
{
    struct kit kit;
    const struct mf_packet packet = {.l4 = MF_L4_TCP, .frame = 1, .tcp_flags = MF_TCP_ACK};

    open_good(&kit, "alert tcp any any -> any any (stream_size:client,=,1; sid:1;)\n"
                    "alert tcp any any -> any any (stream_size:server,<,5; sid:2;)\n"
                    "alert tcp any any -> any any (stream_size:both,>,0; sid:3;)\n"
                    "alert tcp any any -> any any (stream_size:either,>=,10; sid:4;)\n");
    kit.session.packets[MF_ORIG] = 1;
    kit.session.seq_initial[MF_ORIG] = 0xfffffff8;
    kit.session.seq_next[MF_ORIG] = 0xfffffff9;
    mf_inspector_at(kit.inspector, &packet);
    mf_inspect_packet(kit.inspector, &kit.session, MF_ORIG, &packet);
    g_assert_cmpuint(kit.total, ==, 0);
    kit.session.tcp_seen[MF_ORIG] = MF_SEEN_SYN;
    mf_inspect_packet(kit.inspector, &kit.session, MF_ORIG, &packet);
    g_assert_cmpuint(fired(&kit, 1), ==, 1);
    g_assert_cmpuint(fired(&kit, 2), ==, 1);
    g_assert_cmpuint(fired(&kit, 3), ==, 0);
    g_assert_cmpuint(fired(&kit, 4), ==, 0);
    kit.session.packets[MF_RESP] = 1;
    kit.session.seq_initial[MF_RESP] = 100;
    kit.session.seq_next[MF_RESP] = 110;
    mf_inspect_packet(kit.inspector, &kit.session, MF_ORIG, &packet);
    g_assert_cmpuint(fired(&kit, 2), ==, 1);
    g_assert_cmpuint(fired(&kit, 3), ==, 1);
    g_assert_cmpuint(fired(&kit, 4), ==, 1);
    kit_close(&kit);
}

/* A rule on a host's bit alone is tried once per direction. */
static void
test_hostbits_alone(void)
{
    struct kit kit;

    open_good(&kit, "alert udp any any -> any any (hostbits:set,b; sid:1;)\n"
                    "alert udp any any -> any any (hostbits:isset,b; sid:2;)\n");
    for (unsigned i = 0; i < 3; i++)
        send(&kit, "x");
    send_at(&kit, MF_RESP, "x", 1000);
    g_assert_cmpuint(fired(&kit, 1), ==, 2);
    g_assert_cmpuint(fired(&kit, 2), ==, 2);
    kit_close(&kit);
}

static void
test_refused(void)
{
    static const char *const bad[] = {
        "flowbits:wrong,b",
        "flowbits:set",
        "flowbits:isset,a b",
        "flowbits:set,a|b",
        "flowbits:isset,a||b",
        "flowint:1x,+,1",
        "flowint:x",
        "flowint:x,+",
        "flowint:x,*,1",
        "flowint:x,+,4294967296",
        "hostbits:set",
        "hostbits:set,b,both",
        "hostbits:set,b,src,0",
        "xbits:set,b",
        "xbits:set,b,track ip_source",
        "xbits:set,b,track ip_src,expire 0",
        "threshold:type limit, track by_src, count 1",
        "threshold:type limit, track by_src, count 0, seconds 1",
        "threshold:type limit, track by_src, count 1, seconds 1, count 1",
        "threshold:type any, track by_src, count 1, seconds 1",
        "threshold:type backoff, track by_src, count 1, multiplier 2",
        ("threshold:type limit, track by_src, count 1, seconds 1; threshold:type limit, track "
         "by_src, count 1, seconds 1"),
        "detection_filter:track by_src, count 1",
        "detection_filter:track by_src, count 1, seconds 1, unique_on dst_port",
        "stream_size:server,<",
        "stream_size:nobody,<,1",
        "stream_size:server,<>,1",
        "flow.age:x",
        "flow.pkts:3",
        "flow.pkts:up,3",
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++)
        kit_expect_refused(bad[i]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules_state/flowbits", test_flowbits);
    g_test_add_func("/rules_state/flowbits_order", test_flowbits_order);
    g_test_add_func("/rules_state/flowbits_lists", test_flowbits_lists);
    g_test_add_func("/rules_state/flowbits_alone", test_flowbits_alone);
    g_test_add_func("/rules_state/flowint", test_flowint);
    g_test_add_func("/rules_state/hostbits", test_hostbits);
    g_test_add_func("/rules_state/xbits", test_xbits);
    g_test_add_func("/rules_state/thresholds", test_thresholds);
    g_test_add_func("/rules_state/threshold_sets", test_threshold_sets);
    g_test_add_func("/rules_state/flow_statistics", test_flow_statistics);
    g_test_add_func("/rules_state/stream_size", test_stream_size);
    g_test_add_func("/rules_state/hostbits_alone", test_hostbits_alone);
    g_test_add_func("/rules_state/refused", test_refused);
    return g_test_run();
}
