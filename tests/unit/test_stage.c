/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a rule is a sign of, of which side, and which stages together are an infection. */
#include "core/rules/ruleset.h"
#include "core/stage.h"

#include "rows.h"

/* --- stage of a rule --- */

struct rule_row {
    const char *classtype, *tactic, *mitre;
    enum mf_stage stage;
};

static const struct rule_row rule_rows[] = {
    /* the classtype says it, whatever else is said */
    {"command-and-control", NULL, NULL, MF_STAGE_C2},
    {"domain-c2", NULL, NULL, MF_STAGE_C2},
    {"coin-mining", NULL, NULL, MF_STAGE_C2},
    {"credential-theft", NULL, NULL, MF_STAGE_EXFILTRATION},
    {"shellcode-detect", NULL, NULL, MF_STAGE_EXPLOIT},
    {"exploit-kit", NULL, NULL, MF_STAGE_EXPLOIT},
    {"attempted-admin", NULL, NULL, MF_STAGE_EXPLOIT},
    {"attempted-user", NULL, NULL, MF_STAGE_EXPLOIT},
    {"successful-admin", NULL, NULL, MF_STAGE_EXPLOIT},
    {"successful-user", NULL, NULL, MF_STAGE_EXPLOIT},
    {"web-application-attack", NULL, NULL, MF_STAGE_EXPLOIT},
    {"attempted-recon", NULL, NULL, MF_STAGE_INBOUND_SCAN},
    {"network-scan", NULL, NULL, MF_STAGE_INBOUND_SCAN},
    {"command-and-control", "TA0010", "T1041", MF_STAGE_C2},
    {"attempted-recon", "TA0011", "T1071", MF_STAGE_INBOUND_SCAN},
    /* those that say little: the technique, then the tactic, else malware talks */
    {"trojan-activity", NULL, NULL, MF_STAGE_C2},
    {"targeted-activity", NULL, NULL, MF_STAGE_C2},
    {"trojan-activity", NULL, "T1105", MF_STAGE_EGG},
    {"trojan-activity", NULL, "T1041", MF_STAGE_EXFILTRATION},
    {"trojan-activity", NULL, "T1048", MF_STAGE_EXFILTRATION},
    {"trojan-activity", NULL, "T1567", MF_STAGE_EXFILTRATION},
    {"trojan-activity", NULL, "T1071", MF_STAGE_C2},
    {"trojan-activity", NULL, "T1573", MF_STAGE_C2},
    {"trojan-activity", NULL, "T1189", MF_STAGE_EXPLOIT},
    {"trojan-activity", NULL, "T1190", MF_STAGE_EXPLOIT},
    {"trojan-activity", NULL, "T1203", MF_STAGE_EXPLOIT},
    {"trojan-activity", NULL, "T1210", MF_STAGE_EXPLOIT},
    {"trojan-activity", NULL, "T1595", MF_STAGE_INBOUND_SCAN},
    {"targeted-activity", NULL, "T1041", MF_STAGE_EXFILTRATION},
    {"trojan-activity", NULL, "T1071.001", MF_STAGE_C2}, /* parents stand for them */
    {"trojan-activity", NULL, "T1048_003", MF_STAGE_EXFILTRATION},
    {"trojan-activity", "TA0001", NULL, MF_STAGE_EXPLOIT},
    {"trojan-activity", "TA0008", NULL, MF_STAGE_EXPLOIT},
    {"trojan-activity", "TA0010", NULL, MF_STAGE_EXFILTRATION},
    {"trojan-activity", "TA0011", NULL, MF_STAGE_C2},
    {"trojan-activity", "TA0043", NULL, MF_STAGE_INBOUND_SCAN},
    {"trojan-activity", "TA0011", "T1105", MF_STAGE_EGG}, /* the technique is more exact */
    {"trojan-activity", "TA0010", "T9999", MF_STAGE_EXFILTRATION},
    /* known to MITRE, but no stage */
    {"trojan-activity", NULL, "T9999", MF_STAGES},
    {"trojan-activity", "TA0040", NULL, MF_STAGES},
    {"trojan-activity", "", "", MF_STAGES},
    {"trojan-activity", NULL, "T107", MF_STAGES},
    {"trojan-activity", NULL, "T10710", MF_STAGES},
    {"trojan-activity", "TA00111", NULL, MF_STAGES},
    /* of nothing that is known, whatever MITRE says */
    {NULL, NULL, NULL, MF_STAGES},
    {"", NULL, NULL, MF_STAGES},
    {"misc-activity", NULL, NULL, MF_STAGES},
    {"misc-activity", "TA0011", "T1071", MF_STAGES},
    {NULL, "TA0011", "T1071", MF_STAGES},
    {"policy-violation", NULL, NULL, MF_STAGES},
    {"command-and-contro", NULL, NULL, MF_STAGES},
    {"command-and-controls", NULL, NULL, MF_STAGES},
    {"Trojan-activity", NULL, NULL, MF_STAGES},
};

static void
test_rule(gconstpointer data)
{
    const struct rule_row *row = data;
    const struct mf_rule_info rule = {
        .classtype = row->classtype, .tactic = row->tactic, .mitre = row->mitre};

    g_assert_cmpstr(mf_stage_name(mf_stage_of_rule(&rule)), ==, mf_stage_name(row->stage));
    g_assert_cmpint(mf_stage_of_rule(&rule), ==, row->stage);
}

static void
test_program(void)
{
    static const char *const yes[] = {"PE32", "pe32", "ELF", "Mach-O", "MSI", "PowerShell"};
    static const char *const no[] = {"", "PE", "PE32+", "PDF", "ZIP", "ELF "};

    for (unsigned i = 0; i < G_N_ELEMENTS(yes); i++)
        g_assert_true(mf_stage_is_program(yes[i]));
    for (unsigned i = 0; i < G_N_ELEMENTS(no); i++)
        g_assert_false(mf_stage_is_program(no[i]));
    g_assert_false(mf_stage_is_program(NULL));
}

static void
test_names(void)
{
    for (unsigned a = 0; a < MF_STAGES; a++) {
        g_assert_cmpstr(mf_stage_name((enum mf_stage)a), !=, "");
        for (unsigned b = 0; b < a; b++)
            g_assert_cmpstr(mf_stage_name((enum mf_stage)a), !=, mf_stage_name((enum mf_stage)b));
    }
    g_assert_cmpstr(mf_stage_name(MF_STAGES), ==, "");
}

/* --- sides --- */

enum net { PRIVATE, PUBLIC };

static struct mf_session
between(enum net orig, enum net resp)
{
    static const uint8_t addrs[2][2][4] = {{{10, 1, 1, 5}, {192, 168, 1, 5}},
                                           {{198, 51, 100, 7}, {203, 0, 113, 9}}};

    return (struct mf_session){
        .addr = {mf_addr_from_ipv4(addrs[orig][0]), mf_addr_from_ipv4(addrs[resp][1])}};
}

static void
test_own(void)
{
    static const bool own[2][2][2] = {/* [orig][resp][side] */
                                      [PRIVATE][PRIVATE] = {true, true},
                                      [PRIVATE][PUBLIC] = {true, false},
                                      [PUBLIC][PRIVATE] = {false, true},
                                      [PUBLIC][PUBLIC] = {true, true}};

    for (unsigned orig = 0; orig < 2; orig++)
        for (unsigned resp = 0; resp < 2; resp++)
            for (unsigned side = 0; side < 2; side++) {
                const struct mf_session session = between((enum net)orig, (enum net)resp);

                g_assert_cmpint(mf_stage_is_own(&session, (enum mf_direction)side), ==,
                                own[orig][resp][side]);
            }
}

struct side_row {
    const char *classtype, *mitre, *file_type;
    enum net orig, resp;
    enum mf_direction direction;
    enum mf_stage of[2]; /* by side */
};

#define SIDES(a, b)                                                                                \
    {                                                                                              \
        MF_STAGE##a, MF_STAGE##b                                                                   \
    }
#define ATTACK  "attempted-admin", NULL, NULL
#define KIT     "exploit-kit", NULL, NULL
#define RECON   "attempted-recon", NULL, NULL
#define TALK    "command-and-control", NULL, NULL
#define THEFT   "credential-theft", NULL, NULL
#define PROGRAM NULL, NULL, "PE32"

static const struct side_row side_rows[] = {
    /* an exploit is of whom it was sent to; one's own that sends it spreads */
    {ATTACK, PUBLIC, PRIVATE, MF_ORIG, SIDES(S, _EXPLOIT)},
    {ATTACK, PRIVATE, PUBLIC, MF_ORIG, SIDES(_OUTBOUND_SCAN, S)},
    {ATTACK, PRIVATE, PRIVATE, MF_ORIG, SIDES(_OUTBOUND_SCAN, _EXPLOIT)},
    {ATTACK, PUBLIC, PUBLIC, MF_ORIG, SIDES(_OUTBOUND_SCAN, _EXPLOIT)},
    {ATTACK, PRIVATE, PUBLIC, MF_RESP, SIDES(_EXPLOIT, S)},
    {ATTACK, PUBLIC, PRIVATE, MF_RESP, SIDES(S, _OUTBOUND_SCAN)},
    /* an exploit kit is always the client's, whoever speaks */
    {KIT, PRIVATE, PUBLIC, MF_RESP, SIDES(_EXPLOIT, S)},
    {KIT, PRIVATE, PUBLIC, MF_ORIG, SIDES(_EXPLOIT, S)},
    {KIT, PRIVATE, PRIVATE, MF_ORIG, SIDES(_EXPLOIT, S)},
    {KIT, PRIVATE, PRIVATE, MF_RESP, SIDES(_EXPLOIT, S)},
    {KIT, PUBLIC, PUBLIC, MF_RESP, SIDES(_EXPLOIT, S)},
    {KIT, PUBLIC, PRIVATE, MF_RESP, SIDES(S, S)},
    {"trojan-activity", "T1189", NULL, PRIVATE, PUBLIC, MF_ORIG, SIDES(_EXPLOIT, S)},
    {"attempted-user", "T1203", NULL, PRIVATE, PUBLIC, MF_ORIG, SIDES(_EXPLOIT, S)},
    {"attempted-user", "T1210", NULL, PRIVATE, PUBLIC, MF_ORIG, SIDES(_OUTBOUND_SCAN, S)},
    /* who asks about others scans */
    {RECON, PUBLIC, PRIVATE, MF_ORIG, SIDES(S, _INBOUND_SCAN)},
    {RECON, PRIVATE, PUBLIC, MF_ORIG, SIDES(_OUTBOUND_SCAN, S)},
    {RECON, PRIVATE, PRIVATE, MF_ORIG, SIDES(_OUTBOUND_SCAN, _INBOUND_SCAN)},
    /* a program is of whom it arrives at */
    {PROGRAM, PRIVATE, PUBLIC, MF_RESP, SIDES(_EGG, S)},
    {PROGRAM, PRIVATE, PUBLIC, MF_ORIG, SIDES(S, S)},
    {PROGRAM, PUBLIC, PRIVATE, MF_ORIG, SIDES(S, _EGG)},
    {PROGRAM, PRIVATE, PRIVATE, MF_RESP, SIDES(_EGG, S)},
    {PROGRAM, PRIVATE, PRIVATE, MF_ORIG, SIDES(S, _EGG)},
    {PROGRAM, PUBLIC, PUBLIC, MF_RESP, SIDES(_EGG, S)},
    {"exploit-kit", NULL, "PE32", PRIVATE, PUBLIC, MF_RESP, SIDES(_EGG, S)},
    {"exploit-kit", NULL, "PDF", PRIVATE, PUBLIC, MF_RESP, SIDES(_EXPLOIT, S)},
    /* C&C is of who opened the session, whoever speaks */
    {TALK, PRIVATE, PUBLIC, MF_ORIG, SIDES(_C2, S)},
    {TALK, PRIVATE, PUBLIC, MF_RESP, SIDES(_C2, S)},
    {TALK, PRIVATE, PRIVATE, MF_RESP, SIDES(_C2, S)},
    {TALK, PUBLIC, PRIVATE, MF_ORIG, SIDES(S, S)},
    /* what leaves, and nothing else */
    {THEFT, PRIVATE, PUBLIC, MF_ORIG, SIDES(_EXFILTRATION, S)},
    {THEFT, PRIVATE, PUBLIC, MF_RESP, SIDES(S, S)},
    {THEFT, PUBLIC, PRIVATE, MF_RESP, SIDES(S, S)},
    /* nothing known is of nobody */
    {"misc-activity", NULL, NULL, PRIVATE, PRIVATE, MF_ORIG, SIDES(S, S)},
};

static void
test_side(gconstpointer data)
{
    const struct side_row *row = data;
    const struct mf_session session = between(row->orig, row->resp);
    const struct mf_rule_info rule = {
        .classtype = row->classtype, .mitre = row->mitre, .file_type = row->file_type};

    for (unsigned side = 0; side < 2; side++)
        g_assert_cmpstr(mf_stage_name(mf_stage_of_hit(&rule, &session, row->direction,
                                                      (enum mf_direction)side)),
                        ==, mf_stage_name(row->of[side]));
}

/* --- BotHunter's rule --- */

/* Of each pair, above the diagonal; rows and columns in order of enum mf_stage. The diagonal is a
 * stage alone. */
static const char pairs[MF_STAGES][MF_STAGES + 1] = {
    /* I X E C O S F */
    "-------", /* inbound scan: says nothing of the host */
    " -+++++", /* exploit: with anything later */
    "  -++++", /* egg download */
    "   -+++", /* C&C */
    "    -++", /* outbound scan */
    "     -+", /* spam */
    "      -", /* exfiltration */
};

static void
test_pairs(void)
{
    for (unsigned a = 0; a < MF_STAGES; a++)
        for (unsigned b = a; b < MF_STAGES; b++) {
            const bool infected = pairs[a][b] == '+';

            g_assert_cmpint(mf_stage_is_infection(1u << a | 1u << b), ==, infected);
            g_assert_cmpint(mf_stage_is_infection(1u << a | 1u << b | 1u << MF_STAGE_INBOUND_SCAN),
                            ==, infected);
        }
    g_assert_false(mf_stage_is_infection(0));
}

/* More never makes it less. */
static void
test_more(void)
{
    for (unsigned stages = 0; stages < 1u << MF_STAGES; stages++)
        for (unsigned stage = 0; stage < MF_STAGES; stage++)
            if (mf_stage_is_infection(stages))
                g_assert_true(mf_stage_is_infection(stages | 1u << stage));
    g_assert_true(mf_stage_is_infection((1u << MF_STAGES) - 1));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ROWS_ADD("/stage/rule", rule_rows, test_rule);
    g_test_add_func("/stage/program", test_program);
    g_test_add_func("/stage/names", test_names);
    g_test_add_func("/stage/own", test_own);
    ROWS_ADD("/stage/side", side_rows, test_side);
    g_test_add_func("/stage/pairs", test_pairs);
    g_test_add_func("/stage/more", test_more);
    return g_test_run();
}
