/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text in UTF-16, of either byte order: a file of it as a whole, and URLs of it among binary data
 * (shellcode, SMB, strings of a program). Only its ASCII part is read; that needs no byte order but
 * to know which of two bytes is zero.
 */
#include "mention_private.h"

#include <hs/hs.h>
#include <string.h>

enum { SAMPLE = 512, SMALLEST = 16, BEFORE = 24 };

/* ":\0/\0/" stands in both byte orders. */
static const char literal[] = ":\0/\0/";

void
mf_mention_wide_compile(struct mf_mention_finder *finder)
{
    const char *const bytes = literal;
    const size_t length = sizeof literal - 1;
    const unsigned flags = 0, id = 0;
    hs_compile_error_t *error = NULL;

    if (hs_compile_lit_multi(&bytes, &flags, &id, &length, 1, HS_MODE_BLOCK, NULL, &finder->wide,
                             &error) != HS_SUCCESS)
        hs_free_compile_error(error);
    else if (hs_alloc_scratch(finder->wide, &finder->scratch) != HS_SUCCESS) {
        hs_free_database(finder->wide);
        finder->wide = NULL;
    }
}

/* Whether so many bytes are zero that every other one may be. */
static bool
may_be_wide(struct mf_span text)
{
    const size_t pairs = MIN(text.length, SAMPLE) / 2;
    size_t zeros = 0;

    for (size_t i = 0; i < 2 * pairs; i++)
        zeros += text.data[i] == 0;
    return zeros * 4 > pairs * 3;
}

/* Whether of most pairs of bytes just the one at ODD is zero. */
static bool
is_wide(struct mf_span text, size_t odd)
{
    const size_t pairs = MIN(text.length, SAMPLE) / 2;
    size_t zeros = 0;

    for (size_t i = 0; i < pairs; i++)
        zeros += text.data[2 * i + odd] == 0 && text.data[2 * i + (odd ^ 1)] != 0;
    return zeros * 4 > pairs * 3;
}

bool
mf_mention_read_wide(struct mf_mention_search *search)
{
    const struct mf_span text = {search->data, search->length};
    struct mf_mention_search inner;
    uint8_t *narrow;
    size_t odd;

    if (text.length < SMALLEST || !may_be_wide(text))
        return false;
    odd = is_wide(text, 1);
    if (odd == 0 && !is_wide(text, 0))
        return false;
    inner = *search;
    narrow = g_malloc(text.length / 2);
    for (size_t i = 0; i < text.length / 2; i++)
        narrow[i] = text.data[2 * i + odd] == 0 ? text.data[2 * i + (odd ^ 1)] : 0x80;
    inner.data = narrow;
    inner.length = text.length / 2;
    inner.scale = 2;
    mf_mention_search_run(&inner);
    g_free(narrow);
    return true;
}

struct wide_run {
    struct mf_mention_search *search;
    size_t done;
};

static int
read_run(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *user)
{
    struct wide_run *run = user;
    const struct mf_span text = {run->search->data, run->search->length};
    const size_t colon = (size_t)to - (sizeof literal - 1);
    struct mf_mention_search inner = *run->search;
    uint8_t narrow[MF_MENTION_PATH_BYTES];
    size_t first = colon, n = 0;

    (void)id;
    (void)from;
    (void)flags;
    if (colon < run->done)
        return 0;
    while (first >= 2 && colon - first < BEFORE && text.data[first - 1] == 0 &&
           text.data[first - 2] > 0x20 && text.data[first - 2] < 0x7f)
        first -= 2;
    for (size_t at = first; at < text.length && n < sizeof narrow; at += 2) {
        if (text.data[at] < 0x20 || text.data[at] >= 0x7f || (at > first && text.data[at - 1] != 0))
            break;
        narrow[n++] = text.data[at];
    }
    run->done = first + 2 * n;
    inner = mf_mention_search_within(run->search, (struct mf_span){narrow, n},
                                     MIN(text.length, run->done));
    inner.unended = run->search->unended && run->done + 2 > text.length;
    mf_mention_read_url(&inner, (colon - first) / 2, "://");
    return 0;
}

void
mf_mention_read_wide_urls(struct mf_mention_search *search)
{
    struct wide_run run = {.search = search};

    search->end = search->length;
    if (search->finder->wide != NULL && search->length <= UINT32_MAX)
        hs_scan(search->finder->wide, (const char *)search->data, (unsigned)search->length, 0,
                search->finder->scratch, read_run, &run);
}
