/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who is fed what, how several protocols of one session are told together, and the protocols that
 * read payload. */
#include "summary_fixture.h"

static void
test_nothing(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, NULL);

    send_buffers(f, MF_ORIG);
    send_text(f, MF_ORIG, "NICK bob\r\n");
    add_layer(f, MF_BUF_TLS); /* a layer without a field says nothing */
    add_layer(f, MF_BUF_DCERPC);
    add_number(f, MF_BUF_DNS_ID, 1); /* a field of a layer that has no summary */
    send_buffers(f, MF_ORIG);
    g_assert_null(f->session.summary);
    assert_says(f, "");
    g_assert_true(mf_summary_wants_counts(&f->session));
    g_assert_cmpuint(mf_summary_memory(&f->session), ==, 0);
    fixture_free(f);
}

static void
test_together(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "TLS:HTTP");

    add_layer(f, MF_BUF_TLS);
    add_number(f, MF_BUF_TLS_HANDSHAKE_TYPE, 1);
    add_text(f, MF_BUF_TLS_SNI, "a.example");
    add_layer(f, MF_BUF_HTTP);
    add_text(f, MF_BUF_HTTP_METHOD, "GET");
    add_text(f, MF_BUF_HTTP_URI, "/");
    add_text(f, MF_BUF_HTTP_HOST, "a.example");
    send_buffers(f, MF_ORIG);
    assert_says(f, "TLS: a.example; HTTP: GET a.example/ (no response)");
    g_assert_cmpuint(mf_summary_count(&f->session), ==, 1);
    assert_item(f, 0, "HTTP: GET a.example/ (no response)");
    g_assert_true(mf_summary_wants_counts(&f->session));
    fixture_free(f);
}

static void
test_irc(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "IRC");

    send_text(f, MF_ORIG, "NICK bot1\nUSER r020501 . . :-\n");
    assert_says(f, "IRC: nick bot1");
    send_text(f, MF_ORIG, "\nJOIN &virtu\n");
    send_text(f, MF_RESP, ":ns1 001 bot1 :hi\r\n:ns1 332 bot1 #cc :.advscan\r\nJOIN #not\r\n");
    send_text(f, MF_ORIG, "JOIN #cc,#dd pass\r\nJOIN #cut");
    assert_says(f, "IRC: nick bot1, &virtu, #cc, #dd");
    send_text(f, MF_ORIG, "NICK :bot2\r\n");
    assert_says(f, "IRC: nicks bot1, bot2, &virtu, #cc, #dd");
    g_assert_true(mf_summary_wants_counts(&f->session));
    fixture_free(f);
}

static void
test_irc_bound(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "IRC");
    GString *lines = g_string_new(NULL);

    for (unsigned i = 0; i < MF_SUMMARY_ITEMS + 4; i++)
        g_string_append_printf(lines, "JOIN #%u\n", i);
    send_text(f, MF_ORIG, lines->str);
    assert_says(f, "IRC: #0, #1, #2, #3, #4, #5, #6, #7, 28 more");
    g_assert_cmpuint(f->counters.summary_items_lost, ==, 4);
    g_string_free(lines, TRUE);
    fixture_free(f);
}

static void
test_irc_encrypted(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "TLS:IRC");

    send_text(f, MF_ORIG, "NICK bot1\n");
    assert_says(f, "");
    f->session.app = "SOCKS:IRC";
    send_text(f, MF_ORIG, "NICK bot1\n");
    assert_says(f, "IRC: nick bot1");
    fixture_free(f);
}

static void
test_shell(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "SHELL");

    send_text(f, MF_ORIG, "Microsoft Windows XP [Version 5.1.2600]\r\nC:\\>");
    assert_says(f, "SHELL: no command (shell of 192.0.2.1)");
    send_text(f, MF_RESP, "whoami\n");
    send_text(f, MF_ORIG, "system\r\n");
    send_text(f, MF_RESP, "net user\n");
    assert_says(f, "SHELL: \"whoami / net user\" (shell of 192.0.2.1)");
    fixture_free(f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/summary/nothing", test_nothing);
    g_test_add_func("/summary/together", test_together);
    g_test_add_func("/summary/irc", test_irc);
    g_test_add_func("/summary/irc-bound", test_irc_bound);
    g_test_add_func("/summary/irc-encrypted", test_irc_encrypted);
    g_test_add_func("/summary/shell", test_shell);
    return g_test_run();
}
