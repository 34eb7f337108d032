/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * malflow's own tap (one struct mf_verdict per frame), and what is printed from it at the end of
 * the capture: "-z malflow,NAME[,FILE][,OPTION...][,FILTER]". Such an output is one small file
 * NAME_tap.c that defines a struct mf_output_kind, a declaration below and a line in the table of
 * tap.c.
 */
#ifndef MALFLOW_WS_TAP_H
#define MALFLOW_WS_TAP_H

#include "compat.h"
#include "core/capture_facts.h"
#include "core/option_list.h"

#define MF_TAP_NAME "malflow"

/* A tap that nothing ever passes, for those who only want to be told of the end. */
#define MF_TAP_OF_END "malflow_end"

/* What an output is drawn from; borrowed for the call. */
struct mf_output {
    struct mf_engine *engine; /* its final state: it was flushed; NULL for a kind at_start */
    const void *options;      /* what the kind's options were parsed onto */
    /* Sets of GUINT_TO_POINTER(number): of the frames that pass the display filter, and of the
     * sessions that have such a frame. NULL without a filter: all pass. */
    GHashTable *sessions;
    GHashTable *frames; /* NULL also unless the kind needs_frames */
};

struct mf_output_kind {
    const char *name; /* in the argument and in messages */

    /* Prints by mf_output_print(); what goes to standard output also by stdio. Called whenever the
     * output is to be shown, once by tshark. */
    void (*draw)(const struct mf_output *output);

    /* What may stand behind the name; NULL: nothing, no display filter either. Options are parsed
     * onto a struct of OPTIONS_SIZE bytes that lives as long as the program: all zero, or what
     * INIT (may be NULL) made of that. KEEP (may be NULL) is told of them before the first packet.
     */
    const struct mf_option_list *options;
    size_t options_size;
    void (*init)(void *options);
    void (*keep)(const void *options);

    bool to_file; /* a file name stands first; "-" is standard output. It is made before the
                     first packet, so that what cannot be written is known at once */
    const struct mf_table_kind
        *table; /* what it tells as a window of Wireshark; NULL: it has none */

    bool needs_frames; /* which frames pass, not only which sessions */
    bool at_start;     /* nothing in it depends on packets: drawn before the first one */
};

extern const struct mf_output_kind mf_output_findings;
extern const struct mf_output_kind mf_output_chains;
extern const struct mf_output_kind mf_output_hits;
extern const struct mf_output_kind mf_output_html;
extern const struct mf_output_kind mf_output_iocs;
extern const struct mf_output_kind mf_output_json;
extern const struct mf_output_kind mf_output_hosts;
extern const struct mf_output_kind mf_output_rules;
extern const struct mf_output_kind mf_output_scans;
extern const struct mf_output_kind mf_output_stats;
extern const struct mf_output_kind mf_output_timeline;

/* Makes all outputs known. */
void
mf_outputs_register(void);

/* Whether the session passes the output's filter, if there is one. */
bool
mf_output_tells(const struct mf_output *output, uint32_t session);

/* What a report of the output is told of what it is made from. */
struct mf_report_source
mf_output_source(const struct mf_output *output);

/* Prints TEXT to where the output that is being drawn goes. What cannot be written is reported
 * after drawing. */
void
mf_output_print(const GString *text);

#endif
