/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/options.h"

#include <string.h>

static bool
parse_packets(struct mf_packet_protocols *out, const char *text, unsigned complaints)
{
    struct mf_diags *diags = mf_diags_new();
    bool ok = mf_packet_protocols_parse(out, text, diags);

    g_assert_cmpuint(mf_diags_count(diags), ==, complaints);
    mf_diags_free(diags);
    return ok;
}

static void
test_packets_lists(void)
{
    static const char *const same[] = {"irc+http", "irc,http", "irc http", " IRC ++ HTTP, "};

    for (size_t i = 0; i < G_N_ELEMENTS(same); i++) {
        struct mf_packet_protocols p;

        g_assert_true(parse_packets(&p, same[i], 0));
        g_assert_false(p.all);
        g_assert_cmpstr(p.names[0], ==, "irc");
        g_assert_cmpstr(p.names[1], ==, "http");
        g_assert_null(p.names[2]);
        mf_packet_protocols_clear(&p);
        g_assert_null(p.names);
    }
}

static void
test_packets_words(void)
{
    struct mf_packet_protocols p;

    g_assert_true(parse_packets(&p, "All", 0));
    g_assert_true(p.all);
    g_assert_true(mf_packet_protocols_has(&p, "TCP", NULL));
    mf_packet_protocols_clear(&p);
    g_assert_true(parse_packets(&p, "none", 0));
    g_assert_false(mf_packet_protocols_has(&p, "TCP", "IRC"));
    mf_packet_protocols_clear(&p);
    g_assert_true(parse_packets(&p, "", 0));
    g_assert_null(p.names);
    g_assert_true(parse_packets(&p, NULL, 0));
    g_assert_false(p.all);
}

static void
test_packets_nonsense(void)
{
    struct mf_packet_protocols p;

    g_assert_false(parse_packets(&p, "irc+h;p+(x)", 2));
    g_assert_cmpstr(p.names[0], ==, "irc");
    g_assert_null(p.names[1]);
    mf_packet_protocols_clear(&p);
}

static void
test_packets_has(void)
{
    struct mf_packet_protocols p;

    g_assert_true(parse_packets(&p, "http2+icmp+tls:http", 0));
    g_assert_true(mf_packet_protocols_has(&p, "TCP", "TLS:HTTP2"));
    g_assert_true(mf_packet_protocols_has(&p, "TCP", "TLS:HTTP"));
    g_assert_true(mf_packet_protocols_has(&p, "TCP", "Http2"));
    g_assert_true(mf_packet_protocols_has(&p, "ICMP", NULL));
    g_assert_false(mf_packet_protocols_has(&p, "TCP", "HTTP"));
    g_assert_false(mf_packet_protocols_has(&p, "TCP", "TLS"));
    g_assert_false(mf_packet_protocols_has(&p, "TCP", "HTTP2X:XHTTP2:"));
    g_assert_false(mf_packet_protocols_has(&p, "TCP", NULL));
    mf_packet_protocols_clear(&p);
}

static void
test_settings(void)
{
    struct mf_diags *diags = mf_diags_new();
    struct mf_settings s;

    mf_settings_init(&s);
    g_assert_cmpuint(s.payload_bytes, ==, 512);
    g_assert_cmpuint(s.spread_scan_hosts, ==, 10);
    g_assert_cmpuint(s.port_scan_ports, ==, 10);
    g_assert_cmpuint(s.scan_window, ==, 60);
    g_assert_cmpuint(s.udp_timeout, ==, 60);
    g_assert_cmpuint(s.tcp_timeout, ==, 300);
    mf_settings_check(&s, diags);
    g_assert_cmpuint(mf_diags_count(diags), ==, 0);
    s.spread_scan_hosts = 1;
    s.port_scan_ports = MF_SCAN_THRESHOLD_MAX + 1;
    s.scan_window = 0;
    mf_settings_check(&s, diags);
    g_assert_cmpuint(mf_diags_count(diags), ==, 3);
    g_assert_cmpstr(mf_diags_get(diags, 0)->message, ==,
                    "malflow.spread_scan_hosts: 1 is not within 2 to 256; using 2");
    g_assert_cmpuint(s.spread_scan_hosts, ==, 2);
    g_assert_cmpuint(s.port_scan_ports, ==, MF_SCAN_THRESHOLD_MAX);
    g_assert_cmpuint(s.scan_window, ==, 1);
    mf_diags_free(diags);
}

static void
defaults(struct mf_timeline_options *options)
{
    *options = (struct mf_timeline_options){
        .aggregate = true, .beacons = true, .requests = true, .payload_bytes = 512};
}

static bool
parse(struct mf_timeline_options *options, const char *text, char **filter, struct mf_diags *diags)
{
    *filter = NULL;
    return mf_option_list_parse(&mf_timeline_option_list, options, text, filter, diags);
}

static void
test_options(void)
{
    struct mf_diags *diags = mf_diags_new();
    struct mf_timeline_options o;
    char *filter;

    defaults(&o);
    g_assert_true(parse(&o,
                        "packets=irc+http,aggregate=off,beacons=off,fold=on,requests=off,utc,,hits="
                        "only, payload=100 "
                        ",priority=2",
                        &filter, diags));
    g_assert_cmpstr(o.packets.names[1], ==, "http");
    g_assert_false(o.aggregate);
    g_assert_false(o.beacons);
    g_assert_true(o.fold);
    g_assert_false(o.requests);
    g_assert_cmpint(o.time, ==, MF_TIME_UTC);
    g_assert_cmpint(o.hits, ==, MF_HITS_ONLY);
    g_assert_cmpuint(o.priority, ==, 2);
    g_assert_cmpuint(o.payload_bytes, ==, 100);
    g_assert_null(filter);
    g_assert_true(parse(
        &o,
        "packets=all,aggregate=on,beacons=on,fold=off,requests=on,relative,hits=all,payload=65535",
        &filter, diags));
    g_assert_true(o.packets.all);
    g_assert_null(o.packets.names);
    g_assert_true(o.aggregate && o.beacons && !o.fold && o.requests);
    g_assert_cmpint(o.time, ==, MF_TIME_RELATIVE);
    g_assert_cmpint(o.hits, ==, MF_HITS_ALL);
    g_assert_cmpuint(o.payload_bytes, ==, 65535);
    mf_timeline_options_clear(&o);
    g_assert_true(parse(&o, NULL, &filter, diags));
    g_assert_true(parse(&o, "", &filter, diags));
    g_assert_null(filter);
    g_assert_cmpuint(mf_diags_count(diags), ==, 0);
    mf_diags_free(diags);
}

static void
test_filter(void)
{
    static const char *const filters[] = {
        "tcp.port==80",
        "frame==1",
        "ip==1,aggregate=off",
        "tcp.port in {80, 443}, utc",
        "tcp.port=80",
        "http",
        "!irc",
        "a>=1",
        "_ws.col.info contains \"a=b,c\"",
        "aggregate",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) {
        struct mf_diags *diags = mf_diags_new();
        struct mf_timeline_options o;
        char *filter, *text = g_strconcat("utc,aggregate=on, ", filters[i], NULL);

        defaults(&o);
        g_assert_true(parse(&o, text, &filter, diags));
        g_assert_cmpstr(filter, ==, filters[i]);
        g_assert_true(o.aggregate);
        mf_timeline_options_clear(&o);
        g_free(filter);
        g_free(text);
        mf_diags_free(diags);
    }
}

static void
test_wrong(void)
{
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"aggregate=maybe", "aggregate=maybe: expected on or off"},
        {"requests=", "requests=: expected on or off"},
        {"hits=none", "hits=none: expected only or all"},
        {"priority=0", "priority=0: expected a number from 1 to 255"},
        {"payload=-1", "payload=-1: expected a number from 0 to 65535"},
        {"payload=65536", "payload=65536: expected a number from 0 to 65535"},
        {"payload=1x", "payload=1x: expected a number from 0 to 65535"},
        {"packets=", "packets=: expected protocols joined by '+', all or none"},
        {"utc=on", "utc=on: expected utc alone"},
        {"agregate=on", "agregate=on: no such option; there are packets, aggregate, beacons, fold, "
                        "requests, "
                        "hits, priority, payload, utc, local, relative"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        struct mf_diags *diags = mf_diags_new();
        struct mf_timeline_options o;
        char *filter, *text = g_strconcat("utc,", wrong[i].text, ",http", NULL);

        defaults(&o);
        g_assert_false(parse(&o, text, &filter, diags));
        g_assert_cmpuint(mf_diags_count(diags), ==, 1);
        g_assert_cmpstr(mf_diags_get(diags, 0)->message, ==, wrong[i].message);
        g_assert_cmpstr(filter, ==, "http");
        g_free(filter);
        mf_timeline_options_clear(&o);
        g_free(text);
        mf_diags_free(diags);
    }
}

/* All wrong options are named at once. */
static void
test_wrong_together(void)
{
    struct mf_diags *diags = mf_diags_new();
    struct mf_timeline_options o;
    char *filter;

    defaults(&o);
    g_assert_false(parse(&o, "aggregate=x,packets=i(c,nonsense=1", &filter, diags));
    g_assert_cmpuint(mf_diags_count(diags), ==, 4);
    g_assert_cmpstr(mf_diags_get(diags, 1)->message, ==, "packets: 'i(c' is no protocol name");
    mf_timeline_options_clear(&o);
    mf_diags_free(diags);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/options/packets-lists", test_packets_lists);
    g_test_add_func("/options/packets-words", test_packets_words);
    g_test_add_func("/options/packets-nonsense", test_packets_nonsense);
    g_test_add_func("/options/packets-has", test_packets_has);
    g_test_add_func("/options/settings", test_settings);
    g_test_add_func("/options/options", test_options);
    g_test_add_func("/options/filter", test_filter);
    g_test_add_func("/options/wrong", test_wrong);
    g_test_add_func("/options/wrong-together", test_wrong_together);
    return g_test_run();
}
