/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/json_text.h"

#include <math.h>
#include <string.h>

/* Ends the test program's object and compares. */
static void
expect(GString *out, const char *text)
{
    mf_json_close(out, 0);
    g_assert_cmpstr(out->str, ==, text);
    g_string_free(out, TRUE);
}

static GString *
begin(void)
{
    GString *out = g_string_new(NULL);

    mf_json_open_object(out, NULL);
    return out;
}

static void
test_structure(void)
{
    GString *out = begin();
    size_t list, object;

    mf_json_number(out, "a", 1);
    list = mf_json_open_list(out, "b");
    mf_json_string(out, NULL, "{");
    mf_json_string(out, NULL, "[");
    object = mf_json_open_object(out, NULL);
    mf_json_bool(out, "c", true);
    mf_json_close(out, object);
    mf_json_close(out, list);
    mf_json_bool(out, "d", false);
    expect(out, "{\"a\":1,\"b\":[\"{\",\"[\",{\"c\":true}],\"d\":false}");
}

/* What is empty leaves no trace, nor what holds only that. */
static void
test_empty(void)
{
    GString *out = begin();
    size_t outer = mf_json_open_object(out, "outer"), inner = mf_json_open_list(out, "inner");

    mf_json_string(out, NULL, NULL);
    mf_json_close(out, inner);
    mf_json_close(out, outer);
    mf_json_string(out, "text", "");
    expect(out, "{\"text\":\"\"}");
    expect(begin(), "{}");
}

static void
test_strings(void)
{
    static const struct {
        const char *data;
        size_t length;
        const char *json;
    } cases[] = {
        {"plain <b>&'/", 12, "plain <b>&'/"},
        {"\"\\\b\f\n\r\t", 7, "\\\"\\\\\\b\\f\\n\\r\\t"},
        {"\0\x01\x1f\x7f", 4, "\\u0000\\u0001\\u001f\\u007f"},
        {"a\0b", 3, "a\\u0000b"},
        {"\xc3\xa9\xe6\x97\xa5\xf0\x9f\x90\x9b", 9, "\xc3\xa9\xe6\x97\xa5\xf0\x9f\x90\x9b"},
        {"\xc2\x9b", 2, "\\u009b"}, /* a terminal's CSI */
        {"\xff", 1, "\xef\xbf\xbd"},
        {"\xc3", 1, "\xef\xbf\xbd"},
        {"\xc3(", 2, "\xef\xbf\xbd("},
        {"\xc0\x80", 2, "\xef\xbf\xbd\xef\xbf\xbd"},                 /* overlong */
        {"\xed\xa0\x80", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* a surrogate */
        {"\xf4\x90\x80\x80", 4, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"a\xe6\x97", 3, "a\xef\xbf\xbd\xef\xbf\xbd"}, /* cut */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GString *out = begin();
        char *wanted = g_strconcat("{\"k\":\"", cases[i].json, "\"}", NULL);

        mf_json_bytes(out, "k", cases[i].data, cases[i].length);
        expect(out, wanted);
        g_free(wanted);
    }
}

/* Every byte alone, and every pair, gives valid UTF-8 without a control character. */
static void
test_all_bytes(void)
{
    GString *out = g_string_new(NULL);

    for (unsigned pair = 0; pair < 0x10000; pair++) {
        const char data[2] = {(char)(pair >> 8), (char)pair};

        g_string_truncate(out, 0);
        mf_json_bytes(out, NULL, data, 2);
        g_assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
        for (const char *at = out->str; *at != '\0'; at = g_utf8_next_char(at))
            g_assert_false(g_unichar_iscntrl(g_utf8_get_char(at)));
    }
    g_string_free(out, TRUE);
}

static void
test_base64(void)
{
    static const char *const wanted[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="};

    for (size_t n = 0; n < G_N_ELEMENTS(wanted); n++) {
        GString *out = begin();
        char *text = g_strconcat("{\"k\":\"", wanted[n], "\"}", NULL);

        mf_json_base64(out, "k", (const uint8_t *)"foob", n);
        expect(out, text);
        g_free(text);
    }
}

static void
test_numbers(void)
{
    GString *out = begin();

    mf_json_number(out, "a", 0);
    mf_json_number(out, "b", UINT64_MAX);
    mf_json_signed(out, "c", INT64_MIN);
    mf_json_signed(out, "d", 7);
    mf_json_real(out, "e", 0.25, 3);
    mf_json_real(out, "f", 60.0, 1);
    mf_json_real(out, "g", 100.0, 0);
    mf_json_real(out, "h", -1.0 / 3, 6);
    mf_json_real(out, "i", NAN, 3);
    mf_json_real(out, "j", INFINITY, 3);
    expect(out, "{\"a\":0,\"b\":18446744073709551615,\"c\":-9223372036854775808,\"d\":7,"
                "\"e\":0.25,\"f\":60,\"g\":100,\"h\":-0.333333}");
}

/* The largest there is fits. */
static void
test_large_real(void)
{
    GString *out = begin();

    mf_json_real(out, "k", 1.7976931348623157e308, 9);
    g_assert_cmpuint(out->len, ==, strlen("{\"k\":") + 309);
    g_string_free(out, TRUE);
}

static void
test_times(void)
{
    static const struct {
        mf_nanoseconds time;
        const char *text;
    } cases[] = {
        {INT64_C(1199145600357000001), "2008-01-01T00:00:00.357000001Z"},
        {INT64_C(951782399999999999), "2000-02-28T23:59:59.999999999Z"},
        {INT64_C(951868799000000000), "2000-02-29T23:59:59.000000000Z"},
        {INT64_C(4107542400000000000), "2100-03-01T00:00:00.000000000Z"},
        {0, "1970-01-01T00:00:00.000000000Z"},
        {-1, "1969-12-31T23:59:59.999999999Z"},
        {INT64_MAX, "2262-04-11T23:47:16.854775807Z"},
        {INT64_MIN, "1677-09-21T00:12:43.145224192Z"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GString *out = begin();
        char *text = g_strconcat("{\"k\":\"", cases[i].text, "\"}", NULL);

        mf_json_time(out, "k", cases[i].time);
        expect(out, text);
        g_free(text);
    }
}

/* Every day of eight centuries, as GLib counts. */
static void
test_days(void)
{
    GDateTime *date = g_date_time_new_utc(1678, 1, 1, 0, 0, 0);
    GString *out = g_string_new(NULL);

    for (int64_t day = g_date_time_to_unix(date) / 86400; day < 106000; day += 1) {
        GDateTime *at = g_date_time_new_from_unix_utc(day * 86400);
        char *wanted = g_date_time_format(at, "\"%Y-%m-%dT00:00:00.000000000Z\"");

        g_string_truncate(out, 0);
        mf_json_time(out, NULL, day * 86400 * MF_NS_PER_S);
        g_assert_cmpstr(out->str, ==, wanted);
        g_free(wanted);
        g_date_time_unref(at);
    }
    g_string_free(out, TRUE);
    g_date_time_unref(date);
}

static void
test_addresses(void)
{
    const struct mf_addr none = {{0}}, v4 = mf_addr_from_ipv4((const uint8_t[]){192, 0, 2, 1});
    GString *out = begin();

    mf_json_address(out, "a", &none);
    mf_json_address(out, "b", &v4);
    expect(out, "{\"a\":\"::\",\"b\":\"192.0.2.1\"}");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json_text/structure", test_structure);
    g_test_add_func("/json_text/empty", test_empty);
    g_test_add_func("/json_text/strings", test_strings);
    g_test_add_func("/json_text/all_bytes", test_all_bytes);
    g_test_add_func("/json_text/base64", test_base64);
    g_test_add_func("/json_text/numbers", test_numbers);
    g_test_add_func("/json_text/large_real", test_large_real);
    g_test_add_func("/json_text/times", test_times);
    g_test_add_func("/json_text/days", test_days);
    g_test_add_func("/json_text/addresses", test_addresses);
    return g_test_run();
}
