/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stages of an infection's dialogue, after BotHunter (Gu et al., USENIX Security 2007): what a
 * signature or a file says of the host that it happened to.
 */
#ifndef MALFLOW_CORE_STAGE_H
#define MALFLOW_CORE_STAGE_H

#include "findings.h"
#include "session.h"

enum mf_stage {
    MF_STAGE_INBOUND_SCAN,
    MF_STAGE_EXPLOIT,
    MF_STAGE_EGG, /* download of the malware's program */
    MF_STAGE_C2,
    MF_STAGE_OUTBOUND_SCAN, /* scan or spread */
    MF_STAGE_SPAM,
    MF_STAGE_EXFILTRATION,
    MF_STAGES, /* none */
};

/* "inbound scan", ...; static. */
const char *
mf_stage_name(enum mf_stage stage);

/* What a hit of the rule is a sign of, by its classtype and MITRE ATT&CK metadata; MF_STAGES: of
 * nothing that is known. */
enum mf_stage
mf_stage_of_rule(const struct mf_rule_info *rule);

/* Whether files of TYPE (metadata file_type of a rule) are programs or scripts that run. */
bool
mf_stage_is_program(const char *file_type);

/* Whether the host at SIDE is one of the own network: hosts with private addresses are; where
 * neither has one, both. */
bool
mf_stage_is_own(const struct mf_session *session, enum mf_direction side);

/* What a hit of RULE on what DIRECTION sent says of the host at SIDE; MF_STAGES: nothing. An
 * exploit is a stage of whom it was sent to; the sender, if it is one's own, spreads. */
enum mf_stage
mf_stage_of_hit(const struct mf_rule_info *rule, const struct mf_session *session,
                enum mf_direction direction, enum mf_direction side);

/* Whether STAGES (bits 1 << enum mf_stage) of one host are an infection: an exploit and something
 * later, or two things later (BotHunter's rule). */
bool
mf_stage_is_infection(unsigned stages);

#endif
