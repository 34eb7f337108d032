/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words that are long enough to be a hash or base64. Of base64 a URL has a literal (three, by where
 * it stands in a group of four) that mentions.c looks for; for addresses every long word is tried.
 * Prose has few: they are found eight bytes at a time, by what has no blank in it.
 */
#include "mention_private.h"

#include <string.h>

enum {
    BASE64_LEAST = 16,
    HASH_DIGITS = 64,
    RUN = 64 * 1024, /* of base64 that is decoded */
    BACK = 8 * 1024, /* before a literal */
    BLOCK = 8
};

/* Decodes TEXT, with or without its padding; bytes made. */
static size_t
decode(struct mf_span text, uint8_t *out)
{
    const size_t over = text.length % 4;
    gint state = 0;
    guint save = 0;
    size_t n;

    text.length -= over == 1;
    n = g_base64_decode_step((const gchar *)text.data, text.length, out, &state, &save);
    if (over > 1)
        n += g_base64_decode_step("==", 4 - over, out + n, &state, &save);
    return n;
}

/* TEXT, as it stands from AT on, in base64: reads what it decodes to. */
static void
read_base64(struct mf_mention_search *search, size_t at, size_t end)
{
    struct mf_span text = {search->data + at, MIN(end - at, RUN)};
    uint8_t *bytes = g_malloc(text.length / 4 * 3 + 6);
    const size_t n = decode(text, bytes);
    struct mf_mention_search inner =
        mf_mention_search_within(search, (struct mf_span){bytes, n}, end);

    inner.depth++;
    inner.mode = MF_MODE_PLAIN;
    if (!mf_mention_is_binary((struct mf_span){bytes, n}))
        mf_mention_search_run(&inner);
    g_free(bytes);
}

static size_t
run_begin(const struct mf_mention_search *search, size_t at, unsigned class, size_t most)
{
    const size_t limit = at - MIN(at - search->begin, most);

    while (at > limit && (mf_mention_class(search, at - 1) & class) != 0)
        at--;
    return at;
}

static size_t
run_end(const struct mf_mention_search *search, size_t at, unsigned class, size_t most)
{
    const size_t limit = at + MIN(search->end - at, most);

    while (at < limit && (mf_mention_class(search, at) & class) != 0)
        at++;
    return at;
}

void
mf_mention_read_base64(struct mf_mention_search *search, size_t at, const void *how)
{
    const size_t offset = *(const size_t *)how;
    size_t begin, end;

    if (search->depth > 0 || at < search->coded)
        return;
    begin = run_begin(search, at, MF_BYTE_BASE64, BACK);
    end = run_end(search, at, MF_BYTE_BASE64, RUN);
    search->coded = end;
    if (end - begin < BASE64_LEAST || at < begin + offset)
        return;
    read_base64(search, begin + (at - offset - begin) % 4, end);
}

/* Whether the first groups are printable text, as good as none of what is no base64 is. */
static bool
begins_as_text(const struct mf_mention_search *search, size_t at)
{
    uint8_t bytes[BASE64_LEAST];
    size_t n;

    /* The first of each four holds the upper six bits of a printable byte. */
    for (size_t i = 0; i < BASE64_LEAST; i += 4)
        if (memchr("IJKLMNOPQRSTUVWXYZabcdefC", search->data[at + i], 25) == NULL)
            return false;
    n = decode((struct mf_span){search->data + at, BASE64_LEAST}, bytes);

    for (size_t i = 0; i < n; i++)
        if (bytes[i] < 0x20 ? strchr("\t\r\n", bytes[i]) == NULL || bytes[i] == 0
                            : bytes[i] >= 0x7f)
            return false;
    return true;
}

static bool
is_hex(const struct mf_mention_search *search, size_t at)
{
    return run_end(search, at, MF_BYTE_HEX, HASH_DIGITS) == at + HASH_DIGITS;
}

static void
keep_hash(struct mf_mention_search *search, size_t at)
{
    char digits[HASH_DIGITS];
    struct mf_mention mention = {.kind = MF_MENTION_SHA256,
                                 .text = {search->data + at, HASH_DIGITS},
                                 .name = {(const uint8_t *)digits, HASH_DIGITS},
                                 .end = at + HASH_DIGITS,
                                 .open = at + HASH_DIGITS == search->end};

    for (size_t i = 0; i < HASH_DIGITS; i++)
        digits[i] = g_ascii_tolower(search->data[at + i]);
    mf_mention_keep(search, &mention);
}

/* Reads the word around AT; behind it. */
static size_t
read_word(struct mf_mention_search *search, size_t at)
{
    const size_t begin = run_begin(search, at, MF_BYTE_BASE64, BACK);
    const size_t end = run_end(search, at, MF_BYTE_BASE64, RUN);

    if (end - begin == HASH_DIGITS && is_hex(search, begin))
        keep_hash(search, begin);
    else if (end - begin >= BASE64_LEAST && search->mode != MF_MODE_HTML && search->depth == 0 &&
             begin >= search->coded && begins_as_text(search, begin))
        read_base64(search, begin, end);
    return end;
}

/* Whether none of the eight bytes at AT is a blank or another below 0x21. */
static bool
has_no_blank(const uint8_t *at)
{
    uint64_t bytes;

    memcpy(&bytes, at, sizeof bytes);
    return ((bytes - UINT64_C(0x2121212121212121)) & ~bytes & UINT64_C(0x8080808080808080)) == 0;
}

/* Whether the block at AT can be of a hash. */
static bool
may_be_hash(const struct mf_mention_search *search, size_t at)
{
    return (mf_mention_class(search, at) & mf_mention_class(search, at + 2) &
            mf_mention_class(search, at + 5) & mf_mention_class(search, at + BLOCK - 1) &
            MF_BYTE_HEX) != 0;
}

/* Whether the block at AT can be in a run of BASE64_LEAST bytes: four of those that are missing
 * stand on one side of it. */
static bool
may_be_long(const struct mf_mention_search *search, size_t at)
{
    const unsigned class = MF_BYTE_BASE64;

    if ((mf_mention_class(search, at) & mf_mention_class(search, at + BLOCK - 1) & class) == 0)
        return false;
    if (at >= search->begin + 4 &&
        (mf_mention_class(search, at - 4) & mf_mention_class(search, at - 1) & class) != 0)
        return true;
    return search->end - at >= BLOCK + 4 && (mf_mention_class(search, at + BLOCK) &
                                             mf_mention_class(search, at + BLOCK + 3) & class) != 0;
}

void
mf_mention_read_long_words(struct mf_mention_search *search)
{
    const bool hashes_only = search->mode == MF_MODE_HTML || search->depth > 0;
    const size_t step = hashes_only ? HASH_DIGITS / 2 : BLOCK;
    size_t at = search->begin;

    while (search->end - at >= BLOCK && at < search->end) {
        size_t behind = at;

        if (hashes_only ? may_be_hash(search, at)
                        : has_no_blank(search->data + at) && may_be_long(search, at))
            behind = read_word(search, at + BLOCK / 2);
        at = MAX(at + step, behind);
    }
}
