/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mentions_kit.h"

/* The page is base.example:8080/a/b.html?q=/x. */
static const struct mentions_row links[] = {
    {HTML, "<iframe src=\"http://a.example/x\">", "R a.example:80/x\n", 0},
    {HTML, "<IFRAME width=1 SRC = 'https://a.example/x'>", "R a.example:443/x\n", 0},
    {HTML, "<script type=x src=//a.example/y.js></script>", "R a.example:80/y.js\n", 0},
    {HTML, "<img src=\"c.png\"><a href='/d'>",
     "H base.example:8080/a/c.png\nH base.example:8080/d\n", 0},
    {HTML, "<frame src=\"../c\"><frame src=\"./d?e#f\"><frame src=\"?g\">",
     "R base.example:8080/c\nR base.example:8080/a/d?e\nR base.example:8080/a/b.html?g\n", 0},
    {HTML, "<applet code=\"X.class\" archive=\"y.jar\">",
     "R base.example:8080/a/X.class\nR base.example:8080/a/y.jar\n", 0},
    {HTML, "<object data=\"/z\"><embed src=w.swf>",
     "R base.example:8080/z\nR base.example:8080/a/w.swf\n", 0},
    {HTML, "<meta http-equiv=\"refresh\" content=\"0; url=http://a.example/r\">",
     "R a.example:80/r\n", 0},
    {HTML, "<meta http-equiv=refresh content='5;URL=/r'>", "R base.example:8080/r\n", 0},
    {HTML, "<a href=\"javascript:x()\"><a href=\"mailto:a@b.com\"><a href=\"#\"><a href=\"\">", "",
     0},
    {HTML, "<a href=\"/x?a=1&amp;b=2\">", "H base.example:8080/x?a=1&b=2\n", 0},
    {HTML, "document.write(\"<iframe src=\\\"http://a.example/x\\\">\")", "R a.example:80/x\n", 0},
    {HTML, "document.write('<iframe src=\"http:\\/\\/a.example\\/x\">')", "R a.example:80/x\n", 0},
    {HTML, "window.location = \"http://a.example/\";", "R a.example:80/\n", 0},
    {HTML, "location.href='/x'; top.location.replace(\"y\")",
     "R base.example:8080/x\nR base.example:8080/a/y\n", 0},
    {HTML, "if (location == 'x') mylocation = 'y'; location.hash", "", 0},
    {HTML, "s.src = 'http://a.example/s.js'", "R a.example:80/s.js\n", 0},
    {HTML, "<form action=\"/go\"><x action=\"/no\"><td data=\"/no\">", "H base.example:8080/go\n",
     0},
    {HTML, "<a href=\"http://a.example/\">http://b.example/</a> www.c.com www.d.com/x evil.com",
     "H a.example:80/\nH b.example:80/\nH www.d.com/x\n", 0},
    {HTML, "<img src=\"' + x + '\"> <img src=[x]> <a href='<?php'>", "", 0},
    {PLAIN, "<iframe src=\"x\"> location='/y'", "", 0},
};

static void
test_links(void)
{
    mentions_check(links, G_N_ELEMENTS(links));
}

struct answer {
    const char *base, *link, *path;
};

/* RFC 3986, 5.4 */
static const struct answer answers[] = {
    {"/b/c/d;p?q", "g", "/b/c/g"},
    {"/b/c/d;p?q", "./g", "/b/c/g"},
    {"/b/c/d;p?q", "g/", "/b/c/g/"},
    {"/b/c/d;p?q", "/g", "/g"},
    {"/b/c/d;p?q", "?y", "/b/c/d;p?y"},
    {"/b/c/d;p?q", "g?y", "/b/c/g?y"},
    {"/b/c/d;p?q", "g?y/./x", "/b/c/g?y/./x"},
    {"/b/c/d;p?q", "..", "/b/"},
    {"/b/c/d;p?q", ".", "/b/c/"},
    {"/b/c/d;p?q", "./", "/b/c/"},
    {"/b/c/d;p?q", "../", "/b/"},
    {"/b/c/d;p?q", "../g", "/b/g"},
    {"/b/c/d;p?q", "../..", "/"},
    {"/b/c/d;p?q", "../../../g", "/g"},
    {"/b/c/d;p?q", "/./g", "/g"},
    {"/b/c/d;p?q", "/../g", "/g"},
    {"/b/c/d;p?q", "g.", "/b/c/g."},
    {"/b/c/d;p?q", "..g", "/b/c/..g"},
    {"/b/c/d;p?q", "./g/.", "/b/c/g/"},
    {"/b/c/d;p?q", "g/../h", "/b/c/h"},
    {"", "g", "/g"},
    {"/", "g", "/g"},
};

static void
check_path(void *user, const struct mf_mention *mention)
{
    const char **expected = user;
    char *path = g_strndup((const char *)mention->path.data, mention->path.length);

    g_assert_cmpstr(path, ==, *expected);
    g_free(path);
    *expected = NULL;
}

static void
test_resolution(void)
{
    struct mf_mention_finder *finder = mf_mention_finder_new();

    for (unsigned i = 0; i < G_N_ELEMENTS(answers); i++) {
        const struct mf_mention_reading reading = {
            .base_host = {(const uint8_t *)"a", 1},
            .base_path = {(const uint8_t *)answers[i].base, strlen(answers[i].base)},
            .html = true,
        };
        char *page = g_strdup_printf("<a href=\"%s\">", answers[i].link);
        const char *expected = answers[i].path;

        g_test_message("%s", page);
        mf_mentions_find(finder, (struct mf_span){(const uint8_t *)page, strlen(page)}, &reading,
                         check_path, &expected);
        g_assert_null(expected);
        g_free(page);
    }
    mf_mention_finder_free(finder);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mentions_html/links", test_links);
    g_test_add_func("/mentions_html/resolution", test_resolution);
    return g_test_run();
}
