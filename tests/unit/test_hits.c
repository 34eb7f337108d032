/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of hits: one row per signature, counts of the final state, and its options. */
#include "core/hits.h"
#include "engine_fixture.h"

#include <string.h>

#define RULES                                                                                      \
    "alert tcp any any -> any any (msg:\"low\"; content:\"LOW\"; sid:30; priority:3;)\n"           \
    "alert tcp any any -> any any (msg:\"high\"; content:\"HIGH\"; sid:20; rev:7; priority:1; "    \
    "classtype:trojan-activity; metadata:signature_severity Major;)\n"                             \
    "alert tcp any any -> any any (msg:\"late\"; content:\"LATE\"; sid:10; priority:2;)\n"         \
    "alert tcp any any -> any any (msg:\"never\"; content:\"NEVER\"; sid:40;)\n"

/* Three sessions: LOW in frame 1 and (twice) 2, HIGH in 2 and 3, LATE (four times) in 3. */
static void
play(struct engine_fixture *f)
{
    static const char *const said[] = {"LOW", "LOW HIGH LOW", "LATE LATE LATE LATE HIGH"};

    engine_set_up(f, RULES);
    for (uint16_t i = 0; i < G_N_ELEMENTS(said); i++) {
        f->tuple.from_port = 2000 + i;
        f->next[MF_ORIG] = ORIG_ISN;
        engine_say(f, MF_ORIG, said[i]);
    }
    mf_engine_flush(f->base.engine);
}

static struct mf_hit_table *
table_of(const struct engine_fixture *f, const struct mf_hit_options *options, const char *sessions)
{
    struct mf_hit_table *table = mf_hit_table_new(f->base.engine, options);

    for (const char *at = sessions; *at != '\0'; at++)
        mf_hit_table_add(table, (uint32_t)(*at - '0'));
    mf_hit_table_sort(table);
    return table;
}

/* The sids of the rows must be these, in this order. */
static void
expect_sids(const struct mf_hit_table *table, const char *sids)
{
    GString *got = g_string_new(NULL);

    for (uint32_t i = 0; i < mf_hit_table_count(table); i++)
        g_string_append_printf(got, "%u ", mf_hit_table_row(table, i)->rule->sid);
    g_assert_cmpstr(got->str, ==, sids);
    g_string_free(got, TRUE);
}

static void
test_counts(void)
{
    struct engine_fixture f;
    struct mf_hit_table *table;
    const struct mf_hit_row *low;

    play(&f);
    table = table_of(&f, NULL, "123");
    expect_sids(table, "30 20 10 ");
    low = mf_hit_table_row(table, 0);
    g_assert_cmpuint(low->hits, ==, 3);
    g_assert_cmpuint(low->sessions, ==, 2);
    g_assert_cmpuint(low->first_frame, ==, 1);
    g_assert_cmpuint(low->first_session, ==, 1);
    mf_hit_table_free(table);
    engine_tear_down(&f);
}

/* Only sessions that were added count, and the order in which they were does not. */
static void
test_choice(void)
{
    struct engine_fixture f;
    struct mf_hit_table *table;
    const struct mf_hit_row *high;

    play(&f);
    table = table_of(&f, NULL, "3209"); /* there is no session 0 or 9 */
    expect_sids(table, "20 30 10 ");
    high = mf_hit_table_row(table, 0);
    g_assert_cmpuint(high->hits, ==, 2);
    g_assert_cmpuint(high->sessions, ==, 2);
    g_assert_cmpuint(high->first_frame, ==, 2);
    g_assert_cmpuint(high->first_session, ==, 2);
    mf_hit_table_free(table);
    table = table_of(&f, NULL, "");
    g_assert_cmpuint(mf_hit_table_count(table), ==, 0);
    mf_hit_table_free(table);
    engine_tear_down(&f);
}

static void
test_options(void)
{
    static const struct {
        const char *text, *sids, *filter;
    } cases[] = {
        {"", "30 20 10 ", NULL},
        {"sort=frame", "30 20 10 ", NULL},
        {"sort=count", "10 30 20 ", NULL},
        {"sort=priority,ip.addr in {1.2.3.4, 5}", "20 10 30 ", "ip.addr in {1.2.3.4, 5}"},
        {"sort=sid,priority=2,http", "10 20 ", "http"},
        {"priority=255", "30 20 10 ", NULL},
        {"priority=1", "20 ", NULL},
    };
    struct engine_fixture f;

    play(&f);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct mf_diags *diags = mf_diags_new();
        struct mf_hit_options options = {0};
        struct mf_hit_table *table;
        char *filter = NULL;

        g_assert_true(
            mf_option_list_parse(&mf_hit_option_list, &options, cases[i].text, &filter, diags));
        g_assert_cmpuint(mf_diags_count(diags), ==, 0);
        g_assert_cmpstr(filter, ==, cases[i].filter);
        table = table_of(&f, &options, "123");
        expect_sids(table, cases[i].sids);
        mf_hit_table_free(table);
        g_free(filter);
        mf_diags_free(diags);
    }
    engine_tear_down(&f);
}

static void
test_wrong_options(void)
{
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"sort=size", "sort=size: expected frame, count, priority or sid"},
        {"priority=0", "priority=0: expected a number from 1 to 255"},
        {"priority=256", "priority=256: expected a number from 1 to 255"},
        {"top=3", "top=3: no such option; there are sort, priority"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        struct mf_diags *diags = mf_diags_new();
        struct mf_hit_options options = {0};
        char *filter = NULL;

        g_assert_false(
            mf_option_list_parse(&mf_hit_option_list, &options, wrong[i].text, &filter, diags));
        g_assert_null(filter);
        g_assert_cmpuint(mf_diags_count(diags), ==, 1);
        g_assert_cmpstr(mf_diags_get(diags, 0)->message, ==, wrong[i].message);
        mf_diags_free(diags);
    }
}

static void
test_text(void)
{
    struct engine_fixture f;
    struct mf_hit_table *table;
    GString *text = g_string_new(NULL);

    play(&f);
    table = table_of(&f, NULL, "123");
    mf_hit_table_append_text(table, text);
    g_assert_nonnull(strstr(text->str, "\nmalflow hits: 9, signatures: 3, sessions: 3\n"));
    g_assert_nonnull(strstr(text->str,
                            "\n      1       1       3        2    3 -                     30:0"
                            "  low\n"
                            "      2       2       2        2    1 Major                 20:7"
                            "  high [trojan-activity]\n"));
    g_assert_null(strstr(text->str, "never"));
    mf_hit_table_free(table);
    g_string_free(text, TRUE);
    engine_tear_down(&f);
}

/* What a rule file says reaches no terminal as a control byte. */
static void
test_hostile_text(void)
{
    static const char rule[] =
        "alert tcp any any -> any any (msg:\"a\x1b[31mb\xff\"; content:\"LOW\"; sid:1; "
        "classtype:x\x07y; metadata:signature_severity M\x1bz;)";
    struct engine_fixture f;
    struct mf_hit_table *table;
    GString *text = g_string_new(NULL);

    engine_set_up(&f, rule);
    engine_say(&f, MF_ORIG, "LOW");
    table = table_of(&f, NULL, "1");
    mf_hit_table_append_text(table, text);
    g_assert_nonnull(strstr(text->str, "1:0"));
    for (size_t i = 0; i < text->len; i++)
        g_assert_true(text->str[i] == '\n' || (text->str[i] >= 0x20 && text->str[i] <= 0x7e));
    mf_hit_table_free(table);
    g_string_free(text, TRUE);
    engine_tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hits/counts", test_counts);
    g_test_add_func("/hits/choice", test_choice);
    g_test_add_func("/hits/options", test_options);
    g_test_add_func("/hits/wrong_options", test_wrong_options);
    g_test_add_func("/hits/text", test_text);
    g_test_add_func("/hits/hostile_text", test_hostile_text);
    return g_test_run();
}
