/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mentions_kit.h"

static const struct mentions_row escaped[] = {
    {PLAIN, "x?url=http%3A%2F%2Fa.example%3A81%2Fb%3Fc%26d&e=f", "H a.example:81/b?c&d\n", 0},
    {PLAIN, "hxxps%3a//a.example/b http:%2F%2fc.example", "H a.example:443/b\nH c.example:80\n", 0},
    {PLAIN, "u=http%253A%252F%252Fa.example%252Fb&", "H a.example:80/b\n", 0},
    {PLAIN, "http://a.example/?u=http%3A%2F%2Fb.example%2F ",
     "H a.example:80/?u=http%3A%2F%2Fb.example%2F\nH b.example:80/\n", 0},
    {PLAIN, "unescape(\"%68%74%74%70%3a%2f%2f%61%2e%65%78%61%6d%70%6c%65\")", "H a.example:80\n",
     0},
    {PLAIN, "'%u0068%u0074%u0074%u0070%u003a%u002f%u002fa%u002eexample'", "H a.example:80\n", 0},
    {PLAIN, "\"%u4141%u7468%u7074%u2f3a%u612f%u652e%u0078\"", "H a.ex:80\n", 0},
    {PLAIN, "\"%u6841%u7474%u3a70%u2f2f%u2e61%u7865%u9090\"", "H a.ex:80\n", 0},
    {PLAIN, "{\"u\":\"http:\\/\\/a.example\\/b\"}", "H a.example:80/b\n", 0},
    {PLAIN, "'\\x68ttp\\x3a\\x2f\\x2fa\\x2eexample/b'", "H a.example:80/b\n", 0},
    {PLAIN, "'http:\\u002F\\u002Fa.example\\u002Fb'", "H a.example:80/b\n", 0},
    {PLAIN, "http&#58;&#47;&#47;a&#46;example&#x2f;b;", "H a.example:80/b\n", 0},
    {HTML, "<p>http://a.example/b?c&amp;d=&quot;", "H a.example:80/b?c&d=\n", 0},
    {HTML, "<param value=\"687474703a2f2f612e6578616d706c652f623f633d26\">",
     "H a.example:80/b?c=&\n", 0},
    {PLAIN, "u=68747470733A2F2F612E6578616D706C652F62;", "H a.example:443/b\n", 0},
    {PLAIN, "3a2f2f 613a2f2f62 783a2f2f79", "", 0},
    {PLAIN, "%3a%2f%2f x%3a%2f%2fy http%3a%2f%2f", "", 0},
};

#define WIDE_LE "h\0t\0t\0p\0:\0/\0/\0a\0.\0e\0x\0a\0m\0p\0l\0e\0/\0b\0"
#define WIDE_BE "\0h\0t\0t\0p\0:\0/\0/\0a\0.\0e\0x\0a\0m\0p\0l\0e\0/\0b"

static const struct mentions_row wide[] = {
    {PLAIN, "\xff\xfe" WIDE_LE, "H a.example:80/b\n", 2 + sizeof WIDE_LE - 1},
    {PLAIN, "\xfe\xff" WIDE_BE, "H a.example:80/b\n", 2 + sizeof WIDE_BE - 1},
    {PLAIN,
     WIDE_LE " \0"
             "1\0.\0"
             "2\0.\0"
             "3\0.\0"
             "4\0:\0"
             "8\0"
             "0\0 \0",
     "H a.example:80/b\nH 1.2.3.4:80\n", sizeof WIDE_LE - 1 + 24},
    {PLAIN, "\1\2\3\0\0\5\6\1\2\3\0\0\5\6\1\2\3\0\0\5\6\1" WIDE_LE "\0\0\1\2\3http://no.example/\0",
     "H a.example:80/b\n", 22 + sizeof WIDE_LE - 1 + 24},
    {HTML, "\1\2\3\0\0\5\6\1\2\3\0\0\5\6\1\2\3\0\0\5\6" WIDE_BE "\0\0\1\2\3", "H a.example:80/b\n",
     21 + sizeof WIDE_BE - 1 + 5},
};

#define HASH "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"

static const struct mentions_row words[] = {
    /* "http://a.example/b", "xhttp://a.example/b", "xxhttps://a.example" */
    {PLAIN, "x=aHR0cDovL2EuZXhhbXBsZS9i;", "H a.example:80/b\n", 0},
    {HTML, "\"eGh0dHA6Ly9hLmV4YW1wbGUvYg==\"", "H a.example:80/b\n", 0},
    {DIALOGUE, "eHhodHRwczovL2EuZXhhbXBsZQ==", "H a.example:443\n", 0},
    /* "1.2.3.4:8080", "nothing here", "evil.com/x.e" */
    {PLAIN, "MS4yLjMuNDo4MDgw", "H 1.2.3.4:8080\n", 0},
    {DIALOGUE, "go MS4yLjMuNDo4MDgw now", "H 1.2.3.4:8080\n", 0},
    {DIALOGUE, "bm90aGluZyBoZXJl ZXZpbC5jb20veC5l", "", 0},
    /* twice: "aHR0cDovL2EuZXhhbXBsZS9i" */
    {PLAIN, "YUhSMGNEb3ZMMkV1WlhoaGJYQnNaUzlp", "", 0},
    {PLAIN, "AAAADovLAAAA Oi8v", "", 0},
    {PLAIN, "sha256: " HASH ".",
     "X 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n", 0},
    {HTML, HASH, "X 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n", 0},
    {PLAIN, HASH "0 g" HASH " 0" HASH, "", 0},
};

static void
test_escaped(void)
{
    mentions_check(escaped, G_N_ELEMENTS(escaped));
}

static void
test_wide(void)
{
    mentions_check(wide, G_N_ELEMENTS(wide));
}

static void
test_words(void)
{
    mentions_check(words, G_N_ELEMENTS(words));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mentions_encoded/escaped", test_escaped);
    g_test_add_func("/mentions_encoded/wide", test_wide);
    g_test_add_func("/mentions_encoded/words", test_words);
    return g_test_run();
}
