/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inspection of streams: the bundled signature, cuts, gaps, bounds, memory. */
#include "rules_kit.h"

static void
open_bundled(struct kit *kit)
{
    unsigned n;

    memset(kit, 0, sizeof *kit);
    kit->diags = mf_diags_new();
    kit->set = mf_ruleset_new(NULL, NULL);
    n = mf_ruleset_add_path(kit->set, MALFLOW_SIGNATURES, kit->diags);
    for (unsigned i = 0; i < mf_diags_count(kit->diags); i++)
        g_error("%s", mf_diag_format(mf_diags_get(kit->diags, i)));
    g_assert_cmpuint(n, >=, 2);
    g_assert_true(mf_ruleset_compile(kit->set, kit->diags));
    kit->inspector = mf_inspector_new(kit->set, &kit->counters, kit_fired, kit);
    kit->session.l4 = MF_L4_TCP;
}

/* Whole, in two, in packets, and in single bytes: always EXPECTED. */
static void
check_cuts(struct kit *kit, const GByteArray *data, unsigned expected)
{
    static const size_t steps[] = {1, 2, 3, 7, 64, 536, 1460, 4096, 65536};

    g_assert_cmpuint(kit_stream(kit, data, data->len, 1), ==, expected);
    for (size_t cut = 1; cut<data->len; cut += data->len> 2000 ? 61 : 1)
        g_assert_cmpuint(kit_stream(kit, data, cut, data->len), ==, expected);
    for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++)
        g_assert_cmpuint(kit_stream(kit, data, steps[i] / 2 + 1, steps[i]), ==, expected);
    g_assert_cmpuint(kit->counters.rule_limits, ==, 0);
}

static void
test_executable(void)
{
    struct kit kit;
    GByteArray *data = kit_bytes("HTTP/1.1 200 OK|0d 0a 0d 0a|");

    open_bundled(&kit);
    for (unsigned i = 0; i < mf_ruleset_count(kit.set); i++) {
        const struct mf_rule_info *info = mf_ruleset_info(kit.set, i);

        g_assert_cmpstr(info->msg, ==, "Detect Windows Executable File");
        g_assert_cmpstr(info->file_type, ==, "PE32");
        g_assert_cmpstr(info->mitre, ==, "T1105");
        g_assert_cmpstr(info->severity, ==, "Major");
    }
    check_cuts(&kit, data, 0);
    kit_pe(data, 0x80, 0);
    check_cuts(&kit, data, 1); /* nothing behind the signature has come yet */
    kit_pad(data, 3000, 'x');
    check_cuts(&kit, data, 1);
    kit_pe(data, 0x100, 100);
    check_cuts(&kit, data, 2); /* a second one, later */
    kit_pe(data, 4, 70);
    check_cuts(&kit, data, 3); /* headers that overlap */
    kit_close(&kit);
    g_byte_array_unref(data);
}

static void
test_executable_datagram_and_body(void)
{
    struct kit kit;
    GByteArray *data = kit_bytes("....");

    open_bundled(&kit);
    kit_pe(data, 0x80, 200);
    kit_pe(data, 0x80, 200);
    kit.session.l4 = MF_L4_UDP;
    check_cuts(&kit, data, 2);
    g_assert_cmpuint(kit_buffer(&kit, MF_BUF_FILE_DATA, data), ==, 1);
    kit.session.l4 = MF_L4_ARP;
    g_assert_cmpuint(kit_stream(&kit, data, data->len, 1), ==, 0);
    kit_close(&kit);
    g_byte_array_unref(data);
}

/* Nearly an executable. */
static void
test_not_executable(void)
{
    static const struct {
        guint offset;
        guint8 value;
    } damage[] = {{0, 'm'},  {1, 'z'},   {0x80, 'p'}, {0x81, 'e'}, {0x82, 1},
                  {0x83, 1}, {60, 0x7f}, {60, 0x81},  {61, 1},     {63, 0x80}};
    struct kit kit;

    open_bundled(&kit);
    for (unsigned i = 0; i < G_N_ELEMENTS(damage); i++) {
        GByteArray *data = g_byte_array_new();

        kit_pe(data, 0x80, 100);
        data->data[damage[i].offset] = damage[i].value;
        check_cuts(&kit, data, 0);
        g_byte_array_unref(data);
    }
    kit_close(&kit);
}

/* Many false starts before the right one: the earlier content tries its next match. */
static void
test_false_starts(void)
{
    struct kit kit;
    GByteArray *data = kit_bytes("MZMZ MZ MZMZ");

    open_bundled(&kit);
    kit_pad(data, 100, 'M');
    kit_pe(data, 0xf0, 10);
    check_cuts(&kit, data, 1);
    kit_close(&kit);
    g_byte_array_unref(data);
}

/* The window's limit: the header may stand 8 KiB minus one literal behind "MZ", no further. In a
 * whole body there is no such limit. */
static void
test_window(void)
{
    enum { REACH = MF_STREAM_WINDOW - 32 };
    static const struct {
        guint32 e_lfanew;
        unsigned expected;
    } rows[] = {{REACH - 1, 1}, {REACH, 1}, {REACH + 1, 0}, {3 * MF_STREAM_WINDOW, 0}};
    struct kit kit;

    open_bundled(&kit);
    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        GByteArray *data = kit_bytes("............");

        kit_pe(data, rows[i].e_lfanew, 100);
        check_cuts(&kit, data, rows[i].expected);
        g_assert_cmpuint(kit_buffer(&kit, MF_BUF_FILE_DATA, data), ==, 1);
        g_byte_array_unref(data);
    }
    kit_close(&kit);
}

/* What a rule waits for may come up to 8 KiB behind its fast pattern. */
static void
test_lookahead(void)
{
    static const struct {
        size_t between;
        unsigned expected;
    } rows[] = {
        {0, 1}, {MF_STREAM_WINDOW - 4, 1}, {MF_STREAM_WINDOW - 3, 0}, {3 * MF_STREAM_WINDOW, 0}};
    struct kit kit;

    kit_open_options(&kit, "content:\"abc\"; content:\"z\"; distance:0; within:60000;");
    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        GByteArray *data = kit_bytes("....abc");

        kit_pad(data, rows[i].between + 1, '.');
        data->data[data->len - 1] = 'z';
        kit_pad(data, 2 * MF_STREAM_WINDOW, '.');
        check_cuts(&kit, data, rows[i].expected);
        g_byte_array_unref(data);
    }
    kit_close(&kit);
}

static void
feed(struct mf_inspection *inspection, const GByteArray *data, guint from, guint to, bool gap)
{
    mf_inspection_feed(inspection, data->data + from, to - from, gap);
}

static void
test_gap(void)
{
    struct kit kit;
    GByteArray *data = g_byte_array_new();
    struct mf_inspection *inspection;

    open_bundled(&kit);
    kit_pe(data, 0x80, 20);
    inspection = mf_inspection_new(kit.inspector, &kit.session, MF_ORIG);
    feed(inspection, data, 0, 70, false);
    feed(inspection, data, 70, data->len, true);
    g_assert_cmpuint(kit.total, ==, 0); /* it may be of another file */
    feed(inspection, data, 0, 70, true);
    mf_inspection_forget(inspection);
    feed(inspection, data, 70, data->len, false);
    g_assert_cmpuint(kit.total, ==, 0);
    feed(inspection, data, 0, 70, true);
    feed(inspection, data, 70, data->len, false);
    g_assert_cmpuint(kit.total, ==, 1);
    mf_inspection_free(inspection);
    kit_close(&kit);
    g_byte_array_unref(data);
}

/* A gap is where waiting rules decide, and never the beginning of a stream. */
static void
test_gap_decides(void)
{
    struct kit kit;
    GByteArray *data = kit_bytes("ab");
    struct mf_inspection *inspection;

    kit_open_options(&kit, "content:\"a\"; content:!\"z\";");
    inspection = mf_inspection_new(kit.inspector, &kit.session, MF_ORIG);
    feed(inspection, data, 0, 2, false);
    g_assert_cmpuint(kit.total, ==, 0);
    feed(inspection, data, 0, 2, true);
    g_assert_cmpuint(kit.total, ==, 1);
    mf_inspection_finish(inspection);
    g_assert_cmpuint(kit.total, ==, 2);
    mf_inspection_finish(inspection);
    g_assert_cmpuint(kit.total, ==, 2);
    mf_inspection_free(inspection);
    kit_close(&kit);

    kit_open_options(&kit, "content:\"a\"; startswith;");
    inspection = mf_inspection_new(kit.inspector, &kit.session, MF_ORIG);
    feed(inspection, data, 0, 2, true);
    g_assert_cmpuint(kit.total, ==, 0);
    mf_inspection_free(inspection);
    kit_close(&kit);
    g_byte_array_unref(data);
}

static void
test_memory(void)
{
    struct kit kit;
    GByteArray *data = g_byte_array_new();
    struct mf_inspection *inspection;

    open_bundled(&kit);
    kit_pad(data, 1 << 20, '.');
    inspection = mf_inspection_new(kit.inspector, &kit.session, MF_ORIG);
    g_assert_cmpuint(mf_inspection_size(inspection), <=, 80);
    feed(inspection, data, 0, 100, false);
    g_assert_cmpuint(mf_inspection_size(inspection), <=, 180);
    for (guint at = 100; at + 1460 < data->len; at += 1460)
        feed(inspection, data, at, at + 1460, false);
    g_assert_cmpuint(mf_inspection_size(inspection), <=, 80 + 2 * MF_STREAM_WINDOW);
    mf_inspection_forget(inspection);
    g_assert_cmpuint(mf_inspection_size(inspection), <=, 80);
    mf_inspection_free(inspection);

    inspection = mf_inspection_new(kit.inspector, &kit.session, MF_ORIG);
    feed(inspection, data, 0, data->len, false); /* in place: only the window is copied */
    g_assert_cmpuint(mf_inspection_size(inspection), <=, 80 + MF_STREAM_WINDOW);
    mf_inspection_free(inspection);
    kit_close(&kit);
    g_byte_array_unref(data);
}

/* What an inspection holds after PIECES, each fed alone. */
static size_t
size_after(struct kit *kit, const char *const *pieces)
{
    struct mf_inspection *inspection = mf_inspection_new(kit->inspector, &kit->session, MF_ORIG);
    size_t size;

    for (; *pieces != NULL; pieces++)
        mf_inspection_feed(inspection, (const uint8_t *)*pieces, strlen(*pieces), false);
    size = mf_inspection_size(inspection);
    mf_inspection_free(inspection);
    return size;
}

/* A rule whose expression begins with '^' does not wait for what cannot help it. */
static void
test_anchored(void)
{
    static const char *const other[] = {"NOTICE! #channel :what", " about it?\r\n", NULL};
    static const char *const begun[] = {"PRIVMSG #channel :what", " about it, so", NULL};
    static const char *const wrong[] = {"PRIVMSG #channel :what", " about it?\r\n", NULL};
    static const char *const right[] = {"PRIVMSG #channel :what", " about !get\r\n", NULL};
    struct kit kit;

    kit_open_options(&kit, "content:\"PRIVMSG \"; pcre:\"/^\\S+ :[^\\r\\n]+!get/R\";");
    g_assert_cmpuint(size_after(&kit, begun), >, size_after(&kit, other));
    g_assert_cmpuint(size_after(&kit, wrong), ==, size_after(&kit, other));
    g_assert_cmpuint(kit.total, ==, 0);
    size_after(&kit, right);
    g_assert_cmpuint(kit.total, ==, 1);
    kit_close(&kit);
}

/* A rule that sets a bit by a single byte does so before what comes behind it is looked at. */
static void
test_bit_by_one_byte(void)
{
    struct kit kit;
    GByteArray *data = kit_bytes("|05|..EVIL..");

    kit_open(&kit, "alert tcp-stream any any -> any any (content:\"|05|\"; depth:1; "
                   "flowbits:set,five; noalert; sid:1;)\n"
                   "alert tcp-stream any any -> any any (content:\"EVIL\"; "
                   "flowbits:isset,five; sid:2;)\n");
    check_cuts(&kit, data, 1);
    kit_close(&kit);
    g_byte_array_unref(data);
}

/* --- bounds on time --- */

static void
test_pathological_pcre(void)
{
    struct kit kit;
    GByteArray *data = g_byte_array_new();
    gint64 begin = g_get_monotonic_time();

    kit_open_options(&kit, "content:\"b\"; pcre:\"/(a+)+$/\";");
    kit_pad(data, 4000, 'a');
    kit_pad(data, 50, 'b');
    kit_stream(&kit, data, data->len, 1);
    g_assert_cmpuint(kit.total, ==, 0);
    g_assert_cmpuint(kit.counters.pcre_limits, >, 0);
    g_assert_cmpint(g_get_monotonic_time() - begin, <, 5 * G_USEC_PER_SEC);
    kit_close(&kit);
    g_byte_array_unref(data);
}

/* Contents that all match everywhere, followed by one that does not. */
static void
test_pathological_contents(void)
{
    struct kit kit;
    GByteArray *data = g_byte_array_new();
    gint64 begin = g_get_monotonic_time();

    kit_open_options(&kit, "content:\"a\"; content:\"a\"; distance:0; content:\"a\"; distance:0; "
                           "content:\"a\"; distance:0; content:\"xyz\"; distance:-900; within:9; "
                           "content:\"aa\"; fast_pattern;");
    kit_pad(data, 300 * 1000, 'a');
    kit_stream(&kit, data, 1460, 1460);
    g_assert_cmpuint(kit.total, ==, 0);
    g_assert_cmpuint(kit.counters.rule_limits, >, 0);
    g_assert_cmpint(g_get_monotonic_time() - begin, <, 20 * G_USEC_PER_SEC);
    kit_close(&kit);
    g_byte_array_unref(data);
}

/* Rules and bytes made for each other, each in its own way. */
static void
test_pathological_steps(void)
{
    GString *same = g_string_new(NULL);
    char *options[5];
    GByteArray *data = g_byte_array_new();

    for (unsigned i = 0; i < 1000; i++)
        g_string_append_c(same, 'a');
    options[0] =
        g_strdup_printf("content:\"%sb\"; nocase; content:\"aa\"; fast_pattern;", same->str);
    options[1] = g_strdup("content:\"a\"; base64_decode:relative; base64_data; content:\"i\"; "
                          "content:\"zz\"; within:3; content:!\"i\";");
    options[2] =
        g_strdup("content:\"a\"; pcre:\"/a*/R\"; pcre:\"/a*?a/R\"; content:\"b\"; within:1;");
    options[3] = g_strdup("content:\"a\"; byte_extract:1,0,n,relative; content:\"a\"; distance:n; "
                          "content:\"a\"; within:n; byte_test:1,=,7,n,relative;");
    options[4] = g_strdup("pcre:\"/(a|aa)+$/\"; pcre:!\"/(a*)*b/\"; entropy:value > 7;");
    kit_pad(data, 64 * 1024, 'a');
    for (unsigned i = 0; i < G_N_ELEMENTS(options); i++) {
        struct kit kit;
        gint64 begin = g_get_monotonic_time();

        kit_open_options(&kit, options[i]);
        g_assert_cmpuint(kit_stream(&kit, data, 1460, 1460), ==, 0);
        g_test_message("%s: %.2f s, %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT " limits",
                       options[i], (double)(g_get_monotonic_time() - begin) / G_USEC_PER_SEC,
                       kit.counters.rule_limits, kit.counters.pcre_limits);
        g_assert_cmpint(g_get_monotonic_time() - begin, <, 20 * G_USEC_PER_SEC);
        kit_close(&kit);
        g_free(options[i]);
    }
    g_byte_array_unref(data);
    g_string_free(same, TRUE);
}

/* Random rules' worth of structure: random bytes of a small alphabet, random cuts. */
static void
test_random_cuts(void)
{
    static const char *const options[] = {
        "content:\"ab\"; content:\"c\"; distance:1; within:9;",
        "content:\"ab\"; content:!\"c\"; distance:0; within:5; content:\"a\"; distance:3;",
        "content:\"abc\"; fast_pattern; byte_test:1,>,97,0,relative; isdataat:!40,relative;",
        "content:\"a\"; content:\"bca\"; pcre:\"/^[ab]{3}c/R\";",
        "content:\"b\"; offset:9; depth:1; content:\"ca\"; distance:2; within:9;",
        "content:\"cab\"; pcre:!\"/abcab/\"; content:\"b\"; offset:30;",
        "content:\"ab\"; byte_extract:1,0,n,relative; byte_test:1,>,n,1,relative; content:!\"c\"; "
        "within:3;",
        "content:\"abc\"; base64_decode:bytes 12,offset 1,relative; base64_data; pcre:\"/i[\\xa0-"
        "\\xff]/\"; content:!\"|b6|\";",
        "content:\"ca\"; byte_math:bytes 1,offset 0,oper -,rvalue 90,result n,relative; "
        "content:\"b\"; distance:n; within:4; isdataat:!n,relative;",
        "content:\"a\"; content:\"cb\"; fast_pattern; distance:0; within:6; content:\"a\"; "
        "endswith;",
        "content:\"bc\"; byte_jump:1,0,relative,post_offset -95; content:\"a\"; within:2;",
        "content:\"bcbc\"; fast_pattern:1,2; nocase; content:\"A\"; nocase; distance:-9; within:3;",
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(options); i++) {
        struct kit kit;
        unsigned some = 0;

        kit_open_options(&kit, options[i]);
        for (unsigned seed = 0; seed < 40; seed++) {
            GRand *rand = g_rand_new_with_seed(seed);
            GByteArray *data = g_byte_array_new();
            unsigned expected;

            kit_pad(data, 60, 'a');
            for (unsigned at = 0; at < data->len; at++)
                data->data[at] = (guint8)g_rand_int_range(rand, 'a', 'd');
            expected = kit_stream(&kit, data, data->len, 1);
            some += expected;
            check_cuts(&kit, data, expected);
            g_byte_array_unref(data);
            g_rand_free(rand);
        }
        g_test_message("%s: %u", options[i], some);
        g_assert_cmpuint(some, >, 0);
        kit_close(&kit);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules-stream/executable", test_executable);
    g_test_add_func("/rules-stream/datagram-and-body", test_executable_datagram_and_body);
    g_test_add_func("/rules-stream/not-executable", test_not_executable);
    g_test_add_func("/rules-stream/false-starts", test_false_starts);
    g_test_add_func("/rules-stream/window", test_window);
    g_test_add_func("/rules-stream/lookahead", test_lookahead);
    g_test_add_func("/rules-stream/gap", test_gap);
    g_test_add_func("/rules-stream/gap-decides", test_gap_decides);
    g_test_add_func("/rules-stream/memory", test_memory);
    g_test_add_func("/rules-stream/anchored", test_anchored);
    g_test_add_func("/rules-stream/bit-by-one-byte", test_bit_by_one_byte);
    g_test_add_func("/rules-stream/pathological-pcre", test_pathological_pcre);
    g_test_add_func("/rules-stream/pathological-contents", test_pathological_contents);
    g_test_add_func("/rules-stream/pathological-steps", test_pathological_steps);
    g_test_add_func("/rules-stream/random-cuts", test_random_cuts);
    return g_test_run();
}
