/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules and TCP payloads of the conformance cases, which stand beside the repository. */
#ifndef MALFLOW_TESTS_CONFORMANCE_INPUT_H
#define MALFLOW_TESTS_CONFORMANCE_INPUT_H

#include <glib.h>
#include <stdbool.h>

enum { CONFORMANCE_WHOLE_MAX = 8192 };

/* What one TCP packet carries, or several of one side together. */
struct tcp_payload {
    guint16 from_port, to_port;
    GBytes *bytes;
};

/* Folders of the cases, sorted; empty where there are none. The caller frees with g_strfreev(). */
char **
conformance_cases(void);

/* The rules of CASE that look at nothing but TCP payload as a stream: one text each. */
GPtrArray *
conformance_payload_rules(const char *folder);

/* struct tcp_payload of every packet of CASE that carries any, in order; then what the packets of
 * each side carry together (the first CONFORMANCE_WHOLE_MAX bytes and a bit more). */
GPtrArray *
conformance_payloads(const char *folder);

#endif
