/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conformance_input.h"

#include <string.h>

#ifndef MALFLOW_SHARED
#error "MALFLOW_SHARED names the folder of test data; it may be absent"
#endif

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **
conformance_cases(void)
{
    const char *named = g_getenv("MALFLOW_SHARED");
    char *folder = g_build_filename(named ? named : MALFLOW_SHARED, "suricata-verify", NULL);
    GDir *dir = g_dir_open(folder, 0, NULL);
    GPtrArray *out = g_ptr_array_new();
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        char *path = g_build_filename(folder, name, NULL);

        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            g_ptr_array_add(out, path);
        else
            g_free(path);
    }
    g_clear_pointer(&dir, g_dir_close);
    g_ptr_array_sort(out, compare_names);
    g_ptr_array_add(out, NULL);
    g_free(folder);
    return (char **)g_ptr_array_free(out, FALSE);
}

static char *
contents(const char *folder, const char *name, gsize *length)
{
    char *path = g_build_filename(folder, name, NULL), *out = NULL;

    g_assert_true(g_file_get_contents(path, &out, length, NULL));
    g_free(path);
    return out;
}

/* --- rules --- */

static const char *const payload_words[] = {
    "absent",    "base64_data", "base64_decode", "byte_extract", "byte_jump", "byte_math",
    "byte_test", "content",     "entropy",       "isdataat",     "pcre",      NULL,
};

/* What may stand beside them without tying the rule to anything but the stream. */
static const char *const other_words[] = {
    "bsize",      "classtype", "depth",    "distance",  "endswith", "fast_pattern",
    "flow",       "gid",       "metadata", "msg",       "nocase",   "offset",
    "prefilter",  "priority",  "rawbytes", "reference", "rev",      "sid",
    "startswith", "target",    "within",   NULL,
};

/* Steps over the option at TEXT, quotes and escapes included; at the ';' or at the end. */
static const char *
option_end(const char *text)
{
    bool quoted = false;

    for (; *text != '\0' && (quoted || *text != ';'); text++) {
        if (*text == '\\' && text[1] != '\0')
            text++;
        else if (*text == '"')
            quoted = !quoted;
    }
    return text;
}

static bool
is_payload_rule(const char *rule)
{
    const char *at = strchr(rule, '(');
    bool some = false;

    if (at == NULL || !g_regex_match_simple("^\\s*alert\\s+(tcp|tcp-stream|ip)\\s", rule, 0, 0) ||
        g_regex_match_simple("flow\\s*:[^;]*(no_stream|stateless)", rule, 0, 0))
        return false;
    for (at++; strchr(at, ';') != NULL; at++) {
        const char *end = option_end(at);
        char *name = g_strstrip(g_strndup(at, strcspn(at, ":;")));
        bool payload = g_strv_contains(payload_words, name);
        bool known = payload || g_strv_contains(other_words, name);

        g_free(name);
        if (!known)
            return false;
        some |= payload;
        at = end;
    }
    return some;
}

GPtrArray *
conformance_payload_rules(const char *folder)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
    char *text = contents(folder, "test.rules", NULL);
    char **pieces = g_strsplit(text, "\\\n", -1), *joined = g_strjoinv(" ", pieces);
    char **lines = g_strsplit(joined, "\n", -1);

    for (char **line = lines; *line != NULL; line++)
        if (is_payload_rule(*line))
            g_ptr_array_add(out, g_strdup(*line));
    g_strfreev(lines);
    g_free(joined);
    g_strfreev(pieces);
    g_free(text);
    return out;
}

/* --- captures: pcap of this machine's byte order, Ethernet or raw IP --- */

enum { LINK_ETHERNET = 1, PCAP_HEAD = 24, RECORD_HEAD = 16 };

static guint16
read16(const guint8 *at)
{
    return (guint16)(at[0] << 8 | at[1]);
}

static guint32
native32(const char *at)
{
    guint32 value;

    memcpy(&value, at, sizeof value);
    return value;
}

/* Length of the IP header at IP before TCP; 0: none. *TOTAL: of the packet. */
static gsize
ip_head(const guint8 *ip, gsize length, gsize *total)
{
    if (length >= 20 && ip[0] >> 4 == 4 && ip[9] == 6) {
        *total = read16(ip + 2);
        return (ip[0] & 15) * 4u;
    }
    if (length >= 40 && ip[0] >> 4 == 6 && ip[6] == 6) {
        *total = 40u + read16(ip + 4);
        return 40;
    }
    return 0;
}

static struct tcp_payload *
new_payload(guint16 from_port, guint16 to_port, const guint8 *data, gsize length)
{
    struct tcp_payload *payload = g_new(struct tcp_payload, 1);

    *payload = (struct tcp_payload){from_port, to_port, g_bytes_new(data, length)};
    return payload;
}

/* Length of the Ethernet header at DATA, with its VLAN tags. */
static gsize
ethernet_head(const guint8 *data, gsize length)
{
    gsize at = 14;

    while (at + 4 <= length && read16(data + at - 2) == 0x8100)
        at += 4;
    return at;
}

static void
take_packet(GPtrArray *out, const guint8 *ip, gsize length)
{
    gsize total = 0, tcp = ip_head(ip, length, &total), start;

    total = MIN(total, length);
    if (tcp == 0 || tcp + 20 > total)
        return;
    start = tcp + (ip[tcp + 12] >> 4) * 4u;
    if (start >= total)
        return;
    g_ptr_array_add(out,
                    new_payload(read16(ip + tcp), read16(ip + tcp + 2), ip + start, total - start));
}

static void
free_payload(gpointer data)
{
    struct tcp_payload *payload = data;

    g_bytes_unref(payload->bytes);
    g_free(payload);
}

/* Adds what each side of a connection said all in all, as far as that is no single packet. */
static void
add_wholes(GPtrArray *payloads)
{
    guint n = payloads->len;

    for (guint i = 0; i < n; i++) {
        const struct tcp_payload *first = g_ptr_array_index(payloads, i);
        GByteArray *whole = g_byte_array_new();
        guint pieces = 0;

        for (guint k = 0; k < n && whole->len < CONFORMANCE_WHOLE_MAX; k++) {
            const struct tcp_payload *piece = g_ptr_array_index(payloads, k);

            if (piece->from_port != first->from_port || piece->to_port != first->to_port)
                continue;
            if (k < i)
                break; /* told already */
            g_byte_array_append(whole, g_bytes_get_data(piece->bytes, NULL),
                                (guint)g_bytes_get_size(piece->bytes));
            pieces++;
        }
        if (pieces > 1)
            g_ptr_array_add(payloads,
                            new_payload(first->from_port, first->to_port, whole->data, whole->len));
        g_byte_array_unref(whole);
    }
}

GPtrArray *
conformance_payloads(const char *folder)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(free_payload);
    gsize length, at = PCAP_HEAD;
    char *data = contents(folder, "input.pcap", &length);

    if (length < PCAP_HEAD || native32(data) != 0xa1b2c3d4)
        at = length;
    for (; length - at >= RECORD_HEAD; at += RECORD_HEAD + native32(data + at + 8)) {
        gsize captured = native32(data + at + 8), head = 0;
        const guint8 *packet = (const guint8 *)data + at + RECORD_HEAD;

        if (captured > length - at - RECORD_HEAD)
            break;
        if (native32(data + 20) == LINK_ETHERNET)
            head = ethernet_head(packet, captured);
        if (captured > head)
            take_packet(out, packet + head, captured - head);
    }
    g_free(data);
    add_wholes(out);
    return out;
}
