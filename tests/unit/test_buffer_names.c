/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules that name buffers in all the ways that there are. */
#include "core/rules/slots.h"
#include "http_fixture.h"
#include "rules_kit.h"

static const struct {
    const char *options, *message;
    unsigned fires;
} rules[] = {
    {"http.method; content:\"GET\"; http.uri; content:\"/a b\"; startswith;", REQUEST, 1},
    {"content:\"/a b\"; http_uri; content:\"Foo\"; http_user_agent;", REQUEST, 1},
    {"content:\"/a b\"; http_uri; content:\"?x\"; http_uri; within:2;", REQUEST, 1},
    {"content:\"/a b\"; http_uri; content:\"Bar\"; http_user_agent;", REQUEST, 0},
    {"content:\"/a%20b\"; http_raw_uri; content:!\"/a b\"; http_raw_uri;", REQUEST, 1},
    {"http.stat_code; content:\"200\"; file_data; content:\"abc\";", RESPONSE, 1},
    {"http_header_names; content:!\"Referer\";", RESPONSE, 1},
    {"http_header_names; content:!\"Referer\";", REQUEST, 0},
    /* one header, another header; one buffer that is named twice */
    {"http.request_header; content:\"Host: \"; http.request_header; content:\"Accept\";", REQUEST,
     1},
    {"http.request_header; content:\"Host: \"; content:\"Accept\";", REQUEST, 0},
    {"http.uri; content:\"/a\"; http.uri; content:\" b\"; within:2;", REQUEST, 1},
    {"file.data; content:\"a\"; file.data; content:\"b\"; within:1;", RESPONSE, 0},
    {"file.data; content:\"a\"; content:\"b\"; within:1;", RESPONSE, 1},
    /* a transform behind a condition leaves that alone */
    {"http.user_agent; content:\"Foo\"; to_lowercase; content:\"foo\"; startswith;", REQUEST, 1},
    {"http.user_agent; content:\"foo\"; to_lowercase; content:\"foo\";", REQUEST, 0},
    {"http.user_agent; to_lowercase; content:\"Foo\";", REQUEST, 0},
    /* a buffer and a content at once */
    {"fileext:\"EXE\";", DOWNLOAD, 1},
    {"fileext:\"xe\";", DOWNLOAD, 0},
    {"fileext:exe;", DOWNLOAD, 1},
    {"filename:\"Y.E\";", DOWNLOAD, 1},
    {"filename:!\"y.e\";", DOWNLOAD, 0},
    {"http.host; content:\"www.example.com\"; bsize:15;", REQUEST, 1},
};

static void
test_rules(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(rules); i++) {
        struct mf_given given = {.n = 0};
        struct mf_packet packet = {.frame = 1};
        const struct mf_payload_view nothing = {NULL, 0};
        struct kit kit;

        given.buffers[given.n++] = (struct mf_buffer){.id = MF_BUF_HTTP};
        mf_give_message(&given, rules[i].message);
        packet.buffers = given.buffers;
        packet.n_buffers = given.n;
        kit_open_options(&kit, rules[i].options);
        mf_inspector_at(kit.inspector, &packet);
        mf_inspect_messages(kit.inspector, &kit.session, MF_ORIG, &nothing);
        if (kit.total != rules[i].fires)
            g_error("%s fired %u times on:\n%s", rules[i].options, kit.total, rules[i].message);
        kit_close(&kit);
    }
}

/* Every spelling is the buffer that it spells. */
static void
test_spellings(void)
{
    static const struct {
        const char *other, *name;
    } rows[] = {{"file_data", "file.data"},
                {"dns_query", "dns.query"},
                {"http_start", "http.start"},
                {"http_header_names", "http.header_names"},
                {"tls_cert_subject", "tls.cert_subject"},
                {"dce_stub_data", "dcerpc.stub_data"}};
    struct mf_slots *slots = mf_slots_new();

    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_nonnull(mf_sticky_find(slots, rows[i].name));
        g_assert_true(mf_sticky_find(slots, rows[i].other) == mf_sticky_find(slots, rows[i].name));
    }
    g_assert_true(mf_sticky_find_modifier(slots, "http_uri") == mf_sticky_find(slots, "http.uri"));
    g_assert_null(mf_sticky_find(slots, "http_uri"));
    mf_slots_free(slots);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/buffer_names/rules", test_rules);
    g_test_add_func("/buffer_names/spellings", test_spellings);
    return g_test_run();
}
