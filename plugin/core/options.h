/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings: what preferences say for the engine, and the options of one -z output. Parsing with
 * clear messages. */
#ifndef MALFLOW_CORE_OPTIONS_H
#define MALFLOW_CORE_OPTIONS_H

#include "diag.h"
#include "limits.h"
#include "option_list.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Protocols whose payload is shown packet by packet: a list of lower-case L7 names, "all", or
 * "none". */
struct mf_packet_protocols {
    bool all;
    char **names; /* NULL-terminated, lower case; NULL: none */
};

/* Parses "irc", "irc+http", "irc,http", "irc http", "all", "none"; ADDs to DIAGS and returns false
 * on nonsense (a name that is not letters, digits, '-', '_', '.', ':'). OUT is always set and to be
 * cleared. */
bool
mf_packet_protocols_parse(struct mf_packet_protocols *out, const char *text,
                          struct mf_diags *diags);

void
mf_packet_protocols_clear(struct mf_packet_protocols *protocols);

/* Whether sessions named APP (an L7 name such as "TLS:HTTP2", any part of it counts, or NULL) over
 * L4 are chosen. */
bool
mf_packet_protocols_has(const struct mf_packet_protocols *protocols, const char *l4,
                        const char *app);

/* Engine settings. Plain values; strings are borrowed by whoever takes the struct. */
struct mf_settings {
    uint32_t payload_bytes;     /* most payload bytes printed per packet */
    uint32_t spread_scan_hosts; /* distinct addresses that open a spread scan */
    uint32_t port_scan_ports;   /* distinct ports that open a port scan */
    uint32_t scan_window;       /* seconds */
    uint32_t udp_timeout;       /* seconds */
    uint32_t tcp_timeout;       /* seconds, after FIN or RST */
    uint32_t max_sessions;
    uint64_t stream_bytes;
    bool correlate;              /* whether causes are looked for */
    uint32_t correlation_window; /* seconds in which something can come of what a host was told */
    /* SHA-256 of DATA into 32 bytes, by a faster library than GLib's; NULL: GLib's. */
    void (*sha256)(const uint8_t *data, size_t length, uint8_t digest[32]);
    bool keep_files; /* whether the bytes of files that are found are kept */
    bool md5;        /* whether files get an MD5, too */
};

/* The defaults of design 1.5. */
void
mf_settings_init(struct mf_settings *settings);

/* Names every value out of its range, and sets it to the nearest allowed one. */
void
mf_settings_check(struct mf_settings *settings, struct mf_diags *diags);

enum mf_time_format { MF_TIME_RELATIVE, MF_TIME_UTC, MF_TIME_LOCAL };
enum mf_hits_filter { MF_HITS_ALL, MF_HITS_ONLY };

/* Options of -z malflow,timeline. */
struct mf_timeline_options {
    struct mf_packet_protocols packets;
    bool aggregate;
    bool beacons;  /* with aggregate: contacts of a beacon stand on one row */
    bool fold;     /* sessions of ordinary operation stand on one row per host and purpose */
    bool requests; /* one sub-row for each further request on a session */
    enum mf_time_format time;
    GTimeZone *zone; /* of MF_TIME_LOCAL; NULL: UTC. Of who made the options */
    enum mf_hits_filter hits;
    uint32_t priority; /* hits of rules with a greater number are not told; 0: all are */
    uint32_t payload_bytes;
};

/* They are parsed onto the preferences' values; packets is replaced, not merged, when given. */
extern const struct mf_option_list mf_timeline_option_list;

void
mf_timeline_options_clear(struct mf_timeline_options *options);

/* Options of -z malflow,html: the same, and what stands above the report (NULL: nothing is said).
 */
struct mf_html_options {
    struct mf_timeline_options timeline;
    char *title; /* owned */
};

extern const struct mf_option_list mf_html_option_list;

#endif
