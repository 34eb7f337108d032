/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules say what they are for in words that differ by author: the tactic and technique of MITRE
 * ATT&CK (https://attack.mitre.org/) are the most exact, the classtype of the rule language is the
 * next. "trojan-activity" is said of anything; without more it means that malware talks.
 */
#include "stage.h"

#include <string.h>

const char *
mf_stage_name(enum mf_stage stage)
{
    static const char *const names[MF_STAGES + 1] = {
        [MF_STAGE_INBOUND_SCAN] = "inbound scan",
        [MF_STAGE_EXPLOIT] = "exploit",
        [MF_STAGE_EGG] = "egg download",
        [MF_STAGE_C2] = "C&C",
        [MF_STAGE_OUTBOUND_SCAN] = "outbound scan",
        [MF_STAGE_SPAM] = "spam",
        [MF_STAGE_EXFILTRATION] = "exfiltration",
        [MF_STAGES] = "",
    };

    return names[stage];
}

struct row {
    const char *word;
    enum mf_stage stage;
};

static const struct row tactics[] = {
    {"TA0001", MF_STAGE_EXPLOIT}, /* initial access */
    {"TA0008", MF_STAGE_EXPLOIT}, /* lateral movement */
    {"TA0010", MF_STAGE_EXFILTRATION}, {"TA0011", MF_STAGE_C2},
    {"TA0043", MF_STAGE_INBOUND_SCAN}, /* reconnaissance */
};

/* Parents stand for their sub-techniques. */
static const struct row techniques[] = {
    {"T1041", MF_STAGE_EXFILTRATION}, {"T1048", MF_STAGE_EXFILTRATION},
    {"T1567", MF_STAGE_EXFILTRATION}, {"T1071", MF_STAGE_C2},
    {"T1090", MF_STAGE_C2},           {"T1095", MF_STAGE_C2},
    {"T1102", MF_STAGE_C2},           {"T1132", MF_STAGE_C2},
    {"T1219", MF_STAGE_C2},           {"T1496", MF_STAGE_C2},
    {"T1568", MF_STAGE_C2},           {"T1571", MF_STAGE_C2},
    {"T1572", MF_STAGE_C2},           {"T1573", MF_STAGE_C2},
    {"T1105", MF_STAGE_EGG},          {"T1189", MF_STAGE_EXPLOIT},
    {"T1190", MF_STAGE_EXPLOIT},      {"T1203", MF_STAGE_EXPLOIT},
    {"T1210", MF_STAGE_EXPLOIT},      {"T1595", MF_STAGE_INBOUND_SCAN},
};

static const struct row classes[] = {
    {"command-and-control", MF_STAGE_C2},
    {"domain-c2", MF_STAGE_C2},
    {"coin-mining", MF_STAGE_C2},
    {"credential-theft", MF_STAGE_EXFILTRATION},
    {"shellcode-detect", MF_STAGE_EXPLOIT},
    {"exploit-kit", MF_STAGE_EXPLOIT},
    {"attempted-admin", MF_STAGE_EXPLOIT},
    {"attempted-user", MF_STAGE_EXPLOIT},
    {"successful-admin", MF_STAGE_EXPLOIT},
    {"successful-user", MF_STAGE_EXPLOIT},
    {"web-application-attack", MF_STAGE_EXPLOIT},
    {"attempted-recon", MF_STAGE_INBOUND_SCAN},
    {"network-scan", MF_STAGE_INBOUND_SCAN},
};

static enum mf_stage
find(const struct row *rows, size_t n, const char *word, size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(rows[i].word) == length && memcmp(rows[i].word, word, length) == 0)
            return rows[i].stage;
    return MF_STAGES;
}

/* By the technique, for classes that say little. */
static enum mf_stage
by_mitre(const struct mf_rule_info *rule)
{
    enum mf_stage stage = MF_STAGES;

    if (rule->mitre != NULL)
        stage = find(techniques, G_N_ELEMENTS(techniques), rule->mitre, strcspn(rule->mitre, "._"));
    if (stage == MF_STAGES && rule->tactic != NULL)
        stage = find(tactics, G_N_ELEMENTS(tactics), rule->tactic, strlen(rule->tactic));
    return stage;
}

enum mf_stage
mf_stage_of_rule(const struct mf_rule_info *rule)
{
    const char *class = rule->classtype != NULL ? rule->classtype : "";
    enum mf_stage stage = find(classes, G_N_ELEMENTS(classes), class, strlen(class));

    if (stage != MF_STAGES)
        return stage;
    if (strcmp(class, "trojan-activity") != 0 && strcmp(class, "targeted-activity") != 0)
        return MF_STAGES;
    return rule->mitre != NULL || rule->tactic != NULL ? by_mitre(rule) : MF_STAGE_C2;
}

bool
mf_stage_is_program(const char *file_type)
{
    static const char *const types[] = {
        "PE32",      "ELF",        "Mach-O",         "MSI",   "HTA", "batch", "DEX", "shell-script",
        "scriptlet", "PowerShell", "Windows-script", "AutoIt"};

    for (unsigned i = 0; file_type != NULL && i < G_N_ELEMENTS(types); i++)
        if (g_ascii_strcasecmp(types[i], file_type) == 0)
            return true;
    return false;
}

/* Whether RULE tells of an attack on who asks, such as a browser. */
static bool
is_on_clients(const struct mf_rule_info *rule)
{
    return g_strcmp0(rule->classtype, "exploit-kit") == 0 ||
           (rule->mitre != NULL &&
            (g_str_has_prefix(rule->mitre, "T1189") || g_str_has_prefix(rule->mitre, "T1203")));
}

bool
mf_stage_is_own(const struct mf_session *session, enum mf_direction side)
{
    return mf_addr_is_private(&session->addr[side]) ||
           !mf_addr_is_private(&session->addr[side ^ 1]);
}

enum mf_stage
mf_stage_of_hit(const struct mf_rule_info *rule, const struct mf_session *session,
                enum mf_direction direction, enum mf_direction side)
{
    const enum mf_stage stage =
        mf_stage_is_program(rule->file_type) ? MF_STAGE_EGG : mf_stage_of_rule(rule);
    const bool received = side != direction;

    if (!mf_stage_is_own(session, side))
        return MF_STAGES;
    switch (stage) {
    case MF_STAGE_EXPLOIT:
        if (is_on_clients(rule))
            return side == MF_ORIG ? stage : MF_STAGES;
        return received ? stage : MF_STAGE_OUTBOUND_SCAN;
    case MF_STAGE_INBOUND_SCAN:
        return received ? stage : MF_STAGE_OUTBOUND_SCAN;
    case MF_STAGE_EGG:
        return received ? stage : MF_STAGES;
    case MF_STAGE_EXFILTRATION: /* what is fetched may be a tool for it, but nothing has left yet */
        return side == MF_ORIG && !received ? stage : MF_STAGES;
    default: /* of the one who opened the session: it reports to the other */
        return side == MF_ORIG ? stage : MF_STAGES;
    }
}

bool
mf_stage_is_infection(unsigned stages)
{
    static const unsigned later = 1u << MF_STAGE_EGG | 1u << MF_STAGE_C2 |
                                  1u << MF_STAGE_OUTBOUND_SCAN | 1u << MF_STAGE_SPAM |
                                  1u << MF_STAGE_EXFILTRATION;
    const unsigned seen = stages & later;

    if (stages & 1u << MF_STAGE_EXPLOIT)
        return seen != 0;
    return (seen & (seen - 1)) != 0; /* more than one bit */
}
