/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why not a library: json-glib and jansson build a tree of each document before they print it, some
 * allocations per value, where we stream millions of lines whose shape is known; and the core would
 * gain a dependency for what is a page of code here. Bytes that are no UTF-8 would have to be
 * repaired before either, too. Nothing is parsed here, which is the part one should not write
 * oneself.
 *
 * No state but the text itself: whether a comma is due shows in its last character, which is an
 * opening bracket only where something was just opened (a string ends in its quote).
 */
#include "json_text.h"

#include "text.h"

#include <math.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* Makes OUT longer by LENGTH bytes, which the caller writes: a member is made of many small pieces,
 * and one call each would be most of the work. */
static char *
extend(GString *out, size_t length)
{
    const size_t before = out->len;

    g_string_set_size(out, before + length);
    return out->str + before;
}

/* --- structure --- */

static void
append_key(GString *out, const char *key)
{
    const char last = out->len > 0 ? out->str[out->len - 1] : '{';
    const bool continues = last != '{' && last != '[';
    const size_t length = key != NULL ? strlen(key) : 0;
    char *to = extend(out, (continues ? 1 : 0) + (key != NULL ? length + strlen("\"\":") : 0));

    if (continues)
        *to++ = ',';
    if (key == NULL)
        return;
    *to = '"';
    memcpy(to + 1, key, length);
    memcpy(to + 1 + length, "\":", 2);
}

static size_t
open_with(GString *out, const char *key, char bracket)
{
    const size_t before = out->len;

    append_key(out, key);
    g_string_append_c(out, bracket);
    return before;
}

size_t
mf_json_open_object(GString *out, const char *key)
{
    return open_with(out, key, '{');
}

size_t
mf_json_open_list(GString *out, const char *key)
{
    return open_with(out, key, '[');
}

/* The bracket that was opened at OPENED: the first behind the key, which holds none. */
void
mf_json_close(GString *out, size_t opened)
{
    const size_t at = opened + strcspn(out->str + opened, "{[");

    if (at + 1 == out->len && opened > 0)
        g_string_truncate(out, opened);
    else
        g_string_append_c(out, out->str[at] == '{' ? '}' : ']');
}

void
mf_json_close_kept(GString *out, size_t opened)
{
    const size_t at = opened + strcspn(out->str + opened, "{[");

    g_string_append_c(out, out->str[at] == '{' ? '}' : ']');
}

/* --- strings --- */

static void
append_escape(GString *out, uint8_t c)
{
    static const char hex[] = "0123456789abcdef";
    const char *const short_forms = "\"\"\\\\\nn\rr\tt\bb\ff";

    for (const char *at = short_forms; *at != '\0'; at += 2)
        if ((uint8_t)*at == c) {
            const char escape[2] = {'\\', at[1]};

            g_string_append_len(out, escape, sizeof escape);
            return;
        }
    const char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 0xf]};

    g_string_append_len(out, escape, sizeof escape);
}

static bool
is_plain(uint8_t c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* Appends the character that DATA begins with; returns its length. One byte of what is no UTF-8 is
 * replaced at a time. C1 controls and DEL are valid JSON, and escaped all the same: terminals obey
 * them. */
static size_t
append_character(GString *out, const char *data, size_t length)
{
    const uint8_t first = (uint8_t)*data;
    gunichar c;

    if (first < 0x80) {
        append_escape(out, first);
        return 1;
    }
    c = g_utf8_get_char_validated(data, (gssize)length);
    if (c == (gunichar)-1 || c == (gunichar)-2) {
        g_string_append(out, REPLACEMENT);
        return 1;
    }
    if (c < 0xa0)
        append_escape(out, (uint8_t)c);
    else
        g_string_append_unichar(out, c);
    return (size_t)g_unichar_to_utf8(c, NULL);
}

void
mf_json_bytes(GString *out, const char *key, const void *data, size_t length)
{
    const char *text = data;
    char *to;

    append_key(out, key);
    g_string_append_c(out, '"');
    for (size_t at = 0, plain = 0; at < length; plain = at) {
        while (at < length && is_plain((uint8_t)text[at]))
            at++;
        to = extend(out, at - plain);
        memcpy(to, text + plain, at - plain);
        if (at < length)
            at += append_character(out, text + at, length - at);
    }
    g_string_append_c(out, '"');
}

void
mf_json_string(GString *out, const char *key, const char *text)
{
    if (text != NULL)
        mf_json_bytes(out, key, text, strlen(text));
}

void
mf_json_base64(GString *out, const char *key, const uint8_t *data, size_t length)
{
    const size_t most = (length / 3 + 1) * 4 + 4;
    size_t at;
    gint state = 0, save = 0;

    append_key(out, key);
    g_string_append_c(out, '"');
    at = out->len;
    g_string_set_size(out, at + most);
    at += g_base64_encode_step(data, length, FALSE, out->str + at, &state, &save);
    at += g_base64_encode_close(FALSE, out->str + at, &state, &save);
    g_string_truncate(out, at);
    g_string_append_c(out, '"');
}

/* --- numbers --- */

void
mf_json_number(GString *out, const char *key, uint64_t number)
{
    append_key(out, key);
    mf_text_append_number(out, number);
}

void
mf_json_signed(GString *out, const char *key, int64_t number)
{
    append_key(out, key);
    if (number < 0)
        g_string_append_c(out, '-');
    mf_text_append_number(out, number < 0 ? -(uint64_t)number : (uint64_t)number);
}

void
mf_json_real(GString *out, const char *key, double value, unsigned decimals)
{
    char format[16], text[G_ASCII_DTOSTR_BUF_SIZE + 310];
    size_t n;

    if (!isfinite(value))
        return;
    append_key(out, key);
    g_snprintf(format, sizeof format, "%%.%uf", MIN(decimals, 9));
    g_ascii_formatd(text, sizeof text, format, value);
    n = strlen(text);
    if (decimals > 0) {
        while (text[n - 1] == '0')
            n--;
        n -= text[n - 1] == '.';
    }
    g_string_append_len(out, text, (gssize)n);
}

void
mf_json_bool(GString *out, const char *key, bool value)
{
    append_key(out, key);
    g_string_append(out, value ? "true" : "false");
}

/* --- times and addresses --- */

/* Year, month and day of a day counted from 1970-01-01, by the Gregorian calendar: counted in years
 * that begin in March, so that the day which varies is the last. */
static void
date_of(int64_t day, int64_t *year, unsigned *month, unsigned *mday)
{
    enum { PER_ERA = 146097, PER_CENTURY = 36524, PER_4_YEARS = 1460, TO_1970 = 719468 };
    const int64_t from = day + TO_1970, era = (from >= 0 ? from : from - (PER_ERA - 1)) / PER_ERA;
    const unsigned in_era = (unsigned)(from - era * PER_ERA);
    const unsigned years =
        (in_era - in_era / PER_4_YEARS + in_era / PER_CENTURY - in_era / (PER_ERA - 1)) / 365;
    const unsigned in_year = in_era - (365 * years + years / 4 - years / 100);
    const unsigned shifted = (5 * in_year + 2) / 153; /* 0: March */

    *mday = in_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = era * 400 + years + (*month <= 2);
}

/* Writes the last WIDTH digits of NUMBER, and what stands BEHIND them. Returns where to go on. */
static char *
write_part(char *to, uint64_t number, unsigned width, char behind)
{
    for (unsigned i = width; i-- > 0; number /= 10)
        to[i] = (char)('0' + number % 10);
    to[width] = behind;
    return to + width + 1;
}

void
mf_json_time(GString *out, const char *key, mf_nanoseconds time)
{
    enum { DAY = 86400 };
    int64_t seconds = time / MF_NS_PER_S, ns = time % MF_NS_PER_S, day, second, year;
    unsigned month, mday;
    char *to;

    if (ns < 0) {
        ns += MF_NS_PER_S;
        seconds--;
    }
    day = seconds / DAY - (seconds % DAY < 0);
    second = seconds - day * DAY;
    date_of(day, &year, &month, &mday);
    append_key(out, key);
    to = extend(out, strlen("\"2008-01-01T00:00:00.357000000Z\""));
    *to++ = '"';
    to = write_part(to, (uint64_t)year, 4, '-'); /* 1677 to 2262: int64_t holds no others */
    to = write_part(to, month, 2, '-');
    to = write_part(to, mday, 2, 'T');
    to = write_part(to, (uint64_t)second / 3600, 2, ':');
    to = write_part(to, (uint64_t)second / 60 % 60, 2, ':');
    to = write_part(to, (uint64_t)second % 60, 2, '.');
    to = write_part(to, (uint64_t)ns, 9, 'Z');
    *to = '"';
}

void
mf_json_address(GString *out, const char *key, const struct mf_addr *addr)
{
    append_key(out, key);
    g_string_append_c(out, '"');
    mf_addr_append(out, addr);
    g_string_append_c(out, '"');
}
