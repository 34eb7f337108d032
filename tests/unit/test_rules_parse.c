/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said about rules that cannot be used, and where; and what is kept of those that can. */
#include "parse_kit.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD "alert tcp any any -> any any "

static const struct row rows[] = {
    {"", 0, ""},
    {"\n\n  \n# a comment\n\t# alert\n", 0, ""},
    {HEAD "(sid:1;)", 1, ""},
    {HEAD "(sid:1;)\r\n" HEAD "(sid:2;)\r\n", 2, ""},
    {"  " HEAD "( msg : \"x\" ; sid : 1 ; )  \n", 1, ""},
    {"alert tcp any any -> any any \\\n  (msg:\"x\"; \\\r\n  sid:1;)\n" HEAD "(sid:2;)", 2, ""},

    /* what is no rule, and what is */
    {"\xef\xbb\xbf" HEAD "(sid:1;)", 1, ""},
    {"#" HEAD "(\\\n  no_such; \\\n  sid:1;)\n" HEAD "(sid:2;)", 1, ""},
    {"# as in C:\\\n" HEAD "(sid:2;)\n; a comment too", 1, ""},
    {HEAD "(\\ \t\n  msg:\"x\"; sid:1;)", 1, ""},
    {HEAD "(msg:\"x\"; \\", 0, "1:40: expected a ';' after this option, and ')' at the end"},
    {HEAD "(MSG:\"x\"; Sid:1;)", 1, ""},

    /* requires */
    {HEAD "(requires:version >= 7.0.3 < 8 | >= 8.0.1; sid:1;)", 1, ""},
    {HEAD "(requires:feature ja3, keyword content, keyword dns.query; sid:1;)", 1, ""},
    {HEAD "(requires:version < 9; sid:1;)", 0, ""},
    {HEAD "(requires:version > 9, version >= 7; sid:1;)", 0, ""},
    {HEAD "(requires:feature no_such; sid:1;)", 0, ""},
    {HEAD "(no_such; requires:keyword no_such; sid:1;)", 0, ""},
    {HEAD "(no_such; requires:keyword msg; sid:1;)", 0,
     "1:31: the keyword 'no_such' is not supported"},
    {HEAD "(requires:moon full; sid:1;)", 0, ""},
    {HEAD "(requires:version; sid:1;)", 0, "1:40: expected a requirement such as *"},
    {HEAD "(requires:version ~ 7; sid:1;)", 0, "1:48: expected a requirement such as *"},
    {HEAD "(requires:version >= 7 |; sid:1;)", 0, "1:54: expected a requirement such as *"},

    /* flow */
    {HEAD "(flow:established,to_server,only_stream,no_frag; sid:1;)", 1, ""},
    {HEAD "(flow:not_established; sid:1;)", 1, ""},
    {HEAD "(flow:established,stateless; sid:1;)", 0,
     "1:48: 'stateless' does not go with 'established'"},
    {HEAD "(flow:no_stream,only_stream; sid:1;)", 0,
     "1:46: 'only_stream' does not go with 'no_stream'"},
    {HEAD "(flow:; sid:1;)", 0, "1:31: 'flow' needs a value"},
    {HEAD "(flow:to_server,; sid:1;)", 0, "1:46: flow does not support ''"},

    /* without effect */
    {HEAD "(tag:session,5,packets; target:src_ip; bypass; prefilter; filestore; sid:1;)", 1, ""},
    {HEAD "(target:me; sid:1;)", 0, "1:38: expected 'src_ip' or 'dest_ip'"},
    {HEAD "(noalert:1; sid:1;)", 0, "1:39: 'noalert' with a value is not supported"},

    /* options */
    {HEAD "(sid:1;", 0, "1:37: expected a ';' after this option, and ')' at the end"},
    {HEAD "(sid:1)", 0, "1:31: expected a ';' after this option, and ')' at the end"},
    {HEAD "(sid:1;) x", 0, "1:39: expected nothing after ')'"},
    {HEAD "(;sid:1;)", 0, "1:31: expected a keyword"},
    {HEAD "(msg:\"x\";)", 0, "1:1: the rule has no sid"},
    {HEAD "(sid:0;)", 0, "1:35: expected a number from 1 to 4294967295, not '0'"},
    {HEAD "(sid:x;)", 0, "1:35: expected a number from 1 to 4294967295, not 'x'"},
    {HEAD "(sid:;)", 0, "1:31: 'sid' needs a value"},
    {HEAD "(sid:1; sid:2;)", 0, "1:38: a second sid"},
    {HEAD "(msg:x; sid:1;)", 0, "1:35: expected a text in double quotes"},
    {HEAD "(msg:\"a;b\"; sid:1;)", 0,
     "1:37: expected the closing quote here; a ';' inside the quotes is written '\\;'"},
    {HEAD "(lua:x.lua; sid:1;)", 0, "1:31: the keyword 'lua' is not supported"},
    {HEAD "(lua; sid:1;)\n" HEAD "(sid:2;)\n" HEAD "(\x01; sid:3;)", 1,
     "1:31: the keyword 'lua' is not supported|3:31: the keyword '\x01' is not supported"},
    {HEAD "\\\n (msg:\"x\"; \\\n   luajit:5; sid:1;)", 0,
     "3:4: the keyword 'luajit' is not supported"},
    {HEAD "(metadata:; sid:1;)", 0, "1:31: 'metadata' needs a value"},
    {HEAD "(reference:url; sid:1;)", 0, "1:41: expected TYPE,REFERENCE"},
    {HEAD "(priority:256; sid:1;)", 0, "1:40: expected a number from 1 to 255, not '256'"},
    {HEAD "(flow:to_server,to_client; sid:1;)", 0,
     "1:46: 'to_client' does not go with 'to_server'"},
    {HEAD "(flow:sideways; sid:1;)", 0, "1:36: flow does not support 'sideways'"},

    /* content */
    {HEAD "(content:\"\"; sid:1;)", 0, "1:40: expected at least one byte"},
    {HEAD "(content:\"|4|\"; sid:1;)", 0, "1:41: expected two hexadecimal digits"},
    {HEAD "(content:\"|4G|\"; sid:1;)", 0, "1:41: expected two hexadecimal digits"},
    {HEAD "(content:\"a|41\"; sid:1;)", 0, "1:41: expected a '|' that ends the hexadecimal part"},
    {HEAD "(content:\"a\\x\"; sid:1;)", 0, "1:41: expected one of *"},
    {HEAD "(content:\"a\"b\"; sid:1;)", 0, "1:41: a '\"' inside the quotes is written '\\\"'"},
    {HEAD "(content:abc; sid:1;)", 0, "1:39: expected a text in double quotes"},
    {HEAD "(nocase; sid:1;)", 0, "1:31: 'nocase' needs a content before it"},
    {HEAD "(content:\"a\"; file.data; nocase; content:\"b\"; sid:1;)", 0,
     "1:55: 'nocase' needs a content before it"},
    {HEAD "(content:\"a\"; nocase:1; sid:1;)", 0, "1:51: 'nocase' with a value is not supported"},
    {HEAD "(content:\"a\"; offset:-1; sid:1;)", 0, "1:51: expected a number from 0 to *"},
    {HEAD "(content:\"a\"; offset:1; distance:1; sid:1;)", 0,
     "1:54: offset, depth and startswith do not go with distance and within"},
    {HEAD "(content:\"a\"; offset:1; startswith; sid:1;)", 0,
     "1:54: startswith does not go with offset and depth"},
    {HEAD "(content:\"abc\"; depth:2; sid:1;)", 0,
     "1:52: the content before it is longer (3 bytes)"},
    {HEAD "(content:\"abc\"; within:2; sid:1;)", 0,
     "1:53: the content before it is longer (3 bytes)"},
    {HEAD "(content:!\"a\"; offset:1; fast_pattern; sid:1;)", 0,
     "1:55: a negated content at a place cannot be looked for first"},
    {HEAD "(content:!\"a\"; content:\"b\"; fast_pattern; sid:1;)", 1, ""},
    {HEAD "(content:\"a\"; fast_pattern; content:\"b\"; fast_pattern; sid:1;)", 0,
     "1:71: a second fast_pattern"},
    {HEAD "(content:\"a\"; fast_pattern:1,2; sid:1;)", 0,
     "1:57: expected a number from 0 to 0, not '1'"},
    {HEAD "(content:\"abc\"; fast_pattern:1,3; sid:1;)", 0,
     "1:61: expected a number from 1 to 2, not '3'"},
    {HEAD "(content:\"abc\"; fast_pattern:1,0; sid:1;)", 0, "1:61: expected a number from 1 to 2*"},
    {HEAD "(content:\"abc\"; fast_pattern:1; sid:1;)", 0, "1:59: expected 'only' or OFFSET,LENGTH"},
    {HEAD "(content:\"abc\"; fast_pattern:only; sid:1;)", 1, ""},
    {HEAD "(content:\"abc\"; fast_pattern:only; distance:0; sid:1;)", 0,
     "1:65: fast_pattern:only does not go with a place"},
    {HEAD "(content:\"abc\"; offset:1; fast_pattern:only; sid:1;)", 0,
     "1:56: fast_pattern:only does not go with a place"},
    {HEAD "(content:\"abc\"; offset:1; offset:2; sid:1;)", 0,
     "1:56: a second 'offset' for one content"},
    {HEAD "(content:\"abc\"; nocase; nocase; sid:1;)", 0,
     "1:54: a second 'nocase' for one content"},
    {HEAD "(content:\"abc\"; startswith; depth:3; sid:1;)", 0,
     "1:58: startswith does not go with offset and depth"},
    {HEAD "(content:\"abc\"; within:3; startswith; sid:1;)", 0,
     "1:56: offset, depth and startswith do not go with distance and within"},
    {HEAD "(content:\"abc\"; distance:x; sid:1;)", 0,
     "1:55: no byte_extract or byte_math before it sets 'x'"},
    {HEAD "(content:\"abc\"; rawbytes; sid:1;)", 1, ""},
    {HEAD "(rawbytes; content:\"abc\"; sid:1;)", 0, "1:31: 'rawbytes' needs a content before it"},

    /* numbers */
    {HEAD "(byte_test:4,>,1; sid:1;)", 0,
     "1:41: expected COUNT,OPERATOR,VALUE,OFFSET and further words"},
    {HEAD "(byte_test:4,~,1,0; sid:1;)", 0, "1:43: expected an operator: *"},
    {HEAD "(byte_test:4,>,x,0; sid:1;)", 0, "1:45: no byte_extract or byte_math*"},
    {HEAD "(byte_test:4,>,0x1g,0; sid:1;)", 0, "1:48: expected a hexadecimal digit"},
    {HEAD "(byte_test:9,>,1,0; sid:1;)", 0, "1:41: expected 1 to 8 bytes"},
    {HEAD "(byte_test:4,>,1,0,hex; sid:1;)", 0, "1:41: hex, dec and oct need 'string'"},
    {HEAD "(byte_test:4,>,1,0,string,hex,dec; sid:1;)", 0,
     "1:41: expected one of hex, dec and oct"},
    {HEAD "(byte_test:4,>,1,0,bitmask 0xf; sid:1;)", 1, ""},
    {HEAD "(byte_test:4,>,1,0,bitmask x; sid:1;)", 0, "1:57: expected a decimal digit"},
    {HEAD "(byte_test:4,>,1,0,sideways; sid:1;)", 0, "1:49: byte_test does not support 'sideways'"},
    {HEAD "(byte_test:4,>,18446744073709551616,0; sid:1;)", 0,
     "1:45: expected a number of at most 64 bits"},
    {HEAD "(byte_extract:1,0; sid:1;)", 0, "1:44: expected COUNT,OFFSET,NAME and further words"},
    {HEAD "(byte_extract:1,0,1a; sid:1;)", 0, "1:48: expected the name of a variable"},
    {HEAD "(byte_extract:1,0,a,align 3; sid:1;)", 0, "1:56: expected 2 or 4"},
    {HEAD "(byte_math:bytes 1,offset 0,oper +,rvalue 1; sid:1;)", 0,
     "1:41: expected bytes, offset, oper, rvalue and result"},
    {HEAD "(byte_math:bytes 1,offset 0,oper &,rvalue 1,result a; sid:1;)", 0,
     "1:63: expected one of + - * / << >>"},
    {HEAD "(byte_math:bytes 1,bytes 2; sid:1;)", 0, "1:49: 'bytes' stands here twice"},
    {HEAD "(byte_jump:4; sid:1;)", 0, "1:41: expected COUNT,OFFSET and further words"},
    {HEAD "(byte_jump:4,0,multiplier; sid:1;)", 0, "1:55: expected a number from 1 to *"},
    {HEAD "(byte_jump:4,0,dce; sid:1;)", 1, ""},
    {HEAD "(isdataat:x; sid:1;)", 0, "1:40: no byte_extract or byte_math before it sets 'x'"},
    {HEAD "(isdataat:1,sideways; sid:1;)", 0, "1:42: expected 'relative', not 'sideways'"},

    /* pcre */
    {HEAD "(pcre:\"abc\"; sid:1;)", 0, "1:37: expected '/', the expression and '/'"},
    {HEAD "(pcre:\"/abc\"; sid:1;)", 0, "1:41: expected the '/' that ends the expression"},
    {HEAD "(pcre:\"/a/K\"; sid:1;)", 0, "1:40: the flag 'K' is not supported"},
    {HEAD "(pcre:\"/a/UM\"; sid:1;)", 0, "1:41: flags of two buffers"},
    {HEAD "(pcre:\"/(a)/, flow:a/b, note:c\"; sid:1;)", 0,
     "1:54: expected flow:NAME, pkt:NAME or alert:NAME"},

    /* sizes, absence, encodings */
    {HEAD "(dsize:x; sid:1;)", 0, "1:37: expected a comparison *"},
    {HEAD "(dsize:65536; sid:1;)", 0, "1:37: expected a comparison *"},
    {HEAD "(bsize:3; sid:1;)", 0, "1:31: bsize needs a sticky buffer before it*"},
    {HEAD "(urilen:3,cooked; sid:1;)", 0, "1:40: expected 'raw' or 'norm'"},
    {HEAD "(absent; sid:1;)", 0, "1:31: absent stands behind a sticky buffer*"},
    {HEAD "(file.data; content:\"a\"; absent; sid:1;)", 0,
     "1:55: absent stands behind a sticky buffer*"},
    {HEAD "(file.data; absent:maybe; sid:1;)", 0, "1:49: expected 'or_else' or nothing"},
    {HEAD "(base64_data; content:\"a\"; sid:1;)", 0,
     "1:1: base64_data needs a base64_decode before it"},
    {HEAD "(base64_decode; content:\"a\"; sid:1;)", 0,
     "1:1: base64_decode needs base64_data and conditions behind it"},
    {HEAD "(base64_decode:bytes 0; base64_data; content:\"a\"; sid:1;)", 0,
     "1:51: expected a number from 1 to 65535, not '0'"},
    {HEAD "(entropy:value >= 9; sid:1;)", 0, "1:48: expected a number from 0.0 to 8.0"},
    {HEAD "(entropy:bytes 4; sid:1;)", 0, "1:39: expected a value"},
    {HEAD "(asn1:tiny; sid:1;)", 0, "1:36: asn1 does not support 'tiny'"},
    {HEAD "(rpc:*,1,1; sid:1;)", 0, "1:35: expected a number from 0 to 4294967295, not '*'"},
    {HEAD "(wireshark.filter:\"tcp\"; sid:1;)", 0, "1:31: there is no Wireshark to ask here"},
    {HEAD "(wireshark.field:tcp.port; content:\"a\"; sid:1;)", 0,
     "1:31: there is no Wireshark to ask here"},
    {HEAD "(pcre:\"/a(b/\"; sid:1;)", 0, "1:41: missing closing parenthesis"},

    /* buffers */
    {HEAD "(file.data; sid:1;)", 0, "1:31: nothing is looked for in this buffer"},
    {HEAD "(file.data:1; content:\"a\"; sid:1;)", 0, "1:41: a buffer's name takes no value"},
    {HEAD "(http.stat_code; content:\"200\"; sid:1;)", 1, ""},
    {HEAD "(content:\"a\"; file.data; content:\"b\"; sid:1;)", 1, ""},
    {HEAD "(file.data; content:\"a\"; pkt_data; content:\"b\"; sid:1;)", 1, ""},
    {HEAD "(no.such_buffer; content:\"a\"; sid:1;)", 0,
     "1:31: the keyword 'no.such_buffer' is not supported"},

    /* one sid, one rule */
    {HEAD "(sid:1;)\n" HEAD "(sid:1;)", 1,
     "2:31: sid 1 stands already in test.rules:1; the rule with rev 0 is used"},
    {HEAD "(sid:1; rev:2;)\n" HEAD "(msg:\"x\"; sid:1; rev:3;)", 1,
     "2:40: sid 1 stands already in test.rules:1; the rule with rev 3 is used"},
    {HEAD "(sid:1;)\n" HEAD "(sid:1;)\n" HEAD "(sid:2;)\n" HEAD "(sid:1; rev:1;)", 2,
     "2:31: sid 1 stands already in test.rules:1; the rule with rev 0 is used (and 1 more)"},
    {HEAD "(sid:1;)\n" HEAD "(sid:1; gid:2;)", 2, ""},
};

static void
test_info(void)
{
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set = mf_ruleset_new(NULL, NULL);
    const struct mf_rule_info *info;

    mf_ruleset_add_text(
        set, "a.rules",
        "\nalert ip any any -> any any (msg:\"A \\\"b\\\"\\; \x1b[1m\"; content:\"a\"; "
        "metadata:mitre_technique_id T1105, x y, signature_severity Major, "
        "file_type PE32; classtype:bad-unknown; priority:1; "
        "metadata:malware_family Tinba; reference:url,a.example; reference:cve,2021-1; gid:3; "
        "sid:9; rev:4;)\n" HEAD "(sid:10;)\n" HEAD "(classtype:bad-unknown; sid:11;)\n" HEAD
        "(priority:3; classtype:trojan-activity; sid:12;)\n" HEAD "(classtype:x; sid:13;)",
        diags);
    g_assert_cmpuint(mf_diags_count(diags), ==, 0);
    g_assert_cmpuint(mf_ruleset_count(set), ==, 5);
    info = mf_ruleset_info(set, 0);
    g_assert_cmpstr(info->msg, ==, "A \"b\"; .[1m");
    g_assert_cmpstr(info->mitre, ==, "T1105");
    g_assert_cmpstr(info->severity, ==, "Major");
    g_assert_cmpstr(info->file_type, ==, "PE32");
    g_assert_cmpstr(info->classtype, ==, "bad-unknown");
    g_assert_cmpuint(info->sid, ==, 9);
    g_assert_cmpuint(info->rev, ==, 4);
    g_assert_cmpuint(info->priority, ==, 1);
    g_assert_cmpstr(info->file, ==, "a.rules");
    g_assert_cmpuint(info->line, ==, 2);
    g_assert_cmpuint(info->gid, ==, 3);
    g_assert_cmpstr(info->family, ==, "Tinba");
    g_assert_cmpstr(info->references, ==, "url,a.example cve,2021-1");
    info = mf_ruleset_info(set, 1);
    g_assert_null(info->msg);
    g_assert_null(info->mitre);
    g_assert_cmpuint(info->priority, ==, 3);
    g_assert_cmpuint(info->line, ==, 3);
    g_assert_cmpuint(info->gid, ==, 1);
    g_assert_null(info->references);
    g_assert_cmpuint(mf_ruleset_info(set, 2)->priority, ==, 2);
    g_assert_cmpuint(mf_ruleset_info(set, 3)->priority, ==, 3);
    g_assert_cmpuint(mf_ruleset_info(set, 4)->priority, ==, 3);
    mf_ruleset_free(set);
    mf_diags_free(diags);
}

/* Of two rules with one sid the one with the higher rev stays. */
static void
test_revisions(void)
{
    static const char *const texts[] = {
        HEAD "(msg:\"old\"; sid:1; rev:2;)", HEAD "(msg:\"lower\"; sid:1; rev:1;)",
        HEAD "(msg:\"same\"; sid:1; rev:2;)", HEAD "(msg:\"new\"; sid:1; rev:3;)"};
    static const char *const stays[] = {"old", "old", "old", "new"};
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set = mf_ruleset_new(NULL, NULL);

    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_assert_cmpuint(mf_ruleset_add_text(set, "t", texts[i], diags), ==, i == 0);
        g_assert_cmpstr(mf_ruleset_info(set, 0)->msg, ==, stays[i]);
        g_assert_cmpuint(mf_diags_count(diags), ==, i);
    }
    mf_ruleset_free(set);
    mf_diags_free(diags);
}

/* Of a rule with thousands of references some are kept. */
static void
test_references(void)
{
    GString *text = g_string_new(HEAD "(");
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set = mf_ruleset_new(NULL, NULL);

    for (unsigned i = 0; i < 4000; i++)
        g_string_append(text, "reference:url,a.example/b;");
    g_string_append(text, "sid:1;)\n");
    g_assert_cmpuint(mf_ruleset_add_text(set, "t", text->str, diags), ==, 1);
    g_assert_cmpuint(strlen(mf_ruleset_info(set, 0)->references), <=, 2048);
    g_string_free(text, TRUE);
    mf_ruleset_free(set);
    mf_diags_free(diags);
}

/* Hostile texts end in time, with one word about each. */
static void
test_hostile(void)
{
    GString *text = g_string_new(HEAD "(msg:\"");
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set = mf_ruleset_new(NULL, NULL);

    for (unsigned i = 0; i < 1 << 20; i++)
        g_string_append_c(text, (char)(i % 251 + 1));
    g_string_append(text, "\nalert tcp ");
    for (unsigned i = 0; i < 1 << 18; i++)
        g_string_append(text, "[");
    g_string_append(text, " any -> any any (sid:1;)\nalert tcp [");
    for (unsigned i = 0; i < 1 << 18; i++)
        g_string_append(text, "$HOME_NET,");
    g_string_append(text, "10.0.0.1] any -> any any (sid:1;)\n" HEAD "(");
    for (unsigned i = 0; i < 1 << 16; i++)
        g_string_append(text, "reference:url,a.example/b;");
    g_string_append(text, "sid:1;)\n");
    for (unsigned i = 0; i < 100000; i++)
        g_string_append_printf(text, "alert tcp any any -> any %u (no_such_%u;)\n", i % 65536, i);
    g_assert_cmpuint(mf_ruleset_add_text(set, "t", text->str, diags), ==, 0);
    g_assert_cmpuint(mf_diags_count(diags), >, 100000);
    g_assert_cmpuint(mf_ruleset_skipped(set), ==, mf_diags_count(diags));
    g_string_free(text, TRUE);
    mf_ruleset_free(set);
    mf_diags_free(diags);
}

static void
test_paths(void)
{
    static const char with_nul[] = HEAD "(msg:\"a\"; sid:1;)\n\0alarm";
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set = mf_ruleset_new(NULL, NULL);
    char *folder = g_dir_make_tmp("malflow-rules-XXXXXX", NULL);
    char *b = g_build_filename(folder, "b.rules", NULL);
    char *a = g_build_filename(folder, "a.rules", NULL);
    char *other = g_build_filename(folder, "README", NULL);

    g_assert_true(g_file_set_contents(b, HEAD "(msg:\"b\"; sid:2;)", -1, NULL));
    g_assert_true(g_file_set_contents(a, with_nul, sizeof with_nul, NULL));
    g_assert_true(g_file_set_contents(other, "no rules", -1, NULL));
    g_assert_cmpuint(mf_ruleset_add_path(set, folder, diags), ==, 2);
    g_assert_cmpstr(mf_ruleset_info(set, 0)->msg, ==, "a");
    g_assert_cmpstr(mf_ruleset_info(set, 1)->file, ==, b);
    g_assert_cmpuint(mf_diags_count(diags), ==, 1); /* the NUL byte */
    g_assert_cmpstr(mf_diags_get(diags, 0)->file, ==, a);
    g_remove(a);
    g_remove(b);
    g_remove(other);
    g_rmdir(folder);
    g_assert_cmpuint(mf_ruleset_add_path(set, folder, diags), ==, 0);
    g_assert_cmpuint(mf_diags_count(diags), ==, 2);
    g_assert_cmpstr(mf_diags_get(diags, 1)->file, ==, folder);
    g_free(a);
    g_free(b);
    g_free(other);
    g_free(folder);
    mf_ruleset_free(set);
    mf_diags_free(diags);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    parse_kit_add("/rules-parse/row", rows, G_N_ELEMENTS(rows));
    g_test_add_func("/rules-parse/info", test_info);
    g_test_add_func("/rules-parse/revisions", test_revisions);
    g_test_add_func("/rules-parse/references", test_references);
    g_test_add_func("/rules-parse/hostile", test_hostile);
    g_test_add_func("/rules-parse/paths", test_paths);
    return g_test_run();
}
