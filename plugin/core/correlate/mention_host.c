/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hosts and files that stand in a text by themselves. Words with dots are mostly none ("e.g.",
 * "1.2.3", "readme.txt"): a name must end in a public suffix, of two labels only in one that is
 * common (some new suffixes are words of prose and names of files), an address must not be a
 * version. Too many are better than too few here: a name counts only once somebody looks it up.
 */
#include "mention_private.h"

#include <libpsl.h>
#include <string.h>

/* Suffixes in which a name of two labels, without port and path, is believed; those of two letters
 * are all, but for those that are ends of files' names. */
static const char *const common[] = {
    "com",  "net",  "org",  "info", "biz",  "name", "pro",  "edu",   "gov",  "mil",
    "int",  "mobi", "asia", "tel",  "top",  "xyz",  "site", "space", "club", "online",
    "icu",  "vip",  "win",  "bid",  "men",  "loan", "tech", "store", "shop", "website",
    "live", "life", "work", "link", "host", "fun",  "cloud"};
static const char *const file_like[] = {"sh", "py", "rs", "md", "ps", "so", "pl"};

/* Ends of the names of files that run. */
static const char *const executables[] = {
    "exe",  "scr", "pif",  "dll",   "bat",  "cmd",  "com",  "vbs",  "vbe",    "js",  "jse",
    "wsf",  "hta", "ps1",  "jar",   "msi",  "cpl",  "sys",  "ocx",  "lnk",    "sh",  "bin",
    "elf",  "arm", "arm4", "arm5",  "arm6", "arm7", "mips", "mpsl", "mipsel", "x86", "i586",
    "i686", "ppc", "m68k", "sparc", "spc",  "sh4",  "apk",  "x64",  "x86_64"};

/* Behind these a dotted number is a version. */
static const char *const versions[] = {"version", "ver",     "vers.", "ver.",     "v.", "v",
                                       "rev",     "release", "build", "firmware", "sdk"};

static bool
is_one_of(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (g_ascii_strcasecmp(word, list[i]) == 0)
            return true;
    return false;
}

bool
mf_mention_is_public(const char *host)
{
    const char *suffix = strrchr(host, '.');

    if (suffix == NULL || suffix == host || !g_ascii_isalpha(suffix[1]))
        return false;
    return psl_is_public_suffix2(psl_builtin(), suffix + 1, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) !=
           0;
}

size_t
mf_mention_quad(const struct mf_mention_search *search, size_t at, struct mf_addr *addr)
{
    uint8_t bytes[4];

    for (unsigned i = 0; i < 4; i++) {
        const size_t first = at;
        unsigned value = 0;

        for (; at < search->end && at - first < 3 && g_ascii_isdigit(search->data[at]); at++)
            value = value * 10 + (search->data[at] - '0');
        if (at == first || value > 255)
            return 0;
        bytes[i] = (uint8_t)value;
        if (i < 3 && (at >= search->end || search->data[at++] != '.'))
            return 0;
    }
    *addr = mf_addr_from_ipv4(bytes);
    return at;
}

size_t
mf_mention_port(const struct mf_mention_search *search, size_t at, uint16_t *port)
{
    const size_t first = at;
    unsigned value = 0;

    for (; at < search->end && at - first < 6 && g_ascii_isdigit(search->data[at]); at++)
        value = value * 10 + (search->data[at] - '0');
    if (at == first || value == 0 || value > 65535)
        return 0;
    *port = (uint16_t)value;
    return at;
}

/* The word before AT, in lower case, without what separates it. */
static void
word_before(const struct mf_mention_search *search, size_t at, char *word, size_t size)
{
    size_t n = 0, first;

    while (at > search->begin && strchr(" \t:=(", search->data[at - 1]) != NULL && n++ < 4)
        at--;
    for (first = at; first > search->begin && at - first < size - 1; first--)
        if ((mf_mention_class(search, first - 1) & MF_BYTE_NAME) == 0 &&
            search->data[first - 1] != '.')
            break;
    for (n = 0; first + n < at; n++)
        word[n] = g_ascii_tolower(search->data[first + n]);
    word[n] = '\0';
}

static bool
is_version(const struct mf_mention_search *search, size_t at)
{
    char word[16];

    word_before(search, at, word, sizeof word);
    return is_one_of(word, versions, G_N_ELEMENTS(versions));
}

/* An address by itself that somebody could connect to. */
static bool
is_plausible(const struct mf_addr *addr)
{
    const uint8_t first = addr->bytes[12];

    return first != 0 && first != 127 && first < 240 && !mf_addr_is_group(addr);
}

static bool
is_address_context(const struct mf_mention_search *search, size_t at)
{
    uint8_t before;

    if (at == search->begin)
        return true;
    before = search->data[at - 1];
    if (before == '-' && mf_mention_before(search, at - 1, MF_BYTE_DIGIT))
        return true;
    return (mf_mention_class(search, at - 1) & MF_BYTE_NAME) == 0 && before < 0x80 &&
           strchr("./\\", before) == NULL && !is_version(search, at);
}

/* "/24" is a net, "/x.exe" a path. */
static void
drop_net(struct mf_mention_place *place)
{
    size_t digits = 1;

    while (digits < place->path.length && g_ascii_isdigit(place->path.data[digits]))
        digits++;
    if (place->path.length == 0 || digits < place->path.length || digits > 3)
        return;
    place->path.length = 0;
    place->end = place->extent = place->path_at;
}

/* " 6667", ", 6667", " port 6667", " on port 6667" at AT: the port told behind a host. */
static size_t
port_behind(const struct mf_mention_search *search, size_t at, uint16_t *port)
{
    static const char *const words[] = {" on port ", " port ", ", port ", " port: ", ", ",
                                        " ",         "\t",     "|",       ","};
    size_t end;

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        const size_t n = strlen(words[i]);

        if (search->end - at <= n ||
            g_ascii_strncasecmp((const char *)search->data + at, words[i], n) != 0)
            continue;
        end = mf_mention_port(search, at + n, port);
        if (end == 0)
            return 0;
        if (end < search->end && ((mf_mention_class(search, end) & MF_BYTE_NAME) != 0 ||
                                  strchr(".:/%", search->data[end]) != NULL))
            return 0;
        return end;
    }
    return 0;
}

/* Keeps PLACE that begins at AT, and once more with the port that stands behind it. */
static void
keep_bare(struct mf_mention_search *search, size_t at, struct mf_mention_place *place)
{
    size_t end;

    mf_mention_keep_place(search, MF_MENTION_HOST, place,
                          (struct mf_span){search->data + at, place->end - at});
    if (!search->names || place->port != 0 || place->end != place->path_at)
        return;
    end = port_behind(search, place->end, &place->port);
    if (end == 0)
        return;
    place->end = place->extent = end;
    mf_mention_keep_place(search, MF_MENTION_HOST, place,
                          (struct mf_span){search->data + at, end - at});
}

/* Whether an address can end at AT: not in "1.2.3.4.5", "1.2.3.4-beta" or "1.2.3.4a". */
static bool
ends_address(const struct mf_mention_search *search, size_t at)
{
    const unsigned behind = at + 1 < search->end ? mf_mention_class(search, at + 1) : 0;

    if (at >= search->end)
        return true;
    if (search->data[at] == '-')
        return (behind & MF_BYTE_DIGIT) != 0;
    if (search->data[at] == '.')
        return (behind & MF_BYTE_NAME) == 0;
    return (mf_mention_class(search, at) & MF_BYTE_NAME) == 0;
}

/* The address at FIRST, if one is there. */
static void
read_quad(struct mf_mention_search *search, size_t first)
{
    struct mf_mention_place place;
    struct mf_addr addr;
    const size_t last = mf_mention_quad(search, first, &addr);

    if (last == 0 || !ends_address(search, last) || !is_plausible(&addr) ||
        !is_address_context(search, first))
        return;
    mf_mention_place_address(search, last, &addr, &place);
    drop_net(&place);
    if (place.port != 0 || place.path.length > 1 || search->names) {
        keep_bare(search, first, &place);
        search->taken = MAX(search->taken, place.path_at);
    }
}

static size_t
word_begin(const struct mf_mention_search *search, size_t at)
{
    const size_t limit = MAX(search->begin, at > 256 ? at - 256 : 0);

    while (at > limit &&
           ((mf_mention_class(search, at - 1) & MF_BYTE_NAME) != 0 || search->data[at - 1] == '.'))
        at--;
    while (at < search->end && search->data[at] == '.')
        at++;
    return at;
}

/* The address:port around the dot at AT; behind what was read. */
static size_t
read_address(struct mf_mention_search *search, size_t at)
{
    size_t first = at;

    while (first > search->begin && at - first < 12 &&
           (g_ascii_isdigit(search->data[first - 1]) || search->data[first - 1] == '.'))
        first--;
    if (first >= search->taken)
        read_quad(search, first);
    for (at++; at < search->end && (search->data[at] == '.' || g_ascii_isdigit(search->data[at]));)
        at++;
    return at;
}

void
mf_mention_read_www(struct mf_mention_search *search, size_t at, const void *how)
{
    struct mf_mention_place place;

    (void)how;
    if (search->names || mf_mention_before(search, at, MF_BYTE_NAME) ||
        (at > search->begin && strchr("./@", search->data[at - 1]) != NULL))
        return;
    if (!mf_mention_place_read(search, at, false, &place) || !mf_mention_is_public(place.host) ||
        strchr(place.host + strlen("www."), '.') == NULL)
        return;
    if (search->mode == MF_MODE_HTML && place.path.length == 0)
        return;
    search->taken = place.path_at;
    keep_bare(search, at, &place);
}

void
mf_mention_read_defanged(struct mf_mention_search *search, size_t at, const void *how)
{
    static const char *const articles[] = {"the",  "a",     "an",  "this", "that", "of",
                                           "each", "every", "one", "no",   "red"};
    const size_t first = word_begin(search, at);
    struct mf_mention_place place;
    bool public;

    (void)how;
    if (first >= at || (first > search->begin && search->data[first - 1] == '@') ||
        !mf_mention_place_read(search, first, false, &place) || place.path_at <= at)
        return;
    public = mf_mention_is_public(place.host);
    if (!public && memcmp(&place.addr, &(struct mf_addr){{0}}, sizeof place.addr) == 0)
        return;
    if (search->data[at] == ' ') {
        place.host[strcspn(place.host, ".")] = '\0';
        if (!search->names || is_one_of(place.host, articles, G_N_ELEMENTS(articles)))
            return;
        mf_mention_place_read(search, first, false, &place);
    }
    search->taken = place.path_at;
    keep_bare(search, first, &place);
}

/* A name that is believed without a scheme before it. */
static bool
is_believed(const struct mf_mention_place *place)
{
    const char *suffix = strrchr(place->host, '.'), *first = strchr(place->host, '.');

    if (suffix == NULL || !mf_mention_is_public(place->host))
        return false;
    if (first != suffix || place->port != 0 || place->path.length > 0)
        return true;
    if (strlen(suffix + 1) == 2)
        return !is_one_of(suffix + 1, file_like, G_N_ELEMENTS(file_like));
    return is_one_of(suffix + 1, common, G_N_ELEMENTS(common));
}

static bool
is_name_context(const struct mf_mention_search *search, size_t first, size_t last)
{
    if (first > search->begin && strchr("@/\\#", search->data[first - 1]) != NULL)
        return false;
    return last >= search->end || strchr("@(\\", search->data[last]) == NULL ||
           search->data[last] == '\0';
}

static bool
is_file_context(const struct mf_mention_search *search, size_t first, size_t last)
{
    const uint8_t before = first > search->begin ? search->data[first - 1] : ' ';

    if (last - first > 4 && before != '\\' && before != '/' &&
        g_ascii_strncasecmp((const char *)search->data + last - 4, ".com", 4) == 0)
        return false;
    return before != '@' && before != '#' &&
           (last >= search->end || memchr("@(\\", search->data[last], 3) == NULL);
}

/* A file's name from FIRST to LAST, perhaps behind folders. */
static void
read_file(struct mf_mention_search *search, size_t first, size_t last)
{
    struct mf_mention mention = {.kind = MF_MENTION_FILE, .end = last, .open = last == search->end};
    char name[MF_SUMMARY_TEXT];
    const char *suffix;
    size_t n = 0;

    if (last - first >= sizeof name)
        return;
    for (; first + n < last; n++)
        name[n] = g_ascii_tolower(search->data[first + n]);
    name[n] = '\0';
    suffix = strrchr(name, '.');
    if (suffix == NULL || suffix == name ||
        !is_one_of(suffix + 1, executables, G_N_ELEMENTS(executables)))
        return;
    mention.text = (struct mf_span){search->data + first, n};
    mention.name = (struct mf_span){(const uint8_t *)name, n};
    mf_mention_keep(search, &mention);
}

/* "evil.com" is a host, "bot.com" behind a folder a file; "bot.sh" is a file, "x.y.sh" a host. */
static size_t
read_word(struct mf_mention_search *search, size_t first, size_t last)
{
    struct mf_mention_place place;

    if (is_name_context(search, first, last) &&
        mf_mention_place_read(search, first, false, &place) && is_believed(&place)) {
        keep_bare(search, first, &place);
        return place.extent;
    }
    if (is_file_context(search, first, last))
        read_file(search, first, last);
    return last;
}

/* Whether from FIRST to LAST stand numbers and dots, or two addresses ("10.0.0.1-10.0.0.9"); reads
 * them. */
static bool
read_numbers(struct mf_mention_search *search, size_t first, size_t last)
{
    struct mf_addr addr;
    size_t at = first;

    while (at < last && (search->data[at] == '.' || g_ascii_isdigit(search->data[at])))
        at++;
    if (at < last && (search->data[at] != '-' || mf_mention_quad(search, first, &addr) != at))
        return false;
    read_quad(search, first);
    if (at < last)
        read_quad(search, at + 1);
    return true;
}

/* Reads the word around the dot at AT; behind it. */
static size_t
read_around(struct mf_mention_search *search, size_t at)
{
    size_t first = word_begin(search, at), last = at, trimmed;

    for (; last < search->end; last++) {
        if (search->data[last] != '.' && (mf_mention_class(search, last) & MF_BYTE_NAME) == 0)
            break;
    }
    for (trimmed = last; trimmed > first && search->data[trimmed - 1] == '.';)
        trimmed--;
    if (first >= trimmed || trimmed - first > MF_MENTION_HOST_BYTES ||
        memchr(search->data + first, '.', trimmed - first) == NULL)
        return MAX(last, at + 1);
    if (!read_numbers(search, first, trimmed))
        trimmed = read_word(search, first, trimmed);
    return MAX(MAX(last, trimmed), at + 1);
}

void
mf_mention_read_words(struct mf_mention_search *search)
{
    const GArray *extents = search->finder->extents;
    size_t at = search->begin;
    guint i = 0;

    while (at < search->end) {
        const uint8_t *dot = memchr(search->data + at, '.', search->end - at);

        if (dot == NULL)
            return;
        at = (size_t)(dot - search->data);
        if (!search->names &&
            (at + 1 == search->end || !mf_mention_before(search, at, MF_BYTE_DIGIT) ||
             (mf_mention_class(search, at + 1) & MF_BYTE_DIGIT) == 0)) {
            at++;
            continue;
        }
        while (i < extents->len && g_array_index(extents, struct mf_mention_extent, i).end <= at)
            i++;
        if (i < extents->len && g_array_index(extents, struct mf_mention_extent, i).begin <= at)
            at = g_array_index(extents, struct mf_mention_extent, i).end;
        else
            at = search->names ? read_around(search, at) : read_address(search, at);
    }
}
