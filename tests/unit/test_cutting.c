/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The payload rules of the conformance cases, on every payload of their captures: what is found
 * does not depend on how the bytes were cut, in which order the pieces came, and how often.
 */
#include "conformance_input.h"
#include "engine_fixture.h"

#include <string.h>

/* One payload sent again and again, each time in a session of its own. */
struct sender {
    struct engine_fixture engine;
    const guint8 *data;
    guint32 length;
    enum mf_direction from;
    uint32_t session;
};

static void
send_piece(struct sender *s, guint32 start, guint32 end)
{
    struct mf_packet packet = timeline_packet(&s->engine.tuple, s->from, s->engine.ms);

    packet.tcp_flags = MF_TCP_ACK;
    packet.seq = s->engine.next[s->from] + start;
    packet.ack = s->engine.next[s->from ^ 1];
    packet.payload = s->data + start;
    packet.payload_captured = packet.payload_length = end - start;
    s->session = engine_feed(&s->engine, packet);
}

static void
begin(struct sender *s)
{
    s->engine.tuple.from_port++;
    s->engine.next[MF_ORIG] = ORIG_ISN;
    s->engine.next[MF_RESP] = RESP_ISN;
    engine_play(&s->engine, "ShA");
}

static unsigned
hits(const struct sender *s)
{
    const struct mf_engine *engine = s->engine.base.engine;
    unsigned n = 0;

    for (uint32_t at = mf_engine_session(engine, s->session)->first_hit; at != 0; n++)
        at = mf_findings_hit(mf_engine_findings(engine), at - 1)->next;
    return n;
}

/* Ends the session; how often the rule fired in it. */
static unsigned
finish(struct sender *s)
{
    s->engine.next[s->from] += s->length;
    engine_play(&s->engine, s->from == MF_ORIG ? "FfA" : "fFa");
    return hits(s);
}

static unsigned
send_whole(struct sender *s)
{
    begin(s);
    send_piece(s, 0, s->length);
    return finish(s);
}

/* Ways to send two pieces, [0, cut) and [cut, length). */

static void
in_order(struct sender *s, guint32 cut)
{
    send_piece(s, 0, cut);
    send_piece(s, cut, s->length);
}

static void
reordered(struct sender *s, guint32 cut)
{
    send_piece(s, cut, s->length);
    send_piece(s, 0, cut);
}

static void
retransmitted(struct sender *s, guint32 cut)
{
    send_piece(s, 0, cut);
    send_piece(s, 0, cut);
    send_piece(s, cut, s->length);
    send_piece(s, 0, cut);
    send_piece(s, cut, s->length);
}

static void
resent_whole(struct sender *s, guint32 cut)
{
    send_piece(s, 0, cut);
    send_piece(s, 0, s->length);
}

static void
overlapping(struct sender *s, guint32 cut)
{
    guint32 step = MIN(cut, 7);

    send_piece(s, 0, cut);
    send_piece(s, cut - step, MIN(cut + step, s->length));
    send_piece(s, cut, s->length);
}

static const struct {
    const char *name;
    void (*send)(struct sender *s, guint32 cut);
} ways[] = {
    {"in order", in_order},         {"reordered", reordered},     {"retransmitted", retransmitted},
    {"resent whole", resent_whole}, {"overlapping", overlapping},
};

static unsigned
send_bytes(struct sender *s, bool backwards)
{
    begin(s);
    for (guint32 i = 0; i < s->length; i++) {
        guint32 at = backwards ? s->length - 1 - i : i;

        send_piece(s, at, at + 1);
    }
    return finish(s);
}

/* A payload longer than this is cut at its ends only: the rest are many and alike. */
enum { CUT_ALL = 1600, CUT_ENDS = 200, BACKWARDS_MAX = 200 };

static void
check_cut(struct sender *s, const char *rule, guint32 cut, unsigned expected)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(ways); i++) {
        unsigned found;

        begin(s);
        ways[i].send(s, cut);
        found = finish(s);
        if (found != expected)
            g_error("%u hits instead of %u, %u bytes %s, cut at %u: %s", found, expected, s->length,
                    ways[i].name, cut, rule);
    }
}

static void
check_cuts(struct sender *s, const char *rule, unsigned expected)
{
    for (guint32 cut = 1; cut < s->length; cut++)
        if (s->length <= CUT_ALL || cut <= CUT_ENDS || s->length - cut <= CUT_ENDS)
            check_cut(s, rule, cut, expected);
    g_assert_cmpuint(send_bytes(s, false), ==, expected);
    if (s->length <= BACKWARDS_MAX)
        g_assert_cmpuint(send_bytes(s, true), ==, expected);
}

/* PAYLOAD sent by FROM; whether RULE fires on it. */
static bool
check_payload(const char *rule, const struct tcp_payload *payload, enum mf_direction from)
{
    gsize length;
    struct sender s = {.data = g_bytes_get_data(payload->bytes, &length), .from = from};
    unsigned expected;

    s.length = (guint32)length;
    engine_set_up(&s.engine, rule);
    s.engine.tuple.to_port = from == MF_ORIG ? payload->to_port : payload->from_port;
    expected = send_whole(&s);
    if (expected > 0)
        check_cuts(&s, rule, expected);
    engine_tear_down(&s.engine);
    return expected > 0;
}

/* Whether RULE can be used; if not, the test has failed. */
static bool
loads(const char *rule)
{
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set = mf_ruleset_new(NULL, NULL);
    bool good = mf_ruleset_add_text(set, "case", rule, diags) == 1;

    if (!good) {
        g_test_message("%s: %s", mf_diags_get(diags, 0)->message, rule);
        g_test_fail();
    }
    mf_ruleset_free(set);
    mf_diags_free(diags);
    return good;
}

/* Payloads on which RULE fires, of at most so many: captures of one dialogue repeat it. */
enum { PAYLOADS_MAX = 2 };

static unsigned
check_rule(const char *rule, const GPtrArray *payloads)
{
    unsigned n = 0;

    if (!loads(rule))
        return 0;
    for (guint i = 0; i < payloads->len && n < PAYLOADS_MAX; i++)
        for (int from = MF_ORIG; from <= MF_RESP; from++)
            n += check_payload(rule, g_ptr_array_index(payloads, i), (enum mf_direction)from);
    return n;
}

static void
test_conformance_rules(void)
{
    char **cases = conformance_cases();
    unsigned n_rules = 0, n_fired = 0;

    for (char **folder = cases; *folder != NULL; folder++) {
        GPtrArray *rules = conformance_payload_rules(*folder);
        GPtrArray *payloads = rules->len > 0 ? conformance_payloads(*folder) : NULL;

        for (guint i = 0; i < rules->len; i++) {
            unsigned fired = check_rule(g_ptr_array_index(rules, i), payloads);

            if (fired == 0)
                g_test_message("never fires: %s", (char *)g_ptr_array_index(rules, i));
            n_fired += fired > 0;
        }
        n_rules += rules->len;
        g_ptr_array_unref(rules);
        g_clear_pointer(&payloads, g_ptr_array_unref);
    }
    g_test_message("%u payload rules, %u of them fire", n_rules, n_fired);
    if (cases[0] == NULL)
        g_test_skip("no conformance cases");
    else
        g_assert_cmpuint(n_fired, >=, 20);
    g_strfreev(cases);
}

/* Hits of RULE when the originator says WORDS, and no more, in its first packet, with FLAGS; and
 * MORE behind the other side's answer. */
static unsigned
hits_of_open(const char *rule, uint8_t flags, const char *words, const char *more)
{
    struct engine_fixture f;
    unsigned n;

    engine_set_up(&f, rule);
    if (!(flags & MF_TCP_SYN))
        engine_play(&f, "ShA");
    engine_segment(
        &f, (struct segment){
                .flags = flags, .seq = f.next[MF_ORIG], .ack = f.next[MF_RESP], .payload = words});
    f.next[MF_ORIG] += (uint32_t)strlen(words) + (flags & MF_TCP_SYN ? 1 : 0);
    if (flags & MF_TCP_SYN)
        engine_play(&f, "h");
    if (more != NULL)
        engine_say(&f, MF_ORIG, more);
    mf_engine_flush(f.base.engine);
    n = mf_findings_hit_count(mf_engine_findings(f.base.engine));
    engine_tear_down(&f);
    return n;
}

/* What a SYN carries (RFC 7413) is the beginning of the stream. */
static void
test_fast_open(void)
{
    static const char rule[] = "alert tcp any any -> any any (content:\"abcd\"; sid:1;)";

    g_assert_cmpuint(hits_of_open(rule, MF_TCP_SYN, "ab", "cd"), ==, 1);
    g_assert_cmpuint(hits_of_open(rule, MF_TCP_SYN, "abc", "de"), ==, 1);
    g_assert_cmpuint(hits_of_open(rule, MF_TCP_SYN, "abcd", "e"), ==, 1);
    g_assert_cmpuint(hits_of_open(rule, MF_TCP_SYN, "abc", "ce"), ==, 0);
}

/* What a RST carries is none of it (RFC 9293, 3.5.2), but a packet's payload all the same. */
static void
test_reset(void)
{
    static const char stream[] = "alert tcp-stream any any -> any any (content:\"abcd\"; sid:1;)";
    static const char packet[] = "alert tcp-pkt any any -> any any (content:\"abcd\"; sid:1;)";

    g_assert_cmpuint(hits_of_open(stream, MF_TCP_ACK, "abcd", NULL), ==, 1);
    g_assert_cmpuint(hits_of_open(stream, MF_TCP_RST | MF_TCP_ACK, "abcd", NULL), ==, 0);
    g_assert_cmpuint(hits_of_open(packet, MF_TCP_RST | MF_TCP_ACK, "abcd", NULL), ==, 1);
}

/* isdataat:!1,relative behind a content is endswith, also where it is negated. */
static void
test_nothing_behind(void)
{
#define RULE(options) "alert tcp any any -> any any (" options "; sid:1;)"
    static const struct {
        const char *rule, *words;
        unsigned n;
    } rows[] = {
        {RULE("content:\"ab\"; isdataat:!1,relative"), "xabab", 1},
        {RULE("content:\"ab\"; isdataat:!1,relative"), "xabac", 0},
        {RULE("content:\"x\"; content:!\"ab\"; isdataat:!1,relative"), "xabac", 1},
        {RULE("content:\"x\"; content:!\"ab\"; isdataat:!1,relative"), "xacab", 0},
    };
#undef RULE

    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpuint(hits_of_open(rows[i].rule, MF_TCP_ACK, rows[i].words, NULL), ==,
                         rows[i].n);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cutting/conformance-rules", test_conformance_rules);
    g_test_add_func("/cutting/fast-open", test_fast_open);
    g_test_add_func("/cutting/reset", test_reset);
    g_test_add_func("/cutting/nothing-behind", test_nothing_behind);
    return g_test_run();
}
