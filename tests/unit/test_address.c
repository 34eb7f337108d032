/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/address.h"

#include "core/ports.h"

#include <arpa/inet.h>

static struct mf_addr
parse(const char *text)
{
    uint8_t bytes[16];

    if (inet_pton(AF_INET, text, bytes) == 1)
        return mf_addr_from_ipv4(bytes);
    g_assert_cmpint(inet_pton(AF_INET6, text, bytes), ==, 1);
    return mf_addr_from_ipv6(bytes);
}

static void
test_text(void)
{
    static const struct {
        const char *addr;
        int port;
        const char *text;
    } cases[] = {
        {"192.0.2.1", -1, "192.0.2.1"},
        {"192.0.2.1", 0, "192.0.2.1:0"},
        {"255.255.255.255", 65535, "255.255.255.255:65535"},
        {"0.0.0.0", 67, "0.0.0.0:67"},
        {"2001:db8::1", -1, "2001:db8::1"},
        {"2001:db8::1", 80, "[2001:db8::1]:80"},
        {"::", 1, "[::]:1"},
        {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65535,
         "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct mf_addr addr = parse(cases[i].addr);
        GString *out = g_string_new("at ");

        mf_endpoint_append(out, &addr, cases[i].port);
        g_assert_true(g_str_has_prefix(out->str, "at "));
        g_assert_cmpstr(out->str + 3, ==, cases[i].text);
        g_assert_cmpuint(out->len - 3, <, MF_ENDPOINT_STRLEN);
        g_string_free(out, TRUE);
    }
}

static void
test_group(void)
{
    static const char *const groups[] = {"224.0.0.1",       "239.255.255.250", "192.168.0.255",
                                         "255.255.255.255", "ff02::fb",        "ff0e::1"};
    static const char *const hosts[] = {"192.0.2.1", "223.0.0.1", "240.0.0.1",
                                        "0.0.0.0",   "fe80::1",   "2001:db8::ff"};

    for (unsigned i = 0; i < G_N_ELEMENTS(groups); i++) {
        const struct mf_addr addr = parse(groups[i]);

        g_assert_true(mf_addr_is_group(&addr));
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(hosts); i++) {
        const struct mf_addr addr = parse(hosts[i]);

        g_assert_false(mf_addr_is_group(&addr));
    }
}

static void
test_compare(void)
{
    static const char *const ascending[] = {"0.0.0.0", "9.0.0.0", "10.0.0.1",   "10.0.1.0",
                                            "::",      "::1",     "2001:db8::", "ffff::"};

    for (unsigned i = 0; i < G_N_ELEMENTS(ascending); i++)
        for (unsigned j = 0; j < G_N_ELEMENTS(ascending); j++) {
            const struct mf_addr a = parse(ascending[i]), b = parse(ascending[j]);
            int order = mf_addr_compare(&a, &b);

            g_assert_cmpint((order > 0) - (order < 0), ==, (i > j) - (i < j));
            g_assert_cmpint(mf_addr_equal(&a, &b), ==, i == j);
            g_assert_cmpint(mf_addr_hash(&a) == mf_addr_hash(&b), ==, i == j);
        }
}

/* An IPv4 address and its mapped form are one. */
static void
test_mapped(void)
{
    const struct mf_addr v4 = parse("192.0.2.1"), mapped = parse("::ffff:192.0.2.1");

    g_assert_true(mf_addr_equal(&v4, &mapped));
    g_assert_true(mf_addr_is_ipv4(&mapped));
}

/* One bit of the address changes about half of the hash, wherever it stands. */
static void
test_hash(void)
{
    for (unsigned bit = 0; bit < 128; bit++) {
        struct mf_addr a = parse("2001:db8::1234"), b = a;
        unsigned changed = 0;

        b.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        for (guint diff = mf_addr_hash(&a) ^ mf_addr_hash(&b); diff != 0; diff &= diff - 1)
            changed++;
        g_assert_cmpuint(changed, >=, 4);
    }
}

static void
test_ports(void)
{
    g_assert_true(mf_port_is_better_server(80, 1025));
    g_assert_true(mf_port_is_better_server(80, 1023));
    g_assert_true(mf_port_is_better_server(1023, 1024));
    g_assert_true(mf_port_is_better_server(27017, 1023));
    g_assert_false(mf_port_is_better_server(1024, 1025));
    g_assert_false(mf_port_is_better_server(80, 443));
    g_assert_false(mf_port_is_better_server(1025, 80));
    g_assert_true(mf_port_is_better_server(20, 1)); /* first and last of the list */
    g_assert_true(mf_port_is_better_server(33434, 1));
    g_assert_cmpuint(mf_icmp_request_type(MF_L4_ICMP, 0), ==, 8);
    g_assert_cmpuint(mf_icmp_request_type(MF_L4_ICMP, 129), ==, 129);
    g_assert_cmpuint(mf_icmp_request_type(MF_L4_ICMPV6, 129), ==, 128);
    g_assert_cmpuint(mf_icmp_request_type(MF_L4_ICMPV6, 0), ==, 0);
    g_assert_cmpuint(mf_icmp_request_type(MF_L4_ICMP, 3), ==, 3);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/address/text", test_text);
    g_test_add_func("/address/group", test_group);
    g_test_add_func("/address/compare", test_compare);
    g_test_add_func("/address/mapped", test_mapped);
    g_test_add_func("/address/hash", test_hash);
    g_test_add_func("/address/ports", test_ports);
    return g_test_run();
}
