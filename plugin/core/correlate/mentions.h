/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a text tells of other hosts: URLs, host names, addresses and ports, files, commands to scan;
 * also as malware writes them (hxxp, [.], percent-encoding, UTF-16, base64 of one level). Finds,
 * and knows nothing of who received the text or what came of it.
 */
#ifndef MALFLOW_CORE_CORRELATE_MENTIONS_H
#define MALFLOW_CORE_CORRELATE_MENTIONS_H

#include "../address.h"
#include "../limits.h"
#include "../span.h"

#include <stdbool.h>
#include <stdint.h>

enum mf_mention_kind {
    MF_MENTION_HOST,     /* a host, perhaps with port and path: a URL, a name, address:port */
    MF_MENTION_REDIRECT, /* the same, as the source of a frame, script, applet, embedded object, of
                            a refresh or a script's change of location: followed without being asked
                          */
    MF_MENTION_FILE,     /* a file's name by itself ("get bot.exe") */
    MF_MENTION_SHA256,   /* a hash in hex */
    MF_MENTION_SCAN,     /* an order to scan, see scan_ports */
};

/* Ports that one order may name. */
#define MF_MENTION_PORTS 4

/* Spans are valid during the call that reports the mention. */
struct mf_mention {
    enum mf_mention_kind kind;
    struct mf_span text; /* as it is to be shown: the URL as decoded, printable ASCII, not longer
                            than MF_SUMMARY_TEXT; of an order the words around it */
    struct mf_span host; /* HOST, REDIRECT: lower case, no dot at its end; an address in the form of
                            mf_addr_append(); empty with a port: the sender's own (EPSV) */
    struct mf_addr addr; /* when host is an address; else all zero */
    struct mf_span path; /* from its '/', with the query, without the fragment; empty: none */
    struct mf_span name; /* FILE: the name without folders, lower case. SHA256: lower case hex */
    uint16_t port; /* 0: none told (a scheme's own port is told: http 80, https 443, ftp 21) */
    uint16_t scan_ports[MF_MENTION_PORTS]; /* SCAN: those named by number or by a service's name; 0:
                                              no more */
    size_t end; /* offset behind its last byte in the text that was given */
    bool open;  /* more bytes may make it longer, or another one: it touches the end of the text; of
                   a  dialogue: it stands in a last line without line feed */
};

/* How a text is to be read. */
struct mf_mention_reading {
    /* The URL that the text came from, for relative links of HTML: host in lower case, port (0:
     * the scheme's own), path with '/'. host.length 0: unknown, relative links are not reported. */
    struct mf_span base_host, base_path;
    uint16_t base_port;
    bool html;     /* attributes and scripts are read for links; plain text is not searched for bare
                      names, only for URLs */
    bool dialogue; /* lines of an interactive session: bare names, file names and orders count */
};

typedef void (*mf_mention_found)(void *user, const struct mf_mention *mention);

struct mf_mention_finder;

/* One per engine; holds what a search needs, nothing of any text. */
struct mf_mention_finder *
mf_mention_finder_new(void);

/* Accepts NULL. */
void
mf_mention_finder_free(struct mf_mention_finder *finder);

/* Reports every mention in TEXT in order of its end, each (kind, host, port, path, name) once,
 * orders once by their text. Text that
 * is not text (binary) reports nothing but UTF-16 in it. Cost is linear in its length. */
void
mf_mentions_find(struct mf_mention_finder *finder, struct mf_span text,
                 const struct mf_mention_reading *reading, mf_mention_found found, void *user);

#endif
