/* SPDX-License-Identifier: GPL-2.0-or-later */
/* conn_state, history, end and answer of sessions, from scripts of packets. */
#include "core/tcp_state.h"
#include "engine_fixture.h"

#include <string.h>

static const struct {
    const char *letters, *state, *end, *history;
    bool answered;
} scripts[] = {
    /* no reply */
    {"S", "S0", "open", "S", false},
    {"SSS", "S0", "open", "S", false},
    {"SDD", "S0", "open", "SD", false},
    {"Sa", "S0", "open", "Sa", false}, /* a stray acknowledgement is no reply */
    {"SF", "SH", "open", "SF", false},
    {"SFa", "SH", "open", "SFa", false},
    {"SR", "RSTOS0", "reset", "SR", false},
    {"SaR", "RSTOS0", "reset", "SaR", false},
    /* refused */
    {"Sr", "REJ", "reset", "Sr", false},
    {"SrSrSr", "REJ", "reset", "Sr", false},
    {"Sar", "REJ", "reset", "Sar", false},
    /* established */
    {"Sh", "S1", "open", "Sh", true},
    {"ShADadA", "S1", "open", "ShADad", true},
    {"ShADdF", "S2", "open", "ShADdF", true},
    {"ShADdFa", "S2", "open", "ShADdFa", true},
    {"ShADdf", "S3", "open", "ShADdf", true},
    {"ShADdFfA", "SF", "closed", "ShADdFf", true},
    {"ShADdfF", "SF", "closed", "ShADdfF", true},
    {"ShADdFfFf", "SF", "closed", "ShADdFf", true},
    /* aborted */
    {"ShR", "RSTO", "reset", "ShR", true}, /* a half-open scan of an open port */
    {"ShADdR", "RSTO", "reset", "ShADdR", true},
    {"ShADdr", "RSTR", "reset", "ShADdr", true},
    {"Shr", "RSTR", "reset", "Shr", true},
    {"ShADFr", "RSTR", "reset", "ShADFr", true},
    {"ShAFfR", "RSTO", "closed", "ShAFfR", true}, /* what ended first stays the reason */
    /* the SYN was not seen */
    {"h", "OTH", "open", "^h", true},
    {"hA", "S1", "open", "^hA", true},
    {"hr", "RSTRH", "reset", "^hr", true},
    {"hADr", "RSTR", "reset", "^hADr", true},
    {"hf", "SHR", "open", "^hf", true},
    {"hAf", "S3", "open", "^hAf", true},
    /* nothing but the middle was seen */
    {"D", "OTH", "open", "D", false},
    {"DdA", "OTH", "open", "DdA", true},
    {"DdFf", "SF", "closed", "DdFf", true},
    {"Ddr", "RSTR", "reset", "Ddr", true},
    {"DaR", "RSTO", "reset", "DaR", false},
    {"R", "RSTO", "reset", "R", false},
    /* simultaneous open */
    {"Ss", "S1", "open", "Ss", true},
    {"SsHh", "S1", "open", "SsHh", true},
    /* oddities */
    {"ShADTd", "S1", "open", "ShADTd", true},
    {"ShADK", "S1", "open", "ShADT", true},
    {"ShADwW", "S1", "open", "ShADawW", true},
    {"ShADFw", "S2", "open", "ShADFa", true}, /* nobody waits for that window */
    {"ShADI", "RSTO", "reset", "ShADI", true},
    {"Q", "SH", "open", "Q", false},
};

static void
test_states(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(scripts); i++) {
        struct engine_fixture f;
        const struct mf_session *session;

        engine_set_up(&f, NULL);
        g_test_message("%s", scripts[i].letters);
        engine_play(&f, scripts[i].letters);
        session = engine_only(&f);
        g_assert_cmpstr(mf_conn_state_name(mf_session_state(session)), ==, scripts[i].state);
        g_assert_cmpstr(mf_end_reason_name((enum mf_end_reason)session->end), ==, scripts[i].end);
        g_assert_cmpstr(session->history, ==, scripts[i].history);
        g_assert_cmpint(session->answered, ==, scripts[i].answered);
        g_assert_cmpint(session->flipped, ==, scripts[i].history[0] == '^');
        engine_tear_down(&f);
    }
}

static void
test_datagrams(void)
{
    static const struct {
        const char *from; /* o, r */
        const char *state, *history;
    } cases[] = {
        {"o", "S0", "D"},     {"oo", "S0", "D"},  {"or", "SF", "Dd"},
        {"orro", "SF", "Dd"}, {"r", "SHR", "^d"}, /* by port */
        {"ro", "SF", "^dD"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct engine_fixture f;
        const struct mf_session *session;

        engine_set_up(&f, NULL);
        f.tuple.l4 = MF_L4_UDP;
        f.tuple.to_port = 53;
        for (const char *c = cases[i].from; *c != '\0'; c++)
            engine_say(&f, *c == 'o' ? MF_ORIG : MF_RESP, "x");
        session = engine_only(&f);
        g_assert_cmpstr(mf_conn_state_name(mf_session_state(session)), ==, cases[i].state);
        g_assert_cmpstr(session->history, ==, cases[i].history);
        g_assert_cmpint(session->answered, ==, strchr(cases[i].from, 'r') != NULL);
        g_assert_cmpuint(session->addr[MF_ORIG].bytes[12], ==, 192);
        g_assert_cmpuint(session->port[MF_RESP], ==, 53);
        engine_tear_down(&f);
    }
}

/* All letters of both sides fit, and none stands there twice. */
static void
test_history_bound(void)
{
    struct mf_session session = {.history = "^"};
    const char letters[] = "SHADFRTWIQ";

    for (unsigned round = 0; round < 3; round++)
        for (const char *c = letters; *c != '\0'; c++) {
            mf_history_add(&session, MF_ORIG, *c);
            mf_history_add(&session, MF_RESP, *c);
        }
    g_assert_cmpuint(strlen(session.history), ==, 1 + 2 * strlen(letters));
    for (char extra = 'a'; extra <= 'z'; extra++)
        mf_history_add(&session, MF_ORIG, extra);
    g_assert_cmpuint(strlen(session.history), <, sizeof session.history);
}

/* What a RST says is counted, but is no answer. */
static void
test_talking_reset(void)
{
    struct engine_fixture f;

    engine_set_up(&f, NULL);
    engine_play(&f, "S");
    engine_segment(&f, (struct segment){MF_RESP, MF_TCP_RST, 0, 0, "go away", false});
    g_assert_cmpint(mf_session_state(engine_only(&f)), ==, MF_STATE_REJ);
    g_assert_false(engine_only(&f)->answered);
    g_assert_cmpuint(engine_only(&f)->bytes[MF_RESP], ==, 7);
    engine_tear_down(&f);
}

static void
test_names(void)
{
    for (int state = MF_STATE_S0; state <= MF_STATE_OTH; state++)
        g_assert_nonnull(mf_conn_state_name((enum mf_conn_state)state));
    for (int end = MF_END_NONE; end <= MF_END_REUSED; end++)
        g_assert_nonnull(mf_end_reason_name((enum mf_end_reason)end));
    g_assert_cmpstr(mf_end_reason_name(MF_END_TIMEOUT), ==, "timeout");
    g_assert_cmpstr(mf_l4_name(MF_L4_OTHER), ==, "IP");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tcp_state/states", test_states);
    g_test_add_func("/tcp_state/datagrams", test_datagrams);
    g_test_add_func("/tcp_state/history_bound", test_history_bound);
    g_test_add_func("/tcp_state/talking_reset", test_talking_reset);
    g_test_add_func("/tcp_state/names", test_names);
    return g_test_run();
}
