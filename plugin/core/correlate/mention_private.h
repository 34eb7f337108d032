/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the search for mentions share. Private to correlate/mention*.c.
 *
 * mentions.c looks for the literals that every form of a mention contains (its table of forms) and
 * calls the reader of the form there; a reader takes what stands around the literal apart and keeps
 * what it tells. Positions are indexes into mf_mention_search.data.
 */
#ifndef MALFLOW_CORE_CORRELATE_MENTION_PRIVATE_H
#define MALFLOW_CORE_CORRELATE_MENTION_PRIVATE_H

#include "mentions.h"

#include <glib.h>

enum {
    MF_MENTION_HOST_BYTES = 253,  /* longest name (RFC 1035, 2.3.4) */
    MF_MENTION_PATH_BYTES = 2048, /* of a path that are read */
    MF_MENTION_NESTED = 4,        /* URLs that are looked for within another one */
    MF_MENTION_FOREIGN_PART = 32, /* of a text's bytes one in so many may be foreign to text */
};

/* Classes of bytes. */
enum {
    MF_BYTE_NAME = 1 << 0,   /* of a host name's label: letters, digits, - and _ */
    MF_BYTE_PATH = 1 << 1,   /* of a URL behind its host */
    MF_BYTE_USER = 1 << 2,   /* of a URL's user and password */
    MF_BYTE_DIGIT = 1 << 3,  /* decimal */
    MF_BYTE_HEX = 1 << 4,    /* hexadecimal */
    MF_BYTE_BASE64 = 1 << 5, /* without padding */
    MF_BYTE_BLANK = 1 << 6,  /* space, tab, CR, LF */
};

/* How a text is read; what a form is looked for in. */
enum {
    MF_MODE_PLAIN = 1 << 0,
    MF_MODE_HTML = 1 << 1,
    MF_MODE_DIALOGUE = 1 << 2,
    MF_MODE_ALL = MF_MODE_PLAIN | MF_MODE_HTML | MF_MODE_DIALOGUE,
};

/* What is found in one text, in the order in which it is to be told. */
struct mf_mention_results {
    GArray *items;   /* struct mf_mention_item */
    GArray *buckets; /* uint32_t, index + 1 into items; a power of two of them */
    GString *bytes;  /* that the items' spans point into */
    bool sorted;     /* by end */
};

struct hs_database;
struct hs_scratch;

/* Ways to write a URL in escapes. */
enum mf_mention_style {
    MF_STYLE_PERCENT, /* %3a, %253a */
    MF_STYLE_WIDE,    /* %u003a */
    MF_STYLE_PAIRS,   /* %u2f3a */
    MF_STYLE_SCRIPT,  /* \/ \x3a \u003a */
    MF_STYLE_ENTITY,  /* &amp; &#58; &#x3a; */
    MF_STYLE_HEX,     /* 3a2f2f */
};

struct mf_mention_finder {
    struct hs_database *database; /* of the forms' literals; NULL: libhs does not run here */
    struct hs_database *wide;     /* of URLs in UTF-16; likewise */
    struct hs_scratch *scratch;
    uint8_t classes[256];
    GHashTable *orders; /* words of orders: name -> const struct mf_order_word */
    GArray *hits;       /* struct mf_mention_hit: of the text that is read */
    GArray *extents;    /* struct mf_mention_extent: URLs of the line that is read */
    struct mf_mention_results results;
};

/* A form's literal in the text. */
struct mf_mention_hit {
    uint32_t at, form;
};

struct mf_mention_extent {
    size_t begin, end;
};

struct mf_mention_search {
    struct mf_mention_finder *finder;
    const struct mf_mention_reading *reading;
    unsigned mode; /* MF_MODE_* */
    const uint8_t *data;
    size_t length;
    size_t begin, end;    /* what may be read now: a line, or all */
    bool unended;         /* more bytes may follow at `end` */
    bool names;           /* bare names, addresses and files count there */
    size_t taken;         /* literals before it are part of what was read already */
    size_t outer;         /* end of the last URL that is in no other one */
    unsigned nested;      /* URLs read before that end */
    size_t coded;         /* end of the last word that was read as base64 */
    bool decoded;         /* the data is what an escaped text decodes to */
    unsigned depth;       /* 1: this is what a word of base64 decodes to */
    size_t origin, scale; /* what stands at x stands at origin + x * scale in the text given */
};

/* A host and what follows it. */
struct mf_mention_place {
    char host[MF_MENTION_HOST_BYTES + 1]; /* lower case */
    size_t host_length;
    struct mf_addr addr; /* all zero: a name */
    uint16_t port;       /* 0: none told */
    size_t host_at;      /* where the host begins */
    size_t path_at;      /* behind host and port */
    size_t end;          /* behind the path */
    size_t extent;       /* behind the fragment and what was trimmed off the end too */
    char query[MF_MENTION_PATH_BYTES]; /* the path, when it had no '/' of its own */
    struct mf_span path;
};

typedef void (*mf_mention_reader)(struct mf_mention_search *search, size_t at, const void *how);

/* --- mention_results.c --- */

void
mf_mention_results_init(struct mf_mention_results *results);

void
mf_mention_results_clear(struct mf_mention_results *results);

/* Copies MENTION, unless it is there already. */
void
mf_mention_results_add(struct mf_mention_results *results, const struct mf_mention *mention);

/* Tells them all, and empties RESULTS. */
void
mf_mention_results_tell(struct mf_mention_results *results, mf_mention_found found, void *user);

/* --- mentions.c --- */

/* How many bytes of TEXT no text has. */
size_t
mf_mention_foreign(struct mf_span text);

bool
mf_mention_is_binary(struct mf_span text);

/* Keeps MENTION, whose end is an index into the search's data, and whose `open` says that it
 * reaches search->end. */
void
mf_mention_keep(struct mf_mention_search *search, const struct mf_mention *mention);

/* Keeps PLACE, shown as the bytes of TEXT. */
void
mf_mention_keep_place(struct mf_mention_search *search, enum mf_mention_kind kind,
                      const struct mf_mention_place *place, struct mf_span text);

/* Reads DATA, of which SEARCH knows where it comes from. */
void
mf_mention_search_run(struct mf_mention_search *search);

static inline unsigned
mf_mention_class(const struct mf_mention_search *search, size_t at)
{
    return search->finder->classes[search->data[at]];
}

/* Whether the byte before AT is of CLASS. */
static inline bool
mf_mention_before(const struct mf_mention_search *search, size_t at, unsigned class)
{
    return at > search->begin && (mf_mention_class(search, at - 1) & class) != 0;
}

/* --- mention_url.c --- */

/* The scheme that ends at COLON; NULL: none that is known. START: where it begins. */
const char *
mf_mention_scheme(const struct mf_mention_search *search, size_t colon, size_t *start,
                  uint16_t *port);

/* Reads a host, perhaps with user, port and path, at AT. False: there is none. */
bool
mf_mention_place_read(const struct mf_mention_search *search, size_t at, bool user,
                      struct mf_mention_place *place);

/* The same of ADDR, which ends at AT. */
void
mf_mention_place_address(const struct mf_mention_search *search, size_t at,
                         const struct mf_addr *addr, struct mf_mention_place *place);

/* Whether bytes behind search->end could change PLACE. */
bool
mf_mention_place_open(const struct mf_mention_search *search, const struct mf_mention_place *place);

/* A URL at its "://", however that is written. HOW: char *, the literal. */
void
mf_mention_read_url(struct mf_mention_search *search, size_t at, const void *how);

/* --- mention_host.c --- */

/* Whether the name ends in a suffix under which names are registered. */
bool
mf_mention_is_public(const char *host);

void
mf_mention_read_www(struct mf_mention_search *search, size_t at, const void *how);

/* A name or address with "[.]" or the like at AT. */
void
mf_mention_read_defanged(struct mf_mention_search *search, size_t at, const void *how);

/* Addresses with ports and, where names count, all words with dots from search->begin to
 * search->end. */
void
mf_mention_read_words(struct mf_mention_search *search);

/* Dotted decimal at AT; 0: no; else behind its last byte. */
size_t
mf_mention_quad(const struct mf_mention_search *search, size_t at, struct mf_addr *addr);

/* Decimal, 1-65535, at AT; 0: no; else behind its last digit. */
size_t
mf_mention_port(const struct mf_mention_search *search, size_t at, uint16_t *port);

/* --- mention_line.c --- */

/* The search's data is lines of a dialogue. READ is called for what is readable of each. */
void
mf_mention_lines(struct mf_mention_search *search,
                 void (*read)(struct mf_mention_search *search, void *user), void *user);

/* --- mention_decode.c --- */

/* Decodes TEXT into OUT, as far as it is whole; bytes written, at most MAX. */
size_t
mf_mention_decode(enum mf_mention_style style, struct mf_span text, uint8_t *out, size_t max);

/* A search in DECODED, which stands up to END in encoded form. */
struct mf_mention_search
mf_mention_search_within(const struct mf_mention_search *search, struct mf_span decoded,
                         size_t end);

/* A URL at its "://" in escapes. HOW: enum mf_mention_style *. */
void
mf_mention_read_escaped(struct mf_mention_search *search, size_t at, const void *how);

/* --- mention_wide.c --- */

void
mf_mention_wide_compile(struct mf_mention_finder *finder);

/* Reads all of the data, if it is UTF-16. */
bool
mf_mention_read_wide(struct mf_mention_search *search);

/* URLs in UTF-16 among other data. */
void
mf_mention_read_wide_urls(struct mf_mention_search *search);

/* --- mention_word.c --- */

/* "://" in base64. HOW: size_t *, where in a group of four the literal begins. */
void
mf_mention_read_base64(struct mf_mention_search *search, size_t at, const void *how);

/* Hashes, and what else is base64. */
void
mf_mention_read_long_words(struct mf_mention_search *search);

/* --- mention_html.c --- */

/* A link in an attribute. HOW: char *, its name. */
void
mf_mention_read_attribute(struct mf_mention_search *search, size_t at, const void *how);

/* A script's change of location. HOW: char *, the literal. */
void
mf_mention_read_location(struct mf_mention_search *search, size_t at, const void *how);

/* --- mention_order.c --- */

GHashTable *
mf_mention_order_words(void);

/* Orders to scan in the message from search->begin to search->end. */
void
mf_mention_read_orders(struct mf_mention_search *search);

#endif
