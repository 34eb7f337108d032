/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Causes of an effect in their order and within their bound, and the roots that follow. */
#include "core/correlate/links.h"

struct fixture {
    struct mf_counters counters;
    struct mf_links *links;
};

static void
set_up(struct fixture *f, gconstpointer unused)
{
    (void)unused;
    f->links = mf_links_new(&f->counters);
}

static void
tear_down(struct fixture *f, gconstpointer unused)
{
    (void)unused;
    mf_links_free(f->links);
}

/* SESSION was caused by frame 10 * CAUSE of session CAUSE. */
static bool
add(struct fixture *f, uint32_t session, uint32_t cause, enum mf_link_kind kind, uint8_t strength)
{
    return mf_links_add(f->links, &(struct mf_link){.cause_session = cause,
                                                    .cause_frame = cause * 10,
                                                    .session = session,
                                                    .frame = session * 10,
                                                    .evidence = "x",
                                                    .kind = (uint8_t)kind,
                                                    .strength = strength});
}

/* "5 3 4": the sessions that caused SESSION, best first. */
static void
check_causes(const struct fixture *f, uint32_t session, const char *expected)
{
    GString *text = g_string_new(NULL);

    for (uint32_t at = mf_links_of_session(f->links, session); at != 0;
         at = mf_links_get(f->links, at - 1)->next)
        g_string_append_printf(text, "%s%u", text->len > 0 ? " " : "",
                               mf_links_get(f->links, at - 1)->cause_session);
    g_assert_cmpstr(text->str, ==, expected);
    g_string_free(text, TRUE);
}

static void
test_order(struct fixture *f, gconstpointer unused)
{
    (void)unused;
    check_causes(f, 9, "");
    g_assert_true(add(f, 9, 3, MF_LINK_URL, 50));
    g_assert_true(add(f, 9, 4, MF_LINK_URL, 50)); /* of equals the newer */
    g_assert_true(add(f, 9, 2, MF_LINK_URL, 90));
    g_assert_true(add(f, 9, 5, MF_LINK_URL, 10));
    check_causes(f, 9, "2 4 3 5");
    g_assert_false(add(f, 9, 3, MF_LINK_URL, 50)); /* known */
    g_assert_false(add(f, 9, 3, MF_LINK_URL, 40)); /* known better */
    g_assert_true(add(f, 9, 3, MF_LINK_URL, 95));  /* known worse */
    check_causes(f, 9, "3 2 4 5");
    g_assert_cmpuint(mf_links_count(f->links), ==, 4);
    g_assert_cmpuint(f->counters.links_lost, ==, 0);
}

static void
test_bound(struct fixture *f, gconstpointer unused)
{
    (void)unused;
    for (uint32_t cause = 1; cause <= MF_LINK_CAUSES; cause++)
        g_assert_true(add(f, 100, cause, MF_LINK_URL, (uint8_t)(10 * cause)));
    check_causes(f, 100, "8 7 6 5 4 3 2 1");
    g_assert_cmpuint(f->counters.links_lost, ==, 0);
    g_assert_false(add(f, 100, 50, MF_LINK_URL, 9)); /* all are better */
    check_causes(f, 100, "8 7 6 5 4 3 2 1");
    g_assert_cmpuint(f->counters.links_lost, ==, 1);
    g_assert_true(add(f, 100, 51, MF_LINK_URL, 45)); /* the worst goes */
    check_causes(f, 100, "8 7 6 5 51 4 3 2");
    g_assert_cmpuint(f->counters.links_lost, ==, 2);
    g_assert_cmpuint(mf_links_count(f->links), ==, MF_LINK_CAUSES);
}

static void
check_root(struct fixture *f, uint32_t session, uint32_t parent, uint32_t root)
{
    g_assert_cmpuint(mf_links_parent(f->links, session), ==, parent);
    g_assert_cmpuint(mf_links_root(f->links, session), ==, root);
}

static void
test_roots(struct fixture *f, gconstpointer unused)
{
    (void)unused;
    check_root(f, 7, 0, 7);
    add(f, 3, 2, MF_LINK_URL, 50);
    add(f, 4, 3, MF_LINK_URL, 50);
    add(f, 5, 4, MF_LINK_URL, 50);
    check_root(f, 5, 4, 2);
    check_root(f, 2, 0, 2);
    add(f, 2, 1, MF_LINK_URL, 50); /* it has children: theirs changes too */
    check_root(f, 5, 4, 1);
    check_root(f, 3, 2, 1);
    add(f, 4, 9, MF_LINK_COMMAND, 90); /* a better parent */
    check_root(f, 5, 4, 9);
    check_root(f, 3, 2, 1);
    add(f, 8, 5, MF_LINK_EXEC, 90); /* weak: leads nowhere */
    check_root(f, 8, 0, 8);
}

static void
test_circle(struct fixture *f, gconstpointer unused)
{
    (void)unused;
    add(f, 2, 1, MF_LINK_URL, 50);
    add(f, 3, 2, MF_LINK_URL, 50);
    g_assert_true(add(f, 1, 3, MF_LINK_URL, 50)); /* a cause, but no parent */
    check_root(f, 1, 0, 1);
    check_root(f, 3, 2, 1);
    add(f, 6, 6, MF_LINK_URL, 50); /* itself */
    check_root(f, 6, 0, 6);
}

static void
test_lookup(struct fixture *f, gconstpointer unused)
{
    (void)unused;
    mf_links_set_lookup(f->links, 1);
    add(f, 2, 1, MF_LINK_DNS, 50); /* its first user is the root */
    check_root(f, 1, 2, 2);
    check_root(f, 2, 0, 2);
    add(f, 3, 1, MF_LINK_DNS, 50);
    check_root(f, 3, 1, 2);
    mf_links_set_lookup(f->links, 11); /* one that something caused is a link of the way */
    add(f, 11, 10, MF_LINK_URL, 50);
    add(f, 12, 11, MF_LINK_DNS, 50);
    check_root(f, 12, 11, 10);
}

static void
test_scan(struct fixture *f, gconstpointer unused)
{
    struct mf_link link = {.cause_session = 1, .cause_frame = 10, .session = 5, .scan = 2};

    (void)unused;
    g_assert_true(mf_links_add(f->links, &link));
    g_assert_cmpuint(mf_links_of_scan(f->links, 2), ==, 1);
    g_assert_cmpuint(mf_links_of_scan(f->links, 3), ==, 0);
    check_root(f, 5, 0, 5); /* the group's cause is not the session's */
    mf_links_forget_scan(f->links, 2);
    mf_links_forget_scan(f->links, 999);
    g_assert_cmpuint(mf_links_of_scan(f->links, 2), ==, 0);
    link = (struct mf_link){
        .cause_session = 1, .cause_frame = 10, .session = 6, .frame = 66, .of_request = true};
    g_assert_true(mf_links_add(f->links, &link));
    g_assert_cmpuint(mf_links_of_request(f->links, 66), ==, 2);
    g_assert_cmpuint(mf_links_of_session(f->links, 6), ==, 0);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*run)(struct fixture *f, gconstpointer unused);
    } tests[] = {{"/links/order", test_order},   {"/links/bound", test_bound},
                 {"/links/roots", test_roots},   {"/links/circle", test_circle},
                 {"/links/lookup", test_lookup}, {"/links/scan", test_scan}};

    g_test_init(&argc, &argv, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, struct fixture, NULL, set_up, tests[i].run, tear_down);
    mf_links_free(NULL);
    return g_test_run();
}
