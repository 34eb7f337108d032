/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compiled rules on disk: found again, made anew when other rules need other ones, and never
 * trusted when they are damaged. */
#include "rules_kit.h"

#include <glib/gstdio.h>

#define RULES                                                                                      \
    "alert tcp any any -> any any (content:\"needle\"; sid:1;)\n"                                  \
    "alert tcp any any -> any any (content:\"thread\"; nocase; sid:2;)\n"                          \
    "alert dns any any -> any any (dns.query; content:\"evil\"; sid:3;)\n"

struct fixture {
    char *folder;
    struct kit kit;
};

static void
set_up(struct fixture *f, gconstpointer unused)
{
    (void)unused;
    f->folder = g_dir_make_tmp("malflow-cache-XXXXXX", NULL);
    g_assert_nonnull(f->folder);
}

/* The path of the only file in the folder; the caller frees. */
static char *
cache_file(const struct fixture *f)
{
    GDir *dir = g_dir_open(f->folder, 0, NULL);
    char *path = g_build_filename(f->folder, g_dir_read_name(dir), NULL);

    g_assert_null(g_dir_read_name(dir));
    g_dir_close(dir);
    return path;
}

static void
tear_down(struct fixture *f, gconstpointer unused)
{
    GDir *dir = g_dir_open(f->folder, 0, NULL);
    const char *name;

    (void)unused;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        char *path = g_build_filename(f->folder, name, NULL);

        g_unlink(path);
        g_free(path);
    }
    if (dir != NULL)
        g_dir_close(dir);
    g_rmdir(f->folder);
    g_free(f->folder);
}

/* Loads TEXT with the cache: so many databases must come from it, and the first rule must work. */
static void
load(struct fixture *f, const char *text, bool expect_cached)
{
    const struct mf_rule_options options = {.cache_folder = f->folder};
    GByteArray *data = kit_bytes("a needle and a THREAD");

    kit_open_with(&f->kit, text, &options);
    g_assert_cmpuint(mf_diags_count(f->kit.diags), ==, 0);
    g_assert_cmpuint(mf_ruleset_cached(f->kit.set) + mf_ruleset_compiled(f->kit.set), >, 1);
    g_assert_cmpuint(mf_ruleset_compiled(f->kit.set) == 0, ==, expect_cached);
    g_assert_cmpuint(kit_stream(&f->kit, data, 5, 3), ==, 2);
    g_byte_array_unref(data);
    kit_close(&f->kit);
}

static void
test_found_again(struct fixture *f, gconstpointer unused)
{
    (void)unused;
    load(f, RULES, false);
    load(f, RULES, true);
    load(f, "# another comment\n" RULES, true);
}

static void
test_other_rules(struct fixture *f, gconstpointer unused)
{
    (void)unused;
    load(f, RULES, false);
    load(f, RULES "alert udp any any -> any any (content:\"x\"; sid:4;)\n", false);
    load(f, RULES, true);
}

/* Every part of the file in turn: a byte changed, the file cut there, and all of it gone. */
static void
test_damaged(struct fixture *f, gconstpointer unused)
{
    char *path, *bytes;
    gsize length;

    (void)unused;
    load(f, RULES, false);
    path = cache_file(f);
    g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    for (gsize at = 0; at < length; at += MAX(1, length / 40)) {
        g_assert_true(g_file_set_contents(path, bytes, (gssize)at, NULL));
        load(f, RULES, false);
        load(f, RULES, true);
    }
    for (gsize at = 0; at < 64; at += 5) {
        char *changed = g_memdup2(bytes, length);

        changed[at] ^= 0x55;
        g_assert_true(g_file_set_contents(path, changed, (gssize)length, NULL));
        load(f, RULES, false);
        load(f, RULES, true);
        g_free(changed);
    }
    g_free(bytes);
    g_free(path);
}

/* A folder that cannot be written costs time, no rule. */
static void
test_no_folder(struct fixture *f, gconstpointer unused)
{
    const struct mf_rule_options options = {.cache_folder = "/dev/null/nowhere"};

    (void)unused;
    kit_open_with(&f->kit, RULES, &options);
    g_assert_cmpuint(mf_ruleset_compiled(f->kit.set), >, 1);
    kit_close(&f->kit);
}

static void
test_few_files(struct fixture *f, gconstpointer unused)
{
    GDir *dir;
    unsigned n = 0;

    (void)unused;
    for (unsigned i = 0; i < 20; i++) {
        char *more =
            g_strdup_printf(RULES "alert udp any any -> any any (content:\"x%u\"; sid:4;)", i);

        load(f, more, false);
        g_free(more);
    }
    dir = g_dir_open(f->folder, 0, NULL);
    while (g_dir_read_name(dir) != NULL)
        n++;
    g_dir_close(dir);
    g_assert_cmpuint(n, ==, 16);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/rules-cache/found-again", struct fixture, NULL, set_up, test_found_again,
               tear_down);
    g_test_add("/rules-cache/other-rules", struct fixture, NULL, set_up, test_other_rules,
               tear_down);
    g_test_add("/rules-cache/damaged", struct fixture, NULL, set_up, test_damaged, tear_down);
    g_test_add("/rules-cache/no-folder", struct fixture, NULL, set_up, test_no_folder, tear_down);
    g_test_add("/rules-cache/few-files", struct fixture, NULL, set_up, test_few_files, tear_down);
    return g_test_run();
}
