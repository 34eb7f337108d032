/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signatures in Suricata's rule language: a set of compiled rules, and their inspection of payload
 * and buffers. A set is immutable once compiled and may be used by several engines; it outlives
 * them. Source of the language: https://docs.suricata.io/en/latest/rules/.
 */
#ifndef MALFLOW_CORE_RULESET_H
#define MALFLOW_CORE_RULESET_H

#include "../diag.h"
#include "../limits.h"
#include "../packet.h"
#include "../session.h"
#include "../stream.h"

struct mf_ruleset;

/* What users see of one rule. Strings live as long as the set; NULL where the rule does not say. */
struct mf_rule_info {
    uint32_t sid, rev, gid; /* gid: 1 when the rule does not say */
    uint8_t priority;       /* 1 is the most severe; of the classtype when the rule does not say */
    const char *msg;        /* escaped for a terminal */
    const char *classtype;
    const char *severity;   /* metadata signature_severity */
    const char *mitre;      /* metadata mitre_technique_id */
    const char *tactic;     /* metadata mitre_tactic_id */
    const char *family;     /* metadata malware_family */
    const char *references; /* "TYPE,REFERENCE", a blank between several */
    const char *file_type;  /* metadata file_type: a hit tells that a file of this type was seen */
    const char *file;       /* where it was read, and the line */
    unsigned line;
};

/* Whether what rules say in Wireshark's own words exists. Both give why not (the caller frees). */
struct mf_rule_host {
    bool (*check_field)(const char *name, char **why);
    bool (*check_filter)(const char *filter, char **why);
};

/* Strings are borrowed for the call; NULL or "": the default. */
struct mf_rule_options {
    const char *home_net;     /* address list as rules have it; default: as the file of variables
                                 says, else private networks */
    const char *external_net; /* the same; else !$HOME_NET */
    const char *variables;    /* path of a file of variables: NAME = VALUE, or a suricata.yaml */
    const char *disabled;     /* sids and ranges of sids: "2000001, 2000010-2000019" */
    const char *cache_folder; /* where compiled databases are kept; default: nowhere */
    const struct mf_rule_host *host; /* default: rules with Wireshark's words cannot be used */
};

/* OPTIONS may be NULL. What is wrong with them is added to DIAGS (may be NULL), and left out. */
struct mf_ruleset *
mf_ruleset_new(const struct mf_rule_options *options, struct mf_diags *diags);

/* Accepts NULL. */
void
mf_ruleset_free(struct mf_ruleset *set);

/*
 * Adds the rules of TEXT (one per line, '#' comments, '\' continues a line). NAME stands in
 * diagnostics. A rule that cannot be used is named in DIAGS and left out; the others are added.
 * Returns how many were added.
 */
unsigned
mf_ruleset_add_text(struct mf_ruleset *set, const char *name, const char *text,
                    struct mf_diags *diags);

/* The same for a file, or for every *.rules file of a folder in order of name. */
unsigned
mf_ruleset_add_path(struct mf_ruleset *set, const char *path, struct mf_diags *diags);

/* Builds the prefilters. Must be called once, after the last rule. False with a diagnostic if that
 * failed. */
bool
mf_ruleset_compile(struct mf_ruleset *set, struct mf_diags *diags);

unsigned
mf_ruleset_count(const struct mf_ruleset *set);

/* INDEX from 0 in order of addition. */
const struct mf_rule_info *
mf_ruleset_info(const struct mf_ruleset *set, unsigned index);

/* How many rules were named in diagnostics and left out, and how many were switched off by sid.
 * Rules that require another engine than this one ("requires") are neither. */
unsigned
mf_ruleset_skipped(const struct mf_ruleset *set);
unsigned
mf_ruleset_disabled(const struct mf_ruleset *set);

/* How many databases of literals were read from the cache, and how many were compiled. */
unsigned
mf_ruleset_cached(const struct mf_ruleset *set);
unsigned
mf_ruleset_compiled(const struct mf_ruleset *set);

/* How many rules are tried on such a thing; a rule may be tried on several. */
enum mf_tried_on {
    MF_TRIED_ON_ADDRESSES, /* the header alone says it */
    MF_TRIED_ON_PACKETS,
    MF_TRIED_ON_STREAMS, /* and datagrams */
    MF_TRIED_ON_MESSAGES,
};
unsigned
mf_ruleset_count_tried(const struct mf_ruleset *set, enum mf_tried_on on);

/* --- what the rules want to be told, after mf_ruleset_compile() --- */

/* Whether some rule reads buffer ID. */
bool
mf_ruleset_wants(const struct mf_ruleset *set, enum mf_buffer_id id);

/* Whether some part of the rule must be found in file.data, transformed or not. */
bool
mf_ruleset_reads_files(const struct mf_ruleset *set, unsigned index);

/* Wireshark's fields that rules name themselves: buffer MF_BUFFER_COUNT + i is names[i]. */
const char *const *
mf_ruleset_fields(const struct mf_ruleset *set, unsigned *n);

/* Display filters that rules name, see mf_packet.filters_hold. */
const char *const *
mf_ruleset_filters(const struct mf_ruleset *set, unsigned *n);

/* --- inspection
 * ------------------------------------------------------------------------------------------------
 */

/* On what a rule fired. */
enum mf_fired_on { MF_FIRED_ON_PACKET, MF_FIRED_ON_STREAM, MF_FIRED_ON_MESSAGE };

/* A rule fired: RULE is its index. */
typedef void (*mf_rule_fired)(void *user, unsigned rule, enum mf_fired_on on);

/* What a rule matched: the bytes from the beginning of its match on to the newest that there are,
 * of the payload or of a file. Both are borrowed. */
struct mf_matched {
    const uint8_t *data; /* NULL: it matched nothing of that kind */
    size_t length;
    struct mf_stream_place place; /* their end, where they are of a stream */
};

/* Scratch space and callbacks of one engine; not shared between threads. */
struct mf_inspector;

/* SET may be NULL: nothing ever fires. SET and COUNTERS outlive the inspector. */
struct mf_inspector *
mf_inspector_new(const struct mf_ruleset *set, struct mf_counters *counters, mf_rule_fired fired,
                 void *user);

/* Accepts NULL. */
void
mf_inspector_free(struct mf_inspector *inspector);

/* Bytes of memory that rules use to remember, see state.h. */
size_t
mf_inspector_memory(const struct mf_inspector *inspector);

/* PACKET is at hand: to be called before anything is inspected for it; it lives until
 * mf_inspector_leave(). */
void
mf_inspector_at(struct mf_inspector *inspector, const struct mf_packet *packet);

/* No packet is at hand. */
void
mf_inspector_leave(struct mf_inspector *inspector);

/* Of the packet at hand some payload was in its stream before: rules that are tried on packets and
 * streams leave it to the stream. */
void
mf_inspector_repeats(struct mf_inspector *inspector);

/* Of the rule that is firing: valid while the caller is told of it. */
const struct mf_matched *
mf_inspector_matched(const struct mf_inspector *inspector);

/* Whether any rule on single packets can hold for PACKET, which is not counted to SESSION yet. */
bool
mf_inspector_may_try(const struct mf_inspector *inspector, const struct mf_session *session,
                     enum mf_direction direction, const struct mf_packet *packet);

/* Rules on single packets. The packet at hand was counted to SESSION. */
void
mf_inspect_packet(struct mf_inspector *inspector, const struct mf_session *session,
                  enum mf_direction direction, const struct mf_packet *packet);

/* Payload that a rule on messages may look at too. */
struct mf_payload_view {
    const uint8_t *data; /* NULL: none */
    size_t length;
};

/* Rules on the dissected buffers of the packet at hand. */
void
mf_inspect_messages(struct mf_inspector *inspector, const struct mf_session *session,
                    enum mf_direction direction, const struct mf_payload_view *payload);

/* The same for a message that Wireshark did not tell of, which PACKET holds as if it had.
 * ONLY_FILES: only its file is news, and only rules that read the file's bytes are tried. */
void
mf_inspect_found(struct mf_inspector *inspector, const struct mf_session *session,
                 enum mf_direction direction, const struct mf_packet *packet, bool only_files);

/* Inspection of one direction of a session, in order, piece by piece; remembers a window
 * (MF_STREAM_WINDOW). */
struct mf_inspection;

/* Accepts a NULL return: the set has no rule for such a session. */
struct mf_inspection *
mf_inspection_new(struct mf_inspector *inspector, const struct mf_session *session,
                  enum mf_direction direction);

/* Accepts NULL. */
void
mf_inspection_free(struct mf_inspection *inspection);

/* Bytes of memory that it holds now. */
size_t
mf_inspection_size(const struct mf_inspection *inspection);

/* Gives up the window (nothing that began before now can match any more). */
void
mf_inspection_forget(struct mf_inspection *inspection);

/*
 * The next bytes of the stream (or one datagram). A gap before them forgets the window. The same
 * bytes cut in any other way fire the same rules the same number of times.
 */
void
mf_inspection_feed(struct mf_inspection *inspection, const uint8_t *data, size_t length, bool gap);

/* The stream ends here: rules that wait for further bytes (or for none: negations) decide on what
 * there is. Without it those that still wait never fire. Accepts NULL. */
void
mf_inspection_finish(struct mf_inspection *inspection);

/* The end of the newest byte. */
struct mf_stream_place
mf_inspection_place(const struct mf_inspection *inspection);

/* The newest bytes that are still remembered. */
struct mf_payload_view
mf_inspection_window(const struct mf_inspection *inspection);

#endif
