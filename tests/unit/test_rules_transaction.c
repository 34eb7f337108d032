/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules with "=>": what they say of a request and of its answer holds in one transaction. */
#include "parse_kit.h"
#include "rules_kit.h"

#define RULE "alert http any any => any any (http.uri; content:\"/evil\"; http.stat_code; content:"

static const struct {
    const char *rule;
    const char *messages; /* Q and the URI of a request, A and the status of an answer */
    unsigned fires;
} cases[] = {
    {RULE "\"200\"; sid:1;)", "Q/evil A200", 1},
    {RULE "\"200\"; sid:1;)", "Q/evil A404", 0},
    {RULE "\"200\"; sid:1;)", "Q/good A200", 0},
    {RULE "\"200\"; sid:1;)", "A200", 0},
    {RULE "\"200\"; sid:1;)", "Q/evil", 0},
    {RULE "\"200\"; sid:1;)", "Q/evil A200 Q/evil A200", 2},
    {RULE "\"200\"; sid:1;)", "Q/evil A404 Q/good A200", 0},
    {RULE "\"200\"; sid:1;)", "Q/good Q/evil A404 A200", 1}, /* pipelined */
    {RULE "\"200\"; sid:1;)", "Q/evil Q/good A404 A200", 0},
    {RULE "\"200\"; sid:1;)", "Q/evil A100 A200", 1},
    {RULE "\"200\"; sid:1;)", "A200 Q/evil A200", 1}, /* from mid-stream */
    {RULE "\"200\"; fast_pattern; sid:1;)", "Q/evil A200", 1},
    {RULE "!\"404\"; sid:1;)", "Q/evil A200", 1},
    /* addresses and ports are those of a request */
    {"alert http 192.0.2.1 any => any 80 (http.uri; content:\"/evil\"; http.stat_code; "
     "content:\"200\"; sid:1;)",
     "Q/evil A200", 1},
    {"alert http any 80 => 192.0.2.1 any (http.uri; content:\"/evil\"; http.stat_code; "
     "content:\"200\"; sid:1;)",
     "Q/evil A200", 0},
    /* the order of the buffers says nothing */
    {"alert http any any => any any (http.stat_code; content:\"200\"; http.uri; "
     "content:\"/evil\"; sid:1;)",
     "Q/evil A200", 1},
    /* its actions are done when both hold */
    {RULE "\"200\"; flowbits:set,both; noalert; sid:1;)\n"
          "alert http any any -> any any (http.stat_code; content:\"2\"; flowbits:isset,both; "
          "sid:2;)",
     "Q/evil A200 Q/good A201", 2},
    {RULE "\"200\"; flowbits:set,both; noalert; sid:1;)\n"
          "alert http any any -> any any (http.stat_code; content:\"2\"; flowbits:isset,both; "
          "sid:2;)",
     "Q/evil A201 Q/good A200", 0},
};

/* A message of one buffer of text, and the status of an answer as a number. */
static void
deliver(struct kit *kit, const char *message)
{
    bool answer = message[0] == 'A';
    const struct mf_buffer buffers[] = {
        {.id = MF_BUF_HTTP},
        {.id = answer ? MF_BUF_HTTP_IS_RESPONSE : MF_BUF_HTTP_IS_REQUEST, .number = 1},
        {.id = answer ? MF_BUF_HTTP_STAT_CODE : MF_BUF_HTTP_URI,
         .data = (const uint8_t *)message + 1,
         .length = (uint32_t)strlen(message + 1)},
        {.id = MF_BUF_HTTP_STATUS, .number = g_ascii_strtoull(message + 1, NULL, 10)},
    };
    const struct mf_packet packet = {.frame = 1, .buffers = buffers, .n_buffers = answer ? 4 : 3};
    const struct mf_payload_view nothing = {NULL, 0};

    mf_inspector_at(kit->inspector, &packet);
    mf_inspect_messages(kit->inspector, &kit->session, answer ? MF_RESP : MF_ORIG, &nothing);
}

static void
test_cases(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        char **messages = g_strsplit(cases[i].messages, " ", -1);
        struct kit kit;

        g_test_message("%s: %s", cases[i].rule, cases[i].messages);
        kit_open(&kit, cases[i].rule);
        g_assert_cmpuint(mf_diags_count(kit.diags), ==, 0);
        kit.session.app = "HTTP";
        kit.session.addr[MF_ORIG] = mf_addr_from_ipv4((const uint8_t[]){192, 0, 2, 1});
        kit.session.addr[MF_RESP] = mf_addr_from_ipv4((const uint8_t[]){192, 0, 2, 2});
        kit.session.port[MF_ORIG] = 40000;
        kit.session.port[MF_RESP] = 80;
        for (char **message = messages; *message != NULL; message++)
            deliver(&kit, *message);
        g_assert_cmpuint(kit.total, ==, cases[i].fires);
        kit_close(&kit);
        g_strfreev(messages);
    }
}

static const struct row rows[] = {
    {"alert http any any => any any (http.uri; content:\"a\"; sid:1;)", 0,
     "1:1: '=>' needs buffers of requests and of answers"},
    {"alert tcp any any => any any (content:\"a\"; sid:1;)", 0,
     "1:1: '=>' needs buffers of requests and of answers"},
    {"alert http any any => any any (content:\"a\"; http.stat_code; content:\"2\"; sid:1;)", 0,
     "1:1: '=>' is supported for buffers of dissected protocols alone"},
    {RULE "\"200\"; flow:to_client; sid:1;)", 0, "1:1: a side in 'flow' does not go with '=>'"},
    {RULE "\"200\"; no_such; sid:1;)", 0, "1:90: the keyword 'no_such' is not supported"},
    {"alert http any any -> any any (http.connection:to_client; content:\"a\"; sid:1;)", 0,
     "1:48: a buffer's name takes no value"},
};

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    parse_kit_add("/rules-transaction/row", rows, G_N_ELEMENTS(rows));
    g_test_add_func("/rules-transaction/cases", test_cases);
    return g_test_run();
}
