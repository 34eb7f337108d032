/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One literal per rule, all looked for at once. Private to rules/. */
#ifndef MALFLOW_CORE_RULES_PREFILTER_H
#define MALFLOW_CORE_RULES_PREFILTER_H

#include "rule.h"

/* Of a longer fast pattern its beginning is looked for; the evaluation compares the rest. NULs at
 * its end are left out as long as ENOUGH bytes remain: a literal is told by its last bytes, and in
 * programs there are NULs everywhere. */
enum { MF_LITERAL_MAX = 32, MF_LITERAL_ENOUGH = 4 };

struct mf_prefilter;
struct hs_scratch;

/* How many bytes of CONTENT, from fast_offset on, can be looked for. */
static inline uint32_t
mf_content_literal_room(const struct mf_content *content)
{
    return MIN(content->fast_length != 0 ? content->fast_length : content->length, MF_LITERAL_MAX);
}

/* How many of them are. */
static inline uint32_t
mf_content_literal_length(const struct mf_content *content)
{
    const uint8_t *bytes = content->bytes + content->fast_offset;
    uint32_t length = mf_content_literal_room(content);

    while (length > MF_LITERAL_ENOUGH && bytes[length - 1] == 0)
        length--;
    return length;
}

/* What is looked for, and all of its rule that tells whether a place where it is found matters:
 * most do not, and to read the rule itself would cost more than the search. */
struct mf_literal {
    const char *bytes; /* of the rule's content */
    uint32_t rule;     /* index */
    uint32_t header;   /* number */
    int32_t first;     /* where the fast pattern may begin in its buffer: not before here, */
    int32_t last;      /* nor behind; INT32_MAX: anywhere */
    uint16_t before;   /* bytes of the fast pattern in front of the literal */
    uint8_t length;
    uint8_t kinds; /* bits of enum mf_rule_kind */
    bool nocase;
    bool is_last; /* of a run of equal literals */
};

/* Whether it helps that the fast pattern begins at AT. */
static inline bool
mf_literal_fits(const struct mf_literal *literal, int64_t at)
{
    return at >= literal->first && (at <= literal->last || literal->last == INT32_MAX);
}

/* The fast pattern of LITERAL's rule begins at position AT (before the data, when only its end was
 * looked for). */
typedef void (*mf_prefilter_found)(void *user, const struct mf_literal *literal, int64_t at);

struct mf_prefilter *
mf_prefilter_new(void);

/* Accepts NULL. */
void
mf_prefilter_free(struct mf_prefilter *prefilter);

/* Whether the fast pattern that RULE has is worth a search: a single byte stands everywhere, and to
 * be told of each costs more than to try the rule. */
bool
mf_prefilter_is_of_use(const struct mf_rule *rule);

/* RULE has a fast pattern, and lives as long as the prefilter. */
void
mf_prefilter_add(struct mf_prefilter *prefilter, unsigned index, const struct mf_rule *rule);

/* After the last rule: puts the literals in order, and adds what they are to KEY. */
void
mf_prefilter_prepare(struct mf_prefilter *prefilter, GChecksum *key);

/* Then one of these. NULL, or why it failed (the caller frees). Prefilters can be compiled by
 * several threads, each its own. */
char *
mf_prefilter_compile(struct mf_prefilter *prefilter);

/* DATA is what mf_prefilter_save() gave for the same key. False: it is damaged. */
bool
mf_prefilter_load(struct mf_prefilter *prefilter, const char *data, size_t length);

/* The compiled database as bytes to keep; the caller frees with free(). NULL: none. */
char *
mf_prefilter_save(const struct mf_prefilter *prefilter, size_t *length);

/* How many literals it looks for. */
unsigned
mf_prefilter_count(const struct mf_prefilter *prefilter);

/* Everything besides the literals on which compiled databases depend: library and processor. */
void
mf_prefilter_key_platform(GChecksum *key);

/* Makes SCRATCH (NULL at first) fit PREFILTER. */
void
mf_prefilter_grow_scratch(const struct mf_prefilter *prefilter, struct hs_scratch **scratch);

void
mf_prefilter_free_scratch(struct hs_scratch *scratch);

/* Bytes before new ones in which a literal that ends in the new ones may begin. */
size_t
mf_prefilter_overlap(const struct mf_prefilter *prefilter);

/* Tells every occurrence of every rule's literal in VIEW. */
void
mf_prefilter_scan(const struct mf_prefilter *prefilter, struct hs_scratch *scratch,
                  const struct mf_view *view, mf_prefilter_found found, void *user);

#endif
