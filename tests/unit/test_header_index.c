/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The index by header tells of every rule that fits a session, and of few others. */
#include "core/rules/header_index.h"

#include "core/rules/set.h"
#include "rules_kit.h"

enum { RULES = 400, SESSIONS = 2000 };

static const char *const addresses[] = {
    "any", "10.0.0.0/8", "!10.0.0.0/8", "10.1.2.3", "[10.1.2.0/24,192.0.2.0/28]", "2001:db8::/32",
};
static const char *const ports[] = {"any", "80", "!80", "[21,80,8000:9000]", "1024:", "[53,!80]"};

static const char *
any_of(GRand *random, const char *const *texts, gint n)
{
    return texts[g_rand_int_range(random, 0, n)];
}

static char *
random_rules(GRand *random)
{
    GString *text = g_string_new(NULL);

    for (unsigned i = 0; i < RULES; i++)
        g_string_append_printf(text, "alert tcp %s %s %s %s %s (msg:\"x\"; sid:%u;)\n",
                               any_of(random, addresses, G_N_ELEMENTS(addresses)),
                               any_of(random, ports, G_N_ELEMENTS(ports)),
                               g_rand_boolean(random) ? "->" : "<>",
                               any_of(random, addresses, G_N_ELEMENTS(addresses)),
                               any_of(random, ports, G_N_ELEMENTS(ports)), i + 1);
    return g_string_free(text, FALSE);
}

static struct mf_addr
random_address(GRand *random)
{
    static const uint8_t v4[][4] = {
        {10, 1, 2, 3}, {10, 9, 9, 9}, {192, 0, 2, 7}, {198, 51, 100, 1}};
    static const uint8_t v6[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1};
    gint n = g_rand_int_range(random, 0, G_N_ELEMENTS(v4) + 1);

    return n < (gint)G_N_ELEMENTS(v4) ? mf_addr_from_ipv4(v4[n]) : mf_addr_from_ipv6(v6);
}

static uint16_t
random_port(GRand *random)
{
    static const uint16_t all[] = {0, 21, 53, 80, 1023, 1024, 8000, 9001, 65535};

    return all[g_rand_int_range(random, 0, G_N_ELEMENTS(all))];
}

static void
found(void *user, unsigned rule)
{
    bool *told = user;

    told[rule] = true;
}

/* Returns how many were told. */
static unsigned
check(const struct kit *kit, const struct mf_header_index *index, const struct mf_session *session)
{
    bool told[RULES] = {false};
    unsigned n = 0;

    mf_header_index_find(index, session, MF_RESP, found, told);
    for (unsigned i = 0; i < mf_ruleset_count(kit->set); i++) {
        if (mf_rule_header_fits(&mf_ruleset_rule(kit->set, i)->header, session, MF_RESP))
            g_assert_true(told[i]);
        n += told[i];
    }
    return n;
}

static void
test_all_that_fit(void)
{
    GRand *random = g_rand_new_with_seed(7);
    char *rules = random_rules(random);
    struct mf_header_index *index = mf_header_index_new();
    unsigned told = 0;
    struct kit kit;

    kit_open(&kit, rules);
    for (unsigned i = 0; i < mf_ruleset_count(kit.set); i++)
        mf_header_index_add(index, &mf_ruleset_rule(kit.set, i)->header, i);
    mf_header_index_finish(index);
    for (unsigned i = 0; i < SESSIONS; i++) {
        const struct mf_session session = {
            .l4 = MF_L4_TCP,
            .addr = {random_address(random), random_address(random)},
            .port = {random_port(random), random_port(random)},
        };

        told += check(&kit, index, &session);
    }
    g_assert_cmpuint(told, <, SESSIONS * mf_ruleset_count(kit.set) / 2);
    kit_close(&kit);
    mf_header_index_free(index);
    mf_header_index_free(NULL);
    g_free(rules);
    g_rand_free(random);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/header-index/all-that-fit", test_all_that_fit);
    return g_test_run();
}
