/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which rows are shown. Text is searched as the cells say it, so that what is found can be seen;
 * a million rows are told apart while someone types, so that only cells that could hold such a text
 * are written: no letter but those of hexadecimal stands in an address, none in a number. The
 * search goes on where it stopped, also within a group of many members.
 */
#include "fold.h"
#include "story_private.h"

#include <string.h>

struct mf_story_search {
    bool active; /* else all rows are shown */
    char *text;  /* lower case; NULL: any */
    char *host;  /* the same */
    uint32_t root;
    bool columns[MF_STORY_COLUMNS]; /* which could hold the text */
    bool address_too;               /* an address could hold the host */
    uint32_t row;                   /* top row that is looked at next */
    uint32_t member;                /* of it, 0: it itself, else index + 1 of a member */
    GArray *chosen;                 /* uint32_t: top rows, ascending */
    GString *scratch;
};

struct mf_story_search *
mf_story_search_new(void)
{
    struct mf_story_search *search = g_new0(struct mf_story_search, 1);

    search->chosen = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    search->scratch = g_string_new(NULL);
    return search;
}

void
mf_story_search_free(struct mf_story_search *search)
{
    if (search == NULL)
        return;
    g_array_free(search->chosen, TRUE);
    g_string_free(search->scratch, TRUE);
    g_free(search->text);
    g_free(search->host);
    g_free(search);
}

/* --- what is looked for --- */

#define DIGITS          "0123456789"
#define ADDRESS_LETTERS DIGITS "abcdef.:[]?"

/* Characters that a column holds; others hold any. */
static const char *const alphabets[MF_STORY_COLUMNS] = {
    [MF_STORY_TIME] = DIGITS ".:- ",          [MF_STORY_SESSION] = DIGITS,
    [MF_STORY_DURATION] = DIGITS ".:",        [MF_STORY_SOURCE] = ADDRESS_LETTERS,
    [MF_STORY_DESTINATION] = ADDRESS_LETTERS, [MF_STORY_BYTES_ORIG] = DIGITS,
    [MF_STORY_BYTES_RESP] = DIGITS,
};

static bool
consists_of(const char *text, const char *alphabet)
{
    return text[strspn(text, alphabet)] == '\0';
}

static char *
wanted(const char *text)
{
    return text != NULL && *text != '\0' ? g_ascii_strdown(text, -1) : NULL;
}

void
mf_story_choose(struct mf_story *story, const struct mf_story_choice *choice)
{
    struct mf_story_search *search = story->search;

    g_free(search->text);
    g_free(search->host);
    search->text = wanted(choice->text);
    search->host = wanted(choice->host);
    search->root = choice->root;
    search->active = search->text != NULL || search->host != NULL || search->root != 0;
    for (unsigned i = 0; i < MF_STORY_COLUMNS; i++)
        search->columns[i] = search->text != NULL &&
                             (alphabets[i] == NULL || consists_of(search->text, alphabets[i]));
    search->address_too = search->host != NULL && consists_of(search->host, ADDRESS_LETTERS);
    search->row = search->member = 0;
    g_array_set_size(search->chosen, 0);
}

/* --- whether a row has it --- */

/* Without a table, so that it can be done to many letters at once. */
static bool
is_upper(char c)
{
    return (unsigned char)(c - 'A') < 26;
}

/* Whether TEXT stands in the search's scratch, whose lines are what is searched. */
static bool
scratch_has(const struct mf_story_search *search, const char *text)
{
    GString *scratch = search->scratch;

    for (size_t i = 0; i < scratch->len; i++)
        scratch->str[i] = (char)(scratch->str[i] | (is_upper(scratch->str[i]) ? 0x20 : 0));
    return strchr(text, '\n') == NULL && strstr(scratch->str, text) != NULL;
}

/* Further requests have no row at the top: what they say counts for their session. */
static void
append_requests(const struct mf_session *session, GString *out)
{
    const unsigned count = session->summary != NULL ? mf_summary_count(session) : 0;

    for (unsigned i = 1; i < count; i++) {
        const size_t before = out->len;

        mf_summary_item_append(session, i, out);
        mf_row_make_printable(out, before);
        g_string_append_c(out, '\n');
    }
}

static bool
has_text(const struct mf_story *story, const struct mf_row *row)
{
    const struct mf_story_search *search = story->search;

    g_string_truncate(search->scratch, 0);
    for (unsigned i = 0; i < MF_STORY_COLUMNS; i++)
        if (search->columns[i]) {
            mf_story_append_cell(story, row, (enum mf_story_column)i, search->scratch);
            g_string_append_c(search->scratch, '\n');
        }
    if (row->kind == MF_ROW_SESSION)
        append_requests(mf_story_session(story, row), search->scratch);
    return scratch_has(search, search->text);
}

static void
take_name(void *user, const char *text)
{
    GString *out = user;

    g_string_append(out, text);
    g_string_append_c(out, '\n');
}

static bool
has_host(const struct mf_story_search *search, const struct mf_session *session)
{
    struct mf_summary_names names;

    g_string_truncate(search->scratch, 0);
    for (unsigned side = MF_ORIG; search->address_too && side <= MF_RESP; side++) {
        mf_addr_append(search->scratch, &session->addr[side]);
        g_string_append_c(search->scratch, '\n');
    }
    if (session->summary != NULL) {
        mf_fold_names(session, take_name, search->scratch);
        mf_summary_names(session, &names);
        if (names.host != NULL)
            take_name(search->scratch, names.host);
        if (names.answers != NULL)
            take_name(search->scratch, names.answers);
    }
    return scratch_has(search, search->host);
}

static bool
is_wanted(const struct mf_story *story, const struct mf_row *row)
{
    const struct mf_story_search *search = story->search;

    if (search->root != 0 && mf_story_root(story, row) != search->root)
        return false;
    if (search->host != NULL && !has_host(search, mf_story_session(story, row)))
        return false;
    return search->text == NULL || has_text(story, row);
}

/* --- going through the rows --- */

/* Moves on behind the top row at hand. */
static void
finish_row(struct mf_story_search *search, bool chosen)
{
    if (chosen)
        g_array_append_val(search->chosen, search->row);
    search->row++;
    search->member = 0;
}

/* Looks at one row: a top row, or a member of one that was not wanted itself. */
static void
look_at_one(const struct mf_story *story)
{
    struct mf_story_search *search = story->search;
    const struct mf_row *row = mf_timeline_row(story->timeline, search->row);
    struct mf_story_list members = {0};
    bool found;

    if (mf_story_is_group(row))
        members = mf_story_members(story, row);
    if (search->member == 0) {
        found = is_wanted(story, row);
    } else {
        const uint32_t id = members.at[search->member - 1];
        const struct mf_row member = mf_story_session_row(mf_engine_session(story->engine, id));

        found = is_wanted(story, &member);
    }
    if (found || search->member == members.count)
        finish_row(search, found);
    else
        search->member++;
}

bool
mf_story_choose_some(struct mf_story *story, uint32_t max)
{
    const struct mf_story_search *search = story->search;
    const uint32_t total = mf_story_total(story);

    if (!search->active)
        return true;
    for (; max > 0 && search->row < total; max--)
        look_at_one(story);
    return search->row >= total;
}

/* --- what is shown --- */

uint32_t
mf_story_count(const struct mf_story *story)
{
    return story->search->active ? story->search->chosen->len : mf_story_total(story);
}

const struct mf_row *
mf_story_row(const struct mf_story *story, uint32_t index)
{
    const struct mf_story_search *search = story->search;

    return mf_timeline_row(story->timeline,
                           search->active ? g_array_index(search->chosen, uint32_t, index) : index);
}

int64_t
mf_story_chosen_position(const struct mf_story *story, uint32_t index)
{
    const GArray *chosen = story->search->chosen;
    uint32_t low = 0, high = chosen->len;

    if (!story->search->active)
        return index;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;

        if (g_array_index(chosen, uint32_t, middle) < index)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == chosen->len || g_array_index(chosen, uint32_t, low) != index)
        return -1;
    return low;
}
