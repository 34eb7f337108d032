/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/dns_reader.h"

#include <glib.h>
#include <string.h>

static struct mf_dns_reader
reader_of(const void *bytes, size_t length, size_t at)
{
    return (struct mf_dns_reader){{bytes, length}, at};
}

/* What the name at AT is, or NULL; *END becomes what is read next. */
static const char *
name_at(const void *bytes, size_t length, size_t at, size_t *end)
{
    static uint8_t room[MF_DNS_NAME_ROOM + 1];
    struct mf_dns_reader reader = reader_of(bytes, length, at), skipping = reader;
    size_t n;
    bool taken = mf_dns_take_name(&reader, room, &n);

    if (!taken)
        return NULL;
    g_assert_true(mf_dns_skip_name(&skipping));
    g_assert_cmpuint(skipping.at, ==, reader.at);
    room[n] = '\0';
    *end = reader.at;
    return (const char *)room;
}

static void
test_names(void)
{
    static const char bytes[] = "\3www\7example\0\4mail\300\4\300\4\0";
    const size_t length = sizeof bytes - 1;
    size_t end;

    g_assert_cmpstr(name_at(bytes, length, 0, &end), ==, "www.example");
    g_assert_cmpuint(end, ==, 13);
    g_assert_cmpstr(name_at(bytes, length, 13, &end), ==, "mail.example");
    g_assert_cmpuint(end, ==, 20);
    g_assert_cmpstr(name_at(bytes, length, 20, &end), ==, "example");
    g_assert_cmpuint(end, ==, 22);
    g_assert_cmpstr(name_at(bytes, length, 22, &end), ==, "");
    g_assert_cmpuint(end, ==, 23);
    g_assert_null(name_at(bytes, length, 23, &end));
    g_assert_null(name_at(bytes, length, 1000, &end));
}

/* Each byte is one that somebody may send. */
static void
test_bytes_of_names(void)
{
    static const char bytes[] = "\3a\0.\2\377\\";
    struct mf_dns_reader reader = reader_of(bytes, sizeof bytes, 0);
    uint8_t room[MF_DNS_NAME_ROOM];
    size_t n;

    g_assert_true(mf_dns_take_name(&reader, room, &n));
    g_assert_cmpmem(room, n, "a\0..\377\\", 6);
}

static void
test_cut_names(void)
{
    static const char bytes[] = "\3www\300\10??\7example";
    size_t end;

    for (size_t length = 0; length < sizeof bytes - 1; length++) {
        char *copy = g_memdup2(bytes, length + (length == 0));

        g_assert_null(name_at(copy, length, 0, &end));
        g_free(copy);
    }
    g_assert_cmpstr(name_at(bytes, sizeof bytes, 0, &end), ==, "www.example");
}

static void
test_no_names(void)
{
    struct mf_dns_reader reader = reader_of("\100a", 3, 0);
    uint8_t room[MF_DNS_NAME_ROOM];
    size_t n, end;

    g_assert_null(name_at("\300\0", 2, 0, &end)); /* itself */
    g_assert_null(name_at("\1a\300\0", 4, 0, &end));
    g_assert_null(name_at("\300\2\300\0", 4, 0, &end));
    g_assert_null(name_at("\200a\0", 4, 0, &end));
    g_assert_false(mf_dns_take_name(&reader, room, &n));
    g_assert_false(mf_dns_skip_name(&reader));
}

static void
test_longest_name(void)
{
    uint8_t bytes[4 * 64 + 1] = {0};
    size_t end;

    for (unsigned i = 0; i < 4; i++) {
        bytes[i * 64] = 63;
        memset(bytes + i * 64 + 1, 'a', 63);
    }
    g_assert_cmpuint(strlen(name_at(bytes, sizeof bytes, 0, &end)), ==, MF_DNS_NAME_ROOM);
    bytes[192] = 62;
    bytes[255] = 1; /* one more label, which finds no room */
    g_assert_null(name_at(bytes, sizeof bytes, 0, &end));
}

static void
test_records(void)
{
    static const char bytes[] = "\0\0\1\0\1\0\0\1\54\0\4\300\0\2\1"
                                "\0\0\20\0\1\0\0\0\0\0\377\3txt";
    struct mf_dns_reader reader = reader_of(bytes, sizeof bytes - 1, 0);
    struct mf_dns_record record;

    g_assert_true(mf_dns_skip_name(&reader));
    g_assert_true(mf_dns_take_record(&reader, &record));
    g_assert_cmpuint(record.type, ==, 1);
    g_assert_cmpuint(record.seconds, ==, 300);
    g_assert_cmpuint(record.data_at, ==, 11);
    g_assert_cmpmem(record.data.data, record.data.length, "\300\0\2\1", 4);
    g_assert_true(mf_dns_skip_name(&reader));
    g_assert_true(mf_dns_take_record(&reader, &record)); /* more than there is */
    g_assert_cmpuint(record.type, ==, 16);
    g_assert_cmpmem(record.data.data, record.data.length, "\3txt", 4);
    g_assert_false(mf_dns_skip_name(&reader));
    g_assert_false(mf_dns_take_record(&reader, &record));
}

static void
test_cut_records(void)
{
    static const char bytes[] = "\0\1\0\1\0\0\1\54\0\0";
    struct mf_dns_record record;

    for (size_t length = 0; length < sizeof bytes - 1; length++) {
        char *copy = g_memdup2(bytes, length + (length == 0));
        struct mf_dns_reader reader = reader_of(copy, length, 0);

        g_assert_false(mf_dns_take_record(&reader, &record));
        g_free(copy);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dns-reader/names", test_names);
    g_test_add_func("/dns-reader/bytes-of-names", test_bytes_of_names);
    g_test_add_func("/dns-reader/cut-names", test_cut_names);
    g_test_add_func("/dns-reader/no-names", test_no_names);
    g_test_add_func("/dns-reader/longest-name", test_longest_name);
    g_test_add_func("/dns-reader/records", test_records);
    g_test_add_func("/dns-reader/cut-records", test_cut_records);
    return g_test_run();
}
