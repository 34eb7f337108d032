/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What became of each host of one's own network: the stages of BotHunter's infection dialogue that
 * it went through (stage.h), with the evidence for each, and whether that is an infection. A
 * snapshot of an engine's state: not to be used any more when further packets were fed to it, but
 * as said below.
 */
#ifndef MALFLOW_CORE_VERDICT_H
#define MALFLOW_CORE_VERDICT_H

#include "engine.h"
#include "stage.h"

/* A sign of one stage. */
struct mf_evidence {
    mf_nanoseconds time;
    uint32_t session, frame;
    uint32_t file;    /* it is an executable: index + 1 of mf_findings_file(); 0: it is none */
    uint32_t scan;    /* it is a scan group; 0: it is none */
    uint8_t stage;    /* enum mf_stage */
    bool suspected;   /* may have an innocent explanation */
    const char *text; /* printable ASCII; lives as long as the verdicts */
};

enum mf_judgement {
    MF_JUDGED_POSSIBLE,   /* signs that are weak by themselves */
    MF_JUDGED_SUSPICIOUS, /* a stage; or enough suspected ones */
    MF_JUDGED_INFECTED,   /* BotHunter's rule, by evidence that is not only suspected */
};

/* Stages are bits 1 << enum mf_stage. */
struct mf_host_verdict {
    struct mf_addr addr;
    const char *names;  /* that it is known by, "a, b"; NULL: none */
    unsigned stages;    /* that are certain */
    unsigned suspected; /* that are suspected only */
    enum mf_judgement judgement;
    const struct mf_evidence *evidence; /* in order of (time, frame, stage) */
    uint32_t n_evidence;
};

/* "of note", "suspicious", "infected"; static. */
const char *
mf_judgement_name(enum mf_judgement judgement);

struct mf_verdicts;

/* ENGINE outlives the verdicts. CHOSEN, a set of GUINT_TO_POINTER(session id) that is read during
 * the call: only evidence in these; NULL: all. */
struct mf_verdicts *
mf_verdicts_new(const struct mf_engine *engine, const GHashTable *chosen);

/* Accepts NULL. */
void
mf_verdicts_free(struct mf_verdicts *verdicts);

/* Hosts with any evidence, the others had nothing found; in order of their first. */
uint32_t
mf_verdicts_count(const struct mf_verdicts *verdicts);

const struct mf_host_verdict *
mf_verdicts_get(const struct mf_verdicts *verdicts, uint32_t index);

/* The same by severity: infections first, then those with more stages. */
const struct mf_host_verdict *
mf_verdicts_worst(const struct mf_verdicts *verdicts, uint32_t position);

/* Their order: < 0: A is worse; 0: neither is. */
int
mf_host_verdict_compare(const struct mf_host_verdict *a, const struct mf_host_verdict *b);

/* Hosts that are judged so. */
uint32_t
mf_verdicts_judged(const struct mf_verdicts *verdicts, enum mf_judgement judgement);

/* Stages that SESSION is evidence of, those of its scan group too. May be asked after further
 * packets: then as it was. */
unsigned
mf_verdicts_session_stages(const struct mf_verdicts *verdicts, const struct mf_session *session);

/* The stages that a session tells of by itself, whatever else happened: as far as its own hits and
 * its scan group go. Cheap, at any time. */
unsigned
mf_session_stages(const struct mf_engine *engine, const struct mf_session *session);

/* "infected: exploit, egg download, suspected C&C". */
void
mf_host_verdict_append(const struct mf_host_verdict *host, GString *out);

/* The same, behind "HOST (NAMES): ". */
void
mf_host_verdict_append_line(const struct mf_host_verdict *host, GString *out);

/* Appends "HOST (NAMES): VERDICT\n" of all hosts, the worst first, at most MAX of them and how many
 * more there are; or that nothing was found. */
void
mf_verdicts_append(const struct mf_verdicts *verdicts, uint32_t max, GString *out);

#endif
