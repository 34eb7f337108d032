/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is kept of files: each once, in order, within its bounds; streams from where a file begins
 * to where they end. */
#include "core/kept_files.h"

#include <glib.h>
#include <string.h>

static struct mf_counters counters;

static struct mf_kept_files *
set_up(void)
{
    counters = (struct mf_counters){0};
    return mf_kept_files_new(&counters);
}

static struct mf_span
text(const char *bytes)
{
    return (struct mf_span){(const uint8_t *)bytes, strlen(bytes)};
}

/* Bytes of a stream that end at END. */
static struct mf_kept_piece
piece(const char *bytes, int64_t end)
{
    return (struct mf_kept_piece){text(bytes), {end, 0}};
}

static void
add(struct mf_kept_files *kept, struct mf_kept_file what, const char *first, const char *rest)
{
    const struct mf_span bytes[2] = {text(first), text(rest)};

    mf_kept_files_add(kept, &what, bytes, false);
}

/* Entry INDEX is of FILE and holds BYTES, or nothing (NULL). */
static const struct mf_kept_file *
expect(const struct mf_kept_files *kept, uint32_t index, uint32_t file, const char *bytes)
{
    const struct mf_kept_file *entry = mf_kept_files_get(kept, index);
    gsize size;

    g_assert_cmpuint(index, <, mf_kept_files_count(kept));
    g_assert_cmpuint(entry->file, ==, file);
    if (bytes == NULL) {
        g_assert_null(entry->bytes);
        return entry;
    }
    g_assert_nonnull(entry->bytes);
    g_bytes_get_data(entry->bytes, &size);
    g_assert_cmpmem(g_bytes_get_data(entry->bytes, NULL), size, bytes, strlen(bytes));
    return entry;
}

static void
begin(struct mf_kept_files *kept, uint32_t file, struct mf_kept_piece first)
{
    mf_kept_files_begin(kept, 7, &(struct mf_kept_file){.file = file, .frame = 1}, &first);
}

static void
feed(struct mf_kept_files *kept, struct mf_kept_piece next)
{
    mf_kept_files_feed(kept, 7, &next);
}

static void
test_whole(void)
{
    struct mf_kept_files *kept = set_up();

    g_assert_cmpuint(mf_kept_files_count(NULL), ==, 0);
    add(kept, (struct mf_kept_file){.file = 0, .frame = 5}, "one", "");
    add(kept, (struct mf_kept_file){.file = 1, .frame = 9}, "tw", "o");
    g_assert_cmpuint(expect(kept, 0, 0, "one")->frame, ==, 5);
    g_assert_cmpuint(expect(kept, 1, 1, "two")->frame, ==, 9);
    for (uint32_t frame = 0; frame < 12; frame++)
        g_assert_cmpuint(mf_kept_files_first_of_frame(kept, frame), ==, (frame > 5) + (frame > 9));
    g_assert_true(mf_kept_files_has(kept, 1));
    g_assert_false(mf_kept_files_has(kept, 2));
    mf_kept_files_free(kept);
    mf_kept_files_free(NULL);
}

/* The same bytes stand in memory once, until the last who has them is replaced. */
static void
test_same_bytes(void)
{
    struct mf_kept_files *kept = set_up();
    const size_t empty = mf_kept_files_memory(kept);
    size_t one, entries;

    add(kept, (struct mf_kept_file){.file = 0}, "same bytes", "");
    one = mf_kept_files_memory(kept) - empty;
    entries = one - strlen("same bytes");
    add(kept, (struct mf_kept_file){.file = 1, .part = MF_KEPT_BROKEN}, "same bytes", "");
    g_assert_cmpuint(mf_kept_files_memory(kept) - empty, ==, one + entries);
    g_assert_true(mf_kept_files_get(kept, 0)->bytes == mf_kept_files_get(kept, 1)->bytes);
    add(kept, (struct mf_kept_file){.file = 1}, "other", "");
    expect(kept, 0, 0, "same bytes");
    expect(kept, 1, 1, NULL);
    expect(kept, 2, 1, "other");
    add(kept, (struct mf_kept_file){.file = 0}, "new", "");
    g_assert_cmpuint(mf_kept_files_memory(kept) - empty, ==, 4 * entries + strlen("newother"));
    mf_kept_files_free(kept);
}

/* Of two that broke off, the longer one; a whole one in any case. */
static void
test_replaced(void)
{
    struct mf_kept_files *kept = set_up();
    const struct mf_kept_file broken = {.file = 3, .part = MF_KEPT_BROKEN};

    add(kept, broken, "part", "");
    add(kept, broken, "par", "");
    g_assert_cmpuint(mf_kept_files_count(kept), ==, 1);
    add(kept, broken, "part of", "");
    expect(kept, 1, 3, "part of");
    add(kept, (struct mf_kept_file){.file = 3}, "all", "");
    expect(kept, 1, 3, NULL);
    expect(kept, 2, 3, "all");
    mf_kept_files_free(kept);
}

static void
test_body(void)
{
    struct mf_kept_files *kept = set_up();
    const struct mf_span bytes[2] = {text("x")};

    mf_kept_files_add(kept, &(struct mf_kept_file){.file = 0}, bytes, false);
    mf_kept_files_add(kept, &(struct mf_kept_file){.file = 1}, bytes, true);
    mf_kept_files_add(kept, &(struct mf_kept_file){.file = 2}, bytes, false);
    g_assert_cmpuint(mf_kept_files_get(kept, 0)->body, ==, mf_kept_files_get(kept, 1)->body);
    g_assert_cmpuint(mf_kept_files_get(kept, 1)->body, !=, mf_kept_files_get(kept, 2)->body);
    mf_kept_files_free(kept);
}

/* What was there when the file was found comes again with what it was found in. */
static void
test_stream(void)
{
    struct mf_kept_files *kept = set_up();

    g_assert_false(mf_kept_files_waits(kept, 7));
    begin(kept, 0, piece("MZab", 104));
    g_assert_true(mf_kept_files_waits(kept, 7));
    g_assert_false(mf_kept_files_waits(kept, 6));
    feed(kept, piece("....MZabcd", 106));
    feed(kept, piece("efg", 109));
    feed(kept, piece("efg", 109));
    mf_kept_files_end(kept, 7, 42, MF_KEPT_WHOLE);
    g_assert_cmpuint(expect(kept, 0, 0, "MZabcdefg")->frame, ==, 42);
    g_assert_cmpuint(mf_kept_files_get(kept, 0)->part, ==, MF_KEPT_WHOLE);
    g_assert_false(mf_kept_files_waits(kept, 7));
    mf_kept_files_end(kept, 7, 43, MF_KEPT_WHOLE);
    g_assert_cmpuint(mf_kept_files_count(kept), ==, 1);
    mf_kept_files_free(kept);
}

/* A second one, in the bytes that are being fed and not all of them there yet; more than there is
 * place for are not kept. */
static void
test_several(void)
{
    struct mf_kept_files *kept = set_up();

    begin(kept, 0, piece("MZ", 2));
    feed(kept, piece("MZ345", 5));
    begin(kept, 1, piece("MZ", 9));
    feed(kept, piece("67MZab", 11));
    begin(kept, 2, piece("345", 5)); /* in what is there already */
    begin(kept, 3, piece("ab", 11));
    begin(kept, 4, piece("b", 11));
    mf_kept_files_drop(kept, 7, 3);
    mf_kept_files_end(kept, 7, 1, MF_KEPT_BROKEN);
    expect(kept, 0, 0, "MZ34567MZab");
    expect(kept, 1, 1, "MZab");
    expect(kept, 2, 2, "34567MZab");
    g_assert_cmpuint(mf_kept_files_count(kept), ==, 3);
    mf_kept_files_free(kept);
}

/* What lies behind a hole is another file's, or nobody's. */
static void
test_hole(void)
{
    struct mf_kept_files *kept = set_up();
    struct mf_kept_piece behind = piece("MZ12", 9);

    behind.place.gaps = 1;
    begin(kept, 0, piece("MZ", 2));
    feed(kept, piece("34", 4));
    feed(kept, behind);
    mf_kept_files_end(kept, 7, 1, MF_KEPT_WHOLE);
    expect(kept, 0, 0, "MZ34");
    g_assert_cmpuint(mf_kept_files_get(kept, 0)->part, ==, MF_KEPT_BROKEN);
    begin(kept, 1, piece("MZ", 2));
    begin(kept, 2, behind);
    feed(kept, behind);
    mf_kept_files_end(kept, 7, 2, MF_KEPT_WHOLE);
    expect(kept, 1, 1, "MZ");
    g_assert_cmpuint(mf_kept_files_get(kept, 1)->part, ==, MF_KEPT_BROKEN);
    expect(kept, 2, 2, "MZ12");
    g_assert_cmpuint(mf_kept_files_get(kept, 2)->part, ==, MF_KEPT_WHOLE);
    mf_kept_files_free(kept);
}

static void
test_drop(void)
{
    struct mf_kept_files *kept = set_up();
    const size_t empty = mf_kept_files_memory(kept);

    begin(kept, 0, piece("MZ", 2));
    begin(kept, 1, piece("Z", 2));
    mf_kept_files_drop(kept, 7, 0);
    g_assert_true(mf_kept_files_waits(kept, 7));
    mf_kept_files_drop(kept, 7, 1);
    g_assert_false(mf_kept_files_waits(kept, 7));
    begin(kept, 0, piece("MZ", 2));
    mf_kept_files_drop_side(kept, 7);
    g_assert_false(mf_kept_files_waits(kept, 7));
    g_assert_cmpuint(mf_kept_files_memory(kept), ==, empty);
    begin(kept, 0, piece("MZ", 2)); /* freed with the others */
    mf_kept_files_free(kept);
}

/* One byte more than may be kept of a file, and of all; and room that is given back. */
static void
test_bounds(void)
{
    struct mf_kept_files *kept = set_up();
    uint8_t *many = g_malloc0((size_t)MF_KEPT_FILE_BYTES + 1);
    const struct mf_span over[2] = {{many, (size_t)MF_KEPT_FILE_BYTES + 1}};

    mf_kept_files_add(kept, &(struct mf_kept_file){.file = 0}, over, false);
    g_assert_cmpuint(mf_kept_files_count(kept), ==, 0);
    g_assert_cmpuint(counters.files_not_kept, ==, 1);
    for (uint32_t i = 0; i < 5; i++) {
        const struct mf_span whole[2] = {{many, MF_KEPT_FILE_BYTES}};

        many[0] = (uint8_t)i;
        mf_kept_files_add(kept, &(struct mf_kept_file){.file = i}, whole, false);
        g_assert_cmpuint(mf_kept_files_count(kept), ==, MIN(i + 1, 4));
        g_assert_cmpuint(counters.files_not_kept, ==, i < 4 ? 1 : 2);
    }
    g_assert_false(mf_kept_files_take(kept, 0, 1));
    add(kept, (struct mf_kept_file){.file = 0}, "short", "");
    g_assert_cmpuint(counters.files_not_kept, ==, 4); /* the new one needs room first */
    g_free(many);
    mf_kept_files_free(kept);
}

/* A stream that grows over the bound is kept as far as it was, and is not whole. */
static void
test_cut(void)
{
    struct mf_kept_files *kept = set_up();
    uint8_t *many = g_malloc0(MF_KEPT_FILE_BYTES);
    struct mf_kept_piece most = {{many, MF_KEPT_FILE_BYTES}, {MF_KEPT_FILE_BYTES, 0}};

    begin(kept, 0, most);
    feed(kept, piece("x", (int64_t)MF_KEPT_FILE_BYTES + 1));
    feed(kept, piece("y", (int64_t)MF_KEPT_FILE_BYTES + 2));
    begin(kept, 1, piece("MZ", (int64_t)MF_KEPT_FILE_BYTES + 9));
    mf_kept_files_end(kept, 7, 1, MF_KEPT_WHOLE);
    g_assert_cmpuint(mf_kept_files_count(kept), ==, 1);
    g_assert_cmpuint(g_bytes_get_size(mf_kept_files_get(kept, 0)->bytes), ==, MF_KEPT_FILE_BYTES);
    g_assert_cmpuint(mf_kept_files_get(kept, 0)->part, ==, MF_KEPT_BROKEN);
    g_assert_cmpuint(counters.files_not_kept, ==, 2);
    g_free(many);
    mf_kept_files_free(kept);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kept-files/whole", test_whole);
    g_test_add_func("/kept-files/same-bytes", test_same_bytes);
    g_test_add_func("/kept-files/replaced", test_replaced);
    g_test_add_func("/kept-files/body", test_body);
    g_test_add_func("/kept-files/stream", test_stream);
    g_test_add_func("/kept-files/several", test_several);
    g_test_add_func("/kept-files/hole", test_hole);
    g_test_add_func("/kept-files/drop", test_drop);
    g_test_add_func("/kept-files/bounds", test_bounds);
    g_test_add_func("/kept-files/cut", test_cut);
    return g_test_run();
}
